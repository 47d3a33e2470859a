/* Exact t-SNE (van der Maaten & Hinton 2008, "Visualizing data using t-SNE"), for Fig. 4. There a point is one unit in
 * one phase of training, and points are close when the rates of their units over time correlate.
 *
 * Matrices are C-order doubles owned by the caller; n is the number of points. */
#ifndef GN_EMBED_H
#define GN_EMBED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* The largest n. The time grows with n x n: a second for 300 points, minutes for this many. */
enum { GN_EMBED_POINTS_MAX = 2000 };

/* The phases of training in Fig. 4: early, intermediate, late. */
enum { GN_EMBED_PHASES = 3 };
const char *gn_embed_phase_name(int phase);

#define GN_EMBED_METRICS "correlation|euclidean"
typedef enum { GN_METRIC_CORRELATION, GN_METRIC_EUCLIDEAN } gn_metric;

typedef struct {
    double perplexity;      /* effective number of neighbours, in (1, n - 1) */
    int iterations;         /* number of iterations */
    double exaggeration;    /* factor of P during the first iterations, in which clusters form */
    int exaggeration_steps; /* number of these iterations */
    double learning_rate;   /* factor of the gradient as gn_embed_gradient() computes it */
} gn_embed_options;

/* Perplexity 30, 1000 iterations, exaggeration 12 during 250 of them, learning rate 200. */
gn_embed_options gn_embed_defaults(void);

/* Removes constant rows, such as those of silent units, from x (n, d) and moves the others up, as a constant row has no
 * correlation with another. left_out (n) says which rows were removed. Returns how many rows are left. With Euclidean
 * distances all rows are kept. */
size_t gn_embed_leave_out(gn_metric metric, size_t n, size_t d, double *x, bool *left_out);

/* Squared distances (n, n) between the rows of x (n, d). For correlations, every row is first centred and scaled to
 * unit norm in place, so that the squared distance is 2 (1 - rho); no row may be constant. */
void gn_embed_distances(gn_metric metric, size_t n, size_t d, double *x, double *distance);

/* Row i of conditional (n, n) is p(j|i), which is proportional to exp(-beta_i distance_ij) and 0 for j = i. beta_i
 * makes exp(entropy of the row) equal to the perplexity. GN_ENUM when no beta does, as when the number of points that
 * are nearest to i, all at the same distance, exceeds the perplexity. */
gn_status gn_embed_conditional(size_t n, const double *distance, double perplexity, double *conditional);

/* Replaces p(j|i) by p_ij = (p(j|i) + p(i|j)) / 2n, which is symmetric and has the sum 1. */
void gn_embed_symmetrise(size_t n, double *conditional);

/* gradient (n, 2) receives a quarter of the gradient of the Kullback-Leibler divergence of the embedding y (n, 2) from
 * p (n, n): sum_j (p_ij - q_ij) w_ij (y_i - y_j) with w_ij = 1 / (1 + |y_i - y_j|^2). *divergence, unless NULL,
 * receives the divergence, whose logarithms take as much time as everything else. work (n, n) is scratch memory. */
void gn_embed_gradient(size_t n, const double *p, const double *y, double *work, double *gradient, double *divergence);

/* The initial coordinates: the first two principal coordinates of the points, by classical scaling of the squared
 * distances (equal to PCA of the rows), scaled so that the first has standard deviation 1e-4. The sign of each makes
 * its largest element positive. */
gn_status gn_embed_initial(size_t n, const double *distance, double *y);

/* Computes the embedding y (n, 2) from squared distances, and its divergence. GN_EUSAGE for fewer than 4 points or more
 * than GN_EMBED_POINTS_MAX, or a perplexity that is out of range; GN_ENUM as gn_embed_conditional() and when all points
 * coincide. */
gn_status gn_embed(size_t n, const double *distance, const gn_embed_options *options, double *y, double *divergence);

#endif

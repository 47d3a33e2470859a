/* Exact t-SNE (van der Maaten & Hinton 2008, "Visualizing data using t-SNE"), for the development
 * of the units in Fig. 4: a point is one unit in one phase of training, and two points are near
 * when their rates over time correlate.
 *
 * Matrices are C-order doubles owned by the caller; n is the number of points. */
#ifndef GN_EMBED_H
#define GN_EMBED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Exact means n x n: a second at 300 points, minutes at the largest n accepted. */
enum { GN_EMBED_POINTS_MAX = 2000 };

#define GN_EMBED_METRICS "correlation|euclidean"
typedef enum { GN_METRIC_CORRELATION, GN_METRIC_EUCLIDEAN } gn_metric;

typedef struct {
    double perplexity;      /* effective number of neighbours, in (1, n - 1) */
    int iterations;         /* gradient steps */
    double exaggeration;    /* factor on P while the clusters form */
    int exaggeration_steps; /* for so many steps; the momentum rises when they end */
    double learning_rate;   /* for the gradient of gn_embed_gradient(), which lacks the factor 4 */
} gn_embed_options;

/* perplexity 30, 1000 steps, exaggeration 12 for 250 of them, learning rate 200. */
gn_embed_options gn_embed_defaults(void);

/* Rows that correlate with nothing, the constant ones (a silent unit's), have no place among correlations: takes them
 * out of x (n, d), the others moving up. left_out (n) says which. Returns how many stay; of Euclidean distances all. */
size_t gn_embed_leave_out(gn_metric metric, size_t n, size_t d, double *x, bool *left_out);

/* Squared distances (n, n) of the rows of x (n, d). Correlation: every row is centred and scaled to unit norm first
 * (in place), so that the squared distance is 2 (1 - rho); none may be constant. */
void gn_embed_distances(gn_metric metric, size_t n, size_t d, double *x, double *distance);

/* Row i of conditional (n, n) is p(j|i), proportional to exp(-beta_i distance_ij), 0 for j = i,
 * with beta_i such that exp(entropy of the row) is the perplexity. GN_ENUM where no beta does,
 * as when more points are nearest to i, at one distance, than the perplexity counts. */
gn_status gn_embed_conditional(size_t n, const double *distance, double perplexity, double *conditional);

/* p_ij = (p(j|i) + p(i|j)) / 2n: symmetric, sums to 1. In place. */
void gn_embed_symmetrise(size_t n, double *conditional);

/* In gradient (n, 2), a quarter of the gradient of the Kullback-Leibler divergence of the embedding
 * y (n, 2) from p (n, n): sum_j (p_ij - q_ij) w_ij (y_i - y_j), w = 1 / (1 + |y_i - y_j|^2). And
 * the divergence, unless NULL: its logarithms cost as much as the rest. work is (n, n). */
void gn_embed_gradient(size_t n, const double *p, const double *y, double *work, double *gradient, double *divergence);

/* The first two principal coordinates of the points (classical scaling of the squared distances,
 * which is PCA of the rows they came from), the first with standard deviation 1e-4. Each axis
 * points so that its largest element is positive. */
gn_status gn_embed_initial(size_t n, const double *distance, double *y);

/* The whole: y (n, 2) from the squared distances; *divergence is that of the result. */
gn_status gn_embed(size_t n, const double *distance, const gn_embed_options *options, double *y, double *divergence);

#endif

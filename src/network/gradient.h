/* The objective (Eqs. 3-5), its gradient by backpropagation through time, and the product of its
 * Gauss-Newton matrix with a vector (Martens 2010; with structural damping, Martens & Sutskever
 * 2011). Vectors over parameters have the network's order (network/network.h). */
#ifndef GN_GRADIENT_H
#define GN_GRADIENT_H

#include "network/batch.h"

/* Weights of the terms: objective = error/2 + l2 R_L2 + metabolic R_FR + contraction R_C. */
typedef struct {
    double l2, metabolic;
    double damping; /* structural damping, which only the Gauss-Newton product has */
    double contraction;
} gn_weights;

typedef struct {
    double error; /* E: mean over trials, steps and outputs of (y - target)^2 */
    double l2;    /* R_L2: mean square of W_in and W_out together */
    double rate;  /* R_FR: mean square rate over units, steps and trials */
    /* R_C, the penalty of a contractive autoencoder (Rifai et al. 2011): the squared Frobenius norm of D W_rec, where D
     * has the slopes of the rates, divided by N; mean over steps and trials. 0 when its weight is 0. The Gauss-Newton
     * matrix takes it as a sum of squares of the elements of D W_rec, of which both D and W_rec depend on parameters.
     */
    double contraction;
    double total; /* the objective */
} gn_terms;

/* Scratch memory and threads for networks of one shape. */
typedef struct gn_gradient gn_gradient;

/* Of `shape` only sizes, leak and noise site are used, not the parameters. Batches have at most `trials` trials of
 * `steps` steps, and at most `curvature_trials` trials in curvature products. The caller keeps pool and kernel until
 * gn_gradient_free(). */
gn_status gn_gradient_new(const gn_network *shape, int trials, int curvature_trials, int steps, const gn_kernel *,
                          gn_pool *, gn_gradient **);
void gn_gradient_free(gn_gradient *);

/* The number of passes of a trial through all its steps so far, a measure of the work done that does not depend on the
 * machine. A forward pass is one, a gradient three (forward, backward, sum of outer products), a product four. */
double gn_gradient_passes(const gn_gradient *);

/* The terms at `parameter` for a batch. They are not finite when the network diverges. */
gn_terms gn_objective(gn_gradient *, const gn_batch *, const float *parameter, gn_weights);

/* Terms and gradient (gn_network_size()). */
gn_terms gn_objective_gradient(gn_gradient *, const gn_batch *, const float *parameter, gn_weights, double *gradient);

/* Linearises the network at `parameter` for a batch: one forward pass, of which everything is kept that products need.
 */
void gn_curvature_at(gn_gradient *, const gn_batch *, const float *parameter);

/* product = G v at the parameters and for the batch of the last gn_curvature_at(). v and product have gn_network_size()
 * elements; v is rounded to float. */
void gn_curvature_product(gn_gradient *, gn_weights, const double *v, double *product);

#endif

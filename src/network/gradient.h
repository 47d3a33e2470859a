/* The objective (Eqs. 3-5), its gradient by backpropagation through time, and the product of its
 * Gauss-Newton matrix with a vector (Martens 2010; with structural damping, Martens & Sutskever
 * 2011). Vectors over parameters have the network's order (network/network.h). */
#ifndef GN_GRADIENT_H
#define GN_GRADIENT_H

#include "network/batch.h"

/* Weights of the terms: objective = error/2 + l2 R_L2 + metabolic R_FR + contraction R_C. */
typedef struct {
    double l2, metabolic;
    double damping; /* structural, for the Gauss-Newton product only */
    double contraction;
} gn_weights;

typedef struct {
    double error; /* E: mean over trials, steps and outputs of (y - target)^2 */
    double l2;    /* R_L2: mean square of W_in and W_out together */
    double rate;  /* R_FR: mean square rate over units, steps and trials */
    /* R_C, the penalty of a contractive autoencoder (Rifai et al. 2011): mean over steps and trials of the squared
     * Frobenius norm of D W_rec, D the slopes of the rates, over N; 0 when its weight is. In the Gauss-Newton product
     * it is the sum of squares of the elements of D W_rec, of which both factors change. */
    double contraction;
    double total; /* the objective with the weights asked for */
} gn_terms;

/* Scratch memory and threads for one network shape. */
typedef struct gn_gradient gn_gradient;

/* `shape` is remembered (its sizes, leak, noise site), not its parameters. The largest batch it
 * will see has `trials` trials of `steps` steps; curvature products use one of
 * at most `curvature_trials`. The pool and kernel are borrowed. */
gn_status gn_gradient_new(const gn_network *shape, int trials, int curvature_trials, int steps, const gn_kernel *,
                          gn_pool *, gn_gradient **);
void gn_gradient_free(gn_gradient *);

/* Passes of one trial through all steps so far: forward is one, a gradient three (forward, backward, its sum), a
 * product four. */
double gn_gradient_passes(const gn_gradient *);

/* The terms at `parameter` on a batch. Not finite where the network diverges. */
gn_terms gn_objective(gn_gradient *, const gn_batch *, const float *parameter, gn_weights);

/* Terms and gradient: gradient receives gn_network_size() doubles. */
gn_terms gn_objective_gradient(gn_gradient *, const gn_batch *, const float *parameter, gn_weights, double *gradient);

/* Runs the curvature batch forward once at `parameter` and keeps what products need. */
void gn_curvature_at(gn_gradient *, const gn_batch *, const float *parameter);

/* product = G v at that point; v and product are gn_network_size() doubles (v is rounded to
 * float). */
void gn_curvature_product(gn_gradient *, gn_weights, const double *v, double *product);

#endif

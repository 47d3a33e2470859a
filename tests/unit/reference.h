/* The network of Eqs. 1-5 in plain double precision, one trial and one step at a time: what the
 * kernels are compared with. Slow and meant to be read. */
#ifndef REFERENCE_H
#define REFERENCE_H

#include "network/batch.h"
#include "network/gradient.h"

/* All take parameters as doubles in the network's order; batch gives inputs, targets, noise. */
gn_terms reference_objective(const gn_network *shape, const gn_batch *, const double *parameter, gn_weights);
gn_terms reference_gradient(const gn_network *shape, const gn_batch *, const double *parameter, gn_weights,
                            double *gradient);
void reference_product(const gn_network *shape, const gn_batch *, const double *parameter, gn_weights, const double *v,
                       double *product);
/* Readouts (trials, steps, outputs), rates (trials, steps, N) and, if x is not NULL, activations. */
void reference_run(const gn_network *shape, const gn_batch *, const double *parameter, double *output, double *rate,
                   double *x);

#endif

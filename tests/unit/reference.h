/* The network of Eqs. 1-5 in plain double precision, one trial and one step at a time. It is written to be read, not to
 * be fast; the tests compare the kernels with it. */
#ifndef REFERENCE_H
#define REFERENCE_H

#include "network/batch.h"
#include "network/gradient.h"

/* All functions take parameters as doubles in the network's order; the batch has inputs, targets and noise. */
gn_terms reference_objective(const gn_network *shape, const gn_batch *, const double *parameter, gn_weights);
gn_terms reference_gradient(const gn_network *shape, const gn_batch *, const double *parameter, gn_weights,
                            double *gradient);
void reference_product(const gn_network *shape, const gn_batch *, const double *parameter, gn_weights, const double *v,
                       double *product);
/* Computes outputs (trials, steps, outputs), rates (trials, steps, N) and, unless x is NULL, activations. */
void reference_run(const gn_network *shape, const gn_batch *, const double *parameter, double *output, double *rate,
                   double *x);

#endif

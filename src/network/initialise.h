/* The initial weights (section 2.3 of the paper). */
#ifndef GN_INITIALISE_H
#define GN_INITIALISE_H

#include "network/network.h"

typedef enum { GN_ORTHOGONAL, GN_GAUSSIAN } gn_initialisation;

/* Draws W_rec, which is orthogonal times gain, or Gaussian with variance gain^2 / N (gain 0 stands for 1 and 1.5), and
 * W_in, which is Gaussian with variance 1 / N_in; everything else is zero. LAPACK is not used, as its kernels give
 * other bits on other machines. */
gn_status gn_initialise(gn_network *, gn_initialisation, double gain, bool self_connections, uint64_t seed);

#endif

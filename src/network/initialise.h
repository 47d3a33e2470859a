/* Starting weights (section 2.3 of the paper). */
#ifndef GN_INITIALISE_H
#define GN_INITIALISE_H

#include "network/network.h"

typedef enum { GN_ORTHOGONAL, GN_GAUSSIAN } gn_initialisation;

/* W_rec orthogonal times gain, or Gaussian with variance gain^2 / N (gain 0: 1 and 1.5); W_in Gaussian
 * with variance 1 / N_in; the rest zero. The same bits everywhere: no LAPACK, whose kernels differ
 * from machine to machine. */
gn_status gn_initialise(gn_network *, gn_initialisation, double gain, bool self_connections, uint64_t seed);

#endif

/* Draws the trials that an update trains on: every number a function of seed, update and trial. */
#ifndef GN_DRAW_H
#define GN_DRAW_H

#include "network/batch.h"

/* Trial 0 .. trials-1 of this update: trajectories from the network's walk, noise of its sd. With a lifetime
 * of L the groups of GN_GROUP trials are renewed in turn, each at every L-th update, and are else as they were. */
gn_status gn_batch_draw(gn_batch *, const gn_network *, uint64_t seed, uint32_t update, const gn_kernel *, gn_pool *);

#endif

/* Draws the trials of an update. Every number depends only on the seed, the update and the number of the trial. */
#ifndef GN_DRAW_H
#define GN_DRAW_H

#include "network/batch.h"

/* Draws trials 0 .. trials-1 of this update with the network's walk and noise. With a lifetime L, groups of GN_GROUP
 * trials are drawn anew in turn, each group at every L-th update, and stay as they were at the other updates. */
gn_status gn_batch_draw(gn_batch *, const gn_network *, uint64_t seed, uint32_t update, const gn_kernel *, gn_pool *);

#endif

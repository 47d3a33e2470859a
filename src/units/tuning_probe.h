/* A visitor for gn_probe_trials() that gathers the tuning of a network's units. */
#ifndef GN_TUNING_PROBE_H
#define GN_TUNING_PROBE_H

#include "network/probe.h"
#include "units/tuning.h"

typedef struct {
    const gn_trajectories *batch; /* the current batch */
    size_t first;                 /* number of its first trial */
    size_t skip;                  /* how many steps at the start of a trial are left out */
    gn_tuning total;              /* of all batches that have ended */
    int chunks;
    gn_tuning *chunk; /* (chunks) */
} gn_tuning_probe;    /* owns its tunings */

/* For a network and the walk of its probe; maps have bins x bins bins. */
gn_status gn_tuning_probe_new(const gn_probe *, int bins, size_t skip, gn_tuning_probe *);
void gn_tuning_probe_free(gn_tuning_probe *);

/* The functions of the visitor; the context is a gn_tuning_probe. The halves of the maps are trials with even and with
 * odd numbers. */
gn_status gn_tuning_probe_begin(void *context, const gn_trajectories *batch, size_t first, int chunks);
void gn_tuning_probe_visit(void *context, int chunk, size_t first, int width, int lanes, size_t step, const float *rate,
                           const float *position);
gn_status gn_tuning_probe_end(void *context);

#endif

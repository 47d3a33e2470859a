/* The tuning of a network's units, gathered while it walks: the visitor that programs hand to gn_probe_trials(). */
#ifndef GN_TUNING_PROBE_H
#define GN_TUNING_PROBE_H

#include "network/probe.h"
#include "units/tuning.h"

typedef struct {
    const gn_trajectories *batch; /* the one being walked */
    size_t first;                 /* trial that it begins with */
    size_t skip;                  /* first steps of a trial that are left out */
    gn_tuning total;              /* complete after each batch */
    int chunks;
    gn_tuning *chunk; /* (chunks) */
} gn_tuning_probe;    /* owns its tunings */

/* For a network and the walk it is probed with; `bins` a side of the map. */
gn_status gn_tuning_probe_new(const gn_probe *, int bins, size_t skip, gn_tuning_probe *);
void gn_tuning_probe_free(gn_tuning_probe *);

/* The visitor's functions; the context is a gn_tuning_probe. The halves of the maps are the trials of even and of
 * odd number. */
gn_status gn_tuning_probe_begin(void *context, const gn_trajectories *batch, size_t first, int chunks);
void gn_tuning_probe_visit(void *context, int chunk, size_t first, int width, int lanes, size_t step, const float *rate,
                           const float *position);
gn_status gn_tuning_probe_end(void *context);

#endif

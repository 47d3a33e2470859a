#include "units/tuning_probe.h"

#include <stdlib.h>

gn_status gn_tuning_probe_new(const gn_probe *probe, int bins, size_t skip, gn_tuning_probe *p) {
    *p = (gn_tuning_probe){.skip = skip};
    return gn_tuning_new(probe->network.units, gn_grid_make(&probe->walk.arena, bins), probe->walk.top_speed,
                         &p->total);
}

void gn_tuning_probe_free(gn_tuning_probe *p) {
    for (int c = 0; c < p->chunks; c++)
        gn_tuning_free(&p->chunk[c]);
    free(p->chunk);
    gn_tuning_free(&p->total);
    *p = (gn_tuning_probe){0};
}

gn_status gn_tuning_probe_begin(void *context, const gn_trajectories *batch, size_t first, int chunks) {
    gn_tuning_probe *p = context;
    p->batch = batch;
    p->first = first;
    if (p->chunks < chunks) { /* true only for the first batch, as later ones are not larger */
        p->chunk = gn_alloc((size_t)chunks, sizeof *p->chunk);
        if (!p->chunk) return GN_EIO;
        for (; p->chunks < chunks; p->chunks++) {
            gn_status status = gn_tuning_new(p->total.units, p->total.grid, p->total.top_speed, &p->chunk[p->chunks]);
            if (status) return status;
        }
    }
    return GN_OK;
}

void gn_tuning_probe_visit(void *context, int chunk, size_t first, int width, int lanes, size_t step, const float *rate,
                           const float *position) {
    gn_tuning_probe *p = context;
    const gn_trajectories *t = p->batch;
    (void)position;
    if (step < p->skip) return;
    for (size_t k = 0; k < (size_t)width; k++) {
        size_t trial = p->first + first + k, cell = (first + k) * t->steps + step;
        gn_tuning_add(&p->chunk[chunk], (int)(trial % GN_MAP_HALVES), t->position + 2 * cell, t->direction[cell],
                      t->speed[cell], rate + k, (size_t)lanes);
    }
}

gn_status gn_tuning_probe_end(void *context) {
    gn_tuning_probe *p = context;
    for (int c = 0; c < p->chunks; c++) {
        gn_tuning_merge(&p->total, &p->chunk[c]);
        gn_tuning_clear(&p->chunk[c]);
    }
    return GN_OK;
}

/* Tuning of units: mean rates by place, direction and speed.
 *
 * Sums are kept in double, one gn_tuning a chunk of trials, and merged in a fixed order, so that
 * the means do not depend on threads. */
#ifndef GN_TUNING_H
#define GN_TUNING_H

#include <stddef.h>
#include <stdint.h>

#include "walk/arena.h"

enum {
    GN_DIRECTION_BINS = 36,
    GN_SPEED_BINS = 11, /* standing still, then 10 equal bins up to the top speed */
    GN_MAP_HALVES = 2   /* trials of even and of odd number */
};

/* The grid of a map: `bins` square bins a side over the arena's bounding box, which it covers in
 * its longer direction and exceeds evenly in the other. Bin (ix, iy): row iy from the bottom. */
typedef struct {
    int bins;
    double bin_width, x_min, y_min;
} gn_grid;

gn_grid gn_grid_make(const gn_arena *, int bins);
/* iy * bins + ix; places beyond the grid count in its outermost bins. */
size_t gn_grid_bin(const gn_grid *, double x, double y);

typedef struct {
    int units;
    gn_grid grid;
    double top_speed;
    double *map;         /* (2, bins * bins, units) sums of rates by half and bin */
    double *direction;   /* (36, units), moving steps only */
    double *speed;       /* (11, units) */
    uint64_t *map_count; /* (2, bins * bins) steps; the others likewise */
    uint64_t direction_count[GN_DIRECTION_BINS], speed_count[GN_SPEED_BINS];
} gn_tuning; /* owns its arrays */

gn_status gn_tuning_new(int units, gn_grid grid, double top_speed, gn_tuning *);
void gn_tuning_free(gn_tuning *);
void gn_tuning_clear(gn_tuning *);

/* One step: unit i has rate[i * stride]; position (2); direction in turns; half 0 or 1. */
void gn_tuning_add(gn_tuning *, int half, const float *position, float direction, float speed, const float *rate,
                   size_t stride);
/* into += from; both over the same grid and units. */
void gn_tuning_merge(gn_tuning *into, const gn_tuning *from);

/* Means; nan where there was no step. Each is the caller's. */
void gn_tuning_rate_map(const gn_tuning *, float *map);       /* (units, bins, bins) */
void gn_tuning_rate_map_half(const gn_tuning *, float *map);  /* (2, units, bins, bins) */
void gn_tuning_occupancy(const gn_tuning *, uint32_t *steps); /* (bins, bins), saturating */
void gn_tuning_direction(const gn_tuning *, float *curve);    /* (units, 36) */
void gn_tuning_speed(const gn_tuning *, float *curve);        /* (units, 11) */
void gn_tuning_centres(const gn_tuning *, float *direction /* (36) */, float *speed /* (11) */);

#endif

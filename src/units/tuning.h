/* Tuning of units: mean rates as functions of place, direction and speed.
 *
 * Sums are doubles. Each chunk of trials has a gn_tuning of its own, and these are merged in a fixed order, so that the
 * means do not depend on the number of threads. */
#ifndef GN_TUNING_H
#define GN_TUNING_H

#include <stddef.h>
#include <stdint.h>

#include "walk/arena.h"

enum {
    GN_DIRECTION_BINS = 36,
    GN_SPEED_BINS = 11, /* one for standing still and 10 equal bins up to the top speed */
    GN_MAP_HALVES = 2   /* trials with even and with odd numbers */
};

/* Rows for the option tables of programs that measure tuning. */
#define GN_TUNING_BINS(LEAST, MOST)                                                                         \
    {                                                                                                       \
        .name = "bins", .type = GN_OPTION_INT, .fallback = "32", .min = LEAST, .max = MOST, .unit = "bins", \
        .help = "bins along a side of the rate map"                                                         \
    }
#define GN_TUNING_SKIP(MOST)                                                                   \
    {                                                                                          \
        .name = "skip", .type = GN_OPTION_INT, .fallback = "50", .max = MOST, .unit = "steps", \
        .help = "number of steps at the start of a trial that maps and curves leave out"       \
    }

/* The grid of a map: bins x bins square bins with the same centre as the arena's bounding box and as wide as its longer
 * side. Bin (ix, iy) is in column ix from the left and row iy from the bottom. */
typedef struct {
    int bins;
    double bin_width, x_min, y_min;
} gn_grid;

gn_grid gn_grid_make(const gn_arena *, int bins);
/* The index iy * bins + ix of the bin at a place; places outside the grid count in the outermost bins. */
size_t gn_grid_bin(const gn_grid *, double x, double y);

typedef struct {
    int units;
    gn_grid grid;
    double top_speed;
    double *map;         /* (2, bins * bins, units) sums of rates in each half and bin */
    double *direction;   /* (36, units) sums over moving steps */
    double *speed;       /* (11, units) */
    uint64_t *map_count; /* (2, bins * bins) number of steps; the next ones count for direction and speed */
    uint64_t direction_count[GN_DIRECTION_BINS], speed_count[GN_SPEED_BINS];
} gn_tuning; /* owns its arrays */

gn_status gn_tuning_new(int units, gn_grid grid, double top_speed, gn_tuning *);
void gn_tuning_free(gn_tuning *);
void gn_tuning_clear(gn_tuning *);

/* Adds one step. The rate of unit i is rate[i * stride]; position (2); direction in turns; half is 0 or 1. */
void gn_tuning_add(gn_tuning *, int half, const float *position, float direction, float speed, const float *rate,
                   size_t stride);
/* into += from. Both have the same grid and number of units. */
void gn_tuning_merge(gn_tuning *into, const gn_tuning *from);

/* Write the means to memory of the caller; nan where there was no step. */
void gn_tuning_rate_map(const gn_tuning *, float *map);       /* (units, bins, bins) */
void gn_tuning_rate_map_half(const gn_tuning *, float *map);  /* (2, units, bins, bins) */
void gn_tuning_occupancy(const gn_tuning *, uint32_t *steps); /* (bins, bins), at most the largest uint32_t */
void gn_tuning_direction(const gn_tuning *, float *curve);    /* (units, 36) */
void gn_tuning_speed(const gn_tuning *, float *curve);        /* (units, 11) */
void gn_tuning_centres(const gn_tuning *, float *direction /* (36) */, float *speed /* (11) */);

#endif

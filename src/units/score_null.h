/* Nulls: what a score is worth by chance. */
#ifndef GN_SCORE_NULL_H
#define GN_SCORE_NULL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/pool.h"
#include "units/score_shape.h"

/* The scores of surrogate maps; undefined (nan) ones are left out. */
typedef struct {
    int count;
    double mean, sd;      /* nan when there are none */
    const double *sorted; /* (count), rising; borrowed */
} gn_null;

/* Sorts value (count) in place, nan last, and keeps pointing into it. */
gn_null gn_null_of(int count, double *value);
/* The ceil(percent / 100 * (count + 1))-th smallest (at most the largest): by chance, a score of
 * the null's own distribution exceeds it with probability 1 - percent / 100 or less. nan: no null.
 */
double gn_null_percentile(const gn_null *, double percent);
double gn_null_z(const gn_null *, double score); /* (score - mean) / sd */

/* ---- smoothed noise ---------------------------------------------------------------
 * White noise in the visited bins, smoothed inside the mask, at a ladder of widths: 0, then
 * 0.5 * 2^(k/4) bins up to 0.3 of the mask's shorter side. A map is compared with the rung whose
 * autocorrelogram is as wide as its own: the median radius of half height over CALIBRATION maps is
 * nearest to the map's (on a logarithmic scale). Noise finer than a map would make any smooth map
 * stand out; coarser noise would hide it. */
enum { GN_NOISE_RUNGS_MAX = 40 };

typedef struct {
    int rungs, maps; /* maps: surrogates a rung */
    uint64_t seed;
    double sd[GN_NOISE_RUNGS_MAX];               /* of the Gaussian, bins */
    double half_width[GN_NOISE_RUNGS_MAX];       /* bins */
    gn_null null[GN_NOISE_RUNGS_MAX][GN_SHAPES]; /* sorted NULL: not made yet */
    double *value[GN_NOISE_RUNGS_MAX];           /* (GN_SHAPES, maps), owned */
    const gn_shape_plan *plan;
} gn_noise;

/* Calibrates the ladder. The plan is borrowed. */
gn_status gn_noise_new(const gn_shape_plan *, int maps, uint64_t seed, gn_pool *, gn_noise *);
void gn_noise_free(gn_noise *);
/* The rung for an autocorrelogram of this half width. */
int gn_noise_rung(const gn_noise *, double half_width);
/* Makes the nulls of the wanted (rungs) that are not there yet. */
gn_status gn_noise_fill(gn_noise *, const bool *wanted, gn_pool *);

#endif

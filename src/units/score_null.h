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
/* A 99th percentile needs so many: of fewer surrogates the largest would be below it. */
enum { GN_NULL_FEWEST = 99 };

/* ---- smoothed noise ---------------------------------------------------------------
 * White noise on a grid that goes on beyond the map, smoothed with a Gaussian of 0 (none), 0.5, 0.5 * 2^(1/2), 1, ...
 * bins up to 0.4 of the map's shorter side, so that nothing of the mask shows in it; in the visited bins standardised,
 * and then its hyperbolic tangent, since the units' rates are that of something. A map is compared with those
 * surrogates, of all widths, whose autocorrelograms are as wide as its own: the nearest on a logarithmic scale, and of
 * equally wide ones (ramps have no width) those of which a plane explains as much. Noise finer than a map would make
 * any smooth map stand out; coarser noise would hide it. */
enum { GN_NOISE_RUNGS_MAX = 20 };

typedef struct {
    int rungs, maps, count; /* widths; surrogates of each; rungs * maps */
    int near;               /* so many are compared with: `maps`, and GN_NULL_FEWEST at least */
    uint64_t seed;
    double sd[GN_NOISE_RUNGS_MAX]; /* of the Gaussian, bins */
    double *width;                 /* (count) bins */
    gn_pattern_shares *pattern;    /* (count) */
    double *score;                 /* (count, GN_SHAPES) */
    double *rest_width;            /* (count) of what the plane leaves; NULL: not made */
    double *rest_lattice;          /* (count) */
    double *map;                   /* (count, bins) the surrogates */
    const gn_shape_plan *plan;
} gn_noise;

/* Makes the surrogates. The plan is borrowed. GN_EUSAGE: fewer than GN_NULL_FEWEST in all. */
gn_status gn_noise_new(const gn_shape_plan *, int maps, uint64_t seed, gn_pool *, gn_noise *);
/* Scores what planes leave of them, unless that was done. */
gn_status gn_noise_rest(gn_noise *, gn_pool *);
void gn_noise_free(gn_noise *);

/* Scratch: how far a surrogate is from a map. */
typedef struct {
    double width, ramp;
    int number;
} gn_distance;

/* The nulls of a map of this width and this share of a plane; value (GN_SHAPES, near) and order (count) are the
 * caller's, and the nulls point into value. */
void gn_noise_null(const gn_noise *, double width, double ramp, double *value, gn_distance *order,
                   gn_null null[GN_SHAPES]);
/* The same of the lattice in what a plane leaves, by the width of that; value (near). */
gn_null gn_noise_null_rest(const gn_noise *, double width, double *value, gn_distance *order);

#endif

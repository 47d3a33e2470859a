/* Nulls: the distributions that scores have when what they look for is not in a map. A score is compared with them
 * by percentile and by z. */
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
/* The ceil(percent / 100 * (count + 1))-th smallest score of the null, at most the largest. A score from the same
 * distribution exceeds it with probability 1 - percent / 100 or less. nan when the null has no scores. */
double gn_null_percentile(const gn_null *, double percent);
double gn_null_z(const gn_null *, double score); /* (score - mean) / sd */
/* The fewest scores that have a 99th percentile: with fewer, ceil(0.99 (count + 1)) is larger than their number. */
enum { GN_NULL_FEWEST = 99 };

/* ---- smoothed noise ---------------------------------------------------------------
 * White noise is drawn on a grid that reaches beyond the map, so that the edge of the mask leaves no trace in it. It is
 * smoothed with a Gaussian whose standard deviation is 0 (no smoothing), 0.5, 0.5 * 2^(1/2), 1, ... bins, up to 0.4 of
 * the map's shorter side, and standardised over the visited bins. Its hyperbolic tangent is taken, because units' rates
 * are hyperbolic tangents, too. A map is compared with the surrogates, of all widths, whose autocorrelograms have
 * widths nearest to its own on a logarithmic scale. Many have the same width, as ramps do, whose autocorrelograms never
 * fall to half; among these, the ones are taken of which a plane explains about as much as of the map. With noise that
 * is finer than a map, any smooth map would stand out; with coarser noise, its pattern would be hidden. */
enum { GN_NOISE_RUNGS_MAX = 20 };

typedef struct {
    int rungs, maps, count; /* number of widths, of surrogates of each, and of all surrogates */
    int near;               /* number of surrogates that a map is compared with: `maps`, but GN_NULL_FEWEST at least */
    uint64_t seed;
    double sd[GN_NOISE_RUNGS_MAX]; /* of the Gaussian, bins */
    double *width;                 /* (count) bins; NULL, as all below, before gn_noise_score() */
    gn_pattern_shares *pattern;    /* (count) */
    double *score;                 /* (count, GN_SHAPES) */
    double *rest_width;   /* (count) widths of what planes leave of the surrogates; NULL before that is scored */
    double *rest_lattice; /* (count) and the lattice scores of that */
    const gn_shape_plan *plan;
} gn_noise;

/* Chooses the widths. The plan is borrowed. GN_EUSAGE: fewer than GN_NULL_FEWEST surrogates in all. */
gn_status gn_noise_new(const gn_shape_plan *, int maps, uint64_t seed, gn_noise *);
/* Draws and scores the surrogates, and with `rest` what planes leave of them, which only maps with a ramp need. What
 * has been scored before is not scored again. */
gn_status gn_noise_score(gn_noise *, bool rest, gn_pool *);
void gn_noise_free(gn_noise *);

/* Scratch memory of the search for the nearest surrogates: how far one of them is from the map. */
typedef struct {
    double width, ramp;
    int number;
} gn_distance;

/* The nulls of a map whose autocorrelogram has this width and of which a plane explains the share `ramp`. value
 * (GN_SHAPES, near) and order (count) are the caller's, and the nulls point into value. */
void gn_noise_null(const gn_noise *, double width, double ramp, double *value, gn_distance *order,
                   gn_null null[GN_SHAPES]);
/* The null of the lattice score of what a plane leaves of a map; width is that of what is left. value (near). */
gn_null gn_noise_null_rest(const gn_noise *, double width, double *value, gn_distance *order);

#endif

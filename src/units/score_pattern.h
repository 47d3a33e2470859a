/* Patterns in a map, by least squares inside its mask: which share of the map's variance is explained by one plane
 * wave (a band), by a lattice of waves, by a fall from one wall, and by what could be taken for one of these: slower
 * waves, ramps, single fields. The waves and other templates are fixed for a mask, so that the sums of many maps
 * with all of them are one matrix product. */
#ifndef GN_SCORE_PATTERN_H
#define GN_SCORE_PATTERN_H

#include "units/map.h"
#include "units/score_border.h"

typedef enum { GN_TRIANGULAR, GN_RECTANGULAR, GN_FOLDS } gn_fold; /* lattices of three and of two waves */

typedef struct {
    double smooth;            /* share of the variance in waves of up to 5 periods; the rest is noise from bin to bin */
    double ramp;              /* share of the best plane */
    double wave, slow;        /* of the best wave of 1.25 periods or more; of the best one of fewer */
    double lattice[GN_FOLDS]; /* of the best lattice, its first waves 1.5 periods or more */
    double spot;              /* of the best single field */
    double fall, edge;        /* of the best fall from a wall; of the best ramp or edge across the arena */
    int fall_wall;            /* -1: no wall was visited, and fall is nan */
    int wave_at, lattice_at[GN_FOLDS]; /* numbers of the best wave and lattices in the plan */
} gn_pattern_shares;

typedef struct gn_pattern_plan gn_pattern_plan; /* read-only once made */
/* The border plan lends the distances to the walls, and only while the plan is made. NULL: the error is recorded. */
gn_pattern_plan *gn_pattern_plan_new(const gn_map *mask, const gn_arena *, const gn_border_plan *);
void gn_pattern_plan_free(gn_pattern_plan *);

enum { GN_PATTERN_BATCH = 100 };                /* maps at once */
typedef struct gn_pattern_work gn_pattern_work; /* scratch for one thread */
gn_pattern_work *gn_pattern_work_new(const gn_pattern_plan *);
void gn_pattern_work_free(gn_pattern_work *);

/* Which shares are wanted. GN_FIT_ALL: every share. GN_FIT_NO_LATTICES: all but those of lattices, which take
 * longest. GN_FIT_REST: for what a plane left of maps (gn_pattern_take_ramp), only smooth, lattice and spot, where
 * lattices are fitted together with a plane. All other shares are 0. */
typedef enum { GN_FIT_ALL, GN_FIT_NO_LATTICES, GN_FIT_REST } gn_fit;

/* Shares, 0 to 1, of standardised maps (gn_map_standardise), standard (count, bins), count up to GN_PATTERN_BATCH.
 *
 * Maps are averaged to about 16 blocks a side first; a share is one of the whole variance all the same. Waves: 36
 * directions, frequencies 2^(1/10) apart, in periods over the longer side of the visited bins. A wave has two free
 * amplitudes (cosine, sine). A lattice is the sum of three waves 60 degrees apart (two, 90 degrees) of one amplitude,
 * its phases those of a pattern that repeats (36 positions), and, with an amplitude of their own, the waves at the sums
 * and differences of these and at twice their frequency, in ratio 2 to 1: they make its fields sharp or flat. A fall is
 * exp(-d / l) in the distance d to one wall, l 0.05 to 0.5 inradii. An edge is tanh((x . e - c) / s) across the arena,
 * in 12 directions, c up to half an inradius from the middle, s 0.1 to 0.5 inradii, or a plane. A spot is a Gaussian of
 * 0.08 to 0.28 of the longer side, anywhere. */
void gn_pattern_fit(const gn_pattern_plan *, gn_pattern_work *, int count, const double *standard, gn_fit wanted,
                    gn_pattern_shares *);

/* Fills left (bins) with what the best-fitting plane leaves of a standardised map, standardised anew; with 0 when
 * nothing is left. Returns the share of the variance that is left. */
double gn_pattern_take_ramp(const gn_pattern_plan *, const double *standard, double *left);

typedef struct {
    double frequency; /* cycles per arena unit */
    double
        angle_degrees; /* of the (first) wave vector, [0, 180 / waves), counterclockwise from x; one wave: [0, 180) */
    int waves;         /* 1, 2 or 3 */
} gn_wave;

/* Search around a fit's best wave or lattice for the frequency and the direction that explain most, with free phases
 * and amplitudes. */
void gn_pattern_refine_wave(const gn_pattern_plan *, gn_pattern_work *, const double *standard, int wave_at, gn_wave *);
void gn_pattern_refine_lattice(const gn_pattern_plan *, gn_pattern_work *, const double *standard, gn_fold,
                               int lattice_at, gn_wave *);

#endif

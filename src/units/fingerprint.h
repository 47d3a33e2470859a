/* Fingerprints: numbers that can be read off the paper's figures and computed for any network, so that networks can be
 * compared with the authors' (paper/fingerprints.tsv).
 *
 * Every fingerprint has a spread, its standard error by the jackknife, in which each tenth of the trials (for Fig. 6a)
 * or of the units (for all others) is left out in turn. */
#ifndef GN_FINGERPRINT_H
#define GN_FINGERPRINT_H

#include <stdbool.h>

#include "network/boundary.h"
#include "units/tuning.h"

typedef enum {
    /* Fig. 6a: the control group (trials that have not met a wall), steps -40 .. 40 */
    GN_FINGERPRINT_GROWTH, /* slope of its squared error, per step */
    GN_FINGERPRINT_LEVEL,  /* mean of its squared error */
    /* Fig. 6a, groups by later contacts: error at steps 25 .. 40 divided by that at -20 .. -1, minus that of the
       control */
    GN_FINGERPRINT_FALL_0,
    GN_FINGERPRINT_FALL_1,
    GN_FINGERPRINT_FALL_2,
    GN_FINGERPRINT_FALL_6,
    GN_FINGERPRINT_ORDER,          /* Kendall's tau between the number of later contacts and the fall of the error */
    GN_FINGERPRINT_FILLED_REDRAWS, /* share of the trials in the group of 6 to 50 when redraws are counted */
    GN_FINGERPRINT_FILLED_STEPS,   /* the same when steps with redraws are counted */
    /* Fig. 3, Appendix A to C: shares of units with a tuning curve that visibly changes over its range */
    GN_FINGERPRINT_SPEED, /* the line fitted to the speed curve changes by 0.2 or more between 0 and the top speed */
    GN_FINGERPRINT_DIRECTION, /* the largest and the smallest value of the direction curve differ by 0.2 or more */
    /* Fig. 5b, Appendix A to C: maps of the units that are counted (gn_unit_fingerprint_counted), smoothed as in
       figures */
    GN_FINGERPRINT_COUNTED,    /* share of the units that are */
    GN_FINGERPRINT_SATURATION, /* share of the area where |u| > 0.9; mean over units */
    GN_FINGERPRINT_TRANSITION, /* share of the area with rates in the middle half of the map's range; mean over units */
    GN_FINGERPRINT_WAVELENGTH, /* gn_map_wavelength() in arena units; median over units */
    GN_FINGERPRINT_NO_RAMP, /* share of the units whose map is not a monotone function of the place along one direction
                             */
    /* Fig. 4: an early checkpoint */
    GN_FINGERPRINT_EARLY_BORDER, /* share of all units whose map is a monotone function of the distance to a wall */
    GN_FINGERPRINT_EARLY_WALLS,  /* share of the walls to which at least 5% of the units belong */
    GN_FINGERPRINTS
} gn_fingerprint;

const char *gn_fingerprint_name(gn_fingerprint); /* as in the paper's table: "error_growth" */

/* ---- units ------------------------------------------------------------------------------ */

/* Numbers of one unit; nan when undefined. */
typedef struct {
    double stability;       /* Pearson correlation between the maps of even and of odd trials */
    double wavelength;      /* arena units */
    double range;           /* of the map, from its 2nd to its 98th percentile */
    double saturation;      /* share of the map where |u| > 0.9 */
    double transition;      /* share of the map in the middle half of its range */
    double ramp;            /* gn_monotone_ramp(): share of the variance */
    double ramp_degrees;    /* and direction */
    double wall;            /* gn_monotone_wall(): share of the variance */
    int wall_number;        /* and wall; -1: none */
    double speed_change;    /* change of the line fitted to the speed curve between 0 and the top speed */
    double direction_range; /* largest minus smallest value of the direction curve */
} gn_unit_fingerprint;

/* Maps whose halves correlate less than this are not counted: at a correlation r the share 2 r / (1 + r) of the whole
 * map's variance repeats, here about nine tenths. With less, the noise of sampling makes a ramp none and shortens
 * wavelengths.
 */
#define GN_FINGERPRINT_STABLE 0.8
/* Nor are maps of units that hardly change, of a range from -1 to 1. */
#define GN_FINGERPRINT_LEAST_RANGE 0.05
/* A map is a ramp when the place along one direction explains this share of its variance, and border-like when the
 * distance to a wall does. */
#define GN_FINGERPRINT_MONOTONE 0.9

/* Computes the numbers of all units of a tuning into unit[]. */
gn_status gn_unit_fingerprints(const gn_tuning *, const gn_arena *, gn_unit_fingerprint *unit);
bool gn_unit_fingerprint_counted(const gn_unit_fingerprint *);

/* ---- networks --------------------------------------------------------------------------- */

enum { GN_FINGERPRINT_BLOCKS = 10 }; /* of the jackknife: trial r and unit r are in block r % 10 */

/* What fingerprints are computed from. The caller owns everything. */
typedef struct {
    const gn_contact_curve
        *redraws; /* (GN_FINGERPRINT_BLOCKS, GN_CONTACT_GROUPS), every redraw is counted as an interaction */
    const gn_contact_curve *steps; /* likewise, every step with redraws is counted */
    size_t units;
    int walls;
    const gn_unit_fingerprint *unit;  /* (units) */
    const gn_unit_fingerprint *early; /* (units) of the early checkpoint, NULL: none */
} gn_fingerprint_evidence;

typedef struct {
    double value, spread;
} gn_fingerprint_value;
gn_status gn_fingerprints(const gn_fingerprint_evidence *, gn_fingerprint_value value[GN_FINGERPRINTS]);

/* ---- the paper -------------------------------------------------------------------------- */

/* The range that the paper's figure shows, and the distance from it that counts as 1. All are nan when the paper does
 * not show it. */
typedef struct {
    double low, high, tolerance;
} gn_fingerprint_range;

/* Reads paper/fingerprints.tsv, which must have exactly one row for each fingerprint. */
gn_status gn_fingerprints_read_paper(const char *path, gn_fingerprint_range range[GN_FINGERPRINTS]);

/* 0 within the range, else the distance from it in tolerances; nan when value or range is nan. */
double gn_fingerprint_distance(const gn_fingerprint_range *, double value);
/* Larger distances count as this many tolerances in the total, so that one fingerprint does not hide all others. The
 * limit is so high that a network that has not learned the task stays far away even when its other fingerprints fit. */
#define GN_FINGERPRINT_MISSED 10.0
/* Root mean square of the distances, each limited to GN_FINGERPRINT_MISSED, without those that are nan. *defined is the
 * number of distances that are not nan. */
double gn_fingerprints_total(const double distance[GN_FINGERPRINTS], int *defined);

#endif

/* Fingerprints of a network: what the paper's figures say about the authors' networks, as numbers that any network
 * can be held against (paper/fingerprints.tsv).
 *
 * Every fingerprint has a spread, its standard error by the jackknife: a tenth of the trials (of Fig. 6a) or of the
 * units (all others) is left out in turn. */
#ifndef GN_FINGERPRINT_H
#define GN_FINGERPRINT_H

#include <stdbool.h>

#include "network/boundary.h"
#include "units/tuning.h"

typedef enum {
    /* Fig. 6a, the control (trials that have not met a wall) over steps -40 .. 40 */
    GN_FINGERPRINT_GROWTH, /* slope of its squared error, per step */
    GN_FINGERPRINT_LEVEL,  /* mean of its squared error */
    /* Fig. 6a, groups by later contacts: error at steps 25 .. 40 over that at -20 .. -1, less the control's */
    GN_FINGERPRINT_FALL_0,
    GN_FINGERPRINT_FALL_1,
    GN_FINGERPRINT_FALL_2,
    GN_FINGERPRINT_FALL_6,
    GN_FINGERPRINT_ORDER, /* pairs of groups in which the one of more contacts has fallen more, less the others */
    GN_FINGERPRINT_FILLED_REDRAWS, /* share of the trials that are in the group of 6 to 50, counting redraws */
    GN_FINGERPRINT_FILLED_STEPS,   /* and counting steps */
    /* Fig. 3, Appendix A to C: shares of the units whose curve, over the whole range, visibly rises or falls */
    GN_FINGERPRINT_SPEED,     /* a line fitted to the speed curve changes by 0.2 or more up to the top speed */
    GN_FINGERPRINT_DIRECTION, /* the direction curve's largest value is 0.2 or more above its least */
    /* Fig. 5b, Appendix A to C: the maps of the units whose maps are stable, as they are drawn (smoothed) */
    GN_FINGERPRINT_SATURATION, /* share of the area where |u| > 0.9, mean over units */
    GN_FINGERPRINT_TRANSITION, /* share of the area within the middle half of the map's own range, mean over units */
    GN_FINGERPRINT_WAVELENGTH, /* median of gn_map_wavelength, arena units */
    GN_FINGERPRINT_NO_RAMP,    /* share of units whose map is not monotone along one direction */
    /* Fig. 4, an early checkpoint */
    GN_FINGERPRINT_EARLY_BORDER, /* share of all units whose map is a monotone function of the distance to one wall */
    GN_FINGERPRINT_EARLY_WALLS,  /* share of the walls that one unit in twenty or more belongs to */
    GN_FINGERPRINTS
} gn_fingerprint;

const char *gn_fingerprint_name(gn_fingerprint); /* as in the paper's table: "error_growth" */

/* ---- units ------------------------------------------------------------------------------ */

/* Of one unit; nan when undefined. */
typedef struct {
    double stability;    /* Pearson between the maps of even and of odd trials */
    double wavelength;   /* arena units */
    double saturation;   /* share of the map where |u| > 0.9 */
    double transition;   /* share of the map within the middle half of its range, from its 2nd to its 98th percentile */
    double ramp;         /* gn_monotone_ramp: share of the variance, */
    double ramp_degrees; /* and the direction */
    double wall;         /* gn_monotone_wall: share of the variance, */
    int wall_number;     /* and which wall; -1: none */
    double speed_change; /* of the line fitted to the speed curve, from 0 to the top speed */
    double direction_range; /* of the direction curve */
} gn_unit_fingerprint;

/* Maps whose halves correlate less than this are not stable, and not counted. */
#define GN_FINGERPRINT_STABLE 0.5
/* One direction that explains this share of a map's variance makes it a ramp, or, from a wall, border-like. */
#define GN_FINGERPRINT_MONOTONE 0.9
/* sd of the Gaussian that smooths maps, in bins: as in all figures. */
#define GN_FINGERPRINT_SMOOTHING 1.0

/* unit (units of the tuning) is the caller's. */
gn_status gn_unit_fingerprints(const gn_tuning *, const gn_arena *, gn_unit_fingerprint *unit);
bool gn_unit_fingerprint_stable(const gn_unit_fingerprint *);

/* ---- networks --------------------------------------------------------------------------- */

enum { GN_FINGERPRINT_BLOCKS = 10 }; /* of the jackknife: trial r is in block r % 10, and so is unit r */

/* What fingerprints are taken from; all borrowed. */
typedef struct {
    const gn_contact_curve *redraws; /* (GN_FINGERPRINT_BLOCKS, GN_CONTACT_GROUPS), interactions counted as redraws */
    const gn_contact_curve *steps;   /* likewise, as steps */
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

/* The range read off a figure, and how far off it counts as one; nan all three: the paper does not say. */
typedef struct {
    double low, high, tolerance;
} gn_fingerprint_range;

/* Reads paper/fingerprints.tsv, which must have a row for each fingerprint and no other. */
gn_status gn_fingerprints_read_paper(const char *path, gn_fingerprint_range range[GN_FINGERPRINTS]);

/* 0 within the range, else how far beyond it in tolerances; nan without a value or a range. */
double gn_fingerprint_distance(const gn_fingerprint_range *, double value);
/* Beyond this many tolerances the total does not ask by how much a fingerprint is missed, so that one of them does not
 * hide all others; yet a network that has not learned to track the path stays far, though its maps are no ramps. */
#define GN_FINGERPRINT_MISSED 10.0
/* Root mean square of the distances, each at most GN_FINGERPRINT_MISSED; nan ones are left out. *defined is how many
 * are not.
 */
double gn_fingerprints_total(const double distance[GN_FINGERPRINTS], int *defined);

#endif

/* From scores and their nulls to a class: one rule, one table of thresholds. */
#ifndef GN_SCORE_CLASS_H
#define GN_SCORE_CLASS_H

#include "units/score_null.h"

typedef enum { GN_GRID, GN_BAND, GN_BORDER, GN_IRREGULAR, GN_UNMODULATED, GN_CLASSES } gn_class;
/* Their names in the same order, with `by` between two of them; every list of the names is made of this one. */
#define GN_CLASSES_JOINED(by) "grid" by "band" by "border" by "irregular" by "unmodulated"
const char *gn_class_name(gn_class);
int gn_class_number(const char *name); /* -1: no class is called so */
/* The place of a class in sheets and legends; other names come last. */
int gn_class_rank(const char *name);

typedef enum {
    GN_LATTICE_PERCENTILE,
    GN_WAVE_PERCENTILE,
    GN_FALL_PERCENTILE,
    GN_FALL_LEAST,
    GN_BORDER_PERCENTILE,
    GN_BORDER_SCORE,
    GN_RAMP_LEAST,
    GN_RAMP_MOST,
    GN_AXIS_PERCENTILE,
    GN_STABILITY_PERCENTILE,
    GN_RANGE_LEAST,
    GN_THRESHOLDS
} gn_threshold;

typedef struct {
    const char *name;
    double value;
    const char *help;
} gn_threshold_row;
extern const gn_threshold_row gn_thresholds[GN_THRESHOLDS];

/* What a unit's class is decided from. Where a null is NULL, no score is compared with it. */
typedef struct {
    double score[GN_SHAPES];   /* the lattice score is that of the map, or of what a plane leaves of it
                                  (gn_class_lattice_of_rest) */
    const gn_null *shift;      /* (GN_SHAPES) maps of shifted rates */
    const gn_null *noise;      /* (GN_SHAPES) smoothed noise */
    double ramp;               /* share of the map's variance that a plane explains */
    double grid, band, border; /* shares that the lattice, the wave, the fall explain: the largest decides */
    double range;     /* the map's largest less its smallest rate; infinity for a map whose rates have no known unit */
    double stability; /* nan: there is no run */
    const gn_null *stability_shift;
} gn_class_evidence;

/* Whether the lattice is sought in what a plane leaves of a map, and not in the map itself, given the share of the
 * variance that the plane explains: where that is a good part, but not nearly all. */
bool gn_class_lattice_of_rest(double ramp);

/* A unit is a grid when its lattice score is above its percentile in every null and a ramp is not nearly all that
 * there is. It is a band when the same holds for the wave score. It is a border unit when a fall from one wall
 * explains more than any ramp or edge across the arena (the score of the fall is then above 0), the border score is
 * above its least, and either the score of the fall is above its least and above its percentile in every null, or,
 * as for a field along a piece of the wall, the border score is above its percentile in every null. When several of
 * these hold, that one is taken whose pattern explains the largest share of the map's variance. Any other unit is
 * irregular when its stability is above its percentile; without a run, stability cannot be known, and a unit whose
 * map varies at all is irregular. The remaining ones are unmodulated. A unit whose map has less than the least range
 * is always unmodulated, whatever the shape of its map. *z is that of the deciding score in the null of shifts, or
 * in the noise when there is no run; nan when no score decides. */
gn_class gn_classify(const gn_class_evidence *, double *z);

/* The number of waves that stand out, by the axis percentile of every null: 2 or 3 (which of these, `fold` says)
 * when a lattice does, 1 when a wave does, 0 when neither does. When both do, the one that explains more counts. */
int gn_class_axes(const gn_class_evidence *, gn_fold fold);

#endif

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

/* What the rule looks at. A null that is missing (NULL) is not asked. */
typedef struct {
    double score[GN_SHAPES];   /* the lattice: of the map, or of what a plane leaves of it (gn_class_lattice_of_rest) */
    const gn_null *shift;      /* (GN_SHAPES) maps of shifted rates */
    const gn_null *noise;      /* (GN_SHAPES) smoothed noise */
    double ramp;               /* share of the map's variance that a plane explains */
    double grid, band, border; /* shares that the lattice, the wave, the fall explain: the largest decides */
    double range;              /* the map's largest less its smallest rate; infinity: of no known unit */
    double stability;          /* nan: there is no run */
    const gn_null *stability_shift;
} gn_class_evidence;

/* Is a map's lattice to be sought in what a plane leaves of it? Where there is a ramp. */
bool gn_class_lattice_of_rest(double ramp);

/* Grid: the lattice above its percentile in every null, unless a ramp is nearly all there is. Band: the same of the
 * wave. Border: a fall from one wall that explains more than any ramp or edge across the arena (its score is above 0),
 * and either above its percentile in every null and above the least, or along a piece of the wall: the border score
 * above its percentile in every null; in both cases the border score above the least. Of several, the one that explains
 * the largest share of the map's variance. Else irregular when the stability is above its percentile (without a run it
 * cannot be known, and any map that varies is irregular), else unmodulated, as is any unit whose map has less than the
 * least range, whatever the shape of the little that is left. z is that of the deciding score in the
 * shift null (without a run: in the noise); nan when no score decides. */
gn_class gn_classify(const gn_class_evidence *, double *z);

/* Waves that stand out: 1 a wave, 2 or 3 a lattice, above the axis percentile of every null; 0 none. fold: the
 * lattice's.
 */
int gn_class_axes(const gn_class_evidence *, gn_fold fold);

#endif

/* From scores and their nulls to a class: one rule, one table of thresholds. */
#ifndef GN_SCORE_CLASS_H
#define GN_SCORE_CLASS_H

#include "units/score_null.h"

typedef enum { GN_GRID, GN_BAND, GN_BORDER, GN_IRREGULAR, GN_UNMODULATED, GN_CLASSES } gn_class;
const char *gn_class_name(gn_class);

typedef enum {
    GN_AXIS_PERCENTILE,
    GN_GRID_PERCENTILE,
    GN_GRID_NOISE_PERCENTILE,
    GN_GRID_AXES,
    GN_BAND_PERCENTILE,
    GN_BAND_AXES,
    GN_BORDER_PERCENTILE,
    GN_BORDER_SCORE,
    GN_STABILITY_PERCENTILE,
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
    double score[GN_SHAPES];
    const gn_null *shift;      /* (GN_SHAPES) maps of shifted rates */
    const gn_null *noise;      /* (GN_SHAPES) smoothed noise */
    int axes;                  /* gn_fourier_axes */
    bool lattice60, lattice90; /* the autocorrelogram has the six (four) peaks of a lattice */
    double stability;          /* nan: there is no run */
    const gn_null *stability_shift;
} gn_class_evidence;

/* Thresholds of gn_fourier_axes: the axis percentile of the nulls, the larger of the two. */
void gn_class_axis_thresholds(const gn_null *shift, const gn_null *noise, double threshold[GN_FOURIER_SUMS]);

/* Grid: gridness 60 or 90 above the percentile of every null (its own for the noise: the conditions
 * that follow let little noise pass), at least two axes, and the peaks of the lattice. Band: the
 * spectral peak above the percentile of every null, and exactly one axis. Border: the score above
 * the percentile of every null and above the least score. Several: the one of the larger z. Else
 * irregular when the stability is above its percentile (without a run it cannot be known, and any
 * map that varies is irregular), else unmodulated. z is that of the deciding score in the shift
 * null (without a run: in the noise). */
gn_class gn_classify(const gn_class_evidence *, double *z);

#endif

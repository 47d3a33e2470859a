/* Made-up units of known kinds, whose rate is a function of the place. With them one measures how often the rule of
 * classes is right and how often wrong. */
#ifndef GN_SCORE_TRUTH_H
#define GN_SCORE_TRUTH_H

#include <stddef.h>
#include <stdint.h>

#include "base/random.h"
#include "units/score_class.h"
#include "units/tuning.h"
#include "walk/arena.h"

typedef enum {
    GN_TRUTH_NOISE,            /* white noise smoothed by a Gaussian */
    GN_TRUTH_SATURATED,        /* tanh(g (z + c)) of such noise z: g 1 to 3, c up to half a standard deviation */
    GN_TRUTH_RAMP,             /* a plane in any direction, and noise: 5 to 60% of the variance, 1 to 12 bins wide */
    GN_TRUTH_EDGE,             /* tanh(g (z + c)) of a plane z, and noise of a bin: g 1 to 4, c up to 0.5, 2 to 20% */
    GN_TRUTH_TRIANGULAR,       /* three waves that make a lattice */
    GN_TRUTH_RECTANGULAR,      /* two waves at right angles */
    GN_TRUTH_SHARP_TRIANGULAR, /* fields of 0.12 spacings (standard deviation) at the lattice's points */
    GN_TRUTH_SHARP_RECTANGULAR,
    GN_TRUTH_UNEVEN_TRIANGULAR, /* fields of 0.18 spacings, 0.1 off (standard deviation along x and y), 0.5 to 1.5 high
                                 */
    GN_TRUTH_UNEVEN_RECTANGULAR,
    GN_TRUTH_RAMP_TRIANGULAR, /* a lattice of waves and a plane of the same variance */
    GN_TRUTH_RAMP_RECTANGULAR,
    GN_TRUTH_BAND,      /* one wave */
    GN_TRUTH_WALL,      /* exp(-d / l) or its negative, d the distance to one wall */
    GN_TRUTH_HALF_WALL, /* the same along half of the wall, beyond which it also falls off with length l */
    GN_TRUTH_PLACE,     /* one Gaussian field anywhere */
    GN_TRUTHS
} gn_truth;

typedef struct {
    const char *name;
    gn_class class;    /* what a unit of this kind is; GN_IRREGULAR: neither grid, band nor border */
    const char *scale; /* what the scale measures: "width_bins", "periods" (of the first wave over the longer side of
                          the arena's box), "inradii" (l, or a field's standard deviation); "none": there is no scale */
} gn_truth_row;
extern const gn_truth_row gn_truths[GN_TRUTHS];

/* Fills rate (samples) with that of a unit at the positions (samples, 2). Its phases, directions and walls are drawn
 * from the stream. To all kinds but noise, ramps and edges, noise a bin wide is added, which makes up the share
 * `noise` of the variance. GN_EIO: no memory. */
gn_status gn_truth_rate(gn_truth, double scale, double noise, const gn_arena *, const gn_grid *, size_t samples,
                        const float *position, gn_stream *, float *rate);

#endif

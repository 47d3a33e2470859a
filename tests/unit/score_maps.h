/* Maps of known structure, for the tests of scores. */
#ifndef SCORE_MAPS_H
#define SCORE_MAPS_H

#include "base/random.h"
#include "units/map.h"
#include "walk/arena.h"

/* The mask of an arena: 0 in bins whose centre is inside, nan elsewhere. */
typedef struct {
    gn_arena arena;
    gn_map map;   /* value points to mask */
    double *mask; /* (bins_y, bins_x) */
    size_t bins;
} place;

place place_new(gn_shape shape, int bins); /* bins along the longer side */
void place_free(place *);

/* sum over waves of cos(2 pi f (x cos a + y sin a) + phase), a = angle + k * step degrees. With
 * three waves 60 degrees apart the phase of the third makes a triangular lattice. map (bins). */
void waves(const place *, int count, double step, double frequency, double angle_degrees, const double *phase,
           double *map);
/* White noise smoothed inside the mask. */
void smooth_noise(const place *, double sd, gn_stream *, double *map);
/* map = sqrt(1 - share) map + sqrt(share) noise, after both were standardised. */
void mix(const place *, double share, const double *noise, double *map);
/* map = exp(-distance to the wall / width) */
void along_wall(const place *, int wall, double width, double *map);

#define assert_near(value, expected, tolerance)                                                     \
    do {                                                                                            \
        const double value_ = (value), expected_ = (expected), tolerance_ = (tolerance);            \
        if (!(value_ - expected_ <= tolerance_ && expected_ - value_ <= tolerance_))                \
            fail_msg("%s: %.17g, expected %.17g within %g", #value, value_, expected_, tolerance_); \
    } while (0)

#endif

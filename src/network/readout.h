/* What a network reports: its position, or the activity of place cells (a positive control; Sorscher et al. 2019,
 * "A unified theory for the origin of grid cells through the lens of pattern formation"). */
#ifndef GN_READOUT_H
#define GN_READOUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "walk/arena.h"

#define GN_READOUTS "position|place"
typedef enum { GN_READ_POSITION, GN_READ_PLACE } gn_readout;
#define GN_PLACE_KINDS "gaussian|difference"
typedef enum { GN_PLACE_GAUSSIAN, GN_PLACE_DIFFERENCE } gn_place_kind;

enum { GN_PLACES_MAX = 1024 };

/* Place cells on an arena: cell c at distance d from its centre has activity scale * f(d), f(d) = exp(-d^2 / 2 width^2)
 * or, for the difference of Gaussians, that less half of exp(-d^2 / 4 width^2), whose integral is the same. */
typedef struct {
    int cells;
    gn_place_kind kind;
    double width;  /* sd of the field, arena units */
    double scale;  /* so that the mean square over arena and cells is 1: a zero output has error 1 */
    float *centre; /* (cells, 2) */
} gn_places;       /* owns centre */

/* Centres uniform over the arena, a function of the seed; width and scale still to be set. */
gn_status gn_places_new(const gn_arena *, int cells, gn_place_kind, uint64_t seed, gn_places *);
void gn_places_free(gn_places *);
/* Sets the width, and the scale that belongs to it (by a grid of points inside the arena). */
void gn_places_widen(const gn_arena *, double width, gn_places *);
void gn_places_activity(const gn_places *, double x, double y, float *activity); /* (cells) */
/* Where the animal is by an output of place cells, as Sorscher et al. read it: the mean of the centres of the three
 * most active cells (of all when there are fewer). output: cell c is output[c * stride]. */
void gn_places_decode(const gn_places *, const float *output, size_t stride, float position[2]);

#endif

/* What the outputs of a network are trained to be: the position, or the activity of place cells or grid cells. They are
 * positive controls. Networks that report place cells develop periodic maps (Sorscher et al. 2019, "A unified theory
 * for the origin of grid cells through the lens of pattern formation"); those that report grid cells must hold a
 * lattice. */
#ifndef GN_READOUT_H
#define GN_READOUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "walk/arena.h"

#define GN_READOUTS "position|place"
typedef enum { GN_READ_POSITION, GN_READ_PLACE } gn_readout;
#define GN_PLACE_KINDS "gaussian|difference|lattice"
typedef enum { GN_PLACE_GAUSSIAN, GN_PLACE_DIFFERENCE, GN_PLACE_LATTICE } gn_place_kind;

enum { GN_PLACES_MAX = 1024, GN_PLACES_GRID = 64 };

/* Place cells in an arena. At an offset d from its centre, a cell has the activity scale * f(d). f is the Gaussian
 * exp(-d^2 / 2 width^2), or a difference of Gaussians: the same minus exp(-d^2 / 4 width^2) / 2, whose integral is
 * equal, or that of a grid cell: the sum of three plane waves with crests 60 degrees apart, cos(k_j . d), |k_j| =
 * 4 pi / (sqrt(3) width), whose peaks lie on a triangular lattice, one width from their neighbours. */
typedef struct {
    int cells;
    gn_place_kind kind;
    double width;  /* standard deviation of the field, or spacing of the lattice, arena units */
    double scale;  /* makes the mean square over arena and cells 1, so that a zero output has error 1 */
    float *centre; /* (cells, 2) */
} gn_places;       /* owns centre */

/* Draws centres that are uniform over the arena and depend only on the seed. Width and scale are set afterwards, by
 * gn_places_widen(). */
gn_status gn_places_new(const gn_arena *, int cells, gn_place_kind, uint64_t seed, gn_places *);
void gn_places_free(gn_places *);
/* The least width accepted for an arena: the distance between the points of the grid below, between which narrower
 * fields could fall. */
double gn_places_least_width(const gn_arena *);
/* Sets the width, and computes the scale on the points inside the arena of a grid of GN_PLACES_GRID x GN_PLACES_GRID.
 */
void gn_places_widen(const gn_arena *, double width, gn_places *);
/* The three wave vectors of a lattice, cycles per arena unit. */
void gn_places_waves(const gn_places *, double wave[3][2]);
void gn_places_activity(const gn_places *, double x, double y, float *activity); /* (cells) */
/* Decodes the position from place cells as Sorscher et al. do: the mean of the centres of the three most active cells
 * (of all when there are fewer). Of grid cells, whose fields repeat, it is the centre of the most active cell, which is
 * right only up to whole periods of the lattice. The activity of cell c is output[c * stride]. */
void gn_places_decode(const gn_places *, const float *output, size_t stride, float position[2]);

#endif

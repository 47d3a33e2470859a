/* Maps over an arena: one number a bin, nan where the animal never was. */
#ifndef GN_MAP_H
#define GN_MAP_H

#include <stddef.h>

#include "base/error.h"

/* Bin (ix, iy) is value[iy * bins_x + ix] and covers
 * [x_min + ix * bin_width, x_min + (ix+1) * bin_width) x [y_min + iy * bin_width, ...):
 * row 0 is the lowest in y. The values are borrowed. */
typedef struct {
    int bins_x, bins_y;
    double bin_width;    /* arena units; bins are square */
    double x_min, y_min; /* lower left corner of bin (0, 0) */
    const double *value; /* (bins_y, bins_x), nan: unvisited */
} gn_map;

enum { GN_MAP_BINS_MAX = 512 }; /* per side */

static inline size_t gn_map_bins(const gn_map *map) {
    return (size_t)map->bins_x * (size_t)map->bins_y;
}
static inline double gn_map_x(const gn_map *map, int ix) {
    return map->x_min + (ix + 0.5) * map->bin_width;
}
static inline double gn_map_y(const gn_map *map, int iy) {
    return map->y_min + (iy + 0.5) * map->bin_width;
}

/* Number of visited bins and their mean (nan when there are none). */
size_t gn_map_visited(const gn_map *map);
double gn_map_mean(const gn_map *map);

/* How fine a map is: its effective wavelength 2 pi sqrt(variance / mean squared slope), in arena units. The mean
 * squared slope over the variance is the mean of |k|^2 over the map's power, so a plane wave of whole periods has its
 * own wavelength and a lattice that of its waves; a straight ramp across a square has 1.8 times the side. Slopes are
 * differences of visited neighbours along x and along y; nan when there is none. */
double gn_map_wavelength(const gn_map *map);

/* Gaussian smoothing inside the mask only: G * (u occ) / G * occ in every visited bin; unvisited
 * bins stay nan and lend nothing. occupancy (bins_y, bins_x) holds the visits of each bin, NULL
 * weighs all visited bins alike; a visited bin of weight 0 lends nothing but is filled. sd is in
 * bins, 0 copies; the kernel is cut at ceil(4 sd) bins. smoothed (bins_y, bins_x) is the caller's
 * and must not overlap map->value. */
gn_status gn_map_smooth(const gn_map *map, const double *occupancy, double sd, double *smoothed);

/* The same with a prepared kernel and scratch, for many maps on one mask: two matrix products a map. */
typedef struct {
    int bins_x, bins_y;
    double *along_x, *along_y; /* (bins_x, bins_x), (bins_y, bins_y) weights of one bin for another */
    double *inverse;           /* (bins_y, bins_x) 1 / (G * occ), nan where unvisited */
    double *weight;            /* (bins_y, bins_x) occupancy, 0 where unvisited */
} gn_smoother;

/* Takes the mask (not nan) from map, the weights from occupancy (NULL: 1). */
gn_status gn_smoother_new(const gn_map *map, const double *occupancy, double sd, gn_smoother *);
void gn_smoother_free(gn_smoother *);
/* sums (bins_y, bins_x): u * occ per bin, 0 where unvisited. scratch and smoothed are as long;
 * none may overlap. */
void gn_smoother_apply(const gn_smoother *, const double *sums, double *scratch, double *smoothed);
/* G * sums, not yet divided by G * occ. */
void gn_smoother_convolve(const gn_smoother *, const double *sums, double *scratch, double *convolved);

#endif

/* How much of a map one direction explains: the share of its variance that the best monotone function of the place
 * along that direction has (isotonic regression, by pooling adjacent violators; Barlow et al. 1972). Ramps, straight
 * or saturated, steps and fields along one wall are monotone along one direction; stripes, spots and lattices are
 * not. Unlike a plane, the fit does not mind how a ramp bends, and unlike a sigmoid it has no parameters to search. */
#ifndef GN_MONOTONE_H
#define GN_MONOTONE_H

#include "units/map.h"
#include "walk/arena.h"

enum { GN_MONOTONE_DIRECTIONS = 36 }; /* of half a turn, each both ways */

typedef struct gn_monotone_plan gn_monotone_plan; /* the visited bins, sorted along each direction; read-only */
gn_monotone_plan *gn_monotone_plan_new(const gn_map *mask, const gn_arena *); /* NULL: no memory */
void gn_monotone_plan_free(gn_monotone_plan *);
size_t gn_monotone_scratch(const gn_monotone_plan *); /* doubles that a fit needs */

typedef struct {
    double share;         /* of the variance of the visited bins, each alike, 0..1; nan: a constant map */
    double angle_degrees; /* towards the higher rates, [0, 360), counterclockwise from x */
} gn_ramp;

/* The best of the directions. map has the mask's bins. */
gn_ramp gn_monotone_ramp(const gn_monotone_plan *, const double *map, double *scratch);

typedef struct {
    double share; /* as above */
    int wall;     /* -1: a constant map */
    int sign;     /* 1: the rates are highest along the wall, -1: lowest */
} gn_wall_fit;

/* The best of the distances to each wall. Of two parallel walls it is the one along which the rates are highest. */
gn_wall_fit gn_monotone_wall(const gn_monotone_plan *, const double *map, double *scratch);

#endif

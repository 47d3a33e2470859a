/* How much of a map one direction explains: the share of the map's variance that the best monotone function of the
 * place along that direction explains (isotonic regression by pooling adjacent violators; Barlow et al. 1972). Straight
 * or saturated ramps, steps and fields along a wall are monotone along one direction; stripes, spots and lattices are
 * not. In contrast to a plane, the fit does not depend on how a ramp is curved, and in contrast to a sigmoid it needs
 * no search for parameters. */
#ifndef GN_MONOTONE_H
#define GN_MONOTONE_H

#include "units/map.h"
#include "walk/arena.h"

enum { GN_MONOTONE_DIRECTIONS = 36 }; /* in half a turn; along each, rising and falling functions are fitted */

typedef struct gn_monotone_plan
    gn_monotone_plan; /* the visited bins sorted along each direction; threads may share it */
gn_monotone_plan *gn_monotone_plan_new(const gn_map *mask, const gn_arena *); /* NULL: no memory */
void gn_monotone_plan_free(gn_monotone_plan *);

typedef struct {
    double share;         /* of the variance of the visited bins that is explained, 0..1; nan: a constant map */
    double angle_degrees; /* direction of higher rates, in [0, 360), counterclockwise from the x axis */
} gn_ramp;

/* The fit along the direction that explains most. map has the bins of the mask; scratch has two doubles for each
 * visited bin. */
gn_ramp gn_monotone_ramp(const gn_monotone_plan *, const double *map, double *scratch);

typedef struct {
    double share; /* as above */
    int wall;     /* -1: a constant map */
    int sign;     /* 1: the rates are highest at the wall; -1: they are lowest there */
} gn_wall_fit;

/* The fit to the distance from the wall that explains most. Of two parallel walls it is the one with the highest rates.
 */
gn_wall_fit gn_monotone_wall(const gn_monotone_plan *, const double *map, double *scratch);

#endif

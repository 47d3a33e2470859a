/* Border score (Solstad et al. 2008) in any convex arena. */
#ifndef GN_SCORE_BORDER_H
#define GN_SCORE_BORDER_H

#include "units/map.h"
#include "walk/arena.h"

typedef struct {
    double score;    /* (coverage - distance) / (coverage + distance), -1..1; nan: constant map */
    double coverage; /* cM: the largest fraction of one wall that one field covers */
    double distance; /* dM: rate-weighted mean distance to the nearest wall over the inradius */
    int wall;        /* the wall of cM, 0 .. corners-1; -1: no field touches a wall */
    int walls;       /* of which its fields together cover at least half */
    int sign;        /* 1: u - min u was scored, -1: (-u) - min(-u) */
} gn_border;

/* Walls seen from the bins of one mask; read-only once made. */
typedef struct gn_border_plan gn_border_plan;
gn_border_plan *gn_border_plan_new(const gn_map *mask, const gn_arena *arena); /* NULL: no memory */
void gn_border_plan_free(gn_border_plan *);

/* The larger of the scores of u - min u and of (-u) - min(-u).
 * A field: bins at or above 30% of the peak, joined through any of their eight neighbours (a field
 * along a slanted wall touches itself at corners only).
 * A wall is cut into pieces of about a quarter bin; a piece is covered by the field that the
 * visited bin nearest to it (if closer than 1.5 bins) belongs to; pieces without such a bin do not
 * count; a wall with fewer than half its pieces counted is left out. The distance of a bin is that
 * of its nearest point to the nearest wall, so bins along a wall are at 0; the mean runs over the
 * bins of all fields, as Solstad's does. scratch holds 2 * bins ints. */
void gn_border_score(const gn_border_plan *, const double *map, int *scratch, gn_border *);

#endif

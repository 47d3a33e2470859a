/* The border score (Solstad et al. 2008) in any arena. A circle has no separate walls, so eight arcs stand for them:
 * each is a quarter of the circle long, and their middles are an eighth of a turn apart, the first in the direction
 * of x. */
#ifndef GN_SCORE_BORDER_H
#define GN_SCORE_BORDER_H

#include "units/map.h"
#include "walk/arena.h"

enum { GN_BORDER_ARCS = 8 };

typedef struct {
    double score; /* (coverage - distance) / (coverage + distance), -1..1; nan: constant map, or no wall was visited */
    double coverage; /* cM: the largest fraction of one wall that one field covers; nan like the score */
    double distance; /* dM: rate-weighted mean distance to the nearest wall over the inradius; nan like the score */
    int wall;        /* the wall of cM, 0 .. walls-1; -1: no field touches a wall */
    int walls;       /* number of walls of which all fields together cover at least half */
    int sign;        /* 1: u - min u was scored, -1: (-u) - min(-u), 0: neither */
} gn_border;

/* Walls seen from the bins of one mask; read-only once made. */
typedef struct gn_border_plan gn_border_plan;
gn_border_plan *gn_border_plan_new(const gn_map *mask, const gn_arena *arena); /* NULL: no memory */
void gn_border_plan_free(gn_border_plan *);

int gn_border_walls(const gn_border_plan *);
/* For every bin (bins_y, bins_x) how much farther its middle is from a wall than that of the nearest visited bin,
 * over the inradius; nan where unvisited. NULL: the wall was not visited. */
const double *gn_border_distance(const gn_border_plan *, int wall);
/* NULL when some wall can be scored, else why none can. */
const char *gn_border_undefined(const gn_border_plan *);

/* Scores a map. A field may be a place of high or of low rates, so either u - min u or (-u) - min(-u) is scored: the
 * one with fewer bins at or above 30% of its peak, and the first when both have as many. (The larger of both scores
 * would be 0.5 for every map with a plateau along a wall.) A field consists of bins at or above 30% of the peak that
 * are joined through any of their eight neighbours, because a field along a slanted wall touches itself at corners
 * only. A wall is cut into pieces of about a quarter of a bin. The visited bin nearest to a piece, if it is closer
 * than 1.5 bins, stands for it, and the piece is covered by the field to which this bin belongs. Pieces without such
 * a bin do not count, and a wall with fewer than half its pieces counted is left out. Where a strip of up to two
 * bins along a wall was not visited, the wall is taken to stand at the first visited bins. The distance of a bin is
 * that of its nearest point to the nearest wall; the mean runs over the bins of all fields, as Solstad's does.
 * scratch holds 2 * bins ints. */
void gn_border_score(const gn_border_plan *, const double *map, int *scratch, gn_border *);

#endif

/* Convex polygonal arenas centred on their centroid (square [-1,1]^2, regular hexagon,
 * equilateral triangle, or any convex polygon a user gives). */
#ifndef GN_ARENA_H
#define GN_ARENA_H

#include <stdbool.h>

#include "base/error.h"

enum { GN_CORNERS_MAX = 16 };
#define GN_ARENA_SHAPES "square|hexagon|triangle"
typedef enum { GN_SQUARE, GN_HEXAGON, GN_TRIANGLE, GN_POLYGON } gn_shape;

typedef struct {
    gn_shape shape;
    double size;        /* square: half side; others: circumradius (largest centroid to corner) */
    double centroid[2]; /* 0, 0 for the named shapes; a user's polygon stays where it is */
    int corners;        /* = walls; wall k runs from corner k to corner k+1, counterclockwise */
    double corner[GN_CORNERS_MAX][2];
    double normal[GN_CORNERS_MAX][2]; /* inward unit normals */
    double offset[GN_CORNERS_MAX];    /* inside: normal . p >= offset for every wall */
    double inradius;                  /* largest distance to the nearest wall */
    double min[2], max[2];            /* bounding box */
} gn_arena;

/* size 0 picks the default: 1 (square half side, hexagon circumradius), 1.3 (triangle). */
gn_status gn_arena_make(gn_shape shape, double size, gn_arena *arena);
/* A convex polygon, corners counterclockwise or clockwise; (n, 2). GN_EUSAGE when not convex. */
gn_status gn_arena_polygon(int n, const double (*corner)[2], gn_arena *arena);
bool gn_arena_inside(const gn_arena *, double x, double y);                    /* the boundary counts as inside */
double gn_arena_wall_distance(const gn_arena *, int wall, double x, double y); /* to the wall's line */
double gn_arena_nearest_wall(const gn_arena *, double x, double y, int *wall); /* distance; wall may be NULL */
const char *gn_arena_name(gn_shape);

#endif

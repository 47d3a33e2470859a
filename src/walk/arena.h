/* Arenas: the paper's square, regular hexagon and equilateral triangle, centred on their centroid; a circle; or any
 * simple polygon by its corners. */
#ifndef GN_ARENA_H
#define GN_ARENA_H

#include <stdbool.h>

#include "base/error.h"

enum { GN_CORNERS_MAX = 64 };
#define GN_ARENA_SHAPES "square|hexagon|triangle|circle|polygon"
typedef enum { GN_SQUARE, GN_HEXAGON, GN_TRIANGLE, GN_CIRCLE, GN_POLYGON } gn_shape;

typedef struct {
    gn_shape shape;
    double size; /* square: half side; circle: radius; others: circumradius (largest centroid to corner) */
    bool convex;
    double centroid[2]; /* 0, 0 for the named shapes; a user's polygon stays where it is */
    double middle[2];   /* where trials start: the centroid, or where that is outside the inscribed circle's centre */
    int corners;        /* = walls; wall k runs from corner k to corner k+1, counterclockwise. A circle has none. */
    double corner[GN_CORNERS_MAX][2];
    double normal[GN_CORNERS_MAX][2]; /* inward unit normals */
    double offset[GN_CORNERS_MAX];    /* of a convex arena, inside: normal . p >= offset for every wall */
    double inradius;                  /* largest distance to the nearest wall */
    double min[2], max[2];            /* bounding box */
} gn_arena;

/* A named shape. size 0 picks the default: 1 (square half side, hexagon circumradius, circle radius), 1.3 (triangle).
 */
gn_status gn_arena_make(gn_shape shape, double size, gn_arena *arena);
/* A polygon whose walls do not cross, corners counterclockwise or clockwise; (n, 2). GN_EUSAGE when it is none. */
gn_status gn_arena_polygon(int n, const double (*corner)[2], gn_arena *arena);
/* The same from a text "x,y x,y ...". */
gn_status gn_arena_parse(const char *corners, gn_arena *arena);

bool gn_arena_inside(const gn_arena *, double x, double y); /* the boundary counts as inside */
/* Does a straight step between two points inside stay inside? Always so where the arena is convex. */
bool gn_arena_clear(const gn_arena *, const double from[2], const double to[2]);
double gn_arena_wall_distance(const gn_arena *, int wall, double x, double y); /* to the wall's line, inward positive */
/* Distance to the nearest wall, of a point inside, and that wall (may be NULL; -1 for a circle). */
double gn_arena_nearest_wall(const gn_arena *, double x, double y, int *wall);

enum { GN_OUTLINE_MAX = 128 };
/* The outline as points to join up and close; returns their number. */
int gn_arena_outline(const gn_arena *, double point[GN_OUTLINE_MAX][2]);
const char *gn_arena_name(gn_shape);

#endif

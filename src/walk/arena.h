/* Arenas: the paper's square, regular hexagon and equilateral triangle, whose centroid is the origin; a circle; or any
 * polygon whose walls do not cross. */
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
    double centroid[2]; /* the origin for named shapes; a user's polygon is not moved */
    double middle[2];   /* where trials start: the centroid, or the largest inner circle's centre if that is outside */
    int corners;        /* also the number of walls: wall k runs counterclockwise from corner k to k + 1; 0: a circle */
    double corner[GN_CORNERS_MAX][2];
    double normal[GN_CORNERS_MAX][2]; /* inward unit normals */
    double offset[GN_CORNERS_MAX];    /* normal . p of points p on the wall; larger on its inner side */
    double inradius;                  /* radius of the largest circle inside */
    double min[2], max[2];            /* bounding box */
} gn_arena;

/* A named shape. Size 0 stands for the default: 1, or 1.3 for the triangle. */
gn_status gn_arena_make(gn_shape shape, double size, gn_arena *arena);
/* A polygon from its corners (n, 2), in either direction of rotation. GN_EUSAGE when walls cross or have no length. */
gn_status gn_arena_polygon(int n, const double (*corner)[2], gn_arena *arena);
/* The same from the text "x,y x,y ...". */
gn_status gn_arena_parse(const char *corners, gn_arena *arena);

bool gn_arena_same(const gn_arena *, const gn_arena *);     /* the same walls at the same places */
bool gn_arena_inside(const gn_arena *, double x, double y); /* points on a wall count as inside */
/* Whether a straight step between two points inside the arena stays inside; always true in a convex arena. */
bool gn_arena_clear(const gn_arena *, const double from[2], const double to[2]);
double gn_arena_wall_distance(const gn_arena *, int wall, double x,
                              double y); /* to the infinite line through the wall, positive on its inner side */
/* Distance of a point inside to the nearest wall; *wall, unless NULL, is the number of that wall, -1 for a circle. */
double gn_arena_nearest_wall(const gn_arena *, double x, double y, int *wall);

enum { GN_OUTLINE_MAX = 128 };
/* Writes the corners of the outline (for a circle, points on it) in order and returns their number. */
int gn_arena_outline(const gn_arena *, double point[GN_OUTLINE_MAX][2]);
const char *gn_arena_name(gn_shape);

#endif

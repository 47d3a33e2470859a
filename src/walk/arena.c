#include "walk/arena.h"

#include <math.h>
#include <string.h>

/* Distances below this share of the inradius are rounding: a point that close to a wall is on
 * it. Positions are floats, whose spacing is five orders of magnitude coarser. */
static const double rounding_share = 1e-12;

/* Area-weighted centroid; (n, 2). Returns twice the signed area, positive when counterclockwise. */
static double polygon_centroid(int n, const double (*corner)[2], double centroid[2]) {
    double area = 0, x = 0, y = 0;
    for (int k = 0; k < n; k++) {
        /* Relative to corner 0, so that a polygon far from the origin loses no digits. */
        const double *p = corner[k], *q = corner[(k + 1) % n], *o = corner[0];
        double px = p[0] - o[0], py = p[1] - o[1], qx = q[0] - o[0], qy = q[1] - o[1];
        double cross = px * qy - py * qx;
        area += cross;
        x += (px + qx) * cross;
        y += (py + qy) * cross;
    }
    centroid[0] = corner[0][0] + x / (3 * area);
    centroid[1] = corner[0][1] + y / (3 * area);
    return area;
}

/* The walls' inward unit normals and offsets from counterclockwise corners. */
static void find_walls(gn_arena *arena) {
    for (int k = 0; k < arena->corners; k++) {
        const double *p = arena->corner[k], *q = arena->corner[(k + 1) % arena->corners];
        double dx = q[0] - p[0], dy = q[1] - p[1];
        double length = sqrt(dx * dx + dy * dy);
        arena->normal[k][0] = -dy / length;
        arena->normal[k][1] = dx / length;
        arena->offset[k] = arena->normal[k][0] * p[0] + arena->normal[k][1] * p[1];
    }
}

static void find_bounding_box(gn_arena *arena) {
    for (int d = 0; d < 2; d++) {
        arena->min[d] = arena->max[d] = arena->corner[0][d];
        for (int k = 1; k < arena->corners; k++) {
            arena->min[d] = fmin(arena->min[d], arena->corner[k][d]);
            arena->max[d] = fmax(arena->max[d], arena->corner[k][d]);
        }
    }
}

static double determinant(const double a[3], const double b[3], const double c[3]) {
    return a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1]) + c[0] * (a[1] * b[2] - a[2] * b[1]);
}

/* The circle (centre, radius) at equal signed distance from three walls, or false when the
 * walls fix none. */
static bool circle_of_walls(const gn_arena *arena, const int wall[3], double centre[2], double *radius) {
    double x[3], y[3], o[3], minus_one[3] = {-1, -1, -1};
    for (int i = 0; i < 3; i++) {
        x[i] = arena->normal[wall[i]][0];
        y[i] = arena->normal[wall[i]][1];
        o[i] = arena->offset[wall[i]];
    }
    /* normal . p - r = offset, by Cramer's rule. */
    double all = determinant(x, y, minus_one);
    if (fabs(all) < 1e-9) return false;
    centre[0] = determinant(o, y, minus_one) / all;
    centre[1] = determinant(x, o, minus_one) / all;
    *radius = determinant(x, y, o) / all;
    return true;
}

/* The radius of the largest inscribed circle. It is the optimum of a linear programme in three
 * unknowns (centre, radius), so it is attained where three walls are tight: try all triples. */
static void find_inradius(gn_arena *arena) {
    int n = arena->corners;
    arena->inradius = 0;
    for (int a = 0; a < n; a++)
        for (int b = a + 1; b < n; b++)
            for (int c = b + 1; c < n; c++) {
                double centre[2], radius;
                if (!circle_of_walls(arena, (int[]){a, b, c}, centre, &radius) || radius <= arena->inradius) continue;
                double nearest = gn_arena_nearest_wall(arena, centre[0], centre[1], NULL);
                if (nearest >= radius - 1e-9 * arena->size) arena->inradius = radius;
            }
}

/* Fills the rest of an arena whose shape, size, corners (counterclockwise) and centroid stand. */
static void complete(gn_arena *arena) {
    find_walls(arena);
    find_bounding_box(arena);
    find_inradius(arena);
}

/* Corners of the named shapes, counterclockwise, circumradius (square: half side) 1. The hexagon
 * has walls at the top and the bottom, the triangle one at the bottom. h = sqrt(3)/2. */
static int unit_corners(gn_shape shape, double corner[][2]) {
    const double h = 0.5 * sqrt(3.0);
    const double square[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    const double hexagon[6][2] = {{1, 0}, {0.5, h}, {-0.5, h}, {-1, 0}, {-0.5, -h}, {0.5, -h}};
    const double triangle[3][2] = {{-h, -0.5}, {h, -0.5}, {0, 1}};
    switch (shape) {
        case GN_SQUARE:
            memcpy(corner, square, sizeof square);
            return 4;
        case GN_HEXAGON:
            memcpy(corner, hexagon, sizeof hexagon);
            return 6;
        case GN_TRIANGLE:
            memcpy(corner, triangle, sizeof triangle);
            return 3;
        case GN_POLYGON:
            break;
    }
    return 0;
}

gn_status gn_arena_make(gn_shape shape, double size, gn_arena *arena) {
    memset(arena, 0, sizeof *arena);
    if (size == 0) size = shape == GN_TRIANGLE ? 1.3 : 1;
    if (!(size >= 1e-6 && size <= 1e6))
        return gn_fail(GN_EUSAGE, "arena-size: %g: must be 0 or from 1e-6 to 1e6", size);
    arena->shape = shape;
    arena->size = size;
    arena->corners = unit_corners(shape, arena->corner);
    if (arena->corners == 0) return gn_fail(GN_EUSAGE, "arena: shape %d has no size: give its corners", (int)shape);
    for (int k = 0; k < arena->corners; k++)
        for (int d = 0; d < 2; d++)
            arena->corner[k][d] *= size;
    complete(arena);
    return GN_OK;
}

/* Strictly convex and wound once: each corner lies clearly inside every wall it is not part of.
 * (Positive turns alone would accept a pentagram.) */
static gn_status check_convex(const gn_arena *arena) {
    int n = arena->corners;
    for (int wall = 0; wall < n; wall++)
        for (int k = 0; k < n; k++) {
            if (k == wall || k == (wall + 1) % n) continue;
            double d = gn_arena_wall_distance(arena, wall, arena->corner[k][0], arena->corner[k][1]);
            if (!(d > 1e-9 * arena->size)) /* also refuses nan */
                return gn_fail(GN_EUSAGE, "arena: corner %d at (%g, %g): the polygon must be strictly convex", k,
                               arena->corner[k][0], arena->corner[k][1]);
        }
    return GN_OK;
}

gn_status gn_arena_polygon(int n, const double (*corner)[2], gn_arena *arena) {
    memset(arena, 0, sizeof *arena);
    if (n < 3 || n > GN_CORNERS_MAX) return gn_fail(GN_EUSAGE, "arena: %d corners: must be 3 to %d", n, GN_CORNERS_MAX);
    for (int k = 0; k < n; k++)
        if (!(fabs(corner[k][0]) <= 1e6 && fabs(corner[k][1]) <= 1e6))
            return gn_fail(GN_EUSAGE, "arena: corner %d: (%g, %g): must be within -1e6 to 1e6", k, corner[k][0],
                           corner[k][1]);
    double area = polygon_centroid(n, corner, arena->centroid);
    if (area == 0) return gn_fail(GN_EUSAGE, "arena: the polygon's area is 0: must be positive");
    arena->shape = GN_POLYGON;
    arena->corners = n;
    for (int k = 0; k < n; k++)
        memcpy(arena->corner[k], corner[area > 0 ? k : n - 1 - k], sizeof arena->corner[k]);
    for (int k = 0; k < n; k++) {
        double dx = arena->corner[k][0] - arena->centroid[0];
        double dy = arena->corner[k][1] - arena->centroid[1];
        arena->size = fmax(arena->size, sqrt(dx * dx + dy * dy));
    }
    find_walls(arena);
    gn_status status = check_convex(arena);
    if (status == GN_OK) complete(arena);
    return status;
}

double gn_arena_wall_distance(const gn_arena *arena, int wall, double x, double y) {
    return arena->normal[wall][0] * x + arena->normal[wall][1] * y - arena->offset[wall];
}

double gn_arena_nearest_wall(const gn_arena *arena, double x, double y, int *wall) {
    int nearest = 0;
    double least = gn_arena_wall_distance(arena, 0, x, y);
    for (int k = 1; k < arena->corners; k++) {
        double distance = gn_arena_wall_distance(arena, k, x, y);
        if (distance < least) {
            least = distance;
            nearest = k;
        }
    }
    if (wall) *wall = nearest;
    return least;
}

bool gn_arena_inside(const gn_arena *arena, double x, double y) {
    double least = -rounding_share * arena->inradius;
    for (int k = 0; k < arena->corners; k++)
        if (!(gn_arena_wall_distance(arena, k, x, y) >= least)) /* nan is outside */
            return false;
    return true;
}

const char *gn_arena_name(gn_shape shape) {
    static const char *const name[] = {"square", "hexagon", "triangle", "polygon"};
    return name[shape];
}

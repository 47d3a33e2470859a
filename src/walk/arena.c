#include "walk/arena.h"

#include <math.h>
#include <string.h>

#include "base/math.h"
#include "base/text.h"

/* A point is on a wall when it is closer than this share of the inradius, as such distances can be rounding errors.
 * Positions are stored as floats, whose spacing is five orders of magnitude larger. */
static const double rounding_share = 1e-12;

/* Area-weighted centroid; (n, 2). Returns twice the signed area, positive when counterclockwise. */
static double polygon_centroid(int n, const double (*corner)[2], double centroid[2]) {
    double area = 0, x = 0, y = 0;
    for (int k = 0; k < n; k++) {
        /* Coordinates are relative to corner 0, so that no digits are lost when the polygon is far from the origin. */
        const double *p = corner[k], *q = corner[(k + 1) % n], *o = corner[0];
        double px = p[0] - o[0], py = p[1] - o[1], qx = q[0] - o[0], qy = q[1] - o[1];
        double twice = px * qy - py * qx; /* twice the area of a triangle */
        area += twice;
        x += (px + qx) * twice;
        y += (py + qy) * twice;
    }
    centroid[0] = corner[0][0] + x / (3 * area);
    centroid[1] = corner[0][1] + y / (3 * area);
    return area;
}

/* Computes the walls' inward unit normals and offsets; the corners are counterclockwise. */
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
    /* Solves normal . p - r = offset for the three walls by Cramer's rule. */
    double all = determinant(x, y, minus_one);
    if (fabs(all) < 1e-9) return false;
    centre[0] = determinant(o, y, minus_one) / all;
    centre[1] = determinant(x, o, minus_one) / all;
    *radius = determinant(x, y, o) / all;
    return true;
}

/* The radius of the largest circle inside a convex polygon. It is the optimum of a linear programme in three unknowns
 * (centre and radius), so the circle touches three walls: all triples are tried. */
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

static double squared(double x) {
    return x * x;
}

/* Distance from a point to the wall as a segment, not as an infinite line. */
static double segment_distance(const gn_arena *arena, int wall, double x, double y) {
    const double *p = arena->corner[wall], *q = arena->corner[(wall + 1) % arena->corners];
    const double dx = q[0] - p[0], dy = q[1] - p[1];
    double along = ((x - p[0]) * dx + (y - p[1]) * dy) / (dx * dx + dy * dy);
    along = fmin(fmax(along, 0), 1);
    return sqrt(squared(x - p[0] - along * dx) + squared(y - p[1] - along * dy));
}

/* The largest circle inside a polygon that is not convex: starts from the best point of a grid and improves it by ever
 * smaller steps. */
static void search_inscribed(gn_arena *arena) {
    enum { GRID = 128 };
    double best[2] = {0, 0}, step = fmax(arena->max[0] - arena->min[0], arena->max[1] - arena->min[1]) / GRID;
    arena->inradius = 0;
    for (int i = 0; i <= GRID; i++)
        for (int j = 0; j <= GRID; j++) {
            const double x = arena->min[0] + i * step, y = arena->min[1] + j * step;
            const double distance = gn_arena_inside(arena, x, y) ? gn_arena_nearest_wall(arena, x, y, NULL) : 0;
            if (distance <= arena->inradius) continue;
            arena->inradius = distance;
            best[0] = x;
            best[1] = y;
        }
    while (step > 1e-12 * arena->size) {
        for (int k = 0; k < 9; k++) {
            const int across = k % 3 - 1, up = k / 3 - 1;
            const double x = best[0] + step * across, y = best[1] + step * up;
            const double distance = gn_arena_inside(arena, x, y) ? gn_arena_nearest_wall(arena, x, y, NULL) : 0;
            if (distance <= arena->inradius) continue;
            arena->inradius = distance;
            best[0] = x;
            best[1] = y;
            k = -1; /* continue the search from the better point */
        }
        step /= 2;
    }
    arena->middle[0] = best[0];
    arena->middle[1] = best[1];
}

/* Computes the rest of an arena whose shape, size, corners (counterclockwise), centroid and convexity are set. */
static void complete(gn_arena *arena) {
    find_walls(arena);
    find_bounding_box(arena);
    if (arena->convex)
        find_inradius(arena);
    else
        search_inscribed(arena);
    if (!arena->convex && !gn_arena_inside(arena, arena->centroid[0], arena->centroid[1])) return;
    arena->middle[0] = arena->centroid[0];
    arena->middle[1] = arena->centroid[1];
}

#define H 0x1.bb67ae8584caap-1 /* sqrt(3) / 2 */
/* The named shapes, with counterclockwise corners for size 1. The hexagon has walls at the top and the bottom, the
 * triangle has one at the bottom. */
static const struct {
    const char *name;
    double size; /* default */
    int corners;
    double corner[6][2];
} shapes[] = {
    [GN_SQUARE] = {.name = "square", .size = 1, .corners = 4, .corner = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}}},
    [GN_HEXAGON] = {.name = "hexagon",
                    .size = 1,
                    .corners = 6,
                    .corner = {{1, 0}, {0.5, H}, {-0.5, H}, {-1, 0}, {-0.5, -H}, {0.5, -H}}},
    [GN_TRIANGLE] = {.name = "triangle", .size = 1.3, .corners = 3, .corner = {{-H, -0.5}, {H, -0.5}, {0, 1}}},
    [GN_CIRCLE] = {.name = "circle", .size = 1},
    [GN_POLYGON] = {.name = "polygon"},
};
#undef H

gn_status gn_arena_make(gn_shape shape, double size, gn_arena *arena) {
    memset(arena, 0, sizeof *arena);
    if (shape == GN_POLYGON) return gn_fail(GN_EUSAGE, "arena: a polygon is given by arena-corners, \"x,y x,y ...\"");
    if (size == 0) size = shapes[shape].size;
    if (!(size >= 1e-6 && size <= 1e6))
        return gn_fail(GN_EUSAGE, "arena-size: %g: must be 0 or from 1e-6 to 1e6", size);
    arena->shape = shape;
    arena->size = size;
    arena->convex = true;
    arena->corners = shapes[shape].corners;
    for (int k = 0; k < arena->corners; k++)
        for (int d = 0; d < 2; d++)
            arena->corner[k][d] = shapes[shape].corner[k][d] * size;
    if (shape == GN_CIRCLE) {
        arena->inradius = size;
        for (int d = 0; d < 2; d++) {
            arena->min[d] = -size;
            arena->max[d] = size;
        }
    } else {
        complete(arena);
    }
    return GN_OK;
}

/* Twice the signed area of the triangle a, b, c; positive when the path from a over b to c turns left. */
static double turn(const double a[2], const double b[2], const double c[2]) {
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/* Whether the segments a b and c d cross in a point that is an end of neither. */
static bool cross(const double a[2], const double b[2], const double c[2], const double d[2]) {
    return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

/* Refuses walls of length 0, walls that cross, and corners that lie on another wall. */
static gn_status check_simple(const gn_arena *arena) {
    const int n = arena->corners;
    for (int k = 0; k < n; k++) {
        const double *p = arena->corner[k], *q = arena->corner[(k + 1) % n];
        if (squared(q[0] - p[0]) + squared(q[1] - p[1]) < squared(1e-9 * arena->size))
            return gn_fail(GN_EUSAGE, "arena: corners %d and %d are the same, (%g, %g)", k, (k + 1) % n, p[0], p[1]);
        for (int w = 0; w < n; w++) {
            if (w == k || (w + 1) % n == k) continue; /* the walls that meet at corner k */
            if (segment_distance(arena, w, p[0], p[1]) < 1e-9 * arena->size)
                return gn_fail(GN_EUSAGE, "arena: corner %d at (%g, %g) lies on wall %d", k, p[0], p[1], w);
            if ((k + 1) % n != w && cross(p, q, arena->corner[w], arena->corner[(w + 1) % n]))
                return gn_fail(GN_EUSAGE, "arena: walls %d and %d cross", k, w);
        }
    }
    return GN_OK;
}

/* Whether every corner is on the inner side of all walls that do not end in it, by more than rounding errors. */
static bool is_convex(const gn_arena *arena) {
    const int n = arena->corners;
    for (int wall = 0; wall < n; wall++)
        for (int k = 0; k < n; k++) {
            if (k == wall || k == (wall + 1) % n) continue;
            if (!(gn_arena_wall_distance(arena, wall, arena->corner[k][0], arena->corner[k][1]) > 1e-9 * arena->size))
                return false;
        }
    return true;
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
    gn_status status = check_simple(arena);
    if (status) return status;
    find_walls(arena);
    arena->convex = is_convex(arena);
    complete(arena);
    return GN_OK;
}

/* Parses a corner "x,y", which ends at a blank or with the text. */
static bool parse_corner(const char *text, double corner[2]) {
    char word[128];
    const size_t length = strcspn(text, " ");
    if (length >= sizeof word) return false;
    memcpy(word, text, length);
    word[length] = '\0';
    char *comma = strchr(word, ',');
    if (!comma) return false;
    *comma = '\0';
    return gn_parse_real(word, &corner[0]) && gn_parse_real(comma + 1, &corner[1]);
}

gn_status gn_arena_parse(const char *text, gn_arena *arena) {
    double corner[GN_CORNERS_MAX][2];
    int count = 0;
    for (const char *at = text + strspn(text, " "); *at; at += strspn(at, " ")) {
        if (count == GN_CORNERS_MAX) return gn_fail(GN_EUSAGE, "arena-corners: more than %d corners", GN_CORNERS_MAX);
        if (!parse_corner(at, corner[count]))
            return gn_fail(GN_EUSAGE, "arena-corners: '%s', expected corners \"x,y x,y ...\"", at);
        at += strcspn(at, " ");
        count++;
    }
    return gn_arena_polygon(count, (const double(*)[2])corner, arena);
}

double gn_arena_wall_distance(const gn_arena *arena, int wall, double x, double y) {
    return arena->normal[wall][0] * x + arena->normal[wall][1] * y - arena->offset[wall];
}

double gn_arena_nearest_wall(const gn_arena *arena, double x, double y, int *wall) {
    int nearest = arena->corners ? 0 : -1;
    double least = HUGE_VAL;
    if (arena->shape == GN_CIRCLE) least = arena->size - sqrt(x * x + y * y);
    for (int k = 0; k < arena->corners; k++) {
        const double distance =
            arena->convex ? gn_arena_wall_distance(arena, k, x, y) : segment_distance(arena, k, x, y);
        if (distance < least) {
            least = distance;
            nearest = k;
        }
    }
    if (wall) *wall = nearest;
    return least;
}

bool gn_arena_same(const gn_arena *a, const gn_arena *b) {
    bool same = a->shape == b->shape && a->size == b->size && a->corners == b->corners;
    for (int k = 0; same && k < a->corners; k++)
        same = a->corner[k][0] == b->corner[k][0] && a->corner[k][1] == b->corner[k][1];
    return same;
}

/* Whether a point is inside: a ray from it to the right then crosses the outline an odd number of times. */
static bool encloses(const gn_arena *arena, double x, double y) {
    bool inside = false;
    for (int k = 0; k < arena->corners; k++) {
        const double *p = arena->corner[k], *q = arena->corner[(k + 1) % arena->corners];
        if ((p[1] > y) != (q[1] > y) && x < p[0] + (y - p[1]) / (q[1] - p[1]) * (q[0] - p[0])) inside = !inside;
    }
    return inside;
}

bool gn_arena_inside(const gn_arena *arena, double x, double y) {
    const double rounding = rounding_share * (arena->inradius > 0 ? arena->inradius : arena->size);
    if (arena->shape == GN_CIRCLE) return sqrt(x * x + y * y) <= arena->size + rounding;
    if (!arena->convex) {
        if (!isfinite(x) || !isfinite(y)) return false;
        return encloses(arena, x, y) || gn_arena_nearest_wall(arena, x, y, NULL) <= rounding;
    }
    for (int k = 0; k < arena->corners; k++)
        if (!(gn_arena_wall_distance(arena, k, x, y) >= -rounding)) /* written so that nan counts as outside */
            return false;
    return true;
}

bool gn_arena_clear(const gn_arena *arena, const double from[2], const double to[2]) {
    for (int k = 0; k < arena->corners && !arena->convex; k++)
        if (cross(from, to, arena->corner[k], arena->corner[(k + 1) % arena->corners])) return false;
    /* A step from corner to corner can lead outside without crossing a wall, so its middle is checked as well. */
    return arena->convex || gn_arena_inside(arena, (from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
}

int gn_arena_outline(const gn_arena *arena, double point[GN_OUTLINE_MAX][2]) {
    if (arena->shape != GN_CIRCLE) {
        memcpy(point, arena->corner, (size_t)arena->corners * sizeof *point);
        return arena->corners;
    }
    for (int k = 0; k < GN_OUTLINE_MAX; k++) {
        double s, c;
        gn_sincos_turns((double)k / GN_OUTLINE_MAX, &s, &c);
        point[k][0] = arena->size * c;
        point[k][1] = arena->size * s;
    }
    return GN_OUTLINE_MAX;
}

const char *gn_arena_name(gn_shape shape) {
    return shapes[shape].name;
}

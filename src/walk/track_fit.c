/* Fitting a track into an arena. */
#include <math.h>
#include <string.h>

#include "walk/track_parts.h"

/* A fitted track is made smaller by this share, so that rounding positions to float cannot move them outside. */
static const double fit_margin = 1e-6;

/* A point p of the track becomes s p + t. */
typedef struct {
    double s, t[2];
} fit;

/* The largest scale s with a shift t such that all points s p + t are inside a convex polygon. That is the linear
 * programme: maximise s subject to s m_k + normal_k . t >= offset_k for every wall k, where m_k is the smallest
 * normal_k . p. It has three unknowns, so three of these conditions are equalities at the optimum: all triples of walls
 * are tried, and this solves one of them. */
static bool solve(const gn_arena *a, const double *least, const int wall[3], fit *out) {
    double m[3][4], value[3];
    for (int r = 0; r < 3; r++) {
        m[r][0] = least[wall[r]];
        m[r][1] = a->normal[wall[r]][0];
        m[r][2] = a->normal[wall[r]][1];
        m[r][3] = a->offset[wall[r]];
    }
    double determinant[4]; /* [0]: of the matrix; [c + 1]: with column c replaced by the right-hand side */
    for (int c = -1; c < 3; c++) {
        double q[3][3];
        for (int r = 0; r < 3; r++)
            for (int d = 0; d < 3; d++)
                q[r][d] = m[r][d == c ? 3 : d];
        determinant[c + 1] = q[0][0] * (q[1][1] * q[2][2] - q[1][2] * q[2][1]) -
                             q[0][1] * (q[1][0] * q[2][2] - q[1][2] * q[2][0]) +
                             q[0][2] * (q[1][0] * q[2][1] - q[1][1] * q[2][0]);
    }
    if (determinant[0] == 0) return false;
    for (int c = 0; c < 3; c++)
        value[c] = determinant[c + 1] / determinant[0];
    *out = (fit){value[0], {value[1], value[2]}};
    return isfinite(out->s) && isfinite(out->t[0]) && isfinite(out->t[1]);
}

static bool is_inside(const gn_arena *a, const double *least, const fit *f) {
    for (int w = 0; w < a->corners; w++)
        if (f->s * least[w] + a->normal[w][0] * f->t[0] + a->normal[w][1] * f->t[1] - a->offset[w] < -1e-9 * a->size)
            return false;
    return true;
}

static double apart(const fit *a, const fit *b) {
    return (a->t[0] - b->t[0]) * (a->t[0] - b->t[0]) + (a->t[1] - b->t[1]) * (a->t[1] - b->t[1]);
}

/* The largest fit; of several, the one in their middle. A track that is narrower than the arena can be shifted between
 * two walls, and the two ends of that range are among the solutions: one is the solution that is farthest from the
 * first one found, the other is the one farthest from that. */
static fit largest_fit(const gn_arena *a, const double *least) {
    fit best = {0}, end[2] = {{0}}, found;
    int wall[3];
    for (int pass = 0; pass < 3; pass++) /* first the scale, then the two ends */
        for (wall[0] = 0; wall[0] < a->corners; wall[0]++)
            for (wall[1] = wall[0] + 1; wall[1] < a->corners; wall[1]++)
                for (wall[2] = wall[1] + 1; wall[2] < a->corners; wall[2]++) {
                    if (!solve(a, least, wall, &found) || !is_inside(a, least, &found)) continue;
                    if (pass == 0 && found.s > best.s) best = end[0] = end[1] = found;
                    if (pass == 0 || found.s < best.s * (1 - 1e-9)) continue;
                    const fit *from = pass == 1 ? &best : &end[0];
                    if (apart(from, &found) > apart(from, &end[pass - 1])) end[pass - 1] = found;
                }
    for (int d = 0; best.s > 0 && d < 2; d++)
        best.t[d] = (end[0].t[d] + end[1].t[d]) / 2;
    return best;
}

/* ---- a convex polygon ---------------------------------------------------------------------- */

static fit fit_convex(const gn_arena *a, const gn_sighting *row, size_t n) {
    double least[GN_CORNERS_MAX];
    for (int k = 0; k < a->corners; k++) {
        least[k] = INFINITY;
        for (size_t r = 0; r < n; r++)
            least[k] =
                fmin(least[k], a->normal[k][0] * (row[r].x - row[0].x) + a->normal[k][1] * (row[r].y - row[0].y));
    }
    return largest_fit(a, least);
}

/* ---- a circle ------------------------------------------------------------------------------ */

typedef struct {
    double x, y, r2; /* r2: the squared radius */
} disc;

/* The smallest disc that has all of one to three points on its edge; r2 is infinite when there is none. */
static disc disc_through(int count, const double (*p)[2]) {
    if (count == 1) return (disc){p[0][0], p[0][1], 0};
    const double bx = p[1][0] - p[0][0], by = p[1][1] - p[0][1], b2 = bx * bx + by * by;
    if (count == 2) return (disc){p[0][0] + bx / 2, p[0][1] + by / 2, b2 / 4};
    const double cx = p[2][0] - p[0][0], cy = p[2][1] - p[0][1], c2 = cx * cx + cy * cy;
    const double twice = 2 * (bx * cy - by * cx), x = (cy * b2 - by * c2) / twice, y = (bx * c2 - cx * b2) / twice;
    return isfinite(x) && isfinite(y) ? (disc){p[0][0] + x, p[0][1] + y, x * x + y * y} : (disc){.r2 = INFINITY};
}

static double beyond(const disc *d, const double p[2]) {
    return (p[0] - d->x) * (p[0] - d->x) + (p[1] - d->y) * (p[1] - d->y) - d->r2;
}

/* The smallest disc that holds up to four points. Only the points on its edge are kept. */
static disc least_disc(double (*p)[2], int *count) {
    disc best = {.r2 = INFINITY};
    double kept[3][2];
    int used = 0;
    for (int subset = 1; subset < 1 << *count; subset++) {
        double some[4][2];
        int size = 0;
        for (int i = 0; i < *count; i++)
            if (subset >> i & 1) memcpy(some[size++], p[i], sizeof *some);
        if (size > 3) continue;
        const disc d = disc_through(size, (const double(*)[2])some);
        bool all = d.r2 < best.r2;
        for (int i = 0; i < *count && all; i++)
            all = beyond(&d, p[i]) <= 1e-12 * d.r2;
        if (!all) continue;
        best = d;
        used = size;
        memcpy(kept, some, sizeof kept);
    }
    memcpy(p, kept, sizeof kept);
    *count = used;
    return best;
}

/* The smallest disc that holds all rows becomes the arena. It is the smallest disc of two or three rows: the row
 * farthest beyond the disc of a few is added to them until none is, and the disc grows with every one. */
static fit fit_circle(const gn_arena *a, const gn_sighting *row, size_t n) {
    enum { ROUNDS = 1000 };
    double p[4][2] = {{0, 0}};
    int count = 1;
    disc d = {0};
    for (int round = 0; round < ROUNDS; round++) {
        double farthest = 0;
        for (size_t r = 0; r < n; r++) {
            const double at[2] = {row[r].x - row[0].x, row[r].y - row[0].y};
            if (beyond(&d, at) <= farthest) continue;
            farthest = beyond(&d, at);
            memcpy(p[count], at, sizeof at);
        }
        if (farthest <= 1e-9 * d.r2) break;
        count++;
        d = least_disc(p, &count);
    }
    const double s = d.r2 > 0 ? a->size / sqrt(d.r2) : 0;
    return (fit){s, {-s * d.x, -s * d.y}};
}

/* ---- a polygon that is not convex ------------------------------------------------------------ */

/* Rows, and the one that was outside last: it is likely to be outside again. */
typedef struct {
    const gn_arena *arena;
    const gn_sighting *row;
    size_t rows, outside;
    double low[2], high[2]; /* of the track, relative to the first row */
} rows_in;

static bool fits_row(const rows_in *f, const fit *to, size_t r) {
    const double x = to->s * (f->row[r].x - f->row[0].x) + to->t[0], y = to->s * (f->row[r].y - f->row[0].y) + to->t[1];
    return gn_arena_inside(f->arena, x, y) &&
           gn_arena_nearest_wall(f->arena, x, y, NULL) >= fit_margin * f->arena->inradius;
}

static bool fits(rows_in *f, const fit *to) {
    if (!fits_row(f, to, f->outside)) return false;
    for (size_t r = 0; r < f->rows; r++)
        if (!fits_row(f, to, r)) {
            f->outside = r;
            return false;
        }
    return true;
}

/* Looks for a shift at which the track fits with this scale, from the middle of the bounding box outwards. */
static bool find_shift(rows_in *f, double s, fit *to) {
    enum { GRID = 16 };
    const double margin = 1.01 * fit_margin * f->arena->inradius;
    double middle[2], slack[2];
    for (int d = 0; d < 2; d++) {
        middle[d] = (f->arena->min[d] + f->arena->max[d] - s * (f->low[d] + f->high[d])) / 2;
        slack[d] = fmax(0, f->arena->max[d] - f->arena->min[d] - s * (f->high[d] - f->low[d]) - 2 * margin) / 2;
    }
    for (int ring = 0; ring <= GRID; ring++)
        for (int i = -ring; i <= ring; i++)
            for (int j = -ring; j <= ring; j += i == -ring || i == ring || ring == 0 ? 1 : 2 * ring) {
                *to = (fit){s, {middle[0] + slack[0] * i / GRID, middle[1] + slack[1] * j / GRID}};
                if (fits(f, to)) return true;
            }
    return false;
}

/* The largest scale that is found when it is made smaller by one percent at a time, and then refined. A track in a box
 * of the arena's shape fits with the two bounding boxes one on the other. */
static fit fit_corners(const gn_arena *a, const gn_sighting *row, size_t n) {
    enum { PERCENTS = 460, HALVINGS = 24 };
    rows_in f = {.arena = a, .row = row, .rows = n};
    fit best = {0}, found;
    for (size_t r = 0; r < n; r++) {
        const double at[2] = {row[r].x - row[0].x, row[r].y - row[0].y};
        for (int d = 0; d < 2; d++) {
            f.low[d] = fmin(f.low[d], at[d]);
            f.high[d] = fmax(f.high[d], at[d]);
        }
    }
    double s = fmin((a->max[0] - a->min[0]) / (f.high[0] - f.low[0]), (a->max[1] - a->min[1]) / (f.high[1] - f.low[1]));
    if (!isfinite(s)) return best;
    double above = s;
    for (int k = 0; k < PERCENTS && !find_shift(&f, s, &best); k++) {
        best = (fit){0};
        above = s;
        s *= 0.99;
    }
    for (int k = 0; k < HALVINGS && best.s > 0; k++) {
        const double half = (best.s + above) / 2;
        if (find_shift(&f, half, &found))
            best = found;
        else
            above = half;
    }
    return best;
}

/* ---- all ------------------------------------------------------------------------------------- */

/* Positions are relative to the first row, so that no digits are lost when the track is far from its origin. */
static gn_status fit_into(const char *path, const gn_arena *a, const gn_sighting *row, size_t n,
                          gn_track_report *report) {
    bool moved = false;
    for (size_t r = 1; r < n && !moved; r++)
        moved = row[r].x != row[0].x || row[r].y != row[0].y;
    if (!moved) return gn_fail(GN_EFILE, "%s: the animal never moved: nothing to scale", path);
    const fit best = a->shape == GN_CIRCLE ? fit_circle(a, row, n)
                     : a->convex           ? fit_convex(a, row, n)
                                           : fit_corners(a, row, n);
    if (!(best.s > 0 && best.s < 1e15))
        return gn_fail(GN_EFILE,
                       "%s: no scale found at which the track fits into the %s (--track-fit none takes it as it is)",
                       path, gn_arena_name(a->shape));
    const double keep = a->convex ? 1 - fit_margin : 1; /* a polygon that is not convex keeps the margin itself */
    report->scale = keep * best.s;
    report->shift[0] = a->centroid[0] + keep * (best.t[0] - a->centroid[0]) - report->scale * row[0].x;
    report->shift[1] = a->centroid[1] + keep * (best.t[1] - a->centroid[1]) - report->scale * row[0].y;
    return GN_OK;
}

gn_status gn_track_place(const char *path, const gn_arena *a, gn_track_fit fitting, const gn_numbers *numbers,
                         gn_sighting *row, size_t count, gn_track_report *report) {
    report->scale = 1;
    report->shift[0] = report->shift[1] = 0;
    gn_status status = fitting == GN_FIT_SCALE ? fit_into(path, a, row, count, report) : GN_OK;
    for (size_t i = 0; i < count && !status; i++) {
        row[i].x = report->scale * row[i].x + report->shift[0];
        row[i].y = report->scale * row[i].y + report->shift[1];
        if (!gn_arena_inside(a, row[i].x, row[i].y))
            status = gn_fail(GN_EFILE, "%s: %s, time %.10g: place (%g, %g), expected inside the %s", path,
                             gn_numbers_row(numbers, row[i].row).text, row[i].time, row[i].x, row[i].y,
                             gn_arena_name(a->shape));
    }
    return status;
}

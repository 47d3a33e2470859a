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

/* The largest scale s with a shift t such that all points s p + t are inside the arena. That is the linear programme:
 * maximise s subject to s m_k + normal_k . t >= offset_k for every wall k, where m_k is the smallest normal_k . p. It
 * has three unknowns, so three of these conditions are equalities at the optimum: all triples of walls are tried, and
 * this solves one of them. */
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

static gn_status fit_into(const char *path, const gn_arena *a, const gn_sighting *row, size_t n,
                          gn_track_report *report) {
    double least[GN_CORNERS_MAX];
    for (int k = 0; k < a->corners; k++) {
        least[k] = INFINITY;
        /* Positions are relative to the first row, so that no digits are lost when the track is far from its origin. */
        for (size_t r = 0; r < n; r++)
            least[k] =
                fmin(least[k], a->normal[k][0] * (row[r].x - row[0].x) + a->normal[k][1] * (row[r].y - row[0].y));
    }
    const fit best = largest_fit(a, least);
    if (!(best.s > 0 && best.s < 1e15)) return gn_fail(GN_EFILE, "%s: the animal never moved: nothing to scale", path);
    const double keep = 1 - fit_margin;
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

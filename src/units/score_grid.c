#include "units/score_grid.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    ANGLES = 7,
    WIDTH_MIN = 3 /* bins between the circles of an annulus */
};
/* Peaks closer in direction than 20 degrees are one row of the lattice: the nearest stands for it.
 */
static const double MIN_APART_SINE = 0.34202014332566873;
static const double ANGLE_DEGREES[ANGLES] = {30, 60, 90, 120, 150, 45, 135};

/* Where a rotated lag falls between the lags of the SAC. */
typedef struct {
    int at[4];
    double weight[4]; /* 0: not used, whatever stands there */
} corner;

struct gn_grid_plan {
    int rings;       /* the largest usable radius */
    int count;       /* lags of the upper half plane within it; the lower half repeats them */
    int *at, *ring;  /* (count), sorted by ring; ring k holds k-1 < radius <= k */
    corner *rotated; /* (count, ANGLES) */
};

typedef struct {
    double n, x, y, xx, yy, xy;
} moments;

static corner rotate(int sx, int sy, int dx, int dy, double degrees) {
    const double angle = degrees * M_PI / 180;
    double c = cos(angle), s = sin(angle);
    if (degrees == 90) { /* exactly on a lag: no neighbours with weights of rounding size */
        c = 0;
        s = 1;
    }
    const double x = c * dx + s * dy + (sx - 1) / 2, y = -s * dx + c * dy + (sy - 1) / 2;
    const double fx = x - floor(x), fy = y - floor(y);
    corner result = {.weight = {(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy}};
    for (int k = 0; k < 4; k++) {
        const int ix = (int)floor(x) + (k & 1), iy = (int)floor(y) + (k >> 1);
        const bool inside = ix >= 0 && ix < sx && iy >= 0 && iy < sy;
        result.at[k] = inside ? iy * sx + ix : -1;
        if (result.weight[k] == 0) result.at[k] = 0;
    }
    return result;
}

/* Largest r such that every lag of length <= r has enough pairs. */
static int usable_radius(int sx, int sy, const int *pairs) {
    const int cx = (sx - 1) / 2, cy = (sy - 1) / 2;
    double nearest = fmin(cx + 1, cy + 1); /* the first lags beyond the map */
    for (int dy = 0; dy <= cy; dy++)
        for (int dx = -cx; dx <= cx; dx++)
            if (pairs[(dy + cy) * sx + dx + cx] < GN_SAC_PAIRS_MIN)
                nearest = fmin(nearest, sqrt((double)dx * dx + (double)dy * dy));
    return (int)ceil(nearest) - 1;
}

gn_grid_plan *gn_grid_plan_new(int bins_x, int bins_y, const int *pairs) {
    const int sx = gn_sac_side(bins_x), sy = gn_sac_side(bins_y);
    gn_grid_plan *p = gn_alloc(1, sizeof *p);
    if (!p) return NULL;
    p->rings = usable_radius(sx, sy, pairs);
    const int most = p->rings > 0 ? (p->rings + 1) * (2 * p->rings + 1) : 1;
    p->at = gn_alloc((unsigned long)most, sizeof *p->at);
    p->ring = gn_alloc((unsigned long)most, sizeof *p->ring);
    p->rotated = gn_alloc((unsigned long)most * ANGLES, sizeof *p->rotated);
    if (!p->at || !p->ring || !p->rotated) {
        gn_grid_plan_free(p);
        return NULL;
    }
    for (int ring = 1; ring <= p->rings; ring++)
        for (int dy = 0; dy <= ring; dy++)
            for (int dx = dy ? -ring : 1; dx <= ring; dx++) {
                const int square = dx * dx + dy * dy;
                if (square > ring * ring || square <= (ring - 1) * (ring - 1)) continue;
                p->at[p->count] = (dy + bins_y - 1) * sx + dx + bins_x - 1;
                p->ring[p->count] = ring;
                for (int a = 0; a < ANGLES; a++)
                    p->rotated[p->count * ANGLES + a] = rotate(sx, sy, dx, dy, ANGLE_DEGREES[a]);
                p->count++;
            }
    return p;
}

void gn_grid_plan_free(gn_grid_plan *p) {
    if (!p) return;
    free(p->at);
    free(p->ring);
    free(p->rotated);
    free(p);
}

static double interpolate(const corner *c, const double *sac) {
    double sum = 0;
    for (int k = 0; k < 4; k++) {
        if (c->weight[k] == 0) continue;
        if (c->at[k] < 0) return NAN;
        sum += c->weight[k] * sac[c->at[k]];
    }
    return sum;
}

static double correlation(const moments *m) {
    const double vx = m->n * m->xx - m->x * m->x, vy = m->n * m->yy - m->y * m->y;
    const double floor = 1e-16 * m->n * m->n; /* a flat annulus: rounding only */
    if (m->n < GN_SAC_PAIRS_MIN || !(vx > floor && vy > floor)) return NAN;
    return (m->n * m->xy - m->x * m->y) / sqrt(vx * vy);
}

/* First local minimum of the ring means, and where they cross 1/2. */
static void profile(const gn_grid_plan *p, const double *sac, gn_gridness *g) {
    double before = 1, mean = NAN;
    g->inner = 0;
    g->half_width = p->rings;
    bool crossed = false;
    for (int i = 0, ring = 1; ring <= p->rings; ring++, before = mean) {
        double sum = 0, n = 0;
        for (; i < p->count && p->ring[i] == ring; i++)
            if (!isnan(sac[p->at[i]])) {
                sum += sac[p->at[i]];
                n += 1;
            }
        mean = n > 0 ? sum / n : before;
        if (!crossed && mean <= 0.5) {
            g->half_width = ring - 1 + (before - 0.5) / (before - mean);
            crossed = true;
        }
        if (ring > 1 && !g->inner && mean > before + 1e-6) g->inner = ring - 1;
    }
}

static double larger(double a, double b) {
    return isnan(a) || isnan(b) ? NAN : a > b ? a : b;
}
static double smaller(double a, double b) {
    return isnan(a) || isnan(b) ? NAN : a < b ? a : b;
}

void gn_gridness_score(const gn_grid_plan *p, const double *sac, gn_gridness *g) {
    moments sum[ANGLES] = {0};
    *g = (gn_gridness){.gridness60 = NAN, .gridness90 = NAN};
    profile(p, sac, g);
    if (!g->inner) return; /* the ring means only fall: no structure beyond the centre peak */
    for (int i = 0; i < p->count; i++) {
        const int ring = p->ring[i];
        if (ring <= g->inner) continue;
        const double x = sac[p->at[i]];
        for (int a = 0; a < ANGLES && !isnan(x); a++) {
            const double y = interpolate(&p->rotated[i * ANGLES + a], sac);
            if (isnan(y)) continue;
            moments *m = &sum[a];
            m->n += 1;
            m->x += x;
            m->y += y;
            m->xx += x * x;
            m->yy += y * y;
            m->xy += x * y;
        }
        const bool last_of_ring = i + 1 == p->count || p->ring[i + 1] != ring;
        if (!last_of_ring || ring < g->inner + WIDTH_MIN) continue;
        double r[ANGLES];
        for (int a = 0; a < ANGLES; a++)
            r[a] = correlation(&sum[a]);
        const double sixty = smaller(r[1], r[3]) - larger(larger(r[0], r[2]), r[4]);
        const double ninety = r[2] - (r[5] + r[6]) / 2;
        if (sixty > g->gridness60 || (isnan(g->gridness60) && !isnan(sixty))) {
            g->gridness60 = sixty;
            g->outer60 = ring;
        }
        if (ninety > g->gridness90 || (isnan(g->gridness90) && !isnan(ninety))) {
            g->gridness90 = ninety;
            g->outer90 = ring;
        }
    }
}

/* ---- the lattice ------------------------------------------------------------------ */

typedef struct {
    double x, y, distance; /* bins */
} peak;

/* Offset of a parabola's top from the middle of three values. */
static double vertex(double below, double middle, double above) {
    const double bend = below - 2 * middle + above;
    const double shift = bend < 0 ? (below - above) / (2 * bend) : 0;
    return shift > 0.5 ? 0.5 : shift < -0.5 ? -0.5 : shift;
}

/* Is lag `at` above its neighbours (ties: above those before it)? All must be defined. */
static bool is_peak(const double *sac, int sx, int at) {
    static const int step[4][2] = {{1, 0}, {-1, 1}, {0, 1}, {1, 1}};
    for (int k = 0; k < 4; k++) {
        const int to = step[k][1] * sx + step[k][0];
        if (!(sac[at] >= sac[at + to]) || !(sac[at] > sac[at - to])) return false;
    }
    return true;
}

/* Is the direction of a peak at least MIN_APART from those of the peaks before it? */
static bool stands_apart(const peak *found, int count, double x, double y) {
    for (int i = 0; i < count; i++) {
        const double sine = fabs(found[i].x * y - found[i].y * x) / hypot(x, y);
        if (sine < MIN_APART_SINE * found[i].distance) return false;
    }
    return true;
}

/* The `wanted` pairs of peaks nearest the centre, one of each pair; returns how many there are. */
static int nearest_peaks(int bins_x, int bins_y, const double *sac, int inner, int wanted, peak *found) {
    const int sx = gn_sac_side(bins_x);
    for (int count = 0; count < wanted; count++) {
        peak best = {.distance = INFINITY};
        for (int dy = 0; dy < bins_y - 1; dy++)
            for (int dx = dy ? 2 - bins_x : 1; dx < bins_x - 1; dx++) {
                const int at = (dy + bins_y - 1) * sx + dx + bins_x - 1;
                if (dx * dx + dy * dy <= inner * inner || !(sac[at] > 0) || !is_peak(sac, sx, at) ||
                    !stands_apart(found, count, dx, dy))
                    continue;
                const double x = dx + vertex(sac[at - 1], sac[at], sac[at + 1]);
                const double y = dy + vertex(sac[at - sx], sac[at], sac[at + sx]);
                if (hypot(x, y) < best.distance) best = (peak){x, y, hypot(x, y)};
            }
        if (isinf(best.distance)) return count;
        found[count] = best;
    }
    return wanted;
}

static double determinant(double a[3][3]) {
    return a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1]) - a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0]) +
           a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
}

/* Axis ratio of A x^2 + B xy + C y^2 = 1 through three peaks; nan when it is no ellipse. */
static double axis_ratio(const peak *p) {
    double m[3][3], abc[3];
    for (int i = 0; i < 3; i++) {
        m[i][0] = p[i].x * p[i].x;
        m[i][1] = p[i].x * p[i].y;
        m[i][2] = p[i].y * p[i].y;
    }
    const double whole = determinant(m);
    for (int k = 0; k < 3; k++) { /* Cramer's rule, the right side is 1 */
        double replaced[3][3];
        memcpy(replaced, m, sizeof m);
        for (int i = 0; i < 3; i++)
            replaced[i][k] = 1;
        abc[k] = determinant(replaced) / whole;
    }
    const double mean = (abc[0] + abc[2]) / 2, spread = hypot((abc[0] - abc[2]) / 2, abc[1] / 2);
    return mean - spread > 0 ? sqrt((mean + spread) / (mean - spread)) : NAN;
}

void gn_lattice_score(int bins_x, int bins_y, double bin_width, const double *sac, int inner, int square,
                      gn_lattice *lattice) {
    const int wanted = square ? 2 : 3, fold = square ? 4 : 6;
    peak found[3];
    *lattice = (gn_lattice){.spacing = NAN, .orientation_degrees = NAN, .ellipticity = NAN};
    if (!inner) return; /* the centre peak has no end */
    const int count = nearest_peaks(bins_x, bins_y, sac, inner, wanted, found);
    lattice->peaks = 2 * count;
    if (count < wanted) return;
    double sum = 0, c = 0, s = 0;
    for (int i = 0; i < wanted; i++) {
        const double angle = atan2(found[i].y, found[i].x);
        sum += found[i].distance;
        c += cos(fold * angle);
        s += sin(fold * angle);
    }
    lattice->spacing = sum / wanted * bin_width;
    const double period = 360.0 / fold, angle = atan2(s, c) * 180 / M_PI / fold;
    lattice->orientation_degrees = angle < 0 ? angle + period : angle;
    if (lattice->orientation_degrees >= period) lattice->orientation_degrees = 0;
    lattice->ellipticity = square ? found[1].distance / found[0].distance : axis_ratio(found);
}

#include "units/score_grid.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    ANGLES = 7,
    WIDTH_MIN = 3 /* bins between the circles of an annulus */
};
/* Peaks closer in direction than 20 degrees are one row of the lattice: the nearest stands for it.
 */
static const double MIN_APART_SINE = 0.34202014332566873;
/* Maps whose neighbouring bins have a smaller mean correlation than this are noise from bin to bin. */
static const double LEAST_SMOOTH = 0.1;
static const double ANGLE_DEGREES[ANGLES] = {30, 60, 90, 120, 150, 45, 135};

/* One lag of each of the SACs that are scored together; loads and stores need no alignment. */
typedef double quad __attribute__((vector_size(32), aligned(8), may_alias));
typedef int64_t mask __attribute__((vector_size(32), aligned(8), may_alias));

/* Where a rotated lag falls between the lags of the SAC: the first of the four around it, and the steps to the next
 * along x and along y. A step of which the share is 0 is 0, too, so that an undefined lag does not count when its
 * weight is 0. share_x is nan when one of the four is beyond the SAC. */
typedef struct {
    int at, step_x, step_y;
    double share_x, share_y;
} corner;

/* Sums of the SAC (x) and its rotation (y), up to a ring. */
typedef struct {
    quad n, x, y, xx, yy, xy;
} moments;

struct gn_grid_plan {
    size_t lags;     /* of the SAC */
    int rings;       /* the largest usable radius */
    int *begin;      /* (rings + 2) first lag of each ring; ring k holds k-1 < radius <= k */
    int *at;         /* (begin[rings + 1]) lags of the upper half plane within it; the lower half repeats them */
    corner *rotated; /* (ANGLES, begin[rings + 1]) */
    void (*add_rings)(const gn_grid_plan *, const quad *sheets, moments *sum);
};

struct gn_grid_work {
    quad *sheets; /* (lags) */
    moments *sum; /* (rings + 1, ANGLES) */
};

static corner rotate(int sx, int sy, int dx, int dy, double degrees) {
    const double angle = degrees * M_PI / 180;
    double c = cos(angle), s = sin(angle);
    if (degrees == 90) { /* falls exactly on a lag: no neighbour may get a weight of the size of rounding errors */
        c = 0;
        s = 1;
    }
    const double x = c * dx + s * dy + (sx - 1) / 2, y = -s * dx + c * dy + (sy - 1) / 2;
    const int ix = (int)floor(x), iy = (int)floor(y), more_x = x > ix, more_y = y > iy;
    if (ix < 0 || iy < 0 || ix + more_x >= sx || iy + more_y >= sy) return (corner){.share_x = NAN};
    return (corner){iy * sx + ix, more_x, more_y * sx, x - ix, y - iy};
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

/* Pearson's sums of the four SACs at once, ring after ring. Pairs with an undefined lag add 0. The order of the sums
 * does not depend on the width of the vectors. */
__attribute__((always_inline)) static inline void add_up_rings(const gn_grid_plan *p, const quad *sheets,
                                                               moments *sum) {
    const int count = p->begin[p->rings + 1];
    for (int a = 0; a < ANGLES; a++)
        sum[a] = (moments){0};
    for (int ring = 1; ring <= p->rings; ring++)
        for (int a = 0; a < ANGLES; a++) {
            const corner *corners = p->rotated + (size_t)a * (size_t)count;
            moments m = sum[(ring - 1) * ANGLES + a];
            for (int i = p->begin[ring]; i < p->begin[ring + 1]; i++) {
                const corner *c = &corners[i];
                const quad *from = sheets + c->at, one = {1, 1, 1, 1};
                const quad low = from[0] + c->share_x * (from[c->step_x] - from[0]);
                const quad high = from[c->step_y] + c->share_x * (from[c->step_y + c->step_x] - from[c->step_y]);
                quad x = sheets[p->at[i]], y = low + c->share_y * (high - low);
                const mask both = (x == x) & (y == y);
                x = (quad)((mask)x & both);
                y = (quad)((mask)y & both);
                m.n += (quad)((mask)one & both);
                m.x += x;
                m.y += y;
                m.xx += x * x;
                m.yy += y * y;
                m.xy += x * y;
            }
            sum[ring * ANGLES + a] = m;
        }
}
static void add_rings_plain(const gn_grid_plan *p, const quad *sheets, moments *sum) {
    add_up_rings(p, sheets, sum);
}
#if defined(__x86_64__)
__attribute__((target("avx2"))) static void add_rings_avx2(const gn_grid_plan *p, const quad *sheets, moments *sum) {
    add_up_rings(p, sheets, sum);
}
#endif

gn_grid_plan *gn_grid_plan_new(int bins_x, int bins_y, const int *pairs) {
    const int sx = gn_sac_side(bins_x), sy = gn_sac_side(bins_y);
    gn_grid_plan *p = gn_alloc(1, sizeof *p);
    if (!p) return NULL;
    p->add_rings = add_rings_plain;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2")) p->add_rings = add_rings_avx2;
#endif
    p->lags = (size_t)sx * (size_t)sy;
    p->rings = usable_radius(sx, sy, pairs);
    if (p->rings < 0) p->rings = 0;
    const int most = (p->rings + 1) * (2 * p->rings + 1);
    p->begin = gn_alloc((unsigned long)p->rings + 2, sizeof *p->begin);
    p->at = gn_alloc((unsigned long)most, sizeof *p->at);
    p->rotated = gn_alloc((unsigned long)most * ANGLES, sizeof *p->rotated);
    if (!p->begin || !p->at || !p->rotated) {
        gn_grid_plan_free(p);
        return NULL;
    }
    int count = 0;
    for (int ring = 1; ring <= p->rings; ring++) {
        for (int dy = 0; dy <= ring; dy++)
            for (int dx = dy ? -ring : 1; dx <= ring; dx++) {
                const int square = dx * dx + dy * dy;
                if (square > ring * ring || square <= (ring - 1) * (ring - 1)) continue;
                p->at[count++] = (dy + bins_y - 1) * sx + dx + bins_x - 1;
            }
        p->begin[ring + 1] = count;
    }
    for (int a = 0; a < ANGLES; a++)
        for (int i = 0; i < count; i++)
            p->rotated[a * count + i] =
                rotate(sx, sy, p->at[i] % sx - (bins_x - 1), p->at[i] / sx - (bins_y - 1), ANGLE_DEGREES[a]);
    return p;
}

void gn_grid_plan_free(gn_grid_plan *p) {
    if (!p) return;
    free(p->begin);
    free(p->at);
    free(p->rotated);
    free(p);
}

gn_grid_work *gn_grid_work_new(const gn_grid_plan *p) {
    gn_grid_work *w = gn_alloc(1, sizeof *w);
    if (!w) return NULL;
    w->sheets = gn_alloc(p->lags, sizeof *w->sheets);
    w->sum = gn_alloc(((unsigned long)p->rings + 1) * ANGLES, sizeof *w->sum);
    if (w->sheets && w->sum) return w;
    gn_grid_work_free(w);
    return NULL;
}

void gn_grid_work_free(gn_grid_work *w) {
    if (!w) return;
    free(w->sheets);
    free(w->sum);
    free(w);
}

/* The correlation between one SAC and its rotation over the lags between two rings; nan when there are too few or
 * when they are all equal. */
static double correlation(const moments *outer, const moments *inner, int sheet) {
    const double n = outer->n[sheet] - inner->n[sheet], x = outer->x[sheet] - inner->x[sheet];
    const double y = outer->y[sheet] - inner->y[sheet];
    const double vx = n * (outer->xx[sheet] - inner->xx[sheet]) - x * x;
    const double vy = n * (outer->yy[sheet] - inner->yy[sheet]) - y * y;
    const double floor = 1e-14 * n * n; /* variances below are rounding errors of a flat annulus */
    if (n < GN_SAC_PAIRS_MIN || !(vx > floor && vy > floor)) return NAN;
    return (n * (outer->xy[sheet] - inner->xy[sheet]) - x * y) / sqrt(vx * vy);
}

/* Finds the first local minimum of the means over rings, and where these cross half of the first one. */
static void profile(const gn_grid_plan *p, const double *sac, gn_gridness *g) {
    double before = 1, mean = NAN, half = 0;
    g->inner = 0;
    g->half_width = p->rings > 0 ? p->rings : 0.5;
    bool crossed = false;
    for (int ring = 1; ring <= p->rings; ring++, before = mean) {
        double sum = 0, n = 0;
        for (int i = p->begin[ring]; i < p->begin[ring + 1]; i++)
            if (!isnan(sac[p->at[i]])) {
                sum += sac[p->at[i]];
                n += 1;
            }
        mean = n > 0 ? sum / n : before;
        if (ring == 1) half = mean / 2;
        if (ring == 1 && mean < LEAST_SMOOTH) {
            g->half_width = 0.5;
            crossed = true;
        }
        if (!crossed && mean <= half) {
            g->half_width = ring - 1 + (before - half) / (before - mean);
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

static void take_larger(double value, int ring, double *best, int *outer) {
    if (!(value > *best) && !(isnan(*best) && !isnan(value))) return;
    *best = value;
    *outer = ring;
}

static void score(const gn_grid_plan *p, const moments *sum, int sheet, gn_gridness *g) {
    if (!g->inner) return; /* the means over rings only fall, so there is no structure beyond the centre peak */
    for (int ring = g->inner + WIDTH_MIN; ring <= p->rings; ring++) {
        double r[ANGLES];
        for (int a = 0; a < ANGLES; a++)
            r[a] = correlation(&sum[ring * ANGLES + a], &sum[g->inner * ANGLES + a], sheet);
        take_larger(smaller(r[1], r[3]) - larger(larger(r[0], r[2]), r[4]), ring, &g->gridness60, &g->outer60);
        take_larger(r[2] - (r[5] + r[6]) / 2, ring, &g->gridness90, &g->outer90);
    }
}

void gn_gridness_scores(const gn_grid_plan *p, gn_grid_work *w, int count, const double *const sac[], gn_gridness *g) {
    for (size_t lag = 0; lag < p->lags; lag++)
        for (int k = 0; k < GN_GRID_SHEETS; k++)
            w->sheets[lag][k] = sac[k < count ? k : 0][lag];
    p->add_rings(p, w->sheets, w->sum);
    for (int k = 0; k < count; k++) {
        g[k] = (gn_gridness){.gridness60 = NAN, .gridness90 = NAN};
        profile(p, sac[k], &g[k]);
        score(p, w->sum, k, &g[k]);
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

/* Whether lag `at` is a peak: not below the four of its neighbours that come after it, and above the four that come
 * before it, so that only one of two equal lags is a peak. All must be defined. */
static bool is_peak(const double *sac, int sx, int at) {
    static const int step[4][2] = {{1, 0}, {-1, 1}, {0, 1}, {1, 1}};
    for (int k = 0; k < 4; k++) {
        const int to = step[k][1] * sx + step[k][0];
        if (!(sac[at] >= sac[at + to]) || !(sac[at] > sac[at - to])) return false;
    }
    return true;
}

/* Whether the direction of a peak differs by 20 degrees or more from those of the peaks found before. */
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
    if (!inner) return; /* the means over rings never rise, so the centre peak has no end */
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

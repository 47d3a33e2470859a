#include "units/score_fourier.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    HALF = GN_FOURIER_HALF,
    COLUMNS = HALF + 4,  /* kx 0..128 and three columns of filling: whole vectors */
    ROWS = 2 * HALF + 3, /* ky -129..129 */
    PITCH = HALF + 4,    /* kx -1..129 and one column of filling */
    DIRECTIONS = 720,    /* half turns are cut into this many */
    WAVES_MAX = 8,       /* taken out of one map */
    BASIS_MAX = 2 * WAVES_MAX + 1
};
static const double SAME_AXIS_DEGREES = 20;
static const double SHARE_OF_FIRST = 0.25; /* weaker waves are not sought: noise, side lobes */
static const double SLOWEST = 0.98;        /* periods over the mask, of a fitted wave */
static const double HARMONIC_RATIO = 1.2;  /* a harmonic's frequency exceeds its parents' by this */

/* Coordinates run from the map's middle, so that sums split into even and odd halves: half a
 * table of cosines times the even part, half a table of sines times the odd part. */
struct gn_fourier_plan {
    int bins_x, bins_y, half_x, half_y;
    size_t visited;
    double bin_width;
    double *cos_x, *sin_x;     /* (half_x, COLUMNS) */
    double *cos_y, *sin_y;     /* (COLUMNS, half_y) */
    bool *allowed;             /* (ROWS, PITCH) as the power */
    bool *mask;                /* (bins_y, bins_x) */
    double extent[DIRECTIONS]; /* of the mask along angles of d / DIRECTIONS half turns, bins */
    double lobe;               /* half a main lobe's width, units of 1/256 bin: 128 / extent */
};

struct gn_fourier_work {
    double *part;    /* (bins_y rounded up, half_x) even or odd part along x */
    double *row_cos; /* (bins_y rounded up, COLUMNS) transforms along x */
    double *row_sin;
    double *split;                     /* (half_y, COLUMNS) even or odd part along y */
    double *sum[4];                    /* (COLUMNS, COLUMNS): cos cos, sin_y cos_x, cos_y sin_x, sin sin */
    double *power;                     /* (ROWS, PITCH) */
    double largest[ROWS];              /* of each row: most rows cannot hold the peak that is sought */
    double *residual, *basis, *column; /* (bins), (BASIS_MAX, bins), (2, bins) */
};

typedef double pair __attribute__((vector_size(16)));

static inline pair load(const double *from) {
    pair p;
    memcpy(&p, from, sizeof p);
    return p;
}

static inline void add_scaled(pair *sum, double factor, pair b0, pair b1) {
    const pair both = {factor, factor};
    sum[0] += both * b0;
    sum[1] += both * b1;
}

/* c (m, n) = a (m, k) b (k, n); m and n are multiples of 4. Sums run in order of k. The four rows
 * of a block stand in named variables, to stay in registers. */
static void multiply(int m, int k, int n, const double *a, const double *b, double *c) {
    for (int i = 0; i < m; i += 4)
        for (int j = 0; j < n; j += 4) {
            const double *a0 = a + (size_t)i * (size_t)k, *a1 = a0 + k, *a2 = a1 + k, *a3 = a2 + k;
            const double *from = b + j;
            pair s0[2] = {{0}}, s1[2] = {{0}}, s2[2] = {{0}}, s3[2] = {{0}};
            for (int l = 0; l < k; l++, from += n) {
                const pair b0 = load(from), b1 = load(from + 2);
                add_scaled(s0, a0[l], b0, b1);
                add_scaled(s1, a1[l], b0, b1);
                add_scaled(s2, a2[l], b0, b1);
                add_scaled(s3, a3[l], b0, b1);
            }
            double *to = c + (size_t)i * (size_t)n + j;
            memcpy(to, s0, sizeof s0);
            memcpy(to + n, s1, sizeof s1);
            memcpy(to + 2 * n, s2, sizeof s2);
            memcpy(to + 3 * n, s3, sizeof s3);
        }
}

static int round_up4(int n) {
    return (n + 3) / 4 * 4;
}
static double coordinate(int bins, int h) {
    return bins % 2 ? h : h + 0.5;
}

/* Extent of the visited bins along the unit vector (c, s), in bins. */
static double extent(const gn_map *mask, double c, double s) {
    double low = INFINITY, high = -INFINITY;
    for (int y = 0; y < mask->bins_y; y++) {
        int first = -1, last = -1;
        for (int x = 0; x < mask->bins_x; x++)
            if (!isnan(mask->value[y * mask->bins_x + x])) {
                if (first < 0) first = x;
                last = x;
            }
        if (first < 0) continue;
        for (int corner = 0; corner < 4; corner++) {
            const double at = c * (corner & 1 ? last + 1 : first) + s * (y + (corner >> 1));
            low = fmin(low, at);
            high = fmax(high, at);
        }
    }
    return high - low;
}

static size_t power_index(int kx, int ky) {
    return (size_t)(ky + HALF + 1) * PITCH + (size_t)(kx + 1);
}

/* Periods that a wave (units of 1/256 bin) has over the mask in its own direction. */
static double periods(const gn_fourier_plan *p, double kx, double ky) {
    const int d = (int)lround(atan2(ky, kx) / M_PI * DIRECTIONS + 2 * DIRECTIONS) % DIRECTIONS;
    return hypot(kx, ky) * p->extent[d] / GN_FOURIER_PAD;
}

static void measure_extents(gn_fourier_plan *p, const gn_map *mask) {
    p->lobe = 0;
    for (int d = 0; d < DIRECTIONS; d++) {
        p->extent[d] = extent(mask, cos(M_PI * d / DIRECTIONS), sin(M_PI * d / DIRECTIONS));
        p->lobe = fmax(p->lobe, HALF / p->extent[d]);
    }
    for (int ky = -HALF; ky <= HALF; ky++)
        for (int kx = 0; kx <= HALF; kx++)
            p->allowed[power_index(kx, ky)] = (kx || ky > 0) && periods(p, kx, ky) >= 1 - 1e-9; /* kx = 0: once */
}

gn_fourier_plan *gn_fourier_plan_new(const gn_map *mask) {
    const int nx = mask->bins_x, ny = mask->bins_y;
    if (nx > GN_FOURIER_PAD || ny > GN_FOURIER_PAD) {
        gn_fail(GN_EFILE, "map: %d x %d bins, accepted up to %d a side", nx, ny, GN_FOURIER_PAD);
        return NULL;
    }
    gn_fourier_plan *p = gn_alloc(1, sizeof *p);
    if (!p) return NULL;
    p->bins_x = nx;
    p->bins_y = ny;
    p->half_x = (nx + 1) / 2;
    p->half_y = (ny + 1) / 2;
    p->bin_width = mask->bin_width;
    p->visited = gn_map_visited(mask);
    p->cos_x = gn_alloc((unsigned long)p->half_x * COLUMNS, sizeof *p->cos_x);
    p->sin_x = gn_alloc((unsigned long)p->half_x * COLUMNS, sizeof *p->sin_x);
    p->cos_y = gn_alloc((unsigned long)p->half_y * COLUMNS, sizeof *p->cos_y);
    p->sin_y = gn_alloc((unsigned long)p->half_y * COLUMNS, sizeof *p->sin_y);
    p->allowed = gn_alloc((unsigned long)ROWS * PITCH, sizeof *p->allowed);
    p->mask = gn_alloc(gn_map_bins(mask), sizeof *p->mask);
    if (!p->cos_x || !p->sin_x || !p->cos_y || !p->sin_y || !p->allowed || !p->mask) {
        gn_fourier_plan_free(p);
        return NULL;
    }
    for (int k = 0; k < COLUMNS; k++) {
        const double step = 2 * M_PI * k / GN_FOURIER_PAD;
        for (int h = 0; h < p->half_x; h++) {
            p->cos_x[h * COLUMNS + k] = cos(step * coordinate(nx, h));
            p->sin_x[h * COLUMNS + k] = sin(step * coordinate(nx, h));
        }
        for (int h = 0; h < p->half_y; h++) {
            p->cos_y[k * p->half_y + h] = cos(step * coordinate(ny, h));
            p->sin_y[k * p->half_y + h] = sin(step * coordinate(ny, h));
        }
    }
    for (size_t i = 0; i < gn_map_bins(mask); i++)
        p->mask[i] = !isnan(mask->value[i]);
    measure_extents(p, mask);
    return p;
}

void gn_fourier_plan_free(gn_fourier_plan *p) {
    if (!p) return;
    free(p->cos_x);
    free(p->sin_x);
    free(p->cos_y);
    free(p->sin_y);
    free(p->allowed);
    free(p->mask);
    free(p);
}

gn_fourier_work *gn_fourier_work_new(const gn_fourier_plan *p) {
    gn_fourier_work *w = gn_alloc(1, sizeof *w);
    if (!w) return NULL;
    const unsigned long rows = (unsigned long)round_up4(p->bins_y);
    const unsigned long bins = (unsigned long)p->bins_x * (unsigned long)p->bins_y;
    w->part = gn_alloc(rows * (unsigned long)p->half_x, sizeof *w->part);
    w->row_cos = gn_alloc(rows * COLUMNS, sizeof *w->row_cos);
    w->row_sin = gn_alloc(rows * COLUMNS, sizeof *w->row_sin);
    w->split = gn_alloc((unsigned long)p->half_y * COLUMNS, sizeof *w->split);
    bool whole = w->part && w->row_cos && w->row_sin && w->split;
    for (int i = 0; i < 4; i++) {
        w->sum[i] = gn_alloc((unsigned long)COLUMNS * COLUMNS, sizeof *w->sum[i]);
        whole = whole && w->sum[i];
    }
    w->power = gn_alloc((unsigned long)ROWS * PITCH, sizeof *w->power);
    w->residual = gn_alloc(bins, sizeof *w->residual);
    w->basis = gn_alloc(BASIS_MAX * bins, sizeof *w->basis);
    w->column = gn_alloc(2 * bins, sizeof *w->column);
    if (whole && w->power && w->residual && w->basis && w->column) return w;
    gn_fourier_work_free(w);
    return NULL;
}

void gn_fourier_work_free(gn_fourier_work *w) {
    if (!w) return;
    free(w->part);
    free(w->row_cos);
    free(w->row_sin);
    free(w->split);
    for (int i = 0; i < 4; i++)
        free(w->sum[i]);
    free(w->power);
    free(w->residual);
    free(w->basis);
    free(w->column);
    free(w);
}

/* part[y][h] = f(middle + h) + sign f(middle - h); the middle of an odd row counts once. */
static void fold_rows(const gn_fourier_plan *p, const double *f, double sign, double *part) {
    const int nx = p->bins_x;
    for (int y = 0; y < p->bins_y; y++)
        for (int h = 0; h < p->half_x; h++) {
            const int right = nx / 2 + h, left = nx - 1 - right;
            const double middle = f[y * nx + right];
            part[y * p->half_x + h] = right == left ? middle : middle + sign * f[y * nx + left];
        }
}

static void fold_columns(const gn_fourier_plan *p, const double *rows, double sign, double *part) {
    for (int h = 0; h < p->half_y; h++) {
        const int up = p->bins_y / 2 + h, down = p->bins_y - 1 - up;
        const double *a = rows + (size_t)up * COLUMNS, *b = rows + (size_t)down * COLUMNS;
        double *to = part + (size_t)h * COLUMNS;
        for (int k = 0; k < COLUMNS; k++)
            to[k] = up == down ? a[k] : a[k] + sign * b[k];
    }
}

/* Frequencies just outside 0..128, -128..128 are met at -k, or one turn away (the transform has
 * period 256): peaks need all eight neighbours. */
static void fill_margins(double *power) {
    for (int ky = -HALF; ky <= HALF; ky++) {
        power[power_index(-1, ky)] = power[power_index(1, -ky)];
        power[power_index(HALF + 1, ky)] = power[power_index(HALF - 1, -ky)];
    }
    for (int kx = -1; kx <= HALF + 1; kx++) {
        power[power_index(kx, HALF + 1)] = power[power_index(kx, 1 - HALF)];
        power[power_index(kx, -HALF - 1)] = power[power_index(kx, HALF - 1)];
    }
}

static void spectrum(const gn_fourier_plan *p, gn_fourier_work *w, const double *f) {
    const int rows = round_up4(p->bins_y);
    fold_rows(p, f, 1, w->part);
    multiply(rows, p->half_x, COLUMNS, w->part, p->cos_x, w->row_cos);
    fold_rows(p, f, -1, w->part);
    multiply(rows, p->half_x, COLUMNS, w->part, p->sin_x, w->row_sin);
    for (int i = 0; i < 4; i++) {
        const bool sine = i & 1; /* along y; i >> 1: along x */
        fold_columns(p, i >> 1 ? w->row_sin : w->row_cos, sine ? -1 : 1, w->split);
        multiply(COLUMNS, p->half_y, COLUMNS, sine ? p->sin_y : p->cos_y, w->split, w->sum[i]);
    }
    const double scale = 2 / ((double)p->visited * (double)p->visited);
    for (int ky = 0; ky <= HALF; ky++)
        for (int kx = 0; kx <= HALF; kx++) {
            const size_t i = (size_t)ky * COLUMNS + (size_t)kx;
            const double cc = w->sum[0][i], sc = w->sum[1][i], cs = w->sum[2][i], ss = w->sum[3][i];
            w->power[power_index(kx, ky)] = scale * ((cc - ss) * (cc - ss) + (sc + cs) * (sc + cs));
            w->power[power_index(kx, -ky)] = scale * ((cc + ss) * (cc + ss) + (sc - cs) * (sc - cs));
        }
    fill_margins(w->power);
    for (int ky = -HALF; ky <= HALF; ky++) {
        const double *row = w->power + power_index(0, ky);
        double largest = 0;
        for (int kx = 0; kx <= HALF; kx++)
            largest = row[kx] > largest ? row[kx] : largest;
        w->largest[ky + HALF] = largest;
    }
}

static bool is_peak(const double *power, size_t i) {
    static const int step[4] = {1, PITCH - 1, PITCH, PITCH + 1};
    for (int k = 0; k < 4; k++)
        if (!(power[i] >= power[i + (size_t)step[k]] && power[i] > power[i - (size_t)step[k]])) return false;
    return true;
}

static double angle_degrees(double kx, double ky) {
    double angle = atan2(ky, kx) * 180 / M_PI;
    if (angle < 0) angle += 180;
    return angle >= 180 ? angle - 180 : angle;
}

static double degrees_apart(double a, double b) {
    const double apart = fabs(a - b);
    return apart > 90 ? 180 - apart : apart;
}

typedef struct {
    double kx, ky; /* units of 1 / (256 bins) */
    double power;
} component;

/* The largest peak of the allowed (or of the other) frequencies, SAME_AXIS_DEGREES or more from
 * those of `taken`; power 0 when there is none. */
static component largest_peak(const gn_fourier_plan *p, const gn_fourier_work *w, bool allowed, const component *taken,
                              int count) {
    const double *power = w->power;
    component best = {0, 0, 0};
    for (int ky = -HALF; ky <= HALF; ky++)
        for (int kx = 0; kx <= HALF && w->largest[ky + HALF] > best.power; kx++) {
            const size_t i = power_index(kx, ky);
            if (!(power[i] > best.power) || p->allowed[i] != allowed || !is_peak(power, i)) continue;
            if (kx == 0 && ky <= 0) continue; /* met at -k */
            bool apart = true;
            for (int k = 0; k < count; k++)
                apart = apart && degrees_apart(angle_degrees(kx, ky), angle_degrees(taken[k].kx, taken[k].ky)) >=
                                     SAME_AXIS_DEGREES;
            if (apart) best = (component){kx, ky, power[i]};
        }
    return best;
}

void gn_fourier_peaks(const gn_fourier_plan *p, gn_fourier_work *w, const double *standard, double sum[GN_FOURIER_SUMS],
                      double *trend) {
    component found[GN_FOURIER_SUMS];
    spectrum(p, w, standard);
    if (trend) *trend = largest_peak(p, w, false, NULL, 0).power;
    for (int m = 0; m < GN_FOURIER_SUMS; m++) {
        found[m] = largest_peak(p, w, true, found, m);
        sum[m] = found[m].power + (m ? sum[m - 1] : 0);
    }
}

double gn_fourier_power_at(const gn_fourier_work *w, int kx, int ky) {
    return w->power[power_index(kx, ky)];
}

/* ---- waves ------------------------------------------------------------------------ */

/* cos and sin of the wave at every bin, 0 where unvisited; (bins) each. */
static void wave_columns(const gn_fourier_plan *p, double kx, double ky, double *c, double *s) {
    double cx[GN_FOURIER_PAD], sx[GN_FOURIER_PAD];
    for (int x = 0; x < p->bins_x; x++) {
        cx[x] = cos(2 * M_PI * kx * x / GN_FOURIER_PAD);
        sx[x] = sin(2 * M_PI * kx * x / GN_FOURIER_PAD);
    }
    for (int y = 0, i = 0; y < p->bins_y; y++) {
        const double cy = cos(2 * M_PI * ky * y / GN_FOURIER_PAD);
        const double sy = sin(2 * M_PI * ky * y / GN_FOURIER_PAD);
        for (int x = 0; x < p->bins_x; x++, i++) {
            c[i] = p->mask[i] ? cx[x] * cy - sx[x] * sy : 0;
            s[i] = p->mask[i] ? sx[x] * cy + cx[x] * sy : 0;
        }
    }
}

static double dot(size_t n, const double *a, const double *b) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* Adds a column to the orthonormal basis (modified Gram-Schmidt, twice) unless it depends on it,
 * and takes its share out of the residual. */
static void take_out(size_t bins, const double *column, double *basis, int *count, double *residual) {
    double *new = basis + (size_t)*count *bins;
    memcpy(new, column, bins * sizeof *new);
    const double before = dot(bins, new, new);
    for (int pass = 0; pass < 2; pass++)
        for (int b = 0; b < *count; b++) {
            const double *old = basis + (size_t)b * bins, share = dot(bins, old, new);
            for (size_t i = 0; i < bins; i++)
                new[i] -= share *old[i];
        }
    const double length = dot(bins, new, new);
    if (!(length > 1e-9 * before)) return;
    for (size_t i = 0; i < bins; i++)
        new[i] /= sqrt(length);
    const double share = dot(bins, new, residual);
    for (size_t i = 0; i < bins; i++)
        residual[i] -= share * new[i];
    ++*count;
}

/* residual <- what constant and waves (all but `except`) leave of f, by least squares. */
static void subtract_waves(const gn_fourier_plan *p, gn_fourier_work *w, const double *f, const component *wave,
                           int waves, int except) {
    const size_t bins = (size_t)p->bins_x * (size_t)p->bins_y;
    double *column = w->column, *other = w->column + bins;
    int count = 0;
    memcpy(w->residual, f, bins * sizeof *f);
    for (size_t i = 0; i < bins; i++)
        column[i] = p->mask[i];
    take_out(bins, column, w->basis, &count, w->residual);
    for (int k = 0; k < waves; k++) {
        if (k == except) continue;
        wave_columns(p, wave[k].kx, wave[k].ky, column, other);
        take_out(bins, column, w->basis, &count, w->residual);
        take_out(bins, other, w->basis, &count, w->residual);
    }
}

/* Squares of the residual that a constant and the wave explain. */
static double explained(const gn_fourier_plan *p, gn_fourier_work *w, double kx, double ky) {
    const size_t bins = (size_t)p->bins_x * (size_t)p->bins_y;
    const double n = (double)p->visited, *r = w->residual;
    double *c = w->column, *s = w->column + bins, mc = 0, ms = 0, mr = 0;
    wave_columns(p, kx, ky, c, s);
    for (size_t i = 0; i < bins; i++) {
        mc += c[i] / n;
        ms += s[i] / n;
        mr += r[i] / n;
    }
    const double cc = dot(bins, c, c) - n * mc * mc, ss = dot(bins, s, s) - n * ms * ms;
    const double cs = dot(bins, c, s) - n * mc * ms;
    const double rc = dot(bins, r, c) - n * mr * mc, rs = dot(bins, r, s) - n * mr * ms;
    const double determinant = cc * ss - cs * cs;
    if (!(determinant > 1e-9 * n * n)) return 0;
    return (rc * rc * ss - 2 * rc * rs * cs + rs * rs * cc) / determinant;
}

/* Moves the wave to the nearby frequency that explains most: a pattern search with halved steps,
 * at most half a main lobe away from where it started. */
static void refine(const gn_fourier_plan *p, gn_fourier_work *w, component *wave) {
    static const int step[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    const double x0 = wave->kx, y0 = wave->ky;
    double best = explained(p, w, x0, y0);
    for (double size = 0.5; size > 1e-4; size /= 2)
        for (int k = 0, rest = 4; rest > 0; k = (k + 1) % 4, rest--) {
            const double x = wave->kx + size * step[k][0], y = wave->ky + size * step[k][1];
            if (hypot(x - x0, y - y0) > p->lobe / 2) continue;
            const double value = explained(p, w, x, y);
            if (!(value > best)) continue;
            best = value;
            wave->kx = x;
            wave->ky = y;
            rest = 5; /* four more tries from here; this direction first */
            k = (k + 3) % 4;
        }
}

/* Is (x, y) near a +- b? */
static bool near_combination(const component *a, const component *b, double x, double y, double reach) {
    return hypot(x - a->kx - b->kx, y - a->ky - b->ky) <= reach ||
           hypot(x + a->kx + b->kx, y + a->ky + b->ky) <= reach ||
           hypot(x - a->kx + b->kx, y - a->ky + b->ky) <= reach || hypot(x + a->kx - b->kx, y + a->ky - b->ky) <= reach;
}

/* Does wave k add an axis to those before it? */
static bool adds_axis(const gn_fourier_plan *p, const component *wave, int k) {
    const double x = wave[k].kx, y = wave[k].ky, angle = angle_degrees(x, y);
    for (int i = 0; i < k; i++) {
        const double apart = fabs(angle - angle_degrees(wave[i].kx, wave[i].ky));
        if (fmin(apart, 180 - apart) < SAME_AXIS_DEGREES) return false;
        for (int j = 0; j < i; j++) {
            const double parents = fmax(hypot(wave[i].kx, wave[i].ky), hypot(wave[j].kx, wave[j].ky));
            if (hypot(x, y) > HARMONIC_RATIO * parents && near_combination(&wave[i], &wave[j], x, y, p->lobe))
                return false;
        }
    }
    return true;
}

/* Takes the waves out one by one, the strongest first, down to a share of the first. */
static int find_waves(const gn_fourier_plan *p, gn_fourier_work *w, const double *standard, component *wave) {
    int waves = 0;
    while (waves < WAVES_MAX) {
        const component next = largest_peak(p, w, true, NULL, 0);
        if (!(next.power > (waves ? SHARE_OF_FIRST * wave[0].power : 0))) break;
        wave[waves] = next;
        subtract_waves(p, w, standard, wave, waves, -1);
        refine(p, w, &wave[waves]);
        waves++;
        subtract_waves(p, w, standard, wave, waves, -1);
        spectrum(p, w, w->residual);
    }
    for (int round = 0; round < 2 && waves > 1; round++)
        for (int k = 0; k < waves; k++) { /* each against what the others leave */
            subtract_waves(p, w, standard, wave, waves, k);
            refine(p, w, &wave[k]);
        }
    return waves;
}

/* How many of the waves found stand out of the null. */
static int significant(const gn_fourier *f, const double threshold[GN_FOURIER_SUMS], int found) {
    int each = 0, together = 0;
    for (int k = 0; k < found; k++)
        each += f->wave[k].power > threshold[0];
    for (int m = 1; m <= found && m <= GN_FOURIER_SUMS; m++)
        if (f->sum[m - 1] > threshold[m - 1]) together = m;
    return each > together ? each : together;
}

void gn_fourier_axes(const gn_fourier_plan *p, gn_fourier_work *w, const double *standard,
                     const double threshold[GN_FOURIER_SUMS], gn_fourier *result) {
    component wave[WAVES_MAX];
    int found = 0;
    *result = (gn_fourier){.axes = 0};
    gn_fourier_peaks(p, w, standard, result->sum, &result->trend);
    bool any = false;
    for (int m = 0; m < GN_FOURIER_SUMS; m++)
        any = any || result->sum[m] > threshold[m];
    if (!any || !(result->sum[0] > result->trend)) return;
    const int waves = find_waves(p, w, standard, wave);
    for (int k = 0; k < waves && found < GN_FOURIER_AXES_MAX; k++) {
        if (!adds_axis(p, wave, k) || periods(p, wave[k].kx, wave[k].ky) < SLOWEST) continue;
        result->wave[found++] = (gn_wave){.frequency = hypot(wave[k].kx, wave[k].ky) / (GN_FOURIER_PAD * p->bin_width),
                                          .angle_degrees = angle_degrees(wave[k].kx, wave[k].ky),
                                          .power = wave[k].power};
    }
    result->axes = significant(result, threshold, found);
}

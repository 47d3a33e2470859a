#include "units/score_sac.h"

#include <cblas.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Below this variance (of a map of variance 1) the overlap of a lag is summed directly: the
 * difference n Saa - Sa^2 of sums would lose too many digits. */
static const double SMALL_VARIANCE = 1e-2;
/* Standard deviations below this are rounding: the overlap is constant. */
static const double CONSTANT_SD = 1e-12;

/* Four lags at a time; loads and stores need no alignment. */
typedef double quad __attribute__((vector_size(32), aligned(8), may_alias));
enum { QUAD = 4 };

/* Where two running sums begin whose difference is wanted at every lag. */
typedef struct {
    const double *plus, *minus;
} difference;

/* Sums of the pairs of a row of lags (dy): Sa, Sb, Saa, Sbb and Sab. */
typedef struct {
    double *a, *aa, *ab;
    const double *b, *bb;
} row_sums;

/* Visited bins first..end-1 of a row. */
typedef struct {
    int first, end;
} stretch;

struct gn_sac_plan {
    int bins_x, bins_y;
    bool *visited;       /* (bins_y, bins_x) */
    int *pairs;          /* (sac_y, sac_x) */
    double *count;       /* (bins_y, lags_room) the same for dy >= 0 */
    int *rows;           /* (bins_y + 1) where each row's stretches begin */
    stretch *stretch;    /* (rows[bins_y]) */
    bool rectangle;      /* every row has one stretch, and the same one */
    double *wave_x;      /* (2, bins_x, bins_x): cos, then sin, of 2 pi k x / sac_x, k and x 0 .. bins_x-1 */
    double *wave_y;      /* (2, bins_y, bins_y) likewise */
    int room, lags_room; /* doubles a row of running sums; lags of a row, rounded up to pairs of quads */
    void (*add_up)(int lags, int count, const difference *, double *sum);
    void (*correlate)(int lags, const double *count, const row_sums *, double *r);
};

struct gn_sac_work {
    double *along_x;        /* (bins_y, 2, bins_x) Fourier sums along x */
    double *sum;            /* (2, bins_y, 2, bins_x) and along y */
    double *even, *odd;     /* (bins_y, bins_x) */
    double *product;        /* (bins_y, bins_x) */
    double *square;         /* (bins_y, bins_x) the map's squares */
    double *rising;         /* (bins_y, room) running sums along rows */
    double *zero;           /* (lags_room) */
    double *row[4];         /* (lags_room) Sa, Saa, Sab and r of a row of lags */
    difference *difference; /* (rows[bins_y] + 1) */
    double *ends[4];        /* (bins_y, lags_room) Sa, Sb, Saa, Sbb of lags with dy >= 0; Sa, Saa from the last dx on */
};

double gn_map_standardise(const gn_map *map, double *standard) {
    const size_t bins = gn_map_bins(map);
    const double mean = gn_map_mean(map);
    double squares = 0, largest = 0;
    size_t visited = 0;
    for (size_t i = 0; i < bins; i++) {
        standard[i] = 0;
        if (isnan(map->value[i])) continue;
        standard[i] = map->value[i] - mean;
        squares += standard[i] * standard[i];
        if (fabs(map->value[i]) > largest) largest = fabs(map->value[i]);
        visited++;
    }
    const double sd = visited ? sqrt(squares / (double)visited) : 0;
    if (!(sd > 1e-13 * largest)) {
        memset(standard, 0, bins * sizeof *standard);
        return 0;
    }
    for (size_t i = 0; i < bins; i++)
        standard[i] /= sd;
    return sd;
}

/* ---- the plan ------------------------------------------------------------------------ */

static bool find_stretches(gn_sac_plan *p) {
    const int nx = p->bins_x, ny = p->bins_y;
    p->rows = gn_alloc((unsigned long)ny + 1, sizeof *p->rows);
    p->stretch = gn_alloc((unsigned long)ny * (unsigned long)(nx / 2 + 1), sizeof *p->stretch);
    if (!p->rows || !p->stretch) return false;
    for (int y = 0, count = 0; y < ny; y++) {
        const bool *row = p->visited + y * nx;
        for (int x = 0; x < nx; x++)
            if (row[x]) {
                if (x == 0 || !row[x - 1]) p->stretch[count].first = x;
                if (x + 1 == nx || !row[x + 1]) p->stretch[count++].end = x + 1;
            }
        p->rows[y + 1] = count;
    }
    p->rectangle = p->rows[p->bins_y] == p->bins_y;
    for (int y = 0; y < p->bins_y && p->rectangle; y++)
        p->rectangle =
            p->rows[y] == y && p->stretch[y].first == p->stretch->first && p->stretch[y].end == p->stretch->end;
    return true;
}

/* cos and sin of 2 pi k x / (2 n - 1); k x is reduced first, so that every angle is as exact as the first. */
static double *wave_table(int n) {
    double *table = gn_alloc(2UL * (unsigned long)n * (unsigned long)n, sizeof *table);
    const int period = gn_sac_side(n);
    for (int k = 0; table && k < n; k++)
        for (int x = 0; x < n; x++) {
            const double angle = 2 * M_PI * (k * x % period) / period;
            table[k * n + x] = cos(angle);
            table[(n + k) * n + x] = sin(angle);
        }
    return table;
}

void gn_sac_plan_free(gn_sac_plan *p) {
    if (!p) return;
    free(p->visited);
    free(p->pairs);
    free(p->count);
    free(p->rows);
    free(p->stretch);
    free(p->wave_x);
    free(p->wave_y);
    free(p);
}

const int *gn_sac_pairs(const gn_sac_plan *p) {
    return p->pairs;
}

gn_sac_work *gn_sac_work_new(const gn_sac_plan *p) {
    const unsigned long bins = (unsigned long)p->bins_x * (unsigned long)p->bins_y;
    const unsigned long running = (unsigned long)p->bins_y * (unsigned long)p->room;
    gn_sac_work *w = gn_alloc(1, sizeof *w);
    if (!w) return NULL;
    w->along_x = gn_alloc(2 * bins, sizeof *w->along_x);
    w->sum = gn_alloc(4 * bins, sizeof *w->sum);
    w->even = gn_alloc(bins, sizeof *w->even);
    w->odd = gn_alloc(bins, sizeof *w->odd);
    w->product = gn_alloc(bins, sizeof *w->product);
    w->square = gn_alloc(bins, sizeof *w->square);
    w->difference = gn_alloc((unsigned long)p->rows[p->bins_y] + 1, sizeof *w->difference);
    w->rising = gn_alloc(running, sizeof *w->rising);
    w->zero = gn_alloc((unsigned long)p->lags_room, sizeof *w->zero);
    bool whole =
        w->along_x && w->sum && w->even && w->odd && w->product && w->square && w->difference && w->rising && w->zero;
    for (int i = 0; i < 4; i++) {
        w->ends[i] = gn_alloc((unsigned long)p->bins_y * (unsigned long)p->lags_room, sizeof *w->ends[i]);
        w->row[i] = gn_alloc((unsigned long)p->lags_room, sizeof *w->row[i]);
        whole = whole && w->ends[i] && w->row[i];
    }
    if (whole) return w;
    gn_sac_work_free(w);
    gn_fail(GN_EIO, "out of memory");
    return NULL;
}

void gn_sac_work_free(gn_sac_work *w) {
    if (!w) return;
    free(w->along_x);
    free(w->sum);
    free(w->even);
    free(w->odd);
    free(w->product);
    free(w->square);
    free(w->difference);
    free(w->rising);
    free(w->zero);
    for (int i = 0; i < 4; i++) {
        free(w->ends[i]);
        free(w->row[i]);
    }
    free(w);
}

/* r at one lag in two passes: means first, so that no digits cancel. */
static double pearson_at(const double *a, const bool *visited, int nx, int ny, int dx, int dy) {
    const int x0 = dx < 0 ? -dx : 0, x1 = dx < 0 ? nx : nx - dx;
    const int y0 = dy < 0 ? -dy : 0, y1 = dy < 0 ? ny : ny - dy;
    double n = 0, sa = 0, sb = 0, aa = 0, bb = 0, ab = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) {
            const int i = y * nx + x, j = (y + dy) * nx + x + dx;
            if (!visited[i] || !visited[j]) continue;
            n += 1;
            sa += a[i];
            sb += a[j];
        }
    if (n < GN_SAC_PAIRS_MIN) return NAN;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) {
            const int i = y * nx + x, j = (y + dy) * nx + x + dx;
            if (!visited[i] || !visited[j]) continue;
            const double da = a[i] - sa / n, db = a[j] - sb / n;
            aa += da * da;
            bb += db * db;
            ab += da * db;
        }
    const double floor = n * CONSTANT_SD * CONSTANT_SD;
    return aa > floor && bb > floor ? ab / sqrt(aa * bb) : NAN;
}

void gn_sac_direct(const gn_map *map, double *sac) {
    const int nx = map->bins_x, ny = map->bins_y;
    double *standard = gn_alloc(gn_map_bins(map), sizeof *standard);
    bool *visited = gn_alloc(gn_map_bins(map), sizeof *visited);
    if (standard && visited) {
        gn_map_standardise(map, standard);
        for (size_t i = 0; i < gn_map_bins(map); i++)
            visited[i] = !isnan(map->value[i]);
        for (int dy = 1 - ny; dy < ny; dy++)
            for (int dx = 1 - nx; dx < nx; dx++)
                *sac++ = pearson_at(standard, visited, nx, ny, dx, dy);
    }
    free(standard);
    free(visited);
}

/* ---- sums of products: Fourier --------------------------------------------------------- */

/* c (m, n) = a (m, k) b (k, n), rows of c `pitch` apart; all else without gaps. */
static void multiply(int m, int n, int k, const double *a, const double *b, double *c, int pitch) {
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, k, b, n, 0, c, pitch);
}

/* The power spectrum on the grid of frequencies k / sac, split into a part that is even in both frequencies and one
 * that is odd: with sums cc, cs, sc, ss (cosine or sine along y, then x) the transform at (ky, +-kx) is
 * (cc -+ ss) - i (sc +- cs). Frequencies 0 are met half as often as the others. */
static void power(const gn_sac_plan *p, gn_sac_work *w, const double *map) {
    const int nx = p->bins_x, ny = p->bins_y;
    const double scale = 2.0 / ((double)gn_sac_side(nx) * gn_sac_side(ny));
    multiply(ny, nx, nx, map, p->wave_x, w->along_x, 2 * nx); /* the tables are symmetric */
    multiply(ny, nx, nx, map, p->wave_x + (size_t)nx * (size_t)nx, w->along_x + nx, 2 * nx);
    multiply(2 * ny, 2 * nx, ny, p->wave_y, w->along_x, w->sum, 2 * nx);
    for (int ky = 0, i = 0; ky < ny; ky++) {
        const double *c = w->sum + (size_t)ky * 2 * (size_t)nx, *s = c + (size_t)ny * 2 * (size_t)nx;
        for (int kx = 0; kx < nx; kx++, i++) {
            const double cc = c[kx], cs = c[nx + kx], sc = s[kx], ss = s[nx + kx];
            const double plus = (cc - ss) * (cc - ss) + (sc + cs) * (sc + cs);
            const double minus = (cc + ss) * (cc + ss) + (sc - cs) * (sc - cs);
            w->even[i] = scale * (plus + minus) * (kx ? 1 : 0.5) * (ky ? 1 : 0.5);
            w->odd[i] = scale * (minus - plus);
        }
    }
}

/* even <- Sab at (dy, dx) plus that at (dy, -dx), odd <- minus it, halved; dx, dy >= 0. */
static void products_of_lags(const gn_sac_plan *p, gn_sac_work *w) {
    const int nx = p->bins_x, ny = p->bins_y;
    multiply(ny, nx, ny, p->wave_y, w->even, w->product, nx);
    multiply(ny, nx, nx, w->product, p->wave_x, w->even, nx);
    multiply(ny, nx, ny, p->wave_y + (size_t)ny * (size_t)ny, w->odd, w->product, nx);
    multiply(ny, nx, nx, w->product, p->wave_x + (size_t)nx * (size_t)nx, w->odd, nx);
}

/* Sums of the row of lags dy as correlate() takes them: Sa and Saa are turned around, as they begin at the last dx. */
static row_sums sums_of_row(const gn_sac_plan *p, const gn_sac_work *w, int dy) {
    const int nx = p->bins_x, sx = gn_sac_side(nx);
    const size_t first = (size_t)dy * (size_t)p->lags_room;
    const double *even = w->even + (size_t)dy * (size_t)nx, *odd = w->odd + (size_t)dy * (size_t)nx;
    const row_sums s = {
        .a = w->row[0], .aa = w->row[1], .ab = w->row[2], .b = w->ends[1] + first, .bb = w->ends[3] + first};
    for (int i = 0; i < sx; i++) {
        s.a[i] = w->ends[0][first + (size_t)(sx - 1 - i)];
        s.aa[i] = w->ends[2][first + (size_t)(sx - 1 - i)];
    }
    for (int dx = 0; dx < nx; dx++) {
        s.ab[nx - 1 - dx] = even[dx] - odd[dx];
        s.ab[nx - 1 + dx] = even[dx] + odd[dx];
    }
    return s;
}

/* r[i] = the correlation, for i below the plan's lags_room; nan where it must be summed directly or there are too few
 * pairs. */
__attribute__((always_inline)) static inline void correlate(int lags, const double *count, const row_sums *s,
                                                            double *r) {
    for (int i = 0; i < lags; i += QUAD) {
        const quad n = *(const quad *)(count + i), a = *(const quad *)(s->a + i), b = *(const quad *)(s->b + i);
        const quad va = n * *(const quad *)(s->aa + i) - a * a, vb = n * *(const quad *)(s->bb + i) - b * b;
        const quad small = SMALL_VARIANCE * n * n, product = va * vb;
        quad root;
        for (int k = 0; k < QUAD; k++)
            root[k] = sqrt(product[k]);
        const quad value = (n * *(const quad *)(s->ab + i) - a * b) / root;
        for (int k = 0; k < QUAD; k++)
            r[i + k] = va[k] > small[k] && vb[k] > small[k] && n[k] >= GN_SAC_PAIRS_MIN ? value[k] : NAN;
    }
}

static void correlate_plain(int lags, const double *count, const row_sums *s, double *r) {
    correlate(lags, count, s, r);
}
#if defined(__x86_64__)
__attribute__((target("avx2"))) static void correlate_avx2(int lags, const double *count, const row_sums *s,
                                                           double *r) {
    correlate(lags, count, s, r);
}
#endif

/* ---- sums over one end: running sums ------------------------------------------------------ */

/* rising[nx + x] = sum of the row before x; 0 before the row, and the whole sum beyond it. */
static void run_along(const gn_sac_plan *p, const double *value, double *rising) {
    const int nx = p->bins_x, room = p->room;
    for (int y = 0; y < p->bins_y; y++, value += nx, rising += room) {
        double sum = 0;
        memset(rising, 0, (size_t)nx * sizeof *rising);
        for (int x = 0; x < nx; x++) {
            rising[nx + x] = sum;
            sum += value[x];
        }
        for (int j = 2 * nx; j < room; j++)
            rising[j] = sum;
    }
}

/* sum[i] = the differences' sum, for i below the plan's lags_room. */
__attribute__((always_inline)) static inline void add_up(int lags, int count, const difference *d, double *sum) {
    for (int i = 0; i < lags; i += 2 * QUAD) {
        quad s0 = {0}, s1 = {0};
        for (int k = 0; k < count; k++) {
            s0 += *(const quad *)(d[k].plus + i) - *(const quad *)(d[k].minus + i);
            s1 += *(const quad *)(d[k].plus + i + QUAD) - *(const quad *)(d[k].minus + i + QUAD);
        }
        *(quad *)(sum + i) = s0;
        *(quad *)(sum + i + QUAD) = s1;
    }
}

/* The same sums in the same order, and so the same bits, whatever the width of the vectors. */
static void add_up_plain(int lags, int count, const difference *d, double *sum) {
    add_up(lags, count, d, sum);
}
#if defined(__x86_64__)
__attribute__((target("avx2"))) static void add_up_avx2(int lags, int count, const difference *d, double *sum) {
    add_up(lags, count, d, sum);
}
#endif

/* The sums of one end when the mask is a rectangle: those of dy are those of dy + 1 and one row more. */
static void sum_end_of_rectangle(const gn_sac_plan *p, gn_sac_work *w, int end, double *sum) {
    const int ny = p->bins_y;
    for (int dy = ny - 1; dy >= 0; dy--) {
        double *row = sum + (size_t)dy * (size_t)p->lags_room;
        const double *from = w->rising + (size_t)(end ? dy : ny - 1 - dy) * (size_t)p->room + 1;
        w->difference[0] = (difference){dy < ny - 1 ? row + p->lags_room : w->zero, w->zero};
        w->difference[1] = (difference){from + p->stretch->end, from + p->stretch->first};
        p->add_up(p->lags_room, 2, w->difference, row);
    }
}

/* Sums of `value` over the two ends of lag (dx, dy): first[dy][nx - 1 - dx] and second[dy][nx - 1 + dx]. A pair is
 * (x, y) and (x + dx, y + dy). Since x + dx lies in a stretch of row y + dy, x lies in that stretch moved by -dx;
 * the same holds the other way around. */
static void sum_ends(const gn_sac_plan *p, gn_sac_work *w, const double *value, double *first, double *second) {
    const int ny = p->bins_y;
    run_along(p, value, w->rising);
    for (int end = 0; end < 2 && p->rectangle; end++)
        sum_end_of_rectangle(p, w, end, end ? second : first);
    for (int end = 0; end < 2 && !p->rectangle; end++)
        for (int dy = 0; dy < ny; dy++) {
            int count = 0;
            for (int y = 0; y + dy < ny; y++) {
                const double *from = w->rising + (size_t)(end ? y + dy : y) * (size_t)p->room + 1;
                const int row = end ? y : y + dy;
                for (int k = p->rows[row]; k < p->rows[row + 1]; k++)
                    w->difference[count++] = (difference){from + p->stretch[k].end, from + p->stretch[k].first};
            }
            p->add_up(p->lags_room, count, w->difference, (end ? second : first) + (size_t)dy * (size_t)p->lags_room);
        }
}

/* Pairs: the sums of ones. */
static void count_pairs(gn_sac_plan *p, gn_sac_work *w) {
    const int nx = p->bins_x, ny = p->bins_y, sx = gn_sac_side(nx), sy = gn_sac_side(ny);
    p->pairs = gn_alloc((unsigned long)sx * (unsigned long)sy, sizeof *p->pairs);
    p->count = gn_alloc((unsigned long)ny * (unsigned long)p->lags_room, sizeof *p->count);
    if (!p->pairs || !p->count) return;
    for (int i = 0; i < nx * ny; i++)
        w->square[i] = p->visited[i];
    sum_ends(p, w, w->square, w->ends[0], w->ends[1]);
    for (int dy = 0; dy < ny; dy++)
        for (int i = 0; i < sx; i++) {
            const int at = (dy + ny - 1) * sx + i;
            p->count[dy * p->lags_room + i] = w->ends[1][dy * p->lags_room + i];
            p->pairs[at] = p->pairs[sx * sy - 1 - at] = (int)w->ends[1][dy * p->lags_room + i];
        }
}

gn_sac_plan *gn_sac_plan_new(const gn_map *mask) {
    gn_sac_plan *p = gn_alloc(1, sizeof *p);
    if (!p) return NULL;
    p->bins_x = mask->bins_x;
    p->bins_y = mask->bins_y;
    p->lags_room = (gn_sac_side(mask->bins_x) + 2 * QUAD - 1) / (2 * QUAD) * 2 * QUAD;
    p->room = 3 * mask->bins_x + 2 * QUAD + 2;
    p->add_up = add_up_plain;
    p->correlate = correlate_plain;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2")) {
        p->add_up = add_up_avx2;
        p->correlate = correlate_avx2;
    }
#endif
    p->visited = gn_alloc(gn_map_bins(mask), sizeof *p->visited);
    p->wave_x = wave_table(mask->bins_x);
    p->wave_y = wave_table(mask->bins_y);
    for (size_t i = 0; p->visited && i < gn_map_bins(mask); i++)
        p->visited[i] = !isnan(mask->value[i]);
    if (p->visited && p->wave_x && p->wave_y && find_stretches(p)) {
        gn_sac_work *work = gn_sac_work_new(p);
        if (work) count_pairs(p, work);
        gn_sac_work_free(work);
        if (p->pairs && p->count) return p;
    }
    gn_sac_plan_free(p);
    gn_fail(GN_EIO, "out of memory");
    return NULL;
}

void gn_sac(const gn_sac_plan *p, gn_sac_work *w, const double *standard, double *sac) {
    const int nx = p->bins_x, ny = p->bins_y, sx = gn_sac_side(nx), sy = gn_sac_side(ny);
    for (int i = 0; i < nx * ny; i++)
        w->square[i] = standard[i] * standard[i];
    power(p, w, standard);
    products_of_lags(p, w);
    sum_ends(p, w, standard, w->ends[0], w->ends[1]);
    sum_ends(p, w, w->square, w->ends[2], w->ends[3]);
    for (int dy = 0; dy < ny; dy++) {
        const row_sums sums = sums_of_row(p, w, dy);
        p->correlate(p->lags_room, p->count + (size_t)dy * (size_t)p->lags_room, &sums, w->row[3]);
        for (int i = dy ? 0 : nx - 1; i < sx; i++) {
            const int dx = i - (nx - 1), at = (dy + ny - 1) * sx + i;
            double value = w->row[3][i];
            if (isnan(value) && p->pairs[at] >= GN_SAC_PAIRS_MIN)
                value = pearson_at(standard, p->visited, nx, ny, dx, dy);
            sac[at] = sac[sx * sy - 1 - at] = value;
        }
    }
}

gn_status gn_sac_of_map(const gn_map *map, double *sac) {
    gn_sac_plan *plan = gn_sac_plan_new(map);
    gn_sac_work *work = plan ? gn_sac_work_new(plan) : NULL;
    double *standard = gn_alloc(gn_map_bins(map), sizeof *standard);
    const gn_status status = work && standard ? GN_OK : GN_EIO;
    if (!status) {
        gn_map_standardise(map, standard);
        gn_sac(plan, work, standard, sac);
    }
    free(standard);
    gn_sac_work_free(work);
    gn_sac_plan_free(plan);
    return status;
}

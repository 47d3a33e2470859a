#include "units/score_sac.h"

#include <gsl/gsl_fft_complex.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Below this variance (of a map of variance 1) the overlap of a lag is summed directly: the
 * difference n Saa - Sa^2 of transformed sums would lose too many digits. */
static const double SMALL_VARIANCE = 1e-2;
/* Standard deviations below this are rounding: the overlap is constant. */
static const double CONSTANT_SD = 1e-12;

struct gn_sac_plan {
    int bins_x, bins_y, pad_x, pad_y;
    bool *visited; /* (bins_y, bins_x) */
    int *pairs;    /* (sac_y, sac_x) */
    double *mask;  /* (pad_y, pad_x) complex: transform of the mask */
    gsl_fft_complex_wavetable *wave_x, *wave_y;
};

struct gn_sac_work {
    gsl_fft_complex_workspace *fft_x, *fft_y;
    double *z, *q, *r; /* (pad_y, pad_x) complex */
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

/* Smallest length >= n that the mixed-radix transform does well. */
static int good_length(int n) {
    for (;; n++) {
        int rest = n;
        for (int p = 2; p <= 5; p++)
            while (rest % p == 0)
                rest /= p;
        if (rest == 1) return n;
    }
}

/* In place; rows past `rows` are zero before a forward transform, not wanted after a backward. */
static void forward(const gn_sac_plan *p, gn_sac_work *w, double *z) {
    const size_t nx = (size_t)p->pad_x, ny = (size_t)p->pad_y;
    for (int y = 0; y < p->bins_y; y++)
        gsl_fft_complex_forward(z + 2 * nx * (size_t)y, 1, nx, p->wave_x, w->fft_x);
    for (size_t x = 0; x < nx; x++)
        gsl_fft_complex_forward(z + 2 * x, nx, ny, p->wave_y, w->fft_y);
}

static void backward(const gn_sac_plan *p, gn_sac_work *w, double *z) {
    const size_t nx = (size_t)p->pad_x, ny = (size_t)p->pad_y;
    for (size_t x = 0; x < nx; x++)
        gsl_fft_complex_backward(z + 2 * x, nx, ny, p->wave_y, w->fft_y);
    for (size_t y = 0; y < ny; y++)
        gsl_fft_complex_backward(z + 2 * nx * y, 1, nx, p->wave_x, w->fft_x);
    const double scale = 1 / (double)(nx * ny);
    for (size_t i = 0; i < 2 * nx * ny; i++)
        z[i] *= scale;
}

/* Pairs at each lag, from the transform of the mask: whole numbers, so rounding makes them exact.
 */
static int *count_pairs(const gn_sac_plan *p, gn_sac_work *w) {
    const int nx = p->bins_x, ny = p->bins_y, sx = gn_sac_side(nx), sy = gn_sac_side(ny);
    const size_t padded = (size_t)p->pad_x * (size_t)p->pad_y;
    int *pairs = gn_alloc((unsigned long)sx * (unsigned long)sy, sizeof *pairs);
    if (!pairs) return NULL;
    for (size_t i = 0; i < padded; i++) {
        const double re = p->mask[2 * i], im = p->mask[2 * i + 1];
        w->r[2 * i] = re * re + im * im;
        w->r[2 * i + 1] = 0;
    }
    backward(p, w, w->r);
    for (int dy = 0; dy < ny; dy++)
        for (int dx = 1 - nx; dx < nx; dx++) {
            const int at = (dy + ny - 1) * sx + dx + nx - 1, px = (dx + p->pad_x) % p->pad_x;
            pairs[at] = pairs[sx * sy - 1 - at] = (int)lround(w->r[2 * ((size_t)dy * (size_t)p->pad_x + (size_t)px)]);
        }
    return pairs;
}

gn_sac_plan *gn_sac_plan_new(const gn_map *mask) {
    gn_sac_plan *p = gn_alloc(1, sizeof *p);
    gn_sac_work *work = NULL;
    if (!p) return NULL;
    const int nx = mask->bins_x, ny = mask->bins_y;
    p->bins_x = nx;
    p->bins_y = ny;
    p->pad_x = good_length(gn_sac_side(nx));
    p->pad_y = good_length(gn_sac_side(ny));
    p->wave_x = gsl_fft_complex_wavetable_alloc((size_t)p->pad_x);
    p->wave_y = gsl_fft_complex_wavetable_alloc((size_t)p->pad_y);
    p->visited = gn_alloc(gn_map_bins(mask), sizeof *p->visited);
    p->mask = gn_alloc(2UL * (unsigned long)p->pad_x * (unsigned long)p->pad_y, sizeof *p->mask);
    if (!p->wave_x || !p->wave_y || !p->visited || !p->mask) goto fail;
    for (size_t i = 0; i < gn_map_bins(mask); i++)
        p->visited[i] = !isnan(mask->value[i]);
    work = gn_sac_work_new(p);
    if (!work) goto fail;
    for (int y = 0; y < ny; y++)
        for (int x = 0; x < nx; x++)
            p->mask[2 * ((size_t)y * (size_t)p->pad_x + (size_t)x)] = p->visited[y * nx + x];
    forward(p, work, p->mask);
    p->pairs = count_pairs(p, work);
    if (!p->pairs) goto fail;
    gn_sac_work_free(work);
    return p;
fail:
    gn_sac_work_free(work);
    gn_sac_plan_free(p);
    gn_fail(GN_EIO, "out of memory");
    return NULL;
}

void gn_sac_plan_free(gn_sac_plan *p) {
    if (!p) return;
    if (p->wave_x) gsl_fft_complex_wavetable_free(p->wave_x);
    if (p->wave_y) gsl_fft_complex_wavetable_free(p->wave_y);
    free(p->visited);
    free(p->pairs);
    free(p->mask);
    free(p);
}

const int *gn_sac_pairs(const gn_sac_plan *p) {
    return p->pairs;
}

gn_sac_work *gn_sac_work_new(const gn_sac_plan *p) {
    const unsigned long length = 2UL * (unsigned long)p->pad_x * (unsigned long)p->pad_y;
    gn_sac_work *w = gn_alloc(1, sizeof *w);
    if (!w) return NULL;
    w->fft_x = gsl_fft_complex_workspace_alloc((size_t)p->pad_x);
    w->fft_y = gsl_fft_complex_workspace_alloc((size_t)p->pad_y);
    w->z = gn_alloc(length, sizeof *w->z);
    w->q = gn_alloc(length, sizeof *w->q);
    w->r = gn_alloc(length, sizeof *w->r);
    if (w->fft_x && w->fft_y && w->z && w->q && w->r) return w;
    gn_sac_work_free(w);
    gn_fail(GN_EIO, "out of memory");
    return NULL;
}

void gn_sac_work_free(gn_sac_work *w) {
    if (!w) return;
    if (w->fft_x) gsl_fft_complex_workspace_free(w->fft_x);
    if (w->fft_y) gsl_fft_complex_workspace_free(w->fft_y);
    free(w->z);
    free(w->q);
    free(w->r);
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

/* z <- corr(z, mask) at every lag: sum over x of z(x) mask(x + lag), for both maps at once (they
 * are z's real and imaginary parts; the mask is real, so they do not mix). */
static void overlap_sums(const gn_sac_plan *p, gn_sac_work *w, double *z) {
    const size_t n = (size_t)p->pad_x * (size_t)p->pad_y;
    /* backward(conj) gives the sum at -lag; reading the result mirrored avoids reordering */
    for (size_t i = 0; i < n; i++) {
        const double re = z[2 * i], im = z[2 * i + 1];
        const double mr = p->mask[2 * i], mi = -p->mask[2 * i + 1];
        z[2 * i] = re * mr - im * mi;
        z[2 * i + 1] = re * mi + im * mr;
    }
    backward(p, w, z); /* z[l] = sum of a(x + l) mask(x): the sum at -l */
}

/* r <- |A|^2 + i |B|^2 from the transform of a + i b: A = (Z(k) + conj Z(-k)) / 2, and so on. */
static void power_of_both(const gn_sac_plan *p, const double *z, double *r) {
    const int nx = p->pad_x, ny = p->pad_y;
    for (int y = 0; y < ny; y++)
        for (int x = 0; x < nx; x++) {
            const size_t i = (size_t)y * (size_t)nx + (size_t)x;
            const size_t j = (size_t)((ny - y) % ny) * (size_t)nx + (size_t)((nx - x) % nx);
            const double ar = z[2 * i] + z[2 * j], ai = z[2 * i + 1] - z[2 * j + 1];
            const double br = z[2 * i + 1] + z[2 * j + 1], bi = z[2 * j] - z[2 * i];
            r[2 * i] = (ar * ar + ai * ai) / 4;
            r[2 * i + 1] = (br * br + bi * bi) / 4;
        }
}

/* Sums of map `part` (0 real, 1 imaginary) at lag l: z Sb at l and Sa at -l, q the squares. */
static void fill(const gn_sac_plan *p, const gn_sac_work *w, int part, const double *map, double *sac) {
    const int nx = p->bins_x, ny = p->bins_y, sx = gn_sac_side(nx), sy = gn_sac_side(ny);
    for (int dy = 0; dy < ny; dy++)
        for (int dx = dy ? 1 - nx : 0; dx < nx; dx++) {
            const int at = (dy + ny - 1) * sx + dx + nx - 1, mirror = sx * sy - 1 - at;
            const double n = p->pairs[at];
            double value = NAN;
            if (n >= GN_SAC_PAIRS_MIN) {
                const int px = (dx + p->pad_x) % p->pad_x, mx = (p->pad_x - dx) % p->pad_x;
                const int my = (p->pad_y - dy) % p->pad_y;
                const size_t plus = 2 * ((size_t)dy * (size_t)p->pad_x + (size_t)px);
                const size_t minus = 2 * ((size_t)my * (size_t)p->pad_x + (size_t)mx);
                const double sb = w->z[plus + (size_t)part], sa = w->z[minus + (size_t)part];
                const double bb = w->q[plus + (size_t)part], aa = w->q[minus + (size_t)part];
                const double va = n * aa - sa * sa, vb = n * bb - sb * sb;
                const double small = SMALL_VARIANCE * n * n;
                value = va > small && vb > small ? (n * w->r[plus + (size_t)part] - sa * sb) / sqrt(va * vb)
                                                 : pearson_at(map, p->visited, nx, ny, dx, dy);
            }
            sac[at] = sac[mirror] = value;
        }
}

void gn_sac(const gn_sac_plan *p, gn_sac_work *w, const double *a, const double *b, double *sac_a, double *sac_b) {
    const size_t bytes = 2 * (size_t)p->pad_x * (size_t)p->pad_y * sizeof *w->z;
    memset(w->z, 0, bytes);
    memset(w->q, 0, bytes);
    for (int y = 0; y < p->bins_y; y++)
        for (int x = 0; x < p->bins_x; x++) {
            const size_t to = 2 * ((size_t)y * (size_t)p->pad_x + (size_t)x);
            const int from = y * p->bins_x + x;
            w->z[to] = a[from];
            w->q[to] = a[from] * a[from];
            if (!b) continue;
            w->z[to + 1] = b[from];
            w->q[to + 1] = b[from] * b[from];
        }
    forward(p, w, w->z);
    forward(p, w, w->q);
    power_of_both(p, w->z, w->r);
    overlap_sums(p, w, w->z);
    overlap_sums(p, w, w->q);
    backward(p, w, w->r);
    fill(p, w, 0, a, sac_a);
    if (b) fill(p, w, 1, b, sac_b);
}

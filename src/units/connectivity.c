#include "units/connectivity.h"

#include <cblas.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

/* ---- measures of pairs and units --------------------------------------------------- */

/* c (m, n) = a (m, k) b' (n, k) */
static void products(size_t m, size_t n, size_t k, const double *a, const double *b, double *c) {
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)m, (int)n, (int)k, 1, a, (int)k, b, (int)k, 0, c, (int)n);
}

/* Pearson's sums over the bins visited in both maps, of all pairs at once: with a visited bin 1 in `seen` and others 0,
 * n = seen seen', the sum of a over the bins of b = a seen', and so on. Each map's own mean is taken off first, so that
 * few digits cancel. */
gn_status gn_map_similarity(size_t n, size_t bins, const float *map, double *similarity) {
    const size_t cells = bins * bins, pairs = n * n;
    double *value = gn_alloc(3 * n * cells, sizeof *value), *sums = gn_alloc(4 * pairs, sizeof *sums);
    gn_status status = value && sums ? GN_OK : GN_EIO;
    if (!status) {
        double *square = value + n * cells, *seen = square + n * cells;
        double *count = sums, *sum = count + pairs, *squares = sum + pairs, *both = squares + pairs;
        for (size_t i = 0; i < n; i++) {
            double total = 0, visited = 0;
            for (size_t k = 0; k < cells; k++) {
                seen[i * cells + k] = !isnan(map[i * cells + k]);
                if (isnan(map[i * cells + k])) continue;
                total += (double)map[i * cells + k];
                visited++;
            }
            for (size_t k = 0; k < cells; k++) {
                const double v = isnan(map[i * cells + k]) ? 0 : (double)map[i * cells + k] - total / visited;
                value[i * cells + k] = v;
                square[i * cells + k] = v * v;
            }
        }
        products(n, n, cells, seen, seen, count);
        products(n, n, cells, value, seen, sum);
        products(n, n, cells, square, seen, squares);
        products(n, n, cells, value, value, both);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                const size_t ij = i * n + j, ji = j * n + i;
                const double va = count[ij] * squares[ij] - sum[ij] * sum[ij];
                const double vb = count[ij] * squares[ji] - sum[ji] * sum[ji];
                const bool defined =
                    count[ij] >= 2 && va > 1e-12 * count[ij] * squares[ij] && vb > 1e-12 * count[ij] * squares[ji];
                similarity[ij] = defined ? (count[ij] * both[ij] - sum[ij] * sum[ji]) / sqrt(va * vb) : NAN;
            }
    }
    free(value);
    free(sums);
    return status;
}

/* Averages `factor` x `factor` bins into one, over visited ones, takes the mean off and leaves 0
 * where nothing was visited. coarse is (side, side). */
static void coarsen(size_t bins, size_t factor, size_t side, const float *map, double *coarse) {
    double total = 0, filled = 0;
    for (size_t cy = 0; cy < side; cy++) {
        for (size_t cx = 0; cx < side; cx++) {
            double sum = 0, count = 0;
            for (size_t y = cy * factor; y < (cy + 1) * factor && y < bins; y++) {
                for (size_t x = cx * factor; x < (cx + 1) * factor && x < bins; x++) {
                    if (isnan(map[y * bins + x])) continue;
                    sum += map[y * bins + x];
                    count++;
                }
            }
            coarse[cy * side + cx] = count > 0 ? sum / count : NAN;
            if (count > 0) {
                total += sum / count;
                filled++;
            }
        }
    }
    for (size_t k = 0; k < side * side; k++)
        coarse[k] = isnan(coarse[k]) ? 0 : coarse[k] - total / filled;
}

/* sum over bins of a(r + lag) b(r) */
static double cross_sum(size_t side, const double *a, const double *b, int lag_x, int lag_y) {
    int s = (int)side;
    int x0 = lag_x < 0 ? -lag_x : 0, x1 = lag_x > 0 ? s - lag_x : s;
    int y0 = lag_y < 0 ? -lag_y : 0, y1 = lag_y > 0 ? s - lag_y : s;
    double sum = 0;
    for (int y = y0; y < y1; y++) {
        const double *row_a = a + (y + lag_y) * s + lag_x, *row_b = b + y * s;
        for (int x = x0; x < x1; x++)
            sum += row_a[x] * row_b[x];
    }
    return sum;
}

static double vertex(double before, double at, double after) {
    double bend = before - 2 * at + after;
    return bend < 0 ? 0.5 * (before - after) / bend : 0;
}

/* A lag within a bin, by the parabola through its neighbours. */
static void refine_lag(size_t side, const double *a, const double *b, int x, int y, double best, double lag[2]) {
    lag[0] = x + fmax(-0.5, fmin(0.5, vertex(cross_sum(side, a, b, x - 1, y), best, cross_sum(side, a, b, x + 1, y))));
    lag[1] = y + fmax(-0.5, fmin(0.5, vertex(cross_sum(side, a, b, x, y - 1), best, cross_sum(side, a, b, x, y + 1))));
}

/* The rows of `from` (n, side, side) that overlap at a lag, without gaps: (n, cells); returns cells. */
static size_t overlap(size_t n, size_t side, const double *from, int lag_x, int lag_y, double *to) {
    const size_t wide = side - (size_t)abs(lag_x), tall = side - (size_t)abs(lag_y);
    const size_t x0 = lag_x > 0 ? (size_t)lag_x : 0, y0 = lag_y > 0 ? (size_t)lag_y : 0;
    for (size_t i = 0; i < n; i++)
        for (size_t y = 0; y < tall; y++, to += wide)
            memcpy(to, from + (i * side + y + y0) * side + x0, wide * sizeof *to);
    return wide * tall;
}

/* The sums of cross_sum() of all pairs at one lag are one matrix product. */
gn_status gn_map_offset(size_t n, size_t bins, const float *map, double *offset) {
    enum { COARSE = 24 };
    size_t factor = (bins + COARSE - 1) / COARSE, side = (bins + factor - 1) / factor;
    size_t cells = side * side;
    const int reach = (int)side / 2;
    double *coarse = gn_alloc(3 * n * cells, sizeof *coarse), *moved = coarse + n * cells, *still = moved + n * cells;
    double *sum = gn_alloc(2 * n * n, sizeof *sum), *best = sum + n * n;
    gn_status status = coarse && sum ? GN_OK : GN_EIO;
    for (size_t i = 0; i < n && !status; i++)
        coarsen(bins, factor, side, map + i * bins * bins, coarse + i * cells);
    for (int y = -reach; y <= reach && !status; y++)
        for (int x = -reach; x <= reach; x++) {
            if (x * x + y * y > reach * reach) continue;
            const size_t both = overlap(n, side, coarse, x, y, moved);
            overlap(n, side, coarse, -x, -y, still);
            products(n, n, both, moved, still, sum);
            for (size_t k = 0; k < n * n; k++) {
                if (!(sum[k] > best[k]) && !(x == 0 && y == -reach)) continue; /* the first lag */
                best[k] = sum[k];
                offset[2 * k] = x;
                offset[2 * k + 1] = y;
            }
        }
    for (size_t i = 0; i < n && !status; i++) {
        offset[2 * (i * n + i)] = offset[2 * (i * n + i) + 1] = 0;
        for (size_t j = 0; j < i; j++) {
            double *to = offset + 2 * (i * n + j), *mirror = offset + 2 * (j * n + i), lag[2];
            refine_lag(side, coarse + i * cells, coarse + j * cells, (int)to[0], (int)to[1], best[i * n + j], lag);
            for (int k = 0; k < 2; k++) {
                to[k] = lag[k] * (double)factor;
                mirror[k] = -to[k];
            }
        }
    }
    free(coarse);
    free(sum);
    return status;
}

/* Normal equations of map = a + bx x + by y over visited bins, centred. */
void gn_map_direction(size_t bins, const float *map, double *direction, double *share) {
    double n = 0, mx = 0, my = 0, mv = 0;
    for (size_t k = 0; k < bins * bins; k++) {
        if (isnan(map[k])) continue;
        n++;
        size_t column = k % bins, row = k / bins;
        mx += (double)column;
        my += (double)row;
        mv += map[k];
    }
    double xx = 0, yy = 0, xy = 0, xv = 0, yv = 0, vv = 0;
    for (size_t k = 0; k < bins * bins; k++) {
        if (isnan(map[k])) continue;
        size_t column = k % bins, row = k / bins;
        double x = (double)column - mx / n, y = (double)row - my / n;
        double v = map[k] - mv / n;
        xx += x * x, yy += y * y, xy += x * y, xv += x * v, yv += y * v, vv += v * v;
    }
    double determinant = xx * yy - xy * xy;
    *direction = *share = NAN;
    if (!(determinant > 0 && vv > 0)) return;
    double bx = (xv * yy - yv * xy) / determinant, by = (yv * xx - xv * xy) / determinant;
    double turns = atan2(by, bx) / (2 * M_PI);
    *direction = turns < 0 ? turns + 1 : turns;
    *share = (bx * xv + by * yv) / vv;
}

/* ---- bins -------------------------------------------------------------------------- */

/* The bin of `value` in [low, high] cut into `bins`; -1 outside or for nan. */
static int cut(double value, double low, double high, int bins) {
    if (!(value >= low && value <= high)) return -1;
    int k = (int)((value - low) / (high - low) * bins);
    return k < bins ? k : bins - 1;
}

void gn_similarity_bins(size_t n, const double *similarity, int *bin) {
    for (size_t k = 0; k < n * n; k++) /* rounding may leave 1 + 1e-16 */
        bin[k] = isnan(similarity[k]) ? -1 : cut(fmax(-1, fmin(1, similarity[k])), -1, 1, GN_SIMILARITY_BINS);
}

void gn_direction_bins(size_t n, const double *direction, int *bin) {
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            double turn = direction[i] - direction[j];
            turn -= round(turn);
            bin[i * n + j] = cut(turn, -0.5, 0.5, GN_PAIR_DIRECTION_BINS);
        }
    }
}

/* A peak may lie half a bin beyond the last lag. */
static double within(double value, double reach) {
    return fmax(-reach, fmin(reach, value));
}

void gn_distance_bins(size_t n, const double *offset, double reach, int *bin) {
    for (size_t k = 0; k < n * n; k++)
        bin[k] = cut(fmin(hypot(offset[2 * k], offset[2 * k + 1]), reach), 0, reach, GN_DISTANCE_BINS);
}

void gn_offset_bins(size_t n, const double *offset, double reach, int *bin) {
    for (size_t k = 0; k < n * n; k++) {
        int x = cut(within(offset[2 * k], reach), -reach, reach, GN_OFFSET_SIDE);
        int y = cut(within(offset[2 * k + 1], reach), -reach, reach, GN_OFFSET_SIDE);
        bin[k] = x < 0 || y < 0 ? -1 : y * GN_OFFSET_SIDE + x;
    }
}

/* ---- the profile -------------------------------------------------------------------- */

/* Sums of the weights by bin, with the maps of unit i given to unit label[i]. */
static void bin_sums(size_t n, const double *weight, const int *bin, const size_t *label, int bins, double *sum,
                     size_t *count) {
    memset(sum, 0, (size_t)bins * sizeof *sum);
    memset(count, 0, (size_t)bins * sizeof *count);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            int k = i == j ? -1 : bin[label[i] * n + label[j]];
            if (k < 0) continue;
            sum[k] += weight[i * n + j];
            count[k]++;
        }
    }
}

/* Share of the variance between bins (the correlation ratio). The pairs without a bin differ from
 * shuffle to shuffle, so the total is taken over the pairs at hand. */
static double explained_share(size_t n, const double *weight, const int *bin, const size_t *label, int bins,
                              const double *sum, const size_t *count) {
    double all = 0, pairs = 0, between = 0, total = 0;
    for (int k = 0; k < bins; k++) {
        all += sum[k];
        pairs += (double)count[k];
    }
    double mean = all / pairs;
    for (int k = 0; k < bins; k++) {
        if (count[k] == 0) continue;
        double deviation = sum[k] / (double)count[k] - mean;
        between += (double)count[k] * deviation * deviation;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            if (i == j || bin[label[i] * n + label[j]] < 0) continue;
            double deviation = weight[i * n + j] - mean;
            total += deviation * deviation;
        }
    }
    return total > 0 ? between / total : NAN;
}

static void observed(size_t n, const double *weight, const int *bin, const size_t *label, double *sum,
                     gn_profile *profile) {
    bin_sums(n, weight, bin, label, profile->bins, sum, profile->count);
    profile->explained = explained_share(n, weight, bin, label, profile->bins, sum, profile->count);
    profile->pairs = 0;
    for (int k = 0; k < profile->bins; k++) {
        profile->pairs += profile->count[k];
        profile->mean[k] = profile->count[k] > 0 ? sum[k] / (double)profile->count[k] : NAN;
        profile->sd[k] = 0;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            int k = i == j ? -1 : bin[i * n + j];
            if (k >= 0) profile->sd[k] += pow(weight[i * n + j] - profile->mean[k], 2);
        }
    }
    for (int k = 0; k < profile->bins; k++)
        profile->sd[k] = profile->count[k] > 1 ? sqrt(profile->sd[k] / (double)(profile->count[k] - 1)) : NAN;
}

/* Percentiles of the bin means over the shuffles; `means` is (bins, shuffles). A bin that no
 * shuffle filled has none. */
static void null_band(int shuffles, double *means, gn_profile *profile) {
    for (int k = 0; k < profile->bins; k++) {
        double *row = means + (size_t)k * (size_t)shuffles;
        size_t filled = 0;
        for (int s = 0; s < shuffles; s++)
            if (!isnan(row[s])) row[filled++] = row[s];
        gsl_sort(row, 1, filled);
        int any = filled > 0;
        profile->null_low[k] = any ? gsl_stats_quantile_from_sorted_data(row, 1, filled, 0.025) : NAN;
        profile->null_high[k] = any ? gsl_stats_quantile_from_sorted_data(row, 1, filled, 0.975) : NAN;
    }
}

static void shuffle_labels(size_t n, gn_stream *stream, size_t *label) {
    for (size_t i = n; i > 1; i--) {
        size_t other = gn_stream_below(stream, (uint32_t)i), kept = label[i - 1];
        label[i - 1] = label[other];
        label[other] = kept;
    }
}

static gn_status profile_alloc(int bins, gn_profile *profile) {
    size_t n = (size_t)bins;
    profile->bins = bins;
    profile->mean = gn_alloc(n, sizeof(double));
    profile->sd = gn_alloc(n, sizeof(double));
    profile->null_low = gn_alloc(n, sizeof(double));
    profile->null_high = gn_alloc(n, sizeof(double));
    profile->count = gn_alloc(n, sizeof(size_t));
    return profile->mean && profile->sd && profile->null_low && profile->null_high && profile->count ? GN_OK : GN_EIO;
}

void gn_profile_free(gn_profile *profile) {
    free(profile->mean);
    free(profile->sd);
    free(profile->null_low);
    free(profile->null_high);
    free(profile->count);
    *profile = (gn_profile){0};
}

gn_status gn_weight_profile(size_t n, const double *weight, int bins, const int *bin, int shuffles, uint64_t seed,
                            uint32_t stream_number, gn_profile *profile) {
    *profile = (gn_profile){0};
    size_t b = (size_t)bins, m = (size_t)shuffles;
    double *sum = gn_alloc(b, sizeof *sum), *share = gn_alloc(m, sizeof *share);
    double *means = gn_alloc(b * m, sizeof *means);
    size_t *label = gn_alloc(n, sizeof *label), *count = gn_alloc(b, sizeof *count);
    gn_status status = GN_EIO;
    if (!sum || !share || !means || !label || !count) goto done;
    status = profile_alloc(bins, profile);
    if (status) goto done;

    for (size_t i = 0; i < n; i++)
        label[i] = i;
    observed(n, weight, bin, label, sum, profile);
    if (profile->pairs == 0 || isnan(profile->explained)) {
        status = gn_fail(GN_EFILE, "connectivity: %s",
                         profile->pairs == 0 ? "no pair of units has comparable maps" : "all weights are equal");
        goto done;
    }
    int reached = 0;
    for (int s = 0; s < shuffles; s++) {
        gn_stream stream = gn_stream_open(seed, GN_PURPOSE_SHUFFLE, stream_number, (uint32_t)s);
        shuffle_labels(n, &stream, label);
        bin_sums(n, weight, bin, label, bins, sum, count);
        share[s] = explained_share(n, weight, bin, label, bins, sum, count);
        if (share[s] >= profile->explained) reached++;
        for (size_t k = 0; k < b; k++)
            means[k * m + (size_t)s] = count[k] > 0 ? sum[k] / (double)count[k] : NAN;
    }
    gsl_sort(share, 1, m);
    profile->null_p95 = gsl_stats_quantile_from_sorted_data(share, 1, m, 0.95);
    profile->null_p99 = gsl_stats_quantile_from_sorted_data(share, 1, m, 0.99);
    profile->p = (1.0 + reached) / (1.0 + shuffles);
    null_band(shuffles, means, profile);
done:
    free(count);
    free(label);
    free(means);
    free(share);
    free(sum);
    return status;
}

/* ---- spectrum ----------------------------------------------------------------------- */

static int by_falling_real_part(const void *a, const void *b) {
    const double *p = a, *q = b;
    if (p[0] != q[0]) return p[0] < q[0] ? 1 : -1;
    return p[1] < q[1] ? 1 : p[1] > q[1] ? -1 : 0;
}

/* LAPACK: eigenvalues wr + i wi of a general matrix, which it destroys; columns first, which for eigenvalues is one. */
extern void dgeev_(const char *left, const char *right, const int *n, double *a, const int *pitch, double *wr,
                   double *wi, double *vl, const int *vl_pitch, double *vr, const int *vr_pitch, double *work,
                   const int *room, int *info);

gn_status gn_spectrum(size_t n, const double *matrix, double *eigenvalue) {
    const int size = (int)n, one = 1, room = 8 * size;
    double *copy = gn_alloc(n * n, sizeof *copy), *part = gn_alloc(2 * n, sizeof *part);
    double *work = gn_alloc((size_t)room, sizeof *work), none[1];
    gn_status status = copy && part && work ? GN_OK : GN_EIO;
    if (!status) {
        int info = 0;
        memcpy(copy, matrix, n * n * sizeof *copy);
        dgeev_("N", "N", &size, copy, &size, part, part + n, none, &one, none, &one, work, &room, &info);
        if (info) status = gn_fail(GN_ENUM, "connectivity: the eigenvalues did not converge");
    }
    for (size_t i = 0; i < n && !status; i++) {
        eigenvalue[2 * i] = part[i];
        eigenvalue[2 * i + 1] = part[n + i];
    }
    if (!status) qsort(eigenvalue, n, 2 * sizeof *eigenvalue, by_falling_real_part);
    free(copy);
    free(part);
    free(work);
    return status;
}

#include "units/map.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t gn_map_visited(const gn_map *map) {
    size_t visited = 0;
    for (size_t i = 0; i < gn_map_bins(map); i++)
        visited += !isnan(map->value[i]);
    return visited;
}

double gn_map_mean(const gn_map *map) {
    double sum = 0;
    for (size_t i = 0; i < gn_map_bins(map); i++)
        if (!isnan(map->value[i])) sum += map->value[i];
    return sum / (double)gn_map_visited(map);
}

double gn_map_wavelength(const gn_map *map) {
    const double *u = map->value, mean = gn_map_mean(map);
    double square = 0, slope = 0, pairs = 0;
    for (int y = 0; y < map->bins_y; y++)
        for (int x = 0; x < map->bins_x; x++) {
            const size_t i = (size_t)y * (size_t)map->bins_x + (size_t)x, above = i + (size_t)map->bins_x;
            if (isnan(u[i])) continue;
            square += (u[i] - mean) * (u[i] - mean);
            if (x + 1 < map->bins_x && !isnan(u[i + 1])) {
                slope += (u[i + 1] - u[i]) * (u[i + 1] - u[i]);
                pairs++;
            }
            if (y + 1 < map->bins_y && !isnan(u[above])) {
                slope += (u[above] - u[i]) * (u[above] - u[i]);
                pairs++;
            }
        }
    if (!(slope > 0)) return NAN;
    /* Pairs along x and along y together hold half the mean squared slope. */
    return map->bin_width * 2 * M_PI * sqrt(square / (double)gn_map_visited(map) / (2 * slope / pairs));
}

static void multiply(int m, int n, int k, const double *a, const double *b, double *c) {
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, k, b, n, 0, c, n);
}

/* Along y, then along x: the Gaussian is separable. Bins beyond the map lend nothing. */
void gn_smoother_convolve(const gn_smoother *s, const double *sums, double *scratch, double *convolved) {
    multiply(s->bins_y, s->bins_x, s->bins_y, s->along_y, sums, scratch);
    multiply(s->bins_y, s->bins_x, s->bins_x, scratch, s->along_x, convolved);
}

/* Weights by distance in bins, symmetric; the quotient does not depend on their scale. */
static double *gaussian(int bins, double sd) {
    const int radius = (int)ceil(4 * sd);
    double *weight = gn_alloc((unsigned long)bins * (unsigned long)bins, sizeof *weight);
    for (int i = 0; weight && i < bins; i++)
        for (int j = i; j < bins && j - i <= radius; j++)
            weight[i * bins + j] = weight[j * bins + i] = i == j ? 1 : exp(-0.5 * ((j - i) / sd) * ((j - i) / sd));
    return weight;
}

gn_status gn_smoother_new(const gn_map *map, const double *occupancy, double sd, gn_smoother *s) {
    const size_t bins = gn_map_bins(map);
    gn_status status = GN_EIO;
    double *scratch = NULL;
    *s = (gn_smoother){.bins_x = map->bins_x, .bins_y = map->bins_y};
    if (!(sd >= 0 && sd <= GN_MAP_BINS_MAX))
        return gn_fail(GN_EUSAGE, "smoothing: %g bins, accepted 0 to %d", sd, (int)GN_MAP_BINS_MAX);
    s->along_x = gaussian(map->bins_x, sd);
    s->along_y = gaussian(map->bins_y, sd);
    s->inverse = gn_alloc(bins, sizeof *s->inverse);
    s->weight = gn_alloc(bins, sizeof *s->weight);
    scratch = gn_alloc(bins, sizeof *scratch);
    if (!s->along_x || !s->along_y || !s->inverse || !s->weight || !scratch) goto done;
    for (size_t i = 0; i < bins; i++)
        s->weight[i] = isnan(map->value[i]) ? 0 : occupancy ? occupancy[i] : 1;
    gn_smoother_convolve(s, s->weight, scratch, s->inverse);
    for (size_t i = 0; i < bins; i++)
        s->inverse[i] = isnan(map->value[i]) || s->inverse[i] <= 0 ? NAN : 1 / s->inverse[i];
    status = GN_OK;
done:
    free(scratch);
    if (status) gn_smoother_free(s);
    return status;
}

void gn_smoother_free(gn_smoother *s) {
    free(s->along_x);
    free(s->along_y);
    free(s->inverse);
    free(s->weight);
    *s = (gn_smoother){0};
}

void gn_smoother_apply(const gn_smoother *s, const double *sums, double *scratch, double *smoothed) {
    const size_t bins = (size_t)s->bins_x * (size_t)s->bins_y;
    gn_smoother_convolve(s, sums, scratch, smoothed);
    for (size_t i = 0; i < bins; i++)
        smoothed[i] *= s->inverse[i];
}

gn_status gn_map_smooth(const gn_map *map, const double *occupancy, double sd, double *smoothed) {
    const size_t bins = gn_map_bins(map);
    gn_smoother smoother = {0};
    double *sums = gn_alloc(2 * bins, sizeof *sums);
    if (!sums) return GN_EIO;
    gn_status status = gn_smoother_new(map, occupancy, sd, &smoother);
    if (!status) {
        for (size_t i = 0; i < bins; i++)
            sums[i] = smoother.weight[i] > 0 ? smoother.weight[i] * map->value[i] : 0;
        gn_smoother_apply(&smoother, sums, sums + bins, smoothed);
    }
    gn_smoother_free(&smoother);
    free(sums);
    return status;
}

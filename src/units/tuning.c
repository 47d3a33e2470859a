#include "units/tuning.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

gn_grid gn_grid_make(const gn_arena *arena, int bins) {
    double width = arena->max[0] - arena->min[0], height = arena->max[1] - arena->min[1];
    double side = fmax(width, height);
    return (gn_grid){.bins = bins,
                     .bin_width = side / bins,
                     .x_min = 0.5 * (arena->min[0] + arena->max[0] - side),
                     .y_min = 0.5 * (arena->min[1] + arena->max[1] - side)};
}

static int clamp_bin(double bin, int bins) {
    if (!(bin >= 0)) return 0;
    return bin < bins ? (int)bin : bins - 1;
}

size_t gn_grid_bin(const gn_grid *grid, double x, double y) {
    int ix = clamp_bin((x - grid->x_min) / grid->bin_width, grid->bins);
    int iy = clamp_bin((y - grid->y_min) / grid->bin_width, grid->bins);
    return (size_t)iy * (size_t)grid->bins + (size_t)ix;
}

static size_t map_bins(const gn_tuning *t) {
    return (size_t)t->grid.bins * (size_t)t->grid.bins;
}

gn_status gn_tuning_new(int units, gn_grid grid, double top_speed, gn_tuning *t) {
    *t = (gn_tuning){.units = units, .grid = grid, .top_speed = top_speed};
    size_t n = (size_t)units, bins = map_bins(t);
    t->map = gn_alloc(GN_MAP_HALVES * bins * n, sizeof *t->map);
    t->map_count = gn_alloc(GN_MAP_HALVES * bins, sizeof *t->map_count);
    t->direction = gn_alloc(GN_DIRECTION_BINS * n, sizeof *t->direction);
    t->speed = gn_alloc(GN_SPEED_BINS * n, sizeof *t->speed);
    if (t->map && t->map_count && t->direction && t->speed) return GN_OK;
    gn_tuning_free(t);
    return GN_EIO;
}

void gn_tuning_free(gn_tuning *t) {
    free(t->map);
    free(t->map_count);
    free(t->direction);
    free(t->speed);
    *t = (gn_tuning){0};
}

void gn_tuning_clear(gn_tuning *t) {
    size_t n = (size_t)t->units, bins = map_bins(t);
    memset(t->map, 0, GN_MAP_HALVES * bins * n * sizeof *t->map);
    memset(t->map_count, 0, GN_MAP_HALVES * bins * sizeof *t->map_count);
    memset(t->direction, 0, GN_DIRECTION_BINS * n * sizeof *t->direction);
    memset(t->speed, 0, GN_SPEED_BINS * n * sizeof *t->speed);
    memset(t->direction_count, 0, sizeof t->direction_count);
    memset(t->speed_count, 0, sizeof t->speed_count);
}

static void add_rates(double *sum, const float *rate, size_t stride, int units) {
    for (int i = 0; i < units; i++)
        sum[i] += rate[(size_t)i * stride];
}

static int speed_bin(const gn_tuning *t, float speed) {
    const int moving = GN_SPEED_BINS - 1;
    return speed > 0 ? 1 + clamp_bin(speed / t->top_speed * moving, moving) : 0;
}

void gn_tuning_add(gn_tuning *t, int half, const float *position, float direction, float speed, const float *rate,
                   size_t stride) {
    size_t n = (size_t)t->units;
    size_t bin = (size_t)half * map_bins(t) + gn_grid_bin(&t->grid, position[0], position[1]);
    add_rates(t->map + bin * n, rate, stride, t->units);
    t->map_count[bin]++;
    size_t fast = (size_t)speed_bin(t, speed);
    add_rates(t->speed + fast * n, rate, stride, t->units);
    t->speed_count[fast]++;
    if (speed > 0) {
        size_t toward = (size_t)clamp_bin(direction * GN_DIRECTION_BINS, GN_DIRECTION_BINS);
        add_rates(t->direction + toward * n, rate, stride, t->units);
        t->direction_count[toward]++;
    }
}

static void merge_sums(double *into, const double *from, size_t n) {
    for (size_t i = 0; i < n; i++)
        into[i] += from[i];
}

static void merge_counts(uint64_t *into, const uint64_t *from, size_t n) {
    for (size_t i = 0; i < n; i++)
        into[i] += from[i];
}

void gn_tuning_merge(gn_tuning *into, const gn_tuning *from) {
    size_t n = (size_t)into->units, bins = GN_MAP_HALVES * map_bins(into);
    merge_sums(into->map, from->map, bins * n);
    merge_sums(into->direction, from->direction, GN_DIRECTION_BINS * n);
    merge_sums(into->speed, from->speed, GN_SPEED_BINS * n);
    merge_counts(into->map_count, from->map_count, bins);
    merge_counts(into->direction_count, from->direction_count, GN_DIRECTION_BINS);
    merge_counts(into->speed_count, from->speed_count, GN_SPEED_BINS);
}

/* Means from sums (bins, units), transposed to (units, bins). */
static void means(const double *sum, const uint64_t *count, size_t bins, size_t units, float *mean) {
    for (size_t i = 0; i < units; i++)
        for (size_t b = 0; b < bins; b++)
            mean[i * bins + b] = count[b] ? (float)(sum[b * units + i] / (double)count[b]) : NAN;
}

void gn_tuning_rate_map(const gn_tuning *t, float *map) {
    size_t n = (size_t)t->units, bins = map_bins(t);
    for (size_t b = 0; b < bins; b++) {
        const double *even = t->map + b * n, *odd = t->map + (bins + b) * n;
        uint64_t count = t->map_count[b] + t->map_count[bins + b];
        for (size_t i = 0; i < n; i++)
            map[i * bins + b] = count ? (float)((even[i] + odd[i]) / (double)count) : NAN;
    }
}

void gn_tuning_rate_map_half(const gn_tuning *t, float *map) {
    size_t n = (size_t)t->units, bins = map_bins(t);
    for (size_t h = 0; h < GN_MAP_HALVES; h++)
        means(t->map + h * bins * n, t->map_count + h * bins, bins, n, map + h * n * bins);
}

void gn_tuning_occupancy(const gn_tuning *t, uint32_t *steps) {
    size_t bins = map_bins(t);
    for (size_t b = 0; b < bins; b++) {
        uint64_t count = t->map_count[b] + t->map_count[bins + b];
        steps[b] = count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
    }
}

void gn_tuning_direction(const gn_tuning *t, float *curve) {
    means(t->direction, t->direction_count, GN_DIRECTION_BINS, (size_t)t->units, curve);
}

void gn_tuning_speed(const gn_tuning *t, float *curve) {
    means(t->speed, t->speed_count, GN_SPEED_BINS, (size_t)t->units, curve);
}

void gn_tuning_centres(const gn_tuning *t, float *direction, float *speed) {
    for (int b = 0; b < GN_DIRECTION_BINS; b++)
        direction[b] = (float)((b + 0.5) / GN_DIRECTION_BINS);
    speed[0] = 0;
    for (int b = 1; b < GN_SPEED_BINS; b++)
        speed[b] = (float)((b - 0.5) * t->top_speed / (GN_SPEED_BINS - 1));
}

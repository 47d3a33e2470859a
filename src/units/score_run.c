#include "units/score_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "units/score_shape.h"
#include "walk/walk_keys.h"

/* Refuses samples that no program of the chain writes: they would be counted in bins that are none, or make every score
 * undefined. */
static gn_status check_samples(const char *path, const gn_recorded *r) {
    const gn_arena *arena = &r->walk.arena;
    for (size_t t = 0; t < r->samples; t++) {
        const double x = (double)r->position[2 * t], y = (double)r->position[2 * t + 1];
        if (!(isfinite(x) && isfinite(y) && gn_arena_inside(arena, x, y)))
            return gn_fail(GN_EFILE, "%s: position of sample %zu: (%g, %g), expected inside the %s", path, t, x, y,
                           gn_arena_name(arena->shape));
        if (!(r->speed[t] >= 0 && isfinite(r->speed[t])))
            return gn_fail(GN_EFILE, "%s: speed of sample %zu: %g, expected 0 or more", path, t, (double)r->speed[t]);
    }
    for (size_t i = 0; i < r->units * r->samples; i++)
        if (!isfinite(r->rate[i]))
            return gn_fail(GN_EFILE, "%s: rate of unit %zu, sample %zu: %g, expected a finite number", path,
                           i / r->samples, i % r->samples, (double)r->rate[i]);
    return GN_OK;
}

gn_status gn_recorded_read(const char *path, gn_recorded *r) {
    size_t rate[2] = {0}, place[2] = {0, 2};
    int64_t bins = 0;
    *r = (gn_recorded){0};
    gn_status status = gn_file_read(path, "run", &r->file);
    if (!status) status = gn_walk_from_file(r->file, &r->walk);
    if (!status) status = gn_file_get_int(r->file, "bins", 1, GN_SHAPE_BINS_MAX, &bins);
    if (!status) status = gn_file_get_real(r->file, "bin_width", 1e-9, 1e9, &r->grid.bin_width);
    if (!status) status = gn_file_get_real(r->file, "x_min", -1e9, 1e9, &r->grid.x_min);
    if (!status) status = gn_file_get_real(r->file, "y_min", -1e9, 1e9, &r->grid.y_min);
    if (!status) status = gn_file_floats(r->file, "rate", 2, rate, &r->rate);
    place[0] = rate[1];
    if (!status) status = gn_file_floats(r->file, "position", 2, place, &r->position);
    if (!status) status = gn_file_floats(r->file, "speed", 1, place, &r->speed);
    r->grid.bins = (int)bins;
    r->units = rate[0];
    r->samples = rate[1];
    if (!status && (r->samples < GN_RECORDED_FEWEST || r->samples > UINT32_MAX))
        status =
            gn_fail(GN_EFILE, "%s: %zu samples, accepted %d to %u", path, r->samples, GN_RECORDED_FEWEST, UINT32_MAX);
    if (!status) status = check_samples(path, r);
    if (status) gn_recorded_free(r);
    return status;
}

void gn_recorded_free(gn_recorded *r) {
    gn_file_free(r->file);
    *r = (gn_recorded){0};
}

/* A stay ends when the bin changes. One also ends in the middle of the run, because the maps of its halves are
 * compared. */
static void cut_stays(const gn_grid *grid, const float *position, gn_run_maps *r) {
    const size_t middle = r->samples / 2;
    for (size_t t = 0; t < r->samples; t++) {
        const uint32_t bin = (uint32_t)gn_grid_bin(grid, (double)position[2 * t], (double)position[2 * t + 1]);
        r->occupancy[bin] += 1;
        if (t == middle) r->half_stays = r->stays;
        if (t > 0 && t != middle && bin == r->bin[r->stays - 1]) continue;
        r->begin[r->stays] = t;
        r->bin[r->stays++] = bin;
    }
    r->begin[r->stays] = r->samples;
}

static gn_status make_smoothers(gn_run_maps *r, double smoothing) {
    const size_t bins = gn_map_bins(&r->map);
    gn_map half = r->map;
    double *count = gn_alloc(2 * bins, sizeof *count);
    if (!count) return GN_EIO;
    double *mask = count + bins;
    half.value = mask;
    gn_status status = gn_smoother_new(&r->map, r->occupancy, smoothing, &r->whole);
    for (int h = 0; h < 2 && !status; h++) {
        memset(count, 0, bins * sizeof *count);
        for (size_t i = h ? r->half_stays : 0; i < (h ? r->stays : r->half_stays); i++)
            count[r->bin[i]] += (double)(r->begin[i + 1] - r->begin[i]);
        for (size_t i = 0; i < bins; i++)
            mask[i] = count[i] > 0 ? 0 : NAN;
        status = gn_smoother_new(&half, count, smoothing, &r->half[h]);
    }
    free(count);
    return status;
}

gn_status gn_run_maps_new(const gn_grid *grid, size_t samples, const float *position, double smoothing,
                          gn_run_maps *r) {
    const size_t bins = (size_t)grid->bins * (size_t)grid->bins;
    *r = (gn_run_maps){.samples = samples};
    r->mask = gn_alloc(bins, sizeof *r->mask);
    r->occupancy = gn_alloc(bins, sizeof *r->occupancy);
    r->begin = gn_alloc(samples + 1, sizeof *r->begin);
    r->bin = gn_alloc(samples, sizeof *r->bin);
    gn_status status = r->mask && r->occupancy && r->begin && r->bin ? GN_OK : GN_EIO;
    if (!status) {
        r->map = (gn_map){grid->bins, grid->bins, grid->bin_width, grid->x_min, grid->y_min, r->mask};
        cut_stays(grid, position, r);
        for (size_t i = 0; i < bins; i++)
            r->mask[i] = r->occupancy[i] > 0 ? 0 : NAN;
        status = make_smoothers(r, smoothing);
    }
    if (status) gn_run_maps_free(r);
    return status;
}

void gn_run_maps_free(gn_run_maps *r) {
    free(r->mask);
    free(r->occupancy);
    free(r->begin);
    free(r->bin);
    gn_smoother_free(&r->whole);
    gn_smoother_free(&r->half[0]);
    gn_smoother_free(&r->half[1]);
    *r = (gn_run_maps){0};
}

void gn_run_sums(size_t samples, const float *rate, double *sums) {
    sums[0] = 0;
    for (size_t t = 0; t < 2 * samples; t++)
        sums[t + 1] = sums[t] + (double)rate[t % samples];
}

void gn_run_map(const gn_run_maps *r, const double *sums, size_t shift, double *scratch, double *map, double *half) {
    const size_t bins = gn_map_bins(&r->map);
    double *part = scratch, *room = scratch + bins;
    for (int h = 0; h < 2; h++) {
        const size_t first = h ? r->half_stays : 0, end = h ? r->stays : r->half_stays;
        double *convolved = half + (size_t)h * bins;
        memset(part, 0, bins * sizeof *part);
        double before = sums[r->begin[first] + shift]; /* of the samples before the stay */
        for (size_t i = first; i < end; i++) {
            const double after = sums[r->begin[i + 1] + shift];
            part[r->bin[i]] += after - before;
            before = after;
        }
        gn_smoother_convolve(&r->whole, part, room, convolved);
    }
    for (size_t i = 0; i < bins; i++) {
        map[i] = (half[i] + half[bins + i]) * r->whole.inverse[i];
        half[i] *= r->half[0].inverse[i];
        half[bins + i] *= r->half[1].inverse[i];
    }
}

size_t gn_run_shift(size_t samples, uint64_t seed, uint32_t unit, uint32_t k) {
    const size_t least = (size_t)ceil(GN_SHIFT_SHARE * (double)samples);
    gn_stream stream = gn_stream_open(seed, GN_PURPOSE_SCORE, unit, k);
    return least + gn_stream_below(&stream, (uint32_t)(samples - 2 * least + 1));
}

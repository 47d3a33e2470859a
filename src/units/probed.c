#include "units/probed.h"

#include <math.h>
#include <stdlib.h>

#include "units/score_tuning.h"
#include "walk/walk_keys.h"

/* A map has a number in the bins where the animal was, and only there. */
static gn_status check_maps(const char *path, const gn_probed *p) {
    for (size_t i = 0; i < p->units * p->bins; i++) {
        const float value = p->map[i];
        const size_t bin = i % p->bins, side = (size_t)p->frame.bins_x;
        if (p->occupancy[bin] > 0 ? isfinite(value) : isnan(value)) continue;
        return gn_fail(
            GN_EFILE, "%s: rate_map of unit %zu, row %zu, column %zu: %g, expected %s, as the animal was %s there",
            path, i / p->bins, bin / side, bin % side, (double)value, p->occupancy[bin] > 0 ? "a finite number" : "nan",
            p->occupancy[bin] > 0 ? "sometimes" : "never");
    }
    return GN_OK;
}

gn_status gn_probed_read(const char *path, size_t units, gn_probed *p) {
    size_t map[3] = {units, 0, 0};
    *p = (gn_probed){0};
    gn_status status = gn_file_read(path, "probe", &p->file);
    if (!status) status = gn_walk_from_file(p->file, &p->walk);
    if (!status) status = gn_file_get_real(p->file, "bin_width", 1e-9, 1e9, &p->frame.bin_width);
    if (!status) status = gn_file_get_real(p->file, "x_min", -1e9, 1e9, &p->frame.x_min);
    if (!status) status = gn_file_get_real(p->file, "y_min", -1e9, 1e9, &p->frame.y_min);
    if (!status) status = gn_file_floats(p->file, "rate_map", 3, map, &p->map);
    size_t direction[2] = {map[0], 0}, speed[2] = {map[0], 0};
    if (!status) status = gn_file_floats(p->file, "direction_tuning", 2, direction, &p->direction);
    if (!status) status = gn_file_floats(p->file, "direction_centre", 1, &direction[1], &p->direction_at);
    if (!status) status = gn_file_floats(p->file, "speed_tuning", 2, speed, &p->speed);
    if (!status) status = gn_file_floats(p->file, "speed_centre", 1, &speed[1], &p->speed_at);
    const void *occupancy = NULL;
    if (!status) status = gn_file_array(p->file, "occupancy", GN_U32, 2, &map[1], &occupancy);
    if (!status && (map[1] != map[2] || map[1] > GN_MAP_BINS_MAX))
        status = gn_fail(GN_EFILE, "%s: maps of %zu x %zu bins, accepted as many rows as columns, at most %d", path,
                         map[1], map[2], GN_MAP_BINS_MAX);
    p->occupancy = occupancy;
    p->units = map[0];
    p->bins = map[1] * map[2];
    p->frame.bins_x = p->frame.bins_y = (int)map[1];
    p->directions = direction[1];
    p->speeds = speed[1];
    if (!status) status = check_maps(path, p);
    if (status) gn_probed_free(p);
    return status;
}

void gn_probed_free(gn_probed *p) {
    gn_file_free(p->file);
    *p = (gn_probed){0};
}

/* ---- scores ---------------------------------------------------------------------------------------- */

const gn_tuning_scores gn_no_tuning = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};

static size_t longest(const gn_probed *p, const gn_recorded *run) {
    size_t room = run ? run->samples : 0;
    room = p->bins > room ? p->bins : room;
    room = p->directions > room ? p->directions : room;
    return p->speeds > room ? p->speeds : room;
}

size_t gn_tuning_room(const gn_probed *p, const gn_recorded *run) {
    return 2 * longest(p, run);
}

static void widen(size_t n, const float *from, double *to) {
    for (size_t i = 0; i < n; i++)
        to[i] = (double)from[i];
}

gn_tuning_scores gn_tuning_score(const gn_probed *p, const gn_recorded *run, size_t unit, double *scratch) {
    double *x = scratch, *y = scratch + longest(p, run);
    gn_tuning_scores t = gn_no_tuning;
    widen(p->bins, p->map + unit * p->bins, y);
    t.sparseness = gn_sparseness(p->bins, y);
    t.sparseness_signed = gn_sparseness_signed(p->bins, y);
    widen(p->speeds, p->speed_at, x);
    widen(p->speeds, p->speed + unit * p->speeds, y);
    t.speed_slope = gn_line_slope(p->speeds, x, y);
    widen(p->directions, p->direction_at, x);
    widen(p->directions, p->direction + unit * p->directions, y);
    t.direction_range = gn_value_range(p->directions, y);
    t.mean_vector_length = gn_mean_vector_length(p->directions, x, y);
    if (!run) return t;
    widen(run->samples, run->speed, x);
    widen(run->samples, run->rate + unit * run->samples, y);
    t.speed_r_all = gn_pearson(run->samples, x, y);
    for (size_t i = 0; i < run->samples; i++)
        if (!(x[i] > 0)) x[i] = NAN;
    t.speed_r_moving = gn_pearson(run->samples, x, y);
    return t;
}

/* ---- the map that is scored and the map that is shown ---------------------------------------------- */

/* The weights of smoothing: the time in each bin of the probe. */
static gn_status make_smoother(const gn_probed *p, double smoothing, gn_smoother *smoother) {
    double *time = gn_alloc(2 * p->bins, sizeof *time);
    if (!time) return GN_EIO;
    gn_map mask = p->frame;
    mask.value = time + p->bins;
    for (size_t i = 0; i < p->bins; i++) {
        time[i] = (double)p->occupancy[i];
        time[p->bins + i] = p->occupancy[i] > 0 ? 0 : NAN;
    }
    gn_status status = gn_smoother_new(&mask, time, smoothing, smoother);
    free(time);
    return status;
}

/* scratch (2, bins) */
static void smooth(const gn_probed *p, const gn_smoother *smoother, size_t unit, double *scratch, double *map) {
    double *sums = scratch + p->bins;
    for (size_t i = 0; i < p->bins; i++)
        sums[i] = smoother->weight[i] > 0 ? smoother->weight[i] * (double)p->map[unit * p->bins + i] : 0;
    gn_smoother_apply(smoother, sums, scratch, map);
}

gn_status gn_probed_smoothed(const gn_probed *p, double smoothing, double *maps) {
    gn_smoother smoother = {0};
    double *scratch = gn_alloc(2 * p->bins, sizeof *scratch);
    gn_status status = scratch ? make_smoother(p, smoothing, &smoother) : GN_EIO;
    for (size_t i = 0; i < p->units && !status; i++)
        smooth(p, &smoother, i, scratch, maps + i * p->bins);
    gn_smoother_free(&smoother);
    free(scratch);
    return status;
}

void gn_shown_free(gn_shown *c) {
    gn_smoother_free(&c->smoother);
    free(c->sums);
    free(c->scratch);
    *c = (gn_shown){0};
}

gn_status gn_shown_new(const gn_probed *p, const gn_recorded *recorded, const gn_run_maps *run, double smoothing,
                       gn_shown *c) {
    const size_t bins = p->bins;
    *c = (gn_shown){.probed = p, .recorded = recorded, .run = run};
    if (p->frame.bins_x != recorded->grid.bins) return GN_OK;
    c->sums = gn_alloc(2 * recorded->samples + 1, sizeof *c->sums);
    c->scratch = gn_alloc(6 * bins, sizeof *c->scratch);
    gn_status status = c->sums && c->scratch ? GN_OK : GN_EIO;
    if (!status) status = make_smoother(p, smoothing, &c->smoother);
    if (status) gn_shown_free(c);
    return status;
}

double gn_shown_r(gn_shown *c, size_t unit) {
    if (!c->sums) return NAN;
    const size_t bins = c->probed->bins, samples = c->recorded->samples;
    double *scratch = c->scratch, *scored = scratch + 2 * bins, *shown = scratch + 3 * bins, *half = scratch + 4 * bins;
    gn_run_sums(samples, c->recorded->rate + unit * samples, c->sums);
    gn_run_map(c->run, c->sums, 0, scratch, scored, half);
    smooth(c->probed, &c->smoother, unit, scratch, shown);
    return gn_pearson(bins, scored, shown);
}

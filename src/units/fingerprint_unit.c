/* The part of the fingerprints that is computed for each unit. */
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "units/fingerprint.h"
#include "units/map.h"
#include "units/monotone.h"
#include "units/score_tuning.h"
#include "units/sheet.h"

static const double SATURATED = 0.9;
static const double RANGE_TAIL = 0.02; /* share of a map's values at either end that its range leaves out */

/* What is computed once for all maps of a network. */
typedef struct {
    const gn_tuning *tuning;
    gn_map frame; /* geometry of the maps, with the values of `mask` */
    size_t bins, visited;
    double *mask;    /* (bins) 0 in visited bins, else nan */
    double *scratch; /* (3 * bins) */
    double *map;     /* (bins) */
    gn_smoother smoother;
    gn_monotone_plan *plan;
    float *half;      /* (2, units, bins) */
    float *speed;     /* (units, GN_SPEED_BINS) */
    float *direction; /* (units, GN_DIRECTION_BINS) */
    double speed_centre[GN_SPEED_BINS];
} measuring;

static void measuring_free(measuring *m) {
    free(m->mask);
    free(m->scratch);
    free(m->map);
    gn_smoother_free(&m->smoother);
    gn_monotone_plan_free(m->plan);
    free(m->half);
    free(m->speed);
    free(m->direction);
}

static uint64_t visits(const gn_tuning *t, size_t bins, size_t bin) {
    return t->map_count[bin] + t->map_count[bins + bin];
}

static gn_status measuring_new(const gn_tuning *t, const gn_arena *arena, measuring *m) {
    const gn_grid *grid = &t->grid;
    const size_t bins = (size_t)grid->bins * (size_t)grid->bins, units = (size_t)t->units;
    *m = (measuring){.tuning = t, .bins = bins};
    m->mask = gn_alloc(bins, sizeof *m->mask);
    m->scratch = gn_alloc(3 * bins, sizeof *m->scratch);
    m->map = gn_alloc(bins, sizeof *m->map);
    m->half = gn_alloc(GN_MAP_HALVES * units * bins, sizeof *m->half);
    m->speed = gn_alloc(units * GN_SPEED_BINS, sizeof *m->speed);
    m->direction = gn_alloc(units * GN_DIRECTION_BINS, sizeof *m->direction);
    if (!m->mask || !m->scratch || !m->map || !m->half || !m->speed || !m->direction) return GN_EIO;
    for (size_t b = 0; b < bins; b++) {
        m->mask[b] = visits(t, bins, b) ? 0 : NAN;
        m->map[b] = (double)visits(t, bins, b); /* the weights for smoothing; `map` is overwritten later */
    }
    m->frame = (gn_map){grid->bins, grid->bins, grid->bin_width, grid->x_min, grid->y_min, m->mask};
    m->visited = gn_map_visited(&m->frame);
    gn_status status = gn_smoother_new(&m->frame, m->map, GN_SHEET_SMOOTHING, &m->smoother);
    if (status) return status;
    m->plan = gn_monotone_plan_new(&m->frame, arena);
    if (!m->plan) return GN_EIO;
    float direction_centre[GN_DIRECTION_BINS], speed_centre[GN_SPEED_BINS];
    gn_tuning_rate_map_half(t, m->half);
    gn_tuning_speed(t, m->speed);
    gn_tuning_direction(t, m->direction);
    gn_tuning_centres(t, direction_centre, speed_centre);
    for (int b = 0; b < GN_SPEED_BINS; b++)
        m->speed_centre[b] = speed_centre[b];
    return GN_OK;
}

/* Computes the unit's smoothed map, as figures show it, in `map`. */
static void smooth_map(measuring *m, size_t unit) {
    const size_t units = (size_t)m->tuning->units;
    double *sums = m->scratch;
    for (size_t b = 0; b < m->bins; b++)
        sums[b] = m->tuning->map[b * units + unit] + m->tuning->map[(m->bins + b) * units + unit];
    gn_smoother_apply(&m->smoother, sums, m->scratch + m->bins, m->map);
}

static double stability(measuring *m, size_t unit) {
    const size_t units = (size_t)m->tuning->units;
    double *even = m->scratch, *odd = m->scratch + m->bins;
    for (size_t b = 0; b < m->bins; b++) {
        even[b] = m->half[unit * m->bins + b];
        odd[b] = m->half[(units + unit) * m->bins + b];
    }
    return gn_pearson(m->bins, even, odd);
}

/* Share of the visited bins in which |map - middle| is above the limit. */
static double share_beyond(const measuring *m, double middle, double limit) {
    size_t beyond = 0;
    for (size_t b = 0; b < m->bins; b++)
        beyond += fabs(m->map[b] - middle) > limit; /* false when the bin is nan */
    return (double)beyond / (double)m->visited;
}

static void measure_range(measuring *m, gn_unit_fingerprint *u) {
    size_t n = 0;
    for (size_t b = 0; b < m->bins; b++)
        if (!isnan(m->map[b])) m->scratch[n++] = m->map[b];
    gsl_sort(m->scratch, 1, n);
    double low = gsl_stats_quantile_from_sorted_data(m->scratch, 1, n, RANGE_TAIL);
    double high = gsl_stats_quantile_from_sorted_data(m->scratch, 1, n, 1 - RANGE_TAIL);
    u->range = high - low;
    u->transition = high > low ? 1 - share_beyond(m, (low + high) / 2, (high - low) / 4) : NAN;
}

static void measure_map(measuring *m, gn_unit_fingerprint *u) {
    gn_map map = m->frame;
    map.value = m->map;
    u->wavelength = gn_map_wavelength(&map);
    u->saturation = share_beyond(m, 0, SATURATED);
    measure_range(m, u);
    const gn_ramp ramp = gn_monotone_ramp(m->plan, m->map, m->scratch);
    u->ramp = ramp.share;
    u->ramp_degrees = ramp.angle_degrees;
    const gn_wall_fit wall = gn_monotone_wall(m->plan, m->map, m->scratch);
    u->wall = wall.share;
    u->wall_number = wall.wall;
}

static void measure_curves(const measuring *m, size_t unit, gn_unit_fingerprint *u) {
    double speed[GN_SPEED_BINS], direction[GN_DIRECTION_BINS];
    for (size_t b = 0; b < GN_SPEED_BINS; b++)
        speed[b] = m->speed[unit * GN_SPEED_BINS + b];
    for (size_t b = 0; b < GN_DIRECTION_BINS; b++)
        direction[b] = m->direction[unit * GN_DIRECTION_BINS + b];
    u->speed_change = gn_line_slope(GN_SPEED_BINS, m->speed_centre, speed) * m->tuning->top_speed;
    u->direction_range = gn_value_range(GN_DIRECTION_BINS, direction);
}

gn_status gn_unit_fingerprints(const gn_tuning *tuning, const gn_arena *arena, gn_unit_fingerprint *unit) {
    measuring m;
    gn_status status = measuring_new(tuning, arena, &m);
    for (size_t i = 0; !status && i < (size_t)tuning->units; i++) {
        unit[i] = (gn_unit_fingerprint){.stability = stability(&m, i)};
        smooth_map(&m, i);
        measure_map(&m, &unit[i]);
        measure_curves(&m, i, &unit[i]);
    }
    measuring_free(&m);
    return status;
}

bool gn_unit_fingerprint_counted(const gn_unit_fingerprint *u) {
    return u->stability >= GN_FINGERPRINT_STABLE && u->range >= GN_FINGERPRINT_LEAST_RANGE;
}

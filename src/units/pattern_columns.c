#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "units/pattern_parts.h"

enum {
    FALLS = 7,
    EDGE_DIRECTIONS = 12,
    EDGE_OFFSETS = 5,
    EDGE_SLOPES = 3,
    EDGES = EDGE_DIRECTIONS * EDGE_OFFSETS * EDGE_SLOPES,
    SPOT_WIDTHS = 4
};
static const double SLOW_PERIODS[GN_WAVE_SLOW] = {0.3, 0.45, 0.6, 0.75, 0.9, 1.05};
static const double LEAST_PERIODS = 1.25;
static const double SMOOTH_PERIODS = 5;
static const double SMOOTH_STEP = 0.435; /* periods between the waves that span what is smooth */
static const double FALL_LENGTHS[FALLS] = {0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5};
static const double OFFSETS[EDGE_OFFSETS] = {-0.5, -0.25, 0, 0.25, 0.5};
static const double SLOPES[EDGE_SLOPES] = {0.1, 0.25, 0.5};
static const double SPOTS[SPOT_WIDTHS] = {0.08, 0.12, 0.18, 0.28}; /* of the longer side */
static const double SPOT_STEP = 0.75;                              /* distance of neighbouring spots, in widths */
/* A wave or plane is left out of the basis of what is smooth when less than this share of its squares remains after
 * the basis so far is taken off. */
static const double SMOOTH_KEPT_MIN = 0.01;

/* ---- waves ----------------------------------------------------------------------------------------- */

double gn_pattern_periods(int frequency) {
    return frequency < 0 ? SLOW_PERIODS[frequency + GN_WAVE_SLOW]
                         : LEAST_PERIODS * pow(2, (double)frequency / GN_WAVE_OCTAVE);
}

void gn_pattern_wave(const gn_pattern_plan *p, double periods, double radians, double *cosine, double *sine) {
    const double k = 2 * M_PI * periods / p->side, kx = k * cos(radians), ky = k * sin(radians);
    for (int b = 0; b < p->blocks; b++) {
        const double phase = kx * p->x[b] + ky * p->y[b];
        cosine[b] = p->root[b] * cos(phase);
        sine[b] = p->root[b] * sin(phase);
    }
}

static void set_column(gn_pattern_plan *p, int at, const double *value) {
    for (int b = 0; b < p->blocks; b++)
        p->column[(size_t)b * (size_t)p->columns + (size_t)at] = (float)value[b];
}

void gn_pattern_get_column(const gn_pattern_plan *p, int at, double *value) {
    for (int b = 0; b < p->blocks; b++)
        value[b] = p->column[(size_t)b * (size_t)p->columns + (size_t)at];
}

/* Takes off the mean over the visited bins. */
static void centre(const gn_pattern_plan *p, double *value) {
    gn_pattern_subtract(p->blocks, gn_pattern_dot(p->blocks, p->root, value) / p->visited, p->root, value);
}

/* scratch (2, blocks) */
static void add_waves(gn_pattern_plan *p, double *scratch) {
    double *cosine = scratch, *sine = scratch + p->blocks;
    for (int f = -GN_WAVE_SLOW; f < GN_WAVE_FREQUENCIES; f++)
        for (int d = 0; d < GN_WAVE_DIRECTIONS; d++) {
            const int at = gn_pattern_wave_number(f, d);
            gn_pattern_wave(p, gn_pattern_periods(f), M_PI * d / GN_WAVE_DIRECTIONS, cosine, sine);
            set_column(p, at, cosine);
            set_column(p, GN_WAVES + at, sine);
            centre(p, cosine);
            centre(p, sine);
            const double cc = gn_pattern_dot(p->blocks, cosine, cosine), cs = gn_pattern_dot(p->blocks, cosine, sine);
            const double ss = gn_pattern_dot(p->blocks, sine, sine), whole = cc * ss - cs * cs;
            /* With few blocks, cosine and sine may be the same but for a factor. The inverse then stays 0, so that this
             * wave is never the best. */
            if (!(whole > 1e-9 * cc * ss)) continue;
            p->inverse[at][0] = ss / whole;
            p->inverse[at][1] = -cs / whole;
            p->inverse[at][2] = cc / whole;
        }
}

/* Fills basis (blocks, blocks) with an orthonormal basis of what is smooth and returns its number of rows. The first
 * row is the constant; then follow planes, and waves less than half a period apart, as waves in between are then
 * nearly sums of these. */
static int span_smooth(const gn_pattern_plan *p, double *basis, double *scratch) {
    const int n = p->blocks, most = (int)(SMOOTH_PERIODS / SMOOTH_STEP);
    int count = 1;
    for (int b = 0; b < n; b++)
        basis[b] = p->root[b] / sqrt(p->visited);
    for (int k = 0; k < 2 && count < n; k++) {
        double *new = basis + (size_t)count *(size_t)n;
        gn_pattern_average(p, p->plane + (size_t)k * (size_t)(p->bins_x * p->bins_y), new);
        count += gn_pattern_orthonormalise(n, count, basis, SMOOTH_KEPT_MIN, new);
    }
    for (int i = -most; i <= most; i++)
        for (int j = 0; j <= most; j++) {
            const double periods = SMOOTH_STEP * hypot(i, j);
            if ((j == 0 && i <= 0) || periods > SMOOTH_PERIODS) continue;
            gn_pattern_wave(p, periods, atan2(j, i), scratch, scratch + n);
            for (int part = 0; part < 2 && count < n; part++) {
                double *new = basis + (size_t)count *(size_t)n;
                memcpy(new, scratch + part * n, (size_t)n * sizeof *new);
                count += gn_pattern_orthonormalise(n, count, basis, SMOOTH_KEPT_MIN, new);
            }
        }
    return count;
}

/* ---- falls, edges and spots ------------------------------------------------------------------------ */

/* Sets column `at` to the blocks' averages of value (bins), centred and scaled to length 1, or to 0 when value is
 * constant. */
static void add_template(gn_pattern_plan *p, int at, const double *value, double *scratch) {
    gn_pattern_average(p, value, scratch);
    const double before = gn_pattern_dot(p->blocks, scratch, scratch);
    centre(p, scratch);
    const double squares = gn_pattern_dot(p->blocks, scratch, scratch);
    for (int b = 0; b < p->blocks; b++)
        scratch[b] = squares > 1e-9 * before ? scratch[b] / sqrt(squares) : 0;
    set_column(p, at, scratch);
}

static void add_falls(gn_pattern_plan *p, const gn_border_plan *border, double *value, double *scratch) {
    int at = 0;
    for (int wall = 0; wall < gn_border_walls(border); wall++) {
        const double *distance = gn_border_distance(border, wall);
        for (int l = 0; distance && l < FALLS; l++, at++) {
            for (int i = 0; i < p->bins_x * p->bins_y; i++)
                value[i] = p->block[i] < 0 ? 0 : exp(-distance[i] / FALL_LENGTHS[l]);
            p->fall_wall[at] = wall;
            add_template(p, p->fall_at + at, value, scratch);
        }
    }
}

/* Widths of edges and their offsets from the arena's middle are shares of the inradius. */
static void add_edges(gn_pattern_plan *p, const gn_arena *arena, double *value, double *scratch) {
    for (int k = 0; k < EDGES; k++) {
        const int direction = k / (EDGE_OFFSETS * EDGE_SLOPES);
        const double angle = M_PI * direction / EDGE_DIRECTIONS, c = cos(angle), s = sin(angle);
        const double offset = OFFSETS[k / EDGE_SLOPES % EDGE_OFFSETS] * arena->inradius;
        const double slope = SLOPES[k % EDGE_SLOPES] * arena->inradius;
        for (int i = 0; i < p->bins_x * p->bins_y; i++) {
            const int b = p->block[i];
            if (b < 0)
                value[i] = 0;
            else
                value[i] = tanh((c * (p->x[b] - arena->middle[0]) + s * (p->y[b] - arena->middle[1]) - offset) / slope);
        }
        add_template(p, p->edge_at + k, value, scratch);
    }
}

/* Adds single fields all over the box of the blocks and returns their number. With `at` below 0 it only counts them. */
static int add_spots(gn_pattern_plan *p, int at, double *value, double *scratch) {
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    int count = 0;
    for (int b = 0; b < p->blocks; b++) {
        low[0] = fmin(low[0], p->x[b]);
        low[1] = fmin(low[1], p->y[b]);
        high[0] = fmax(high[0], p->x[b]);
        high[1] = fmax(high[1], p->y[b]);
    }
    for (int width = 0; width < SPOT_WIDTHS; width++) {
        const double sd = SPOTS[width] * p->side;
        const int across = (int)((high[0] - low[0]) / (SPOT_STEP * sd)) + 1,
                  up = (int)((high[1] - low[1]) / (SPOT_STEP * sd)) + 1;
        for (int k = 0; k < (across + 1) * (up + 1); k++, count++) {
            const int column = k % (across + 1), row = k / (across + 1);
            const double x = low[0] + (high[0] - low[0]) * column / across;
            const double y = low[1] + (high[1] - low[1]) * row / up;
            if (at < 0) continue;
            for (int i = 0; i < p->bins_x * p->bins_y; i++) {
                const int b = p->block[i];
                const double dx = b < 0 ? 0 : p->x[b] - x, dy = b < 0 ? 0 : p->y[b] - y;
                value[i] = b < 0 ? 0 : exp(-(dx * dx + dy * dy) / (2 * sd * sd));
            }
            add_template(p, at + count, value, scratch);
        }
    }
    return count;
}

/* ---- all ------------------------------------------------------------------------------------------- */

bool gn_pattern_make_columns(gn_pattern_plan *p, const gn_arena *arena, const gn_border_plan *border) {
    const int n = p->blocks, bins = p->bins_x * p->bins_y;
    const int room = n > GN_LATTICE_TERMS + 3 ? n : GN_LATTICE_TERMS + 3;
    double *basis = gn_alloc((unsigned long)n * (unsigned long)room, sizeof *basis);
    double *scratch = gn_alloc(2UL * (unsigned long)n, sizeof *scratch),
           *value = gn_alloc((unsigned long)bins, sizeof *value);
    p->inverse = gn_alloc(GN_WAVES, sizeof *p->inverse);
    bool whole = basis && scratch && value && p->inverse;
    if (whole) {
        p->smooths = span_smooth(p, basis, scratch) - 1;
        for (int wall = 0; wall < gn_border_walls(border); wall++)
            p->falls += gn_border_distance(border, wall) ? FALLS : 0;
        p->smooth_at = 2 * GN_WAVES;
        p->fall_at = p->smooth_at + p->smooths;
        p->edge_at = p->fall_at + p->falls;
        p->spot_at = p->edge_at + EDGES;
        p->spots = add_spots(p, -1, value, scratch);
        p->plane_at = p->spot_at + p->spots;
        p->columns = p->plane_at + 2;
        p->column = gn_alloc((unsigned long)n * (unsigned long)p->columns, sizeof *p->column);
        p->fall_wall = gn_alloc((unsigned long)p->falls + 1, sizeof *p->fall_wall);
        whole = p->column && p->fall_wall;
    }
    if (whole) {
        for (int k = 0; k < p->smooths; k++)
            set_column(p, p->smooth_at + k, basis + (size_t)(k + 1) * (size_t)n);
        add_waves(p, scratch);
        add_falls(p, border, value, scratch);
        add_edges(p, arena, value, scratch);
        add_spots(p, p->spot_at, value, scratch);
        for (int k = 0; k < 2; k++)
            add_template(p, p->plane_at + k, p->plane + (size_t)k * (size_t)bins, scratch);
        double *fixed = basis + (size_t)GN_LATTICE_TERMS * (size_t)n;
        for (int b = 0; b < n; b++)
            fixed[b] = p->root[b] / sqrt(p->visited);
        gn_pattern_get_column(p, p->plane_at, fixed + n);
        gn_pattern_get_column(p, p->plane_at + 1, fixed + 2 * n);
        gn_pattern_orthonormalise(n, 1, fixed + n, 0, fixed + 2 * n);
        whole = gn_pattern_make_lattices(p, basis);
    }
    free(basis);
    free(scratch);
    free(value);
    return whole;
}

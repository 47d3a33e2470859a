#include "units/score_truth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const gn_truth_row gn_truths[GN_TRUTHS] = {
    [GN_TRUTH_NOISE] = {"noise", GN_IRREGULAR, "width_bins"},
    [GN_TRUTH_SATURATED] = {"saturated", GN_IRREGULAR, "width_bins"},
    [GN_TRUTH_RAMP] = {"ramp", GN_IRREGULAR, "none"},
    [GN_TRUTH_EDGE] = {"edge", GN_IRREGULAR, "none"},
    [GN_TRUTH_TRIANGULAR] = {"triangular", GN_GRID, "periods"},
    [GN_TRUTH_RECTANGULAR] = {"rectangular", GN_GRID, "periods"},
    [GN_TRUTH_SHARP_TRIANGULAR] = {"sharp-triangular", GN_GRID, "periods"},
    [GN_TRUTH_SHARP_RECTANGULAR] = {"sharp-rectangular", GN_GRID, "periods"},
    [GN_TRUTH_UNEVEN_TRIANGULAR] = {"uneven-triangular", GN_GRID, "periods"},
    [GN_TRUTH_UNEVEN_RECTANGULAR] = {"uneven-rectangular", GN_GRID, "periods"},
    [GN_TRUTH_RAMP_TRIANGULAR] = {"ramp-triangular", GN_GRID, "periods"},
    [GN_TRUTH_RAMP_RECTANGULAR] = {"ramp-rectangular", GN_GRID, "periods"},
    [GN_TRUTH_BAND] = {"band", GN_BAND, "periods"},
    [GN_TRUTH_WALL] = {"wall", GN_BORDER, "inradii"},
    [GN_TRUTH_HALF_WALL] = {"half-wall", GN_BORDER, "inradii"},
    [GN_TRUTH_PLACE] = {"place", GN_IRREGULAR, "inradii"},
};

/* Sizes of fields and their distances from a lattice's points, in spacings; and how unequal their heights are. */
static const double SHARP = 0.12, UNEVEN = 0.18, JITTER = 0.1, UNEQUAL = 0.5;
static const double CELLS_A_WIDTH = 3, MARGIN_WIDTHS = 3;

static double between(gn_stream *stream, double low, double high) {
    return low + (high - low) * gn_stream_uniform(stream);
}

/* Subtracts the mean and divides by the standard deviation. */
static void standardise(size_t n, double *value) {
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        sum += value[i];
    for (size_t i = 0; i < n; i++) {
        value[i] -= sum / (double)n;
        squares += value[i] * value[i];
    }
    const double sd = sqrt(squares / (double)n);
    for (size_t i = 0; i < n && sd > 0; i++)
        value[i] /= sd;
}

/* sqrt(1 - share) value + sqrt(share) other, both standardised first. */
static void mix(size_t n, double share, double *other, double *value) {
    standardise(n, value);
    standardise(n, other);
    for (size_t i = 0; i < n; i++)
        value[i] = sqrt(1 - share) * value[i] + sqrt(share) * other[i];
}

static void saturate(size_t n, double gain, double offset, double *value) {
    standardise(n, value);
    for (size_t i = 0; i < n; i++)
        value[i] = tanh(gain * (value[i] + offset));
}

/* ---- kinds ---------------------------------------------------------------------------- */

typedef struct {
    const gn_arena *arena;
    const gn_grid *grid;
    size_t samples;
    const float *position;
    gn_stream *stream;
    double side; /* longer side of the arena's box */
} scene;

static double x_of(const scene *s, size_t t) {
    return (double)s->position[2 * t];
}
static double y_of(const scene *s, size_t t) {
    return (double)s->position[2 * t + 1];
}

/* Noise smoothed by a Gaussian of `width` bins. The grid on which it is drawn has three cells to a width and reaches
 * three widths beyond the arena, so that the arena leaves no trace in the noise. Between the grid's points the noise
 * is interpolated linearly. */
static gn_status noise(const scene *s, double width, double *value) {
    const double cell = width * s->grid->bin_width / CELLS_A_WIDTH, reach = MARGIN_WIDTHS * width * s->grid->bin_width;
    const int cells = (int)ceil((s->grid->bins * s->grid->bin_width + 2 * reach) / cell) + 2;
    const size_t count = (size_t)cells * (size_t)cells;
    double *white = gn_alloc(2 * count, sizeof *white), *smooth = white + count;
    gn_map map = {cells, cells, 1, 0, 0, white};
    gn_status status = white ? GN_OK : GN_EIO;
    for (size_t i = 0; !status && i < count; i++)
        white[i] = gn_stream_normal(s->stream);
    if (!status) status = gn_map_smooth(&map, NULL, CELLS_A_WIDTH, smooth);
    for (size_t t = 0; !status && t < s->samples; t++) {
        const double u = (x_of(s, t) - s->grid->x_min + reach) / cell, v = (y_of(s, t) - s->grid->y_min + reach) / cell;
        const int ix = (int)floor(u), iy = (int)floor(v);
        const double fx = u - ix, fy = v - iy, *at = smooth + (size_t)iy * (size_t)cells + (size_t)ix;
        const double low = at[0] + fx * (at[1] - at[0]), high = at[cells] + fx * (at[cells + 1] - at[cells]);
        value[t] = low + fy * (high - low);
    }
    free(white);
    return status;
}

static void plane(const scene *s, double *value) {
    const double angle = between(s->stream, 0, 2 * M_PI), c = cos(angle), sine = sin(angle);
    for (size_t t = 0; t < s->samples; t++)
        value[t] = c * x_of(s, t) + sine * y_of(s, t);
}

/* The sum of `count` waves of one frequency. The third has the phase of the second less that of the first, so that
 * all three peak at the same places and make a lattice. */
static void waves(const scene *s, int count, double periods, double *value) {
    const double k = 2 * M_PI * periods / s->side, first = between(s->stream, 0, M_PI);
    double phase[3] = {between(s->stream, 0, 2 * M_PI), between(s->stream, 0, 2 * M_PI), 0};
    phase[2] = phase[1] - phase[0];
    memset(value, 0, s->samples * sizeof *value);
    for (int w = 0; w < count; w++) {
        const double angle = first + w * M_PI / count, kx = k * cos(angle), ky = k * sin(angle);
        for (size_t t = 0; t < s->samples; t++)
            value[t] += cos(kx * x_of(s, t) + ky * y_of(s, t) + phase[w]);
    }
}

static void add_field(const scene *s, double x, double y, double sd, double height, double *value) {
    for (size_t t = 0; t < s->samples; t++) {
        const double dx = x_of(s, t) - x, dy = y_of(s, t) - y, far = (dx * dx + dy * dy) / (2 * sd * sd);
        if (far < 40) value[t] += height * exp(-far);
    }
}

/* Gaussian fields at the points of a lattice around the arena's centroid whose waves have `periods` periods. Each field
 * is off its point by a random vector and has a random height. */
static void fields(const scene *s, int waves_count, double periods, double sd, double jitter, double unequal,
                   double *value) {
    const double angle = between(s->stream, 0, 2 * M_PI), c = cos(angle), sine = sin(angle);
    const double spacing = s->side / periods / (waves_count == 3 ? sqrt(3) / 2 : 1);
    const double skew = waves_count == 3 ? 0.5 : 0, tall = waves_count == 3 ? sqrt(3) / 2 : 1;
    const double off[2] = {gn_stream_uniform(s->stream), gn_stream_uniform(s->stream)};
    const int reach = (int)ceil(1.5 * s->side / spacing) + 2;
    memset(value, 0, s->samples * sizeof *value);
    for (int i = -reach; i <= reach; i++)
        for (int j = -reach; j <= reach; j++) {
            const double u = spacing * (i + off[0] + skew * (j + off[1]) + jitter * gn_stream_normal(s->stream));
            const double v = spacing * (tall * (j + off[1]) + jitter * gn_stream_normal(s->stream));
            const double height = 1 + between(s->stream, -unequal, unequal);
            const double x = c * u - sine * v, y = sine * u + c * v;
            if (hypot(x, y) > s->side) continue;
            add_field(s, s->arena->centroid[0] + x, s->arena->centroid[1] + y, sd * spacing, height, value);
        }
}

/* A fall from a part of a wall, or its negative; the part is the share `covered` of the wall and lies anywhere along
 * it. */
static void along_wall(const scene *s, double length, double covered, double *value) {
    const gn_arena *a = s->arena;
    const int wall = (int)gn_stream_below(s->stream, (uint32_t)a->corners);
    const double sign = gn_stream_uniform(s->stream) < 0.5 ? -1 : 1, l = length * a->inradius;
    const double *from = a->corner[wall], *to = a->corner[(wall + 1) % a->corners];
    const double dx = to[0] - from[0], dy = to[1] - from[1], long_side = hypot(dx, dy);
    const double start = gn_stream_uniform(s->stream) * (1 - covered) * long_side, end = start + covered * long_side;
    for (size_t t = 0; t < s->samples; t++) {
        const double along = ((x_of(s, t) - from[0]) * dx + (y_of(s, t) - from[1]) * dy) / long_side;
        const double beyond = along < start ? start - along : along > end ? along - end : 0;
        value[t] = sign * exp(-gn_arena_wall_distance(a, wall, x_of(s, t), y_of(s, t)) / l);
        if (covered < 1) value[t] *= exp(-beyond / l);
    }
}

static void place(const scene *s, double sd, double *value) {
    double x, y;
    do {
        x = between(s->stream, s->arena->min[0], s->arena->max[0]);
        y = between(s->stream, s->arena->min[1], s->arena->max[1]);
    } while (!gn_arena_inside(s->arena, x, y));
    memset(value, 0, s->samples * sizeof *value);
    add_field(s, x, y, sd * s->arena->inradius, 1, value);
}

/* Draws value (samples), and in other (samples) what is to be mixed into it, as the share *share of the variance.
 * The kinds that have noise of their own set *share. */
static gn_status draw(const scene *s, gn_truth truth, double scale, double *value, double *other, double *share) {
    gn_status status = GN_OK;
    switch (truth) {
        case GN_TRUTH_NOISE:
            *share = 0;
            return noise(s, scale, value);
        case GN_TRUTH_SATURATED:
            *share = 0;
            status = noise(s, scale, value);
            saturate(s->samples, between(s->stream, 1, 3), between(s->stream, -0.5, 0.5), value);
            return status;
        case GN_TRUTH_RAMP:
            *share = between(s->stream, 0.05, 0.6);
            plane(s, value);
            return noise(s, exp(between(s->stream, 0, log(12))), other);
        case GN_TRUTH_EDGE:
            *share = between(s->stream, 0.02, 0.2);
            plane(s, value);
            saturate(s->samples, between(s->stream, 1, 4), between(s->stream, -0.5, 0.5), value);
            return noise(s, 1, other);
        case GN_TRUTH_TRIANGULAR:
        case GN_TRUTH_RECTANGULAR:
        case GN_TRUTH_RAMP_TRIANGULAR:
        case GN_TRUTH_RAMP_RECTANGULAR:
            waves(s, truth == GN_TRUTH_TRIANGULAR || truth == GN_TRUTH_RAMP_TRIANGULAR ? 3 : 2, scale, value);
            if (truth == GN_TRUTH_RAMP_TRIANGULAR || truth == GN_TRUTH_RAMP_RECTANGULAR) {
                plane(s, other);
                mix(s->samples, 0.5, other, value);
            }
            break;
        case GN_TRUTH_SHARP_TRIANGULAR:
        case GN_TRUTH_SHARP_RECTANGULAR:
            fields(s, truth == GN_TRUTH_SHARP_TRIANGULAR ? 3 : 2, scale, SHARP, 0, 0, value);
            break;
        case GN_TRUTH_UNEVEN_TRIANGULAR:
        case GN_TRUTH_UNEVEN_RECTANGULAR:
            fields(s, truth == GN_TRUTH_UNEVEN_TRIANGULAR ? 3 : 2, scale, UNEVEN, JITTER, UNEQUAL, value);
            break;
        case GN_TRUTH_BAND:
            waves(s, 1, scale, value);
            break;
        case GN_TRUTH_WALL:
            along_wall(s, scale, 1, value);
            break;
        case GN_TRUTH_HALF_WALL:
            along_wall(s, scale, 0.5, value);
            break;
        default:
            place(s, scale, value);
            break;
    }
    return noise(s, 1, other);
}

gn_status gn_truth_rate(gn_truth truth, double scale, double share, const gn_arena *arena, const gn_grid *grid,
                        size_t samples, const float *position, gn_stream *stream, float *rate) {
    const double wide = arena->max[0] - arena->min[0], tall = arena->max[1] - arena->min[1];
    const scene s = {arena, grid, samples, position, stream, fmax(wide, tall)};
    double *value = gn_alloc(2 * samples, sizeof *value);
    gn_status status = value ? draw(&s, truth, scale, value, value + samples, &share) : GN_EIO;
    if (!status && share > 0) mix(samples, share, value + samples, value);
    if (!status) standardise(samples, value);
    for (size_t t = 0; !status && t < samples; t++)
        rate[t] = (float)value[t];
    free(value);
    return status;
}

#include "network/readout.h"

#include <math.h>
#include <stdlib.h>

#include "base/math.h"
#include "base/random.h"

gn_status gn_places_new(const gn_arena *arena, int cells, gn_place_kind kind, uint64_t seed, gn_places *places) {
    *places = (gn_places){.cells = cells, .kind = kind};
    places->centre = gn_alloc((size_t)cells * 2, sizeof *places->centre);
    if (!places->centre) return GN_EIO;
    gn_stream stream = gn_stream_open(seed, GN_PURPOSE_PLACES, 0, 0);
    for (int c = 0; c < cells; c++) {
        double x, y;
        do { /* points of the bounding box are drawn until one is inside */
            x = arena->min[0] + (arena->max[0] - arena->min[0]) * gn_stream_uniform(&stream);
            y = arena->min[1] + (arena->max[1] - arena->min[1]) * gn_stream_uniform(&stream);
        } while (!gn_arena_inside(arena, x, y));
        places->centre[2 * c] = (float)x;
        places->centre[2 * c + 1] = (float)y;
    }
    return GN_OK;
}

void gn_places_free(gn_places *places) {
    free(places->centre);
    *places = (gn_places){0};
}

static const double HALF_SQRT3 = 0.86602540378443864676;

void gn_places_waves(const gn_places *places, double wave[3][2]) {
    const double direction[3][2] = {{1, 0}, {0.5, HALF_SQRT3}, {-0.5, HALF_SQRT3}};
    for (int j = 0; j < 3; j++)
        for (int d = 0; d < 2; d++)
            wave[j][d] = direction[j][d] / (HALF_SQRT3 * places->width);
}

/* The sum of the cosines of these three waves. */
static double grid_cell(double width, double dx, double dy) {
    const double per_unit = 1 / (HALF_SQRT3 * width);
    const double turns[2] = {per_unit * dx, per_unit * (0.5 * dx + HALF_SQRT3 * dy)};
    double wave[3], sine;
    gn_sincos_turns(turns[0], &sine, &wave[0]);
    gn_sincos_turns(turns[1], &sine, &wave[1]);
    gn_sincos_turns(turns[1] - turns[0], &sine, &wave[2]);
    return wave[0] + wave[1] + wave[2];
}

static double field(const gn_places *places, int c, double x, double y) {
    const double dx = x - (double)places->centre[2 * c], dy = y - (double)places->centre[2 * c + 1];
    if (places->kind == GN_PLACE_LATTICE) return grid_cell(places->width, dx, dy);
    /* exp(-d^2 / 4 width^2); its square is the Gaussian exp(-d^2 / 2 width^2) */
    const double wide = gn_exp(-(dx * dx + dy * dy) / (4 * places->width * places->width));
    return wide * wide - (places->kind == GN_PLACE_DIFFERENCE ? 0.5 * wide : 0);
}

double gn_places_least_width(const gn_arena *arena) {
    return fmax(arena->max[0] - arena->min[0], arena->max[1] - arena->min[1]) / GN_PLACES_GRID;
}

void gn_places_widen(const gn_arena *arena, double width, gn_places *places) {
    enum { POINTS = GN_PLACES_GRID }; /* along a side of the bounding box */
    double sum = 0;
    size_t count = 0;
    places->width = width;
    for (int i = 0; i < POINTS; i++)
        for (int j = 0; j < POINTS; j++) {
            const double x = arena->min[0] + (arena->max[0] - arena->min[0]) * (i + 0.5) / POINTS;
            const double y = arena->min[1] + (arena->max[1] - arena->min[1]) * (j + 0.5) / POINTS;
            if (!gn_arena_inside(arena, x, y)) continue;
            for (int c = 0; c < places->cells; c++) {
                const double f = field(places, c, x, y);
                sum += f * f;
                count++;
            }
        }
    places->scale = sqrt((double)count / sum);
}

void gn_places_activity(const gn_places *places, double x, double y, float *activity) {
    for (int c = 0; c < places->cells; c++)
        activity[c] = (float)(places->scale * field(places, c, x, y));
}

void gn_places_decode(const gn_places *places, const float *output, size_t stride, float position[2]) {
    enum { MOST_MAX = 3 };
    const int most = places->kind == GN_PLACE_LATTICE ? 1 : MOST_MAX;
    int best[MOST_MAX], found = 0;
    for (int c = 0; c < places->cells; c++) {
        int at = found < most ? found++ : most; /* the place of cell c in the list of the most active, from the end */
        while (at > 0 && output[(size_t)c * stride] > output[(size_t)best[at - 1] * stride]) {
            if (at < most) best[at] = best[at - 1];
            at--;
        }
        if (at < most) best[at] = c;
    }
    for (int d = 0; d < 2; d++) {
        float sum = 0;
        for (int k = 0; k < found; k++)
            sum += places->centre[2 * best[k] + d];
        position[d] = sum / (float)found;
    }
}

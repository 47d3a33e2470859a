#include "score_maps.h"

#include <math.h>

#include "gn_test.h"
#include "units/score_sac.h"

place place_new(gn_shape shape, int bins) {
    place p;
    assert_ok(gn_arena_make(shape, 0, &p.arena));
    const double wide = p.arena.max[0] - p.arena.min[0], high = p.arena.max[1] - p.arena.min[1];
    const double width = fmax(wide, high) / bins;
    p.map = (gn_map){
        .bins_x = (int)ceil(wide / width - 1e-9), .bins_y = (int)ceil(high / width - 1e-9), .bin_width = width};
    p.map.x_min = (p.arena.min[0] + p.arena.max[0] - p.map.bins_x * width) / 2;
    p.map.y_min = (p.arena.min[1] + p.arena.max[1] - p.map.bins_y * width) / 2;
    p.bins = gn_map_bins(&p.map);
    p.map.value = p.mask = gn_alloc(p.bins, sizeof *p.mask);
    assert_non_null(p.mask);
    for (int y = 0, i = 0; y < p.map.bins_y; y++)
        for (int x = 0; x < p.map.bins_x; x++, i++)
            p.mask[i] = gn_arena_inside(&p.arena, gn_map_x(&p.map, x), gn_map_y(&p.map, y)) ? 0 : NAN;
    return p;
}

void place_free(place *p) {
    free(p->mask);
}

void waves(const place *p, int count, double step, double frequency, double angle_degrees, const double *phase,
           double *map) {
    for (int y = 0, i = 0; y < p->map.bins_y; y++)
        for (int x = 0; x < p->map.bins_x; x++, i++) {
            map[i] = p->mask[i];
            for (int k = 0; k < count; k++) {
                const double angle = (angle_degrees + k * step) * M_PI / 180;
                const double start = k == 2 ? phase[1] - phase[0] : phase[k];
                map[i] +=
                    cos(2 * M_PI * frequency * (gn_map_x(&p->map, x) * cos(angle) + gn_map_y(&p->map, y) * sin(angle)) +
                        start);
            }
        }
}

void smooth_noise(const place *p, double sd, gn_stream *stream, double *map) {
    gn_map white = p->map;
    double *value = gn_alloc(p->bins, sizeof *value);
    assert_non_null(value);
    for (size_t i = 0; i < p->bins; i++)
        value[i] = isnan(p->mask[i]) ? NAN : gn_stream_normal(stream);
    white.value = value;
    assert_ok(gn_map_smooth(&white, NULL, sd, map));
    free(value);
}

void mix(const place *p, double share, const double *noise, double *map) {
    gn_map a = p->map, b = p->map;
    double *standard = gn_alloc(2 * p->bins, sizeof *standard);
    assert_non_null(standard);
    a.value = map;
    b.value = noise;
    gn_map_standardise(&a, standard);
    gn_map_standardise(&b, standard + p->bins);
    for (size_t i = 0; i < p->bins; i++)
        map[i] = p->mask[i] + sqrt(1 - share) * standard[i] + sqrt(share) * standard[p->bins + i];
    free(standard);
}

void along_wall(const place *p, int wall, double width, double *map) {
    for (int y = 0, i = 0; y < p->map.bins_y; y++)
        for (int x = 0; x < p->map.bins_x; x++, i++)
            map[i] = p->mask[i] +
                     exp(-gn_arena_wall_distance(&p->arena, wall, gn_map_x(&p->map, x), gn_map_y(&p->map, y)) / width);
}

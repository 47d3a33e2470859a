/* Maps: smoothing inside the mask against the plain double sum. */
#include <math.h>

#include "gn_test.h"
#include "score_maps.h"
#include "units/map.h"

/* The smoothed value G * (u occ) / G * occ, computed term by term. */
static double smoothed_at(const gn_map *m, const double *occupancy, double sd, int x, int y) {
    double sum = 0, weight = 0;
    for (int v = 0; v < m->bins_y; v++)
        for (int u = 0; u < m->bins_x; u++) {
            const int i = v * m->bins_x + u;
            if (isnan(m->value[i]) || abs(u - x) > ceil(4 * sd) || abs(v - y) > ceil(4 * sd)) continue;
            const double apart = (u - x) * (u - x) + (v - y) * (v - y);
            const double g = (sd > 0 ? exp(-apart / (2 * sd * sd)) : apart == 0) * (occupancy ? occupancy[i] : 1);
            sum += g * m->value[i];
            weight += g;
        }
    return sum / weight;
}

static void test_smoothing(void **state) {
    (void)state;
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 1, 0);
    for (int trial = 0; trial < 12; trial++) {
        const int nx = 1 + (int)gn_stream_below(&stream, 19), ny = 1 + (int)gn_stream_below(&stream, 19);
        const size_t bins = (size_t)nx * (size_t)ny;
        const double sd = trial % 4 == 0 ? 0 : 3 * gn_stream_uniform(&stream);
        double *value = gn_alloc(3 * bins, sizeof *value);
        double *occupancy = value + bins, *out = value + 2 * bins;
        for (size_t i = 0; i < bins; i++) {
            value[i] = gn_stream_uniform(&stream) < 0.3 ? NAN : gn_stream_normal(&stream);
            occupancy[i] = 1 + gn_stream_below(&stream, 50);
        }
        const gn_map map = {nx, ny, 1, 0, 0, value};
        for (int weighted = 0; weighted < 2; weighted++) {
            assert_ok(gn_map_smooth(&map, weighted ? occupancy : NULL, sd, out));
            for (int y = 0, i = 0; y < ny; y++)
                for (int x = 0; x < nx; x++, i++)
                    if (isnan(value[i]))
                        assert_true(isnan(out[i]));
                    else
                        assert_near(out[i], smoothed_at(&map, weighted ? occupancy : NULL, sd, x, y), 1e-12);
        }
        free(value);
    }
}

/* A constant map stays constant up to the walls, as nothing outside the mask is averaged. */
static void test_constant_in_triangle(void **state) {
    (void)state;
    place p = place_new(GN_TRIANGLE, 21);
    double *out = gn_alloc(p.bins, sizeof *out);
    for (size_t i = 0; i < p.bins; i++)
        p.mask[i] += 0.7;
    assert_ok(gn_map_smooth(&p.map, NULL, 2, out));
    for (size_t i = 0; i < p.bins; i++)
        if (!isnan(p.mask[i])) assert_near(out[i], 0.7, 1e-15);
    assert_near(gn_map_mean(&p.map), 0.7, 1e-14);
    free(out);
    place_free(&p);
}

/* A plane wave has its own wavelength, in the plane of the differences that stand for slopes: pi w / sin(pi w / p) for
 * period p and bins of width w. */
static void test_wavelength_of_waves(void **state) {
    (void)state;
    place p = place_new(GN_SQUARE, 64);
    double *map = gn_alloc(p.bins, sizeof *map);
    const double phase[2] = {0.4, 1.1}, w = p.map.bin_width;
    gn_map m = p.map;
    m.value = map;
    for (int periods = 1; periods <= 8; periods *= 2) {
        const double period = 2.0 / periods, seen = M_PI * w / sin(M_PI * w / period);
        waves(&p, 1, 0, 1 / period, 0, phase, map);
        assert_near(gn_map_wavelength(&m), seen, 0.03 * seen);
        waves(&p, 2, 90, 1 / period, 0, phase, map); /* a square lattice */
        assert_near(gn_map_wavelength(&m), seen, 0.03 * seen);
        for (size_t i = 0; i < p.bins; i++)
            map[i] = 5 - 0.01 * map[i]; /* offset, scale and sign do not matter */
        assert_near(gn_map_wavelength(&m), seen, 0.03 * seen);
    }
    waves(&p, 1, 0, 2, 30, phase, map);
    assert_near(gn_map_wavelength(&m), 0.5, 0.02);
    free(map);
    place_free(&p);
}

/* A ramp across the square: 2 pi times the sd of the place; a flat map, or one without neighbours, has none. */
static void test_wavelength_of_ramps(void **state) {
    (void)state;
    place p = place_new(GN_SQUARE, 32);
    double *map = gn_alloc(p.bins, sizeof *map);
    gn_map m = p.map;
    m.value = map;
    for (size_t i = 0; i < p.bins; i++)
        map[i] = 0.3 * (double)(i % 32);
    const double ramp = 2 * M_PI * p.map.bin_width * sqrt((32.0 * 32 - 1) / 12);
    assert_near(gn_map_wavelength(&m), ramp, 1e-9);
    assert_near(ramp, 3.6, 0.05);
    for (size_t i = 0; i < p.bins; i++)
        map[i] = tanh(20 * ((double)(i % 32) / 16 - 1)); /* a steep step has a larger slope */
    assert_true(gn_map_wavelength(&m) < 0.6 * ramp);
    for (size_t i = 0; i < p.bins; i++)
        map[i] = 0.3;
    assert_true(isnan(gn_map_wavelength(&m)));
    for (size_t i = 0; i < p.bins; i++)
        map[i] = i % 2 || i / 32 % 2 ? NAN : (double)i; /* no two visited bins are neighbours */
    assert_true(isnan(gn_map_wavelength(&m)));
    free(map);
    place_free(&p);
}

static void test_refused(void **state) {
    (void)state;
    double value = 0, out;
    const gn_map map = {1, 1, 1, 0, 0, &value};
    assert_fails(GN_EUSAGE, "smoothing: -1", gn_map_smooth(&map, NULL, -1, &out));
    assert_fails(GN_EUSAGE, "smoothing", gn_map_smooth(&map, NULL, NAN, &out));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_smoothing),
        cmocka_unit_test(test_constant_in_triangle),
        cmocka_unit_test(test_wavelength_of_waves),
        cmocka_unit_test(test_wavelength_of_ramps),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

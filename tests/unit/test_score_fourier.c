/* Spectra against the plain transform; axes of known waves, ramps and borders in every arena. */
#include <complex.h>
#include <math.h>

#include "gn_test.h"
#include "score_maps.h"
#include "units/score_fourier.h"
#include "units/score_sac.h"

/* What noise of one bin's smoothing reaches on these masks, roughly; enough to tell waves apart. */
static const double THRESHOLD[GN_FOURIER_SUMS] = {0.2, 0.32, 0.42};

static gn_fourier axes_of(const place *p, const double *value) {
    gn_fourier_plan *plan = gn_fourier_plan_new(&p->map);
    gn_fourier_work *work = gn_fourier_work_new(plan);
    double *standard = gn_alloc(p->bins, sizeof *standard);
    gn_map map = p->map;
    gn_fourier f;
    assert_non_null(work);
    map.value = value;
    gn_map_standardise(&map, standard);
    gn_fourier_axes(plan, work, standard, THRESHOLD, &f);
    free(standard);
    gn_fourier_work_free(work);
    gn_fourier_plan_free(plan);
    return f;
}

/* 2 |F|^2 / (n sum f^2) term by term, for odd and even sizes and every quadrant. */
static void test_spectrum(void **state) {
    (void)state;
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 5, 0);
    for (int trial = 0; trial < 6; trial++) {
        const int nx = 2 + (int)gn_stream_below(&stream, 30), ny = 2 + (int)gn_stream_below(&stream, 30);
        const size_t bins = (size_t)nx * (size_t)ny;
        double *value = gn_alloc(2 * bins, sizeof *value), *f = value + bins;
        double n = 0, squares = 0, sum[GN_FOURIER_SUMS];
        for (size_t i = 0; i < bins; i++)
            value[i] = gn_stream_uniform(&stream) < 0.2 && i ? NAN : gn_stream_normal(&stream);
        const gn_map map = {nx, ny, 1, 0, 0, value};
        gn_map_standardise(&map, f);
        for (size_t i = 0; i < bins; i++) {
            n += !isnan(value[i]);
            squares += f[i] * f[i];
        }
        gn_fourier_plan *plan = gn_fourier_plan_new(&map);
        gn_fourier_work *work = gn_fourier_work_new(plan);
        gn_fourier_peaks(plan, work, f, sum, NULL);
        for (int k = 0; k < 40; k++) {
            const int kx = (int)gn_stream_below(&stream, 129), ky = (int)gn_stream_below(&stream, 257) - 128;
            double complex total = 0;
            for (int y = 0; y < ny; y++)
                for (int x = 0; x < nx; x++)
                    total += f[y * nx + x] * cexp(-2 * M_PI * I * (kx * x + ky * y) / 256);
            const double power = 2 * cabs(total) * cabs(total) / (n * squares);
            assert_near(gn_fourier_power_at(work, kx, ky), power, 1e-10);
        }
        assert_true(sum[0] <= sum[1] && sum[1] <= sum[2]);
        gn_fourier_work_free(work);
        gn_fourier_plan_free(plan);
        free(value);
    }
}

static double apart(double a, double b) {
    const double d = fmod(fabs(a - b), 180);
    return d > 90 ? 180 - d : d;
}

/* One, two at 90, three at 60 degrees: count, frequency, angles; odd sizes, even ones, any arena.
 */
static void test_axes(void **state) {
    (void)state;
    static const double phase[2] = {0.4, 1.9}, steps[] = {0, 90, 60};
    for (gn_shape shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++)
        for (int bins = 25; bins <= 38; bins += 13)
            for (int count = 1; count <= 3; count++)
                for (double angle = 0; angle < 60; angle += 25) {
                    place p = place_new(shape, bins);
                    double *map = gn_alloc(p.bins, sizeof *map);
                    const double frequency = 3.4 / (bins * p.map.bin_width);
                    waves(&p, count, steps[count - 1], frequency, angle, phase, map);
                    const gn_fourier f = axes_of(&p, map);
                    assert_int_equal(f.axes, count);
                    for (int k = 0; k < count; k++) {
                        double nearest = 90;
                        for (int j = 0; j < count; j++)
                            nearest = fmin(nearest, apart(f.wave[k].angle_degrees, angle + j * steps[count - 1]));
                        assert_near(nearest, 0, 1);
                        assert_near(f.wave[k].frequency / frequency, 1, 0.01);
                        assert_near(f.wave[k].power * count, 1, 0.35); /* the waves overlap */
                    }
                    free(map);
                    place_free(&p);
                }
}

/* Whatever leaks from below one period is no axis: ramps of any direction, sigmoids, borders. */
static void test_no_leak(void **state) {
    (void)state;
    for (gn_shape shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++) {
        place p = place_new(shape, 33);
        double *map = gn_alloc(p.bins, sizeof *map);
        for (double angle = 0; angle < 180; angle += 15)
            for (int steep = 0; steep < 3; steep++) {
                const double c = cos(angle * M_PI / 180), s = sin(angle * M_PI / 180);
                for (int y = 0, i = 0; y < p.map.bins_y; y++)
                    for (int x = 0; x < p.map.bins_x; x++, i++) {
                        const double along = c * gn_map_x(&p.map, x) + s * gn_map_y(&p.map, y);
                        map[i] = p.mask[i] + (steep ? tanh(2 * steep * along) : along);
                    }
                assert_int_equal(axes_of(&p, map).axes, 0);
            }
        for (int wall = 0; wall < p.arena.corners; wall++)
            for (double width = 0.1; width < 0.7; width *= 2) {
                along_wall(&p, wall, width, map);
                assert_int_equal(axes_of(&p, map).axes, 0);
            }
        free(map);
        place_free(&p);
    }
}

/* A lattice of narrow fields has harmonics between its axes; they are not axes. */
static void test_harmonics(void **state) {
    (void)state;
    static const double phase[2] = {0.2, 0.7};
    place p = place_new(GN_SQUARE, 41);
    double *map = gn_alloc(p.bins, sizeof *map);
    for (int count = 2; count <= 3; count++) {
        waves(&p, count, count == 2 ? 90 : 60, 2, 20, phase, map);
        for (size_t i = 0; i < p.bins; i++)
            map[i] = exp(map[i]);
        assert_int_equal(axes_of(&p, map).axes, count);
    }
    waves(&p, 1, 0, 1.5, 20, phase, map); /* a square wave */
    for (size_t i = 0; i < p.bins; i++)
        map[i] = map[i] > 0;
    assert_int_equal(axes_of(&p, map).axes, 1);
    free(map);
    place_free(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spectrum),
        cmocka_unit_test(test_axes),
        cmocka_unit_test(test_no_leak),
        cmocka_unit_test(test_harmonics),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

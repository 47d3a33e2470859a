/* Gridness and lattices of known maps in every arena, odd sizes. */
#include <math.h>

#include "gn_test.h"
#include "score_maps.h"
#include "units/score_shape.h"

typedef struct {
    gn_shape_scores s;
    gn_lattice triangular, square;
} result;

static result score(const place *p, const double *map) {
    gn_shape_plan *plan;
    assert_ok(gn_shape_plan_new(&p->map, &p->arena, &plan));
    gn_shape_work *work = gn_shape_work_new(plan);
    result r;
    assert_non_null(work);
    gn_shape_maps(plan, work, 1, map, true, &r.s);
    for (int square = 0; square < 2; square++)
        gn_lattice_score(p->map.bins_x, p->map.bins_y, p->map.bin_width, gn_shape_work_sac(work), r.s.gridness.inner,
                         square, square ? &r.square : &r.triangular);
    gn_shape_work_free(work);
    gn_shape_plan_free(plan);
    return r;
}

/* Three waves: spacing 2 / (sqrt 3 f), its axes 30 degrees from the waves; two: spacing 1 / f. */
static void test_lattices(void **state) {
    (void)state;
    static const double phase[2] = {0.9, 2.1};
    for (gn_shape shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++)
        for (int bins = 25; bins <= 37; bins += 6) {
            place p = place_new(shape, bins);
            double *map = gn_alloc(p.bins, sizeof *map);
            const double frequency = 3.6 / (bins * p.map.bin_width), angle = 11;
            waves(&p, 3, 60, frequency, angle, phase, map);
            result r = score(&p, map);
            assert_true(r.s.gridness.gridness60 > 1.2);
            assert_true(r.s.gridness.gridness90 < 0.6);
            assert_int_equal(r.triangular.peaks, 6);
            assert_near(r.triangular.spacing * frequency * sqrt(3) / 2, 1, 0.02);
            assert_near(r.triangular.orientation_degrees, 41, 1.5);
            assert_near(r.triangular.ellipticity, 1, 0.04);
            waves(&p, 2, 90, frequency, angle, phase, map);
            r = score(&p, map);
            assert_true(r.s.gridness.gridness90 > 1.5);
            assert_true(r.s.gridness.gridness60 < 0);
            assert_near(r.square.spacing * frequency, 1, 0.02);
            assert_near(r.square.orientation_degrees, 11, 1.5);
            assert_near(r.square.ellipticity, 1, 0.04);
            waves(&p, 1, 0, frequency, angle, phase, map);
            r = score(&p, map);
            assert_true(r.s.gridness.gridness60 < 0.6 && r.s.gridness.gridness90 < 1.3);
            free(map);
            place_free(&p);
        }
}

/* Gridness as the headers define it, lag by lag: rotate by bilinear interpolation, correlate over every annulus. */
static double lag_at(const double *sac, int sx, int sy, double x, double y) {
    const double u = x + (sx - 1) / 2, v = y + (sy - 1) / 2;
    const int ix = (int)floor(u), iy = (int)floor(v);
    double sum = 0;
    for (int k = 0; k < 4; k++) {
        const int a = ix + (k & 1), b = iy + (k >> 1);
        const double weight = (k & 1 ? u - ix : 1 - u + ix) * (k >> 1 ? v - iy : 1 - v + iy);
        if (weight < 1e-12) continue;
        if (a < 0 || b < 0 || a >= sx || b >= sy) return NAN;
        sum += weight * sac[b * sx + a];
    }
    return sum;
}

static double rotated(const double *sac, int sx, int sy, double degrees, int inner, int outer) {
    const double c = cos(degrees * M_PI / 180), s = sin(degrees * M_PI / 180);
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (int dy = 0; dy <= outer; dy++)
        for (int dx = dy ? -outer : 1; dx <= outer; dx++) {
            const int square = dx * dx + dy * dy;
            if (square <= inner * inner || square > outer * outer) continue;
            const double a = lag_at(sac, sx, sy, dx, dy), b = lag_at(sac, sx, sy, c * dx + s * dy, -s * dx + c * dy);
            if (isnan(a) || isnan(b)) continue;
            n += 1;
            x += a;
            y += b;
            xx += a * a;
            yy += b * b;
            xy += a * b;
        }
    return n < GN_SAC_PAIRS_MIN ? NAN : (n * xy - x * y) / sqrt((n * xx - x * x) * (n * yy - y * y));
}

static void test_against_plain_rotation(void **state) {
    (void)state;
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 8, 0);
    for (gn_shape shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++)
        for (int bins = 27; bins <= 34; bins += 7) {
            place p = place_new(shape, bins);
            gn_shape_plan *plan;
            assert_ok(gn_shape_plan_new(&p.map, &p.arena, &plan));
            gn_shape_work *work = gn_shape_work_new(plan);
            double *map = gn_alloc(p.bins, sizeof *map);
            const int sx = gn_sac_side(p.map.bins_x), sy = gn_sac_side(p.map.bins_y);
            gn_shape_scores s;
            smooth_noise(&p, 1.6, &stream, map);
            gn_shape_maps(plan, work, 1, map, true, &s);
            assert_true(s.gridness.inner > 0 && !isnan(s.gridness.gridness60));
            const double *sac = gn_shape_work_sac(work);
            for (int which = 0; which < 2; which++) {
                const int inner = s.gridness.inner, outer = which ? s.gridness.outer90 : s.gridness.outer60;
                double r[180];
                for (int d = 15; d < 180; d += 15)
                    r[d] = rotated(sac, sx, sy, d, inner, outer);
                if (which)
                    assert_near(s.gridness.gridness90, r[90] - (r[45] + r[135]) / 2, 1e-9);
                else
                    assert_near(s.gridness.gridness60, fmin(r[60], r[120]) - fmax(fmax(r[30], r[90]), r[150]), 1e-9);
            }
            free(map);
            gn_shape_work_free(work);
            gn_shape_plan_free(plan);
            place_free(&p);
        }
}

/* The width is that of what is smooth: the same with noise from bin to bin on top; of noise alone it is half a bin. */
static void test_width(void **state) {
    (void)state;
    place p = place_new(GN_SQUARE, 32);
    double *map = gn_alloc(2 * p.bins, sizeof *map), *noise = map + p.bins;
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 9, 0);
    for (double sd = 2; sd < 5; sd += 1) {
        smooth_noise(&p, sd, &stream, map);
        const double clean = score(&p, map).s.width;
        smooth_noise(&p, 0, &stream, noise);
        mix(&p, 0.5, noise, map);
        assert_near(score(&p, map).s.width / clean, 1, 0.15);
        assert_near(clean / sd, 1.75, 0.6); /* 2 sqrt(log 2) = 1.67 of the Gaussian's own */
    }
    smooth_noise(&p, 0, &stream, map);
    assert_near(score(&p, map).s.width, 0.5, 0);
    free(map);
    place_free(&p);
}

/* A lattice stretched 1.25 times along one of its axes: the ellipse says so. */
static void test_ellipticity(void **state) {
    (void)state;
    place p = place_new(GN_SQUARE, 41);
    double *map = gn_alloc(p.bins, sizeof *map);
    const double k = 2 * M_PI * 2;
    for (int iy = 0, i = 0; iy < 41; iy++)
        for (int ix = 0; ix < 41; ix++, i++) {
            const double x = gn_map_x(&p.map, ix) / 1.25, y = gn_map_y(&p.map, iy);
            map[i] = cos(k * x) + cos(k * (x + sqrt(3) * y) / 2) + cos(k * (sqrt(3) * y - x) / 2);
        }
    assert_near(score(&p, map).triangular.ellipticity, 1.25, 0.03);
    free(map);
    place_free(&p);
}

/* Nothing to measure is nan, not a guess: ramps, constants, one field, fewer peaks than needed. */
static void test_undefined(void **state) {
    (void)state;
    place p = place_new(GN_SQUARE, 21);
    double *map = gn_alloc(p.bins, sizeof *map);
    for (int y = 0, i = 0; y < 21; y++)
        for (int x = 0; x < 21; x++, i++)
            map[i] = 0.3 * x - 0.1 * y;
    result r = score(&p, map);
    assert_true(isnan(r.s.gridness.gridness60) && isnan(r.triangular.spacing));
    for (size_t i = 0; i < p.bins; i++)
        map[i] = 0.3;
    r = score(&p, map);
    for (int k = 0; k < GN_SHAPES; k++)
        assert_true(isnan(r.s.score[k]));
    assert_true(isnan(r.square.spacing));
    for (int y = 0, i = 0; y < 21; y++)
        for (int x = 0; x < 21; x++, i++)
            map[i] = exp(-((x - 8) * (x - 8) + (y - 9) * (y - 9)) / 8.0);
    r = score(&p, map);
    assert_true(r.triangular.peaks < 6 ? isnan(r.triangular.spacing) : true);
    assert_true(!(r.s.gridness.gridness60 > 1));
    free(map);
    place_free(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lattices),  cmocka_unit_test(test_against_plain_rotation),
        cmocka_unit_test(test_width),     cmocka_unit_test(test_ellipticity),
        cmocka_unit_test(test_undefined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

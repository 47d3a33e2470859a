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
    gn_shape_plan *plan = gn_shape_plan_new(&p->map, &p->arena);
    gn_shape_work *work = gn_shape_work_new(plan);
    result r;
    assert_non_null(work);
    gn_shape_score_pair(plan, work, map, NULL, &r.s, NULL);
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

/* u -> a + b u, b of either sign, changes nothing; a pair of maps scores as each alone. */
static void test_invariance(void **state) {
    (void)state;
    place p = place_new(GN_HEXAGON, 27);
    double *map = gn_alloc(2 * p.bins, sizeof *map), *other = map + p.bins;
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 4, 0);
    smooth_noise(&p, 1.5, &stream, map);
    for (size_t i = 0; i < p.bins; i++)
        other[i] = 2 - 3 * map[i];
    const result a = score(&p, map), b = score(&p, other);
    gn_shape_plan *plan = gn_shape_plan_new(&p.map, &p.arena);
    gn_shape_work *work = gn_shape_work_new(plan);
    gn_shape_scores pair[2];
    gn_shape_score_pair(plan, work, other, map, &pair[0], &pair[1]);
    for (int k = 0; k < GN_SHAPES; k++) {
        assert_near(b.s.score[k], a.s.score[k], 1e-9);
        assert_near(pair[0].score[k], a.s.score[k], 1e-9);
        assert_near(pair[1].score[k], a.s.score[k], 1e-9);
    }
    assert_near(b.triangular.spacing, a.triangular.spacing, 1e-9);
    gn_shape_work_free(work);
    gn_shape_plan_free(plan);
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
        cmocka_unit_test(test_lattices),
        cmocka_unit_test(test_invariance),
        cmocka_unit_test(test_ellipticity),
        cmocka_unit_test(test_undefined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

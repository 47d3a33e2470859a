/* Border scores of known fields in every arena. */
#include <math.h>

#include "gn_test.h"
#include "score_maps.h"
#include "units/score_border.h"

static gn_border score(const place *p, const double *map) {
    gn_border_plan *plan = gn_border_plan_new(&p->map, &p->arena);
    int *scratch = gn_alloc(2 * p->bins, sizeof *scratch);
    gn_border b;
    assert_non_null(plan);
    gn_border_score(plan, map, scratch, &b);
    free(scratch);
    gn_border_plan_free(plan);
    return b;
}

/* A field on half of one wall: cM = 0.5, dM = 0, score 1; as peaks and as troughs. */
static void test_half_wall(void **state) {
    (void)state;
    for (int bins = 32; bins <= 33; bins++) {
        place p = place_new(GN_SQUARE, bins);
        double *map = gn_alloc(p.bins, sizeof *map);
        const int count = bins / 2;
        for (int sign = -1; sign <= 1; sign += 2) {
            for (int y = 0, i = 0; y < bins; y++)
                for (int x = 0; x < bins; x++, i++)
                    map[i] = sign * (x == bins - 1 && y < count);
            const gn_border b = score(&p, map);
            assert_near(b.coverage, (double)count / bins, 1e-12);
            assert_near(b.distance, 0, 0);
            assert_near(b.score, 1, 0);
            assert_int_equal(b.sign, sign);
            assert_true(p.arena.normal[b.wall][0] < -0.9); /* the wall at large x */
        }
        free(map);
        place_free(&p);
    }
}

/* Every wall of every arena is found, covered whole, whatever its slant. */
static void test_each_wall(void **state) {
    (void)state;
    for (gn_shape shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++) {
        place p = place_new(shape, 33);
        double *map = gn_alloc(p.bins, sizeof *map);
        for (int wall = 0; wall < p.arena.corners; wall++) {
            along_wall(&p, wall, 0.1, map);
            const gn_border b = score(&p, map);
            assert_int_equal(b.wall, wall);
            assert_int_equal(b.sign, 1);
            assert_true(b.coverage > 0.97);
            assert_true(b.score > 0.8);
            for (size_t i = 0; i < p.bins; i++)
                map[i] = 5 - map[i];
            assert_near(score(&p, map).score, b.score, 1e-9);
            assert_int_equal(score(&p, map).sign, -1);
        }
        free(map);
        place_free(&p);
    }
}

/* The field along the wall counts though others are larger or labelled first. */
static void test_every_field(void **state) {
    (void)state;
    place p = place_new(GN_SQUARE, 21);
    double *map = gn_alloc(p.bins, sizeof *map);
    for (int y = 0, i = 0; y < 21; y++)
        for (int x = 0; x < 21; x++, i++)
            map[i] = y > 3 && y < 7 && x > 5 && x < 10 ? 0.4 : y == 20 && x > 2;
    const gn_border b = score(&p, map);
    assert_near(b.coverage, 18.0 / 21, 1e-12);
    assert_true(p.arena.normal[b.wall][1] < -0.9);
    /* two fields of one wall are not added up */
    for (int i = 0; i < 21 * 21; i++)
        map[i] = i / 21 == 0 && (i % 21 < 6 || i % 21 > 10);
    assert_near(score(&p, map).coverage, 10.0 / 21, 1e-12);
    free(map);
    place_free(&p);
}

static void test_centre_and_constant(void **state) {
    (void)state;
    for (gn_shape shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++) {
        place p = place_new(shape, 31);
        double *map = gn_alloc(p.bins, sizeof *map);
        for (int y = 0, i = 0; y < p.map.bins_y; y++)
            for (int x = 0; x < p.map.bins_x; x++, i++)
                map[i] = p.mask[i] + (hypot(gn_map_x(&p.map, x), gn_map_y(&p.map, y)) < 0.2);
        const gn_border b = score(&p, map);
        assert_int_equal(b.sign, -1); /* all but the centre is one field along all walls */
        assert_true(b.score < 0.65);
        for (size_t i = 0; i < p.bins; i++)
            map[i] = p.mask[i] + 0.3;
        assert_true(isnan(score(&p, map).score));
        free(map);
        place_free(&p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_half_wall),
        cmocka_unit_test(test_each_wall),
        cmocka_unit_test(test_every_field),
        cmocka_unit_test(test_centre_and_constant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

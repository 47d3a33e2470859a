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

/* Combs whose teeth, from one wall, are joined by their backs only, all into one field: whichever of teeth and back is
 * met first. */
static void test_comb(void **state) {
    (void)state;
    enum { BINS = 32, BACK = 16 };
    place p = place_new(GN_SQUARE, BINS);
    double *map = gn_alloc(p.bins, sizeof *map);
    for (int side = 0; side < 4; side++) {
        for (int v = 0; v < BINS; v++) /* v away from the wall, u along it */
            for (int u = 0; u < BINS; u++) {
                const bool across = u >= 3 && u < BINS - 3, tooth = v < BACK && u % 2, back = v == BACK;
                const int away = side % 2 ? BINS - 1 - v : v;
                map[side < 2 ? away * BINS + u : u * BINS + away] = across && (tooth || back);
            }
        const gn_border b = score(&p, map);
        assert_near(b.coverage, 13.0 / BINS, 1e-12);
        assert_int_equal(b.walls, 0);
    }
    free(map);
    place_free(&p);
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

/* A field in the middle is scored as a field, though all the rest lies along all walls. */
static void test_centre_and_constant(void **state) {
    (void)state;
    for (gn_shape shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++) {
        place p = place_new(shape, 31);
        double *map = gn_alloc(p.bins, sizeof *map);
        for (int sign = -1; sign <= 1; sign += 2) {
            for (int y = 0, i = 0; y < p.map.bins_y; y++)
                for (int x = 0; x < p.map.bins_x; x++, i++)
                    map[i] = p.mask[i] + sign * (hypot(gn_map_x(&p.map, x), gn_map_y(&p.map, y)) < 0.2);
            const gn_border b = score(&p, map);
            assert_int_equal(b.sign, sign);
            assert_near(b.score, -1, 0); /* defined: walls are there, no field touches one */
            assert_int_equal(b.wall, -1);
        }
        for (size_t i = 0; i < p.bins; i++)
            map[i] = p.mask[i] + 0.3;
        assert_true(isnan(score(&p, map).score));
        free(map);
        place_free(&p);
    }
}

/* Solstad's formula for a map of nothing below 0, written out: fields from 30% of the peak, joined through eight
 * neighbours; of the square's four walls the largest part that one field covers; the mean distance to the nearest wall.
 */
static double solstad(const place *p, const double *map) {
    const int n = p->map.bins_x;
    int label[64 * 64] = {0}, fields = 0;
    double high = 0, coverage = 0, weight = 0, distance = 0;
    for (int i = 0; i < n * n; i++)
        high = fmax(high, map[i]);
    for (int i = 0; i < n * n; i++)
        if (map[i] >= 0.3 * high) label[i] = ++fields;
    for (int changed = 1; changed;) {
        changed = 0;
        for (int i = 0; i < n * n; i++)
            for (int dy = -1; label[i] && dy <= 1; dy++)
                for (int dx = -1; dx <= 1; dx++) {
                    const int x = i % n + dx, y = i / n + dy;
                    if (x < 0 || y < 0 || x >= n || y >= n || label[y * n + x] <= label[i]) continue;
                    label[y * n + x] = label[i];
                    changed = 1;
                }
    }
    for (int wall = 0; wall < 4; wall++)
        for (int f = 1; f <= fields; f++) {
            int covered = 0;
            for (int k = 0; k < n; k++)
                covered += label[wall == 0 ? k : wall == 1 ? k * n + n - 1 : wall == 2 ? (n - 1) * n + k : k * n] == f;
            coverage = fmax(coverage, (double)covered / n);
        }
    for (int i = 0; i < n * n; i++) {
        if (!label[i]) continue;
        const int x = i % n, y = i / n, near_x = x < n - 1 - x ? x : n - 1 - x, near_y = y < n - 1 - y ? y : n - 1 - y;
        weight += map[i];
        distance += map[i] * (near_x < near_y ? near_x : near_y) / (n / 2.0);
    }
    distance /= weight;
    return (coverage - distance) / (coverage + distance);
}

/* Of maps of nothing below 0 that rise from 0 in fields smaller than half the arena, the score is Solstad's, so it
 * ranks them the same; and turned over, u -> 1 - u, it stays, which Solstad's does not. */
static void test_plain_solstad(void **state) {
    (void)state;
    place p = place_new(GN_SQUARE, 30);
    double *map = gn_alloc(2 * p.bins, sizeof *map), *turned = map + p.bins;
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 7, 0);
    double least = 1, most = -1;
    for (int trial = 0; trial < 60; trial++) {
        const double sd = 0.1 + 0.2 * gn_stream_uniform(&stream);
        const double cx = 2 * gn_stream_uniform(&stream) - 1, cy = 2 * gn_stream_uniform(&stream) - 1;
        if (trial % 2)
            along_wall(&p, trial / 2 % 4, 0.05 + 0.2 * gn_stream_uniform(&stream), map);
        else
            for (int y = 0, i = 0; y < 30; y++)
                for (int x = 0; x < 30; x++, i++) {
                    const double dx = gn_map_x(&p.map, x) - cx, dy = gn_map_y(&p.map, y) - cy;
                    map[i] = exp(-(dx * dx + dy * dy) / (2 * sd * sd));
                }
        double low = INFINITY;
        for (size_t i = 0; i < p.bins; i++)
            low = fmin(low, map[i]);
        for (size_t i = 0; i < p.bins; i++) {
            map[i] -= low;
            turned[i] = 1 - map[i];
        }
        const gn_border b = score(&p, map);
        assert_int_equal(b.sign, 1);
        assert_near(b.score, solstad(&p, map), 1e-9);
        assert_near(score(&p, turned).score, b.score, 1e-9);
        assert_int_equal(score(&p, turned).sign, -1);
        least = fmin(least, b.score);
        most = fmax(most, b.score);
    }
    assert_true(least < 0 && most > 0.8); /* the ranking was over much of the range */
    free(map);
    place_free(&p);
}

/* An outermost ring of bins, or two, that nobody visited: the walls stand where the visited bins begin. More: no wall.
 */
static void test_unvisited_ring(void **state) {
    (void)state;
    enum { N = 30 };
    double value[N * N], before = 0;
    for (int ring = 0; ring <= 3; ring++) {
        place p = place_new(GN_SQUARE, N);
        for (int y = 0, i = 0; y < N; y++)
            for (int x = 0; x < N; x++, i++) {
                const bool seen = x >= ring && y >= ring && x < N - ring && y < N - ring;
                p.mask[i] = seen ? 0 : NAN;
                value[i] = p.mask[i] + 10 * exp(-(x - ring) / 2.0);
            }
        const gn_border b = score(&p, value);
        if (ring == 0) before = b.score;
        if (ring == 3) {
            assert_true(isnan(b.score) && isnan(b.coverage) && isnan(b.distance));
            assert_int_equal(b.wall, -1);
        } else {
            assert_near(b.score, before, 0.02);
            assert_near(b.coverage, 1, 0.07);
            assert_int_equal(b.wall, 3);
        }
        gn_border_plan *plan = gn_border_plan_new(&p.map, &p.arena);
        assert_true((gn_border_undefined(plan) == NULL) == (ring < 3));
        gn_border_plan_free(plan);
        place_free(&p);
    }
}

/* An arena of the shape of an L, its walls one by one: those of the inner corner end there. */
static void test_not_convex(void **state) {
    (void)state;
    enum { N = 40 };
    static const double corner[6][2] = {{-1, -1}, {1, -1}, {1, 0}, {0, 0}, {0, 1}, {-1, 1}};
    double value[N * N];
    place p = place_new(GN_SQUARE, N);
    assert_ok(gn_arena_polygon(6, corner, &p.arena));
    assert_false(p.arena.convex);
    for (int wall = 0; wall < 6; wall++) {
        const double *from = corner[wall], *to = corner[(wall + 1) % 6];
        for (int y = 0, i = 0; y < N; y++)
            for (int x = 0; x < N; x++, i++) {
                const double px = gn_map_x(&p.map, x), py = gn_map_y(&p.map, y);
                const double dx = fmax(fmax(fmin(from[0], to[0]) - px, px - fmax(from[0], to[0])), 0);
                const double dy = fmax(fmax(fmin(from[1], to[1]) - py, py - fmax(from[1], to[1])), 0);
                p.mask[i] = px < 0 || py < 0 ? 0 : NAN;
                value[i] = p.mask[i] + (hypot(dx, dy) < 2 * p.map.bin_width);
            }
        const gn_border b = score(&p, value);
        assert_int_equal(b.wall, wall);
        assert_near(b.coverage, 1, 0.01);
        assert_int_equal(b.sign, 1);
        assert_true(b.score > 0.9);
    }
    place_free(&p);
}

/* A circle's wall in arcs: all of it, and the quarter around one direction. A disc in a box whose walls it only touches
 * has none. */
static void test_round(void **state) {
    (void)state;
    enum { N = 31 };
    double value[N * N];
    place p = place_new(GN_SQUARE, N);
    for (int y = 0, i = 0; y < N; y++)
        for (int x = 0; x < N; x++, i++) {
            const double r = hypot(gn_map_x(&p.map, x), gn_map_y(&p.map, y));
            p.mask[i] = r < 1 ? 0 : NAN;
            value[i] = p.mask[i] + r;
        }
    assert_true(isnan(score(&p, value).score));
    gn_border_plan *plan = gn_border_plan_new(&p.map, &p.arena);
    assert_non_null(gn_border_undefined(plan));
    gn_border_plan_free(plan);

    assert_ok(gn_arena_make(GN_CIRCLE, 1, &p.arena));
    for (int y = 0, i = 0; y < N; y++)
        for (int x = 0; x < N; x++, i++)
            value[i] = p.mask[i] + (hypot(gn_map_x(&p.map, x), gn_map_y(&p.map, y)) > 0.9);
    gn_border b = score(&p, value);
    assert_near(b.coverage, 1, 0);
    assert_int_equal(b.walls, GN_BORDER_ARCS);
    assert_true(b.score > 0.9);
    for (int arc = 0; arc < GN_BORDER_ARCS; arc++) {
        const double c = cos(2 * M_PI * arc / GN_BORDER_ARCS), s = sin(2 * M_PI * arc / GN_BORDER_ARCS);
        for (int y = 0, i = 0; y < N; y++)
            for (int x = 0; x < N; x++, i++) {
                const double px = gn_map_x(&p.map, x), py = gn_map_y(&p.map, y), r = hypot(px, py);
                value[i] = p.mask[i] + (r > 0.85 && c * px + s * py > r * M_SQRT1_2);
            }
        b = score(&p, value);
        assert_int_equal(b.wall, arc);
        assert_near(b.coverage, 1, 0.08);
        assert_true(b.walls >= 1 && b.walls <= 3); /* its own, and of both neighbours about the half */
        assert_int_equal(b.sign, 1);
        assert_true(b.score > 0.8);
    }
    for (int y = 0, i = 0; y < N; y++)
        for (int x = 0; x < N; x++, i++) {
            const double px = gn_map_x(&p.map, x), py = gn_map_y(&p.map, y);
            value[i] = p.mask[i] + (hypot(px, py) < 0.3);
        }
    b = score(&p, value);
    assert_near(b.score, -1, 0); /* a field in the middle touches nothing */
    assert_int_equal(b.wall, -1);
    place_free(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_half_wall),
        cmocka_unit_test(test_comb),
        cmocka_unit_test(test_each_wall),
        cmocka_unit_test(test_every_field),
        cmocka_unit_test(test_centre_and_constant),
        cmocka_unit_test(test_plain_solstad),
        cmocka_unit_test(test_unvisited_ring),
        cmocka_unit_test(test_not_convex),
        cmocka_unit_test(test_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Monotone fits: what is monotone along one direction, what is not, and the fit itself against a slow one. */
#include <math.h>

#include "gn_test.h"
#include "score_maps.h"
#include "units/monotone.h"

static double *new_map(const place *p, double (*u)(double x, double y)) {
    double *map = gn_alloc(p->bins, sizeof *map);
    assert_non_null(map);
    for (int y = 0, i = 0; y < p->map.bins_y; y++)
        for (int x = 0; x < p->map.bins_x; x++, i++)
            map[i] = p->mask[i] + u(gn_map_x(&p->map, x), gn_map_y(&p->map, y));
    return map;
}

typedef struct {
    place place;
    gn_monotone_plan *plan;
    double *scratch;
} fixture;

static fixture fixture_new(gn_shape shape, int bins) {
    fixture f = {.place = place_new(shape, bins)};
    f.plan = gn_monotone_plan_new(&f.place.map, &f.place.arena);
    assert_non_null(f.plan);
    f.scratch = gn_alloc(2 * gn_map_visited(&f.place.map), sizeof *f.scratch);
    assert_non_null(f.scratch);
    return f;
}

static void fixture_free(fixture *f) {
    gn_monotone_plan_free(f->plan);
    free(f->scratch);
    place_free(&f->place);
}

static gn_ramp ramp_of(const fixture *f, double (*u)(double x, double y)) {
    double *map = new_map(&f->place, u);
    gn_ramp ramp = gn_monotone_ramp(f->plan, map, f->scratch);
    free(map);
    return ramp;
}

static gn_wall_fit wall_of(const fixture *f, double (*u)(double x, double y)) {
    double *map = new_map(&f->place, u);
    gn_wall_fit fit = gn_monotone_wall(f->plan, map, f->scratch);
    free(map);
    return fit;
}

static double east(double x, double y) {
    return x + 0 * y;
}
static double slanted(double x, double y) { /* towards 120 degrees */
    return 0.3 - 0.5 * x + sqrt(0.75) * y;
}
static double saturated(double x, double y) {
    return tanh(6 * (x - 0.4) + 0 * y);
}
static double step_down(double x, double y) { /* towards 270 degrees */
    return y + 0 * x > -0.2 ? -1 : 1;
}
static double along_west(double x, double y) {
    return exp(-(x + 1) / 0.1) + 0 * y;
}
static double diagonal(double x, double y) {
    return x + y;
}
static double one_wave(double x, double y) {
    return sin(M_PI * x) + 0 * y;
}
static double stripes(double x, double y) {
    return tanh(5 * sin(2 * M_PI * x)) + 0 * y;
}
static double slanted_stripes(double x, double y) {
    return tanh(5 * sin(2 * M_PI * (0.6 * x + 0.8 * y) / 0.8));
}
static double spot(double x, double y) {
    return exp(-(x * x + y * y) / 0.1);
}
static double lattice(double x, double y) {
    return cos(2 * M_PI * x) + cos(2 * M_PI * y);
}
static double flat(double x, double y) {
    return 0.1 + 0 * x * y;
}

static void test_ramps(void **state) {
    (void)state;
    fixture f = fixture_new(GN_SQUARE, 32);
    assert_near(ramp_of(&f, east).share, 1, 1e-12);
    assert_near(ramp_of(&f, east).angle_degrees, 0, 0);
    assert_near(ramp_of(&f, slanted).share, 1, 1e-12);
    assert_near(ramp_of(&f, slanted).angle_degrees, 120, 0);
    assert_near(ramp_of(&f, saturated).share, 1, 1e-12);
    assert_near(ramp_of(&f, step_down).share, 1, 1e-12);
    assert_near(ramp_of(&f, step_down).angle_degrees, 270, 0);
    assert_near(ramp_of(&f, along_west).share, 1, 1e-12);
    assert_near(ramp_of(&f, along_west).angle_degrees, 180, 0);
    fixture_free(&f);
}

/* Maps that are not ramps stay well below 0.9, from which a map counts as a ramp. One period across the arena comes
 * nearest, as its two inner quarters rise. */
static void test_patterns(void **state) {
    (void)state;
    fixture f = fixture_new(GN_SQUARE, 32);
    assert_near(ramp_of(&f, one_wave).share, 0.85, 0.03);
    assert_true(ramp_of(&f, stripes).share < 0.5);
    assert_true(ramp_of(&f, slanted_stripes).share < 0.5);
    assert_true(ramp_of(&f, spot).share < 0.5);
    assert_true(ramp_of(&f, lattice).share < 0.5);
    assert_true(isnan(ramp_of(&f, flat).share));
    assert_true(isnan(ramp_of(&f, flat).angle_degrees));
    fixture_free(&f);
}

/* Walls of the square, counterclockwise from the lower left corner: south, east, north, west. */
static void test_walls(void **state) {
    (void)state;
    fixture f = fixture_new(GN_SQUARE, 32);
    const gn_arena *arena = &f.place.arena;
    gn_wall_fit fit = wall_of(&f, along_west);
    assert_near(fit.share, 1, 1e-12);
    assert_int_equal(fit.sign, 1);
    assert_near(gn_arena_wall_distance(arena, fit.wall, -1, 0.3), 0, 1e-12);
    fit = wall_of(&f, east); /* highest along the east wall, not lowest along the west one */
    assert_int_equal(fit.sign, 1);
    assert_near(gn_arena_wall_distance(arena, fit.wall, 1, 0.3), 0, 1e-12);
    fit = wall_of(&f, step_down);
    assert_near(gn_arena_wall_distance(arena, fit.wall, 0.3, -1), 0, 1e-12);
    /* One coordinate has half the variance of a sum of two. */
    assert_near(wall_of(&f, diagonal).share, 0.5, 1e-3);
    assert_true(wall_of(&f, slanted).share < 0.8);
    assert_true(wall_of(&f, stripes).share < 0.5);
    assert_int_equal(wall_of(&f, flat).wall, -1);
    fixture_free(&f);
}

/* In the triangle no walls are parallel: a map that is low at a wall is high at the opposite corner. */
static void test_triangle(void **state) {
    (void)state;
    fixture f = fixture_new(GN_TRIANGLE, 40);
    double *map = gn_alloc(f.place.bins, sizeof *map);
    for (int wall = 0; wall < 3; wall++) {
        along_wall(&f.place, wall, 0.3, map);
        gn_wall_fit fit = gn_monotone_wall(f.plan, map, f.scratch);
        assert_near(fit.share, 1, 1e-12);
        assert_int_equal(fit.wall, wall);
        assert_int_equal(fit.sign, 1);
        for (size_t i = 0; i < f.place.bins; i++)
            map[i] = -map[i];
        fit = gn_monotone_wall(f.plan, map, f.scratch);
        assert_near(fit.share, 1, 1e-12);
        assert_int_equal(fit.wall, wall);
        assert_int_equal(fit.sign, -1);
    }
    free(map);
    fixture_free(&f);
}

/* Isotonic regression by its min-max formula: level k = max over a <= k of min over b >= k of the mean of a..b. */
static double slow_square(size_t n, const double *mean, const double *weight) {
    double all = 0, total = 0, fitted = 0;
    for (size_t k = 0; k < n; k++) {
        all += weight[k] * mean[k];
        total += weight[k];
    }
    all /= total;
    for (size_t k = 0; k < n; k++) {
        double level = -INFINITY;
        for (size_t a = 0; a <= k; a++) {
            double low = INFINITY, sum = 0, bins = 0;
            for (size_t b = a; b < n; b++) {
                sum += weight[b] * mean[b];
                bins += weight[b];
                if (b >= k) low = fmin(low, sum / bins);
            }
            level = fmax(level, low);
        }
        fitted += weight[k] * (level - all) * (level - all);
    }
    return fitted;
}

/* For a random map on few bins, the fits to walls are recomputed from its columns and rows; the best of all directions
 * must be at least as good. */
static void test_against_formula(void **state) {
    (void)state;
    fixture f = fixture_new(GN_SQUARE, 12);
    const int n = f.place.map.bins_x;
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 3, 0);
    for (int trial = 0; trial < 20; trial++) {
        double map[144], column[12] = {0}, weight[12], back[12], mean = 0, square = 0;
        for (int i = 0; i < n * n; i++) {
            map[i] = gn_stream_normal(&stream) + 0.1 * (trial - 10) * (i % n);
            column[i % n] += map[i] / n;
            mean += map[i] / (n * n);
        }
        for (int i = 0; i < n * n; i++)
            square += (map[i] - mean) * (map[i] - mean);
        for (int x = 0; x < n; x++) {
            weight[x] = n;
            back[x] = column[n - 1 - x];
        }
        const double east_west = fmax(slow_square(12, column, weight), slow_square(12, back, weight)) / square;
        double north_south = 0;
        for (int sign = 0; sign < 2; sign++) {
            double row[12] = {0};
            for (int i = 0; i < n * n; i++)
                row[sign ? n - 1 - i / n : i / n] += map[i] / n;
            north_south = fmax(north_south, slow_square(12, row, weight) / square);
        }
        assert_near(gn_monotone_wall(f.plan, map, f.scratch).share, fmax(east_west, north_south), 1e-9);
        assert_true(gn_monotone_ramp(f.plan, map, f.scratch).share >= fmax(east_west, north_south) - 1e-9);
    }
    fixture_free(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ramps),    cmocka_unit_test(test_patterns),        cmocka_unit_test(test_walls),
        cmocka_unit_test(test_triangle), cmocka_unit_test(test_against_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

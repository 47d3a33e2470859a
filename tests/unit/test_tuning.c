/* Tuning: where bins lie, means of known rates, halves, and merging. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "units/tuning.h"

static gn_arena make_arena(gn_shape shape) {
    gn_arena arena;
    assert_int_equal(gn_arena_make(shape, 0, &arena), GN_OK);
    return arena;
}

static void assert_near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance)) fail_msg("%.17g, expected %.17g within %g", value, expected, tolerance);
}

static void test_grid(void **state) {
    (void)state;
    gn_arena square = make_arena(GN_SQUARE), triangle = make_arena(GN_TRIANGLE);
    gn_grid grid = gn_grid_make(&square, 32);
    assert_true(grid.bin_width == 0.0625 && grid.x_min == -1 && grid.y_min == -1);
    assert_int_equal(gn_grid_bin(&grid, -1, -1), 0);
    assert_int_equal(gn_grid_bin(&grid, 1, 1), 32 * 32 - 1);   /* the far walls belong to the last bins */
    assert_int_equal(gn_grid_bin(&grid, 1, -1), 31);           /* x runs along a row */
    assert_int_equal(gn_grid_bin(&grid, -1, 1), 31 * 32);      /* row 0 is at the bottom */
    assert_int_equal(gn_grid_bin(&grid, 0, -0.9375), 32 + 16); /* edges belong to the bin above */
    assert_int_equal(gn_grid_bin(&grid, -1e-9, -0.9375 - 1e-9), 15);
    /* The triangle is wider than it is high: the grid has its width, and its middle in height. */
    grid = gn_grid_make(&triangle, 30);
    double width = triangle.max[0] - triangle.min[0], height = triangle.max[1] - triangle.min[1];
    assert_near(grid.bin_width * 30, width, 1e-14);
    assert_near(grid.x_min, triangle.min[0], 1e-14);
    assert_near(grid.y_min, triangle.min[1] - (width - height) / 2, 1e-14);
}

/* Every rate is a known function of half, place, direction or speed. */
static void test_means(void **state) {
    (void)state;
    enum { N = 3, STEPS = 40000, B = 8 };
    gn_arena square = make_arena(GN_SQUARE);
    gn_tuning t;
    assert_int_equal(gn_tuning_new(N, gn_grid_make(&square, B), 0.2, &t), GN_OK);
    gn_stream stream = gn_stream_open(1, GN_PURPOSE_TEST, 0, 0);
    uint32_t steps_at[B * B] = {0};
    for (int s = 0; s < STEPS; s++) {
        float p[2] = {(float)(2 * gn_stream_uniform(&stream) - 1), (float)(2 * gn_stream_uniform(&stream) - 1)};
        float direction = (float)gn_stream_uniform(&stream) * 0.999999f;
        float speed = s % 4 ? 0 : (float)(0.2 * gn_stream_uniform(&stream));
        /* unit 0: its bin's number, by half; unit 1: its direction bin; unit 2: linear in speed */
        int half = s % 2;
        size_t bin = gn_grid_bin(&t.grid, p[0], p[1]);
        steps_at[bin]++;
        float rate[N] = {(float)bin + 100.0f * (float)half, floorf(direction * 36), 5 * speed};
        gn_tuning_add(&t, half, p, direction, speed, rate, 1);
    }
    static float map[N * B * B], half[2 * N * B * B], direction[N * 36], speed[N * 11];
    static uint32_t occupancy[B * B];
    float direction_centre[36], speed_centre[11];
    gn_tuning_rate_map_half(&t, half);
    gn_tuning_rate_map(&t, map);
    gn_tuning_occupancy(&t, occupancy);
    gn_tuning_direction(&t, direction);
    gn_tuning_speed(&t, speed);
    gn_tuning_centres(&t, direction_centre, speed_centre);
    for (size_t b = 0; b < B * B; b++) {
        assert_near(half[b], (double)b, 1e-4);
        assert_near(half[N * B * B + b], (double)b + 100, 1e-4);
        assert_true(map[b] > (float)b + 30 && map[b] < (float)b + 70);
        assert_int_equal(occupancy[b], steps_at[b]);
    }
    for (int b = 0; b < 36; b++) {
        assert_near(direction[36 + b], b, 1e-6);
        assert_near(direction_centre[b], (b + 0.5) / 36, 1e-7);
    }
    assert_true(speed[2 * 11] == 0 && speed_centre[0] == 0);
    for (int b = 1; b < 11; b++) {
        assert_near(speed_centre[b], (b - 0.5) * 0.02, 1e-7);
        assert_near(speed[2 * 11 + b], 5 * speed_centre[b], 0.005);
    }
    assert_int_equal(t.speed_count[0], STEPS * 3 / 4);
    uint64_t moving = 0;
    for (int b = 0; b < 36; b++)
        moving += t.direction_count[b];
    assert_int_equal(moving, STEPS / 4); /* standing still has no direction of movement */
    gn_tuning_free(&t);
}

static void test_unvisited(void **state) {
    (void)state;
    gn_arena square = make_arena(GN_SQUARE);
    gn_tuning t;
    assert_int_equal(gn_tuning_new(1, gn_grid_make(&square, 2), 0.2, &t), GN_OK);
    const float place[2] = {0.5f, -0.5f}, rate[1] = {-0.25f};
    gn_tuning_add(&t, 1, place, 0.5f, 0.0f, rate, 1);
    float map[4], half[8], direction[36], speed[11];
    gn_tuning_rate_map(&t, map);
    gn_tuning_rate_map_half(&t, half);
    gn_tuning_direction(&t, direction);
    gn_tuning_speed(&t, speed);
    assert_true(isnan(map[0]) && map[1] == -0.25f && isnan(map[2]) && isnan(map[3]));
    assert_true(isnan(half[1]) && half[4 + 1] == -0.25f);
    for (int b = 0; b < 36; b++)
        assert_true(isnan(direction[b]));
    assert_true(speed[0] == -0.25f && isnan(speed[1]));
    gn_tuning_free(&t);
}

/* Speeds above the top (an animal's real track, or rounding) belong to the last bin. */
static void test_top_speed(void **state) {
    (void)state;
    gn_arena square = make_arena(GN_SQUARE);
    gn_tuning t;
    assert_int_equal(gn_tuning_new(1, gn_grid_make(&square, 1), 0.2, &t), GN_OK);
    const float place[2] = {0}, rate[1] = {1}, speeds[] = {0.2f, 0.5f, 1e-9f, 0.0199f, 0.0201f};
    for (int i = 0; i < 5; i++)
        gn_tuning_add(&t, 0, place, 0.0f, speeds[i], rate, 1);
    assert_int_equal(t.speed_count[10], 2);
    assert_int_equal(t.speed_count[1], 2);
    assert_int_equal(t.speed_count[2], 1);
    assert_int_equal(t.speed_count[0], 0);
    assert_int_equal(t.direction_count[0], 5);
    gn_tuning_free(&t);
}

/* Strided rates, and parts merged: the whole. Sums of multiples of 1/64 are exact. */
static void test_merge(void **state) {
    (void)state;
    enum { N = 5, LANES = 16, B = 4 };
    gn_arena hexagon = make_arena(GN_HEXAGON);
    gn_grid grid = gn_grid_make(&hexagon, B);
    gn_tuning whole, part[2];
    assert_int_equal(gn_tuning_new(N, grid, 0.2, &whole), GN_OK);
    for (int i = 0; i < 2; i++)
        assert_int_equal(gn_tuning_new(N, grid, 0.2, &part[i]), GN_OK);
    gn_stream stream = gn_stream_open(2, GN_PURPOSE_TEST, 0, 0);
    for (int s = 0; s < 1000; s++) {
        float block[N * LANES], alone[N];
        size_t lane = gn_stream_below(&stream, LANES);
        for (int i = 0; i < N * LANES; i++)
            block[i] = (float)gn_stream_below(&stream, 128) / 64.0f - 1.0f;
        for (size_t i = 0; i < N; i++)
            alone[i] = block[i * LANES + lane];
        float p[2] = {(float)gn_stream_uniform(&stream) - 0.5f, (float)gn_stream_uniform(&stream) - 0.5f};
        float direction = (float)gn_stream_uniform(&stream) * 0.99f;
        float speed = s % 3 ? 0.0f : 0.1f;
        gn_tuning_add(&whole, s % 2, p, direction, speed, alone, 1);
        gn_tuning_add(&part[s < 300], s % 2, p, direction, speed, block + lane, LANES);
    }
    gn_tuning_merge(&part[0], &part[1]);
    assert_memory_equal(whole.map, part[0].map, 2 * B * B * N * sizeof(double));
    assert_memory_equal(whole.map_count, part[0].map_count, 2 * B * B * sizeof(uint64_t));
    assert_memory_equal(whole.direction, part[0].direction, 36 * N * sizeof(double));
    assert_memory_equal(whole.speed, part[0].speed, 11 * N * sizeof(double));
    assert_memory_equal(whole.direction_count, part[0].direction_count, sizeof whole.direction_count);
    assert_memory_equal(whole.speed_count, part[0].speed_count, sizeof whole.speed_count);
    gn_tuning_clear(&whole);
    for (size_t i = 0; i < 2 * B * B * N; i++)
        assert_true(whole.map[i] == 0);
    assert_int_equal(whole.speed_count[0], 0);
    gn_tuning_free(&whole);
    for (int i = 0; i < 2; i++)
        gn_tuning_free(&part[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grid),      cmocka_unit_test(test_means), cmocka_unit_test(test_unvisited),
        cmocka_unit_test(test_top_speed), cmocka_unit_test(test_merge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

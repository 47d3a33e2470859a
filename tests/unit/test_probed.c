/* Files of runs and probes that hold what no program writes are refused, with the place. */
#include <math.h>
#include <stdio.h>

#include "gn_test.h"
#include "units/probed.h"
#include "units/score_run.h"
#include "walk/walk_keys.h"

enum { UNITS = 3, SAMPLES = GN_RECORDED_FEWEST, BINS = 4, DIRECTIONS = 5, SPEEDS = 2 };

static void set_frame(gn_file *file) {
    gn_walk walk = {.zero_block = 1, .top_speed = 0.2, .turn_sd = 0.3};
    assert_ok(gn_arena_make(GN_SQUARE, 0, &walk.arena));
    assert_ok(gn_walk_to_keys(&walk, "recipe.", file));
    assert_ok(gn_file_set(file, "bins", "%d", BINS));
    assert_ok(gn_file_set(file, "bin_width", "0.5"));
    assert_ok(gn_file_set(file, "x_min", "-1"));
    assert_ok(gn_file_set(file, "y_min", "-1"));
}

typedef struct {
    float rate[UNITS * SAMPLES], position[2 * SAMPLES], speed[SAMPLES];
} samples;

static void read_run(const samples *s, gn_status expected, const char *words) {
    gn_test_path path;
    gn_recorded back;
    gn_test_file(path);
    gn_file *file = gn_file_new("run");
    assert_non_null(file);
    set_frame(file);
    assert_ok(gn_file_add(file, "rate", GN_F32, 2, (size_t[]){UNITS, SAMPLES}, s->rate));
    assert_ok(gn_file_add(file, "position", GN_F32, 2, (size_t[]){SAMPLES, 2}, s->position));
    assert_ok(gn_file_add(file, "speed", GN_F32, 1, (size_t[]){SAMPLES}, s->speed));
    assert_ok(gn_file_write(file, path));
    if (expected)
        assert_fails(expected, words, gn_recorded_read(path, &back));
    else
        assert_ok(gn_recorded_read(path, &back));
    gn_recorded_free(&back);
    gn_file_free(file);
    unlink(path);
}

static void runs(void **state) {
    (void)state;
    static samples s;
    for (size_t t = 0; t < SAMPLES; t++)
        s.position[2 * t] = 2 * (float)t / SAMPLES - 1;
    read_run(&s, GN_OK, NULL);
    s.position[2 * 7] = 1e6f;
    read_run(&s, GN_EFILE, "position of sample 7: (1e+06, 0), expected inside the square");
    s.position[2 * 7] = NAN;
    read_run(&s, GN_EFILE, "position of sample 7");
    s.position[2 * 7] = 0;
    s.speed[8] = -1;
    read_run(&s, GN_EFILE, "speed of sample 8: -1");
    s.speed[8] = 0;
    s.rate[2 * SAMPLES + 9] = INFINITY;
    read_run(&s, GN_EFILE, "rate of unit 2, sample 9: inf");
}

static void read_probe(const float *map, const uint32_t *occupancy, gn_status expected, const char *words) {
    static const float curve[UNITS * DIRECTIONS], at[DIRECTIONS] = {0, 1, 2, 3, 4};
    gn_test_path path;
    gn_probed back;
    gn_test_file(path);
    gn_file *file = gn_file_new("probe");
    assert_non_null(file);
    set_frame(file);
    assert_ok(gn_file_add(file, "rate_map", GN_F32, 3, (size_t[]){UNITS, BINS, BINS}, map));
    assert_ok(gn_file_add(file, "occupancy", GN_U32, 2, (size_t[]){BINS, BINS}, occupancy));
    assert_ok(gn_file_add(file, "direction_tuning", GN_F32, 2, (size_t[]){UNITS, DIRECTIONS}, curve));
    assert_ok(gn_file_add(file, "direction_centre", GN_F32, 1, (size_t[]){DIRECTIONS}, at));
    assert_ok(gn_file_add(file, "speed_tuning", GN_F32, 2, (size_t[]){UNITS, SPEEDS}, curve));
    assert_ok(gn_file_add(file, "speed_centre", GN_F32, 1, (size_t[]){SPEEDS}, at));
    assert_ok(gn_file_write(file, path));
    if (expected)
        assert_fails(expected, words, gn_probed_read(path, UNITS, &back));
    else
        assert_ok(gn_probed_read(path, UNITS, &back));
    gn_probed_free(&back);
    gn_file_free(file);
    unlink(path);
}

static void probes(void **state) {
    (void)state;
    enum { ALL = UNITS * BINS * BINS };
    float map[ALL] = {0};
    uint32_t occupancy[BINS * BINS];
    for (int i = 0; i < BINS * BINS; i++)
        occupancy[i] = 9;
    occupancy[6] = 0; /* row 1, column 2 */
    for (int u = 0; u < UNITS; u++)
        map[u * BINS * BINS + 6] = NAN;
    read_probe(map, occupancy, GN_OK, NULL);
    map[2 * BINS * BINS + 4] = NAN;
    read_probe(map, occupancy, GN_EFILE, "unit 2, row 1, column 0: nan, expected a finite number");
    map[2 * BINS * BINS + 4] = -INFINITY;
    read_probe(map, occupancy, GN_EFILE, "unit 2, row 1, column 0: -inf");
    map[2 * BINS * BINS + 4] = 0;
    map[6] = 0.5f;
    read_probe(map, occupancy, GN_EFILE, "unit 0, row 1, column 2: 0.5, expected nan");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(runs), cmocka_unit_test(probes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

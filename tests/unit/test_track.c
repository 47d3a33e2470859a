/* Real tracks: resampled, fitted, split at gaps, and as exact as sampled walks. */
#include <math.h>
#include <stdio.h>

#include "base/math.h"
#include "gn_test.h"
#include "walk/track_import.h"

typedef struct {
    gn_test_path path;
    FILE *file;
} track_file;

static track_file track_open(void) {
    track_file f;
    gn_test_file(f.path);
    f.file = fopen(f.path, "w");
    assert_non_null(f.file);
    return f;
}

static gn_walk make_walk(gn_shape shape) {
    gn_walk walk = {.zero_block = 1};
    assert_ok(gn_arena_make(shape, 0, &walk.arena));
    return walk;
}

static void assert_near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance)) fail_msg("%.17g, expected %.17g within %g", value, expected, tolerance);
}

/* Steps add up exactly from the given start, and stay inside. */
static void check_exact(const gn_walk *walk, const gn_trajectories *t, size_t trial, double start_x, double start_y) {
    float x = (float)start_x, y = (float)start_y;
    for (size_t c = trial * t->steps; c < (trial + 1) * t->steps; c++) {
        double s, k;
        gn_sincos_turns(t->direction[c], &s, &k);
        x = (float)(x + t->speed[c] * k);
        assert_true(x == t->position[2 * c]);
        y = (float)(y + t->speed[c] * s);
        assert_true(y == t->position[2 * c + 1]);
        assert_true(t->direction[c] >= 0 && t->direction[c] < 1);
        assert_true(gn_arena_inside(&walk->arena, x, y));
    }
}

/* A walk round a circle at constant speed, sampled irregularly: the steps are alike. */
static void test_circle(void **state) {
    (void)state;
    track_file f = track_open();
    double time = 100;
    fprintf(f.file, "# time x y\n");
    for (int i = 0; i < 30000; i++, time += 0.004 + 0.003 * sin(i))
        fprintf(f.file, "%.12g\t%.12g\t%.12g\n", time, 300 + 50 * cos(time), -700 + 50 * sin(time));
    fclose(f.file);
    gn_walk walk = make_walk(GN_HEXAGON);
    const gn_track_options options = {.step = 0.05, .fit = GN_FIT_SCALE, .steps = 400};
    gn_trajectories t;
    gn_track_report report;
    assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
    assert_int_equal(report.pieces, 1);
    assert_int_equal(report.rows, 30000);
    assert_int_equal(t.trials, (size_t)((time - 100) / 0.05) / 400);
    /* The largest circle in the hexagon touches all its walls. */
    double radius = walk.arena.inradius;
    assert_near(report.scale, radius / 50, 1e-4 * radius / 50);
    assert_near(report.scale * 300 + report.shift[0], 0, 1e-4);
    assert_near(report.scale * -700 + report.shift[1], 0, 1e-4);
    for (size_t c = 0; c < t.trials * t.steps; c++) {
        double when = 100 + 0.05 * (double)(c + 1), ahead = (when - 0.025) / 6.283185307179586 + 0.25;
        assert_near(t.position[2 * c], radius * cos(when), 2e-4);
        assert_near(t.position[2 * c + 1], radius * sin(when), 2e-4);
        assert_near(t.speed[c], 2 * radius * sin(0.025), 2e-4);
        double off = t.direction[c] - ahead;
        assert_near(off - floor(off + 0.5), 0, 2e-3);
        assert_int_equal(t.redraws[c], 0);
    }
    check_exact(&walk, &t, 0, report.scale * (300 + 50 * cos(100)) + report.shift[0],
                report.scale * (-700 + 50 * sin(100)) + report.shift[1]);
    check_exact(&walk, &t, 1, t.position[2 * 399], t.position[2 * 399 + 1]);
    assert_near(walk.top_speed, 2 * radius * sin(0.025), 2e-4);
    assert_near(walk.turn_sd, 0.05, 5e-3);
    assert_true(walk.zero_speed == 0);
    gn_trajectories_free(&t);
    unlink(f.path);
}

/* The fit is the largest: some point touches the walls, whatever the arena and the track. */
static void test_fit(void **state) {
    (void)state;
    for (int shape = 0; shape < 3; shape++)
        for (int trial = 0; trial < 5; trial++) {
            track_file f = track_open();
            gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 0, (uint32_t)trial);
            for (int i = 0; i < 50; i++) {
                double x = 3 * gn_stream_normal(&stream) + 40, y = gn_stream_normal(&stream) - 9;
                fprintf(f.file, "%d %.17g %.17g\n", i, x, trial == 4 ? 7.0 : y);
            }
            fclose(f.file);
            gn_walk walk = make_walk((gn_shape)shape);
            const gn_track_options options = {.step = 0.1, .steps = 100, .trials = 2};
            gn_trajectories t;
            gn_track_report report;
            assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
            assert_int_equal(t.trials, 2);
            assert_true(report.scale > 0);
            double nearest = 1;
            gn_stream again = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 0, (uint32_t)trial);
            for (int i = 0; i < 50; i++) {
                double x = 3 * gn_stream_normal(&again) + 40, y = gn_stream_normal(&again) - 9;
                if (trial == 4) y = 7;
                double d = gn_arena_nearest_wall(&walk.arena, report.scale * x + report.shift[0],
                                                 report.scale * y + report.shift[1], NULL);
                assert_true(d > 0);
                nearest = fmin(nearest, d);
            }
            assert_true(nearest < 1e-5);
            gn_trajectories_free(&t);
            unlink(f.path);
        }
}

/* Gaps, lost rows and standing still. */
static void test_gaps(void **state) {
    (void)state;
    track_file f = track_open();
    for (int i = 0; i <= 100; i++) /* 100 s to the right, unseen for 2 s within */
        if (i != 50)
            fprintf(f.file, "%d %g 0\n", i, -0.5 + 0.01 * i);
        else
            fprintf(f.file, "%d nan nan\n", i);
    for (int i = 0; i <= 55; i++)
        fprintf(f.file, "%d 0.5 0.25\n", 200 + i); /* stands still */
    for (int i = 0; i <= 9; i++)
        fprintf(f.file, "%d %g 0\n", 300 + i, 0.02 * i); /* too short */
    fclose(f.file);
    gn_walk walk = make_walk(GN_SQUARE);
    gn_track_options options = {.fit = GN_FIT_NONE, .steps = 20};
    gn_trajectories t;
    gn_track_report report;
    assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
    assert_true(report.step == 1 && report.gap == 5 && report.scale == 1);
    assert_int_equal(report.pieces, 3);
    assert_int_equal(t.trials, 5 + 2);
    for (size_t c = 0; c < 100; c++) {
        assert_near(t.position[2 * c], -0.5 + 0.01 * (double)(c + 1), 1e-6);
        assert_near(t.speed[c], 0.01, 1e-6);
    }
    for (size_t c = 100; c < 140; c++) {
        assert_true(t.speed[c] == 0 && t.position[2 * c] == 0.5f && t.position[2 * c + 1] == 0.25f);
    }
    assert_near(walk.zero_speed, 40 / 140.0, 1e-12);
    gn_trajectories_free(&t);
    options.gap = 1.5; /* now the lost row is a gap too: 49 steps on each side */
    assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
    assert_int_equal(report.pieces, 4);
    assert_int_equal(t.trials, 2 + 2 + 2);
    assert_near(t.position[2 * 40], -0.5 + 0.51 + 0.01, 1e-6);
    gn_trajectories_free(&t);
    options.trials = 3;
    assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
    assert_int_equal(t.trials, 3);
    gn_trajectories_free(&t);
    unlink(f.path);
}

/* Trials that begin near the centre: a circle through it comes back once a turn. */
static void test_near(void **state) {
    (void)state;
    enum { TURN = 100, STEPS = 30 };
    track_file f = track_open();
    for (int i = 0; i <= 5 * TURN; i++) {
        double angle = 6.283185307179586 * (i + TURN / 2) / TURN;
        fprintf(f.file, "%d %.17g %.17g\n", i, 0.4 + 0.4 * cos(angle), 0.4 * sin(angle));
    }
    fclose(f.file);
    gn_walk walk = make_walk(GN_SQUARE);
    gn_track_options options = {.fit = GN_FIT_NONE, .steps = STEPS, .near = 0.04};
    gn_trajectories t;
    gn_track_report report;
    assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
    /* It starts there, and from the second turn on the circle of 0.04 is entered a step before. */
    assert_int_equal(t.trials, 5);
    for (size_t trial = 0; trial < t.trials; trial++) {
        double angle = 6.283185307179586 * (0.5 + (trial ? -0.01 : 0.0));
        double x = 0.4 + 0.4 * cos(angle), y = 0.4 * sin(angle);
        assert_true(x * x + y * y <= 0.04 * 0.04);
        check_exact(&walk, &t, trial, x, y);
        angle += 6.283185307179586 * STEPS / TURN;
        assert_near(t.position[2 * ((trial + 1) * STEPS - 1)], 0.4 + 0.4 * cos(angle), 1e-6);
        assert_near(t.position[2 * ((trial + 1) * STEPS - 1) + 1], 0.4 * sin(angle), 1e-6);
    }
    gn_trajectories_free(&t);
    options.trials = 2;
    assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
    assert_int_equal(t.trials, 2);
    gn_trajectories_free(&t);
    options.steps = 5 * TURN + 1;
    assert_fails(GN_EFILE, "near the centre", gn_track_read(f.path, &options, &walk, &t, &report));
    unlink(f.path);
}

static void assert_refused(const char *text, const gn_track_options *options, const char *word) {
    track_file f = track_open();
    fputs(text, f.file);
    fclose(f.file);
    gn_walk walk = make_walk(GN_SQUARE);
    gn_trajectories t;
    gn_track_report report;
    assert_fails(GN_EFILE, word, gn_track_read(f.path, options, &walk, &t, &report));
    assert_null(t.speed);
    unlink(f.path);
}

static void test_refused(void **state) {
    (void)state;
    const gn_track_options none = {.fit = GN_FIT_NONE, .steps = 2};
    const gn_track_options scale = {.fit = GN_FIT_SCALE, .steps = 2};
    const gn_track_options far = {.fit = GN_FIT_SCALE, .steps = 2, .step = 2};
    assert_refused("0 0\n1 1\n", &none, "3: time, x, y");
    assert_refused("0 0 0\n", &none, "1 rows");
    assert_refused("0 0 0\nnan 1 1\n2 nan 3\n", &none, "1 rows");
    assert_refused("0 0 0\n1 0 0\n1 0 0\n", &none, "above the 1");
    assert_refused("0 0 0\n1 0 0\n2 1.5 0\n", &none, "inside the square");
    assert_refused("0 5 5\n1 5 5\n2 5 5\n", &scale, "never moved");
    assert_refused("0 0 0\n1 0 1\n", &scale, "no 2 steps");
    assert_refused("0 0 0\n1 1 1\n2 2 2\n3 1 1\n4 0 0\n", &far, "longest step");
    assert_refused("0 0 0\n1 1e300 0\n2 0 0\n", &scale, "1e9");
    gn_walk walk = make_walk(GN_SQUARE);
    gn_trajectories t;
    gn_track_report report;
    assert_fails(GN_EIO, "missing", gn_track_read("/tmp/missing/track", &none, &walk, &t, &report));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_circle), cmocka_unit_test(test_fit),     cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_near),   cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

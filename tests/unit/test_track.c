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

/* Every position is exactly the sum of the steps from the given start, and is inside. */
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

/* The fit is the largest possible: for every arena and track a point touches the walls. */
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

/* A track that is narrower than its arena is put in the middle of the range in which it could be shifted. */
static void test_middle(void **state) {
    (void)state;
    static const struct {
        gn_shape shape;
        double track[4][2]; /* corners of a box */
        double low[2], high[2];
    } box[] = {{GN_SQUARE, {{0, 0}, {10, 0}, {10, 40}, {0, 40}}, {-0.25, -1}, {0.25, 1}},
               {GN_SQUARE, {{100, 7}, {140, 7}, {140, 9}, {100, 9}}, {-1, -0.05}, {1, 0.05}},
               {GN_SQUARE, {{0, 0}, {4, 0}, {4, 4}, {0, 4}}, {-1, -1}, {1, 1}},
               {GN_HEXAGON, {{0, 0}, {2, 0}, {2, 8}, {0, 8}}, {-0.21650635, -0.8660254}, {0.21650635, 0.8660254}}};
    for (size_t b = 0; b < sizeof box / sizeof *box; b++) {
        track_file f = track_open();
        for (int i = 0; i < 4; i++)
            fprintf(f.file, "%d %g %g\n", i, box[b].track[i][0], box[b].track[i][1]);
        fclose(f.file);
        gn_walk walk = make_walk(box[b].shape);
        const gn_track_options options = {.fit = GN_FIT_SCALE, .steps = 50, .step = 0.02};
        gn_trajectories t;
        gn_track_report report;
        assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
        for (int d = 0; d < 2; d++) {
            double low = INFINITY, high = -INFINITY;
            for (int i = 0; i < 4; i++) {
                const double at = report.scale * box[b].track[i][d] + report.shift[d];
                low = fmin(low, at);
                high = fmax(high, at);
            }
            assert_near(low, box[b].low[d], 1e-5);
            assert_near(high, box[b].high[d], 1e-5);
        }
        gn_trajectories_free(&t);
        unlink(f.path);
    }
}

/* Reads a track of these places into an arena, and asserts that it fits, with this scale and this place of the track's
 * (0, 0). */
static void assert_fitted(gn_walk *walk, int n, const double (*place)[2], double scale, double x, double y) {
    track_file f = track_open();
    for (int i = 0; i < n; i++)
        fprintf(f.file, "%d %.17g %.17g\n", i, place[i][0], place[i][1]);
    fclose(f.file);
    const gn_track_options options = {.fit = GN_FIT_SCALE, .steps = 50, .step = 0.02};
    gn_trajectories t;
    gn_track_report report;
    assert_ok(gn_track_read(f.path, &options, walk, &t, &report));
    assert_near(report.scale, scale, 1e-5 * scale);
    assert_near(report.shift[0], x, 1e-5);
    assert_near(report.shift[1], y, 1e-5);
    for (size_t c = 0; c < t.trials * t.steps; c++)
        assert_true(gn_arena_inside(&walk->arena, t.position[2 * c], t.position[2 * c + 1]));
    gn_trajectories_free(&t);
    unlink(f.path);
}

/* In a round arena the smallest circle round the track becomes the wall. */
static void test_round(void **state) {
    (void)state;
    gn_walk walk = make_walk(GN_CIRCLE);
    const double around[][2] = {{12, 7}, {10, 9}, {10.3, 7.4}, {8, 7}, {10, 5}, {11, 7}}; /* about (10, 7) */
    assert_fitted(&walk, 6, around, 0.5, -5, -3.5);
    const double right[][2] = {{3, 4}, {0, 0}, {3, 0}, {1, 1}}; /* the hypotenuse is a diameter */
    assert_fitted(&walk, 4, right, 0.4, -0.6, -0.8);
    const double flat[][2] = {{0, 0}, {10, 1}, {20, 0}, {10, -1}}; /* the two farthest places */
    assert_fitted(&walk, 4, flat, 0.1, -1, 0);
    const double line[][2] = {{0, 2}, {1, 2}, {4, 2}};
    assert_fitted(&walk, 3, line, 0.5, -1, -1);
}

/* An L-shaped track fills an L, and a U-shaped one a U, of which no place sees all others. */
static void test_not_convex(void **state) {
    (void)state;
    gn_walk walk = {.zero_block = 1};
    assert_ok(gn_arena_parse("-1,-1 1,-1 1,0 0,0 0,1 -1,1", &walk.arena));
    const double ell[][2] = {{0, 0}, {50, 0}, {100, 0}, {100, 50}, {50, 50}, {50, 100}, {0, 100}};
    assert_fitted(&walk, 7, ell, 0.02, -1, -1);
    const double box[][2] = {{0, 0}, {40, 0}, {40, 20}, {0, 20}}; /* fits best into an arm */
    assert_fitted(&walk, 4, box, 0.05, -1, -1);
    assert_ok(gn_arena_parse("0,0 6,0 6,6 4,6 4,2 2,2 2,6 0,6", &walk.arena));
    const double u[][2] = {{0, 3}, {0, 0}, {1.5, 0}, {3, 0}, {3, 3}, {2.1, 3}, {2.1, 0.9}, {0.9, 0.9}, {0.9, 3}};
    assert_fitted(&walk, 9, u, 2, 0, 0);
}

/* Asserts that the parts of the time add up to the whole. */
static void assert_adds_up(const gn_track_report *r) {
    const double sum = r->within + r->unseen + r->too_short + r->left_over + r->away + r->beyond;
    assert_near(sum, r->span, 1e-9 * r->span);
    assert_near(r->within, (double)(r->trials * r->steps) * r->step, 1e-9 * r->span);
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
    gn_track_options options = {.fit = GN_FIT_NONE, .steps = 20, .bridge = 2};
    gn_trajectories t;
    gn_track_report report;
    assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
    assert_true(report.step == 1 && report.gap == 5 && report.scale == 1);
    assert_int_equal(report.pieces, 3);
    assert_int_equal(t.trials, 5 + 2);
    for (size_t c = 0; c < 100; c++) {
        assert_near(t.position[2 * c], -0.5 + 0.01 * (double)(c + 1), 1e-6);
        assert_near(t.speed[c], 0.01, 1e-6);
        assert_true(t.time[c] == (double)(c + 1));
    }
    for (size_t c = 100; c < 140; c++) {
        assert_true(t.speed[c] == 0 && t.position[2 * c] == 0.5f && t.position[2 * c + 1] == 0.25f);
        assert_true(t.time[c] == (double)(c + 101));
    }
    assert_near(walk.zero_speed, 40 / 140.0, 1e-12);
    assert_adds_up(&report);
    assert_true(report.span == 309 && report.unseen == 100 + 45 && report.too_short == 9 && report.left_over == 15);
    assert_true(report.rows == 166 && report.missing == 1 && report.used == 100 + 41);
    gn_trajectories_free(&t);
    options.bridge = 0; /* rows of nan end a piece: 49 steps on each side */
    assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
    assert_int_equal(report.pieces, 4);
    assert_int_equal(t.trials, 2 + 2 + 2);
    assert_near(t.position[2 * 40], -0.5 + 0.51 + 0.01, 1e-6);
    assert_true(t.time[40] == 52);
    assert_adds_up(&report);
    assert_true(report.unseen == 2 + 100 + 45 && report.left_over == 9 + 9 + 15);
    gn_trajectories_free(&t);
    options.trials = 3;
    assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
    assert_int_equal(t.trials, 3);
    assert_adds_up(&report);
    assert_true(report.beyond == 29 + 55);
    gn_trajectories_free(&t);
    unlink(f.path);
}

/* When no length of trials is given, one is chosen with which few steps are lost. */
static void test_steps(void **state) {
    (void)state;
    static const struct {
        int rows, every, steps, trials; /* every so many rows one is lost */
    } track[] = {{2001, 0, 500, 4}, {6001, 744, 371, 16}, {2001, 334, 330, 6}, {1200, 0, 399, 3}, {61, 0, 500, 0}};
    for (size_t i = 0; i < sizeof track / sizeof *track; i++) {
        track_file f = track_open();
        for (int k = 0; k < track[i].rows; k++)
            if (track[i].every && k % track[i].every == track[i].every - 1)
                fprintf(f.file, "%d NA NA\n", k);
            else
                fprintf(f.file, "%d %.9g 0\n", k, 10 * sin(0.01 * k));
        fclose(f.file);
        gn_walk walk = make_walk(GN_SQUARE);
        const gn_track_options options = {.fit = GN_FIT_SCALE};
        gn_trajectories t;
        gn_track_report report;
        if (track[i].trials == 0) {
            assert_fails(GN_EFILE, "the longest of 1 pieces has 60",
                         gn_track_read(f.path, &options, &walk, &t, &report));
        } else {
            assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
            assert_int_equal(t.steps, track[i].steps);
            assert_int_equal(t.trials, track[i].trials);
            assert_adds_up(&report);
            gn_trajectories_free(&t);
        }
        unlink(f.path);
    }
}

/* ---- jumps ---------------------------------------------------------------------------------- */

enum { WALKED = 3000 };

/* A path in a box of 100 x 100 at 50 Hz, speeds up to 30 a second; `place` may move a row elsewhere. */
static void write_path(FILE *file, void (*place)(int row, double *x, double *y)) {
    for (int i = 0; i < WALKED; i++) {
        double x = 51 + 49 * sin(i / 100.0), y = 51 + 49 * cos(i / 137.0);
        if (place) place(i, &x, &y);
        fprintf(file, "%.2f\t%.3f\t%.3f\n", 0.02 * i, x, y);
    }
}

static void one_outlier(int row, double *x, double *y) {
    if (row == 1500) *x = 640, *y = 480;
}

static void outliers_at_the_ends(int row, double *x, double *y) {
    if (row < 2 || row > WALKED - 4) *x += 300, *y -= 200;
}

static void lost_at_the_origin(int row, double *x, double *y) {
    if (*x < 30 && *y < 30 && row % 4 < 2) *x = 0, *y = 0;
}

static void moved_for_good(int row, double *x, double *y) {
    (void)y;
    if (row >= 1000) *x += 60;
}

/* A track with less than 300 rows between lost ones: trials of 100 steps. */
static gn_track_report read_path(void (*place)(int, double *, double *), gn_track_options options, gn_walk *walk) {
    track_file f = track_open();
    write_path(f.file, place);
    fclose(f.file);
    *walk = make_walk(GN_SQUARE);
    gn_trajectories t;
    gn_track_report report;
    options.steps = 100;
    assert_ok(gn_track_read(f.path, &options, walk, &t, &report));
    assert_adds_up(&report);
    gn_trajectories_free(&t);
    unlink(f.path);
    return report;
}

static void test_jumps(void **state) {
    (void)state;
    gn_walk walk;
    const gn_track_options found = {0};
    const double whole = 2 / 98.0;
    gn_track_report r = read_path(NULL, found, &walk);
    assert_true(r.jumps == 0 && r.jumped == 0 && r.speed > 60 && r.speed < 120);
    assert_near(r.scale, whole, 1e-3 * whole);
    const double top = walk.top_speed;

    r = read_path(one_outlier, found, &walk);
    assert_true(r.jumps == 1 && r.jumped == 1 && r.rows == WALKED - 1 && r.pieces == 1);
    assert_string_equal(r.jump[0].where.text, "line 1501");
    assert_true(r.jump[0].rows == 1 && r.jump[0].x == 640 && r.jump[0].y == 480);
    assert_near(r.jump[0].time, 30, 1e-9);
    assert_true(r.jump[0].speed > 30000 && r.jump[0].speed < 40000);
    assert_near(r.scale, whole, 1e-3 * whole);
    assert_near(walk.top_speed, top, 1e-3);

    r = read_path(outliers_at_the_ends, found, &walk);
    assert_true(r.jumps == 2 && r.jumped == 2 + 3 && r.jump[0].rows == 2 && r.jump[1].rows == 3);
    assert_string_equal(r.jump[0].where.text, "line 1");
    assert_string_equal(r.jump[1].where.text, "line 2998");
    assert_true(r.jump[0].speed > 0);

    /* Half the frames of a corner lost at the origin do not raise the speed that is found. */
    r = read_path(lost_at_the_origin, found, &walk);
    assert_true(r.speed < 120 && r.jumps > 40 && r.jumped > 80);
    assert_true(walk.top_speed < 4 * top);
    gn_track_options zero = found;
    zero.zero_missing = true;
    gn_track_report z = read_path(lost_at_the_origin, zero, &walk);
    assert_true(z.jumps == 0 && z.zero >= r.jumped && z.origin == 0 && z.pieces > 20);
    zero.bridge = 0.07;
    z = read_path(lost_at_the_origin, zero, &walk);
    assert_int_equal(z.pieces, 1);
    assert_near(walk.top_speed, top, 1e-3);

    /* The animal or the camera was moved: no rows are left out, but the track is split there. */
    r = read_path(moved_for_good, found, &walk);
    assert_true(r.jumped == 0 && r.jumps == 1 && r.jump[0].rows == 0 && r.pieces == 2);
    assert_string_equal(r.jump[0].where.text, "line 1001");
    assert_true(walk.top_speed < 2 * top);

    /* A given speed is used; one that allows every move leaves all rows in. */
    gn_track_options asked = {.speed = 40000, .step = 0.002};
    r = read_path(one_outlier, asked, &walk);
    assert_true(r.jumps == 0 && r.speed == 40000 && r.scale < whole / 3);
}

/* With fewer than 20 moves no largest speed can be found. */
static void test_few_rows(void **state) {
    (void)state;
    track_file f = track_open();
    fprintf(f.file, "0 0 0\n1 0.01 0\n2 0.02 0\n3 0.5 0.5\n4 0.04 0\n");
    fclose(f.file);
    gn_walk walk = make_walk(GN_SQUARE);
    gn_track_options options = {.fit = GN_FIT_NONE, .steps = 4};
    gn_trajectories t;
    gn_track_report report;
    assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
    assert_true(isinf(report.speed) && report.jumps == 0);
    gn_trajectories_free(&t);
    options.speed = 0.1;
    assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
    assert_true(report.jumped == 1 && report.pieces == 1);
    assert_near(t.position[2 * 2], 0.03, 1e-7);
    gn_trajectories_free(&t);
    unlink(f.path);
}

/* The time of each step is written to a file and read back. */
static void test_time(void **state) {
    (void)state;
    track_file f = track_open();
    for (int i = 0; i < 201; i++)
        fprintf(f.file, "%.1f,%g,%g\n", 1.7e9 + 0.5 * i, sin(0.05 * i), cos(0.05 * i));
    fclose(f.file);
    gn_walk walk = make_walk(GN_SQUARE), again;
    const gn_track_options options = {.steps = 100};
    gn_trajectories t, back;
    gn_track_report report;
    assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
    assert_ok(gn_trajectories_write(&t, &walk, 1, f.path));
    assert_ok(gn_trajectories_read(f.path, &back, &again));
    for (size_t c = 0; c < 200; c++)
        assert_true(back.time[c] == t.time[c] && back.time[c] == 1.7e9 + 0.5 * (double)(c + 1));
    assert_true(gn_trajectories_rows(&back, 1, 1).time == back.time + 100);
    gn_trajectories_free(&back);
    free(t.time);
    t.time = NULL; /* as in a sampled walk */
    assert_ok(gn_trajectories_write(&t, &walk, 1, f.path));
    assert_ok(gn_trajectories_read(f.path, &back, &again));
    assert_null(back.time);
    gn_trajectories_free(&back);
    gn_trajectories_free(&t);
    unlink(f.path);
}

/* Trials begin near the centre: an animal on a circle through it comes back once in every turn. */
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
    /* The animal starts at the centre; from the second turn on it comes within 0.04 of it a step earlier. */
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

/* An animal that pauses stands still, whatever its place rounds to, and keeps its direction. */
static void test_pauses(void **state) {
    (void)state;
    enum { RUN = 7, ROUNDS = 12 };
    track_file f = track_open();
    double x = -0.6, y = -0.45;
    for (int i = 0; i < 2 * RUN * ROUNDS; i++) {
        fprintf(f.file, "%d %.17g %.17g\n", i, x, y);
        if (i / RUN % 2) continue;
        x += 0.0123;
        y += 0.0087;
    }
    fclose(f.file);
    gn_walk walk = make_walk(GN_SQUARE);
    const gn_track_options options = {.fit = GN_FIT_NONE, .steps = 2 * RUN * ROUNDS - 1};
    gn_trajectories t;
    gn_track_report report;
    assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
    for (int c = 0; c < 2 * RUN * ROUNDS - 1; c++) {
        if (c / RUN % 2 == 0)
            assert_near(t.speed[c], sqrt(0.0123 * 0.0123 + 0.0087 * 0.0087), 1e-6);
        else
            assert_true(t.speed[c] == 0 && t.direction[c] == t.direction[c - 1]);
    }
    assert_near(walk.zero_speed, (RUN * ROUNDS - 1) / (2.0 * RUN * ROUNDS - 1), 1e-12);
    gn_trajectories_free(&t);
    unlink(f.path);
}

/* Rows on the walls of an arena whose size is no float: every position that is written is inside. */
static void test_along_walls(void **state) {
    (void)state;
    for (int shape = GN_SQUARE; shape <= GN_CIRCLE; shape++) {
        gn_walk walk = {.zero_block = 1};
        assert_ok(gn_arena_make((gn_shape)shape, 0.6, &walk.arena));
        double outline[GN_OUTLINE_MAX][2];
        const int corners = gn_arena_outline(&walk.arena, outline), sides = shape == GN_CIRCLE ? 0 : corners;
        track_file f = track_open();
        for (int i = 0; i <= 300; i++) {
            double share = i % 50 / 50.0, angle = 0.05 * i;
            const double *p = outline[i / 50 % corners], *q = outline[(i / 50 + 1) % corners];
            double x = p[0] + share * (q[0] - p[0]), y = p[1] + share * (q[1] - p[1]);
            if (!sides) x = 0.6 * cos(angle), y = 0.6 * sin(angle);
            fprintf(f.file, "%d %.17g %.17g\n", i, x, y);
        }
        fclose(f.file);
        const gn_track_options options = {.fit = GN_FIT_NONE, .steps = 300};
        gn_trajectories t;
        gn_track_report report;
        assert_ok(gn_track_read(f.path, &options, &walk, &t, &report));
        for (size_t c = 0; c < 300; c++)
            assert_true(gn_arena_inside(&walk.arena, t.position[2 * c], t.position[2 * c + 1]));
        gn_trajectories_free(&t);
        unlink(f.path);
    }
}

/* A way between two rows that leads through a notch is refused. */
static void test_notch(void **state) {
    (void)state;
    gn_walk walk = {.zero_block = 1};
    assert_ok(gn_arena_parse("-1,-1 1,-1 1,0 0,0 0,1 -1,1", &walk.arena));
    track_file f = track_open();
    fputs("0 -0.5 -0.5\n1 -0.3 0.5\n2 0.5 -0.3\n3 0.5 -0.5\n", f.file);
    fclose(f.file);
    const gn_track_options options = {.fit = GN_FIT_NONE, .steps = 2, .step = 0.5};
    gn_trajectories t;
    gn_track_report report;
    assert_fails(GN_EFILE, "line 2 to line 3, time 1.5: the straight way from (-0.3, 0.5) to (0.5, -0.3) leads outside",
                 gn_track_read(f.path, &options, &walk, &t, &report));
    unlink(f.path);
    /* Trials begin near where sampled ones do: in a U, whose centroid is outside, in its largest inner circle. */
    assert_ok(gn_arena_parse("0.6,1 0.6,-0.6 -0.6,-0.6 -0.6,1 -1,1 -1,-1 1,-1 1,1", &walk.arena));
    f = track_open();
    for (int i = 0; i <= 40; i++)
        fprintf(f.file, "%d %.17g %.17g\n", i, walk.arena.middle[0] + (i > 20 ? 0.02 * (i - 20) : 0), -0.8);
    fclose(f.file);
    const gn_track_options near = {.fit = GN_FIT_NONE, .steps = 20, .near = 0.1};
    assert_ok(gn_track_read(f.path, &near, &walk, &t, &report));
    assert_int_equal(t.trials, 2);
    gn_trajectories_free(&t);
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
    assert_refused("#\n0 0 0\n1 0 0\n1 0 0\n", &none, "line 4, column 1: time 1, expected above the 1 of line 3");
    assert_refused("t,x,y\n0,0,0\n1,0,0\n2,1.5,0\n", &none,
                   "line 4, time 2: place (1.5, 0), expected inside the square");
    assert_refused("0 0 0\n1 0 0\n2 0 0\n", &none, "stands still");
    assert_refused("0 5 5\n1 5 5\n2 5 5\n", &scale, "never moved");
    assert_refused("0 0 0\n1 0 1\n", &scale, "no 2 steps");
    assert_refused("# t x y\n0 0 0\n1 1 1\n2 2 2\n3 1 1\n4 0 0\n", &far,
                   "line 3 to line 4, time 1 to 2: a step of 2.8");
    assert_refused("0 0 0\n1 NA NA\n2 0 1\n", &scale, "--track-bridge joins");
    assert_refused("0 0 0\n1 1e300 0\n2 0 0\n", &scale, "1e9");
    gn_walk walk = make_walk(GN_SQUARE);
    gn_trajectories t;
    gn_track_report report;
    assert_fails(GN_EIO, "missing", gn_track_read("/tmp/missing/track", &none, &walk, &t, &report));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_circle), cmocka_unit_test(test_fit),         cmocka_unit_test(test_middle),
        cmocka_unit_test(test_round),  cmocka_unit_test(test_not_convex),  cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_steps),  cmocka_unit_test(test_jumps),       cmocka_unit_test(test_few_rows),
        cmocka_unit_test(test_time),   cmocka_unit_test(test_near),        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_pauses), cmocka_unit_test(test_along_walls), cmocka_unit_test(test_notch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Sampled walks: their statistics, the exactness of stored numbers, reproducibility, refusals. */
#include "gn_test.h"

#include <math.h>
#include <stdio.h>

#include "base/math.h"
#include "walk/trajectory.h"

static const gn_shape shapes[] = {GN_SQUARE, GN_HEXAGON, GN_TRIANGLE};

static void assert_between(double value, double least, double most) {
    if (!(value >= least && value <= most)) fail_msg("%.9g, expected %g to %g", value, least, most);
}

static gn_walk make_walk(gn_shape shape, gn_still still) {
    gn_walk walk = {.still = still,
                    .zero_speed = 0.9,
                    .zero_mode = GN_ZERO_STEPS,
                    .zero_block = 50,
                    .turn_sd = 1 / 3.0,
                    .top_speed = 0.2,
                    .start = GN_START_CENTRE};
    assert_int_equal(gn_arena_make(shape, 0, &walk.arena), GN_OK);
    return walk;
}

static gn_trajectories sample(const gn_walk *walk, uint64_t seed, size_t trials, size_t steps) {
    gn_trajectories t;
    assert_int_equal(gn_trajectories_new(trials, steps, &t), GN_OK);
    assert_int_equal(gn_walk_sample(walk, seed, GN_PURPOSE_TEST, 0, 0, trials, &t), GN_OK);
    return t;
}

typedef struct {
    double mean_square;  /* per coordinate: the error of a zero output */
    double interactions; /* a trial */
    double untouched;    /* share of trials without an interaction */
} walk_statistics;

static walk_statistics measure(const gn_trajectories *t) {
    walk_statistics m = {0};
    for (size_t r = 0; r < t->trials; r++) {
        int interactions = 0;
        for (size_t c = r * t->steps; c < (r + 1) * t->steps; c++) {
            interactions += t->redraws[c] > 0;
            m.mean_square += (double)t->position[2 * c] * t->position[2 * c] +
                             (double)t->position[2 * c + 1] * t->position[2 * c + 1];
        }
        m.interactions += interactions;
        m.untouched += interactions == 0;
    }
    m.mean_square /= 2.0 * (double)(t->trials * t->steps);
    m.interactions /= (double)t->trials;
    m.untouched /= (double)t->trials;
    return m;
}

/* Statistics that are known for a diffusing direction and for a held one (0.39). */
static void test_statistics(void **state) {
    (void)state;
    gn_walk walk = make_walk(GN_SQUARE, GN_STILL_DIFFUSING);
    gn_trajectories t = sample(&walk, 1, 3000, 500);
    walk_statistics m = measure(&t);
    assert_between(m.mean_square, 0.27, 0.30);
    assert_between(m.interactions, 3.7, 4.4);
    assert_between(m.untouched, 0.13, 0.20);
    gn_trajectories_free(&t);
    walk = make_walk(GN_SQUARE, GN_STILL_HELD);
    t = sample(&walk, 1, 3000, 500);
    m = measure(&t);
    assert_between(m.mean_square, 0.38, 0.40);
    gn_trajectories_free(&t);
}

/* Every stored number obeys the law of motion exactly, and all positions are inside. */
static void check_motion(const gn_walk *walk, const gn_trajectories *t, size_t moving_expected) {
    for (size_t r = 0; r < t->trials; r++) {
        size_t moving = 0;
        float x = t->position[2 * r * t->steps], y = t->position[2 * r * t->steps + 1];
        float direction = t->direction[r * t->steps];
        if (walk->start == GN_START_CENTRE) {
            x = (float)walk->arena.centroid[0];
            y = (float)walk->arena.centroid[1];
        }
        for (size_t s = 0; s < t->steps; s++) {
            size_t c = r * t->steps + s;
            double sine, cosine;
            gn_sincos_turns(t->direction[c], &sine, &cosine);
            moving += t->speed[c] > 0;
            if (s > 0 || walk->start == GN_START_CENTRE) {
                x = (float)(x + t->speed[c] * cosine);
                y = (float)(y + t->speed[c] * sine);
                assert_true(t->position[2 * c] == x && t->position[2 * c + 1] == y);
            }
            assert_true(t->speed[c] >= 0 && t->speed[c] <= (float)walk->top_speed);
            assert_true(t->direction[c] >= 0 && t->direction[c] < 1);
            assert_true(gn_arena_inside(&walk->arena, x, y));
            if (t->speed[c] == 0) {
                assert_int_equal(t->redraws[c], 0);
                if (walk->still == GN_STILL_HELD && s > 0) assert_true(t->direction[c] == direction);
            }
            direction = t->direction[c];
        }
        assert_int_equal(moving, moving_expected);
    }
}

static void test_motion(void **state) {
    (void)state;
    for (int s = 0; s < 3; s++)
        for (int still = 0; still < 2; still++)
            for (int start = 0; start < 2; start++) {
                gn_walk walk = make_walk(shapes[s], still ? GN_STILL_DIFFUSING : GN_STILL_HELD);
                walk.start = start ? GN_START_UNIFORM : GN_START_CENTRE;
                gn_trajectories t = sample(&walk, 2, 200, 500);
                check_motion(&walk, &t, 50);
                gn_trajectories_free(&t);
                walk.zero_speed = 0;
                walk.top_speed = 0.02;
                t = sample(&walk, 2, 20, 137);
                check_motion(&walk, &t, 137);
                gn_trajectories_free(&t);
            }
}

static void test_polygon(void **state) {
    (void)state;
    const double corner[5][2] = {{3, 1}, {5, 1}, {5.5, 2}, {4, 3}, {2.5, 2}};
    gn_walk walk = make_walk(GN_SQUARE, GN_STILL_HELD);
    assert_int_equal(gn_arena_polygon(5, corner, &walk.arena), GN_OK);
    gn_trajectories t = sample(&walk, 3, 200, 500);
    check_motion(&walk, &t, 50);
    gn_trajectories_free(&t);
}

/* A turn is drawn from a normal law of sd turn_sd on steps without redraw, speed is uniform. */
static void test_turns_and_speeds(void **state) {
    (void)state;
    gn_walk walk = make_walk(GN_SQUARE, GN_STILL_DIFFUSING);
    gn_trajectories t = sample(&walk, 4, 1000, 500);
    double square = 0, fourth = 0, speed = 0, speed_square = 0;
    size_t turns = 0, moving = 0;
    for (size_t c = 1; c < t.trials * t.steps; c++) {
        if (t.speed[c] > 0) {
            moving++;
            speed += t.speed[c] / 0.2;
            speed_square += t.speed[c] / 0.2 * t.speed[c] / 0.2;
        }
        if (c % t.steps == 0 || t.speed[c] > 0)
            continue; /* only steps that stand still, as redraws would change the distribution */
        double turn = (double)t.direction[c] - t.direction[c - 1];
        turn = (turn - floor(turn + 0.5)) * 2 * 3.14159265358979;
        square += turn * turn;
        fourth += turn * turn * turn * turn;
        turns++;
    }
    square /= (double)turns;
    fourth /= (double)turns;
    assert_between(square, 0.998 / 9, 1.002 / 9);
    assert_between(fourth / square / square, 2.96, 3.04);
    assert_between(speed / (double)moving, 0.495, 0.505);
    assert_between(speed_square / (double)moving, 0.329, 0.338);
    gn_trajectories_free(&t);
}

/* Every step of a trial moves equally often (chi-square over 100 steps). */
static void test_moving_steps_uniform(void **state) {
    (void)state;
    gn_walk walk = make_walk(GN_SQUARE, GN_STILL_HELD);
    for (int mode = 0; mode < 2; mode++) {
        walk.zero_mode = mode ? GN_ZERO_BLOCKS : GN_ZERO_STEPS;
        walk.zero_block = 1;
        gn_trajectories t = sample(&walk, 5, 4000, 100);
        double chi = 0, expected = 400;
        for (size_t s = 0; s < 100; s++) {
            double count = 0;
            for (size_t r = 0; r < t.trials; r++)
                count += t.speed[r * 100 + s] > 0;
            chi += (count - expected) * (count - expected) / (expected * 0.9);
        }
        assert_between(chi, 60, 145); /* 99 degrees of freedom: 0.001 to 0.998 */
        gn_trajectories_free(&t);
    }
}

/* Blocks: the share is exact, and every time of standing still except one is a whole number of blocks. */
static void test_blocks(void **state) {
    (void)state;
    gn_walk walk = make_walk(GN_HEXAGON, GN_STILL_HELD);
    walk.zero_mode = GN_ZERO_BLOCKS;
    walk.zero_block = 40; /* 450 = 11 * 40 + 10 */
    gn_trajectories t = sample(&walk, 6, 200, 500);
    check_motion(&walk, &t, 50);
    for (size_t r = 0; r < t.trials; r++) {
        size_t run = 0, remainder = 0;
        for (size_t s = 0; s <= 500; s++) {
            if (s < 500 && t.speed[r * 500 + s] == 0) {
                run++;
                continue;
            }
            remainder += run % 40;
            assert_true(run % 40 == 0 || run % 40 == 10);
            run = 0;
        }
        assert_int_equal(remainder, 10);
    }
    gn_trajectories_free(&t);
    walk.zero_block = 1000000; /* all zero-speed steps are one block, which is shorter than this */
    t = sample(&walk, 6, 20, 500);
    check_motion(&walk, &t, 50);
    gn_trajectories_free(&t);
}

/* Each step independently: the number of moving steps of a trial is binomial, and neighbouring steps are independent.
 */
static void test_density(void **state) {
    (void)state;
    enum { TRIALS = 4000, STEPS = 500 };
    gn_walk walk = make_walk(GN_SQUARE, GN_STILL_DIFFUSING);
    walk.zero_mode = GN_ZERO_DENSITY;
    gn_trajectories t = sample(&walk, 12, TRIALS, STEPS);
    double mean = 0, square = 0, pairs = 0;
    for (size_t r = 0; r < TRIALS; r++) {
        double moving = 0;
        for (size_t s = 0; s < STEPS; s++) {
            const bool now = t.speed[r * STEPS + s] > 0;
            moving += now;
            pairs += s > 0 && now && t.speed[r * STEPS + s - 1] > 0;
        }
        mean += moving / TRIALS;
        square += moving * moving / TRIALS;
    }
    assert_between(mean, 50 - 0.5, 50 + 0.5);               /* standard error 0.11 */
    assert_between(square - mean * mean, 45 - 4, 45 + 4);   /* 500 * 0.1 * 0.9, standard error 1.0 */
    assert_between(pairs / TRIALS, 4.99 - 0.2, 4.99 + 0.2); /* 499 * 0.01, standard error 0.04 */
    gn_trajectories_free(&t);
}

static void test_extreme_shares(void **state) {
    (void)state;
    for (int mode = 0; mode < 3; mode++) {
        gn_walk walk = make_walk(GN_TRIANGLE, GN_STILL_DIFFUSING);
        walk.zero_mode = (gn_zero)mode;
        walk.zero_speed = 1;
        gn_trajectories t = sample(&walk, 7, 5, 77);
        check_motion(&walk, &t, 0);
        gn_trajectories_free(&t);
        walk.zero_speed = 0;
        t = sample(&walk, 7, 5, 77);
        check_motion(&walk, &t, 77);
        gn_trajectories_free(&t);
        if (walk.zero_mode == GN_ZERO_DENSITY) continue;
        walk.zero_speed = 0.5;
        t = sample(&walk, 7, 5, 1);
        check_motion(&walk, &t, 0); /* round(0.5) = 1 step stands still */
        gn_trajectories_free(&t);
    }
}

/* Uniform starts: chi-square over the 16 x 16 cells of the square, and over 3 sixths' symmetry of
 * the triangle. Starts are read back by standing still throughout. */
static void test_uniform_start(void **state) {
    (void)state;
    enum { TRIALS = 25600, CELLS = 16 };
    gn_walk walk = make_walk(GN_SQUARE, GN_STILL_HELD);
    walk.start = GN_START_UNIFORM;
    walk.zero_speed = 1;
    gn_trajectories t = sample(&walk, 8, TRIALS, 1);
    int count[CELLS][CELLS] = {{0}};
    for (size_t r = 0; r < TRIALS; r++)
        count[(int)((t.position[2 * r] + 1) * 7.99999)][(int)((t.position[2 * r + 1] + 1) * 7.99999)]++;
    double chi = 0;
    for (int i = 0; i < CELLS * CELLS; i++) {
        double expected = (double)TRIALS / (CELLS * CELLS), excess = (&count[0][0])[i] - expected;
        chi += excess * excess / expected;
    }
    assert_between(chi, 188, 330); /* 255 degrees of freedom: 0.0005 to 0.999 */
    gn_trajectories_free(&t);

    walk = make_walk(GN_TRIANGLE, GN_STILL_HELD);
    walk.start = GN_START_UNIFORM;
    walk.zero_speed = 1;
    t = sample(&walk, 8, TRIALS, 1);
    double nearest[3] = {0}, inner = 0;
    for (size_t r = 0; r < TRIALS; r++) {
        int wall;
        double d = gn_arena_nearest_wall(&walk.arena, t.position[2 * r], t.position[2 * r + 1], &wall);
        nearest[wall]++;
        inner += d > walk.arena.inradius / 2; /* the half-size triangle: a quarter of the area */
    }
    for (int k = 0; k < 3; k++)
        assert_between(nearest[k] / TRIALS, 1 / 3.0 - 0.012, 1 / 3.0 + 0.012);
    assert_between(inner / TRIALS, 0.24, 0.26);
    gn_trajectories_free(&t);
}

static void assert_rows_equal(const gn_trajectories *a, size_t ra, const gn_trajectories *b, size_t rb) {
    size_t s = a->steps;
    assert_memory_equal(a->speed + ra * s, b->speed + rb * s, s * sizeof(float));
    assert_memory_equal(a->direction + ra * s, b->direction + rb * s, s * sizeof(float));
    assert_memory_equal(a->position + 2 * ra * s, b->position + 2 * rb * s, 2 * s * sizeof(float));
    assert_memory_equal(a->redraws + ra * s, b->redraws + rb * s, s * sizeof(uint16_t));
}

/* A row is a function of (seed, purpose, update, row): sub-ranges in any order agree. */
static void test_sub_ranges(void **state) {
    (void)state;
    gn_walk walk = make_walk(GN_HEXAGON, GN_STILL_DIFFUSING);
    gn_trajectories whole = sample(&walk, 9, 23, 101), parts;
    assert_int_equal(gn_trajectories_new(23, 101, &parts), GN_OK);
    const size_t first[] = {17, 0, 5, 6}, count[] = {6, 5, 1, 11};
    for (int i = 0; i < 4; i++)
        assert_int_equal(gn_walk_sample(&walk, 9, GN_PURPOSE_TEST, 0, first[i], count[i], &parts), GN_OK);
    for (size_t r = 0; r < 23; r++)
        assert_rows_equal(&whole, r, &parts, r);
    /* Another seed, purpose, update or row gives another walk. */
    assert_int_equal(gn_walk_sample(&walk, 10, GN_PURPOSE_TEST, 0, 0, 1, &parts), GN_OK);
    assert_int_equal(gn_walk_sample(&walk, 9, GN_PURPOSE_WALK, 0, 1, 1, &parts), GN_OK);
    assert_int_equal(gn_walk_sample(&walk, 9, GN_PURPOSE_TEST, 1, 2, 1, &parts), GN_OK);
    for (size_t r = 0; r < 3; r++)
        assert_memory_not_equal(whole.direction + r * 101, parts.direction + r * 101, 404);
    assert_memory_not_equal(whole.direction, whole.direction + 101, 404);
    gn_trajectories_free(&whole);
    gn_trajectories_free(&parts);
}

static void test_threads(void **state) {
    (void)state;
    gn_walk walk = make_walk(GN_TRIANGLE, GN_STILL_HELD);
    gn_trajectories whole = sample(&walk, 14, 75, 90), all;
    assert_int_equal(gn_trajectories_new(75, 90, &all), GN_OK);
    for (int threads = 1; threads <= 5; threads += 2) {
        memset(all.speed, 0, 75 * 90 * sizeof(float));
        assert_int_equal(gn_walk_sample_all(&walk, 14, GN_PURPOSE_TEST, 0, threads, &all), GN_OK);
        for (size_t r = 0; r < 75; r++)
            assert_rows_equal(&whole, r, &all, r);
    }
    /* The caller gets the error message of the first trial that failed, whichever thread ran it. */
    char first[256];
    walk.turn_sd = 0;
    gn_error_clear();
    assert_int_equal(gn_walk_sample_all(&walk, 14, GN_PURPOSE_TEST, 0, 3, &all), GN_ENUM);
    snprintf(first, sizeof first, "%s", gn_error_message());
    assert_non_null(strstr(first, "turn-sd 0"));
    gn_error_clear();
    assert_int_equal(gn_walk_sample_all(&walk, 14, GN_PURPOSE_TEST, 0, 1, &all), GN_ENUM);
    assert_string_equal(first, gn_error_message());
    gn_error_clear();
    gn_trajectories_free(&whole);
    gn_trajectories_free(&all);
}

/* A fixed walk has the same bits on every machine: its hash is compared with a constant. */
static uint64_t fold(uint64_t hash, const void *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) /* FNV-1a */
        hash = (hash ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
    return hash;
}

static void test_golden(void **state) {
    (void)state;
    const uint64_t expected[3] = {0x18dab50aa467f874u, 0xb30c6c88a71a16b0u, 0x2b9156fb6cad1b7bu};
    for (int s = 0; s < 3; s++) {
        gn_walk walk = make_walk(shapes[s], s == 1 ? GN_STILL_DIFFUSING : GN_STILL_HELD);
        walk.start = s == 2 ? GN_START_UNIFORM : GN_START_CENTRE;
        walk.zero_mode = s == 1 ? GN_ZERO_BLOCKS : GN_ZERO_STEPS;
        gn_trajectories t = sample(&walk, 20180430, 40, 500);
        uint64_t hash = 14695981039346656037u;
        hash = fold(hash, t.speed, 40 * 500 * sizeof(float));
        hash = fold(hash, t.direction, 40 * 500 * sizeof(float));
        hash = fold(hash, t.position, 2 * 40 * 500 * sizeof(float));
        hash = fold(hash, t.redraws, 40 * 500 * sizeof(uint16_t));
        if (hash != expected[s])
            fail_msg("arena %d: hash 0x%llx, expected 0x%llx", s, (unsigned long long)hash,
                     (unsigned long long)expected[s]);
        gn_trajectories_free(&t);
    }
}

static void test_continue(void **state) {
    (void)state;
    enum { ROWS = 3, STEPS = 400, STRETCHES = 5 };
    gn_walk walk = make_walk(GN_TRIANGLE, GN_STILL_HELD);
    gn_animal animal[ROWS] = {{0}};
    gn_trajectories t, again;
    assert_int_equal(gn_trajectories_new(ROWS, STEPS, &t), GN_OK);
    assert_int_equal(gn_trajectories_new(ROWS, STEPS, &again), GN_OK);
    for (int i = 0; i < STRETCHES; i++) {
        gn_animal before[ROWS];
        memcpy(before, animal, sizeof animal);
        assert_int_equal(gn_walk_continue(&walk, 11, GN_PURPOSE_TEST, animal, &t), GN_OK);
        for (size_t r = 0; r < ROWS; r++) {
            size_t first = r * STEPS, last = first + STEPS - 1, moving = 0;
            double sine, cosine;
            gn_sincos_turns(t.direction[first], &sine, &cosine);
            assert_true(t.position[2 * first] == (float)(before[r].x + t.speed[first] * cosine));
            assert_true(t.position[2 * first + 1] == (float)(before[r].y + t.speed[first] * sine));
            assert_true(animal[r].x == t.position[2 * last]);
            assert_true(animal[r].direction == t.direction[last]);
            assert_int_equal(animal[r].step, (i + 1) * STEPS);
            for (size_t c = first; c <= last; c++)
                moving += t.speed[c] > 0;
            assert_int_equal(moving, STEPS / 10);
        }
        /* A stretch depends only on the state: from the same state it is the same. */
        assert_int_equal(gn_walk_continue(&walk, 11, GN_PURPOSE_TEST, before, &again), GN_OK);
        for (size_t r = 0; r < ROWS; r++)
            assert_rows_equal(&t, r, &again, r);
    }
    /* A trial of the same seed is another walk. */
    gn_trajectories trial = sample(&walk, 11, ROWS, STEPS);
    memset(animal, 0, sizeof animal);
    assert_int_equal(gn_walk_continue(&walk, 11, GN_PURPOSE_TEST, animal, &t), GN_OK);
    assert_memory_not_equal(trial.direction, t.direction, STEPS * sizeof(float));
    animal[0].step = INT32_MAX;
    assert_int_equal(gn_walk_continue(&walk, 11, GN_PURPOSE_TEST, animal, &t), GN_EUSAGE);
    gn_error_clear();
    gn_trajectories_free(&trial);
    gn_trajectories_free(&t);
    gn_trajectories_free(&again);
}

static void test_refused(void **state) {
    (void)state;
    gn_walk walk = make_walk(GN_SQUARE, GN_STILL_HELD);
    gn_trajectories t;
    gn_error_clear();
    assert_int_equal(gn_trajectories_new(0, 5, &t), GN_EUSAGE);
    gn_error_clear();
    assert_int_equal(gn_trajectories_new(SIZE_MAX / 8, 1000, &t), GN_EIO);
    gn_error_clear();
    assert_int_equal(gn_trajectories_new(2, 500, &t), GN_OK);
    walk.top_speed = 1.5; /* longer than the arena is wide in places: must be refused, not loop for ever */
    assert_int_equal(gn_walk_sample(&walk, 1, GN_PURPOSE_TEST, 0, 0, 2, &t), GN_EUSAGE);
    assert_non_null(strstr(gn_error_message(), "top-speed: 1.5"));
    gn_error_clear();
    walk.top_speed = 0;
    assert_int_equal(gn_walk_sample(&walk, 1, GN_PURPOSE_TEST, 0, 0, 2, &t), GN_EUSAGE);
    gn_error_clear();
    walk.top_speed = 0.2;
    walk.turn_sd = 0; /* the animal walks straight into a wall, and redraws do not change its direction */
    assert_int_equal(gn_walk_sample(&walk, 1, GN_PURPOSE_TEST, 0, 0, 2, &t), GN_ENUM);
    assert_non_null(strstr(gn_error_message(), "turn-sd 0"));
    gn_error_clear();
    walk.turn_sd = 1 / 3.0;
    walk.zero_mode = GN_ZERO_BLOCKS;
    walk.zero_block = 0;
    assert_int_equal(gn_walk_sample(&walk, 1, GN_PURPOSE_TEST, 0, 0, 2, &t), GN_EUSAGE);
    gn_error_clear();
    gn_trajectories_free(&t);
}

/* With the longest steps that are accepted, the animal finds a way in every arena. */
static void test_longest_steps(void **state) {
    (void)state;
    for (int s = 0; s < 3; s++) {
        gn_walk walk = make_walk(shapes[s], GN_STILL_HELD);
        walk.top_speed = walk.arena.inradius;
        walk.zero_speed = 0;
        gn_trajectories t = sample(&walk, 12, 20, 500);
        check_motion(&walk, &t, 500);
        gn_trajectories_free(&t);
    }
}

static void test_encode(void **state) {
    (void)state;
    float input[3];
    assert_int_equal(gn_coding_channels(GN_CODE_TURNS), 2);
    assert_int_equal(gn_coding_channels(GN_CODE_RADIANS), 2);
    assert_int_equal(gn_coding_channels(GN_CODE_COSSIN), 3);
    gn_encode(GN_CODE_TURNS, 0.125f, 0.3f, input);
    assert_true(input[0] == 0.125f && input[1] == 0.3f);
    gn_encode(GN_CODE_RADIANS, 0.125f, 0.25f, input);
    assert_true(input[0] == 0.125f && input[1] == (float)1.57079632679489662);
    gn_encode(GN_CODE_COSSIN, 0.125f, 1 / 3.0f, input);
    assert_true(input[0] == 0.125f);
    assert_between(input[1], -0.5000001, -0.4999999);
    assert_between(input[2], 0.8660253, 0.8660255);
}

/* In an L and in a circle the animal stays inside, its steps cross no wall, and all of it is visited. */
static void test_other_arenas(void **state) {
    (void)state;
    gn_walk walk = make_walk(GN_SQUARE, GN_STILL_DIFFUSING);
    walk.zero_speed = 0;
    for (int round = 0; round < 2; round++) {
        int seen[4] = {0};
        assert_int_equal(round ? gn_arena_make(GN_CIRCLE, 0.8, &walk.arena)
                               : gn_arena_parse("-1,-1 1,-1 1,0 0,0 0,1 -1,1", &walk.arena),
                         GN_OK);
        gn_trajectories t = sample(&walk, 21, 60, 400);
        for (size_t cell = 0; cell < 60 * 400; cell++) {
            const float *p = t.position + 2 * cell;
            const double to[2] = {(double)p[0], (double)p[1]};
            assert_true(gn_arena_inside(&walk.arena, to[0], to[1]));
            if (cell % 400) {
                const double from[2] = {(double)p[-2], (double)p[-1]};
                assert_true(gn_arena_clear(&walk.arena, from, to));
            }
            seen[(to[0] > 0) + 2 * (to[1] > 0)]++;
        }
        for (int k = 0; k < 4; k++)
            assert_true(round == 0 && k == 3 ? seen[k] == 0 : seen[k] > 2000);
        gn_trajectories_free(&t);
    }
}

/* Half-way to the first corner: another fixed place, the same in every trial. */
static void test_start_halfway(void **state) {
    (void)state;
    gn_walk walk = make_walk(GN_SQUARE, GN_STILL_DIFFUSING);
    walk.start = GN_START_HALFWAY;
    walk.zero_speed = 1;
    gn_trajectories t = sample(&walk, 3, 5, 4);
    for (size_t cell = 0; cell < 20; cell++)
        assert_true(t.position[2 * cell] == -0.5f && t.position[2 * cell + 1] == -0.5f);
    gn_trajectories_free(&t);
    assert_ok(gn_arena_parse("0.6,1 0.6,-0.6 -0.6,-0.6 -0.6,1 -1,1 -1,-1 1,-1 1,1", &walk.arena)); /* a U */
    assert_fails(GN_EUSAGE, "start: halfway", gn_walk_check(&walk));
    walk.start = GN_START_CENTRE;
    assert_ok(gn_walk_check(&walk));
}

static void test_file(void **state) {
    (void)state;
    gn_test_path path;
    gn_test_file(path);
    gn_walk walk = make_walk(GN_TRIANGLE, GN_STILL_DIFFUSING), read_walk;
    walk.zero_mode = GN_ZERO_BLOCKS;
    walk.zero_block = 7;
    walk.start = GN_START_UNIFORM;
    gn_trajectories t = sample(&walk, 13, 4, 60), back;
    assert_int_equal(gn_trajectories_write(&t, &walk, 13, path), GN_OK);
    assert_int_equal(gn_trajectories_read(path, &back, &read_walk), GN_OK);
    assert_int_equal(back.trials, 4);
    assert_int_equal(back.steps, 60);
    for (size_t r = 0; r < 4; r++)
        assert_rows_equal(&t, r, &back, r);
    assert_true(read_walk.arena.shape == GN_TRIANGLE && read_walk.arena.size == 1.3);
    assert_true(read_walk.still == walk.still && read_walk.zero_mode == walk.zero_mode);
    assert_true(read_walk.zero_block == 7 && read_walk.start == walk.start);
    assert_true(read_walk.turn_sd == walk.turn_sd && read_walk.top_speed == walk.top_speed);
    gn_trajectories_free(&back);
    /* Values that no walk has are refused, although the file is whole. */
    t.direction[5] = 1;
    assert_int_equal(gn_trajectories_write(&t, &walk, 13, path), GN_OK);
    assert_int_equal(gn_trajectories_read(path, &back, &read_walk), GN_EFILE);
    assert_non_null(strstr(gn_error_message(), "trial 0, step 5"));
    gn_error_clear();
    t.direction[5] = 0;
    t.position[2 * 61] = 3;
    assert_int_equal(gn_trajectories_write(&t, &walk, 13, path), GN_OK);
    assert_int_equal(gn_trajectories_read(path, &back, &read_walk), GN_EFILE);
    assert_non_null(strstr(gn_error_message(), "trial 1, step 1"));
    gn_error_clear();
    gn_trajectories_free(&t);
    /* A polygon's corners, a circle's radius. */
    walk = make_walk(GN_SQUARE, GN_STILL_DIFFUSING);
    walk.start = GN_START_HALFWAY;
    assert_int_equal(gn_arena_parse("-1,-1 1,-1 1,0.1 0,0 0.30000000000000004,1 -1,1", &walk.arena), GN_OK);
    t = sample(&walk, 2, 3, 50);
    assert_int_equal(gn_trajectories_write(&t, &walk, 2, path), GN_OK);
    assert_int_equal(gn_trajectories_read(path, &back, &read_walk), GN_OK);
    assert_memory_equal(&read_walk.arena, &walk.arena, sizeof walk.arena);
    assert_true(read_walk.start == GN_START_HALFWAY);
    gn_trajectories_free(&back);
    gn_trajectories_free(&t);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statistics),
        cmocka_unit_test(test_motion),
        cmocka_unit_test(test_polygon),
        cmocka_unit_test(test_turns_and_speeds),
        cmocka_unit_test(test_moving_steps_uniform),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_density),
        cmocka_unit_test(test_extreme_shares),
        cmocka_unit_test(test_uniform_start),
        cmocka_unit_test(test_sub_ranges),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_continue),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_longest_steps),
        cmocka_unit_test(test_encode),
        cmocka_unit_test(test_other_arenas),
        cmocka_unit_test(test_start_halfway),
        cmocka_unit_test(test_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

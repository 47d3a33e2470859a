/* Nulls: percentiles, shifts of a run against the plain map, and the same bytes from any number of
 * threads. */
#include <math.h>

#include "gn_test.h"
#include "score_maps.h"
#include "units/score_tuning.h"
#include "units/score_unit.h"

static void test_percentiles(void **state) {
    (void)state;
    double value[200];
    for (int i = 0; i < 200; i++)
        value[i] = (i * 77) % 200 + 1; /* 1..200 in disorder */
    gn_null null = gn_null_of(200, value);
    assert_int_equal(null.count, 200);
    /* of 200 + 1 equally likely ranks one percent lies above the 199th */
    assert_near(gn_null_percentile(&null, 99), 199, 0);
    assert_near(gn_null_percentile(&null, 95), 191, 0);
    assert_near(gn_null_percentile(&null, 100), 200, 0);
    assert_near(null.mean, 100.5, 1e-12);
    assert_near(gn_null_z(&null, 100.5 + null.sd), 1, 1e-12);
    double gaps[] = {NAN, 2, NAN, 1, 3, NAN};
    null = gn_null_of(6, gaps);
    assert_int_equal(null.count, 3);
    assert_near(gn_null_percentile(&null, 50), 2, 0);
    assert_near(gn_null_percentile(&null, 99), 3, 0);
    for (int i = 0; i < GN_NULL_FEWEST; i++)
        value[i] = i + 1;
    for (int count = GN_NULL_FEWEST - 1; count <= GN_NULL_FEWEST; count++) { /* of 98 the largest is in 1 of 99 ranks */
        null = gn_null_of(count, value);
        const double above = 1 - gn_null_percentile(&null, 99) / (count + 1.0);
        assert_true((above <= 0.01 + 1e-9) == (count == GN_NULL_FEWEST));
    }
    double none[] = {NAN, NAN};
    null = gn_null_of(2, none);
    assert_true(isnan(gn_null_percentile(&null, 99)) && isnan(gn_null_z(&null, 1)));
}

/* Shifts keep their distance from 0, both ways around, and reach both ends of the rest. */
static void test_shifts(void **state) {
    (void)state;
    size_t least = SIZE_MAX, most = 0;
    for (uint32_t k = 0; k < 5000; k++) {
        const size_t shift = gn_run_shift(1001, 7, k % 10, k / 10);
        least = shift < least ? shift : least;
        most = shift > most ? shift : most;
    }
    assert_int_equal(least, 201); /* 20% of 1001, rounded up */
    assert_int_equal(most, 1001 - 201);
    assert_true(gn_run_shift(1001, 7, 0, 0) != gn_run_shift(1001, 8, 0, 0) ||
                gn_run_shift(1001, 7, 0, 1) != gn_run_shift(1001, 8, 0, 1));
}

enum { SAMPLES = 3001, BINS = 15, UNITS = 5 };

typedef struct {
    float position[SAMPLES][2], rate[UNITS][SAMPLES];
    gn_grid grid;
} walk;

/* A wandering point in the square; unit 0 tells x, 1 a wave, the others drift by themselves. */
static void walk_make(walk *w) {
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 6, 0);
    double x = 0, y = 0, drift[UNITS] = {0};
    for (int t = 0; t < SAMPLES; t++) {
        if (gn_stream_uniform(&stream) < 0.5) { /* it also rests */
            x = fmax(-1, fmin(1, x + 0.3 * gn_stream_normal(&stream)));
            y = fmax(-1, fmin(1, y + 0.3 * gn_stream_normal(&stream)));
        }
        w->position[t][0] = (float)x;
        w->position[t][1] = (float)y;
        for (int i = 0; i < UNITS; i++) {
            drift[i] = 0.9 * drift[i] + 0.1 * gn_stream_normal(&stream);
            w->rate[i][t] = (float)(i == 0 ? x : i == 1 ? cos(2 * M_PI * y) : drift[i]);
        }
    }
    w->grid = (gn_grid){BINS, 2.0 / BINS, -1, -1};
}

/* A shifted map is the mean of the rates `shift` later, around the end, in each bin; so are the
 * maps of the halves. */
static void test_run_map(void **state) {
    (void)state;
    walk *w = gn_alloc(1, sizeof *w);
    walk_make(w);
    gn_run_maps maps;
    assert_ok(gn_run_maps_new(&w->grid, SAMPLES, w->position[0], 0, &maps));
    double *sums = gn_alloc(2 * SAMPLES + 1, sizeof *sums);
    double scratch[2 * BINS * BINS], map[BINS * BINS], half[2 * BINS * BINS];
    gn_run_sums(SAMPLES, w->rate[2], sums);
    for (size_t shift = 0; shift < SAMPLES; shift += 750) {
        double sum[3][BINS * BINS] = {{0}}, n[3][BINS * BINS] = {{0}};
        gn_run_map(&maps, sums, shift, scratch, map, half);
        for (size_t t = 0; t < SAMPLES; t++) {
            const size_t bin = gn_grid_bin(&w->grid, (double)w->position[t][0], (double)w->position[t][1]);
            const double u = (double)w->rate[2][(t + shift) % SAMPLES];
            const int which = t < SAMPLES / 2 ? 1 : 2;
            sum[0][bin] += u;
            sum[which][bin] += u;
            n[0][bin]++;
            n[which][bin]++;
        }
        for (size_t i = 0; i < BINS * BINS; i++)
            for (int k = 0; k < 3; k++) {
                const double mean = sum[k][i] / n[k][i];
                const double found = k ? half[(k - 1) * BINS * BINS + (int)i] : map[i];
                if (n[k][i] > 0)
                    assert_near(found, mean, 1e-12);
                else
                    assert_true(isnan(found));
            }
    }
    free(sums);
    gn_run_maps_free(&maps);
    free(w);
}

static void score_with(const walk *w, int threads, gn_unit_scores *scores, double *surrogate) {
    const gn_score_options options = {.shifts = 21, .noise_maps = 31, .seed = 5};
    gn_arena arena;
    gn_run_maps maps;
    gn_pool *pool;
    gn_scorer *scorer;
    assert_ok(gn_arena_make(GN_SQUARE, 0, &arena));
    assert_ok(gn_run_maps_new(&w->grid, SAMPLES, w->position[0], 1, &maps));
    assert_ok(gn_pool_new(threads, &pool));
    assert_ok(gn_scorer_new(&maps.map, &arena, &maps, &options, pool, &scorer));
    assert_ok(gn_scorer_run(scorer, UNITS, w->rate[0], scores, surrogate, NULL, NULL));
    gn_scorer_free(scorer);
    gn_pool_free(pool);
    gn_run_maps_free(&maps);
}

/* However few surrogates there are of each width, a map is compared with enough for a 99th percentile, or refused. */
static void test_few_surrogates(void **state) {
    (void)state;
    double value[12 * 12] = {0}, room[GN_SHAPES * GN_NULL_FEWEST];
    const gn_map mask = {.bins_x = 12, .bins_y = 12, .bin_width = 0.1, .value = value};
    gn_arena arena;
    gn_pool *pool;
    gn_noise noise;
    gn_null null[GN_SHAPES];
    assert_ok(gn_pool_new(1, &pool));
    assert_ok(gn_arena_make(GN_SQUARE, 0.6, &arena));
    gn_shape_plan *plan;
    assert_ok(gn_shape_plan_new(&mask, &arena, &plan));
    assert_ok(gn_noise_new(plan, 20, 3, &noise));
    assert_ok(gn_noise_score(&noise, false, pool));
    gn_distance *order = gn_alloc((unsigned long)noise.count, sizeof *order);
    gn_noise_null(&noise, 2, 0, room, order, null);
    assert_int_equal(null[GN_SHAPE_WAVE].count, GN_NULL_FEWEST);
    free(order);
    gn_noise_free(&noise);
    assert_int_equal(gn_noise_new(plan, 10, 3, &noise), GN_EUSAGE);
    assert_non_null(strstr(gn_error_message(), "accepted for maps of 12 x 12 bins: 13 or more"));
    gn_error_clear();
    gn_noise_free(&noise);
    gn_shape_plan_free(plan);
    gn_pool_free(pool);
}

/* A map is compared with surrogates as wide as it is, and of ramps, which have no width, with those that are as much of
 * a ramp. */
static void test_noise_of_the_width(void **state) {
    (void)state;
    place p = place_new(GN_SQUARE, 25);
    gn_shape_plan *plan;
    assert_ok(gn_shape_plan_new(&p.map, &p.arena, &plan));
    gn_pool *pool;
    gn_noise noise;
    enum { MAPS = 150 };
    assert_ok(gn_pool_new(2, &pool));
    assert_ok(gn_noise_new(plan, MAPS, 3, &noise));
    assert_ok(gn_noise_score(&noise, false, pool));
    assert_int_equal(noise.count, noise.rungs * MAPS);
    gn_distance *order = gn_alloc((unsigned long)noise.count, sizeof *order);
    double *value = gn_alloc(GN_SHAPES * MAPS, sizeof *value);
    gn_null null[GN_SHAPES];
    for (double width = 1; width < 9; width *= 1.5) {
        gn_noise_null(&noise, width, 0.1, value, order, null);
        for (int k = 0; k < MAPS; k++)
            assert_near(log(noise.width[order[k].number] / width), 0, width < 1.2 ? 0.75 : 0.5);
        for (int k = MAPS; k < noise.count; k++) /* nobody nearer was left out */
            assert_true(order[k].width >= order[MAPS - 1].width);
        assert_true(null[GN_SHAPE_LATTICE].count == MAPS && null[GN_SHAPE_WAVE].mean >= 0);
    }
    double widest = 0;
    int as_wide = 0;
    for (int k = 0; k < noise.count; k++)
        widest = fmax(widest, noise.width[k]);
    for (int k = 0; k < noise.count; k++)
        as_wide += noise.width[k] == widest;
    assert_true(as_wide > 4); /* ramps */
    gn_noise_null(&noise, widest, 1, value, order, null);
    assert_true(noise.pattern[order[0].number].ramp > noise.pattern[order[as_wide - 1].number].ramp);
    assert_ok(gn_noise_score(&noise, true, pool));
    const gn_null rest = gn_noise_null_rest(&noise, 3, value, order);
    assert_int_equal(rest.count, MAPS);
    gn_noise at_once; /* both scored in one pass: the same bits */
    assert_ok(gn_noise_new(plan, MAPS, 3, &at_once));
    assert_ok(gn_noise_score(&at_once, true, pool));
    assert_memory_equal(at_once.score, noise.score, GN_SHAPES * (size_t)noise.count * sizeof *noise.score);
    assert_memory_equal(at_once.rest_width, noise.rest_width, (size_t)noise.count * sizeof *noise.rest_width);
    assert_memory_equal(at_once.rest_lattice, noise.rest_lattice, (size_t)noise.count * sizeof *noise.rest_lattice);
    gn_noise_free(&at_once);
    free(value);
    free(order);
    gn_noise_free(&noise);
    gn_pool_free(pool);
    gn_shape_plan_free(plan);
    place_free(&p);
}

/* One thread or three: the same bits; and a unit that tells its place is stable and informative. */
static void test_threads(void **state) {
    (void)state;
    enum { SURROGATES = UNITS * GN_NULL_SCORES * 21 };
    walk *w = gn_alloc(1, sizeof *w);
    gn_unit_scores *one = gn_alloc(UNITS, sizeof *one), *three = gn_alloc(UNITS, sizeof *three);
    double *first = gn_alloc(2 * SURROGATES, sizeof *first), *second = first + SURROGATES;
    walk_make(w);
    score_with(w, 1, one, first);
    score_with(w, 3, three, second);
    assert_memory_equal(first, second, SURROGATES * sizeof *first);
    for (int i = 0; i < UNITS; i++) {
        assert_memory_equal(one[i].shape, three[i].shape, sizeof one[i].shape);
        assert_memory_equal(&one[i].information, &three[i].information, sizeof one[i].information);
        assert_memory_equal(&one[i].class_z, &three[i].class_z, sizeof one[i].class_z);
        assert_int_equal(one[i].class, three[i].class);
    }
    for (int i = 0; i < 2; i++) {
        assert_true(one[i].stability.value > 0.8 && one[i].stability.value > one[i].stability.p99);
        assert_true(one[i].information.value > one[i].information.p99);
    }
    assert_int_equal(one[0].class, GN_IRREGULAR);
    assert_int_equal(one[1].class, GN_BAND);
    free(first);
    free(one);
    free(three);
    free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_percentiles),
        cmocka_unit_test(test_shifts),
        cmocka_unit_test(test_run_map),
        cmocka_unit_test(test_few_surrogates),
        cmocka_unit_test(test_noise_of_the_width),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

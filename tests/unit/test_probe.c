/* Probing: visits have the right trial and step, batches and stretches are right, and threads do not matter. The rates
 * are compared with a plain simulation of Eqs. 1 and 2 in double precision. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "network/probe.h"

enum { N = 7 };

/* A small random network, probed without noise in the hexagon. */
static gn_probe make_probe(float noise_sd, int threads) {
    gn_probe probe = {.noise_sd = noise_sd, .seed = 5, .threads = threads};
    gn_stream stream = gn_stream_open(1, GN_PURPOSE_TEST, 0, 0);
    assert_int_equal(gn_network_new(N, 2, 2, &probe.network), GN_OK);
    probe.network.leak = 0.1f;
    probe.network.coding = GN_CODE_TURNS;
    probe.network.noise_site = GN_NOISE_RATE;
    probe.network.steps = 30;
    for (size_t i = 0; i < gn_network_size(&probe.network); i++)
        probe.network.parameter[i] = (float)(0.5 * gn_stream_normal(&stream));
    probe.walk = (gn_walk){.zero_speed = 0.5, .zero_block = 1, .turn_sd = 0.5, .top_speed = 0.2};
    assert_int_equal(gn_arena_make(GN_HEXAGON, 0, &probe.walk.arena), GN_OK);
    return probe;
}

/* One step of the network without noise: changes x (N), gives rate (N) and output (2). */
static void simulate(const gn_network *net, const gn_trajectories *t, size_t cell, double *x, double *rate,
                     double output[2]) {
    double next[N];
    for (int i = 0; i < N; i++) {
        double drive =
            net->bias[i] + net->in[2 * i] * (double)t->speed[cell] + net->in[2 * i + 1] * (double)t->direction[cell];
        for (int j = 0; j < N; j++)
            drive += net->rec[i * N + j] * tanh(x[j]);
        next[i] = 0.9 * x[i] + 0.1 * drive;
    }
    output[0] = output[1] = 0;
    for (int i = 0; i < N; i++) {
        x[i] = next[i];
        rate[i] = tanh(x[i]);
        output[0] += net->out[i] * rate[i];
        output[1] += net->out[N + i] * rate[i];
    }
}

/* Keeps every rate, output and position by trial and step. */
typedef struct {
    const gn_trajectories *batch;
    size_t first, trials, steps, batches;
    bool run; /* this is a long walk, where `first` counts steps */
    float *rate, *output, *position;
} keeper;

static keeper keeper_new(size_t trials, size_t steps, bool run) {
    keeper k = {.trials = trials, .steps = steps, .run = run};
    k.rate = calloc(trials * steps * N, sizeof(float));
    k.output = calloc(trials * steps * 2, sizeof(float));
    k.position = calloc(trials * steps * 2, sizeof(float));
    return k;
}

static void keeper_free(keeper *k) {
    free(k->rate);
    free(k->output);
    free(k->position);
}

static gn_status begin(void *context, const gn_trajectories *batch, size_t first, int chunks) {
    keeper *k = context;
    assert_true(chunks > 0);
    k->batch = batch;
    k->first = first;
    k->batches++;
    return GN_OK;
}

static void visit(void *context, int chunk, size_t first, int width, int lanes, size_t step, const float *rate,
                  const float *output) {
    keeper *k = context;
    (void)chunk;
    for (size_t w = 0; w < (size_t)width; w++) {
        size_t trial = first + w + (k->run ? 0 : k->first), time = step + (k->run ? k->first : 0);
        size_t cell = trial * k->steps + time, from = (first + w) * k->batch->steps + step;
        for (size_t i = 0; i < N; i++)
            k->rate[cell * N + i] = rate[i * (size_t)lanes + w];
        for (size_t d = 0; d < 2; d++) {
            k->output[cell * 2 + d] = output[d * (size_t)lanes + w];
            k->position[cell * 2 + d] = k->batch->position[2 * from + d];
        }
    }
}

static void assert_kept_equal(const keeper *a, const keeper *b) {
    size_t cells = a->trials * a->steps;
    assert_memory_equal(a->rate, b->rate, cells * N * sizeof(float));
    assert_memory_equal(a->output, b->output, cells * 2 * sizeof(float));
    assert_memory_equal(a->position, b->position, cells * 2 * sizeof(float));
}

static keeper probe_trials(gn_probe *probe, const gn_trajectories *given, size_t trials, size_t steps) {
    keeper k = keeper_new(trials, steps, false);
    const gn_probe_visitor visitor = {&k, begin, visit, NULL};
    assert_int_equal(gn_probe_trials(probe, given, 0, trials, steps, &visitor), GN_OK);
    return k;
}

static void test_given(void **state) {
    (void)state;
    enum { TRIALS = 1203, STEPS = 30 };
    gn_probe probe = make_probe(0, 2);
    gn_trajectories t;
    assert_int_equal(gn_trajectories_new(TRIALS, STEPS, &t), GN_OK);
    assert_int_equal(gn_walk_sample_all(&probe.walk, 1, GN_PURPOSE_TEST, 0, 1, &t), GN_OK);
    keeper k = probe_trials(&probe, &t, TRIALS, STEPS);
    assert_int_equal(k.batches, 3);
    assert_memory_equal(k.position, t.position, TRIALS * STEPS * 2 * sizeof(float));
    for (size_t r = 0; r < TRIALS; r += 7) {
        double x[N] = {0}, rate[N], output[2];
        for (size_t s = 0; s < STEPS; s++) {
            size_t cell = r * STEPS + s;
            simulate(&probe.network, &t, cell, x, rate, output);
            for (size_t i = 0; i < N; i++)
                assert_true(fabs(k.rate[cell * N + i] - rate[i]) < 2e-6);
            for (size_t d = 0; d < 2; d++)
                assert_true(fabs(k.output[cell * 2 + d] - output[d]) < 5e-6);
        }
    }
    keeper_free(&k);
    gn_trajectories_free(&t);
    gn_probe_close(&probe);
}

static void test_threads(void **state) {
    (void)state;
    gn_probe one = make_probe(0.2f, 1), three = make_probe(0.2f, 3);
    keeper a = probe_trials(&one, NULL, 730, 20), b = probe_trials(&three, NULL, 730, 20);
    assert_kept_equal(&a, &b);
    /* Batches have different walks and different noise. */
    assert_memory_not_equal(a.position, a.position + 500 * 20 * 2, 20 * 2 * sizeof(float));
    /* A smaller number of trials gives the first ones of a larger number. */
    keeper c = probe_trials(&one, NULL, 500, 20);
    assert_memory_equal(a.rate, c.rate, 500 * 20 * N * sizeof(float));
    keeper_free(&a);
    keeper_free(&b);
    keeper_free(&c);
    gn_probe_close(&one);
    gn_probe_close(&three);
}

/* When only some of many trials are run, they are the same trials, also across the end of a batch. */
static void test_from(void **state) {
    (void)state;
    enum { TRIALS = 1010, STEPS = 20, CELLS = TRIALS * STEPS };
    static const size_t range[][2] = {{3, 4}, {498, 503}, {999, 1010}};
    gn_probe probe = make_probe(0.2f, 2);
    keeper all = probe_trials(&probe, NULL, TRIALS, STEPS);
    for (size_t i = 0; i < sizeof range / sizeof *range; i++) {
        const size_t from = range[i][0] * STEPS, count = (range[i][1] - range[i][0]) * STEPS;
        keeper k = keeper_new(TRIALS, STEPS, false);
        const gn_probe_visitor visitor = {&k, begin, visit, NULL};
        assert_int_equal(gn_probe_trials(&probe, NULL, range[i][0], range[i][1], STEPS, &visitor), GN_OK);
        assert_int_equal(k.batches, i ? 2 : 1);
        assert_memory_equal(k.rate + from * N, all.rate + from * N, count * N * sizeof(float));
        assert_memory_equal(k.output + from * 2, all.output + from * 2, count * 2 * sizeof(float));
        assert_memory_equal(k.position + from * 2, all.position + from * 2, count * 2 * sizeof(float));
        keeper_free(&k);
    }
    /* Every trial has its own noise, even with the same walk. */
    gn_trajectories twice;
    assert_int_equal(gn_trajectories_new(2, STEPS, &twice), GN_OK);
    for (size_t s = 0; s < 2 * STEPS; s++)
        twice.speed[s] = 0.01f;
    keeper k = probe_trials(&probe, &twice, 2, STEPS);
    assert_memory_not_equal(k.rate, k.rate + STEPS * N, STEPS * N * sizeof(float));
    keeper_free(&k);
    gn_trajectories_free(&twice);
    keeper_free(&all);
    gn_probe_close(&probe);
}

static void test_run(void **state) {
    (void)state;
    enum { ANIMALS = 3, STEPS = 230, STRETCH = 50 };
    gn_probe probe = make_probe(0, 2);
    keeper k = keeper_new(ANIMALS, STEPS, true);
    const gn_probe_visitor visitor = {&k, begin, visit, NULL};
    assert_int_equal(gn_probe_walk(&probe, ANIMALS, STEPS, STRETCH, &visitor), GN_OK);
    assert_int_equal(k.batches, 5);
    /* The same walk in one piece, simulated by the reference. */
    gn_animal animal[ANIMALS] = {{0}};
    double x[ANIMALS][N] = {{0}};
    for (size_t first = 0; first < STEPS; first += STRETCH) {
        size_t length = STEPS - first < STRETCH ? STEPS - first : STRETCH;
        gn_trajectories t;
        assert_int_equal(gn_trajectories_new(ANIMALS, length, &t), GN_OK);
        assert_int_equal(gn_walk_continue(&probe.walk, probe.seed, GN_PURPOSE_PROBE, animal, &t), GN_OK);
        for (size_t r = 0; r < ANIMALS; r++)
            for (size_t s = 0; s < length; s++) {
                double rate[N], output[2];
                size_t cell = r * STEPS + first + s;
                simulate(&probe.network, &t, r * length + s, x[r], rate, output);
                for (size_t i = 0; i < N; i++)
                    assert_true(fabs(k.rate[cell * N + i] - rate[i]) < 5e-6);
                assert_true(k.position[2 * cell] == t.position[2 * (r * length + s)]);
            }
        gn_trajectories_free(&t);
    }
    keeper_free(&k);
    gn_probe_close(&probe);
}

static gn_status refuse(void *context) {
    (void)context;
    return gn_fail(GN_ENUM, "enough");
}

static void test_failure_stops(void **state) {
    (void)state;
    gn_probe probe = make_probe(0, 1);
    keeper k = keeper_new(1200, 5, false);
    const gn_probe_visitor visitor = {&k, begin, visit, refuse};
    gn_error_clear();
    assert_int_equal(gn_probe_trials(&probe, NULL, 0, 1200, 5, &visitor), GN_ENUM);
    assert_int_equal(k.batches, 1);
    gn_error_clear();
    keeper_free(&k);
    gn_probe_close(&probe);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_given), cmocka_unit_test(test_threads),       cmocka_unit_test(test_from),
        cmocka_unit_test(test_run),   cmocka_unit_test(test_failure_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Running a network forward gives the same as the plain reference with any number of threads, and a walk in stretches
 * gives the same as the walk in one piece. */
#include <math.h>

#include "gn_test.h"
#include "network/draw.h"
#include "network/rollout.h"
#include "reference.h"

enum { UNITS = 11, TRIALS = 53, STEPS = 24 };

/* Rates (trials, steps, N) and readouts (trials, steps, 2) as doubles. */
typedef struct {
    size_t offset; /* first step of the stretch */
    double rate[TRIALS * STEPS * UNITS], output[TRIALS * STEPS * 2];
    int seen[TRIALS * STEPS];
} record;

static void visit(void *context, int chunk, size_t first, int width, int lanes, size_t step, const float *rate,
                  const float *output) {
    record *r = context;
    assert_true(chunk >= 0 && chunk < gn_rollout_chunks(TRIALS));
    for (int k = 0; k < width; k++) {
        const size_t at = (first + (size_t)k) * STEPS + r->offset + step;
        r->seen[at]++;
        for (int i = 0; i < UNITS; i++)
            r->rate[at * UNITS + (size_t)i] = (double)rate[i * lanes + k];
        for (int o = 0; o < 2; o++)
            r->output[at * 2 + (size_t)o] = (double)output[o * lanes + k];
    }
}

static gn_network make(gn_coding coding, gn_noise_site site, double sd) {
    gn_network net;
    assert_ok(gn_network_new(UNITS, gn_coding_channels(coding), 2, &net));
    net.coding = coding;
    net.noise_site = site;
    net.noise_sd = (float)sd;
    net.steps = STEPS;
    net.walk = (gn_walk){.zero_speed = 0.5, .turn_sd = 1.0 / 3, .top_speed = 0.2};
    assert_ok(gn_arena_make(GN_SQUARE, 0, &net.walk.arena));
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 0, 0);
    for (size_t i = 0; i < gn_network_size(&net); i++)
        net.parameter[i] = (float)(0.5 * gn_stream_normal(&stream));
    return net;
}

static void compare(gn_coding coding, gn_noise_site site, double sd) {
    const uint64_t seed = gn_test_seed();
    const uint32_t update = 6;
    gn_network net = make(coding, site, sd);
    gn_pool *pool;
    gn_batch batch;
    assert_ok(gn_pool_new(1, &pool));
    assert_ok(gn_batch_new(&net, TRIALS, STEPS, sd > 0, &batch));
    assert_ok(gn_batch_draw(&batch, &net, seed, update, gn_kernel_select(), pool));
    double *parameter = calloc(gn_network_size(&net), sizeof *parameter);
    for (size_t i = 0; i < gn_network_size(&net); i++)
        parameter[i] = (double)net.parameter[i];
    double *output = calloc(TRIALS * STEPS * 2, sizeof *output);
    double *rate = calloc(TRIALS * STEPS * UNITS, sizeof *rate);
    reference_run(&net, &batch, parameter, output, rate, NULL);

    record *first = NULL;
    for (int threads = 1; threads <= 5; threads += 2) {
        record *r = calloc(1, sizeof *r);
        const gn_rollout_options options = {
            .noise_sd = net.noise_sd, .noise_site = site, .seed = seed, .update = update, .threads = threads};
        assert_ok(gn_rollout(&net, &batch.walk, &options, visit, r));
        for (int i = 0; i < TRIALS * STEPS; i++)
            assert_int_equal(r->seen[i], 1);
        for (int i = 0; i < TRIALS * STEPS * UNITS; i++)
            assert_true(fabs(r->rate[i] - rate[i]) < 2e-5);
        for (int i = 0; i < TRIALS * STEPS * 2; i++)
            assert_true(fabs(r->output[i] - output[i]) < 5e-5);
        if (first) {
            assert_memory_equal(r, first, sizeof *r);
            free(r);
        } else {
            first = r;
        }
    }
    free(first);
    free(parameter);
    free(output);
    free(rate);
    gn_batch_free(&batch);
    gn_pool_free(pool);
    gn_network_free(&net);
}

static void equals_reference(void **state) {
    (void)state;
    compare(GN_CODE_TURNS, GN_NOISE_RATE, 0.2);
    compare(GN_CODE_COSSIN, GN_NOISE_DRIVE, 0.4);
    compare(GN_CODE_RADIANS, GN_NOISE_RATE, 0.0);
}

/* The first `steps` steps of every trial from `from`, as trajectories of their own. */
static gn_trajectories cut(const gn_trajectories *walk, size_t from, size_t steps) {
    gn_trajectories part;
    assert_ok(gn_trajectories_new(walk->trials, steps, &part));
    for (size_t m = 0; m < walk->trials; m++)
        for (size_t t = 0; t < steps; t++) {
            part.speed[m * steps + t] = walk->speed[m * walk->steps + from + t];
            part.direction[m * steps + t] = walk->direction[m * walk->steps + from + t];
        }
    return part;
}

static void stretches(void **state) {
    (void)state;
    gn_network net = make(GN_CODE_TURNS, GN_NOISE_RATE, 0);
    gn_trajectories walk;
    assert_ok(gn_trajectories_new(TRIALS, STEPS, &walk));
    assert_ok(gn_walk_sample(&net.walk, 1, GN_PURPOSE_TEST, 0, 0, TRIALS, &walk));
    record *whole = calloc(1, sizeof *whole), *parts = calloc(1, sizeof *parts);
    gn_rollout_options options = {.threads = 2};
    assert_ok(gn_rollout(&net, &walk, &options, visit, whole));
    options.state = calloc(TRIALS * UNITS, sizeof *options.state);
    static const size_t length[] = {1, 9, STEPS - 10};
    for (int p = 0; p < 3; p++) {
        gn_trajectories part = cut(&walk, parts->offset, length[p]);
        assert_ok(gn_rollout(&net, &part, &options, visit, parts));
        parts->offset += length[p];
        gn_trajectories_free(&part);
    }
    parts->offset = 0;
    assert_memory_equal(parts, whole, sizeof *whole);
    free(options.state);
    free(whole);
    free(parts);
    gn_trajectories_free(&walk);
    gn_network_free(&net);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(equals_reference), cmocka_unit_test(stretches)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The trials of an update: all groups are fresh, or each is as at the update at which it was last renewed. */
#include "gn_test.h"

#include "network/draw.h"

enum { UNITS = 7, STEPS = 9, TRIALS = 71 };

static gn_network make(void) {
    gn_network net;
    assert_ok(gn_network_new(UNITS, 2, 2, &net));
    net.noise_sd = 0.25f;
    net.steps = STEPS;
    net.walk = (gn_walk){.zero_speed = 0.5, .turn_sd = 1.0 / 3, .top_speed = 0.2};
    assert_ok(gn_arena_make(GN_SQUARE, 0, &net.walk.arena));
    return net;
}

static void draw(const gn_network *net, int trials, int lifetime, int threads, uint32_t update, gn_batch *batch) {
    gn_pool *pool;
    assert_ok(gn_pool_new(threads, &pool));
    assert_ok(gn_batch_new(net, trials, STEPS, true, batch));
    batch->lifetime = lifetime;
    assert_ok(gn_batch_draw(batch, net, gn_test_seed(), update, gn_kernel_select(), pool));
    gn_pool_free(pool);
}

/* The noise of a unit in a trial, whichever chunk the trial is in. */
static float noise_of(const gn_batch *batch, int trial, int step, int unit) {
    int c = 0;
    while (trial >= batch->chunk[c].first + batch->chunk[c].width)
        c++;
    return batch->noise[c][(step * UNITS + unit) * batch->chunk[c].lanes + trial - batch->chunk[c].first];
}

/* 1 when the positions and noise of a trial are those of `other`, 0 when all of them differ. */
static int same_trial(const gn_batch *batch, const gn_batch *other, int trial) {
    int same = 0;
    for (int t = 0; t < STEPS; t++) {
        const size_t at = (size_t)(trial * STEPS + t);
        bool equal = batch->walk.direction[at] == other->walk.direction[at] &&
                     batch->walk.position[2 * at] == other->walk.position[2 * at];
        for (int i = 0; i < UNITS; i++)
            equal &= noise_of(batch, trial, t, i) == noise_of(other, trial, t, i);
        same += equal;
    }
    assert_true(same == 0 || same == STEPS);
    return same > 0;
}

static void groups_are_renewed_in_turn(void **state) {
    (void)state;
    const int lifetime = 3;
    gn_network net = make();
    gn_batch fresh[9];
    for (uint32_t u = 0; u < 9; u++)
        draw(&net, TRIALS, 1, 1, u, &fresh[u]);
    for (uint32_t u = 0; u < 9; u++) {
        gn_batch batch;
        draw(&net, TRIALS, lifetime, 2, u, &batch);
        for (int trial = 0; trial < TRIALS; trial++) {
            uint32_t last = u; /* the last update whose turn was this trial's group, or the first of all */
            while (last > 0 && last % 3 != (uint32_t)(trial / GN_GROUP) % 3)
                last--;
            for (uint32_t v = 0; v < 9; v++)
                assert_int_equal(same_trial(&batch, &fresh[v], trial), v == last);
        }
        gn_batch_free(&batch);
    }
    for (uint32_t u = 0; u < 9; u++)
        gn_batch_free(&fresh[u]);
    gn_network_free(&net);
}

/* The batch for curvature products has the first trials of the whole batch, however these are divided into chunks. */
static void fewer_are_the_first_of_many(void **state) {
    (void)state;
    gn_network net = make();
    for (int lifetime = 0; lifetime < 4; lifetime++)
        for (int trials = 1; trials < TRIALS; trials += 23) {
            gn_batch all, fewer;
            draw(&net, TRIALS, lifetime, 1, 5, &all);
            draw(&net, trials, lifetime, 2, 5, &fewer);
            for (int trial = 0; trial < trials; trial++)
                assert_int_equal(same_trial(&fewer, &all, trial), 1);
            gn_batch_free(&all);
            gn_batch_free(&fewer);
        }
    gn_network_free(&net);
}

/* The animal runs straight on and finds no way along the wall, in every trial. */
static void a_failure_is_told_alike_by_any_thread(void **state) {
    (void)state;
    gn_network net = make();
    net.walk.turn_sd = 0;
    net.walk.zero_speed = 0;
    net.walk.top_speed = 1;
    for (int threads = 1; threads <= 4; threads++) {
        gn_batch batch;
        gn_pool *pool;
        assert_ok(gn_pool_new(threads, &pool));
        assert_ok(gn_batch_new(&net, TRIALS, STEPS, true, &batch));
        assert_fails(GN_ENUM, "trial 0, step ",
                     gn_batch_draw(&batch, &net, gn_test_seed(), 0, gn_kernel_select(), pool));
        gn_batch_free(&batch);
        gn_pool_free(pool);
    }
    gn_network_free(&net);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_are_renewed_in_turn),
        cmocka_unit_test(fewer_are_the_first_of_many),
        cmocka_unit_test(a_failure_is_told_alike_by_any_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

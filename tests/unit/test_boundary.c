/* Aligning trials at their first contact: groups, controls and blocks of trials that the test makes itself. */
#include <math.h>
#include <string.h>

#include "gn_test.h"
#include "network/boundary.h"
#include "score_maps.h"

enum { STEPS = 200, TRIALS = 120 };

/* Trials whose error shows which trial and step it belongs to; contacts are set later. */
static gn_boundary boundary_new(void) {
    gn_boundary b = {.trials = TRIALS, .steps = STEPS};
    b.error = gn_alloc(TRIALS * STEPS, sizeof *b.error);
    b.redraws = gn_alloc(TRIALS * STEPS, sizeof *b.redraws);
    b.contact = gn_alloc(TRIALS, sizeof *b.contact);
    b.latest = gn_alloc(TRIALS, sizeof *b.latest);
    assert_true(b.error && b.redraws && b.contact && b.latest);
    for (size_t i = 0; i < TRIALS * STEPS; i++)
        b.error[i] = (float)(1000 * (i / STEPS) + i % STEPS);
    return b;
}

/* Sets first contacts, and the order of trials by them, from the redraws. */
static void settle(gn_boundary *b) {
    size_t next = 0;
    for (size_t r = 0; r < b->trials; r++) {
        b->contact[r] = 0;
        while (b->contact[r] < b->steps && b->redraws[r * b->steps + b->contact[r]] == 0)
            b->contact[r]++;
    }
    for (size_t step = b->steps + 1; step-- > 0;)
        for (size_t r = 0; r < b->trials; r++)
            if (b->contact[r] == step) b->latest[next++] = r;
}

/* Trial 0 meets a wall at step 60 and then at the steps `later`; trial 1 never meets one. */
static void align_one(const int *later, int redraws, const gn_contact_rule *rule,
                      gn_contact_curve group[GN_CONTACT_GROUPS]) {
    gn_boundary b = boundary_new();
    b.trials = 2;
    b.redraws[60] = 3;
    for (int i = 0; later[i]; i++)
        b.redraws[60 + later[i]] = (uint16_t)redraws;
    settle(&b);
    memset(group, 0, GN_CONTACT_GROUPS * sizeof *group);
    gn_boundary_align(&b, rule, group);
    gn_boundary_free(&b);
}

static void expect_group(const int *later, int redraws, bool count_redraws, bool included, gn_contact_group expected) {
    const gn_contact_rule rule = {.redraws = count_redraws, .included = included, .seed = 1, .blocks = 1};
    gn_contact_curve group[GN_CONTACT_GROUPS];
    align_one(later, redraws, &rule, group);
    for (int g = 0; g < GN_CONTACTS_NONE; g++)
        if (!included || g != GN_CONTACTS_0) assert_int_equal(group[g].count, g == (int)expected);
    assert_int_equal(group[GN_CONTACTS_NONE].count, 1);
    for (int i = 0; i < GN_BOUNDARY_SPAN; i++) {
        assert_near(group[expected].sum[i], 60 - 40 + i, 0);
        assert_near(group[expected].square[i], (20 + i) * (20 + i), 0);
        assert_near(group[GN_CONTACTS_NONE].sum[i], 1000 + 20 + i, 0); /* trial 1, at the same step */
    }
}

static void test_groups(void **state) {
    (void)state;
    const int none[] = {0}, last[] = {50, 0}, beyond[] = {51, 0}, one[] = {7, 0}, two[] = {7, 9, 0};
    const int five[] = {1, 2, 3, 4, 50, 0}, six[] = {1, 2, 3, 4, 5, 50, 0};
    expect_group(none, 1, false, false, GN_CONTACTS_0);
    expect_group(beyond, 1, false, false, GN_CONTACTS_0);
    expect_group(last, 1, false, false, GN_CONTACTS_1);
    expect_group(one, 4, false, false, GN_CONTACTS_1);
    expect_group(one, 4, true, false, GN_CONTACTS_2);
    expect_group(one, 6, true, false, GN_CONTACTS_6);
    expect_group(two, 1, true, false, GN_CONTACTS_2);
    expect_group(five, 1, false, false, GN_CONTACTS_2);
    expect_group(six, 1, false, false, GN_CONTACTS_6);
    /* The first interaction itself, a step of three redraws, is counted. */
    expect_group(none, 1, false, true, GN_CONTACTS_1);
    expect_group(none, 1, true, true, GN_CONTACTS_2);
    expect_group(last, 1, false, true, GN_CONTACTS_1); /* steps 0 to 49 */
}

/* Contacts that are too early or too late, and trials without a possible control. */
static void test_who_takes_part(void **state) {
    (void)state;
    gn_boundary b = boundary_new();
    const gn_contact_rule rule = {.redraws = true, .seed = 1, .blocks = 1};
    gn_contact_curve group[GN_CONTACT_GROUPS];
    const struct {
        size_t contact;
        int taken;
    } cases[] = {{39, 0}, {40, 1}, {STEPS - 51, 1}, {STEPS - 50, 0}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        b.trials = 1;
        memset(b.redraws, 0, STEPS * sizeof *b.redraws);
        b.redraws[cases[k].contact] = 1;
        settle(&b);
        memset(group, 0, sizeof group);
        gn_boundary_align(&b, &rule, group);
        assert_int_equal(group[GN_CONTACTS_0].count, cases[k].taken);
        assert_int_equal(group[GN_CONTACTS_NONE].count, 0);
    }
    /* A trial that meets its wall 50 steps later is no control, one that does a step after that is. */
    for (size_t later = 50; later <= 51; later++) {
        b.trials = 2;
        memset(b.redraws, 0, 2 * STEPS * sizeof *b.redraws);
        b.redraws[60] = b.redraws[STEPS + 60 + later] = 1;
        settle(&b);
        memset(group, 0, sizeof group);
        gn_boundary_align(&b, &rule, group);
        assert_int_equal(group[GN_CONTACTS_NONE].count, later == 51);
    }
    gn_boundary_free(&b);
}

/* With random contacts, the sum of all blocks is the result without blocks, each trial is in its block, and controls
 * are drawn from all trials. */
static void test_blocks(void **state) {
    (void)state;
    enum { BLOCKS = 7 };
    gn_boundary b = boundary_new();
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 5, 0);
    const size_t later[4] = {0, 1, 3, 20}; /* so that each group has trials */
    for (size_t r = 0; r < TRIALS; r++) {
        size_t first = 30 + gn_stream_below(&stream, 2 * STEPS); /* half of the trials have no contact */
        for (size_t k = 0; k <= later[r % 4] && first < STEPS; k++) {
            size_t step = first + (k > 0 ? 1 + gn_stream_below(&stream, 50) : 0);
            if (step < STEPS) b.redraws[r * STEPS + step] = (uint16_t)(1 + gn_stream_below(&stream, 2));
        }
    }
    settle(&b);
    static gn_contact_curve whole[GN_CONTACT_GROUPS], part[BLOCKS * GN_CONTACT_GROUPS], sum[GN_CONTACT_GROUPS];
    gn_contact_rule rule = {.redraws = true, .seed = 4, .blocks = 1};
    gn_boundary_align(&b, &rule, whole);
    rule.blocks = BLOCKS;
    gn_boundary_align(&b, &rule, part);
    int64_t trials[BLOCKS] = {0};
    for (size_t r = 0; r < TRIALS; r++)
        trials[r % BLOCKS] += b.contact[r] >= 40 && b.contact[r] + 50 < STEPS;
    for (int k = 0; k < BLOCKS; k++)
        for (int g = 0; g < GN_CONTACT_GROUPS; g++) {
            gn_contact_curve_add(&sum[g], &part[k * GN_CONTACT_GROUPS + g]);
            if (g < GN_CONTACTS_NONE) trials[k] -= part[k * GN_CONTACT_GROUPS + g].count;
        }
    for (int k = 0; k < BLOCKS; k++)
        assert_int_equal(trials[k], 0);
    for (int g = 0; g < GN_CONTACT_GROUPS; g++) {
        assert_int_equal(sum[g].count, whole[g].count);
        assert_true(whole[g].count > 0);
        for (int i = 0; i < GN_BOUNDARY_SPAN; i++) {
            assert_near(sum[g].sum[i], whole[g].sum[i], 1e-3);
            assert_near(sum[g].square[i], whole[g].square[i], 1e-6 * whole[g].square[i]);
        }
    }
    gn_boundary_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_who_takes_part),
        cmocka_unit_test(test_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

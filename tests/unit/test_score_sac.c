/* Autocorrelograms: the transform against the direct sum, and what must be nan. */
#include <math.h>

#include "gn_test.h"
#include "score_maps.h"
#include "units/score_sac.h"

typedef struct {
    int nx, ny;
    double *value, *standard, *sac, *other, *direct; /* map, map, lags, lags, lags */
    gn_map map;
    size_t bins, lags;
} sheet;

static sheet sheet_new(int nx, int ny) {
    sheet s = {.nx = nx, .ny = ny, .bins = (size_t)nx * (size_t)ny};
    s.lags = (size_t)gn_sac_side(nx) * (size_t)gn_sac_side(ny);
    s.value = gn_alloc(s.bins, sizeof(double));
    s.standard = gn_alloc(s.bins, sizeof(double));
    s.sac = gn_alloc(s.lags, sizeof(double));
    s.other = gn_alloc(s.lags, sizeof(double));
    s.direct = gn_alloc(s.lags, sizeof(double));
    s.map = (gn_map){nx, ny, 1, 0, 0, s.value};
    return s;
}

static void sheet_free(sheet *s) {
    free(s->value);
    free(s->standard);
    free(s->sac);
    free(s->other);
    free(s->direct);
}

static void compute(sheet *s) {
    gn_sac_plan *plan = gn_sac_plan_new(&s->map);
    gn_sac_work *work = gn_sac_work_new(plan);
    assert_non_null(work);
    gn_map_standardise(&s->map, s->standard);
    gn_sac(plan, work, s->standard, s->sac);
    gn_sac_direct(&s->map, s->direct);
    assert_ok(gn_sac_of_map(&s->map, s->other));
    assert_memory_equal(s->sac, s->other, s->lags * sizeof *s->sac);
    const int *pairs = gn_sac_pairs(plan);
    for (size_t i = 0; i < s->lags; i++) {
        if (pairs[i] < GN_SAC_PAIRS_MIN) assert_true(isnan(s->sac[i]));
        assert_true(isnan(s->sac[i]) == isnan(s->direct[i]));
        if (isnan(s->sac[i])) continue;
        assert_near(s->sac[i], s->direct[i], 1e-10);
    }
    gn_sac_work_free(work);
    gn_sac_plan_free(plan);
}

/* Random shapes and holes, odd sizes included; noise on an offset, one steep edge, waves. */
static void test_against_direct_sum(void **state) {
    (void)state;
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 2, 0);
    for (int trial = 0; trial < 24; trial++) {
        sheet s = sheet_new(3 + (int)gn_stream_below(&stream, 24), 3 + (int)gn_stream_below(&stream, 24));
        for (int i = 0; i < s.nx * s.ny; i++) {
            const int x = i % s.nx, y = i / s.nx;
            s.value[i] = trial % 3 == 0   ? 100 + 0.01 * gn_stream_normal(&stream)
                         : trial % 3 == 1 ? exp(-x / 1.5) + 1e-3 * sin(y)
                                          : sin(0.7 * x) + sin(1.1 * y + x);
            if (gn_stream_uniform(&stream) < 0.1) s.value[i] = NAN;
        }
        compute(&s);
        sheet_free(&s);
    }
}

/* Pairs are counted exactly: against a count by hand in an L-shaped mask. */
static void test_pairs(void **state) {
    (void)state;
    sheet s = sheet_new(9, 7);
    for (int i = 0; i < 63; i++)
        s.value[i] = i % 9 > 4 && i / 9 > 3 ? NAN : i;
    gn_sac_plan *plan = gn_sac_plan_new(&s.map);
    for (int dy = -6; dy <= 6; dy++)
        for (int dx = -8; dx <= 8; dx++) {
            int count = 0;
            for (int y = 0; y < 7; y++)
                for (int x = 0; x < 9; x++) {
                    const int u = x + dx, v = y + dy;
                    if (u < 0 || v < 0 || u > 8 || v > 6) continue;
                    count += !isnan(s.value[y * 9 + x]) && !isnan(s.value[v * 9 + u]);
                }
            assert_int_equal(gn_sac_pairs(plan)[(dy + 6) * 17 + dx + 8], count);
        }
    gn_sac_plan_free(plan);
    sheet_free(&s);
}

/* 1 at lag 0 and at a whole period, -1 at half; the same for -u, and mirrored lags agree. */
static void test_wave(void **state) {
    (void)state;
    sheet s = sheet_new(25, 13);
    for (int i = 0; i < 25 * 13; i++)
        s.value[i] = cos(2 * M_PI * (i % 25) / 8.0);
    compute(&s);
    const size_t centre = 12 * 49 + 24;
    assert_near(s.sac[centre], 1, 1e-12);
    assert_near(s.sac[centre + 8], 1, 1e-12);
    assert_near(s.sac[centre + 4], -1, 1e-12);
    for (size_t i = 0; i < s.lags; i++)
        if (!isnan(s.sac[i])) assert_near(s.sac[i], s.sac[s.lags - 1 - i], 0);
    memcpy(s.other, s.sac, s.lags * sizeof *s.other);
    double *before = gn_alloc(s.lags, sizeof *before);
    memcpy(before, s.sac, s.lags * sizeof *before);
    for (size_t i = 0; i < s.bins; i++)
        s.value[i] = 3 - 2 * s.value[i];
    compute(&s);
    for (size_t i = 0; i < s.lags; i++)
        if (!isnan(before[i])) assert_near(s.sac[i], before[i], 1e-12);
    free(before);
    sheet_free(&s);
}

/* A constant has no correlation: nan everywhere, never 0 or 1. */
static void test_constant(void **state) {
    (void)state;
    sheet s = sheet_new(11, 11);
    for (size_t i = 0; i < s.bins; i++)
        s.value[i] = 0.1;
    compute(&s);
    for (size_t i = 0; i < s.lags; i++)
        assert_true(isnan(s.sac[i]));
    sheet_free(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_direct_sum),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_wave),
        cmocka_unit_test(test_constant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

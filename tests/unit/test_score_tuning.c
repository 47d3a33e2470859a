/* Scores of maps and curves without geometry, against closed forms. */
#include <math.h>

#include "gn_test.h"
#include "score_maps.h"
#include "units/score_tuning.h"

enum { MANY = 200000 };

static void test_sparseness(void **state) {
    (void)state;
    double *u = gn_alloc(MANY, sizeof *u);
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 3, 0);
    for (int i = 0; i < MANY; i++)
        u[i] = sin(2 * M_PI * (i + 0.5) / MANY);
    assert_near(gn_sparseness(MANY, u), 1 - 8 / (M_PI * M_PI), 1e-6); /* 0.189 */
    assert_near(gn_sparseness_signed(MANY, u), 1, 1e-12);
    for (int i = 0; i < MANY; i++)
        u[i] = (i + 0.5) / MANY;
    assert_near(gn_sparseness(MANY, u), 0.25, 1e-6);
    for (int i = 0; i < MANY; i++)
        u[i] = (2 * i + 1.0) / MANY - 1;
    assert_near(gn_sparseness(MANY, u), 0.25, 1e-6);
    for (int i = 0; i < MANY; i++)
        u[i] = gn_stream_normal(&stream);
    assert_near(gn_sparseness(MANY, u), 1 - 2 / M_PI, 0.006); /* 0.363 */
    for (int i = 0; i < MANY; i++)
        u[i] = i % 3 == 0 ? NAN : i % 2 ? 0.4 : -0.4; /* a +-c band */
    assert_near(gn_sparseness(MANY, u), 0, 1e-9);
    assert_near(gn_sparseness_signed(MANY, u), 1, 1e-9);
    for (int i = 0; i < MANY; i++)
        u[i] = 0;
    assert_true(isnan(gn_sparseness(MANY, u)));
    free(u);
}

static void test_information(void **state) {
    (void)state;
    double map[16], occupancy[16];
    for (int i = 0; i < 16; i++)
        map[i] = i < 2; /* one field on 1/8 of the arena: 3 bits */
    assert_near(gn_spatial_information(16, map, NULL), 3, 1e-12);
    for (int i = 0; i < 16; i++)
        map[i] = 0.5 - 2 * map[i]; /* the same under -u, offset, scale */
    assert_near(gn_spatial_information(16, map, NULL), 3, 1e-12);
    for (int i = 0; i < 16; i++)
        occupancy[i] = i < 2 ? 7 : 1; /* now half of the time */
    assert_near(gn_spatial_information(16, map, occupancy), 1, 1e-12);
    map[15] = NAN; /* unvisited, of occupancy that must not count */
    occupancy[15] = 1000;
    const double p = 14.0 / 27;
    assert_near(gn_spatial_information(16, map, occupancy), fmax(-log2(p), -log2(1 - p)), 1e-12);
    for (int i = 0; i < 16; i++)
        map[i] = 0.3;
    assert_true(isnan(gn_spatial_information(16, map, NULL)));
}

static void test_curves(void **state) {
    (void)state;
    enum { N = 36 };
    double turns[N], u[N], x[N], y[N];
    for (int i = 0; i < N; i++) {
        turns[i] = (i + 0.5) / N;
        u[i] = 2 + 0.3 * cos(2 * M_PI * (turns[i] - 0.2));
        x[i] = 0.01 * i;
        y[i] = 0.4 - 1.5 * x[i];
    }
    /* r = u - min is a (1 + cos): length 1/2, the least on the grid being almost -a */
    assert_near(gn_mean_vector_length(N, turns, u), 0.5, 0.01);
    assert_near(gn_value_range(N, u), 0.6, 0.005);
    for (int i = 0; i < N; i++)
        u[i] = i == 5 ? -1 : 0.25; /* all of -u at one direction */
    assert_near(gn_mean_vector_length(N, turns, u), 1, 1e-12);
    for (int i = 0; i < N; i++)
        u[i] = 0.2;
    assert_true(isnan(gn_mean_vector_length(N, turns, u)));
    assert_near(gn_line_slope(N, x, y), -1.5, 1e-12);
    assert_near(gn_pearson(N, x, y), -1, 1e-12);
    y[3] = NAN; /* skipped together with its x */
    assert_near(gn_line_slope(N, x, y), -1.5, 1e-12);
    assert_near(gn_pearson(N, x, y), -1, 1e-12);
    for (int i = 0; i < N; i++)
        y[i] = 0.1;
    assert_near(gn_line_slope(N, x, y), 0, 1e-15);
    assert_true(isnan(gn_pearson(N, x, y)));
    for (int i = 0; i < N; i++)
        y[i] = NAN;
    assert_true(isnan(gn_line_slope(N, x, y)) && isnan(gn_value_range(N, y)));
}

static void test_order(void **state) {
    (void)state;
    double value[] = {1, 2, 4, 3}; /* five of six pairs rise */
    assert_near(gn_kendall_tau(4, value), 4.0 / 6, 1e-15);
    value[2] = value[3] = 2; /* three rise, three are equal */
    assert_near(gn_kendall_tau(4, value), 3.0 / 6, 1e-15);
    value[0] = 5;
    assert_near(gn_kendall_tau(2, value), -1, 1e-15);
    value[1] = NAN;
    assert_true(isnan(gn_kendall_tau(4, value)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sparseness),
        cmocka_unit_test(test_information),
        cmocka_unit_test(test_curves),
        cmocka_unit_test(test_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Connectivity: measures of pairs on maps whose answer is known, and profiles that must tell an
 * attractor network from one whose weights have nothing to do with its maps. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "units/connectivity.h"

enum { SIDE = 10, N = SIDE * SIDE, B = 24, CELLS = B * B };

/* A sheet of SIDE x SIDE grid units on a torus: unit (a, b) has a square grid of period B/2 bins,
 * moved by (a, b) tenths of it. */
static void torus_maps(float *map) {
    for (int u = 0; u < N; u++) {
        double shift_x = (double)(u % SIDE) / SIDE, shift_y = (double)(u / SIDE) / SIDE;
        for (int k = 0; k < CELLS; k++) {
            double x = 2.0 * (k % B) / B - shift_x, y = 2.0 * (k / B) / B - shift_y;
            map[u * CELLS + k] = (float)(cos(2 * M_PI * x) + cos(2 * M_PI * y));
        }
    }
}

/* Distance on the sheet, the sending unit's outgoing kernel displaced by `skew` (Burak & Fiete's
 * velocity coupling: each unit has one of four directions). */
static double sheet_distance(int to, int from, double skew) {
    static const double way[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    const double *w = way[(from % SIDE % 2) + 2 * (from / SIDE % 2)];
    double dx = to % SIDE - from % SIDE - skew * w[0];
    double dy = (double)(to / SIDE) - (double)(from / SIDE) - skew * w[1];
    dx -= SIDE * round(dx / SIDE);
    dy -= SIDE * round(dy / SIDE);
    return hypot(dx, dy);
}

/* Local excitation, surround inhibition. */
static void attractor_weights(double skew, double *weight) {
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            double d = sheet_distance(i, j, skew);
            weight[i * N + j] = exp(-d * d / 4.5) - 0.6 * exp(-d * d / 18);
        }
}

static void random_weights(uint32_t trial, double *weight) {
    gn_stream stream = gn_stream_open(11, GN_PURPOSE_TEST, 1, trial);
    for (int k = 0; k < N * N; k++)
        weight[k] = gn_stream_normal(&stream);
}

typedef struct {
    float map[N * CELLS];
    double weight[N * N], similarity[N * N], offset[2 * N * N];
    int bin[N * N];
} fixture;

static int setup(void **state) {
    fixture *f = gn_alloc(1, sizeof *f);
    if (f == NULL) return -1;
    torus_maps(f->map);
    if (gn_map_offset(N, B, f->map, f->offset) != GN_OK) return -1;
    *state = f;
    return 0;
}

static int teardown(void **state) {
    free(*state);
    return 0;
}

static double explained_by_distance(fixture *f, double *p) {
    gn_profile profile;
    gn_distance_bins(N, f->offset, B / 2.0, f->bin);
    assert_int_equal(gn_weight_profile(N, f->weight, GN_DISTANCE_BINS, f->bin, 199, 1, 0, &profile), GN_OK);
    double explained = profile.explained;
    *p = profile.p;
    gn_profile_free(&profile);
    return explained;
}

static void an_attractor_is_recognised(void **state) {
    fixture *f = *state;
    double p;
    attractor_weights(0, f->weight);
    double plain = explained_by_distance(f, &p);
    print_message("explained by distance: %.3f\n", plain);
    assert_true(plain > 0.9);
    assert_true(p == 1.0 / 200);       /* no shuffle reaches it: never 0 */
    attractor_weights(0.5, f->weight); /* the asymmetry that moves the pattern, as Burak & Fiete's
                                         a quarter of the kernel's width */
    double skewed = explained_by_distance(f, &p);
    print_message("explained by distance, kernel displaced: %.3f\n", skewed);
    assert_true(skewed > 0.7);
}

static void random_weights_are_not_an_attractor(void **state) {
    fixture *f = *state;
    int significant = 0;
    for (uint32_t trial = 0; trial < 10; trial++) {
        double p;
        random_weights(trial, f->weight);
        assert_true(explained_by_distance(f, &p) < 0.01);
        significant += p <= 0.01;
    }
    assert_true(significant <= 1);
}

static void profile_has_the_shape_of_the_kernel(void **state) {
    fixture *f = *state;
    gn_profile profile;
    attractor_weights(0, f->weight);
    gn_distance_bins(N, f->offset, B / 2.0, f->bin);
    assert_int_equal(gn_weight_profile(N, f->weight, GN_DISTANCE_BINS, f->bin, 199, 1, 0, &profile), GN_OK);
    double nearest = NAN, lowest = INFINITY;
    for (int k = 0; k < profile.bins; k++) {
        if (profile.count[k] == 0) continue;
        if (isnan(nearest)) nearest = profile.mean[k];
        lowest = fmin(lowest, profile.mean[k]);
        assert_true(profile.null_low[k] <= profile.null_high[k]);
    }
    assert_true(nearest > profile.null_high[1] && nearest > 0);
    assert_true(lowest < 0);
    assert_int_equal(profile.pairs, N * (N - 1));
    gn_profile_free(&profile);
}

/* Two bins with means 3 and 0 and known spread: the correlation ratio by hand. */
static void explained_share_is_the_correlation_ratio(void **state) {
    (void)state;
    double weight[3 * 3] = {99, 2, 4, 0, 99, 0, 1, -1, 99};
    int bin[3 * 3] = {0, 0, 0, 1, 1, 1, 1, 1, 1};
    gn_profile profile;
    assert_int_equal(gn_weight_profile(3, weight, 2, bin, 99, 1, 0, &profile), GN_OK);
    /* mean 1; between 2*4 + 4*1 = 12; total 1 + 9 + 1 + 1 + 0 + 4 = 16 */
    assert_true(fabs(profile.explained - 12.0 / 16) < 1e-15);
    assert_true(profile.mean[0] == 3 && profile.mean[1] == 0);
    assert_true(fabs(profile.sd[0] - sqrt(2)) < 1e-15);
    assert_int_equal(profile.count[1], 4);
    gn_profile_free(&profile);
}

static void shuffles_are_a_function_of_the_seed(void **state) {
    fixture *f = *state;
    gn_profile a, b, c;
    random_weights(3, f->weight);
    gn_map_similarity(N, B, f->map, f->similarity);
    gn_similarity_bins(N, f->similarity, f->bin);
    gn_weight_profile(N, f->weight, GN_SIMILARITY_BINS, f->bin, 99, 1, 0, &a);
    gn_weight_profile(N, f->weight, GN_SIMILARITY_BINS, f->bin, 99, 1, 0, &b);
    gn_weight_profile(N, f->weight, GN_SIMILARITY_BINS, f->bin, 99, 2, 0, &c);
    assert_true(a.null_p95 == b.null_p95 && a.p == b.p && a.null_p95 != c.null_p95);
    gn_profile_free(&a);
    gn_profile_free(&b);
    gn_profile_free(&c);
}

static void nothing_to_compare_is_refused(void **state) {
    (void)state;
    double weight[4] = {1, 2, 3, 4}, equal[4] = {1, 1, 1, 1};
    int none[4] = {-1, -1, -1, -1}, one[4] = {0, 0, 0, 0};
    gn_profile profile;
    gn_error_clear();
    assert_int_equal(gn_weight_profile(2, weight, 1, none, 99, 1, 0, &profile), GN_EFILE);
    gn_profile_free(&profile);
    assert_int_equal(gn_weight_profile(2, equal, 1, one, 99, 1, 0, &profile), GN_EFILE);
    gn_profile_free(&profile);
    gn_error_clear();
}

static void offsets_are_differences_of_phase(void **state) {
    fixture *f = *state;
    /* one period is 12 bins; 5/10 of it along x, and 2/10 along y: 2.4 bins */
    const double *right = f->offset + 2 * (5 * N + 0), *up = f->offset + 2 * (20 * N + 0);
    assert_true(fabs(fabs(right[0]) - 6) <= 1 && fabs(right[1]) <= 0.5);
    assert_true(fabs(up[0]) <= 0.5 && fabs(up[1] - 2.4) <= 0.5);
    assert_true(f->offset[2 * (0 * N + 20) + 1] == -up[1]);
}

static void offset_skips_what_was_not_visited(void **state) {
    (void)state;
    float map[2 * CELLS]; /* one bump each, at x = 9 and x = 13, left quarter never visited */
    for (int k = 0; k < 2 * CELLS; k++) {
        int x = k % CELLS % B, y = k % CELLS / B, centre = k < CELLS ? 9 : 13;
        double r2 = (x - centre) * (x - centre) + (y - 12) * (y - 12);
        map[k] = x < 6 ? NAN : (float)(2 + exp(-r2 / 8));
    }
    double offset[8];
    assert_int_equal(gn_map_offset(2, B, map, offset), GN_OK);
    assert_true(fabs(offset[2 * 2] - 4) < 0.1 && fabs(offset[2 * 2 + 1]) < 0.1); /* unit 1 against unit 0 */
    assert_true(offset[2 * 1] == -offset[2 * 2]);
}

static void direction_is_that_of_the_ramp(void **state) {
    (void)state;
    float map[CELLS];
    const double turns[] = {0, 0.25, 0.4, 0.9};
    for (int c = 0; c < 4; c++) {
        double direction, share;
        for (int k = 0; k < CELLS; k++) /* a triangle of visited bins: no symmetry to lean on */
            map[k] = k % B + k / B > B
                         ? NAN
                         : (float)(3 + cos(2 * M_PI * turns[c]) * (k % B) + sin(2 * M_PI * turns[c]) * (k / B));
        gn_map_direction(B, map, &direction, &share);
        double error = direction - turns[c];
        assert_true(fabs(error - round(error)) < 1e-6 && share > 1 - 1e-9);
    }
    for (int k = 0; k < CELLS; k++)
        map[k] = 1;
    double direction, share;
    gn_map_direction(B, map, &direction, &share);
    assert_true(isnan(direction) && isnan(share));
}

static void bins_wrap_and_end_where_they_should(void **state) {
    (void)state;
    double direction[3] = {0.94, 0.06, NAN}, similarity[4] = {1 + 1e-15, -1, NAN, 0.999};
    int bin[9];
    gn_direction_bins(3, direction, bin);
    assert_int_equal(bin[0 * 3 + 1], (int)((-0.12 + 0.5) * GN_PAIR_DIRECTION_BINS));
    assert_int_equal(bin[0 * 3 + 2], -1);
    gn_similarity_bins(2, similarity, bin);
    assert_int_equal(bin[0], GN_SIMILARITY_BINS - 1);
    assert_int_equal(bin[1], 0);
    assert_int_equal(bin[2], -1);
}

/* A rotation block has eigenvalues r e^(+-i phi); a triangular matrix its diagonal. */
static void spectrum_of_known_matrices(void **state) {
    (void)state;
    double matrix[9] = {0.6, -0.8, 0, 0.8, 0.6, 0, 5, -7, 0.9}, eigenvalue[6];
    const double expected[6] = {0.9, 0, 0.6, 0.8, 0.6, -0.8};
    assert_int_equal(gn_spectrum(3, matrix, eigenvalue), GN_OK);
    for (int k = 0; k < 6; k++)
        assert_true(fabs(eigenvalue[k] - expected[k]) < 1e-12);
}

#define TEST(name) cmocka_unit_test(name)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_attractor_is_recognised),          TEST(random_weights_are_not_an_attractor),
        TEST(profile_has_the_shape_of_the_kernel), TEST(explained_share_is_the_correlation_ratio),
        TEST(shuffles_are_a_function_of_the_seed), TEST(nothing_to_compare_is_refused),
        TEST(offsets_are_differences_of_phase),    TEST(offset_skips_what_was_not_visited),
        TEST(direction_is_that_of_the_ramp),       TEST(bins_wrap_and_end_where_they_should),
        TEST(spectrum_of_known_matrices),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

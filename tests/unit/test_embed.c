/* Exact t-SNE: similarities, divergence, gradient and initial coordinates. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "units/embed.h"

enum { N = 120, D = 37 };

typedef struct {
    double x[N * D], distance[N * N], p[N * N], y[2 * N], work[N * N], gradient[2 * N];
} fixture;

/* Three noisy clusters, so that densities differ between points. */
static void fill(fixture *f) {
    gn_stream stream = gn_stream_open(5, GN_PURPOSE_TEST, 0, 0);
    for (int i = 0; i < N; i++)
        for (int k = 0; k < D; k++)
            f->x[i * D + k] = sin(0.3 * k * (1 + i % 3)) + (0.2 + 0.3 * (i % 3)) * gn_stream_normal(&stream);
    for (int k = 0; k < 2 * N; k++)
        f->y[k] = gn_stream_normal(&stream);
}

static int setup(void **state) {
    fixture *f = gn_alloc(1, sizeof *f);
    if (f == NULL) return -1;
    fill(f);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    free(*state);
    return 0;
}

/* rho by its definition. */
static double correlation(const double *a, const double *b) {
    double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;
    for (int k = 0; k < D; k++)
        ma += a[k] / D, mb += b[k] / D;
    for (int k = 0; k < D; k++) {
        ab += (a[k] - ma) * (b[k] - mb);
        aa += (a[k] - ma) * (a[k] - ma);
        bb += (b[k] - mb) * (b[k] - mb);
    }
    return ab / sqrt(aa * bb);
}

static void distances_are_those_of_correlations(void **state) {
    fixture *f = *state;
    double original[N * D];
    memcpy(original, f->x, sizeof original);
    gn_embed_distances(GN_METRIC_CORRELATION, N, D, f->x, f->distance);
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            double expected = i == j ? 0 : 2 * (1 - correlation(original + i * D, original + j * D));
            assert_true(fabs(f->distance[i * N + j] - expected) < 1e-13);
        }
    }
}

/* Constant rows, which have no correlation, are removed and the others move up. With Euclidean distances all stay. */
static void constant_rows_are_left_out(void **state) {
    (void)state;
    double x[] = {1, 2, 3, 5, 0.1, 0.1, 0.1, 0.1, -1, 0, 2, 2, 0, 0, 0, 0}, same[sizeof x / sizeof *x];
    const double varied[] = {1, 2, 3, 5, -1, 0, 2, 2};
    bool left_out[4];
    memcpy(same, x, sizeof x);
    assert_int_equal(gn_embed_leave_out(GN_METRIC_EUCLIDEAN, 4, 4, same, left_out), 4);
    assert_memory_equal(same, x, sizeof x);
    assert_false(left_out[1] || left_out[3]);
    assert_int_equal(gn_embed_leave_out(GN_METRIC_CORRELATION, 4, 4, x, left_out), 2);
    assert_memory_equal(x, varied, sizeof varied);
    assert_true(!left_out[0] && left_out[1] && !left_out[2] && left_out[3]);
}

static void euclidean_distances_are_squared(void **state) {
    (void)state;
    double x[2 * 11], distance[4], expected = 0;
    for (int k = 0; k < 11; k++) {
        x[k] = k;
        x[11 + k] = 2.5 * k - 1;
        expected += (1.5 * k - 1) * (1.5 * k - 1);
    }
    gn_embed_distances(GN_METRIC_EUCLIDEAN, 2, 11, x, distance);
    assert_true(fabs(distance[1] - expected) < 1e-12 * expected && distance[0] == 0);
}

static void each_row_has_the_perplexity(void **state) {
    fixture *f = *state;
    const double perplexities[] = {2, 30, 100};
    gn_embed_distances(GN_METRIC_CORRELATION, N, D, f->x, f->distance);
    for (int c = 0; c < 3; c++) {
        assert_int_equal(gn_embed_conditional(N, f->distance, perplexities[c], f->p), GN_OK);
        for (int i = 0; i < N; i++) {
            double sum = 0, entropy = 0;
            for (int j = 0; j < N; j++) {
                double p = f->p[i * N + j];
                sum += p;
                if (p > 0) entropy -= p * log(p);
            }
            assert_true(f->p[i * N + i] == 0);
            assert_true(fabs(sum - 1) < 1e-12);
            assert_true(fabs(exp(entropy) - perplexities[c]) < 1e-5);
        }
    }
}

/* p(j|i) must fall as exp(-beta d): equal log ratios per unit of distance, nearest first. */
static void rows_are_gaussian_in_the_distance(void **state) {
    fixture *f = *state;
    gn_embed_distances(GN_METRIC_CORRELATION, N, D, f->x, f->distance);
    gn_embed_conditional(N, f->distance, 30, f->p);
    const double *p = f->p, *d = f->distance; /* row 0 */
    double beta = log(p[1] / p[2]) / (d[2] - d[1]);
    assert_true(beta > 0);
    for (int j = 3; j < N; j++)
        assert_true(fabs(log(p[1] / p[j]) - beta * (d[j] - d[1])) < 1e-8);
}

static void p_is_symmetric_and_sums_to_one(void **state) {
    fixture *f = *state;
    gn_embed_distances(GN_METRIC_CORRELATION, N, D, f->x, f->distance);
    gn_embed_conditional(N, f->distance, 30, f->p);
    double forward = f->p[5 * N + 9], backward = f->p[9 * N + 5], sum = 0;
    gn_embed_symmetrise(N, f->p);
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            assert_true(f->p[i * N + j] == f->p[j * N + i] && f->p[i * N + j] >= 0);
            sum += f->p[i * N + j];
        }
    }
    assert_true(fabs(sum - 1) < 1e-12);
    assert_true(fabs(f->p[5 * N + 9] - (forward + backward) / (2 * N)) < 1e-17);
}

static void prepare_p(fixture *f) {
    gn_embed_distances(GN_METRIC_CORRELATION, N, D, f->x, f->distance);
    gn_embed_conditional(N, f->distance, 30, f->p);
    gn_embed_symmetrise(N, f->p);
}

/* The divergence from its definition, q normalised over ordered pairs. */
static double divergence(const double *p, const double *y) {
    double total = 0, sum = 0;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            if (i != j) total += 1 / (1 + pow(y[2 * i] - y[2 * j], 2) + pow(y[2 * i + 1] - y[2 * j + 1], 2));
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            if (i == j || p[i * N + j] <= 0) continue;
            double q = 1 / (1 + pow(y[2 * i] - y[2 * j], 2) + pow(y[2 * i + 1] - y[2 * j + 1], 2)) / total;
            sum += p[i * N + j] * log(p[i * N + j] / q);
        }
    }
    return sum;
}

static void divergence_is_that_of_the_definition(void **state) {
    fixture *f = *state;
    prepare_p(f);
    double value;
    gn_embed_gradient(N, f->p, f->y, f->work, f->gradient, &value);
    assert_true(value > 0);
    assert_true(fabs(value - divergence(f->p, f->y)) < 1e-12 * value);
}

static void gradient_is_a_quarter_of_the_finite_difference(void **state) {
    fixture *f = *state;
    prepare_p(f);
    gn_embed_gradient(N, f->p, f->y, f->work, f->gradient, NULL);
    const double h = 1e-4;
    double scale = 0;
    for (int k = 0; k < 2 * N; k++)
        scale = fmax(scale, fabs(f->gradient[k]));
    for (int k = 0; k < 2 * N; k += 7) {
        double kept = f->y[k];
        f->y[k] = kept + h;
        double above = divergence(f->p, f->y);
        f->y[k] = kept - h;
        double below = divergence(f->p, f->y);
        f->y[k] = kept;
        assert_true(fabs((above - below) / (2 * h) - 4 * f->gradient[k]) < 1e-6 * scale);
    }
}

/* For points in a plane, the initial coordinates must be those points, rotated and scaled so that the longer axis has
 * standard deviation 1e-4. */
static void initial_coordinates_are_the_principal_ones(void **state) {
    fixture *f = *state;
    for (int i = 0; i < N; i++) {
        double u = i - (N - 1) / 2.0, v = (i * 37 % N - (N - 1) / 2.0) * 0.3;
        for (int k = 0; k < D; k++)
            f->x[i * D + k] = u * (k == 4) + v * (k == 30) + 7;
    }
    gn_embed_distances(GN_METRIC_EUCLIDEAN, N, D, f->x, f->distance);
    assert_int_equal(gn_embed_initial(N, f->distance, f->y), GN_OK);
    double sum = 0, square = 0;
    for (int i = 0; i < N; i++)
        sum += f->y[2 * i], square += f->y[2 * i] * f->y[2 * i];
    assert_true(fabs(sum / N) < 1e-12);
    assert_true(fabs(sqrt(square / N) - 1e-4) < 1e-12);
    double ratio = 0; /* all distances change by the same factor */
    for (int i = 1; i < N; i++) {
        double d = pow(f->y[2 * i] - f->y[0], 2) + pow(f->y[2 * i + 1] - f->y[1], 2);
        double here = d / f->distance[i];
        if (i == 1) ratio = here;
        assert_true(fabs(here / ratio - 1) < 1e-9);
    }
}

static void embedding_separates_clusters_and_repeats(void **state) {
    fixture *f = *state;
    gn_stream stream = gn_stream_open(6, GN_PURPOSE_TEST, 0, 0);
    for (int i = 0; i < N; i++)
        for (int k = 0; k < D; k++)
            f->x[i * D + k] = 4 * sin(0.9 * k * (1 + i % 3)) + gn_stream_normal(&stream);
    gn_embed_distances(GN_METRIC_CORRELATION, N, D, f->x, f->distance);
    gn_embed_options options = gn_embed_defaults();
    double value = 0, again = 0, y[2 * N];
    assert_int_equal(gn_embed(N, f->distance, &options, f->y, &value), GN_OK);
    assert_int_equal(gn_embed(N, f->distance, &options, y, &again), GN_OK);
    assert_memory_equal(y, f->y, sizeof y);
    assert_true(value == again && value > 0);
    prepare_p(f); /* x is standardised already: the distances stay */
    assert_true(fabs(value - divergence(f->p, f->y)) < 1e-9);
    assert_true(value < divergence(f->p, f->x)); /* and better than two arbitrary columns */
    for (int i = 0; i < N; i++) {
        int nearest = -1;
        double least = INFINITY;
        for (int j = 0; j < N; j++) {
            double d = hypot(y[2 * i] - y[2 * j], y[2 * i + 1] - y[2 * j + 1]);
            if (j != i && d < least) least = d, nearest = j;
        }
        assert_int_equal(nearest % 3, i % 3);
    }
}

static void the_impossible_is_refused(void **state) {
    fixture *f = *state;
    gn_embed_distances(GN_METRIC_CORRELATION, N, D, f->x, f->distance);
    gn_error_clear();
    assert_int_equal(gn_embed_conditional(N, f->distance, N - 1, f->p), GN_EUSAGE);
    assert_int_equal(gn_embed_conditional(N, f->distance, 1, f->p), GN_EUSAGE);
    memset(f->distance, 0, sizeof f->distance); /* all points coincide: always N - 1 neighbours */
    assert_int_equal(gn_embed_conditional(N, f->distance, 30, f->p), GN_ENUM);
    assert_int_equal(gn_embed_initial(N, f->distance, f->y), GN_ENUM);
    gn_embed_options options = gn_embed_defaults();
    double value;
    assert_int_equal(gn_embed(3, f->distance, &options, f->y, &value), GN_EUSAGE);
    gn_error_clear();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(distances_are_those_of_correlations),
        TEST(constant_rows_are_left_out),
        TEST(euclidean_distances_are_squared),
        TEST(each_row_has_the_perplexity),
        TEST(rows_are_gaussian_in_the_distance),
        TEST(p_is_symmetric_and_sums_to_one),
        TEST(divergence_is_that_of_the_definition),
        TEST(gradient_is_a_quarter_of_the_finite_difference),
        TEST(initial_coordinates_are_the_principal_ones),
        TEST(embedding_separates_clusters_and_repeats),
        TEST(the_impossible_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

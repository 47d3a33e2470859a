/* Starting weights: orthogonality, variances, and what is zero. */
#include <math.h>

#include "gn_test.h"
#include "network/initialise.h"

static gn_network make(int units, int inputs, gn_initialisation how, double gain, bool self, uint64_t seed) {
    gn_network net;
    assert_ok(gn_network_new(units, inputs, 2, &net));
    assert_ok(gn_initialise(&net, how, gain, self, seed));
    return net;
}

static void orthogonal(void **state) {
    (void)state;
    static const int sizes[] = {1, 2, 3, 37, 100};
    for (int s = 0; s < 5; s++)
        for (int g = 0; g < 2; g++) {
            const int n = sizes[s];
            const double gain = g ? 1.3 : 0, square = g ? 1.69 : 1; /* 0: the default, 1 */
            gn_network net = make(n, 2, GN_ORTHOGONAL, gain, true, gn_test_seed());
            for (int i = 0; i < n; i++)
                for (int k = 0; k < n; k++) {
                    double rows = 0, columns = 0;
                    for (int j = 0; j < n; j++) {
                        rows += (double)net.rec[i * n + j] * (double)net.rec[k * n + j];
                        columns += (double)net.rec[j * n + i] * (double)net.rec[j * n + k];
                    }
                    assert_true(fabs(rows - (i == k ? square : 0)) < 2e-7 * square);
                    assert_true(fabs(columns - (i == k ? square : 0)) < 2e-7 * square);
                }
            for (int i = 0; i < n; i++)
                assert_true(net.bias[i] == 0);
            for (int i = 0; i < 2 * n; i++)
                assert_true(net.out[i] == 0);
            gn_network_free(&net);
        }
}

/* For a matrix that is uniform over the orthogonal group, the trace has mean 0 and variance 1 at every size (Diaconis &
 * Shahshahani 1994). A Gram-Schmidt method that fixes signs would change the mean. */
static void uniform_over_the_group(void **state) {
    (void)state;
    enum { N = 8, DRAWS = 2000 };
    double sum = 0, square = 0;
    for (uint64_t k = 0; k < DRAWS; k++) {
        gn_network net = make(N, 2, GN_ORTHOGONAL, 0, true, gn_test_seed() + k);
        double trace = 0;
        for (int i = 0; i < N; i++)
            trace += (double)net.rec[i * N + i];
        sum += trace;
        square += trace * trace;
        gn_network_free(&net);
    }
    assert_true(fabs(sum / DRAWS) < 5 / sqrt(DRAWS));
    assert_true(fabs(square / DRAWS - 1) < 5 * sqrt(2.0 / DRAWS));
}

static void gaussian_and_inputs(void **state) {
    (void)state;
    enum { N = 150 };
    for (int inputs = 2; inputs <= 3; inputs++)
        for (int g = 0; g < 2; g++) {
            const double gain = g ? 0.8 : 0, sd = (g ? 0.8 : 1.5) / sqrt(N);
            gn_network net = make(N, inputs, GN_GAUSSIAN, gain, true, gn_test_seed());
            double mean = 0, square = 0, in = 0;
            for (int i = 0; i < N * N; i++) {
                mean += (double)net.rec[i] / (N * N);
                square += (double)net.rec[i] * (double)net.rec[i] / (N * N);
            }
            for (int i = 0; i < N * inputs; i++)
                in += (double)net.in[i] * (double)net.in[i] / (N * inputs);
            assert_true(fabs(mean) < 5 * sd / N);
            assert_true(fabs(square / (sd * sd) - 1) < 5 * sqrt(2) / N);
            assert_true(fabs(in * inputs - 1) < 5 * sqrt(2.0 / (N * inputs)));
            for (int i = 0; i < N; i++)
                assert_true(net.bias[i] == 0);
            for (int i = 0; i < 2 * N; i++)
                assert_true(net.out[i] == 0);
            gn_network_free(&net);
        }
}

static void self_connections(void **state) {
    (void)state;
    enum { N = 20 };
    for (int how = GN_ORTHOGONAL; how <= GN_GAUSSIAN; how++) {
        gn_network with = make(N, 2, (gn_initialisation)how, 0, true, 3);
        gn_network none = make(N, 2, (gn_initialisation)how, 0, false, 3);
        for (int i = 0; i < N * N; i++)
            assert_true(none.rec[i] == (i % (N + 1) ? with.rec[i] : 0));
        gn_network_free(&with);
        gn_network_free(&none);
    }
}

static void seeds(void **state) {
    (void)state;
    gn_network a = make(10, 2, GN_ORTHOGONAL, 0, true, 1), b = make(10, 2, GN_ORTHOGONAL, 0, true, 1);
    gn_network c = make(10, 2, GN_ORTHOGONAL, 0, true, 2);
    const size_t bytes = gn_network_size(&a) * sizeof *a.parameter;
    assert_memory_equal(a.parameter, b.parameter, bytes);
    assert_memory_not_equal(a.parameter, c.parameter, bytes);
    gn_network_free(&a);
    gn_network_free(&b);
    gn_network_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orthogonal),
        cmocka_unit_test(uniform_over_the_group),
        cmocka_unit_test(gaussian_and_inputs),
        cmocka_unit_test(self_connections),
        cmocka_unit_test(seeds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

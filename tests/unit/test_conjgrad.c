/* Conjugate gradients on systems with known solutions: the answer, the model's values, which
 * iterates are kept, and the stopping rule. */
#include <math.h>

#include "base/random.h"
#include "gn_test.h"
#include "network/conjgrad.h"

/* A symmetric matrix with given eigenvalues: H D H, H = 1 - 2 u u' a Householder reflection. */
typedef struct {
    size_t n;
    double *eigenvalue, *u;
    int calls;
} matrix;

static void reflect(const matrix *m, double *v) {
    double along = 0;
    for (size_t i = 0; i < m->n; i++)
        along += m->u[i] * v[i];
    for (size_t i = 0; i < m->n; i++)
        v[i] -= 2 * along * m->u[i];
}

static void multiply(void *context, const double *v, double *product) {
    matrix *m = context;
    m->calls++;
    memcpy(product, v, m->n * sizeof *v);
    reflect(m, product);
    for (size_t i = 0; i < m->n; i++)
        product[i] *= m->eigenvalue[i];
    reflect(m, product);
}

/* Eigenvalues from 1 to `condition`, in geometric steps. */
static matrix make(size_t n, double condition) {
    matrix m = {.n = n, .eigenvalue = calloc(n, sizeof(double)), .u = calloc(n, sizeof(double))};
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 0, 0);
    double norm = 0;
    for (size_t i = 0; i < n; i++) {
        m.eigenvalue[i] = pow(condition, n > 1 ? (double)i / (double)(n - 1) : 0);
        m.u[i] = gn_stream_normal(&stream);
        norm += m.u[i] * m.u[i];
    }
    for (size_t i = 0; i < n; i++)
        m.u[i] /= sqrt(norm);
    return m;
}

static void drop(matrix *m) {
    free(m->eigenvalue);
    free(m->u);
}

static double *vector(size_t n, uint32_t number) {
    double *v = calloc(n, sizeof *v);
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 1, number);
    for (size_t i = 0; i < n; i++)
        v[i] = gn_stream_normal(&stream);
    return v;
}

/* g'd + d'Gd/2 */
static double model(matrix *m, const double *g, const double *d) {
    double *product = calloc(m->n, sizeof *product);
    multiply(m, d, product);
    double phi = gn_dot(g, d, m->n) + gn_dot(d, product, m->n) / 2;
    free(product);
    return phi;
}

static void known_solution(void **state) {
    (void)state;
    for (size_t n = 1; n <= 9; n++) {
        matrix m = make(n, 50);
        double *solution = vector(n, 0), *start = vector(n, 1), *g = calloc(n, sizeof *g);
        multiply(&m, solution, g);
        for (size_t i = 0; i < n; i++)
            g[i] = -g[i];
        gn_conjgrad cg;
        assert_ok(gn_conjgrad_new(n, (int)n, &cg));
        gn_conjgrad_solve(&cg, g, start, NULL, multiply, &m);
        /* In exact arithmetic n iterations are enough. */
        assert_true(cg.steps <= (int)n && cg.at[cg.kept - 1] == cg.steps);
        for (size_t i = 0; i < n; i++)
            assert_true(fabs(cg.iterate[cg.kept - 1][i] - solution[i]) < 1e-9);
        assert_true(fabs(cg.phi[cg.kept - 1] - model(&m, g, solution)) < 1e-9 * (1 + fabs(cg.phi[0])));
        gn_conjgrad_free(&cg);
        free(solution);
        free(start);
        free(g);
        drop(&m);
    }
}

/* ceil(5 * 1.3^j) and the last; the model's values are those of the iterates, and fall. */
static void kept_iterates(void **state) {
    (void)state;
    static const int expected[] = {5, 7, 9, 11, 15, 19, 25, 32, 41, 50};
    enum { N = 400, KEPT = sizeof expected / sizeof *expected };
    matrix m = make(N, 1e6);
    double *g = vector(N, 2), *start = calloc(N, sizeof *start);
    gn_conjgrad cg;
    assert_ok(gn_conjgrad_new(N, 50, &cg));
    gn_conjgrad_solve(&cg, g, start, NULL, multiply, &m);
    assert_int_equal(cg.steps, 50);
    assert_int_equal(m.calls, 51);
    assert_int_equal(cg.kept, KEPT);
    for (int k = 0; k < KEPT; k++) {
        assert_int_equal(cg.at[k], expected[k]);
        assert_true(fabs(cg.phi[k] - model(&m, g, cg.iterate[k])) < 1e-9 * fabs(cg.phi[k]));
        assert_true(cg.phi[k] < (k ? cg.phi[k - 1] : 0));
    }
    gn_conjgrad_free(&cg);

    /* With a limit below the first iteration that is kept, only the last iterate is kept. */
    assert_ok(gn_conjgrad_new(N, 3, &cg));
    gn_conjgrad_solve(&cg, g, start, NULL, multiply, &m);
    assert_true(cg.kept == 1 && cg.at[0] == 3);
    gn_conjgrad_free(&cg);
    free(g);
    free(start);
    drop(&m);
}

/* The last iterate is kept even when there are more iterates than fit. */
static void room_for_the_last(void **state) {
    (void)state;
    enum { N = 3000 };
    matrix m = make(N, 1e12);
    double *g = vector(N, 3), *start = calloc(N, sizeof *start);
    gn_conjgrad cg;
    assert_ok(gn_conjgrad_new(N, 400, &cg));
    gn_conjgrad_solve(&cg, g, start, NULL, multiply, &m);
    assert_true(cg.kept >= 1 && cg.kept <= GN_KEPT_MAX);
    assert_int_equal(cg.at[cg.kept - 1], cg.steps);
    gn_conjgrad_free(&cg);
    free(g);
    free(start);
    drop(&m);
}

/* CG stops where the rule says, judged from the values of the model after 1, 2, 3 ... iterations. */
static void stopping_rule(void **state) {
    (void)state;
    static const double condition[] = {1.5, 10, 100, 1000, 1e5, 1000};
    enum { N = 300, LIMIT = 200 };
    static const double tolerance[] = {5e-4, 5e-4, 5e-4, 5e-4, 5e-4, 2e-2};
    int stops[6];
    for (int c = 0; c < 6; c++) {
        matrix m = make(N, condition[c]);
        double *g = vector(N, 4), *start = vector(N, 5), phi[LIMIT + 1];
        gn_conjgrad cg;
        assert_ok(gn_conjgrad_new(N, LIMIT, &cg));
        cg.tolerance = tolerance[c];
        gn_conjgrad_solve(&cg, g, start, NULL, multiply, &m);
        phi[0] = model(&m, g, start);
        for (int i = 1; i <= cg.steps; i++) {
            gn_conjgrad shorter;
            assert_ok(gn_conjgrad_new(N, i, &shorter));
            shorter.tolerance = tolerance[c];
            gn_conjgrad_solve(&shorter, g, start, NULL, multiply, &m);
            assert_int_equal(shorter.steps, i);
            phi[i] = shorter.phi[shorter.kept - 1];
            gn_conjgrad_free(&shorter);
        }
        int stop = LIMIT;
        for (int i = 1; i <= cg.steps; i++) {
            int k = i > 100 ? (int)ceil(0.1 * i) : 10;
            if (i > k && phi[i - k] < 0 && (phi[i] - phi[i - k]) / phi[i] < k * tolerance[c]) {
                stop = i;
                break;
            }
        }
        assert_int_equal(cg.steps, stop);
        stops[c] = stop;
        gn_conjgrad_free(&cg);
        free(g);
        free(start);
        drop(&m);
    }
    /* The cases cover early and late stops, stops after k has changed, and earlier stops with a larger tolerance. */
    assert_true(stops[0] < 20 && stops[0] < stops[2] && stops[2] < stops[4] && stops[4] > 100 && stops[5] < stops[3]);
}

static void nothing_to_do(void **state) {
    (void)state;
    enum { N = 6 };
    matrix m = make(N, 10);
    double g[N] = {0}, start[N] = {0};
    gn_conjgrad cg;
    assert_ok(gn_conjgrad_new(N, 50, &cg));
    gn_conjgrad_solve(&cg, g, start, NULL, multiply, &m); /* the start is the solution */
    assert_true(cg.steps == 0 && cg.kept == 1 && cg.at[0] == 0 && cg.phi[0] == 0);
    for (int i = 0; i < N; i++)
        assert_true(cg.iterate[0][i] == 0);
    for (int i = 0; i < N; i++)
        m.eigenvalue[i] = -1; /* not convex: no step is taken */
    g[0] = 1;
    gn_conjgrad_solve(&cg, g, start, NULL, multiply, &m);
    assert_true(cg.steps == 0 && cg.kept == 1 && cg.iterate[0][0] == 0);
    gn_conjgrad_free(&cg);
    drop(&m);
}

/* With a preconditioner from an earlier call, for another right-hand side and a slightly different matrix, CG finds the
 * same solution in fewer iterations. */
static void preconditioned(void **state) {
    (void)state;
    enum { N = 200, STEEP = 60, PAIRS = 200 };
    matrix m = make(N, 1);
    for (int i = 0; i < N; i++) /* most eigenvalues are small, a few are large and far apart */
        m.eigenvalue[i] = i < STEEP ? 10 * pow(1e4, (double)i / STEEP) : 1 + (double)i / N;
    double *g = vector(N, 6), *start = vector(N, 7), *solution = vector(N, 8);
    gn_pairs pairs;
    gn_conjgrad cg;
    assert_ok(gn_pairs_new(N, PAIRS, 200, &pairs));
    assert_ok(gn_conjgrad_new(N, 200, &cg));
    gn_conjgrad_solve(&cg, g, start, &pairs, multiply, &m);
    assert_true(pairs.count == cg.steps && pairs.fresh == 0);

    for (int i = 0; i < N; i++)
        m.eigenvalue[i] *= i % 2 ? 1.1 : 0.9;
    multiply(&m, solution, g);
    for (int i = 0; i < N; i++)
        g[i] = -g[i];
    gn_conjgrad_solve(&cg, g, start, NULL, multiply, &m);
    const int without = cg.steps;
    const double phi = cg.phi[cg.kept - 1];
    gn_conjgrad_solve(&cg, g, start, &pairs, multiply, &m);
    assert_true(3 * cg.steps < 2 * without);
    assert_true(fabs(cg.phi[cg.kept - 1] - phi) < 1e-2 * fabs(phi)); /* the stopping rule's tolerance */
    assert_true(fabs(cg.phi[cg.kept - 1] - model(&m, g, cg.iterate[cg.kept - 1])) < 1e-9 * fabs(phi));
    gn_conjgrad_free(&cg);
    gn_pairs_free(&pairs);

    /* With so few unknowns the stopping rule does not apply, and CG finds the exact solution. */
    enum { TINY = 9 };
    matrix t = make(TINY, 50);
    assert_ok(gn_pairs_new(TINY, 4, TINY, &pairs));
    assert_ok(gn_conjgrad_new(TINY, TINY, &cg));
    for (int run = 0; run < 3; run++) {
        multiply(&t, solution, g);
        for (int i = 0; i < TINY; i++)
            g[i] = -g[i];
        gn_conjgrad_solve(&cg, g, start, &pairs, multiply, &t);
        for (int i = 0; i < TINY; i++)
            assert_true(fabs(cg.iterate[cg.kept - 1][i] - solution[i]) < 1e-9);
        solution[run] += 1;
    }
    gn_conjgrad_free(&cg);
    gn_pairs_free(&pairs);
    free(g);
    free(start);
    free(solution);
    drop(&m);
    drop(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_solution), cmocka_unit_test(kept_iterates), cmocka_unit_test(room_for_the_last),
        cmocka_unit_test(stopping_rule),  cmocka_unit_test(nothing_to_do), cmocka_unit_test(preconditioned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

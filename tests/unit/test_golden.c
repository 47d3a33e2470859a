/* The objective, its gradient and a Gauss-Newton product compared with golden/gradient.txt, whose numbers
 * golden/gradient.py computed by automatic differentiation with another system. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "reference.h"

#define GOLDEN "tests/unit/golden/gradient.txt"

typedef struct {
    char name[32];
    int units, inputs, outputs, trials, steps, site; /* site of the noise, -1: none */
    gn_nonlinearity nonlinearity;
    gn_weights weights;
    double objective;
    double *parameter, *direction, *input, *target, *noise, *gradient, *product;
    size_t size;
} golden;

/* Reads an array; single: its numbers are rounded to single precision. */
static double *read_array(FILE *file, const char *name, size_t count, bool single) {
    char word[32];
    double *value = calloc(count, sizeof *value);
    assert_int_equal(fscanf(file, "%31s", word), 1);
    assert_string_equal(word, name);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(fscanf(file, "%lf", &value[i]), 1);
    for (size_t i = 0; single && i < count; i++)
        value[i] = (double)(float)value[i];
    return value;
}

/* Reads a case; false when there are no more. */
static bool read_case(FILE *file, golden *g) {
    char nonlinearity[32], site[32];
    *g = (golden){0};
    const int read =
        fscanf(file,
               " case %31s units %d inputs %d outputs %d trials %d steps %d nonlinearity %31s noise %31s l2 %lf "
               "metabolic %lf damping "
               "%lf contraction %lf objective %lf",
               g->name, &g->units, &g->inputs, &g->outputs, &g->trials, &g->steps, nonlinearity, site, &g->weights.l2,
               &g->weights.metabolic, &g->weights.damping, &g->weights.contraction, &g->objective);
    if (read == EOF) return false;
    assert_int_equal(read, 13);
    g->nonlinearity = (gn_nonlinearity)gn_parse_choice(nonlinearity, GN_NONLINEARITIES);
    g->site = gn_parse_choice(site, GN_NOISE_SITES);
    const size_t n = (size_t)g->units, samples = (size_t)(g->trials * g->steps);
    g->size = n * n + n * (size_t)g->inputs + n + (size_t)g->outputs * n;
    g->parameter = read_array(file, "parameter", g->size, true);
    g->direction = read_array(file, "direction", g->size, true);
    g->input = read_array(file, "input", samples * (size_t)g->inputs, true);
    g->target = read_array(file, "target", samples * (size_t)g->outputs, true);
    g->noise = read_array(file, "noise", samples * n, true);
    g->gradient = read_array(file, "gradient", g->size, false);
    g->product = read_array(file, "product", g->size, false);
    return true;
}

static void free_case(golden *g) {
    free(g->parameter);
    free(g->direction);
    free(g->input);
    free(g->target);
    free(g->noise);
    free(g->gradient);
    free(g->product);
}

/* Copies value (trials, steps, rows) of a chunk's trials to the first rows of `to` (steps, stride, lanes). */
static void spread(const gn_chunk *chunk, int steps, int rows, int stride, const double *value, float *to) {
    for (int k = 0; k < chunk->width; k++)
        for (int t = 0; t < steps; t++)
            for (int i = 0; i < rows; i++)
                to[(t * stride + i) * chunk->lanes + k] = (float)value[((chunk->first + k) * steps + t) * rows + i];
}

static double distance(const double *a, const double *b, size_t n) {
    double apart = 0, length = 0;
    for (size_t i = 0; i < n; i++) {
        apart += pow(a[i] - b[i], 2);
        length += b[i] * b[i];
    }
    return sqrt(apart / length);
}

static void compare(const golden *g, const char *kernel_name) {
    const gn_kernel *kernel = gn_kernel_named(kernel_name);
    if (!kernel) return; /* this processor cannot run it */
    gn_network net;
    gn_batch batch;
    gn_pool *pool;
    gn_gradient *gradient;
    assert_int_equal(gn_network_new(g->units, g->inputs, g->outputs, &net), GN_OK);
    net.coding = g->inputs == 3 ? GN_CODE_COSSIN : GN_CODE_TURNS;
    net.nonlinearity = g->nonlinearity;
    if (g->site >= 0) net.noise_site = (gn_noise_site)g->site;
    for (size_t i = 0; i < g->size; i++)
        net.parameter[i] = (float)g->parameter[i];
    assert_int_equal(gn_pool_new(2, &pool), GN_OK);
    assert_int_equal(gn_batch_new(&net, g->trials, g->steps, g->site >= 0, &batch), GN_OK);
    for (int c = 0; c < batch.chunks; c++) {
        const gn_chunk *chunk = &batch.chunk[c];
        spread(chunk, g->steps, g->inputs, g->inputs + 1, g->input, batch.input[c]);
        spread(chunk, g->steps, g->outputs, g->outputs, g->target, batch.target[c]);
        if (g->site >= 0) spread(chunk, g->steps, g->units, g->units, g->noise, batch.noise[c]);
        for (int t = 0; t < g->steps; t++)
            for (int k = 0; k < chunk->lanes; k++)
                batch.input[c][(t * (g->inputs + 1) + g->inputs) * chunk->lanes + k] = 1;
        for (int k = 0; k < chunk->lanes; k++)
            batch.mask[c][k] = k < chunk->width;
    }
    assert_int_equal(gn_gradient_new(&net, g->trials, g->trials, g->steps, kernel, pool, &gradient), GN_OK);
    double *got = calloc(g->size, sizeof *got), *reference = calloc(g->size, sizeof *reference);

    gn_terms terms = gn_objective_gradient(gradient, &batch, net.parameter, g->weights, got);
    assert_true(fabs(terms.total - g->objective) < 1e-6 * g->objective);
    assert_true(distance(got, g->gradient, g->size) < 1e-5);
    gn_curvature_at(gradient, &batch, net.parameter);
    gn_curvature_product(gradient, g->weights, g->direction, got);
    assert_true(distance(got, g->product, g->size) < 1e-5);

    /* The reference in double precision agrees nearly to the last digit. */
    terms = reference_gradient(&net, &batch, g->parameter, g->weights, reference);
    assert_true(fabs(terms.total - g->objective) < 1e-12 * g->objective);
    assert_true(distance(reference, g->gradient, g->size) < 1e-12);
    reference_product(&net, &batch, g->parameter, g->weights, g->direction, reference);
    assert_true(distance(reference, g->product, g->size) < 1e-12);

    free(got);
    free(reference);
    gn_gradient_free(gradient);
    gn_batch_free(&batch);
    gn_pool_free(pool);
    gn_network_free(&net);
}

static void another_system_agrees(void **state) {
    (void)state;
    FILE *file = fopen(GOLDEN, "r");
    assert_non_null(file);
    golden g;
    int cases = 0;
    for (; read_case(file, &g); cases++) {
        compare(&g, "portable");
        compare(&g, "avx2");
        compare(&g, "avx512");
        free_case(&g);
    }
    assert_int_equal(cases, 4);
    fclose(file);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(another_system_agrees)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The fused kernels and the gradient and Gauss-Newton code built on them, against the plain double
 * reference, finite differences, and the algebra a Gauss-Newton matrix obeys. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "network/draw.h"
#include "reference.h"

#define assert_near(a, b, tolerance) assert_true(fabs((a) - (b)) <= (tolerance))

typedef struct {
    gn_network net;
    gn_batch batch;
    gn_pool *pool;
    gn_gradient *gradient;
    const gn_kernel *kernel;
    double *p, *v, *w; /* parameters and two directions, as doubles that floats hold exactly */
    size_t size;
} fixture;

static fixture make_of(const char *kernel, int threads, int units, gn_coding coding, gn_noise_site site, double sd,
                       int trials, int steps, gn_nonlinearity nonlinearity, int cells) {
    fixture f = {0};
    f.kernel = gn_kernel_named(kernel);
    if (!f.kernel) return f;
    assert_int_equal(gn_network_new(units, gn_coding_channels(coding), cells ? cells : 2, &f.net), GN_OK);
    f.net.nonlinearity = nonlinearity;
    f.net.coding = coding;
    f.net.noise_site = site;
    f.net.noise_sd = (float)sd;
    f.net.steps = steps;
    f.net.walk = (gn_walk){.zero_speed = 0.5, .turn_sd = 1.0 / 3, .top_speed = 0.2};
    assert_int_equal(gn_arena_make(GN_SQUARE, 0, &f.net.walk.arena), GN_OK);
    if (cells) {
        f.net.readout = GN_READ_PLACE;
        assert_int_equal(gn_places_new(&f.net.walk.arena, cells, GN_PLACE_DIFFERENCE, 4, &f.net.places), GN_OK);
        gn_places_widen(&f.net.walk.arena, 0.2, &f.net.places);
    }
    assert_int_equal(gn_pool_new(threads, &f.pool), GN_OK);
    assert_int_equal(gn_batch_new(&f.net, trials, steps, sd > 0, &f.batch), GN_OK);
    assert_int_equal(gn_gradient_new(&f.net, trials, trials, steps, f.kernel, f.pool, &f.gradient), GN_OK);
    assert_int_equal(gn_batch_draw(&f.batch, &f.net, 5, 3, f.kernel, f.pool), GN_OK);
    f.size = gn_network_size(&f.net);
    f.p = calloc(f.size, sizeof *f.p);
    f.v = calloc(f.size, sizeof *f.v);
    f.w = calloc(f.size, sizeof *f.w);
    gn_stream stream = gn_stream_open(17, GN_PURPOSE_TEST, 0, 0);
    for (size_t i = 0; i < f.size; i++) {
        double scale = i < (size_t)(units * units) ? 1.2 / sqrt(units) : 0.5;
        f.net.parameter[i] = (float)(scale * gn_stream_normal(&stream));
        f.p[i] = (double)f.net.parameter[i];
        f.v[i] = (double)(float)gn_stream_normal(&stream);
        f.w[i] = (double)(float)gn_stream_normal(&stream);
    }
    return f;
}

static fixture make(const char *kernel, int threads, int units, gn_coding coding, gn_noise_site site, double sd,
                    int trials, int steps) {
    return make_of(kernel, threads, units, coding, site, sd, trials, steps, GN_TANH, 0);
}

static void destroy(fixture *f) {
    if (!f->kernel) return;
    gn_gradient_free(f->gradient);
    gn_batch_free(&f->batch);
    gn_pool_free(f->pool);
    gn_network_free(&f->net);
    free(f->p);
    free(f->v);
    free(f->w);
}

/* |a - b| / |b| over vectors. */
static double distance(const double *a, const double *b, size_t n) {
    double d = 0, s = 0;
    for (size_t i = 0; i < n; i++) {
        d += (a[i] - b[i]) * (a[i] - b[i]);
        s += b[i] * b[i];
    }
    return sqrt(d / s);
}

static double dot(const double *a, const double *b, size_t n) {
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += a[i] * b[i];
    return s;
}

static const gn_weights weights = {.l2 = 0.3, .metabolic = 0.7, .damping = 2.0};
static const gn_weights contracting = {.l2 = 0.3, .metabolic = 0.7, .damping = 2.0, .contraction = 0.4};

static void compare_with_reference(fixture f, gn_weights with) {
    if (!f.kernel) return; /* this processor cannot run it */
    double *got = calloc(f.size, sizeof *got), *want = calloc(f.size, sizeof *want);
    gn_terms a = gn_objective_gradient(f.gradient, &f.batch, f.net.parameter, with, got);
    gn_terms o = gn_objective(f.gradient, &f.batch, f.net.parameter, with);
    gn_terms b = reference_gradient(&f.net, &f.batch, f.p, with, want);
    assert_near(a.error, b.error, 2e-6 * b.error);
    assert_near(a.rate, b.rate, 2e-6 * b.rate);
    assert_near(a.l2, b.l2, 1e-12);
    assert_near(a.contraction, b.contraction, 2e-6 * b.contraction);
    assert_true((b.contraction > 0) == (with.contraction > 0 && b.rate > 0));
    assert_near(a.total, b.total, 2e-6 * b.total);
    assert_true(o.total == a.total && o.error == a.error && o.rate == a.rate && o.contraction == a.contraction);
    assert_true(distance(got, want, f.size) < 2e-5);
    gn_curvature_at(f.gradient, &f.batch, f.net.parameter);
    gn_curvature_product(f.gradient, with, f.v, got);
    reference_product(&f.net, &f.batch, f.p, with, f.v, want);
    assert_true(distance(got, want, f.size) < 2e-5);
    free(got);
    free(want);
    destroy(&f);
}

static void agree_with_reference(const char *kernel, int units, gn_coding coding, gn_noise_site site, double sd,
                                 int trials, int steps) {
    compare_with_reference(make(kernel, 2, units, coding, site, sd, trials, steps), weights);
    compare_with_reference(make(kernel, 2, units, coding, site, sd, trials, steps), contracting);
}

/* Rates that are never negative, readouts of many outputs, with and without the contraction penalty. */
static void other_networks(void **state) {
    (void)state;
    const char *const kernel[] = {"portable", "avx2", "avx512"};
    for (int k = 0; k < 3; k++)
        for (int c = 0; c < 2; c++) {
            const gn_weights w = c ? contracting : weights;
            compare_with_reference(make_of(kernel[k], 2, 9, GN_CODE_RADIANS, GN_NOISE_RATE, 0.2, 21, 14, GN_RELU, 0),
                                   w);
            compare_with_reference(
                make_of(kernel[k], 2, 14, GN_CODE_TURNS, GN_NOISE_DRIVE, 0.4, 35, 12, GN_RECTIFIED_TANH, 1), w);
            compare_with_reference(
                make_of(kernel[k], 2, 11, GN_CODE_TURNS, GN_NOISE_RATE, 0.1, 18, 9, GN_RECTIFIED_TANH, 5), w);
            compare_with_reference(make_of(kernel[k], 1, 23, GN_CODE_COSSIN, GN_NOISE_RATE, 0, 50, 8, GN_TANH, 64), w);
            compare_with_reference(make_of(kernel[k], 2, 6, GN_CODE_TURNS, GN_NOISE_RATE, 0.1, 3, 1, GN_TANH, 3), w);
        }
}

static void odd_sizes(void **state) {
    (void)state;
    const char *const kernel[] = {"portable", "avx2", "avx512"};
    for (int k = 0; k < 3; k++) {
        agree_with_reference(kernel[k], 1, GN_CODE_TURNS, GN_NOISE_RATE, 0.1, 1, 1);
        agree_with_reference(kernel[k], 3, GN_CODE_RADIANS, GN_NOISE_DRIVE, 0.3, 2, 2);
        agree_with_reference(kernel[k], 7, GN_CODE_COSSIN, GN_NOISE_RATE, 0.0, 17, 9);
        agree_with_reference(kernel[k], 13, GN_CODE_TURNS, GN_NOISE_RATE, 0.2, 37, 20);
        agree_with_reference(kernel[k], 30, GN_CODE_TURNS, GN_NOISE_DRIVE, 0.5, 113, 23);
        agree_with_reference(kernel[k], 46, GN_CODE_COSSIN, GN_NOISE_RATE, 0.1, 70, 31);
        agree_with_reference(kernel[k], 100, GN_CODE_TURNS, GN_NOISE_RATE, 0.1, 19, 50);
    }
}

/* Every kernel gives the same bytes with any number of threads. */
static void identical(gn_weights w, gn_nonlinearity nonlinearity, int cells) {
    const char *const kernel[] = {"portable", "avx2", "avx512"};
    double *first = NULL;
    gn_terms terms = {0};
    for (int k = 0; k < 3; k++)
        for (int threads = 1; threads <= 5; threads += threads == 3 ? 2 : 1) {
            fixture f =
                make_of(kernel[k], threads, 21, GN_CODE_TURNS, GN_NOISE_RATE, 0.3, 130, 19, nonlinearity, cells);
            if (!f.kernel) continue;
            double *both = calloc(2 * f.size, sizeof *both);
            gn_terms t = gn_objective_gradient(f.gradient, &f.batch, f.net.parameter, w, both);
            gn_curvature_at(f.gradient, &f.batch, f.net.parameter);
            gn_curvature_product(f.gradient, w, f.v, both + f.size);
            if (!first) {
                first = both;
                terms = t;
            } else {
                assert_memory_equal(both, first, 2 * f.size * sizeof *both);
                assert_memory_equal(&t, &terms, sizeof t);
                free(both);
            }
            destroy(&f);
        }
    free(first);
}

static void identical_everywhere(void **state) {
    (void)state;
    identical(weights, GN_TANH, 0);
    identical(contracting, GN_TANH, 7);
    identical(contracting, GN_RECTIFIED_TANH, 0);
    identical(weights, GN_RELU, 3);
}

/* Checks the gradient of the reference itself by central differences. */
static void gradient_by_differences(void **state) {
    (void)state;
    fixture f = make_of("portable", 1, 6, GN_CODE_COSSIN, GN_NOISE_RATE, 0.2, 3, 12, GN_TANH, 3);
    double *g = calloc(f.size, sizeof *g), *p = calloc(f.size, sizeof *p);
    reference_gradient(&f.net, &f.batch, f.p, contracting, g);
    for (size_t i = 0; i < f.size; i++) {
        const double h = 1e-5;
        memcpy(p, f.p, f.size * sizeof *p);
        p[i] += h;
        double up = reference_objective(&f.net, &f.batch, p, contracting).total;
        p[i] -= 2 * h;
        double down = reference_objective(&f.net, &f.batch, p, contracting).total;
        assert_near(g[i], (up - down) / (2 * h), 1e-8);
    }
    free(g);
    free(p);
    destroy(&f);
}

/* G = J' H J with J by central differences of readouts, rates and activations. The structural
 * damping enters as sd D^(1/2) dx: its curvature is slope * dx^2. The contraction penalty is a sum of squares of the
 * elements slope_i W_ij, whose J follows from that of the activations. */
static void explicit_gauss_newton(void **state) {
    (void)state;
    fixture f = make("portable", 1, 4, GN_CODE_TURNS, GN_NOISE_RATE, 0.2, 2, 5);
    const size_t n = 4, steps = 5, trials = 2, ny = trials * steps * 2, nx = trials * steps * n;
    const double samples = (double)(trials * steps), h = 1e-5;
    double *jy = calloc(ny * f.size, sizeof *jy), *jh = calloc(nx * f.size, sizeof *jh);
    double *jx = calloc(nx * f.size, sizeof *jx), *p = calloc(f.size, sizeof *p);
    double *y[2], *r[2], *x[2];
    for (int s = 0; s < 2; s++) {
        y[s] = calloc(ny, sizeof(double));
        r[s] = calloc(nx, sizeof(double));
        x[s] = calloc(nx, sizeof(double));
    }
    for (size_t i = 0; i < f.size; i++) {
        for (int s = 0; s < 2; s++) {
            memcpy(p, f.p, f.size * sizeof *p);
            p[i] += s ? -h : h;
            reference_run(&f.net, &f.batch, p, y[s], r[s], x[s]);
        }
        for (size_t k = 0; k < ny; k++)
            jy[k * f.size + i] = (y[0][k] - y[1][k]) / (2 * h);
        for (size_t k = 0; k < nx; k++)
            jh[k * f.size + i] = (r[0][k] - r[1][k]) / (2 * h);
        for (size_t k = 0; k < nx; k++)
            jx[k * f.size + i] = (x[0][k] - x[1][k]) / (2 * h);
    }
    reference_run(&f.net, &f.batch, f.p, y[0], r[0], x[0]);
    double *product = calloc(f.size, sizeof *product), *want = calloc(f.size, sizeof *want);
    reference_product(&f.net, &f.batch, f.p, contracting, f.v, product);
    for (size_t k = 0; k < nx; k++)
        for (size_t j = 0; j < n; j++) { /* element (unit k % n, j) at one trial and step */
            const size_t at = k % n * n + j;
            const double u = tanh(x[0][k]), slope = 1 - u * u, by_x = -2 * u * slope * f.p[at];
            const double along = by_x * dot(jx + k * f.size, f.v, f.size) + slope * f.v[at];
            const double factor = 2 * contracting.contraction / (samples * n) * along;
            for (size_t i = 0; i < f.size; i++)
                want[i] += factor * by_x * jx[k * f.size + i];
            want[at] += factor * slope;
        }
    for (size_t k = 0; k < ny; k++) {
        double along = dot(jy + k * f.size, f.v, f.size) / (samples * 2);
        for (size_t i = 0; i < f.size; i++)
            want[i] += jy[k * f.size + i] * along;
    }
    for (size_t k = 0; k < nx; k++) {
        double slope = 1 - tanh(x[0][k]) * tanh(x[0][k]);
        double rate = dot(jh + k * f.size, f.v, f.size) * 2 * weights.metabolic / (samples * n);
        double act = dot(jx + k * f.size, f.v, f.size) * slope * weights.damping / (samples * n);
        for (size_t i = 0; i < f.size; i++)
            want[i] += jh[k * f.size + i] * rate + jx[k * f.size + i] * act;
    }
    for (size_t i = n * n; i < f.size; i++)
        if (i < n * n + 2 * n || i >= n * n + 3 * n) want[i] += 2 * weights.l2 / (4.0 * n) * f.v[i];
    assert_true(distance(product, want, f.size) < 1e-8);
    for (int s = 0; s < 2; s++) {
        free(y[s]);
        free(r[s]);
        free(x[s]);
    }
    free(jy);
    free(jh);
    free(jx);
    free(p);
    free(product);
    free(want);
    destroy(&f);
}

static void symmetric_and_positive(void **state) {
    (void)state;
    fixture f = make("portable", 1, 9, GN_CODE_TURNS, GN_NOISE_DRIVE, 0.2, 21, 30);
    double *gv = calloc(f.size, sizeof *gv), *gw = calloc(f.size, sizeof *gw);
    gn_curvature_at(f.gradient, &f.batch, f.net.parameter);
    gn_curvature_product(f.gradient, contracting, f.v, gv);
    gn_curvature_product(f.gradient, contracting, f.w, gw);
    double a = dot(f.w, gv, f.size), b = dot(f.v, gw, f.size);
    assert_near(a, b, 1e-5 * sqrt(dot(f.v, gv, f.size) * dot(f.w, gw, f.size)));
    assert_true(dot(f.v, gv, f.size) > 0 && dot(f.w, gw, f.size) > 0);
    free(gv);
    free(gw);
    destroy(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradient_by_differences),
        cmocka_unit_test(explicit_gauss_newton),
        cmocka_unit_test(odd_sizes),
        cmocka_unit_test(symmetric_and_positive),
        cmocka_unit_test(other_networks),
        cmocka_unit_test(identical_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

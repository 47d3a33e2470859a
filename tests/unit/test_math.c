/* Elementary functions: error bounds against libm in higher precision, special values, and the same
 * bits for every vector width. Bounds are in units in the last place (ulp) of the exact result,
 * about a tenth above the largest error seen: 2.24 (tanh), 1.65 (log), 1.89 (sin, cos); in double
 * precision 1.95 (log), 1.77 (sin, cos), 0.93 (exp). */
#include <math.h>

#include "base/math.h"
#include "base/random.h"
#include "gn_test.h"
#include "network/kernel.h"
#include "vector.h"

static const char *const names[] = {"portable", "avx2", "avx512"};
enum { WIDTHS = 3, BLOCK = 48 };

/* |got - exact| in ulp of the float (or double) format at `exact`. */
static double float_ulps(float got, double exact) {
    int exponent;
    frexp(exact, &exponent);
    double ulp = ldexp(1.0, (exponent < -125 ? -125 : exponent) - 24);
    return fabs((double)got - exact) / ulp;
}

static double double_ulps(double got, long double exact) {
    int exponent;
    frexpl(exact, &exponent);
    return (double)(fabsl((long double)got - exact) / ldexpl(1.0L, exponent - 53));
}

static float from_bits(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Floats whose bits run from first to last; both signs are tried. */
typedef struct {
    uint32_t first, last, stride;
} range;

static double worst_tanh(const vector_functions *f, range r) {
    _Alignas(64) float x[BLOCK], y[BLOCK], z[BLOCK];
    double worst = 0;
    for (uint32_t bits = r.first; bits < r.last; bits += r.stride * BLOCK / 2) {
        for (uint32_t k = 0; k < BLOCK / 2; k++) {
            x[k] = from_bits(bits + k * r.stride);
            x[k + BLOCK / 2] = -x[k];
        }
        f->tanh(BLOCK, x, y);
        f->tanh_each(BLOCK, x, z);
        assert_memory_equal(y, z, sizeof y);
        for (int k = 0; k < BLOCK / 2; k++) {
            assert_true(y[k + BLOCK / 2] == -y[k]);
            worst = fmax(worst, float_ulps(y[k], tanh((double)x[k])));
        }
    }
    return worst;
}

static void tanh_error(void **state) {
    (void)state;
    for (int w = 0; w < WIDTHS; w++) {
        const vector_functions *f = vector_named(names[w]);
        if (!f) continue;
        /* Normal numbers up to where tanh is 1, every 4099th of them. */
        const range all = {0x00800000u, 0x41300000u, 4099};
        double worst = worst_tanh(f, all);
        print_message("%s: tanh %.3f ulp\n", f->name, worst);
        assert_true(worst < 2.5);
    }
}

static void tanh_special(void **state) {
    (void)state;
    for (int w = 0; w < WIDTHS; w++) {
        const vector_functions *f = vector_named(names[w]);
        if (!f) continue;
        _Alignas(64) float x[BLOCK] = {0.0f,  -0.0f, INFINITY, -INFINITY, NAN,    -NAN,
                                       1e30f, 9.5f,  -40.0f,   1e-30f,    1e-40f, -1e-45f};
        _Alignas(64) float y[BLOCK];
        f->tanh(BLOCK, x, y);
        assert_true(y[0] == 0 && !signbit(y[0]) && y[1] == 0 && signbit(y[1]));
        assert_true(y[2] == 1 && y[3] == -1 && isnan(y[4]) && isnan(y[5]));
        assert_true(y[6] == 1 && y[7] == 1 && y[8] == -1);
        assert_true(y[9] == 1e-30f);
        assert_true(y[10] == 1e-40f && y[11] == -1e-45f); /* subnormal */
        /* Never beyond 1 and never falling. */
        float before = -1;
        for (int i = 0; i < 1 << 14; i++) {
            for (int k = 0; k < BLOCK; k++)
                x[k] = -11.0f + 22.0f * (float)(i * BLOCK + k) / (BLOCK << 14);
            f->tanh(BLOCK, x, y);
            for (int k = 0; k < BLOCK; k++) {
                assert_true(fabsf(y[k]) <= 1 && y[k] >= before - 3e-7f);
                before = y[k];
            }
        }
    }
}

static void log_error(void **state) {
    (void)state;
    for (int w = 0; w < WIDTHS; w++) {
        const vector_functions *f = vector_named(names[w]);
        if (!f) continue;
        _Alignas(64) float x[BLOCK], y[BLOCK];
        double worst = 0;
        /* (0, 1]: as Box-Muller asks; its smallest argument is 2^-25 */
        for (uint32_t bits = 0x33000000u; bits <= 0x3f800000u - BLOCK * 211u; bits += BLOCK * 211u) {
            for (uint32_t k = 0; k < BLOCK; k++)
                x[k] = from_bits(bits + k * 211u);
            f->log(BLOCK, x, y);
            for (int k = 0; k < BLOCK; k++)
                worst = fmax(worst, float_ulps(y[k], log((double)x[k])));
        }
        for (int k = 0; k < BLOCK; k++)
            x[k] = 1.0f - (float)k * 0x1p-24f;
        f->log(BLOCK, x, y);
        assert_true(y[0] == 0);
        for (int k = 1; k < BLOCK; k++)
            worst = fmax(worst, float_ulps(y[k], log((double)x[k])));
        print_message("%s: log %.3f ulp\n", f->name, worst);
        assert_true(worst < 1.8);
    }
}

static void sincos_error(void **state) {
    (void)state;
    const double pi = 3.14159265358979323846;
    for (int w = 0; w < WIDTHS; w++) {
        const vector_functions *f = vector_named(names[w]);
        if (!f) continue;
        _Alignas(64) float x[BLOCK], s[BLOCK], c[BLOCK];
        double worst = 0;
        for (uint32_t n = 0; n < (1u << 24) - BLOCK * 37u; n += BLOCK * 37u) {
            for (uint32_t k = 0; k < BLOCK; k++)
                x[k] = (float)(n + k * 37u) * 0x1p-24f;
            f->sincos_turns(BLOCK, x, s, c);
            for (int k = 0; k < BLOCK; k++) {
                /* the quarter turn is taken off exactly, so that zeros keep their relative error */
                double quarter = 4 * (double)x[k], near = nearbyint(quarter);
                double a = sin((quarter - near) * pi / 2), b = cos((quarter - near) * pi / 2);
                const double sine[4] = {a, b, -a, -b};
                worst = fmax(worst, float_ulps(s[k], sine[(int)near % 4]));
                worst = fmax(worst, float_ulps(c[k], sine[((int)near + 1) % 4]));
            }
        }
        print_message("%s: sincos %.3f ulp\n", f->name, worst);
        assert_true(worst < 2.1);
    }
}

static void widths_agree(void **state) {
    (void)state;
    enum { MANY = 4800 };
    _Alignas(64) static float x[3][MANY], y[WIDTHS][5][MANY];
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 1, 0);
    for (int i = 0; i < MANY; i++) {
        x[0][i] = (float)(4 * gn_stream_normal(&stream));
        x[1][i] = (float)(gn_stream_u32(&stream) >> 8) * 0x1p-24f + 0x1p-25f;
        x[2][i] = (float)(gn_stream_u32(&stream) >> 8) * 0x1p-24f;
    }
    for (int w = 0; w < WIDTHS; w++) {
        const vector_functions *f = vector_named(names[w]);
        if (gn_kernel_named(names[w])) assert_non_null(f); /* built with its flags */
        if (!f) continue;
        f->tanh(MANY, x[0], y[w][0]);
        f->tanh_each(MANY, x[0], y[w][1]);
        f->log(MANY, x[1], y[w][2]);
        f->sincos_turns(MANY, x[2], y[w][3], y[w][4]);
        assert_memory_equal(y[w], y[0], sizeof y[0]);
    }
}

static void double_log(void **state) {
    (void)state;
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 2, 0);
    double worst = 0;
    for (int i = 0; i < 400000; i++) {
        double u = gn_stream_uniform(&stream);
        double x = i % 4 == 0   ? u
                   : i % 4 == 1 ? 1 + u * 0x1p-20
                   : i % 4 == 2 ? 1 - u * 0x1p-20
                                : ldexp(u, (int)(u * 2e9) % 900);
        worst = fmax(worst, double_ulps(gn_log(x), logl((long double)x)));
    }
    print_message("log %.3f ulp\n", worst);
    assert_true(worst < 2.2);
    assert_true(gn_log(1.0) == 0.0);
    assert_true(fabs(gn_log(0x1p-1060) + 1060 * 0.69314718055994531) < 1e-12);
}

static void double_exp(void **state) {
    (void)state;
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 4, 0);
    double worst = 0;
    for (int i = 0; i < 400000; i++) {
        double x = (gn_stream_uniform(&stream) - 0.5) * (i % 2 ? 2 : 1400);
        worst = fmax(worst, double_ulps(gn_exp(x), expl((long double)x)));
    }
    print_message("exp %.3f ulp\n", worst);
    assert_true(worst < 1.05);
    assert_true(gn_exp(0) == 1 && gn_exp(-1e9) == 0 && gn_exp(-INFINITY) == 0 && isnan(gn_exp(NAN)));
    assert_true(isinf(gn_exp(710)));
}

static void double_sincos(void **state) {
    (void)state;
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 3, 0);
    const long double half_pi = 1.57079632679489661923132169163975144L;
    double worst = 0;
    for (int i = 0; i < 300000; i++) {
        double x = gn_stream_uniform(&stream) * (i % 3 ? 1 : 1000) - (i % 2 ? 0 : 0.5);
        double s, c;
        gn_sincos_turns(x, &s, &c);
        long double quarter = 4 * (long double)x, near = nearbyintl(quarter);
        long double a = sinl((quarter - near) * half_pi), b = cosl((quarter - near) * half_pi);
        const long double sine[4] = {a, b, -a, -b};
        const int q = (int)(((long long)near % 4 + 4) % 4);
        worst = fmax(worst, double_ulps(s, sine[q]));
        worst = fmax(worst, double_ulps(c, sine[(q + 1) % 4]));
    }
    print_message("sincos %.3f ulp\n", worst);
    assert_true(worst < 2.0);
    for (int q = -8; q <= 8; q++) { /* exact at quarter turns */
        double s, c;
        gn_sincos_turns(q / 4.0, &s, &c);
        assert_true(s == (q % 2 ? ((q % 4 + 4) % 4 == 1 ? 1 : -1) : 0));
        assert_true(c == (q % 2 ? 0 : q % 4 ? -1 : 1));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tanh_error),    cmocka_unit_test(tanh_special), cmocka_unit_test(log_error),
        cmocka_unit_test(sincos_error),  cmocka_unit_test(widths_agree), cmocka_unit_test(double_log),
        cmocka_unit_test(double_sincos), cmocka_unit_test(double_exp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

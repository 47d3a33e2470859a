/* Each kernel function against plain loops that take the same fused multiply-adds in the order that
 * network/kernel.h states: equal to the last bit, for every implementation, on odd sizes; nothing is
 * written outside the arrays. And the noise: its bits, its independence of the chunks, its moments. */
#include <math.h>
#include <stdbool.h>

#include "base/random.h"
#include "gn_test.h"
#include "network/batch.h"

static const char *const names[] = {"portable", "avx2", "avx512"};
enum { KERNELS = 3, GUARD = 64 };
static const float guard = 12345.5f;

/* The arrays of one case. All are random, so that no error is hidden by zeros. */
typedef struct {
    gn_dims d;
    gn_stream stream;
    float *owned[32];
    size_t length[32];
    int count;
} fixture;

static float *array(fixture *b, size_t length, double scale) {
    float *p = gn_alloc(length + GUARD, sizeof *p);
    assert_non_null(p);
    for (size_t i = 0; i < length; i++)
        p[i] = (float)(scale * gn_stream_normal(&b->stream));
    for (size_t i = length; i < length + GUARD; i++)
        p[i] = guard;
    b->owned[b->count] = p;
    b->length[b->count++] = length;
    return p;
}

static float *copy(fixture *b, const float *from, size_t length) {
    float *p = array(b, length, 0);
    memcpy(p, from, length * sizeof *p);
    return p;
}

static void tidy(fixture *b) {
    for (int i = 0; i < b->count; i++) {
        for (size_t k = 0; k < GUARD; k++)
            assert_true(b->owned[i][b->length[i] + k] == guard);
        free(b->owned[i]);
    }
}

/* Random weights (rows, columns), and the same packed. */
static float *matrix(fixture *b, int rows, int columns, float **packed) {
    float *w = array(b, (size_t)(rows * columns), 0.3);
    *packed = array(b, gn_packed_size(rows, columns), 0);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            (*packed)[(i / GN_PACK * columns + j) * GN_PACK + i % GN_PACK] = w[i * columns + j];
    return w;
}

static void equal(const float *got, const float *want, size_t count, const char *what) {
    for (size_t i = 0; i < count; i++)
        if (memcmp(got + i, want + i, sizeof *got))
            fail_msg("%s[%zu]: %a, expected %a", what, i, (double)got[i], (double)want[i]);
}

/* sum + sum over columns from <= j < to of w[j] block[j][k], as one chain of fused multiply-adds. */
static float chain(float sum, const float *w, const float *block, int from, int to, int lanes, int k) {
    for (int j = from; j < to; j++)
        sum = fmaf(w[j], block[j * lanes + k], sum);
    return sum;
}

static void check_forward(const gn_kernel *kernel, const gn_dims d, bool with_drive, bool with_noise, bool with_slope) {
    fixture b = {.d = d, .stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 1, 0)};
    const size_t units = (size_t)(d.units * d.lanes);
    const int outputs = d.rows - d.units;
    const bool one = d.lanes == 1; /* without slope and square */
    float *packed, *w = matrix(&b, d.rows, d.columns, &packed);
    float *state = array(&b, (size_t)(d.columns * d.lanes), 1), *x = array(&b, units, 1);
    float *x_want = copy(&b, x, units), *drive = array(&b, units, 1), *noise = array(&b, units, 0.1);
    float *mask = array(&b, (size_t)d.lanes, 1), *rate = array(&b, units, 1);
    float *slope = array(&b, units, 1), *output = array(&b, (size_t)(outputs * d.lanes), 1);
    double square[GN_LANES_MAX], square_want[GN_LANES_MAX];
    for (int k = 0; k < GN_LANES_MAX; k++)
        square[k] = square_want[k] = k;
    kernel->forward(&d, packed, state, with_drive ? drive : NULL, with_noise ? noise : NULL, mask, x, rate,
                    with_slope ? slope : NULL, output, one ? NULL : square);
    float *rate_want = array(&b, units, 0), *slope_want = copy(&b, slope, units);
    for (int k = 0; k < d.lanes; k++) {
        float sum = 0;
        for (int i = 0; i < d.units; i++) {
            const int at = i * d.lanes + k;
            float in = chain(0, w + i * d.columns, state, 0, d.columns, d.lanes, k);
            if (with_drive) in += drive[at];
            x_want[at] = fmaf(d.leak, in, (1.0f - d.leak) * x_want[at]);
        }
        for (int o = 0; o < outputs; o++) {
            float y = chain(0, w + (d.units + o) * d.columns, state, 0, d.columns, d.lanes, k);
            assert_true(output[o * d.lanes + k] == y);
        }
        for (int i = 0; i < d.units; i++) {
            const int at = i * d.lanes + k;
            _Alignas(64) float h[16] = {x_want[at]};
            kernel->rates(d.nonlinearity, 16, h, h);
            const bool off = d.nonlinearity != GN_TANH && x_want[at] <= 0;
            const double u = off ? 0 : d.nonlinearity == GN_RELU ? (double)x_want[at] : tanh((double)x_want[at]);
            assert_true(fabs((double)h[0] - u) < 3e-7);
            const float slope_at = off ? 0 : d.nonlinearity == GN_RELU ? 1 : fmaf(-h[0], h[0], 1.0f);
            if (with_slope) slope_want[at] = slope_at * mask[k];
            rate_want[at] = with_noise ? h[0] + noise[at] : h[0];
            sum = fmaf(rate_want[at], rate_want[at], sum);
        }
        if (!one) square_want[k] += (double)sum;
    }
    equal(x, x_want, units, "x");
    equal(rate, rate_want, units, "rate");
    equal(slope, slope_want, units, "slope"); /* unchanged when it is not an argument */
    for (int k = 0; k < d.lanes; k++)
        assert_true(square[k] == square_want[k]);
    for (int k = d.lanes; k < GN_LANES_MAX; k++)
        assert_true(square[k] == k);
    kernel->readout(&d, packed, state, output);
    for (int o = 0; o < outputs; o++)
        for (int k = 0; k < d.lanes; k++)
            assert_true(output[o * d.lanes + k] ==
                        chain(0, w + (d.units + o) * d.columns, state, 0, d.columns, d.lanes, k));
    tidy(&b);
}

static void check_rforward(const gn_kernel *kernel, const gn_dims d) {
    fixture b = {.d = d, .stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 2, 0)};
    const size_t units = (size_t)(d.units * d.lanes), columns = (size_t)(d.columns * d.lanes);
    float *along, *v = matrix(&b, d.rows, d.columns, &along);
    float *through, *w = matrix(&b, d.rows, d.columns, &through);
    float *state = array(&b, columns, 1), *rrate = array(&b, columns, 1), *slope = array(&b, units, 1);
    float *rx = array(&b, units, 1), *rx_next = array(&b, units, 1), *next = array(&b, units, 1);
    float *output = array(&b, (size_t)(2 * d.lanes), 1);
    kernel->rforward(&d, along, through, state, rrate, slope, rx, rx_next, next, output);
    for (int i = 0; i < d.rows; i++)
        for (int k = 0; k < d.lanes; k++) {
            float sum = chain(0, v + i * d.columns, state, 0, d.columns, d.lanes, k);
            sum = chain(sum, w + i * d.columns, rrate, 0, d.units, d.lanes, k);
            const int at = i * d.lanes + k;
            if (i < d.units) {
                float now = fmaf(d.leak, sum, (1.0f - d.leak) * rx[at]);
                equal(rx_next + at, &now, 1, "rx");
                now *= slope[at];
                equal(next + at, &now, 1, "rrate");
            } else {
                equal(output + at - d.units * d.lanes, &sum, 1, "routput");
            }
        }
    tidy(&b);
}

static void check_backward(const gn_kernel *kernel, const gn_dims d, bool curvature) {
    fixture b = {.d = d, .stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 3, 0)};
    const size_t units = (size_t)(d.units * d.lanes);
    float *packed, *w = matrix(&b, d.units, d.rows, &packed);
    float *adjoint = array(&b, (size_t)(d.rows * d.lanes), 1), *slope = array(&b, units, 1);
    float *source = array(&b, units, 1), *delta = array(&b, units, 1);
    const float c_rate = 0.7f, c_x = 0.3f;
    if (curvature)
        kernel->rbackward(&d, packed, adjoint, slope, source, c_rate, c_x, delta);
    else
        kernel->backward(&d, packed, adjoint, slope, source, c_rate, delta);
    for (int i = 0; i < d.units; i++)
        for (int k = 0; k < d.lanes; k++) {
            const int at = i * d.lanes + k;
            float sum = chain(0, w + i * d.rows, adjoint, 0, d.units, d.lanes, k) * d.leak;
            sum = chain(sum, w + i * d.rows, adjoint, d.units, d.rows, d.lanes, k);
            float by = curvature ? fmaf(c_rate, slope[at], c_x) : c_rate;
            float want = fmaf(slope[at], fmaf(by, source[at], sum), (1.0f - d.leak) * adjoint[at]);
            equal(delta + at, &want, 1, "delta");
        }
    tidy(&b);
}

/* Sums over several steps, with positive and negative strides, are added to the contents of the array. */
static void check_outer(const gn_kernel *kernel, const gn_dims d, int steps, bool down) {
    fixture b = {.d = d, .stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 4, 0)};
    const int block = d.lanes * d.padded, tall = d.rows * d.lanes;
    float *adjoint = array(&b, (size_t)(steps * tall), 1), *t = array(&b, (size_t)(steps * block), 1);
    float *sum = array(&b, (size_t)(d.rows * d.padded), 1);
    float *want = copy(&b, sum, (size_t)(d.rows * d.padded));
    kernel->outer(&d, steps, adjoint, tall, down ? t + (steps - 1) * block : t, down ? -block : block, sum);
    for (int i = 0; i < d.rows; i++)
        for (int j = 0; j < d.padded; j++)
            for (int s = 0; s < steps; s++)
                for (int k = 0; k < d.lanes; k++)
                    want[i * d.padded + j] =
                        fmaf(adjoint[s * tall + i * d.lanes + k],
                             t[(down ? steps - 1 - s : s) * block + k * d.padded + j], want[i * d.padded + j]);
    equal(sum, want, (size_t)(d.rows * d.padded), "sum");
    tidy(&b);
}

static void check_transpose(const gn_kernel *kernel, const gn_dims d) {
    fixture b = {.d = d, .stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 5, 0)};
    float *state = array(&b, (size_t)(d.columns * d.lanes), 1);
    float *t = array(&b, (size_t)(d.lanes * d.padded), 1);
    kernel->transpose(&d, state, t);
    for (int k = 0; k < d.lanes; k++)
        for (int j = 0; j < d.padded; j++)
            assert_true(t[k * d.padded + j] == (j < d.columns ? state[j * d.lanes + k] : 0));
    tidy(&b);
}

/* What the contraction penalty adds to adjoints, for rates with and without curvature. */
static void check_contraction(const gn_kernel *kernel, const gn_dims d, bool noisy) {
    fixture b = {.d = d, .stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 8, 0)};
    const size_t units = (size_t)(d.units * d.lanes);
    float *rate = array(&b, units, 1), *noise = array(&b, units, 0.1), *slope = array(&b, units, 1);
    float *rx = array(&b, units, 1), *source = array(&b, units, 1), *bending = array(&b, units, 1);
    float *strength = array(&b, (size_t)d.units, 1), *cross = array(&b, (size_t)d.units, 1);
    float *steep = array(&b, units, 1), *steep_want = copy(&b, steep, units);
    float *bending_want = copy(&b, bending, units), *want = array(&b, units, 0), *rwant = array(&b, units, 0);
    const float c_rate = 0.7f, c_x = 0.3f;
    for (size_t at = 0; at < units; at++) {
        const int i = (int)at / d.lanes;
        const float bend = d.nonlinearity == GN_RELU ? 0 : (noisy ? rate[at] - noise[at] : rate[at]) * -2.0f;
        const float along = bend * rx[at];
        steep_want[at] = fmaf(slope[at], slope[at], steep_want[at]);
        want[at] = fmaf(bend * slope[at], strength[i], rate[at] * c_rate);
        rwant[at] = fmaf(bend * slope[at], fmaf(along, strength[i], cross[i]), fmaf(c_rate, slope[at], c_x) * rx[at]);
        bending_want[at] = fmaf(along * slope[at], slope[at], bending_want[at]);
    }
    kernel->steepness(&d, slope, steep);
    equal(steep, steep_want, units, "steepness");
    kernel->contract(&d, rate, noisy ? noise : NULL, slope, strength, c_rate, source);
    equal(source, want, units, "source");
    kernel->rcontract(&d, rate, noisy ? noise : NULL, slope, rx, strength, cross, c_rate, c_x, source, bending);
    equal(source, rwant, units, "rsource");
    equal(bending, bending_want, units, "bending");
    tidy(&b);
}

static void check_carry(const gn_kernel *kernel, const gn_dims d) {
    fixture b = {.d = d, .stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 6, 0)};
    const size_t count = (size_t)(d.rows * d.padded);
    float *sum = array(&b, count, 1), *was = copy(&b, sum, count), *zero = array(&b, count, 0);
    double *total = gn_alloc(count + 1, sizeof *total);
    assert_non_null(total);
    for (size_t i = 0; i <= count; i++)
        total[i] = 1e-3 * (double)i;
    kernel->carry((int)count, sum, total);
    for (size_t i = 0; i < count; i++)
        assert_true(total[i] == 1e-3 * (double)i + (double)was[i]);
    assert_true(total[count] == 1e-3 * (double)count);
    memset(zero, 0, count * sizeof *zero); /* sums must be zero, not minus zero */
    equal(sum, zero, count, "sum");
    free(total);
    tidy(&b);
}

static void check_residual(const gn_kernel *kernel, const gn_dims d) {
    fixture b = {.d = d, .stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 7, 0)};
    const int rows = 2 * d.units;
    const size_t count = (size_t)(rows * d.lanes);
    float *output = array(&b, count, 1), *was = copy(&b, output, count);
    float *target = array(&b, count, 1), *want = array(&b, count, 0);
    float *mask = array(&b, (size_t)d.lanes, 0);
    double square[GN_LANES_MAX + 1], square_want[GN_LANES_MAX] = {0};
    for (int k = 0; k < d.lanes; k++)
        mask[k] = (float)(k % 5 != 3);
    for (int k = 0; k <= GN_LANES_MAX; k++)
        square[k] = -1; /* must be overwritten */
    for (int i = 0; i < rows * d.lanes; i++) {
        const float e = (was[i] - target[i]) * mask[i % d.lanes];
        square_want[i % d.lanes] += (double)e * (double)e;
        want[i] = 0.5f * e;
    }
    kernel->residual(rows, d.lanes, 0.5f, target, mask, output, square);
    equal(output, want, count, "output");
    for (int k = 0; k < d.lanes; k++)
        assert_true(square[k] == square_want[k]);
    for (int k = d.lanes; k <= GN_LANES_MAX; k++)
        assert_true(square[k] == -1);
    tidy(&b);
}

/* Checks every function with sizes around those of its tiles. */
static void for_sizes(void (*check)(const gn_kernel *, gn_dims)) {
    static const int units[] = {1, 2, 3, 4, 7, 8, 13, 22, 30, 45, 62, 100};
    for (int n = 0; n < KERNELS; n++) {
        const gn_kernel *kernel = gn_kernel_named(names[n]);
        if (!kernel) continue;
        for (size_t u = 0; u < sizeof units / sizeof *units; u++)
            for (int lanes = 16; lanes <= GN_LANES_MAX; lanes += 16) {
                const gn_network net = {.units = units[u], .inputs = 2 + (int)u % 2, .outputs = 2, .leak = 0.1f};
                check(kernel, gn_dims_of(&net, lanes));
            }
    }
}

static void contraction_all(const gn_kernel *kernel, gn_dims d) {
    check_contraction(kernel, d, false);
    check_contraction(kernel, d, true);
    d.nonlinearity = GN_RELU;
    check_contraction(kernel, d, true);
}
static void forward_all(const gn_kernel *kernel, gn_dims d) {
    gn_dims one = d, many = d;
    one.lanes = 1;
    many.rows = d.units + 67; /* place cells */
    check_forward(kernel, d, false, false, false);
    check_forward(kernel, d, false, true, false);
    check_forward(kernel, d, false, true, true);
    check_forward(kernel, d, true, false, true);
    check_forward(kernel, many, false, true, true);
    for (int other = GN_TANH; other <= GN_RELU; other++) {
        d.nonlinearity = one.nonlinearity = (gn_nonlinearity)other;
        check_forward(kernel, d, false, true, true);
        check_forward(kernel, one, false, true, false);
        check_forward(kernel, one, true, false, false);
    }
    many.lanes = 1;
    check_forward(kernel, many, false, false, false);
}
static void backward_all(const gn_kernel *kernel, gn_dims d) {
    check_backward(kernel, d, false);
    check_backward(kernel, d, true);
}
static void outer_all(const gn_kernel *kernel, gn_dims d) {
    if (d.units > 45 && d.lanes != 48) return; /* the largest size is tested with one number of lanes, to save time */
    check_outer(kernel, d, 1, false);
    check_outer(kernel, d, 2, false);
    check_outer(kernel, d, 4, false);
    check_outer(kernel, d, 4, true);
}

static void test_forward(void **state) {
    (void)state;
    for_sizes(forward_all);
}
static void test_rforward(void **state) {
    (void)state;
    for_sizes(check_rforward);
}
static void test_backward(void **state) {
    (void)state;
    for_sizes(backward_all);
}
static void test_outer(void **state) {
    (void)state;
    for_sizes(outer_all);
}
static void test_contraction(void **state) {
    (void)state;
    for_sizes(contraction_all);
}
static void test_transpose(void **state) {
    (void)state;
    for_sizes(check_transpose);
}
static void test_carry(void **state) {
    (void)state;
    for_sizes(check_carry);
}
static void test_residual(void **state) {
    (void)state;
    for_sizes(check_residual);
}

/* The generator in plain scalar code: Philox words, then Box-Muller in double precision. */
static double plain_noise(uint64_t seed, uint32_t purpose, uint32_t update, uint32_t trial, uint32_t step, int units,
                          int unit) {
    const uint32_t pair = (uint32_t)unit % 4 / 2;
    const uint64_t block = (uint64_t)step * ((uint64_t)(units + 3) / 4) + (uint64_t)unit / 4;
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    const uint32_t counter[4] = {(uint32_t)block, trial, update, purpose + ((uint32_t)(block >> 32) << 8)};
    uint32_t word[4];
    gn_philox(key, counter, word);
    /* Uniform numbers in the upper half are rounded to single precision, which matters where the logarithm is near 0.
     */
    double u = (double)fmaf((float)(word[2 * pair] >> 8), 0x1p-24f, 0x1p-25f);
    double turns = (word[2 * pair + 1] >> 8) * 0x1p-24;
    double radius = sqrt(-2 * log(u)), angle = 6.283185307179586 * turns;
    return radius * (unit % 2 ? sin(angle) : cos(angle));
}

static void noise_is_philox(void **state) {
    (void)state;
    const uint64_t seed = gn_test_seed() << 20 | 77;
    for (int n = 0; n < KERNELS; n++) {
        const gn_kernel *kernel = gn_kernel_named(names[n]);
        if (!kernel) continue;
        for (int units = 1; units <= 101; units += units < 8 ? 1 : 31)
            for (int lanes = 1; lanes <= GN_LANES_MAX; lanes += lanes == 1 ? 15 : 16) {
                fixture b = {.stream = gn_stream_open(1, GN_PURPOSE_TEST, 0, 0)};
                float *z = array(&b, (size_t)(units * lanes), 0);
                kernel->noise(seed, GN_PURPOSE_NOISE, 1899, 4294967290u, 499, units, lanes, 1.0f, z);
                for (int i = 0; i < units; i++)
                    for (int k = 0; k < lanes; k++) {
                        double want =
                            plain_noise(seed, GN_PURPOSE_NOISE, 1899, 4294967290u + (uint32_t)k, 499, units, i);
                        assert_true(fabs((double)z[i * lanes + k] - want) < 3e-7 * (1 + fabs(want)));
                    }
                tidy(&b);
            }
    }
}

/* The noise of a very long walk of many units does not come back: here step 2^22 of 4096 units, whose block number has
 * 33 bits, beside step 0. */
static void noise_of_long_walks(void **state) {
    (void)state;
    enum { UNITS = 4096, LANES = 16 };
    static _Alignas(64) float early[UNITS * LANES], late[UNITS * LANES], one[UNITS];
    for (int n = 0; n < KERNELS; n++) {
        const gn_kernel *kernel = gn_kernel_named(names[n]);
        if (!kernel) continue;
        kernel->noise(5, GN_PURPOSE_NOISE, 0, 0, 0, UNITS, LANES, 1.0f, early);
        kernel->noise(5, GN_PURPOSE_NOISE, 0, 0, 1u << 22, UNITS, LANES, 1.0f, late);
        kernel->noise(5, GN_PURPOSE_NOISE, 0, 0, 1u << 22, UNITS, 1, 1.0f, one);
        for (int i = 0; i < UNITS; i += 511) {
            const double want = plain_noise(5, GN_PURPOSE_NOISE, 0, 0, 1u << 22, UNITS, i);
            assert_true(fabs((double)late[i * LANES] - want) < 3e-7 * (1 + fabs(want)));
            assert_true(early[i * LANES] != late[i * LANES]);
            equal(&one[i], &late[i * LANES], 1, "noise");
        }
        const uint32_t crossing = 1431655765; /* 2^32 is the second of its three blocks */
        kernel->noise(5, GN_PURPOSE_NOISE, 0, 0, crossing, 12, LANES, 1.0f, late);
        kernel->noise(5, GN_PURPOSE_NOISE, 0, 0, crossing, 12, 1, 1.0f, one);
        for (int i = 0; i < 12; i++)
            equal(&one[i], &late[i * LANES], 1, "noise");
    }
}

/* Trial m's noise is the same in any chunk and from any kernel. */
static void noise_of_any_chunking(void **state) {
    (void)state;
    enum { UNITS = 13, TRIALS = 144, STEP = 3 };
    _Alignas(64) static float first[UNITS * TRIALS], z[UNITS * GN_LANES_MAX];
    for (int n = 0; n < KERNELS; n++) {
        const gn_kernel *kernel = gn_kernel_named(names[n]);
        if (!kernel) continue;
        for (int lanes = 1; lanes <= GN_LANES_MAX; lanes += lanes == 1 ? 15 : 16)
            for (int begin = 0; begin + lanes <= TRIALS; begin += lanes) {
                kernel->noise(5, GN_PURPOSE_NOISE, 2, (uint32_t)begin, STEP, UNITS, lanes, 0.1f, z);
                for (int i = 0; i < UNITS; i++)
                    for (int k = 0; k < lanes; k++) {
                        float *known = &first[i * TRIALS + begin + k];
                        if (n == 0 && lanes == 1) *known = z[i * lanes + k];
                        equal(&z[i * lanes + k], known, 1, "noise");
                    }
            }
    }
}

/* Moments within five standard errors; neighbours in unit, trial and step are uncorrelated. */
static void noise_is_normal(void **state) {
    (void)state;
    enum { UNITS = 100, LANES = 48, STEPS = 60, BLOCK = UNITS * LANES };
    _Alignas(64) static float z[2][BLOCK];
    const gn_kernel *kernel = gn_kernel_select();
    double m[5] = {0}, pair = 0, trial = 0, step = 0, tail = 0;
    for (uint32_t t = 0; t < STEPS; t++) {
        float *now = z[t % 2], *before = z[(t + 1) % 2];
        kernel->noise(gn_test_seed(), GN_PURPOSE_NOISE, 0, 0, t, UNITS, LANES, 1.0f, now);
        for (int i = 0; i < BLOCK; i++) {
            double a = (double)now[i], power = 1;
            for (int p = 1; p < 5; p++)
                m[p] += power *= a;
            tail += fabs(a) > 3;
            if (i >= LANES) pair += a * (double)now[i - LANES];
            if (i % LANES) trial += a * (double)now[i - 1];
            if (t) step += a * (double)before[i];
        }
    }
    const double n = (double)BLOCK * STEPS, error = 5 / sqrt(n), beyond = 0.0026997960632601866;
    assert_true(fabs(m[1] / n) < error);
    assert_true(fabs(m[2] / n - 1) < error * sqrt(2));
    assert_true(fabs(m[3] / n) < error * sqrt(15));
    assert_true(fabs(m[4] / n - 3) < error * sqrt(96));
    assert_true(fabs(tail / n - beyond) < error * sqrt(beyond));
    assert_true(fabs(pair / n) < error && fabs(trial / n) < error && fabs(step / n) < error);
}

static void selection(void **state) {
    (void)state;
    assert_null(gn_kernel_named("avx1024"));
    assert_int_equal(setenv("GRIDNAV_KERNEL", "portable", 1), 0);
    assert_string_equal(gn_kernel_select()->name, "portable");
    assert_int_equal(setenv("GRIDNAV_KERNEL", "sse", 1), 0);
    assert_null(gn_kernel_select());
    assert_non_null(strstr(gn_error_message(), "'sse'"));
    gn_error_clear();
    assert_int_equal(unsetenv("GRIDNAV_KERNEL"), 0);
    assert_non_null(gn_kernel_select());
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forward),
        cmocka_unit_test(test_rforward),
        cmocka_unit_test(test_backward),
        cmocka_unit_test(test_outer),
        cmocka_unit_test(test_contraction),
        cmocka_unit_test(test_transpose),
        cmocka_unit_test(test_carry),
        cmocka_unit_test(test_residual),
        cmocka_unit_test(noise_is_philox),
        cmocka_unit_test(noise_of_long_walks),
        cmocka_unit_test(noise_of_any_chunking),
        cmocka_unit_test(noise_is_normal),
        cmocka_unit_test(selection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

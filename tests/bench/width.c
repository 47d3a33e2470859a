/* The parts of the benchmark that depend on the vector width. Compiled once for each width, as the kernels are. */
#include "width.h"
#include "network/vector.h"

#define GN_PASTE_(a, b) a##b
#define GN_PASTE(a, b) GN_PASTE_(a, b)

enum { CHAINS = GN_VECTOR == 16 ? 16 : 12 };

/* As many independent chains of fused multiply-adds as fit into the registers, and nothing else. */
static double peak(long rounds) {
    vf acc[CHAINS];
    const vf by = vf_set(0.9999f), plus = vf_set(1e-3f);
    GN_UNROLL for (int i = 0; i < CHAINS; i++) acc[i] = vf_set((float)i);
    for (long n = 0; n < rounds; n++) {
        GN_UNROLL for (int i = 0; i < CHAINS; i++) acc[i] = vf_fma(acc[i], by, plus);
    }
    vf sum = {0};
    GN_UNROLL for (int i = 0; i < CHAINS; i++) sum += acc[i];
    volatile float keep = sum[0]; /* the compiler must compute every chain */
    (void)keep;
    return 2.0 * CHAINS * GN_VECTOR * (double)rounds;
}

static void rforward(size_t count, float leak, const float *restrict out, const float *restrict slope,
                     const float *restrict rx, float *restrict rx_next, float *restrict rrate_next) {
    for (size_t i = 0; i < count; i++) {
        rx_next[i] = (1 - leak) * rx[i] + leak * out[i];
        rrate_next[i] = slope[i] * rx_next[i];
    }
}

static void rbackward(size_t count, float leak, const float *restrict out, const float *restrict slope,
                      const float *restrict rx, const float *restrict delta_next, float *restrict delta) {
    const float c_rate = 1e-3f, c_x = 1e-2f;
    for (size_t i = 0; i < count; i++)
        delta[i] = (1 - leak) * delta_next[i] + slope[i] * (leak * out[i] + (c_rate * slope[i] + c_x) * rx[i]);
}

const bench_width GN_PASTE(bench_, GN_KERNEL_NAME) = {peak, rforward, rbackward};

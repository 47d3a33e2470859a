/* The processor's fp32 FMA peak at one vector width: as many independent chains as registers hold,
 * nothing else. Compiled once a width, as the kernels are. */
#include "peak.h"
#include "gn_vector.h"

#define GN_PASTE_(a, b) a##b
#define GN_PASTE(a, b) GN_PASTE_(a, b)
#define PEAK GN_PASTE(peak_, GN_KERNEL_NAME)

enum { CHAINS = GN_VECTOR == 16 ? 16 : 12 };

double PEAK(long rounds) {
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

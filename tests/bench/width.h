#ifndef WIDTH_H
#define WIDTH_H

#include <stddef.h>

typedef struct {
    /* Computes `rounds` rounds of independent chains of fused multiply-adds; returns the number of floating-point
     * operations. */
    double (*peak)(long rounds);
    /* The computations of a step of Gv apart from its products, as the functions of network/kernel.h do them. */
    void (*rforward)(size_t count, float leak, const float *out, const float *slope, const float *rx, float *rx_next,
                     float *rrate_next);
    void (*rbackward)(size_t count, float leak, const float *out, const float *slope, const float *rx,
                      const float *delta_next, float *delta);
} bench_width;

extern const bench_width bench_portable, bench_avx2, bench_avx512;

#endif

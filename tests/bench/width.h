#ifndef WIDTH_H
#define WIDTH_H

#include <stddef.h>

typedef struct {
    /* Runs `rounds` rounds of independent FMA chains; returns the floating-point operations done.
     */
    double (*peak)(long rounds);
    /* What a step of Gv does beside its products, element by element: the counterparts of
     * network/kernel.h. */
    void (*rforward)(size_t count, float leak, const float *out, const float *slope, const float *rx, float *rx_next,
                     float *rrate_next);
    void (*rbackward)(size_t count, float leak, const float *out, const float *slope, const float *rx,
                      const float *delta_next, float *delta);
} bench_width;

extern const bench_width bench_portable, bench_avx2, bench_avx512;

#endif

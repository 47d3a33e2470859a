#ifndef PEAK_H
#define PEAK_H

/* Runs `rounds` rounds of independent FMA chains and returns the floating-point operations done. */
double peak_portable(long rounds);
double peak_avx2(long rounds);
double peak_avx512(long rounds);

#endif

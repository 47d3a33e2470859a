/* Elementary functions that give the same bits on every machine. They use only basic IEEE operations and explicit fused
 * multiply-adds, as the results of libm differ between machines. The tests compare their errors with libm's. */
#ifndef GN_MATH_H
#define GN_MATH_H

double gn_log(double x);                                  /* x > 0 */
double gn_exp(double x);                                  /* 0 below -708, infinity above 709 */
void gn_sincos_turns(double turns, double *s, double *c); /* sin and cos of 2 pi turns */

#endif

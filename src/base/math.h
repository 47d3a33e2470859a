/* Elementary functions that give the same bits on every machine: plain IEEE operations and
 * explicit fused multiply-adds, no libm, no contraction. Error bounds are tested against libm. */
#ifndef GN_MATH_H
#define GN_MATH_H

double gn_log(double x);                                  /* x > 0 */
double gn_exp(double x);                                  /* 0 below -708, infinity above 709 */
void gn_sincos_turns(double turns, double *s, double *c); /* sin and cos of 2 pi turns */

#endif

#include "base/math.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Taylor and atanh series on reduced arguments. They take a few more multiplications than minimax polynomials, but
 * their coefficients can be checked by eye. Errors are at most about 2 units in the last place (asserted in
 * tests/unit/test_math.c). */

double gn_log(double x) {
    /* x = m 2^e with m in [sqrt(1/2), sqrt(2)); log m = 2 atanh(s), s = (m-1)/(m+1), |s| < 0.172. */
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int exponent = 0;
    if ((bits >> 52) == 0) { /* subnormal */
        x *= 0x1p54;
        memcpy(&bits, &x, sizeof bits);
        exponent = -54;
    }
    exponent += (int)(bits >> 52) - 1023;
    bits = (bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL;
    double m;
    memcpy(&m, &bits, sizeof m);
    if (m > 1.4142135623730951) {
        m *= 0.5;
        exponent += 1;
    }
    double s = (m - 1.0) / (m + 1.0), z = s * s, p = 0.0;
    for (int k = 21; k >= 3; k -= 2)
        p = p * z + 1.0 / k;
    p = 2.0 * s * z * p + 2.0 * s;
    /* ln 2 in two parts, so that the integer multiple of the first is exact. */
    const double high = 0x1.62e42fee00000p-1, low = 0x1.a39ef35793c76p-33;
    return exponent * high + (exponent * low + p);
}

double gn_exp(double x) {
    if (x < -708) return 0;
    if (x > 709) return INFINITY;
    if (x != x) return x;
    /* exp x = 2^k exp(r) with |r| <= ln(2) / 2; ln 2 in two parts, so that k times the first is exact. */
    const double high = 0x1.62e42fee00000p-1, low = 0x1.a39ef35793c76p-33;
    const double k = (x * 1.4426950408889634 + 0x1.8p52) - 0x1.8p52;
    const double r = (x - k * high) - k * low;
    double p = 0;
    for (int i = 14; i >= 2; i--)
        p = (p + 1.0) * r / i;
    const uint64_t bits = (uint64_t)(1023 + (int64_t)k) << 52;
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    return scale * (1.0 + (r + r * p));
}

/* sin x and cos x for |x| <= pi/4. */
static void kernel(double x, double *s, double *c) {
    double z = x * x, p = 0.0, q = 0.0;
    for (int k = 17; k >= 3; k -= 2)
        p = (1.0 + p) * (-z / (k * (k - 1)));
    for (int k = 18; k >= 2; k -= 2)
        q = (1.0 + q) * (-z / (k * (k - 1)));
    *s = x + x * p;
    *c = 1.0 + q;
}

void gn_sincos_turns(double turns, double *s, double *c) {
    /* Round to the nearest quarter turn; the remainder is exact. Adding and subtracting 1.5 * 2^52
     * rounds to an integer without a library call, for |turns| < 2^49. */
    double quarter = turns * 4.0;
    double nearest = (quarter + 0x1.8p52) - 0x1.8p52;
    double x = (quarter - nearest) * 1.5707963267948966;
    double a, b;
    kernel(x, &a, &b);
    switch ((int)((int64_t)nearest & 3)) {
        case 0:
            *s = a;
            *c = b;
            break;
        case 1:
            *s = b;
            *c = -a;
            break;
        case 2:
            *s = -a;
            *c = -b;
            break;
        default:
            *s = -b;
            *c = a;
            break;
    }
}

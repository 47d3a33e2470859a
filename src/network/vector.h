/* Vectors of GN_VECTOR floats, written with the vector extension of gcc and clang, so that all widths share one source.
 *
 * Every operation is one correctly rounded IEEE operation on each lane, so that neither the width nor the compiler can
 * change a bit. Files that include this are compiled without contraction; fused multiply-adds are written as vf_fma().
 * Intrinsics, or code that gives the same bits, are used only for operations that the extension lacks or that compilers
 * do not recognise: fma, sqrt, min and the wide integer product. */
#ifndef GN_VECTOR_H
#define GN_VECTOR_H

#include <math.h>
#include <stdint.h>
#if defined(__AVX2__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#ifndef GN_VECTOR
#define GN_VECTOR 4
#endif
#define GN_VECTOR_BYTES (4 * GN_VECTOR)
#define GN_INLINE static inline __attribute__((always_inline))
/* Stands before loops whose bounds become constants when their function is inlined. */
#if defined(__clang__)
#define GN_UNROLL _Pragma("clang loop unroll(full)")
#else
#define GN_UNROLL _Pragma("GCC unroll 16")
#endif
enum { GN_EACH_MAX = 4 }; /* largest number of vectors that the functions below compute side by side */

typedef float vf __attribute__((vector_size(GN_VECTOR_BYTES)));
typedef int32_t vi __attribute__((vector_size(GN_VECTOR_BYTES)));
typedef uint32_t vu __attribute__((vector_size(GN_VECTOR_BYTES)));

GN_INLINE vf vf_load(const float *p) {
    return *(const vf *)p;
}
GN_INLINE void vf_store(float *p, vf v) {
    *(vf *)p = v;
}
/* Loads four floats from every fourth row, beginning at `from`. */
GN_INLINE vf vf_load_quarters(const float *from, size_t stride) {
#if GN_VECTOR == 16 && defined(__AVX512F__)
    __m512 a = _mm512_castps128_ps512(_mm_load_ps(from));
    a = _mm512_mask_broadcast_f32x4(a, 0x00f0, _mm_load_ps(from + 4 * stride));
    a = _mm512_mask_broadcast_f32x4(a, 0x0f00, _mm_load_ps(from + 8 * stride));
    return (vf)_mm512_mask_broadcast_f32x4(a, 0xf000, _mm_load_ps(from + 12 * stride));
#elif GN_VECTOR == 8
    typedef float quarter __attribute__((vector_size(16)));
    return __builtin_shufflevector(*(const quarter *)from, *(const quarter *)(from + 4 * stride), 0, 1, 2, 3, 4, 5, 6,
                                   7);
#elif GN_VECTOR == 4
    (void)stride;
    return vf_load(from);
#else
#error no loads of quarters for this width
#endif
}
GN_INLINE vf vf_set(float x) {
    return x - (vf){0};
}
GN_INLINE vu vu_set(uint32_t x) {
    return x + (vu){0};
}

GN_INLINE vf vf_fma(vf a, vf b, vf c) {
#if GN_VECTOR == 16 && defined(__AVX512F__)
    return (vf)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
#elif GN_VECTOR == 8 && defined(__FMA__)
    return (vf)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
#elif GN_VECTOR == 4 && defined(__aarch64__)
    return (vf)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
#else
    vf r;
    for (int k = 0; k < GN_VECTOR; k++)
        r[k] = __builtin_fmaf(a[k], b[k], c[k]);
    return r;
#endif
}

GN_INLINE vf vf_sqrt(vf a) {
#if GN_VECTOR == 16 && defined(__AVX512F__)
    return (vf)_mm512_sqrt_ps((__m512)a);
#elif GN_VECTOR == 8 && defined(__AVX2__)
    return (vf)_mm256_sqrt_ps((__m256)a);
#else
    vf r;
    for (int k = 0; k < GN_VECTOR; k++)
        r[k] = __builtin_sqrtf(a[k]);
    return r;
#endif
}

/* Conversions between floats and integers, which must be below 2^31. */
GN_INLINE vf vf_from_int(vi a) {
    return __builtin_convertvector(a, vf);
}
GN_INLINE vi vi_from_float(vf a) {
    return __builtin_convertvector(a, vi);
} /* truncates */

GN_INLINE vf vf_select(vi mask, vf a, vf b) {
    return (vf)(((vi)a & mask) | ((vi)b & ~mask));
}
/* a < b ? a : b, so the result is b when one of the two is nan. */
GN_INLINE vf vf_min(vf a, vf b) {
#if GN_VECTOR == 16 && defined(__AVX512F__)
    return (vf)_mm512_min_ps((__m512)a, (__m512)b);
#elif GN_VECTOR == 8 && defined(__AVX2__)
    return (vf)_mm256_min_ps((__m256)a, (__m256)b);
#else
    return vf_select(a < b, a, b);
#endif
}
GN_INLINE vf vf_abs(vf a) {
    return (vf)((vi)a & 0x7fffffff);
}
/* a, which is not negative, with the sign of b. */
GN_INLINE vf vf_with_sign(vf a, vf b) {
    return (vf)((vi)a | ((vi)b & (int32_t)0x80000000));
}

/* The 64-bit products a * m of 32-bit lanes, as high and low words. */
GN_INLINE void vu_multiply(vu a, uint32_t m, vu *high, vu *low) {
#if GN_VECTOR == 16 && defined(__AVX512F__)
    __m512i x = (__m512i)a, f = _mm512_set1_epi32((int)m);
    __m512i even = _mm512_mul_epu32(x, f), odd = _mm512_mul_epu32(_mm512_srli_epi64(x, 32), f);
    *high = (vu)_mm512_mask_blend_epi32(0xAAAA, _mm512_srli_epi64(even, 32), odd);
    *low = (vu)_mm512_mask_blend_epi32(0xAAAA, even, _mm512_slli_epi64(odd, 32));
#elif GN_VECTOR == 8 && defined(__AVX2__)
    __m256i x = (__m256i)a, f = _mm256_set1_epi32((int)m);
    __m256i even = _mm256_mul_epu32(x, f), odd = _mm256_mul_epu32(_mm256_srli_epi64(x, 32), f);
    *high = (vu)_mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xAA);
    *low = (vu)_mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xAA);
#else
    for (int k = 0; k < GN_VECTOR; k++) {
        uint64_t p = (uint64_t)a[k] * m;
        (*high)[k] = (uint32_t)(p >> 32);
        (*low)[k] = (uint32_t)p;
    }
#endif
}

/* ---- elementary functions: series on reduced arguments, errors tested against libm ---------- */

/* tanh x = h / (h + 1) with 2h = exp(2|x|) - 1 = 2^k (exp(2s) - 1) + 2^k - 1, |2s| <= ln(2)/2. Multiplying by two is
 * exact, so such factors are part of the constants.
 *
 * Computing one tanh is a chain of about twenty operations in which each waits for the one before it. So the
 * computation is divided into three parts, each of which computes `count` vectors side by side, and a loop can compute
 * different parts of different vectors at the same time. */
#define GN_EACH GN_UNROLL for (int i = 0; i < count; i++)
GN_INLINE void vf_tanh_reduce(const int count, const vf x[], vf s[], vf scale[]) {
    /* Adding this number rounds to an integer k and leaves 127 + k, the exponent of 2^k, in the low bits. No product is
     * half-way between two integers, as the last bit of the other factor is too small. */
    const vf magic = vf_set(0x1.8p23f + 127);
    vf k[GN_EACH_MAX];
    /* tanh 10 rounds to 1. With the arguments of vf_min() in this order a nan stays a nan. */
    GN_EACH s[i] = vf_min(vf_set(10.0f), vf_abs(x[i]));
    GN_EACH k[i] = vf_fma(s[i], vf_set(2 * 1.44269504f), magic);
    GN_EACH scale[i] = (vf)((vu)k[i] << 23);
    GN_EACH k[i] = k[i] - magic;
    GN_EACH s[i] = vf_fma(k[i], vf_set(-0x1.62e4p-2f), s[i]);
    GN_EACH s[i] = vf_fma(k[i], vf_set(-0x1.7f7d1cp-21f), s[i]);
}
/* p = h, q = h + 1. */
GN_INLINE void vf_tanh_fraction(const int count, const vf s[], const vf scale[], vf p[], vf q[]) {
    /* Twice (exp(2s) - 1 - 2s) / (2s)^2 as a series in s. */
    GN_EACH p[i] = vf_fma(vf_set(64 * (1.0f / 5040.0f)), s[i], vf_set(32 * (1.0f / 720.0f)));
    GN_EACH p[i] = vf_fma(p[i], s[i], vf_set(16 * (1.0f / 120.0f)));
    GN_EACH p[i] = vf_fma(p[i], s[i], vf_set(8 * (1.0f / 24.0f)));
    GN_EACH p[i] = vf_fma(p[i], s[i], vf_set(4 * (1.0f / 6.0f)));
    GN_EACH p[i] = vf_fma(p[i], s[i], vf_set(1.0f));
    GN_EACH p[i] = vf_fma(p[i] * s[i], s[i], s[i]);
    GN_EACH p[i] = vf_fma(scale[i], p[i], vf_fma(scale[i], vf_set(0.5f), vf_set(-0.5f)));
    GN_EACH q[i] = p[i] + 1.0f;
}
GN_INLINE void vf_tanh_divide(const int count, const vf x[], const vf p[], const vf q[], vf h[]) {
    GN_EACH h[i] = vf_with_sign(p[i] / q[i], x[i]);
}
#undef GN_EACH

GN_INLINE vf vf_tanh(vf x) {
    vf s, scale, p, q, h;
    vf_tanh_reduce(1, &x, &s, &scale);
    vf_tanh_fraction(1, &s, &scale, &p, &q);
    vf_tanh_divide(1, &x, &p, &q, &h);
    return h;
}

/* log u for u in (0, 1] that are normal numbers. */
GN_INLINE vf vf_log(vf u) {
    vi bits = (vi)u;
    vi exponent = (bits >> 23) - 127;
    vf m = (vf)((bits & 0x007fffff) | 0x3f800000);
    vi big = m > vf_set(1.41421354f);
    m = vf_select(big, m * 0.5f, m);
    exponent -= big; /* lanes in which the comparison is true are -1 */
    vf s = (m - 1.0f) / (m + 1.0f), z = s * s;
    vf p = vf_set(1.0f / 9.0f);
    p = vf_fma(p, z, vf_set(1.0f / 7.0f));
    p = vf_fma(p, z, vf_set(1.0f / 5.0f));
    p = vf_fma(p, z, vf_set(1.0f / 3.0f));
    p = vf_fma(p * z, s, s) * 2.0f;
    return vf_fma(vf_from_int(exponent), vf_set(0x1.62e43p-1f), p);
}

/* sin and cos of 2 pi turns, turns in [0, 1). */
GN_INLINE void vf_sincos_turns(vf turns, vf *sine, vf *cosine) {
    const vf magic = vf_set(0x1.8p23f);
    vf quarter = turns * 4.0f, nearest = quarter + magic;
    vi n = (vi)nearest;
    vf x = (quarter - (nearest - magic)) * 1.57079637f, z = x * x;
    vf p = vf_set(1.0f / 362880.0f);
    p = vf_fma(p, z, vf_set(-1.0f / 5040.0f));
    p = vf_fma(p, z, vf_set(1.0f / 120.0f));
    p = vf_fma(p, z, vf_set(-1.0f / 6.0f));
    vf s = vf_fma(p * z, x, x);
    vf q = vf_set(-1.0f / 3628800.0f);
    q = vf_fma(q, z, vf_set(1.0f / 40320.0f));
    q = vf_fma(q, z, vf_set(-1.0f / 720.0f));
    q = vf_fma(q, z, vf_set(1.0f / 24.0f));
    q = vf_fma(q, z, vf_set(-0.5f));
    vf c = vf_fma(q, z, vf_set(1.0f));
    vi odd = -(n & 1);
    vf a = vf_select(odd, c, s), b = vf_select(odd, s, c);
    *sine = (vf)((vi)a ^ ((n & 2) << 30));
    *cosine = (vf)((vi)b ^ (((n + 1) & 2) << 30));
}

#endif

/* One width of vector.h: included by vector_NAME.c, whose compiler flags set the width. */
#include "network/vector.h"
#include "vector.h"

static void apply_tanh(size_t count, const float *x, float *y) {
    for (size_t i = 0; i < count; i += GN_VECTOR)
        vf_store(y + i, vf_tanh(vf_load(x + i)));
}

static void apply_tanh_each(size_t count, const float *x, float *y) {
    enum { TOGETHER = 3 };
    for (size_t i = 0; i < count; i += TOGETHER * GN_VECTOR) {
        vf h[TOGETHER], s[TOGETHER], scale[TOGETHER], p[TOGETHER], q[TOGETHER];
        for (int k = 0; k < TOGETHER; k++)
            h[k] = vf_load(x + i + k * GN_VECTOR);
        vf_tanh_reduce(TOGETHER, h, s, scale);
        vf_tanh_fraction(TOGETHER, s, scale, p, q);
        vf_tanh_divide(TOGETHER, h, p, q, h);
        for (int k = 0; k < TOGETHER; k++)
            vf_store(y + i + k * GN_VECTOR, h[k]);
    }
}

static void apply_log(size_t count, const float *x, float *y) {
    for (size_t i = 0; i < count; i += GN_VECTOR)
        vf_store(y + i, vf_log(vf_load(x + i)));
}

static void apply_sincos(size_t count, const float *x, float *sine, float *cosine) {
    for (size_t i = 0; i < count; i += GN_VECTOR) {
        vf s, c;
        vf_sincos_turns(vf_load(x + i), &s, &c);
        vf_store(sine + i, s);
        vf_store(cosine + i, c);
    }
}

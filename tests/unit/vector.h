/* The elementary functions of network/vector.h, compiled once a vector width, for tests. */
#ifndef VECTOR_H
#define VECTOR_H

#include <stddef.h>

typedef struct {
    const char *name;
    int width;
    /* count is a multiple of 48; arrays are 64-byte aligned */
    void (*tanh)(size_t count, const float *x, float *y);
    void (*tanh_each)(size_t count, const float *x, float *y); /* several vectors at a time */
    void (*log)(size_t count, const float *x, float *y);
    void (*sincos_turns)(size_t count, const float *x, float *sine, float *cosine);
} vector_functions;

/* The functions of the width "portable", "avx2" or "avx512"; NULL when this processor or build does not have it. */
const vector_functions *vector_named(const char *name);

#endif

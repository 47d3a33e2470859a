#include <string.h>

#include "network/kernel.h"

#define GN_VECTOR 4
#include "vector_impl.h"

/* Weak, as builds for other processors have only the portable functions. */
extern const vector_functions vector_avx2 __attribute__((weak));
extern const vector_functions vector_avx512 __attribute__((weak));

static const vector_functions vector_portable = {"portable",      GN_VECTOR, apply_tanh,
                                                 apply_tanh_each, apply_log, apply_sincos};

const vector_functions *vector_named(const char *name) {
    if (!gn_kernel_named(name)) return NULL;
    if (!strcmp(name, "avx512")) return &vector_avx512;
    return !strcmp(name, "avx2") ? &vector_avx2 : &vector_portable;
}

#include "vector.h"

#if GN_VECTOR == 16
#include "vector_impl.h"
extern const vector_functions vector_avx512;
const vector_functions vector_avx512 = {"avx512", GN_VECTOR, apply_tanh, apply_tanh_each, apply_log, apply_sincos};
#endif

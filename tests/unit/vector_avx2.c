#include "vector.h"

#if GN_VECTOR == 8
#include "vector_impl.h"
extern const vector_functions vector_avx2;
const vector_functions vector_avx2 = {"avx2", GN_VECTOR, apply_tanh, apply_tanh_each, apply_log, apply_sincos};
#endif

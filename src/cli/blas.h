/* OpenBLAS has kernels for each kind of processor, and sums in a different order in each: results would differ in their
 * last digits from machine to machine. So programs ask for one kind, Haswell's, which every processor with AVX2 and
 * fused multiply-add runs; and for one thread, since the programs have threads of their own. The kernels are chosen
 * when the library loads, so that another choice means starting the program again. */
#ifndef GN_BLAS_H
#define GN_BLAS_H

#include <stdbool.h>
#include <stddef.h>

/* To be called first, before any work (gn_main does): sets one thread and executes the program again, once, when
 * OpenBLAS loaded other kernels than Haswell's and the processor can run those; OPENBLAS_CORETYPE in the environment
 * does not count. fastest (for measurements): the widest vectors of this processor instead, unless OPENBLAS_CORETYPE
 * names others. Nothing happens where the program is not linked with OpenBLAS. */
void gn_blas_setup(bool fastest);

/* ", BLAS kernels NAME" for the footer that gn_main() prints; "" when this program is not linked with OpenBLAS. */
void gn_blas_describe(char text[], size_t room);

#endif

/* OpenBLAS runs on one thread here (we thread over trials), and must use the processor fully:
 * releases older than a processor may not know it and fall back to kernels three to four times
 * slower. The kernel is chosen when the library loads, so that correcting the choice means
 * starting the program again. */
#ifndef GN_BLAS_H
#define GN_BLAS_H

#include <stddef.h>

/* To be called first by programs that use BLAS or LAPACK, before any work: sets one thread, and
 * executes the program again, once, when OpenBLAS chose a kernel below the processor's. A choice
 * by OPENBLAS_CORETYPE in the environment is respected. */
void gn_blas_setup(void);

/* ", BLAS kernels NAME" for the footer that gn_main() prints; "" when this program is not linked
 * with OpenBLAS. */
void gn_blas_describe(char text[], size_t room);

#endif

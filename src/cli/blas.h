/* The set-up of OpenBLAS. It runs on one thread, as the programs divide work among threads themselves. A release that
 * is older than the processor may not know it and choose kernels that are three to four times slower. As the kernel is
 * chosen when the library is loaded, another one can only be had by starting the program again. */
#ifndef GN_BLAS_H
#define GN_BLAS_H

#include <stddef.h>

/* A program that uses BLAS or LAPACK calls this first. Sets one thread, and starts the program again, once, when
 * OpenBLAS chose a kernel that does not use all vector instructions of the processor, unless the environment variable
 * OPENBLAS_CORETYPE chose it. */
void gn_blas_setup(void);

/* ", BLAS kernels NAME" for the line that gn_main() prints at the end; "" when the program is not linked with OpenBLAS.
 */
void gn_blas_describe(char text[], size_t room);

#endif

/* Linear conjugate gradients on G d = -g, stopped on relative progress (Martens 2010, section 4). */
#ifndef GN_CONJGRAD_H
#define GN_CONJGRAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "network/pairs.h"

enum { GN_KEPT_MAX = 32 };

typedef struct {
    size_t size;
    int limit;                                      /* most iterations */
    double tolerance;                               /* of the stopping rule, 5e-4 unless set */
    int steps;                                      /* iterations done */
    int kept;                                       /* iterates kept */
    int at[GN_KEPT_MAX];                            /* iteration of each */
    double phi[GN_KEPT_MAX];                        /* quadratic model there: g'd + d'Gd/2 */
    double *iterate[GN_KEPT_MAX];                   /* (size) each */
    double *residual, *search, *product, *solution; /* work, (size) each */
    double *preconditioned;                         /* likewise */
} gn_conjgrad;

gn_status gn_conjgrad_new(size_t size, int limit, gn_conjgrad *);
void gn_conjgrad_free(gn_conjgrad *);

/* Starts from `start` (size) and keeps the iterates at ceil(5 * 1.3^j) and the last. multiply writes
 * G v to product. Stops at the limit, at i > k when phi(i-k) < 0 and
 * (phi(i) - phi(i-k)) / phi(i) < tolerance k with k = max(10, ceil(i/10)), or where the model stops
 * being convex in single precision. At least one iterate is kept. With `pairs` (NULL: without) it is
 * preconditioned by those of earlier runs and leaves its own there. */
void gn_conjgrad_solve(gn_conjgrad *, const double *gradient, const double *start, gn_pairs *pairs,
                       void (*multiply)(void *context, const double *v, double *product), void *context);

double gn_dot(const double *a, const double *b, size_t n);

#endif

/* Linear conjugate gradients (CG) for G d = -g, stopped when the relative progress is small (Martens 2010, section 4).
 */
#ifndef GN_CONJGRAD_H
#define GN_CONJGRAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "network/pairs.h"

enum { GN_KEPT_MAX = 32 };

typedef struct {
    size_t size;
    int limit;                                      /* largest number of iterations */
    double tolerance;                               /* of the stopping rule; 5e-4 unless set */
    int steps;                                      /* number of iterations done */
    int kept;                                       /* number of iterates kept */
    int at[GN_KEPT_MAX];                            /* iteration of each iterate kept */
    double phi[GN_KEPT_MAX];                        /* quadratic model at each: g'd + d'Gd/2 */
    double *iterate[GN_KEPT_MAX];                   /* the iterates, (size) each */
    double *residual, *search, *product, *solution; /* scratch memory, (size) each */
    double *preconditioned;                         /* likewise */
} gn_conjgrad;

gn_status gn_conjgrad_new(size_t size, int limit, gn_conjgrad *);
void gn_conjgrad_free(gn_conjgrad *);

/* Starts from `start` (size) and keeps the iterates of iterations ceil(5 * 1.3^j) and the last one. multiply() writes G
 * v to product. Stops after `limit` iterations; or after iteration i > k when phi(i-k) < 0 and (phi(i) - phi(i-k)) /
 * phi(i) < tolerance k, where k = max(10, ceil(i/10)); or when d'Gd is no longer positive because of rounding errors.
 * At least one iterate is kept. Unless `pairs` is NULL, CG is preconditioned by the pairs of earlier calls and adds its
 * own to them. */
void gn_conjgrad_solve(gn_conjgrad *, const double *gradient, const double *start, gn_pairs *pairs,
                       void (*multiply)(void *context, const double *v, double *product), void *context);

double gn_dot(const double *a, const double *b, size_t n);

#endif

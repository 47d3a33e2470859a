/* A preconditioner P for CG, made from the pairs of search direction s and product y = G s that CG computed at earlier
 * updates (Morales & Nocedal 2000). By the inverse L-BFGS formula (Nocedal 1980), P is close to the inverse of G along
 * these directions and a multiple of the identity elsewhere. As G changes little from one update to the next, CG need
 * not find the steep directions again. */
#ifndef GN_PAIRS_H
#define GN_PAIRS_H

#include <stddef.h>

#include "base/error.h"

typedef struct {
    size_t size;
    int room, fresh_room; /* largest number of pairs of P, and of pairs added at one update */
    int count, fresh;     /* number of pairs of P, and of pairs added since P was made */
    float *pair;          /* (room + fresh_room, 2, size): s and y of each pair, the oldest first */
    double *curvature;    /* (room + fresh_room): s'y, which is positive */
    double *weight;       /* (room): scratch memory */
} gn_pairs;

gn_status gn_pairs_new(size_t size, int room, int fresh_room, gn_pairs *);
void gn_pairs_free(gn_pairs *);

/* Adds the pair s, y = G s, scaled to |s| = 1. P does not change before gn_pairs_renew(). A pair is ignored when there
 * is no room or when s'y is not positive in single precision. */
void gn_pairs_add(gn_pairs *, const double *s, const double *y);
/* Makes P from the newest `room` pairs. */
void gn_pairs_renew(gn_pairs *);

/* z = P r. P is symmetric and positive definite; without pairs it is the identity. */
void gn_pairs_apply(const gn_pairs *, const double *r, double *z);

/* Makes P from `count` pairs (count, 2, size) of a file. GN_EFILE when they are too many or one has no positive
 * curvature. */
gn_status gn_pairs_restore(gn_pairs *, size_t count, const float *pair);

#endif

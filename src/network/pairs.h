/* A preconditioner for CG from what its earlier runs have seen: a search direction s and its product
 * y = G s come free with each step, and the inverse L-BFGS formula (Nocedal 1980) makes of such pairs
 * a P close to the inverse of G along them and a multiple of the identity elsewhere (Morales & Nocedal
 * 2000). G changes little from one update to the next, so the steep directions that a run has found
 * need not be found again. */
#ifndef GN_PAIRS_H
#define GN_PAIRS_H

#include <stddef.h>

#include "base/error.h"

typedef struct {
    size_t size;
    int room, fresh_room; /* pairs kept from run to run; most that a run adds */
    int count, fresh;     /* pairs that P is made of; pairs added since */
    float *pair;          /* (room + fresh_room, 2, size): s and y of each, the oldest first */
    double *curvature;    /* (room + fresh_room): s'y > 0 */
    double *weight;       /* (room): work */
} gn_pairs;

gn_status gn_pairs_new(size_t size, int room, int fresh_room, gn_pairs *);
void gn_pairs_free(gn_pairs *);

/* Keeps s and y = G s, scaled to |s| = 1, for later: P stays what it is until gn_pairs_renew. Pairs
 * without curvature in single precision, and those for which there is no room, are left out. */
void gn_pairs_add(gn_pairs *, const double *s, const double *y);
/* Makes P of the newest `room` pairs. */
void gn_pairs_renew(gn_pairs *);

/* z = P r; P is symmetric and positive definite, the identity when there are no pairs. */
void gn_pairs_apply(const gn_pairs *, const double *r, double *z);

/* P from `count` pairs, (count, 2, size) as they lie in `pair`. GN_EFILE when there are too many or
 * one has no curvature. */
gn_status gn_pairs_restore(gn_pairs *, size_t count, const float *pair);

#endif

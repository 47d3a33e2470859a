#include "network/pairs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

gn_status gn_pairs_new(size_t size, int room, int fresh_room, gn_pairs *p) {
    const size_t all = (size_t)room + (size_t)fresh_room;
    *p = (gn_pairs){.size = size, .room = room, .fresh_room = fresh_room};
    p->pair = gn_alloc(all * 2 * size, sizeof *p->pair);
    p->curvature = gn_alloc(all, sizeof *p->curvature);
    p->weight = gn_alloc((size_t)room, sizeof *p->weight);
    if (p->pair && p->curvature && p->weight) return GN_OK;
    gn_pairs_free(p);
    return GN_EIO;
}

void gn_pairs_free(gn_pairs *p) {
    free(p->pair);
    free(p->curvature);
    free(p->weight);
    *p = (gn_pairs){0};
}

static float *pair_at(const gn_pairs *p, int k) {
    return p->pair + (size_t)k * 2 * p->size;
}

static double dot(const float *a, const double *b, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)a[i] * b[i];
    return sum;
}

static double dot_single(const float *a, const float *b, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)a[i] * (double)b[i];
    return sum;
}

void gn_pairs_add(gn_pairs *p, const double *s, const double *y) {
    if (p->fresh == p->fresh_room) return;
    const size_t n = p->size;
    double norm = 0;
    for (size_t i = 0; i < n; i++)
        norm += s[i] * s[i];
    norm = sqrt(norm);
    float *to = pair_at(p, p->count + p->fresh);
    for (size_t i = 0; i < n; i++) {
        to[i] = (float)(s[i] / norm);
        to[n + i] = (float)(y[i] / norm);
    }
    /* Computed from the rounded numbers: a resumed training reads only these from its file and must get the same bits.
     */
    const double curvature = dot_single(to, to + n, n);
    if (curvature > 0 && isfinite(curvature)) p->curvature[p->count + p->fresh++] = curvature;
}

void gn_pairs_renew(gn_pairs *p) {
    const int all = p->count + p->fresh, first = all > p->room ? all - p->room : 0;
    p->count = all - first;
    p->fresh = 0;
    memmove(p->pair, pair_at(p, first), (size_t)p->count * 2 * p->size * sizeof *p->pair);
    memmove(p->curvature, p->curvature + first, (size_t)p->count * sizeof *p->curvature);
}

/* The two loops of L-BFGS (Nocedal & Wright, Numerical Optimization, algorithm 7.4). */
void gn_pairs_apply(const gn_pairs *p, const double *r, double *z) {
    const size_t n = p->size;
    memcpy(z, r, n * sizeof *z);
    for (int k = p->count - 1; k >= 0; k--) {
        const float *s = pair_at(p, k), *y = s + n;
        p->weight[k] = dot(s, z, n) / p->curvature[k];
        for (size_t i = 0; i < n; i++)
            z[i] -= p->weight[k] * (double)y[i];
    }
    if (p->count) {
        const float *y = pair_at(p, p->count - 1) + n;
        const double scale = p->curvature[p->count - 1] / dot_single(y, y, n);
        for (size_t i = 0; i < n; i++)
            z[i] *= scale;
    }
    for (int k = 0; k < p->count; k++) {
        const float *s = pair_at(p, k), *y = s + n;
        const double weight = p->weight[k] - dot(y, z, n) / p->curvature[k];
        for (size_t i = 0; i < n; i++)
            z[i] += weight * (double)s[i];
    }
}

gn_status gn_pairs_restore(gn_pairs *p, size_t count, const float *pair) {
    if (count > (size_t)p->room) return gn_fail(GN_EFILE, "%zu pairs (accepted are up to %d)", count, p->room);
    memcpy(p->pair, pair, count * 2 * p->size * sizeof *pair);
    p->count = p->fresh = 0;
    for (int k = 0; k < (int)count; k++) {
        p->curvature[k] = dot_single(pair_at(p, k), pair_at(p, k) + p->size, p->size);
        if (!(p->curvature[k] > 0) || !isfinite(p->curvature[k]))
            return gn_fail(GN_EFILE, "pair %d has curvature %g (must be positive)", k, p->curvature[k]);
    }
    p->count = (int)count;
    return GN_OK;
}

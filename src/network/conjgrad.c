#include "network/conjgrad.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double gn_dot(const double *a, const double *b, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

gn_status gn_conjgrad_new(size_t size, int limit, gn_conjgrad *cg) {
    *cg = (gn_conjgrad){.size = size, .limit = limit, .tolerance = 5e-4};
    cg->residual = gn_alloc(size, sizeof(double));
    cg->search = gn_alloc(size, sizeof(double));
    cg->product = gn_alloc(size, sizeof(double));
    cg->solution = gn_alloc(size, sizeof(double));
    cg->preconditioned = gn_alloc(size, sizeof(double));
    if (!cg->residual || !cg->search || !cg->product || !cg->solution || !cg->preconditioned) goto fail;
    for (int k = 0; k < GN_KEPT_MAX; k++)
        if (!(cg->iterate[k] = gn_alloc(size, sizeof(double)))) goto fail;
    return GN_OK;
fail:
    gn_conjgrad_free(cg);
    return GN_EIO;
}

void gn_conjgrad_free(gn_conjgrad *cg) {
    free(cg->residual);
    free(cg->search);
    free(cg->product);
    free(cg->solution);
    free(cg->preconditioned);
    for (int k = 0; k < GN_KEPT_MAX; k++)
        free(cg->iterate[k]);
    *cg = (gn_conjgrad){0};
}

static void keep(gn_conjgrad *cg, int i, double phi) {
    memcpy(cg->iterate[cg->kept], cg->solution, cg->size * sizeof(double));
    cg->at[cg->kept] = i;
    cg->phi[cg->kept++] = phi;
}

void gn_conjgrad_solve(gn_conjgrad *cg, const double *gradient, const double *start, gn_pairs *pairs,
                       void (*multiply)(void *, const double *, double *), void *context) {
    const size_t n = cg->size;
    double phi_at[cg->limit + 1]; /* model value after each iteration */
    double *r = cg->residual, *p = cg->search, *q = cg->product, *d = cg->solution;
    double *z = pairs ? cg->preconditioned : r;
    cg->kept = cg->steps = 0;
    memcpy(d, start, n * sizeof *d);
    multiply(context, d, q);
    for (size_t i = 0; i < n; i++)
        r[i] = -gradient[i] - q[i];
    if (pairs) gn_pairs_apply(pairs, r, z);
    memcpy(p, z, n * sizeof *p);
    /* phi = d'Gd/2 + g'd = -(r + b)'d / 2 with b = -g */
    phi_at[0] = 0;
    for (size_t i = 0; i < n; i++)
        phi_at[0] -= 0.5 * (r[i] - gradient[i]) * d[i];
    double rz = gn_dot(r, z, n), next_kept = 5;
    for (int i = 1; i <= cg->limit; i++) {
        multiply(context, p, q);
        double pq = gn_dot(p, q, n);
        if (!(pq > 0)) break; /* the solution is exact, or rounding errors prevent further progress */
        double alpha = rz / pq;
        for (size_t k = 0; k < n; k++) {
            d[k] += alpha * p[k];
            r[k] -= alpha * q[k];
        }
        if (pairs) {
            gn_pairs_add(pairs, p, q);
            gn_pairs_apply(pairs, r, z);
        }
        double before = rz, phi = 0;
        rz = gn_dot(r, z, n);
        for (size_t k = 0; k < n; k++) {
            p[k] = z[k] + rz / before * p[k];
            phi -= 0.5 * (r[k] - gradient[k]) * d[k];
        }
        phi_at[i] = phi;
        cg->steps = i;
        int back = (i + 9) / 10 > 10 ? (i + 9) / 10 : 10;
        bool stop = i == cg->limit ||
                    (i > back && phi_at[i - back] < 0 && (phi - phi_at[i - back]) / phi < cg->tolerance * back);
        if (stop || i == (int)ceil(next_kept)) {
            if (cg->kept < GN_KEPT_MAX) keep(cg, i, phi);
            while ((int)ceil(next_kept) <= i)
                next_kept *= 1.3;
        }
        if (stop) break;
    }
    if (cg->kept == 0 || cg->at[cg->kept - 1] != cg->steps) {
        if (cg->kept == GN_KEPT_MAX) cg->kept--;
        keep(cg, cg->steps, phi_at[cg->steps]);
    }
    if (pairs) gn_pairs_renew(pairs);
}

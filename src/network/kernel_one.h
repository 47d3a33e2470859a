/* The forward pass of a single trial, a part of network/kernel_impl.c. In a chunk a single trial would leave all but
 * one lane idle, so its vectors are of rows; every element is the same chain of fused multiply-adds. */
#ifndef GN_KERNEL_ONE_H
#define GN_KERNEL_ONE_H

#include <stddef.h>

#include "network/kernel.h"
#include "network/vector.h"

enum { GN_ONE_WIDE = 4 }; /* vectors that are computed side by side */

GN_INLINE vf rate_of(gn_nonlinearity nonlinearity, vf x) {
    const vf u = nonlinearity == GN_RELU ? x : vf_tanh(x);
    return nonlinearity == GN_TANH ? u : vf_select(u <= 0.0f, (vf){0}, u);
}

GN_INLINE void sum_tile(const gn_dims *d, const int vectors, const float *packed, const float *state, float *sum) {
    vf acc[GN_ONE_WIDE];
    GN_UNROLL for (int v = 0; v < vectors; v++) acc[v] = (vf){0};
    for (int j = 0; j < d->columns; j++) {
        const vf h = vf_set(state[j]);
        GN_UNROLL for (int v = 0; v < vectors; v++) {
            const float *w = packed + (size_t)(v * GN_VECTOR) * (size_t)d->columns + (size_t)j * GN_PACK;
            acc[v] = vf_fma(vf_load_quarters(w, (size_t)d->columns), h, acc[v]);
        }
    }
    GN_UNROLL for (int v = 0; v < vectors; v++) vf_store(sum + v * GN_VECTOR, acc[v]);
}

/* sum = packed state for the rows of up to GN_ONE_WIDE vectors, beginning at `row`, a multiple of GN_VECTOR. Returns
 * the row after them. The packed matrix is long enough for a whole last vector (gn_packed_size). */
static int sum_rows(const gn_dims *d, const float *packed, const float *state, int row,
                    float sum[GN_ONE_WIDE * GN_VECTOR]) {
    const int left = (d->rows - row + GN_VECTOR - 1) / GN_VECTOR, vectors = left < GN_ONE_WIDE ? left : GN_ONE_WIDE;
    const float *w = packed + (size_t)row * (size_t)d->columns;
    vectors == 4   ? sum_tile(d, 4, w, state, sum)
    : vectors == 3 ? sum_tile(d, 3, w, state, sum)
    : vectors == 2 ? sum_tile(d, 2, w, state, sum)
                   : sum_tile(d, 1, w, state, sum);
    const int end = row + vectors * GN_VECTOR;
    return end < d->rows ? end : d->rows;
}

static void forward_one(const gn_dims *d, const float *packed, const float *state, const float *drive,
                        const float *noise, float *x, float *rate, float *output) {
    float sum[GN_ONE_WIDE * GN_VECTOR] __attribute__((aligned(64)));
    for (int row = 0, end; row < d->rows; row = end) {
        end = sum_rows(d, packed, state, row, sum);
        for (int i = row; i < end; i++) {
            const float in = sum[i - row];
            if (i < d->units)
                x[i] = __builtin_fmaf(d->leak, drive ? in + drive[i] : in, (1.0f - d->leak) * x[i]);
            else
                output[i - d->units] = in;
        }
    }
    for (int i = 0; i < d->units; i += GN_VECTOR) {
        vf h = rate_of(d->nonlinearity, vf_load(x + i));
        if (noise) h += vf_load(noise + i);
        for (int k = 0; k < GN_VECTOR && i + k < d->units; k++)
            rate[i + k] = h[k];
    }
}

static void readout_one(const gn_dims *d, const float *packed, const float *state, float *output) {
    float sum[GN_ONE_WIDE * GN_VECTOR] __attribute__((aligned(64)));
    for (int row = d->units / GN_VECTOR * GN_VECTOR, end; row < d->rows; row = end) {
        end = sum_rows(d, packed, state, row, sum);
        for (int i = row > d->units ? row : d->units; i < end; i++)
            output[i - d->units] = sum[i - row];
    }
}

#endif

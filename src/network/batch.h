/* Trials in the layout of the kernels: fixed chunks, trials side by side (network/kernel.h). */
#ifndef GN_BATCH_H
#define GN_BATCH_H

#include "base/pool.h"
#include "network/kernel.h"
#include "network/network.h"
#include "walk/trajectory.h"

enum { GN_GROUP = 16 }; /* lanes of a chunk are a multiple of this */

typedef struct {
    int first, width; /* trials first .. first + width - 1 */
    int lanes;        /* width rounded up to GN_GROUP */
} gn_chunk;

/* The division of `trials` into chunks of 16, 32 or 48 lanes: a function of the number of trials
 * alone, as even as possible and, above one, of even number, so that two threads share it well.
 * Returns their number; chunk may be NULL to count. */
int gn_partition(size_t trials, gn_chunk *chunk);

gn_dims gn_dims_of(const gn_network *, int lanes);

typedef struct {
    int trials, steps, units, channels, outputs, chunks;
    int lifetime; /* updates that a drawn trial stays; 0 and 1: each is of its own update */
    gn_chunk *chunk;
    float **input;  /* per chunk (steps, channels + 1, lanes): inputs, then ones */
    float **target; /* per chunk (steps, outputs, lanes) */
    float **noise;  /* per chunk (steps, N, lanes), NULL when there is none */
    float **mask;   /* per chunk (lanes): 1 for a trial, 0 for an idle lane */
    gn_trajectories walk;
} gn_batch; /* owns all */

/* Memory for a batch of a network's trials. `noisy` reserves the noise. */
gn_status gn_batch_new(const gn_network *, int trials, int steps, bool noisy, gn_batch *);
void gn_batch_free(gn_batch *);

/* Lays trajectories out: inputs in the network's coding; as targets positions or what its place cells do there. The
 * trajectories have the batch's trials and steps. */
void gn_batch_load(gn_batch *, const gn_network *, const gn_trajectories *, gn_pool *);

/* Copies inputs (channels + 1, lanes) below the rates of a state row block (columns, lanes). */
void gn_state_input(const gn_dims *, const float *input, float *state);

/* Packs parameter blocks for the kernels (layout: network/kernel.h). `parameter` has the network's order.
 * forward: (N + outputs, N + N_in + 1), backward: (N, N + outputs). Sizes by gn_packed_size. */
size_t gn_packed_size(int rows, int columns);
void gn_pack_forward(const gn_network *shape, const float *parameter, float *packed);
void gn_pack_backward(const gn_network *shape, const float *parameter, float *packed);

#endif

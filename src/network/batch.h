/* Trials in the layout of the kernels (network/kernel.h): fixed chunks in which trials lie side by side. */
#ifndef GN_BATCH_H
#define GN_BATCH_H

#include "base/pool.h"
#include "network/kernel.h"
#include "network/network.h"
#include "walk/trajectory.h"

enum { GN_GROUP = 16 }; /* the number of lanes of a chunk is a multiple of this */

typedef struct {
    int first, width; /* trials first .. first + width - 1 */
    int lanes;        /* width rounded up to GN_GROUP */
} gn_chunk;

/* Divides trials into chunks of 16, 32 or 48 lanes and returns the number of chunks; with chunk NULL it only counts.
 * The division depends only on the number of trials. Chunks are as equal as possible, and if there are several, their
 * number is even, so that two threads have equal work. */
int gn_partition(size_t trials, gn_chunk *chunk);

gn_dims gn_dims_of(const gn_network *, int lanes);

typedef struct {
    int trials, steps, units, channels, outputs, chunks;
    int lifetime; /* number of updates for which a trial stays; 0 and 1: every update draws all trials */
    gn_chunk *chunk;
    float **input;  /* per chunk (steps, channels + 1, lanes): inputs, then a row of ones for the bias */
    float **target; /* per chunk (steps, outputs, lanes) */
    float **noise;  /* per chunk (steps, N, lanes), NULL when there is none */
    float **mask;   /* per chunk (lanes): 1 for a trial, 0 for a lane without one */
    gn_trajectories walk;
} gn_batch; /* owns all its memory */

/* Allocates a batch of trials for a network; noisy: with memory for noise. */
gn_status gn_batch_new(const gn_network *, int trials, int steps, bool noisy, gn_batch *);
void gn_batch_free(gn_batch *);

/* Sets inputs and targets from trajectories, which must have the batch's trials and steps. Inputs are in the network's
 * coding; targets are positions, or the activity of the network's place cells. */
void gn_batch_load(gn_batch *, const gn_network *, const gn_trajectories *, gn_pool *);

/* Copies the inputs of a step (channels + 1, lanes) into a state (columns, lanes), where they follow the rates. */
void gn_state_input(const gn_dims *, const float *input, float *state);

/* Pack parameters, which are in the network's order, into the layout of the kernels (network/kernel.h). The matrix is
 * (N + outputs, N + N_in + 1) for the forward pass and (N, N + outputs) for the backward pass; gn_packed_size() gives
 * the number of floats of the packed form. */
size_t gn_packed_size(int rows, int columns);
void gn_pack_forward(const gn_network *shape, const float *parameter, float *packed);
void gn_pack_backward(const gn_network *shape, const float *parameter, float *packed);

#endif

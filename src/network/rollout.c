#include "network/rollout.h"

#include <stdlib.h>
#include <string.h>

#include "network/batch.h"

int gn_rollout_chunks(size_t trials) {
    return gn_partition(trials, NULL);
}

typedef struct {
    const gn_network *net;
    const gn_trajectories *walk;
    const gn_rollout_options *options;
    gn_rollout_visit visit;
    void *context;
    const gn_kernel *kernel;
    const float *packed;
    const gn_chunk *chunk;
    gn_status *status; /* per chunk */
} rollout;

/* The kernels take a single trial by itself, which is much faster than as one of 16. */
static int lanes_of(const rollout *r, gn_chunk chunk) {
    return r->walk->trials == 1 ? 1 : chunk.lanes;
}

/* Copies a chunk's activations from the caller's array (trials, N), or to it. */
static void exchange(const rollout *r, gn_chunk chunk, float *x, bool in) {
    const size_t n = (size_t)r->net->units, lanes = (size_t)lanes_of(r, chunk);
    if (!r->options->state) return;
    for (size_t k = 0; k < (size_t)chunk.width; k++) {
        float *trial = r->options->state + ((size_t)chunk.first + k) * n;
        for (size_t i = 0; i < n; i++) {
            if (in)
                x[i * lanes + k] = trial[i];
            else
                trial[i] = x[i * lanes + k];
        }
    }
}

static void run_chunk(void *context, int c, int worker) {
    (void)worker;
    const rollout *r = context;
    const gn_rollout_options *o = r->options;
    const gn_chunk chunk = r->chunk[c];
    const gn_dims d = gn_dims_of(r->net, lanes_of(r, chunk));
    const size_t n = (size_t)d.units, lanes = (size_t)d.lanes, block = (size_t)d.padded * lanes;
    const size_t cells = (n * lanes + 15) / 16 * 16; /* of all units, as many as the kernels read */
    const size_t steps = r->walk->steps;
    float *state = gn_alloc(2 * block, sizeof *state), *x = gn_alloc(cells, sizeof *x);
    float *noise = gn_alloc(cells, sizeof *noise);
    float *output = gn_alloc((size_t)r->net->outputs * lanes, sizeof *output);
    float position[2 * GN_LANES_MAX];
    const bool noisy = o->noise_sd > 0, at_rate = o->noise_site == GN_NOISE_RATE;
    r->status[c] = GN_EIO;
    if (!state || !x || !noise || !output) goto done;
    exchange(r, chunk, x, true);
    r->kernel->rates(d.nonlinearity, (int)cells, x, state);
    for (size_t t = 0; t < steps; t++) {
        float *now = state + (t % 2) * block, *next = state + ((t + 1) % 2) * block;
        for (size_t k = 0; k < (size_t)chunk.width; k++) {
            size_t at = ((size_t)chunk.first + k) * steps + t;
            float input[4];
            gn_encode(r->net->coding, r->walk->speed[at], r->walk->direction[at], input);
            for (size_t i = 0; i < (size_t)r->net->inputs; i++)
                now[(n + i) * lanes + k] = input[i];
        }
        for (size_t k = 0; k < lanes; k++)
            now[(n + (size_t)r->net->inputs) * lanes + k] = 1.0f;
        if (noisy)
            r->kernel->noise(o->seed, GN_PURPOSE_NOISE, o->update, (uint32_t)chunk.first, (uint32_t)t, d.units, d.lanes,
                             o->noise_sd, noise);
        r->kernel->forward(&d, r->packed, now, noisy && !at_rate ? noise : NULL, noisy && at_rate ? noise : NULL, NULL,
                           x, next, NULL, output, NULL);
        r->kernel->readout(&d, r->packed, next, output);
        gn_network_decode(r->net, d.lanes, output, position);
        r->visit(r->context, c, (size_t)chunk.first, chunk.width, d.lanes, t, next, position);
    }
    exchange(r, chunk, x, false);
    r->status[c] = GN_OK;
done:
    free(state);
    free(x);
    free(noise);
    free(output);
}

gn_status gn_rollout(const gn_network *net, const gn_trajectories *walk, const gn_rollout_options *options,
                     gn_rollout_visit visit, void *context) {
    const int chunks = gn_partition(walk->trials, NULL);
    const gn_dims d = gn_dims_of(net, GN_LANES_MAX);
    gn_pool *pool = NULL;
    gn_chunk *chunk = gn_alloc((size_t)chunks, sizeof *chunk);
    gn_status *result = gn_alloc((size_t)chunks, sizeof *result);
    float *packed = gn_alloc(gn_packed_size(d.rows, d.columns), sizeof *packed);
    const gn_kernel *kernel = gn_kernel_select();
    gn_status status = kernel ? GN_OK : GN_EUSAGE;
    if (!status) status = chunk && result && packed ? GN_OK : GN_EIO;
    if (!status) status = gn_pool_new(options->threads < chunks ? options->threads : chunks, &pool);
    if (!status) {
        gn_partition(walk->trials, chunk);
        gn_pack_forward(net, net->parameter, packed);
        rollout r = {net, walk, options, visit, context, kernel, packed, chunk, result};
        gn_pool_run(pool, chunks, run_chunk, &r);
        for (int c = 0; c < chunks && !status; c++)
            if (result[c]) status = gn_fail(result[c], "out of memory for the rates of %d trials", chunk[c].width);
    }
    gn_pool_free(pool);
    free(chunk);
    free(result);
    free(packed);
    return status;
}

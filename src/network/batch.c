#include "network/batch.h"

#include <stdlib.h>
#include <string.h>

enum { WIDEST = GN_LANES_MAX / GN_GROUP };

int gn_partition(size_t trials, gn_chunk *chunk) {
    int groups = (int)((trials + GN_GROUP - 1) / GN_GROUP);
    int chunks = (groups + WIDEST - 1) / WIDEST;
    if (chunks > 1 && chunks % 2) chunks++;
    if (!chunk) return chunks;
    int first = 0;
    for (int c = 0; c < chunks; c++) {
        int lanes = (groups / chunks + (c < groups % chunks)) * GN_GROUP;
        int left = (int)trials - first;
        chunk[c] = (gn_chunk){.first = first, .width = left < lanes ? left : lanes, .lanes = lanes};
        first += lanes;
    }
    return chunks;
}

gn_dims gn_dims_of(const gn_network *net, int lanes) {
    int columns = net->units + net->inputs + 1;
    return (gn_dims){.units = net->units,
                     .columns = columns,
                     .rows = net->units + net->outputs,
                     .lanes = lanes,
                     .padded = (columns + 15) / 16 * 16,
                     .leak = net->leak,
                     .nonlinearity = net->nonlinearity};
}

gn_status gn_batch_new(const gn_network *net, int trials, int steps, bool noisy, gn_batch *batch) {
    *batch = (gn_batch){.trials = trials,
                        .steps = steps,
                        .units = net->units,
                        .channels = net->inputs,
                        .outputs = net->outputs,
                        .chunks = gn_partition((size_t)trials, NULL)};
    size_t n = (size_t)batch->chunks, t = (size_t)steps;
    batch->chunk = gn_alloc(n, sizeof *batch->chunk);
    batch->input = gn_alloc(n, sizeof *batch->input);
    batch->target = gn_alloc(n, sizeof *batch->target);
    batch->noise = gn_alloc(n, sizeof *batch->noise);
    batch->mask = gn_alloc(n, sizeof *batch->mask);
    if (!batch->chunk || !batch->input || !batch->target || !batch->noise || !batch->mask) goto fail;
    gn_partition((size_t)trials, batch->chunk);
    for (size_t c = 0; c < n; c++) {
        size_t lanes = (size_t)batch->chunk[c].lanes;
        batch->input[c] = gn_alloc(t * (size_t)(net->inputs + 1) * lanes, sizeof(float));
        batch->target[c] = gn_alloc(t * (size_t)net->outputs * lanes, sizeof(float));
        batch->mask[c] = gn_alloc(lanes, sizeof(float));
        if (noisy) batch->noise[c] = gn_alloc(t * (size_t)net->units * lanes, sizeof(float));
        if (!batch->input[c] || !batch->target[c] || !batch->mask[c] || (noisy && !batch->noise[c])) goto fail;
        for (int k = 0; k < batch->chunk[c].width; k++)
            batch->mask[c][k] = 1.0f;
    }
    if (gn_trajectories_new((size_t)trials, t, &batch->walk)) goto fail;
    return GN_OK;
fail:
    gn_batch_free(batch);
    return GN_EIO;
}

void gn_batch_free(gn_batch *batch) {
    for (int c = 0; c < batch->chunks; c++) {
        if (batch->input) free(batch->input[c]);
        if (batch->target) free(batch->target[c]);
        if (batch->noise) free(batch->noise[c]);
        if (batch->mask) free(batch->mask[c]);
    }
    free(batch->chunk);
    free(batch->input);
    free(batch->target);
    free(batch->noise);
    free(batch->mask);
    gn_trajectories_free(&batch->walk);
    *batch = (gn_batch){0};
}

typedef struct {
    gn_batch *batch;
    const gn_network *net;
    const gn_trajectories *walk;
} load_job;

/* Sets the targets of one trial, which is lane k of chunk c. */
static void load_targets(const load_job *job, int c, size_t k) {
    gn_batch *batch = job->batch;
    const size_t steps = (size_t)batch->steps, lanes = (size_t)batch->chunk[c].lanes;
    const size_t outputs = (size_t)batch->outputs;
    const float *position = job->walk->position + 2 * steps * ((size_t)batch->chunk[c].first + k);
    float activity[GN_PLACES_MAX], *to = batch->target[c] + k;
    for (size_t t = 0; t < steps; t++, to += outputs * lanes) {
        const float *p = position + 2 * t;
        if (job->net->readout == GN_READ_POSITION) {
            to[0] = p[0];
            to[lanes] = p[1];
            continue;
        }
        if (t == 0 || p[0] != p[-2] ||
            p[1] != p[-1]) /* where the animal stands still, the targets are those of the step before */
            gn_places_activity(&job->net->places, (double)p[0], (double)p[1], activity);
        for (size_t o = 0; o < outputs; o++)
            to[o * lanes] = activity[o];
    }
}

static void load_chunk(void *context, int c, int worker) {
    (void)worker;
    const load_job *job = context;
    gn_batch *batch = job->batch;
    const gn_chunk chunk = batch->chunk[c];
    const size_t steps = (size_t)batch->steps, lanes = (size_t)chunk.lanes;
    const size_t rows = (size_t)batch->channels + 1;
    for (size_t k = 0; k < (size_t)chunk.width; k++) {
        size_t trial = (size_t)chunk.first + k;
        for (size_t t = 0; t < steps; t++) {
            size_t at = trial * steps + t;
            float input[4];
            gn_encode(job->net->coding, job->walk->speed[at], job->walk->direction[at], input);
            float *to = batch->input[c] + t * rows * lanes + k;
            for (size_t i = 0; i + 1 < rows; i++)
                to[i * lanes] = input[i];
            to[(rows - 1) * lanes] = 1.0f;
        }
        load_targets(job, c, k);
    }
}

void gn_batch_load(gn_batch *batch, const gn_network *net, const gn_trajectories *walk, gn_pool *pool) {
    load_job job = {batch, net, walk};
    gn_pool_run(pool, batch->chunks, load_chunk, &job);
}

void gn_state_input(const gn_dims *d, const float *input, float *state) {
    memcpy(state + (size_t)d->units * (size_t)d->lanes, input,
           (size_t)(d->columns - d->units) * (size_t)d->lanes * sizeof *state);
}

/* Rows are padded to the height of the largest register tile, so that a tile may go beyond the last row. */
enum { TALLEST = 12 };

size_t gn_packed_size(int rows, int columns) {
    return (size_t)((rows + TALLEST - 1) / TALLEST * TALLEST + TALLEST) * (size_t)columns;
}

static void put(float *packed, int columns, int i, int j, float value) {
    packed[((size_t)(i / GN_PACK) * (size_t)columns + (size_t)j) * GN_PACK + (size_t)(i % GN_PACK)] = value;
}

void gn_pack_forward(const gn_network *net, const float *p, float *packed) {
    const int n = net->units, in = net->inputs, columns = n + in + 1, rows = n + net->outputs;
    const float *rec = p, *win = rec + (size_t)n * (size_t)n, *bias = win + (size_t)n * (size_t)in, *out = bias + n;
    memset(packed, 0, gn_packed_size(rows, columns) * sizeof *packed);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++)
            put(packed, columns, i, j, rec[i * n + j]);
        for (int j = 0; j < in; j++)
            put(packed, columns, i, n + j, win[i * in + j]);
        put(packed, columns, i, n + in, bias[i]);
    }
    for (int o = 0; o < net->outputs; o++)
        for (int j = 0; j < n; j++)
            put(packed, columns, n + o, j, out[o * n + j]);
}

void gn_pack_backward(const gn_network *net, const float *p, float *packed) {
    const int n = net->units, rows = n + net->outputs;
    const float *rec = p, *out = p + (size_t)n * (size_t)(n + net->inputs + 1);
    memset(packed, 0, gn_packed_size(n, rows) * sizeof *packed);
    for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++)
            put(packed, rows, j, i, rec[i * n + j]);
        for (int o = 0; o < net->outputs; o++)
            put(packed, rows, j, n + o, out[o * n + j]);
    }
}

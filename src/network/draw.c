#include "network/draw.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    gn_batch *batch;
    const gn_network *net;
    const gn_kernel *kernel;
    uint64_t seed;
    uint32_t update;
    gn_status *status; /* per chunk */
} draw_job;

/* Takes trials from the file's: for every trial of every update one of them is drawn at random. */
static void take_given(const gn_trajectories *given, uint64_t seed, uint32_t update, const gn_chunk *chunk,
                       gn_trajectories *walk) {
    for (size_t trial = (size_t)chunk->first; trial < (size_t)chunk->first + (size_t)chunk->width; trial++) {
        gn_stream stream = gn_stream_open(seed, GN_PURPOSE_WALK, update, (uint32_t)trial);
        gn_trajectories_copy_row(given, gn_stream_below(&stream, (uint32_t)given->trials), walk, trial);
    }
}

/* The update at which the group of trials was drawn that is used at `update`. */
static uint32_t drawn_at(const gn_batch *batch, uint32_t update, uint32_t group) {
    if (batch->lifetime <= 1) return update;
    const uint32_t lifetime = (uint32_t)batch->lifetime;
    const uint32_t age = (update + lifetime - group % lifetime) % lifetime;
    return update < age ? 0 : update - age;
}

static gn_status draw_walks(const draw_job *job, uint32_t update, const gn_chunk *trials) {
    if (job->net->given) {
        take_given(job->net->given, job->seed, update, trials, &job->batch->walk);
        return GN_OK;
    }
    return gn_walk_sample(&job->net->walk, job->seed, GN_PURPOSE_WALK, update, (size_t)trials->first,
                          (size_t)trials->width, &job->batch->walk);
}

/* Fills noise (units, lanes) of one step. Every group of lanes has the noise of the update at which it was drawn.
 * group (units, GN_GROUP) is scratch memory, which is not used when all groups were drawn at this update. */
static void draw_noise(const draw_job *job, const gn_chunk *chunk, int step, float *group, float *noise) {
    const gn_batch *batch = job->batch;
    if (batch->lifetime <= 1) {
        job->kernel->noise(job->seed, GN_PURPOSE_NOISE, job->update, (uint32_t)chunk->first, (uint32_t)step,
                           batch->units, chunk->lanes, job->net->noise_sd, noise);
        return;
    }
    for (int k = 0; k < chunk->lanes; k += GN_GROUP) {
        const uint32_t first = (uint32_t)(chunk->first + k);
        job->kernel->noise(job->seed, GN_PURPOSE_NOISE, drawn_at(batch, job->update, first / GN_GROUP), first,
                           (uint32_t)step, batch->units, GN_GROUP, job->net->noise_sd, group);
        for (int i = 0; i < batch->units; i++)
            memcpy(noise + i * chunk->lanes + k, group + i * GN_GROUP, sizeof *group * GN_GROUP);
    }
}

static gn_status draw_chunk(const draw_job *job, int c) {
    gn_batch *batch = job->batch;
    const gn_chunk chunk = batch->chunk[c];
    gn_status status = GN_OK;
    for (int k = 0; k < chunk.width && !status; k += GN_GROUP) {
        const gn_chunk group = {.first = chunk.first + k,
                                .width = chunk.width - k < GN_GROUP ? chunk.width - k : GN_GROUP};
        status = draw_walks(job, drawn_at(batch, job->update, (uint32_t)(group.first / GN_GROUP)), &group);
    }
    if (status || !batch->noise[c]) return status;
    const size_t step = (size_t)batch->units * (size_t)chunk.lanes;
    float *group = batch->lifetime > 1 ? gn_alloc((size_t)batch->units * GN_GROUP, sizeof *group) : NULL;
    if (batch->lifetime > 1 && !group) return GN_EIO;
    for (int t = 0; t < batch->steps; t++)
        draw_noise(job, &chunk, t, group, batch->noise[c] + (size_t)t * step);
    free(group);
    return GN_OK;
}

static void run_draw_chunk(void *context, int c, int worker) {
    const draw_job *job = context;
    (void)worker;
    job->status[c] = draw_chunk(job, c);
    if (job->status[c]) gn_error_clear();
}

gn_status gn_batch_draw(gn_batch *batch, const gn_network *net, uint64_t seed, uint32_t update, const gn_kernel *kernel,
                        gn_pool *pool) {
    gn_status status[batch->chunks];
    draw_job job = {batch, net, kernel, seed, update, status};
    gn_pool_run(pool, batch->chunks, run_draw_chunk, &job);
    /* Error messages are kept by thread, so the first chunk that failed is drawn again in the caller's thread. */
    for (int c = 0; c < batch->chunks; c++) {
        if (status[c]) status[c] = draw_chunk(&job, c);
        if (status[c]) return status[c];
    }
    gn_batch_load(batch, net, &batch->walk, pool);
    return GN_OK;
}

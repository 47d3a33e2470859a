#include "network/gradient.h"

#include <stdlib.h>
#include <string.h>

/* One outer product adds GROUP steps. After every FLUSH groups the sums, which are floats, are added to doubles, so
 * that rounding errors stay near those of a sum of a thousand floats. */
enum { GROUP = 4, RING = 2 * GROUP, FLUSH = 5 };

/* Scratch memory of one thread. */
typedef struct {
    float *state;      /* (steps + 1, columns, lanes) */
    float *slope;      /* (steps, N, lanes) */
    float *output;     /* (steps + 1, outputs, lanes): readout of the state before each step, then its adjoint */
    float *x;          /* (N, lanes) */
    float *rate;       /* (2, columns, lanes): directional derivatives of the rates at two steps */
    float *adjoint;    /* (RING, rows, lanes) */
    float *transposed; /* (GROUP, lanes, padded) */
    float *sum;        /* (rows, padded) */
    float *source;     /* (N, lanes): what the metabolic and contraction terms add to the adjoints of a step */
    float *steepness, *bending; /* (N, lanes): sums over steps for the contraction penalty */
} scratch;

/* What products with the Gauss-Newton matrix need to know of one chunk: the linearised network. */
typedef struct {
    float *state, *slope, *transposed; /* as above, but transposed has all steps + 1 */
    float *rx;                         /* (steps + 1, N, lanes); block 0 is x(-1) = 0 */
    double *steepness;                 /* (N): sums of slope^2 over the chunk's steps and trials */
} linear;

struct gn_gradient {
    gn_network shape; /* parameters NULL */
    const gn_kernel *kernel;
    gn_pool *pool;
    int steps, chunks, curvature_chunks;
    scratch *scratch;                      /* per thread */
    linear *linear;                        /* per curvature chunk */
    double **chunk_sum;                    /* per chunk (rows, padded) */
    double (*chunk_terms)[2];              /* per chunk: squared errors, squared rates */
    double **chunk_steepness;              /* per chunk (2, N): sums of slope^2, and of `bending` in products */
    float *strength, *cross;               /* (N): for the contraction penalty (network/kernel.h) */
    float *forward, *backward, *direction; /* packed parameters, and the packed vector v of a product */
    float *point;                          /* v in single precision */
    const gn_batch *curvature;
    float *at;     /* the parameters of the last gn_curvature_at() */
    double passes; /* see gn_gradient_passes() */
};

static size_t product3(size_t a, size_t b, size_t c) {
    return a * b * c;
}

static gn_status new_scratch(const gn_dims *d, size_t steps, scratch *s) {
    const size_t lanes = GN_LANES_MAX, n = (size_t)d->units, columns = (size_t)d->columns;
    s->state = gn_alloc(product3(steps + 1, columns, lanes), sizeof(float));
    s->slope = gn_alloc(product3(steps, n, lanes), sizeof(float));
    s->output = gn_alloc(product3(steps + 1, (size_t)(d->rows - d->units), lanes), sizeof(float));
    s->x = gn_alloc(n * lanes, sizeof(float));
    s->rate = gn_alloc(product3(2, columns, lanes), sizeof(float));
    s->adjoint = gn_alloc(product3(RING, (size_t)d->rows, lanes), sizeof(float));
    s->transposed = gn_alloc(product3(GROUP, lanes, (size_t)d->padded), sizeof(float));
    s->sum = gn_alloc((size_t)d->rows * (size_t)d->padded, sizeof(float));
    s->source = gn_alloc(n * lanes, sizeof(float));
    s->steepness = gn_alloc(n * lanes, sizeof(float));
    s->bending = gn_alloc(n * lanes, sizeof(float));
    return s->state && s->slope && s->output && s->x && s->rate && s->adjoint && s->transposed && s->sum && s->source &&
                   s->steepness && s->bending
               ? GN_OK
               : GN_EIO;
}

static void free_scratch(scratch *s) {
    free(s->state);
    free(s->slope);
    free(s->output);
    free(s->x);
    free(s->rate);
    free(s->adjoint);
    free(s->transposed);
    free(s->sum);
    free(s->source);
    free(s->steepness);
    free(s->bending);
}

gn_status gn_gradient_new(const gn_network *shape, int trials, int curvature_trials, int steps, const gn_kernel *kernel,
                          gn_pool *pool, gn_gradient **out) {
    gn_chunk chunk[gn_partition((size_t)curvature_trials, NULL)];
    gn_gradient *g = gn_alloc(1, sizeof *g);
    if (!g) return GN_EIO;
    g->shape = *shape;
    g->shape.parameter = g->shape.rec = g->shape.in = g->shape.bias = g->shape.out = NULL;
    g->kernel = kernel;
    g->pool = pool;
    g->steps = steps;
    g->chunks = gn_partition((size_t)trials, NULL);
    g->curvature_chunks = gn_partition((size_t)curvature_trials, chunk);
    if (g->curvature_chunks > g->chunks) g->chunks = g->curvature_chunks;
    const gn_dims d = gn_dims_of(shape, GN_LANES_MAX);
    const size_t threads = (size_t)gn_pool_threads(pool), t = (size_t)steps;
    g->scratch = gn_alloc(threads, sizeof *g->scratch);
    g->linear = gn_alloc((size_t)g->curvature_chunks, sizeof *g->linear);
    g->chunk_sum = gn_alloc((size_t)g->chunks, sizeof *g->chunk_sum);
    g->chunk_terms = gn_alloc((size_t)g->chunks, sizeof *g->chunk_terms);
    g->chunk_steepness = gn_alloc((size_t)g->chunks, sizeof *g->chunk_steepness);
    g->strength = gn_alloc((size_t)d.units, sizeof *g->strength);
    g->cross = gn_alloc((size_t)d.units, sizeof *g->cross);
    g->forward = gn_alloc(gn_packed_size(d.rows, d.columns), sizeof(float));
    g->direction = gn_alloc(gn_packed_size(d.rows, d.columns), sizeof(float));
    g->backward = gn_alloc(gn_packed_size(d.units, d.rows), sizeof(float));
    g->point = gn_alloc(gn_network_size(shape), sizeof(float));
    g->at = gn_alloc(gn_network_size(shape), sizeof(float));
    if (!g->scratch || !g->linear || !g->chunk_sum || !g->chunk_terms || !g->forward || !g->direction || !g->backward ||
        !g->point || !g->at || !g->chunk_steepness || !g->strength || !g->cross)
        goto fail;
    for (size_t i = 0; i < threads; i++)
        if (new_scratch(&d, t, &g->scratch[i])) goto fail;
    for (int c = 0; c < g->chunks; c++)
        if (!(g->chunk_sum[c] = gn_alloc((size_t)d.rows * (size_t)d.padded, sizeof(double))) ||
            !(g->chunk_steepness[c] = gn_alloc((size_t)d.units * 2, sizeof(double))))
            goto fail;
    for (int c = 0; c < g->curvature_chunks; c++) {
        /* Fewer trials can have wider chunks (gn_partition): 48 are one chunk of 48 lanes, 64 are two of 32. */
        const size_t lanes = g->curvature_chunks == 1 ? (size_t)chunk[0].lanes : GN_LANES_MAX;
        const size_t n = (size_t)d.units;
        linear *l = &g->linear[c];
        l->state = gn_alloc(product3(t + 1, (size_t)d.columns, lanes), sizeof(float));
        l->slope = gn_alloc(product3(t, n, lanes), sizeof(float));
        l->transposed = gn_alloc(product3(t + 1, lanes, (size_t)d.padded), sizeof(float));
        l->rx = gn_alloc(product3(t + 1, n, lanes), sizeof(float));
        l->steepness = gn_alloc(n, sizeof(double));
        if (!l->state || !l->slope || !l->transposed || !l->rx || !l->steepness) goto fail;
    }
    *out = g;
    return GN_OK;
fail:
    gn_gradient_free(g);
    return GN_EIO;
}

void gn_gradient_free(gn_gradient *g) {
    if (!g) return;
    if (g->scratch)
        for (int i = 0; i < gn_pool_threads(g->pool); i++)
            free_scratch(&g->scratch[i]);
    if (g->chunk_sum)
        for (int c = 0; c < g->chunks; c++)
            free(g->chunk_sum[c]);
    if (g->chunk_steepness)
        for (int c = 0; c < g->chunks; c++)
            free(g->chunk_steepness[c]);
    if (g->linear)
        for (int c = 0; c < g->curvature_chunks; c++) {
            free(g->linear[c].state);
            free(g->linear[c].slope);
            free(g->linear[c].transposed);
            free(g->linear[c].rx);
            free(g->linear[c].steepness);
        }
    free(g->scratch);
    free(g->linear);
    free(g->chunk_sum);
    free(g->chunk_terms);
    free(g->chunk_steepness);
    free(g->strength);
    free(g->cross);
    free(g->forward);
    free(g->direction);
    free(g->backward);
    free(g->point);
    free(g->at);
    free(g);
}

/* ---- one chunk forward ------------------------------------------------------------------------ */

/* Runs a chunk through all steps. state has `slots` blocks (columns, lanes), which are used in turn. slope has a block
 * (N, lanes) for each step, or one block when `slots` is 2. slope and steepness (N, lanes), the sums of its squares,
 * may be NULL. output (steps + 1, outputs, lanes) receives the readouts; that of step t is block t + 1. square receives
 * the sums of squared rates, one for each lane. */
static void run_chunk(const gn_gradient *g, const gn_batch *batch, int c, float *state, int slots, float *slope,
                      float *steepness, float *output, float *x, double *square) {
    const gn_dims d = gn_dims_of(&g->shape, batch->chunk[c].lanes);
    const size_t lanes = (size_t)d.lanes, block = (size_t)d.columns * lanes;
    const size_t unit_block = (size_t)d.units * lanes, output_block = (size_t)(d.rows - d.units) * lanes;
    const size_t input_block = (size_t)(d.columns - d.units) * lanes;
    const bool at_rate = g->shape.noise_site == GN_NOISE_RATE;
    memset(x, 0, unit_block * sizeof *x);
    memset(state, 0, block * sizeof *state);
    memset(square, 0, GN_LANES_MAX * sizeof *square);
    if (steepness) memset(steepness, 0, unit_block * sizeof *steepness);
    for (int t = 0; t < batch->steps; t++) {
        float *now = state + (size_t)(t % slots) * block;
        float *next = state + (size_t)((t + 1) % slots) * block;
        float *slope_now = slope && slots > 2 ? slope + (size_t)t * unit_block : slope;
        const float *noise = batch->noise[c] ? batch->noise[c] + (size_t)t * unit_block : NULL;
        gn_state_input(&d, batch->input[c] + (size_t)t * input_block, now);
        g->kernel->forward(&d, g->forward, now, at_rate ? NULL : noise, at_rate ? noise : NULL, batch->mask[c], x, next,
                           slope_now, output + (size_t)t * output_block, square);
        if (steepness) g->kernel->steepness(&d, slope_now, steepness);
    }
    /* The state after the last step has no inputs. They are set to zero, so that no old values enter a sum. */
    float *last = state + (size_t)(batch->steps % slots) * block;
    memset(last + unit_block, 0, input_block * sizeof *last);
    g->kernel->readout(&d, g->forward, last, output + (size_t)batch->steps * output_block);
}

/* The noise (steps, N, lanes) that was added to the rates of a chunk; NULL when none was. */
static const float *rate_noise(const gn_gradient *g, const gn_batch *batch, int c) {
    return g->shape.noise_site == GN_NOISE_RATE ? batch->noise[c] : NULL;
}

/* Sums block (N, lanes) over lanes. */
static void sum_lanes(const gn_dims *d, const float *block, double *sum) {
    for (int i = 0; i < d->units; i++) {
        sum[i] = 0;
        for (int k = 0; k < d->lanes; k++)
            sum[i] += (double)block[i * d->lanes + k];
    }
}

/* Replaces readouts (steps, outputs, lanes) by the adjoints e = (y - target) / outputs of E/2, which are zero in lanes
 * without a trial. All adjoints in this file are scaled by trials * steps. Returns the sum of squared errors of the
 * chunk's trials. */
static double output_error(const gn_gradient *g, const gn_batch *batch, int c, float *output) {
    double square[GN_LANES_MAX], sum = 0;
    g->kernel->residual(batch->outputs * batch->steps, batch->chunk[c].lanes, 1.0f / (float)batch->outputs,
                        batch->target[c], batch->mask[c], output, square);
    for (int k = 0; k < batch->chunk[c].width; k++)
        sum += square[k];
    return sum;
}

static void add_terms(gn_gradient *g, const gn_batch *batch, int c, float *output, const double *square) {
    g->chunk_terms[c][0] = output_error(g, batch, c, output);
    double sum = 0;
    for (int k = 0; k < batch->chunk[c].width; k++)
        sum += square[k];
    g->chunk_terms[c][1] = sum;
}

/* ---- one chunk backward ----------------------------------------------------------------------- */

typedef struct {
    const float *state;      /* (steps + 1, columns, lanes) */
    const float *transposed; /* (steps + 1, lanes, padded); NULL: back_chunk() transposes the states itself */
    const float *slope;      /* (steps, N, lanes) */
    const float *rx; /* (steps, N, lanes): derivatives of x for a Gauss-Newton product; NULL: for the gradient */
    const float *e;  /* (steps, outputs, lanes): output adjoints */
    float c_rate, c_x;
    bool contracts;     /* there is a contraction penalty, which needs rates and noise in products too */
    const float *rates; /* (steps, columns, lanes): states after each step */
    const float *noise; /* (steps, N, lanes) of the rates, or NULL */
} tape_of_chunk;

/* Computes the adjoints delta(t) of the activations of one step from those of the next step. */
static void back_step(const gn_gradient *g, const gn_dims *d, const tape_of_chunk *tape, size_t t, const float *after,
                      scratch *s, float *adjoint) {
    const size_t unit_block = (size_t)d->units * (size_t)d->lanes, block = (size_t)d->columns * (size_t)d->lanes;
    const float *slope = tape->slope + t * unit_block, *rate = tape->rates + t * block;
    const float *rx = tape->rx ? tape->rx + t * unit_block : NULL;
    if (!tape->contracts) {
        if (rx)
            g->kernel->rbackward(d, g->backward, after, slope, rx, tape->c_rate, tape->c_x, adjoint);
        else
            g->kernel->backward(d, g->backward, after, slope, rate, tape->c_rate, adjoint);
        return;
    }
    const float *noise = tape->noise ? tape->noise + t * unit_block : NULL;
    if (rx)
        g->kernel->rcontract(d, rate, noise, slope, rx, g->strength, g->cross, tape->c_rate, tape->c_x, s->source,
                             s->bending);
    else
        g->kernel->contract(d, rate, noise, slope, g->strength, tape->c_rate, s->source);
    g->kernel->backward(d, g->backward, after, slope, s->source, 1.0f, adjoint);
}

/* Backward pass: total (rows, padded) = sum over steps and trials of [delta(s); e(s-1)] [h(s-1); I(s); 1]'. */
static void back_chunk(const gn_gradient *g, const gn_dims *d, int steps, const tape_of_chunk *tape, scratch *s,
                       double *total) {
    const size_t lanes = (size_t)d->lanes, rows = (size_t)d->rows, padded = (size_t)d->padded;
    const size_t unit_block = (size_t)d->units * lanes, block = (size_t)d->columns * lanes;
    const size_t output_block = rows * lanes - unit_block;
    const size_t adjoint_block = rows * lanes, transposed_block = lanes * padded;
    memset(total, 0, rows * padded * sizeof *total);
    memset(s->sum, 0, rows * padded * sizeof *s->sum);
    memset(s->adjoint, 0, RING * adjoint_block * sizeof *s->adjoint); /* delta(T) = 0 */
    int groups = 0;
    for (int slot = steps; slot >= 0; slot--) {
        /* Step s is at position (steps - s) mod RING of the ring, so the steps of a group are neighbours. */
        const int position = (steps - slot) % RING;
        float *adjoint = s->adjoint + (size_t)position * adjoint_block;
        if (slot < steps) {
            const float *after = s->adjoint + (size_t)((position + RING - 1) % RING) * adjoint_block;
            back_step(g, d, tape, (size_t)slot, after, s, adjoint);
        }
        if (slot > 0)
            memcpy(adjoint + unit_block, tape->e + (size_t)(slot - 1) * output_block, output_block * sizeof *adjoint);
        else
            memset(adjoint + unit_block, 0, output_block * sizeof *adjoint);
        if (!tape->transposed)
            g->kernel->transpose(d, tape->state + (size_t)slot * block,
                                 s->transposed + (size_t)(position % GROUP) * transposed_block);
        if (position % GROUP == GROUP - 1 || slot == 0) {
            int count = position % GROUP + 1;
            const float *from =
                tape->transposed ? tape->transposed + (size_t)(slot + count - 1) * transposed_block : s->transposed;
            g->kernel->outer(d, count, s->adjoint + (size_t)(position + 1 - count) * adjoint_block, (long)adjoint_block,
                             from, tape->transposed ? -(long)transposed_block : (long)transposed_block, s->sum);
            if (++groups % FLUSH == 0) g->kernel->carry((int)(rows * padded), s->sum, total);
        }
    }
    g->kernel->carry((int)(rows * padded), s->sum, total);
}

/* ---- objective and gradient ------------------------------------------------------------------- */

typedef struct {
    gn_gradient *g;
    const gn_batch *batch;
    gn_weights weights;
    bool with_gradient;
} job;

static void objective_chunk(void *context, int c, int worker) {
    const job *j = context;
    gn_gradient *g = j->g;
    scratch *s = &g->scratch[worker];
    const gn_dims d = gn_dims_of(&g->shape, j->batch->chunk[c].lanes);
    const bool contracts = j->weights.contraction > 0;
    const int slots = j->with_gradient ? j->batch->steps + 2 : 2; /* the gradient needs all states: more than 2 slots */
    float *output = s->output + (size_t)j->batch->outputs * (size_t)d.lanes;
    double square[GN_LANES_MAX];
    run_chunk(g, j->batch, c, s->state, slots, j->with_gradient || contracts ? s->slope : NULL,
              contracts ? s->steepness : NULL, s->output, s->x, square);
    add_terms(g, j->batch, c, output, square);
    if (contracts) sum_lanes(&d, s->steepness, g->chunk_steepness[c]);
    if (!j->with_gradient) return;
    const tape_of_chunk tape = {.state = s->state,
                                .slope = s->slope,
                                .e = output,
                                .c_rate = (float)(2.0 * j->weights.metabolic / d.units),
                                .contracts = contracts,
                                .rates = s->state + (size_t)d.columns * (size_t)d.lanes,
                                .noise = rate_noise(g, j->batch, c)};
    back_chunk(g, &d, j->batch->steps, &tape, s, g->chunk_sum[c]);
}

/* Adds the chunks' sums of slope^2 and, when `rows` is 2, their sums of `bending` to those of the first chunk, in
 * order. Returns the totals (rows, N). */
static const double *sum_steepness(const gn_gradient *g, const gn_batch *batch, size_t rows) {
    double *sum = g->chunk_steepness[0];
    for (int c = 1; c < batch->chunks; c++)
        for (size_t i = 0; i < rows * (size_t)g->shape.units; i++)
            sum[i] += g->chunk_steepness[c][i];
    return sum;
}

/* The product of row i of W_rec with the same row of v, or with itself. */
static double row_product(const gn_gradient *g, const float *w, const float *v, size_t i) {
    const size_t n = (size_t)g->shape.units;
    double sum = 0;
    for (size_t j = i * n; j < (i + 1) * n; j++)
        sum += (double)w[j] * (double)v[j];
    return sum;
}

/* Writes the factors `strength` or `cross` of the kernels: 2 contraction / N times the squared norm of each row of
 * W_rec, or times its product with the same row of v. */
static void weigh_rows(const gn_gradient *g, double contraction, const float *w, const float *v, float *out) {
    for (size_t i = 0; i < (size_t)g->shape.units; i++)
        out[i] = (float)(2 * contraction / g->shape.units * row_product(g, w, v, i));
}

static gn_terms sum_terms(const gn_gradient *g, const gn_batch *batch, const float *parameter, gn_weights weights) {
    const double samples = (double)batch->trials * batch->steps;
    gn_terms terms = {0};
    for (int c = 0; c < batch->chunks; c++) {
        terms.error += g->chunk_terms[c][0];
        terms.rate += g->chunk_terms[c][1];
    }
    terms.error /= samples * batch->outputs;
    terms.rate /= samples * batch->units;
    const size_t n = (size_t)g->shape.units, in = n * (size_t)g->shape.inputs, out = n * (size_t)g->shape.outputs;
    const float *win = parameter + n * n, *wout = win + in + n;
    for (size_t i = 0; i < in; i++)
        terms.l2 += (double)win[i] * (double)win[i];
    for (size_t i = 0; i < out; i++)
        terms.l2 += (double)wout[i] * (double)wout[i];
    terms.l2 /= (double)(in + out);
    terms.total = terms.error / 2 + weights.l2 * terms.l2 + weights.metabolic * terms.rate;
    if (weights.contraction > 0) {
        const double *steep = sum_steepness(g, batch, 1);
        for (size_t i = 0; i < n; i++)
            terms.contraction += steep[i] * row_product(g, parameter, parameter, i);
        terms.contraction /= samples * (double)n;
        terms.total += weights.contraction * terms.contraction;
    }
    return terms;
}

double gn_gradient_passes(const gn_gradient *g) {
    return g->passes;
}

gn_terms gn_objective(gn_gradient *g, const gn_batch *batch, const float *parameter, gn_weights weights) {
    g->passes += batch->trials;
    job j = {g, batch, weights, false};
    gn_pack_forward(&g->shape, parameter, g->forward);
    gn_pool_run(g->pool, batch->chunks, objective_chunk, &j);
    return sum_terms(g, batch, parameter, weights);
}

/* Adds the chunks' sums of [delta; e] [h; I; 1]' in order, divides by trials * steps and writes the elements in the
 * order of the network's parameters. */
static void collect(const gn_gradient *g, const gn_batch *batch, double *out) {
    const gn_dims d = gn_dims_of(&g->shape, GN_LANES_MAX);
    const size_t size = (size_t)d.rows * (size_t)d.padded;
    const size_t n = (size_t)d.units, in = (size_t)g->shape.inputs;
    double *sum = g->chunk_sum[0];
    for (int c = 1; c < batch->chunks; c++)
        for (size_t i = 0; i < size; i++)
            sum[i] += g->chunk_sum[c][i];
    const double by_output = 1.0 / ((double)batch->trials * batch->steps);
    const double by_drive = (double)d.leak * by_output;
    for (size_t i = 0; i < n; i++) {
        const double *row = sum + i * (size_t)d.padded;
        for (size_t j = 0; j < n; j++)
            out[i * n + j] = by_drive * row[j];
        for (size_t j = 0; j < in; j++)
            out[n * n + i * in + j] = by_drive * row[n + j];
        out[n * n + n * in + i] = by_drive * row[n + in];
        for (size_t o = 0; o < (size_t)g->shape.outputs; o++)
            out[n * n + n * in + n + o * n + i] = by_output * sum[(n + o) * (size_t)d.padded + i];
    }
}

/* out += 2 l2 / count * v for the input and readout weights. */
static void add_l2(const gn_gradient *g, double l2, const float *v, double *out) {
    const size_t n = (size_t)g->shape.units, in = n * (size_t)g->shape.inputs, readout = n * (size_t)g->shape.outputs;
    const double factor = 2.0 * l2 / (double)(in + readout);
    for (size_t i = n * n; i < n * n + in; i++)
        out[i] += factor * (double)v[i];
    for (size_t i = n * n + in + n; i < n * n + in + n + readout; i++)
        out[i] += factor * (double)v[i];
}

/* For each row of W_rec: out += 2 contraction / N times steepness w for the gradient, or times bending w + steepness v
 * for a product with v. */
static void add_contraction(const gn_gradient *g, const gn_batch *batch, double contraction, const float *w,
                            const float *v, double *out) {
    const size_t n = (size_t)g->shape.units;
    const double *steep = g->chunk_steepness[0], *bending = steep + n;
    const double factor = 2 * contraction / ((double)n * batch->trials * batch->steps);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i * n; j < (i + 1) * n; j++)
            out[j] += factor * (v ? bending[i] * (double)w[j] + steep[i] * (double)v[j] : steep[i] * (double)w[j]);
}

gn_terms gn_objective_gradient(gn_gradient *g, const gn_batch *batch, const float *parameter, gn_weights weights,
                               double *gradient) {
    job j = {g, batch, weights, true};
    g->passes += 3.0 * batch->trials;
    gn_pack_forward(&g->shape, parameter, g->forward);
    gn_pack_backward(&g->shape, parameter, g->backward);
    weigh_rows(g, weights.contraction, parameter, parameter, g->strength);
    gn_pool_run(g->pool, batch->chunks, objective_chunk, &j);
    const gn_terms terms = sum_terms(g, batch, parameter, weights);
    collect(g, batch, gradient);
    add_l2(g, weights.l2, parameter, gradient);
    if (weights.contraction > 0) add_contraction(g, batch, weights.contraction, parameter, NULL, gradient);
    return terms;
}

/* ---- Gauss-Newton products --------------------------------------------------------------------- */

static void linearise_chunk(void *context, int c, int worker) {
    const job *j = context;
    gn_gradient *g = j->g;
    linear *l = &g->linear[c];
    scratch *s = &g->scratch[worker];
    const gn_dims d = gn_dims_of(&g->shape, j->batch->chunk[c].lanes);
    const size_t lanes = (size_t)d.lanes, steps = (size_t)j->batch->steps;
    const size_t block = (size_t)d.columns * lanes;
    double square[GN_LANES_MAX];
    run_chunk(g, j->batch, c, l->state, (int)steps + 2, l->slope, s->steepness, s->output, s->x, square);
    sum_lanes(&d, s->steepness, l->steepness);
    for (size_t t = 0; t <= steps; t++)
        g->kernel->transpose(&d, l->state + t * block, l->transposed + t * lanes * (size_t)d.padded);
    memset(l->rx, 0, (size_t)d.units * lanes * sizeof *l->rx);
}

void gn_curvature_at(gn_gradient *g, const gn_batch *batch, const float *parameter) {
    job j = {.g = g, .batch = batch};
    g->passes += batch->trials;
    g->curvature = batch;
    memcpy(g->at, parameter, gn_network_size(&g->shape) * sizeof *g->at);
    gn_pack_forward(&g->shape, parameter, g->forward);
    gn_pack_backward(&g->shape, parameter, g->backward);
    gn_pool_run(g->pool, batch->chunks, linearise_chunk, &j);
}

static void product_chunk(void *context, int c, int worker) {
    const job *j = context;
    gn_gradient *g = j->g;
    const gn_batch *batch = j->batch;
    const linear *l = &g->linear[c];
    scratch *s = &g->scratch[worker];
    const gn_dims d = gn_dims_of(&g->shape, batch->chunk[c].lanes);
    const size_t lanes = (size_t)d.lanes, steps = (size_t)batch->steps, outputs = (size_t)batch->outputs;
    const size_t block = (size_t)d.columns * lanes, unit_block = (size_t)d.units * lanes;
    const bool contracts = j->weights.contraction > 0;
    memset(s->rate, 0, 2 * block * sizeof *s->rate); /* the rows of inputs stay zero */
    for (size_t t = 0; t < steps; t++)
        g->kernel->rforward(&d, g->direction, g->forward, l->state + t * block, s->rate + (t % 2) * block,
                            l->slope + t * unit_block, l->rx + t * unit_block, l->rx + (t + 1) * unit_block,
                            s->rate + ((t + 1) % 2) * block, s->output + t * outputs * lanes);
    float *first = s->output, *output = first + outputs * lanes, *last = first + steps * outputs * lanes;
    g->kernel->readout(&d, g->direction, l->state + steps * block, last);
    /* Block 0 is the readout before the first step, which is not an output: it serves as memory for a part of the last.
     */
    g->kernel->readout(&d, g->forward, s->rate + (steps % 2) * block, first);
    for (size_t i = 0; i < outputs * lanes; i++)
        last[i] += first[i];
    const float share = 1.0f / (float)batch->outputs;
    for (size_t row = 0; row < outputs * steps; row++)
        for (size_t k = 0; k < lanes; k++)
            output[row * lanes + k] *= share * batch->mask[c][k];
    const tape_of_chunk tape = {.transposed = l->transposed,
                                .slope = l->slope,
                                .rx = l->rx + unit_block,
                                .e = output,
                                .c_rate = (float)(2.0 * j->weights.metabolic / d.units),
                                .c_x = (float)(j->weights.damping / d.units),
                                .contracts = contracts,
                                .rates = l->state + block,
                                .noise = rate_noise(g, batch, c)};
    if (contracts) memset(s->bending, 0, unit_block * sizeof *s->bending);
    back_chunk(g, &d, (int)steps, &tape, s, g->chunk_sum[c]);
    if (!contracts) return;
    memcpy(g->chunk_steepness[c], l->steepness, (size_t)d.units * sizeof *l->steepness);
    sum_lanes(&d, s->bending, g->chunk_steepness[c] + d.units);
}

void gn_curvature_product(gn_gradient *g, gn_weights weights, const double *v, double *product) {
    job j = {.g = g, .batch = g->curvature, .weights = weights};
    g->passes += 4.0 * g->curvature->trials;
    const size_t size = gn_network_size(&g->shape);
    for (size_t i = 0; i < size; i++)
        g->point[i] = (float)v[i];
    gn_pack_forward(&g->shape, g->point, g->direction);
    weigh_rows(g, weights.contraction, g->at, g->at, g->strength);
    weigh_rows(g, weights.contraction, g->at, g->point, g->cross);
    gn_pool_run(g->pool, g->curvature->chunks, product_chunk, &j);
    collect(g, g->curvature, product);
    add_l2(g, weights.l2, g->point, product);
    if (weights.contraction > 0) {
        sum_steepness(g, g->curvature, 2);
        add_contraction(g, g->curvature, weights.contraction, g->at, g->point, product);
    }
}

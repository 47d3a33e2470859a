#include "gn_gradient.h"

#include <stdlib.h>
#include <string.h>

/* GROUP steps go into one outer product, and float sums are carried over into double ones every
 * FLUSH groups, which keeps their rounding error near that of a thousand terms. */
enum { GROUP = 4, RING = 2 * GROUP, FLUSH = 5 };

/* One thread's work space. */
typedef struct {
    float *state;      /* (steps + 1, columns, lanes) */
    float *slope;      /* (steps, N, lanes) */
    float *output;     /* (steps, 2, lanes): readout, then its adjoint e(t) */
    float *x;          /* (N, lanes) */
    float *rate;       /* (2, columns, lanes): R-rates of two steps */
    float *adjoint;    /* (RING, rows, lanes) */
    float *transposed; /* (GROUP, lanes, padded) */
    float *sum;        /* (rows, padded) */
} scratch;

/* What products with the Gauss-Newton matrix need of one chunk. */
typedef struct {
    float *state, *slope, *transposed; /* as above; transposed for all steps + 1 */
    float *rx;                         /* (steps + 1, N, lanes); block 0 is x(-1) = 0 */
} linear;

struct gn_gradient {
    gn_network shape; /* parameters NULL */
    const gn_kernel *kernel;
    gn_pool *pool;
    int steps, chunks, curvature_chunks;
    scratch *scratch;      /* per thread */
    linear *linear;        /* per curvature chunk */
    double **chunk_sum;    /* per chunk (rows, padded) */
    double (*chunk_terms)[2]; /* per chunk: squared errors, squared rates */
    float *forward, *backward, *direction; /* packed */
    float *point;                          /* v in single precision */
    const gn_batch *curvature;
};

static size_t product3(size_t a, size_t b, size_t c) { return a * b * c; }

static gn_status new_scratch(const gn_dims *d, size_t steps, scratch *s) {
    const size_t lanes = GN_LANES_MAX, n = (size_t)d->units, columns = (size_t)d->columns;
    s->state = gn_alloc(product3(steps + 1, columns, lanes), sizeof(float));
    s->slope = gn_alloc(product3(steps, n, lanes), sizeof(float));
    s->output = gn_alloc(product3(steps, 2, lanes), sizeof(float));
    s->x = gn_alloc(n * lanes, sizeof(float));
    s->rate = gn_alloc(product3(2, columns, lanes), sizeof(float));
    s->adjoint = gn_alloc(product3(RING, (size_t)d->rows, lanes), sizeof(float));
    s->transposed = gn_alloc(product3(GROUP, lanes, (size_t)d->padded), sizeof(float));
    s->sum = gn_alloc((size_t)d->rows * (size_t)d->padded, sizeof(float));
    return s->state && s->slope && s->output && s->x && s->rate && s->adjoint && s->transposed &&
                   s->sum
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
}

gn_status gn_gradient_new(const gn_network *shape, int trials, int curvature_trials, int steps,
                          const gn_kernel *kernel, gn_pool *pool, gn_gradient **out) {
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
    g->forward = gn_alloc(gn_packed_size(d.rows, d.columns), sizeof(float));
    g->direction = gn_alloc(gn_packed_size(d.rows, d.columns), sizeof(float));
    g->backward = gn_alloc(gn_packed_size(d.units, d.rows), sizeof(float));
    g->point = gn_alloc(gn_network_size(shape), sizeof(float));
    if (!g->scratch || !g->linear || !g->chunk_sum || !g->chunk_terms || !g->forward ||
        !g->direction || !g->backward || !g->point)
        goto fail;
    for (size_t i = 0; i < threads; i++)
        if (new_scratch(&d, t, &g->scratch[i])) goto fail;
    for (int c = 0; c < g->chunks; c++)
        if (!(g->chunk_sum[c] = gn_alloc((size_t)d.rows * (size_t)d.padded, sizeof(double))))
            goto fail;
    for (int c = 0; c < g->curvature_chunks; c++) {
        /* Fewer trials may lie in wider chunks (gn_partition): 48 in one of 48 lanes, 64 in two of 32. */
        const size_t lanes = g->curvature_chunks == 1 ? (size_t)chunk[0].lanes : GN_LANES_MAX;
        const size_t n = (size_t)d.units;
        linear *l = &g->linear[c];
        l->state = gn_alloc(product3(t + 1, (size_t)d.columns, lanes), sizeof(float));
        l->slope = gn_alloc(product3(t, n, lanes), sizeof(float));
        l->transposed = gn_alloc(product3(t + 1, lanes, (size_t)d.padded), sizeof(float));
        l->rx = gn_alloc(product3(t + 1, n, lanes), sizeof(float));
        if (!l->state || !l->slope || !l->transposed || !l->rx) goto fail;
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
        for (int i = 0; i < gn_pool_threads(g->pool); i++) free_scratch(&g->scratch[i]);
    if (g->chunk_sum)
        for (int c = 0; c < g->chunks; c++) free(g->chunk_sum[c]);
    if (g->linear)
        for (int c = 0; c < g->curvature_chunks; c++) {
            free(g->linear[c].state);
            free(g->linear[c].slope);
            free(g->linear[c].transposed);
            free(g->linear[c].rx);
        }
    free(g->scratch);
    free(g->linear);
    free(g->chunk_sum);
    free(g->chunk_terms);
    free(g->forward);
    free(g->direction);
    free(g->backward);
    free(g->point);
    free(g);
}

/* ---- one chunk forward ------------------------------------------------------------------------ */

/* Runs a chunk through all steps. state holds `slots` blocks (columns, lanes), used in turn; slope
 * may be NULL. output (steps, 2, lanes) receives the readouts. Returns the squared rates in
 * square, a sum a lane. */
static void run_chunk(const gn_gradient *g, const gn_batch *batch, int c, float *state, int slots,
                      float *slope, float *output, float *x, double *square) {
    const gn_dims d = gn_dims_of(&g->shape, batch->chunk[c].lanes);
    const size_t lanes = (size_t)d.lanes, block = (size_t)d.columns * lanes;
    const size_t unit_block = (size_t)d.units * lanes;
    const size_t input_block = (size_t)(d.columns - d.units) * lanes;
    const bool at_rate = g->shape.noise_site == GN_NOISE_RATE;
    float first_output[2 * GN_LANES_MAX] __attribute__((aligned(64)));
    memset(x, 0, unit_block * sizeof *x);
    memset(state, 0, block * sizeof *state);
    memset(square, 0, GN_LANES_MAX * sizeof *square);
    for (int t = 0; t < batch->steps; t++) {
        float *now = state + (size_t)(t % slots) * block;
        float *next = state + (size_t)((t + 1) % slots) * block;
        const float *noise = batch->noise[c] ? batch->noise[c] + (size_t)t * unit_block : NULL;
        gn_state_input(&d, batch->input[c] + (size_t)t * input_block, now);
        g->kernel->forward(&d, g->forward, now, at_rate ? NULL : noise, at_rate ? noise : NULL,
                           batch->mask[c], x, next, slope ? slope + (size_t)t * unit_block : NULL,
                           t ? output + (size_t)(t - 1) * 2 * lanes : first_output, square);
    }
    /* The last state has rates but no inputs: zeros, so that nothing stale enters a sum. */
    float *last = state + (size_t)(batch->steps % slots) * block;
    memset(last + unit_block, 0, input_block * sizeof *last);
    g->kernel->readout(&d, g->forward, last,
                       output + (size_t)(batch->steps - 1) * 2 * lanes);
}

/* Turns readouts into adjoints e = (y - target)/2 of E/2 (scaled by trials * steps, as all adjoints
 * here), idle lanes zero, and returns the sum of squared errors over the chunk's trials. */
static double output_error(const gn_gradient *g, const gn_batch *batch, int c, float *output) {
    double square[GN_LANES_MAX], sum = 0;
    g->kernel->residual(2 * batch->steps, batch->chunk[c].lanes, batch->target[c], batch->mask[c],
                        output, square);
    for (int k = 0; k < batch->chunk[c].width; k++) sum += square[k];
    return sum;
}

static void add_terms(gn_gradient *g, const gn_batch *batch, int c, float *output,
                      const double *square) {
    g->chunk_terms[c][0] = output_error(g, batch, c, output);
    double sum = 0;
    for (int k = 0; k < batch->chunk[c].width; k++) sum += square[k];
    g->chunk_terms[c][1] = sum;
}

/* ---- one chunk backward ----------------------------------------------------------------------- */

typedef struct {
    const float *state;      /* (steps + 1, columns, lanes), transposed here unless given */
    const float *transposed; /* (steps + 1, lanes, padded) or NULL */
    const float *slope;      /* (steps, N, lanes) */
    const float *rx;         /* (steps, N, lanes): a Gauss-Newton product; NULL: the gradient */
    const float *e;          /* (steps, 2, lanes): output adjoints */
    float c_rate, c_x;
} tape_of_chunk;

/* total (rows, padded) = sum over steps and trials of [delta(s); e(s-1)] [h(s-1); I(s); 1]'. */
static void back_chunk(const gn_gradient *g, const gn_dims *d, int steps, const tape_of_chunk *tape,
                       scratch *s, double *total) {
    const size_t lanes = (size_t)d->lanes, rows = (size_t)d->rows, padded = (size_t)d->padded;
    const size_t unit_block = (size_t)d->units * lanes, block = (size_t)d->columns * lanes;
    const size_t adjoint_block = rows * lanes, transposed_block = lanes * padded;
    memset(total, 0, rows * padded * sizeof *total);
    memset(s->sum, 0, rows * padded * sizeof *s->sum);
    memset(s->adjoint, 0, RING * adjoint_block * sizeof *s->adjoint); /* delta(T) = 0 */
    int groups = 0;
    for (int slot = steps; slot >= 0; slot--) {
        /* Slot s lies at ring position (steps - s) mod RING: a group are neighbours, in order. */
        const int position = (steps - slot) % RING;
        float *adjoint = s->adjoint + (size_t)position * adjoint_block;
        if (slot < steps) {
            const float *after = s->adjoint + (size_t)((position + RING - 1) % RING) * adjoint_block;
            const float *slope = tape->slope + (size_t)slot * unit_block;
            if (tape->rx)
                g->kernel->rbackward(d, g->backward, after, slope,
                                     tape->rx + (size_t)slot * unit_block, tape->c_rate, tape->c_x,
                                     adjoint);
            else /* the rates of this step lie in the next state */
                g->kernel->backward(d, g->backward, after, slope,
                                    tape->state + (size_t)(slot + 1) * block, tape->c_rate,
                                    adjoint);
        }
        if (slot > 0)
            memcpy(adjoint + unit_block, tape->e + (size_t)(slot - 1) * 2 * lanes,
                   2 * lanes * sizeof *adjoint);
        else
            memset(adjoint + unit_block, 0, 2 * lanes * sizeof *adjoint);
        if (!tape->transposed)
            g->kernel->transpose(d, tape->state + (size_t)slot * block,
                                 s->transposed + (size_t)(position % GROUP) * transposed_block);
        if (position % GROUP == GROUP - 1 || slot == 0) {
            int count = position % GROUP + 1;
            const float *from =
                tape->transposed ? tape->transposed + (size_t)(slot + count - 1) * transposed_block
                                 : s->transposed;
            g->kernel->outer(d, count, s->adjoint + (size_t)(position + 1 - count) * adjoint_block,
                             (long)adjoint_block, from,
                             tape->transposed ? -(long)transposed_block : (long)transposed_block,
                             s->sum);
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
    double square[GN_LANES_MAX];
    if (!j->with_gradient) {
        run_chunk(g, j->batch, c, s->state, 2, NULL, s->output, s->x, square);
        add_terms(g, j->batch, c, s->output, square);
        return;
    }
    const gn_dims d = gn_dims_of(&g->shape, j->batch->chunk[c].lanes);
    run_chunk(g, j->batch, c, s->state, j->batch->steps + 1, s->slope, s->output, s->x, square);
    add_terms(g, j->batch, c, s->output, square);
    const tape_of_chunk tape = {.state = s->state,
                       .slope = s->slope,
                       .e = s->output,
                       .c_rate = (float)(2.0 * j->weights.metabolic / d.units)};
    back_chunk(g, &d, j->batch->steps, &tape, s, g->chunk_sum[c]);
}

static gn_terms sum_terms(const gn_gradient *g, const gn_batch *batch, const float *parameter,
                          gn_weights weights) {
    const double samples = (double)batch->trials * batch->steps;
    gn_terms terms = {0};
    for (int c = 0; c < batch->chunks; c++) {
        terms.error += g->chunk_terms[c][0];
        terms.rate += g->chunk_terms[c][1];
    }
    terms.error /= samples * 2;
    terms.rate /= samples * batch->units;
    const size_t n = (size_t)g->shape.units, in = n * (size_t)g->shape.inputs, out = 2 * n;
    const float *win = parameter + n * n, *wout = win + in + n;
    for (size_t i = 0; i < in; i++) terms.l2 += (double)win[i] * (double)win[i];
    for (size_t i = 0; i < out; i++) terms.l2 += (double)wout[i] * (double)wout[i];
    terms.l2 /= (double)(in + out);
    terms.total = terms.error / 2 + weights.l2 * terms.l2 + weights.metabolic * terms.rate;
    return terms;
}

gn_terms gn_objective(gn_gradient *g, const gn_batch *batch, const float *parameter,
                      gn_weights weights) {
    job j = {g, batch, weights, false};
    gn_pack_forward(&g->shape, parameter, g->forward);
    gn_pool_run(g->pool, batch->chunks, objective_chunk, &j);
    return sum_terms(g, batch, parameter, weights);
}

/* Adds the chunks' sums in order and lays them out as parameters: the sums are over
 * [delta; e] [h; I; 1]', scaled by trials * steps. */
static void collect(const gn_gradient *g, const gn_batch *batch, double *out) {
    const gn_dims d = gn_dims_of(&g->shape, GN_LANES_MAX);
    const size_t size = (size_t)d.rows * (size_t)d.padded;
    const size_t n = (size_t)d.units, in = (size_t)g->shape.inputs;
    double *sum = g->chunk_sum[0];
    for (int c = 1; c < batch->chunks; c++)
        for (size_t i = 0; i < size; i++) sum[i] += g->chunk_sum[c][i];
    const double by_output = 1.0 / ((double)batch->trials * batch->steps);
    const double by_drive = (double)d.leak * by_output;
    for (size_t i = 0; i < n; i++) {
        const double *row = sum + i * (size_t)d.padded;
        for (size_t j = 0; j < n; j++) out[i * n + j] = by_drive * row[j];
        for (size_t j = 0; j < in; j++) out[n * n + i * in + j] = by_drive * row[n + j];
        out[n * n + n * in + i] = by_drive * row[n + in];
        for (size_t o = 0; o < 2; o++)
            out[n * n + n * in + n + o * n + i] =
                by_output * sum[(n + o) * (size_t)d.padded + i];
    }
}

/* out += 2 l2 / count * v on the input and readout weights. */
static void add_l2(const gn_gradient *g, double l2, const float *v, double *out) {
    const size_t n = (size_t)g->shape.units, in = n * (size_t)g->shape.inputs;
    const double factor = 2.0 * l2 / (double)(in + 2 * n);
    for (size_t i = n * n; i < n * n + in; i++) out[i] += factor * (double)v[i];
    for (size_t i = n * n + in + n; i < n * n + in + 3 * n; i++) out[i] += factor * (double)v[i];
}

gn_terms gn_objective_gradient(gn_gradient *g, const gn_batch *batch, const float *parameter,
                               gn_weights weights, double *gradient) {
    job j = {g, batch, weights, true};
    gn_pack_forward(&g->shape, parameter, g->forward);
    gn_pack_backward(&g->shape, parameter, g->backward);
    gn_pool_run(g->pool, batch->chunks, objective_chunk, &j);
    collect(g, batch, gradient);
    add_l2(g, weights.l2, parameter, gradient);
    return sum_terms(g, batch, parameter, weights);
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
    run_chunk(g, j->batch, c, l->state, (int)steps + 1, l->slope, s->output, s->x, square);
    for (size_t t = 0; t <= steps; t++)
        g->kernel->transpose(&d, l->state + t * block,
                             l->transposed + t * lanes * (size_t)d.padded);
    memset(l->rx, 0, (size_t)d.units * lanes * sizeof *l->rx);
}

void gn_curvature_at(gn_gradient *g, const gn_batch *batch, const float *parameter) {
    job j = {.g = g, .batch = batch};
    g->curvature = batch;
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
    const size_t lanes = (size_t)d.lanes, steps = (size_t)batch->steps;
    const size_t block = (size_t)d.columns * lanes, unit_block = (size_t)d.units * lanes;
    float first_output[2 * GN_LANES_MAX] __attribute__((aligned(64)));
    memset(s->rate, 0, 2 * block * sizeof *s->rate); /* rows of inputs stay zero */
    for (size_t t = 0; t < steps; t++)
        g->kernel->rforward(&d, g->direction, g->forward, l->state + t * block,
                            s->rate + (t % 2) * block, l->slope + t * unit_block,
                            l->rx + t * unit_block, l->rx + (t + 1) * unit_block,
                            s->rate + ((t + 1) % 2) * block,
                            t ? s->output + (t - 1) * 2 * lanes : first_output);
    float *last = s->output + (steps - 1) * 2 * lanes;
    g->kernel->readout(&d, g->direction, l->state + steps * block, last);
    g->kernel->readout(&d, g->forward, s->rate + (steps % 2) * block, first_output);
    for (size_t i = 0; i < 2 * lanes; i++) last[i] += first_output[i];
    for (size_t row = 0; row < 2 * steps; row++)
        for (size_t k = 0; k < lanes; k++)
            s->output[row * lanes + k] *= 0.5f * batch->mask[c][k];
    const tape_of_chunk tape = {.transposed = l->transposed,
                       .slope = l->slope,
                       .rx = l->rx + unit_block,
                       .e = s->output,
                       .c_rate = (float)(2.0 * j->weights.metabolic / d.units),
                       .c_x = (float)(j->weights.damping / d.units)};
    back_chunk(g, &d, (int)steps, &tape, s, g->chunk_sum[c]);
}

void gn_curvature_product(gn_gradient *g, gn_weights weights, const double *v, double *product) {
    job j = {.g = g, .batch = g->curvature, .weights = weights};
    const size_t size = gn_network_size(&g->shape);
    for (size_t i = 0; i < size; i++) g->point[i] = (float)v[i];
    gn_pack_forward(&g->shape, g->point, g->direction);
    gn_pool_run(g->pool, g->curvature->chunks, product_chunk, &j);
    collect(g, g->curvature, product);
    add_l2(g, weights.l2, g->point, product);
}

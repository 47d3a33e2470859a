/* How fast training and scoring are on this machine. Of training: the passes of one update in GFLOP/s and as a share of
 * the processor's fp32 FMA peak, beside the same by one sgemm a product and step.
 *
 * Only the products are counted, as a multiplication and an addition each, without padding. For one trial and step,
 * with C = N + N_in + 1 columns, these are
 *
 *   objective   2 N C + 4 N                      drive, readout
 *   gradient    objective + 2 N N + 4 N          W_rec' delta, W_out' e
 *                         + 2 N C + 4 N          weight gradients
 *   Gv          2 N C + 2 N N + 8 N              V state, W_rec Rh, both readouts
 *               + 2 N N + 4 N + 2 N C + 4 N      backward pass as for the gradient
 *
 * The time for everything else (tanh, leak, slopes, noise) is part of the time measured. */
#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/options.h"
#include "io/table.h"
#include "network/draw.h"
#include "network/hessian_free.h"
#include "network/initialise.h"
#include "network/rollout.h"
#include "units/score_truth.h"
#include "units/score_unit.h"
#include "width.h"

/* The number of trials for curvature products in the default recipe. */
enum { CURVATURE_TRIALS = 96 };

typedef struct {
    gn_tsv *table;
    const gn_kernel *kernel;
    const bench_width *width;
    gn_pool *pool;
    int threads;
    double peak;    /* GFLOP/s of these threads together */
    double seconds; /* shortest time to spend on a measurement */
    uint64_t seed;
} bench;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The shortest of several times, as everything else that the machine does can only make it longer. */
static double best_time(const bench *b, void (*pass)(void *), void *context) {
    pass(context); /* fills the caches */
    double best = INFINITY, began = now();
    for (int runs = 0; runs < 3 || now() - began < b->seconds; runs++) {
        double start = now();
        pass(context);
        best = fmin(best, now() - start);
    }
    return best;
}

static gn_status report(const bench *b, const char *what, int units, int lanes, int trials, int steps, double flops,
                        double seconds) {
    const double rate = flops / seconds * 1e-9;
    printf("%-24s %5d %5d %6d %5d %7d %10.3f", what, units, lanes, trials, steps, b->threads, seconds * 1e3);
    if (flops > 0)
        printf(" %9.1f %6.0f %%\n", rate, 100 * rate / b->peak);
    else
        printf("         -       -\n");
    fflush(stdout);
    gn_tsv_text(b->table, what);
    gn_tsv_int(b->table, units);
    gn_tsv_int(b->table, lanes);
    gn_tsv_int(b->table, trials);
    gn_tsv_int(b->table, steps);
    gn_tsv_int(b->table, b->threads);
    gn_tsv_double(b->table, seconds);
    gn_tsv_double(b->table, flops > 0 ? rate : NAN);
    gn_tsv_double(b->table, flops > 0 ? rate / b->peak : NAN);
    return gn_tsv_end_row(b->table);
}

/* ---- peak -------------------------------------------------------------------------------------- */

typedef struct {
    const bench_width *width;
    double *rate; /* per thread */
} peak_job;

static void peak_task(void *context, int i, int worker) {
    (void)worker;
    const peak_job *job = context;
    for (int repeat = 0; repeat < 100; repeat++) {
        double start = now(), flops = job->width->peak(200000);
        job->rate[i] = fmax(job->rate[i], flops / (now() - start) * 1e-9);
    }
}

/* The peak of all threads together. */
static double measure_peak(const bench *b) {
    double rate[b->threads], sum = 0;
    peak_job job = {b->width, rate};
    memset(rate, 0, sizeof rate);
    gn_pool_run(b->pool, b->threads, peak_task, &job);
    for (int i = 0; i < b->threads; i++)
        sum += rate[i];
    return sum;
}

/* ---- the passes of an update ------------------------------------------------------------------- */

static double flops_objective(double n, double columns) {
    return 2 * n * columns + 4 * n;
}
static double flops_back(double n, double columns) {
    return 2 * n * n + 4 * n + 2 * n * columns + 4 * n;
}
static double flops_product(double n, double columns) {
    return 2 * n * columns + 2 * n * n + 8 * n + flops_back(n, columns);
}

typedef struct {
    gn_network net;
    gn_batch batch;
    gn_gradient *gradient;
    double *g, *v;
} problem;

static const gn_weights weights = {.l2 = 0.25, .metabolic = 0.05, .damping = 750};

static gn_status new_network(int units, int steps, uint64_t seed, gn_network *net) {
    gn_status status = gn_network_new(units, 2, 2, net);
    if (status) return status;
    net->noise_sd = 0.1f;
    net->steps = steps;
    net->walk = (gn_walk){.zero_speed = 0.9, .turn_sd = 1.0 / 3, .top_speed = 0.2};
    status = gn_arena_make(GN_SQUARE, 0, &net->walk.arena);
    if (!status) status = gn_initialise(net, GN_ORTHOGONAL, 0, true, seed);
    return status;
}

static gn_status new_problem(const bench *b, int units, int trials, int steps, problem *p) {
    *p = (problem){0};
    gn_status status = new_network(units, steps, b->seed, &p->net);
    if (!status) status = gn_batch_new(&p->net, trials, steps, true, &p->batch);
    if (!status) status = gn_gradient_new(&p->net, trials, trials, steps, b->kernel, b->pool, &p->gradient);
    if (!status) status = gn_batch_draw(&p->batch, &p->net, b->seed, 0, b->kernel, b->pool);
    if (status) return status;
    const size_t size = gn_network_size(&p->net);
    p->g = gn_alloc(size, sizeof *p->g);
    p->v = gn_alloc(size, sizeof *p->v);
    if (!p->g || !p->v) return GN_EIO;
    gn_stream stream = gn_stream_open(b->seed, GN_PURPOSE_TEST, 0, 0);
    for (size_t i = 0; i < size; i++)
        p->v[i] = gn_stream_normal(&stream);
    for (int i = 0; i < 2 * units; i++)
        p->net.out[i] = (float)(0.1 * gn_stream_normal(&stream));
    return GN_OK;
}

static void free_problem(problem *p) {
    gn_gradient_free(p->gradient);
    gn_batch_free(&p->batch);
    gn_network_free(&p->net);
    free(p->g);
    free(p->v);
}

static void run_objective(void *context) {
    problem *p = context;
    gn_objective(p->gradient, &p->batch, p->net.parameter, weights);
}
static void run_gradient(void *context) {
    problem *p = context;
    gn_objective_gradient(p->gradient, &p->batch, p->net.parameter, weights, p->g);
}
static void run_product(void *context) {
    problem *p = context;
    gn_curvature_product(p->gradient, weights, p->v, p->g);
}

static gn_status measure_passes(const bench *b, int units, int trials, int steps) {
    problem p;
    gn_status status = new_problem(b, units, trials, steps, &p);
    const double n = units, c = units + 3, samples = (double)trials * steps;
    const int lanes = status ? 0 : p.batch.chunk[0].lanes;
    if (!status)
        status = report(b, "objective", units, lanes, trials, steps, samples * flops_objective(n, c),
                        best_time(b, run_objective, &p));
    if (!status)
        status = report(b, "gradient", units, lanes, trials, steps,
                        samples * (flops_objective(n, c) + flops_back(n, c)), best_time(b, run_gradient, &p));
    if (!status) {
        gn_curvature_at(p.gradient, &p.batch, p.net.parameter);
        status =
            report(b, "Gv", units, lanes, trials, steps, samples * flops_product(n, c), best_time(b, run_product, &p));
    }
    free_problem(&p);
    return status;
}

/* ---- by sgemm, a step at a time ----------------------------------------------------------------- */

/* The arrays of one thread, with blocks for all steps as in a training. The last two rows of rx and slope are not used.
 */
typedef struct {
    int units, columns, steps, trials;
    float *weights, *direction;  /* (N + 2, C) */
    float *state, *rrate;        /* (steps, C, trials) */
    float *adjoint, *rx, *slope; /* (steps, N + 2, trials) */
    float *out, *sum;            /* (N + 2, trials), (N + 2, C) */
} blas_problem;

/* What is measured: the products of the forward pass, those of Gv, or all of Gv. */
typedef enum { BLAS_FORWARD, BLAS_PRODUCTS, BLAS_WHOLE } blas_pass;

typedef struct {
    const bench *b;
    blas_problem *p;
    int problems;
    blas_pass pass;
} blas_job;

static void blas_task(void *context, int i, int worker) {
    (void)worker;
    const blas_job *job = context;
    const blas_problem *p = &job->p[i];
    const bench_width *width = job->b->width;
    const int n = p->units, c = p->columns, m = p->trials;
    const size_t block = (size_t)(n + 2) * (size_t)m, count = (size_t)n * (size_t)m;
    const float leak = 0.1f;
    for (int t = 0; t < p->steps; t++) {
        const float *state = p->state + (size_t)t * (size_t)(c * m);
        float *rrate = p->rrate + (size_t)t * (size_t)(c * m);
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n + 2, m, c, 1,
                    job->pass == BLAS_FORWARD ? p->weights : p->direction, c, state, m, 0, p->out, m);
        if (job->pass == BLAS_FORWARD) continue;
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n + 2, m, n, 1, p->weights, c, rrate, m, 1, p->out, m);
        if (job->pass == BLAS_PRODUCTS || t + 1 == p->steps) continue;
        const size_t at = (size_t)t * block, next = at + block;
        width->rforward(count, leak, p->out, p->slope + at, p->rx + at, p->rx + next, rrate + (size_t)(c * m));
        memcpy(p->adjoint + at + count, p->out + count, 2 * (size_t)m * sizeof *p->out);
    }
    for (int t = p->steps; job->pass != BLAS_FORWARD && t-- > 0;) {
        const size_t at = (size_t)t * block, before = at - block;
        const float *adjoint = p->adjoint + at;
        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, n, m, n + 2, 1, p->weights, c, adjoint, m, 0, p->out, m);
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, n + 2, c, m, 1, adjoint, m,
                    p->state + (size_t)t * (size_t)(c * m), m, 1, p->sum, c);
        if (job->pass == BLAS_WHOLE && t > 0)
            width->rbackward(count, leak, p->out, p->slope + before, p->rx + before, adjoint, p->adjoint + before);
    }
}

/* Runs each problem in a thread of the pool, or one problem with the threads of OpenBLAS. */
static void run_blas(void *context) {
    const blas_job *job = context;
    gn_pool_run(job->b->pool, job->problems, blas_task, context);
}

static float *filled(size_t count) {
    float *p = gn_alloc(count, sizeof *p);
    for (size_t i = 0; p && i < count; i++)
        p[i] = (float)(i * 7919 % 1000) * 1e-4f - 0.05f;
    return p;
}

static void free_blas(blas_problem *p) {
    float *const all[] = {p->weights, p->direction, p->state, p->rrate, p->adjoint, p->rx, p->slope, p->out, p->sum};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        free(all[k]);
}

static gn_status new_blas(int units, int steps, int trials, blas_problem *p) {
    const size_t rows = (size_t)units + 2, c = (size_t)units + 3, m = (size_t)trials, t = (size_t)steps;
    *p = (blas_problem){.units = units, .columns = units + 3, .steps = steps, .trials = trials};
    p->weights = filled(rows * c);
    p->direction = filled(rows * c);
    p->state = filled(t * c * m);
    p->rrate = filled(t * c * m);
    p->adjoint = filled(t * rows * m);
    p->rx = filled(t * rows * m);
    p->slope = filled(t * rows * m);
    p->out = filled(rows * m);
    p->sum = filled(rows * c);
    return p->weights && p->direction && p->state && p->rrate && p->adjoint && p->rx && p->slope && p->out && p->sum
               ? GN_OK
               : GN_EIO;
}

/* Measures `problems` problems of `trials` trials each: one problem for each thread, or a single one for the threads of
 * OpenBLAS. */
static gn_status measure_blas(const bench *b, int units, int steps, int trials, int problems) {
    static const char *const name[2][3] = {
        {"sgemm a step: forward", "sgemm a step: Gv", "the same and its passes"},
        {"its own threads: forward", "its own threads: Gv", "its own threads: passes"}};
    blas_problem p[problems];
    gn_status status = GN_OK;
    memset(p, 0, sizeof p);
    for (int i = 0; i < problems && !status; i++)
        status = new_blas(units, steps, trials, &p[i]);
    const double n = units, c = units + 3, samples = (double)trials * problems * steps;
    for (blas_pass pass = BLAS_FORWARD; pass <= BLAS_WHOLE && !status; pass++) {
        blas_job job = {b, p, problems, pass};
        const double flops = pass == BLAS_FORWARD ? flops_objective(n, c) : flops_product(n, c);
        status = report(b, name[problems < b->threads][pass], units, trials, trials * problems, steps, samples * flops,
                        best_time(b, run_blas, &job));
    }
    for (int i = 0; i < problems; i++)
        free_blas(&p[i]);
    return status;
}

/* Measures OpenBLAS with all trials of the recipe in each thread, with the share that each thread has in a training,
 * and with all trials in the threads of OpenBLAS. */
static gn_status measure_blas_shapes(const bench *b, int units, int steps) {
    const int share = CURVATURE_TRIALS / b->threads;
    gn_status status = measure_blas(b, units, steps, CURVATURE_TRIALS, b->threads);
    if (status || b->threads == 1) return status;
    if (share > 0) status = measure_blas(b, units, steps, share, b->threads);
    if (status) return status;
    openblas_set_num_threads(b->threads);
    status = measure_blas(b, units, steps, CURVATURE_TRIALS, 1);
    openblas_set_num_threads(1);
    return status;
}

/* ---- a whole update ------------------------------------------------------------------------------ */

/* The number of evaluations of the objective by backtracking. CG keeps the iterates ceil(5 * 1.3^j) and the last one,
 * and backtracking evaluates one more than the one it chooses. */
static int evaluations(const gn_log_row *row) {
    int kept = 0, chosen = 0, last = 0;
    double next = 5;
    for (int i = 1; i <= (int)row->cg_steps; i++) {
        if (i != (int)ceil(next) && i != (int)row->cg_steps) continue;
        last = kept++;
        if (i == (int)row->cg_kept) chosen = last;
        while ((int)ceil(next) <= i)
            next *= 1.3;
    }
    return last - chosen + 1 + (chosen > 0) + (int)row->line_tries;
}

/* Measures whole updates by the default recipe except for the length of trials: drawing trials and noise, gradient, CG,
 * backtracking and line search. Reports the median. */
static gn_status measure_update(const bench *b, int units, int trials, int some, int steps, int updates) {
    const gn_optimiser_options options = {.optimiser = GN_HF,
                                          .cg_iterations = 50,
                                          .cg_decay = 0.95,
                                          .damping_scale = 3000,
                                          .gradient_clip = 10,
                                          .metabolic_floor = 0.025,
                                          .metabolic_ceiling = 0.25,
                                          .self_connections = true};
    gn_optimiser_state state = {.l2 = 0.25, .metabolic = 0.05};
    gn_network net = {0};
    gn_batch batch = {0}, fewer = {0};
    gn_gradient *gradient = NULL;
    gn_hessian_free *hf = NULL;
    double seconds[updates], flops[updates], drawing = 0;
    gn_status status = new_network(units, steps, b->seed, &net);
    if (!status) status = gn_batch_new(&net, trials, steps, true, &batch);
    if (!status) status = gn_batch_new(&net, some, steps, true, &fewer);
    if (!status) status = gn_gradient_new(&net, trials, some, steps, b->kernel, b->pool, &gradient);
    if (!status) status = gn_hessian_free_new(&net, &options, gradient, &hf);
    state.step = gn_alloc(gn_network_size(&net), sizeof *state.step);
    if (!status && !state.step) status = GN_EIO;
    for (int u = 0; u < updates && !status; u++) {
        gn_log_row row;
        const double began = now(), l2 = state.l2, metabolic = state.metabolic;
        status = gn_batch_draw(&batch, &net, b->seed, (uint32_t)u, b->kernel, b->pool);
        if (!status) status = gn_batch_draw(&fewer, &net, b->seed, (uint32_t)u, b->kernel, b->pool);
        drawing += now() - began;
        if (!status) status = gn_hessian_free_update(hf, u, &batch, &fewer, &net, &state, &row);
        if (status) break;
        seconds[u] = now() - began;
        const double n = units, c = units + 3, forward = flops_objective(n, c);
        const int gradients = 1 + (row.l2_weight != l2 || row.metabolic_weight != metabolic);
        flops[u] = (double)trials * steps * (gradients * (forward + flops_back(n, c)) + evaluations(&row) * forward) +
                   (double)some * steps * (forward + (row.cg_steps + 1) * flops_product(n, c));
    }
    double all = 0;
    int middle = 0;
    for (int u = 0; u < updates && !status; u++) {
        int below = 0;
        for (int k = 0; k < updates; k++)
            below += seconds[k] < seconds[u] || (seconds[k] == seconds[u] && k < u);
        if (below == updates / 2) middle = u;
        all += seconds[u];
    }
    if (!status)
        status = report(b, "update", units, batch.chunk[0].lanes, trials, steps, flops[middle], seconds[middle]);
    if (!status) printf("%-24s drawing trials and noise takes %.1f %% of it\n", "", 100 * drawing / all);
    gn_hessian_free_free(hf);
    gn_gradient_free(gradient);
    gn_batch_free(&batch);
    gn_batch_free(&fewer);
    gn_network_free(&net);
    free(state.step);
    return status;
}

typedef struct {
    const bench *b;
    int trials, steps;
    float *z; /* (threads, 100, 48) */
} noise_job;

static void noise_task(void *context, int i, int worker) {
    const noise_job *job = context;
    float *z = job->z + (size_t)worker * 100 * GN_LANES_MAX;
    for (int t = 0; t < job->steps; t++)
        job->b->kernel->noise(1, GN_PURPOSE_NOISE, 0, (uint32_t)(i * GN_LANES_MAX), (uint32_t)t, 100, GN_LANES_MAX,
                              0.1f, z);
}

static void run_noise(void *context) {
    noise_job *job = context;
    gn_pool_run(job->b->pool, job->trials / GN_LANES_MAX, noise_task, job);
}

static gn_status measure_noise(const bench *b, int trials, int steps) {
    noise_job job = {b, trials, steps, gn_alloc((size_t)b->threads * 100 * GN_LANES_MAX, sizeof *job.z)};
    if (!job.z) return GN_EIO;
    gn_status status = report(b, "noise", 100, GN_LANES_MAX, trials, steps, 0, best_time(b, run_noise, &job));
    free(job.z);
    return status;
}

/* ---- one trial ------------------------------------------------------------------------------- */

typedef struct {
    gn_network net;
    gn_trajectories walk;
} walk_job;

static void see_nothing(void *context, int chunk, size_t first, int width, int lanes, size_t step, const float *rate,
                        const float *position) {
    (void)context, (void)chunk, (void)first, (void)width, (void)lanes, (void)step, (void)rate, (void)position;
}

static void run_walk(void *context) {
    const walk_job *job = context;
    const gn_rollout_options options = {.noise_sd = job->net.noise_sd, .threads = 1};
    gn_rollout(&job->net, &job->walk, &options, see_nothing, NULL);
}

/* A walk of one animal, as the walks that units are scored by. */
static gn_status measure_walk(const bench *b, int units, int steps) {
    walk_job job = {0};
    const double n = units;
    gn_status status = new_network(units, steps, b->seed, &job.net);
    if (!status) status = gn_trajectories_new(1, (size_t)steps, &job.walk);
    if (!status) status = gn_walk_sample_all(&job.net.walk, b->seed, GN_PURPOSE_TEST, 0, 1, &job.walk);
    if (!status)
        status = report(b, "walk of one animal", units, 1, 1, steps, steps * (2 * n * (n + 3) + 4 * n),
                        best_time(b, run_walk, &job));
    gn_trajectories_free(&job.walk);
    gn_network_free(&job.net);
    return status;
}

/* ---- scores ------------------------------------------------------------------------------------
 */

enum { SCORED_UNITS = 100, SCORED_SAMPLES = 20000, SCORED_BINS = 32 };

/* A walk in the square and units of saturated noise, as score-units is given a network. */
static gn_status make_up_run(const bench *b, const gn_arena *arena, const gn_grid *grid, float *position, float *rate) {
    gn_stream stream = gn_stream_open(b->seed, GN_PURPOSE_TEST, 1, 0);
    gn_status status = GN_OK;
    for (int t = 0; t < SCORED_SAMPLES; t++)
        for (int k = 0; k < 2; k++) {
            double to = (t ? (double)position[2 * (t - 1) + k] : 0) + 0.1 * gn_stream_normal(&stream);
            if (fabs(to) > 1) to = copysign(2, to) - to; /* reflected */
            position[2 * t + k] = (float)to;
        }
    for (int i = 0; i < SCORED_UNITS && !status; i++) {
        stream = gn_stream_open(b->seed, GN_PURPOSE_TEST, 2, (uint32_t)i);
        status = gn_truth_rate(GN_TRUTH_SATURATED, 4, 0, arena, grid, SCORED_SAMPLES, position, &stream,
                               rate + (size_t)i * SCORED_SAMPLES);
    }
    return status;
}

static double processor_time(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* All scores of one network with their nulls, as score-units computes them by default: seconds of one core. */
static gn_status measure_scores(const bench *b) {
    const gn_grid grid = {.bins = SCORED_BINS, .bin_width = 2.0 / SCORED_BINS, .x_min = -1, .y_min = -1};
    const gn_score_options options = {.shifts = 200, .noise_maps = 400, .seed = b->seed};
    float *position = gn_alloc(2UL * SCORED_SAMPLES, sizeof *position);
    float *rate = gn_alloc((unsigned long)SCORED_UNITS * SCORED_SAMPLES, sizeof *rate);
    gn_unit_scores *scores = gn_alloc(SCORED_UNITS, sizeof *scores);
    gn_scorer *scorer = NULL;
    gn_run_maps maps = {0};
    gn_arena arena;
    gn_status status = position && rate && scores ? gn_arena_make(GN_SQUARE, 0, &arena) : GN_EIO;
    if (!status) status = make_up_run(b, &arena, &grid, position, rate);
    const double began = processor_time();
    if (!status) status = gn_run_maps_new(&grid, SCORED_SAMPLES, position, 1, &maps);
    if (!status) status = gn_scorer_new(&maps.map, &arena, &maps, &options, b->pool, &scorer);
    if (!status) status = gn_scorer_run(scorer, SCORED_UNITS, rate, scores, NULL, NULL, NULL);
    if (!status)
        status = report(b, "scores of a network, CPU", SCORED_UNITS, 0, 0, SCORED_SAMPLES, 0, processor_time() - began);
    gn_scorer_free(scorer);
    gn_run_maps_free(&maps);
    free(scores);
    free(rate);
    free(position);
    return status;
}

/* ---- program ------------------------------------------------------------------------------------
 */

static gn_status measure(const bench *b, bool quick) {
    static const int units[] = {100, 200, 400};
    const int steps = quick ? 60 : 500;
    gn_status status = GN_OK;
    for (int u = 0; u < (quick ? 2 : 3) && !status; u++) {
        const int length = steps * 100 / units[u];
        /* Chunks of 16 lanes are measured only with one thread, as the trials of two threads would be one chunk of 32.
         */
        for (int lanes = b->threads == 1 ? 16 : 32; lanes <= GN_LANES_MAX && !status; lanes += 16)
            status = measure_passes(b, units[u], lanes * b->threads, length);
        if (!status) status = measure_blas_shapes(b, units[u], length);
        if (!status) status = measure_update(b, units[u], quick ? 96 : 500, CURVATURE_TRIALS, length, quick ? 3 : 5);
    }
    if (!status) status = measure_noise(b, 480, steps);
    if (!status && b->threads == 1) status = measure_walk(b, 100, 20 * steps);
    if (!status) status = measure_scores(b);
    return status;
}

/* Measures the peak first, as it is the scale of all other results and is written to the header. */
static gn_status begin(bench *b, const char *key) {
    gn_status status = gn_pool_new(b->threads, &b->pool);
    if (status) return status;
    b->peak = measure_peak(b);
    printf("fp32 FMA peak of %d thread%s with %s: %.1f GFLOP/s\n", b->threads, b->threads > 1 ? "s" : "",
           b->kernel->name, b->peak);
    return gn_tsv_key(b->table, key, "%.17g", b->peak);
}

static const bench_width *width_of(const gn_kernel *kernel) {
#if defined(__x86_64__)
    if (kernel->width == 8) return &bench_avx2;
    if (kernel->width == 16) return &bench_avx512;
#endif
    (void)kernel;
    return &bench_portable;
}

static gn_status run(const gn_options *o) {
    const bool quick = gn_option_flag(o, "quick");
    const gn_kernel *kernel = gn_kernel_select();
    gn_tsv *table = kernel ? gn_tsv_new("bench") : NULL;
    if (!kernel || !table) return kernel ? GN_EIO : GN_EUSAGE;
    bench one = {.table = table,
                 .kernel = kernel,
                 .width = width_of(kernel),
                 .threads = 1,
                 .seconds = quick ? 0.05 : 0.5,
                 .seed = gn_option_seed(o)};
    bench all = one;
    all.threads = gn_option_threads(o);
    gn_status status = gn_tsv_key(table, "kernel", "%s", kernel->name);
    if (!status) status = begin(&one, "peak_one_thread");
    if (!status) status = begin(&all, "peak_all_threads");
    if (!status)
        status = gn_tsv_columns(table,
                                "measure\tunits\tlanes\ttrials\tsteps\tthreads\tseconds\t"
                                "gflop_per_second\tshare_of_peak");
    printf("%-24s %5s %5s %6s %5s %7s %10s %9s %8s\n", "", "units", "lanes", "trials", "steps", "threads", "ms",
           "GFLOP/s", "of peak");
    if (!status) status = measure(&one, quick);
    if (!status && all.threads > 1) status = measure(&all, quick);
    if (!status) status = gn_tsv_write(table, gn_option_output(o));
    gn_pool_free(one.pool);
    gn_pool_free(all.pool);
    gn_tsv_free(table);
    return status;
}

static const gn_option option[] = {
    {.name = "quick", .type = GN_OPTION_FLAG, .fallback = "", .help = "fewer and shorter measurements"},
    {0},
};

static const gn_program program = {
    .name = "bench",
    .purpose = "measures training and scoring on this machine",
    .operands = "",
    .option = option,
    .details = "One thread, then --threads of them. Rates count the products of the algorithm only.",
    .fastest_blas = true,
    .run = run,
};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

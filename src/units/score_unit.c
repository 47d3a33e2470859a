#include "units/score_unit.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "units/score_tuning.h"

typedef struct {
    gn_shape_work *shape;
    double *sums;    /* (2 samples + 1) */
    double *scratch; /* (2, bins) */
    double *map;     /* (2, bins): two maps at a time */
    double *half;    /* (2, bins) */
    double *null;    /* (GN_NULL_SCORES, shifts) */
} worker;

struct gn_scorer {
    gn_score_options options;
    gn_shape_plan *plan;
    gn_noise noise;
    gn_pool *pool;
    const gn_run_maps *run;
    worker *worker;
    int *rung; /* of each unit, during a run */
    /* of the run being scored */
    size_t samples;
    const float *rate;
    gn_unit_scores *scores;
    double *surrogate;
    pthread_mutex_t lock;
    void (*progress)(void *);
    void *context;
};

static gn_status worker_new(const gn_scorer *s, worker *w) {
    const unsigned long bins = gn_map_bins(gn_shape_plan_mask(s->plan));
    w->shape = gn_shape_work_new(s->plan);
    w->scratch = gn_alloc(2 * bins, sizeof *w->scratch);
    w->map = gn_alloc(2 * bins, sizeof *w->map);
    w->half = gn_alloc(2 * bins, sizeof *w->half);
    if (!w->shape || !w->scratch || !w->map || !w->half) return GN_EIO;
    if (!s->run) return GN_OK;
    w->sums = gn_alloc(2 * s->run->samples + 1, sizeof *w->sums);
    w->null = gn_alloc(GN_NULL_SCORES * (unsigned long)s->options.shifts, sizeof *w->null);
    return w->sums && w->null ? GN_OK : GN_EIO;
}

gn_status gn_scorer_new(const gn_map *mask, const gn_arena *arena, const gn_run_maps *run,
                        const gn_score_options *options, gn_pool *pool, gn_scorer **scorer) {
    gn_scorer *s = gn_alloc(1, sizeof *s);
    *scorer = NULL;
    if (!s) return GN_EIO;
    pthread_mutex_init(&s->lock, NULL);
    s->options = *options;
    s->pool = pool;
    s->run = run;
    s->plan = gn_shape_plan_new(mask, arena);
    gn_status status = s->plan ? GN_OK : GN_EIO;
    if (!status) status = gn_noise_new(s->plan, options->noise_maps, options->seed, pool, &s->noise);
    if (!status) s->worker = gn_alloc((unsigned long)gn_pool_threads(pool), sizeof *s->worker);
    if (!status && !s->worker) status = GN_EIO;
    for (int i = 0; !status && i < gn_pool_threads(pool); i++)
        status = worker_new(s, &s->worker[i]);
    if (status)
        gn_scorer_free(s);
    else
        *scorer = s;
    return status;
}

void gn_scorer_free(gn_scorer *s) {
    if (!s) return;
    for (int i = 0; s->worker && i < gn_pool_threads(s->pool); i++) {
        gn_shape_work_free(s->worker[i].shape);
        free(s->worker[i].sums);
        free(s->worker[i].scratch);
        free(s->worker[i].map);
        free(s->worker[i].half);
        free(s->worker[i].null);
    }
    free(s->worker);
    gn_noise_free(&s->noise);
    gn_shape_plan_free(s->plan);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

const gn_noise *gn_scorer_noise(const gn_scorer *s) {
    return &s->noise;
}

static size_t bins_of(const gn_scorer *s) {
    return gn_map_bins(gn_shape_plan_mask(s->plan));
}

static gn_scored worth(double value, const gn_null *shift, const gn_null *noise) {
    gn_scored s = {value, NAN, NAN, NAN, NAN, NAN, NAN};
    if (shift) {
        s.p95 = gn_null_percentile(shift, 95);
        s.p99 = gn_null_percentile(shift, 99);
        s.z = gn_null_z(shift, value);
    }
    if (noise) {
        s.noise_p95 = gn_null_percentile(noise, 95);
        s.noise_p99 = gn_null_percentile(noise, 99);
        s.noise_z = gn_null_z(noise, value);
    }
    return s;
}

/* Is the map closer to a square lattice than to a triangular one? By z, for the two scores have
 * different nulls. */
static bool looks_square(const gn_unit_scores *u, bool run) {
    const gn_scored *sixty = &u->shape[GN_SHAPE_GRIDNESS60];
    const gn_scored *ninety = &u->shape[GN_SHAPE_GRIDNESS90];
    const double z60 = run ? sixty->z : sixty->noise_z, z90 = run ? ninety->z : ninety->noise_z;
    return z90 > z60 || isnan(z60);
}

/* Everything that follows from a map's scores and nulls. The map's autocorrelogram and standard
 * form are those last left in the work space. */
static void finish(const gn_scorer *s, gn_shape_work *work, const gn_shape_scores *shape, const gn_null *shift,
                   const gn_null *noise, gn_unit_scores *u) {
    const gn_map *mask = gn_shape_plan_mask(s->plan);
    double threshold[GN_FOURIER_SUMS];
    gn_class_evidence e = {.shift = shift, .noise = noise, .stability = u->stability.value};
    gn_lattice lattice[2];
    for (int k = 0; k < GN_SHAPES; k++) {
        e.score[k] = shape->score[k];
        u->shape[k] = worth(shape->score[k], shift ? &shift[k] : NULL, &noise[k]);
    }
    u->border = shape->border;
    for (int square = 0; square < 2; square++)
        gn_lattice_score(mask->bins_x, mask->bins_y, mask->bin_width, gn_shape_work_sac(work), shape->gridness.inner,
                         square, &lattice[square]);
    e.lattice60 = !isnan(lattice[0].spacing);
    e.lattice90 = !isnan(lattice[1].spacing);
    u->lattice = lattice[looks_square(u, shift)];
    gn_class_axis_thresholds(shift, noise, threshold);
    gn_fourier_axes(gn_shape_plan_fourier(s->plan), gn_shape_work_fourier(work), gn_shape_work_standard(work),
                    threshold, &u->fourier);
    e.axes = u->fourier.axes;
    if (shift) e.stability_shift = &shift[GN_NULL_STABILITY];
    u->class = gn_classify(&e, &u->class_z);
}

/* ---- units of a run --------------------------------------------------------------- */

static void find_rung(void *context, int unit, int number) {
    gn_scorer *s = context;
    worker *w = &s->worker[number];
    double width[2];
    gn_run_sums(s->samples, s->rate + (size_t)unit * s->samples, w->sums);
    gn_run_map(s->run, w->sums, 0, w->scratch, w->map, NULL);
    gn_shape_half_widths(s->plan, w->shape, w->map, NULL, width);
    s->rung[unit] = gn_noise_rung(&s->noise, width[0]);
}

/* Map of a shift, and its scores other than the shape's. */
static void shifted(const gn_scorer *s, worker *w, size_t shift, double *map, double *information, double *stability,
                    int *sign) {
    const size_t bins = bins_of(s);
    gn_run_map(s->run, w->sums, shift, w->scratch, map, w->half);
    *information = gn_spatial_information(bins, map, s->run->occupancy, sign);
    *stability = gn_pearson(bins, w->half, w->half + bins);
}

static void score_shifts(const gn_scorer *s, worker *w, int unit) {
    const int shifts = s->options.shifts;
    double *information = w->null + GN_NULL_INFORMATION * shifts;
    double *stability = w->null + GN_NULL_STABILITY * shifts;
    for (int k = 0; k < shifts; k += 2) {
        gn_shape_scores shape[2];
        const int count = k + 1 < shifts ? 2 : 1;
        for (int i = 0; i < count; i++)
            shifted(s, w, gn_run_shift(s->samples, s->options.seed, (uint32_t)unit, (uint32_t)(k + i)),
                    w->map + (size_t)i * bins_of(s), &information[k + i], &stability[k + i], NULL);
        gn_shape_score_pair(s->plan, w->shape, w->map, count == 2 ? w->map + bins_of(s) : NULL, &shape[0], &shape[1]);
        for (int i = 0; i < count; i++)
            for (int score = 0; score < GN_SHAPES; score++)
                w->null[score * shifts + k + i] = shape[i].score[score];
    }
}

static void score_unit(void *context, int unit, int number) {
    gn_scorer *s = context;
    worker *w = &s->worker[number];
    gn_unit_scores *u = &s->scores[unit];
    const int shifts = s->options.shifts;
    gn_null shift[GN_NULL_SCORES];
    gn_shape_scores shape;
    double information, stability;
    gn_run_sums(s->samples, s->rate + (size_t)unit * s->samples, w->sums);
    score_shifts(s, w, unit);
    if (s->surrogate)
        memcpy(s->surrogate + (size_t)unit * GN_NULL_SCORES * (size_t)shifts, w->null,
               GN_NULL_SCORES * (size_t)shifts * sizeof *w->null);
    for (int k = 0; k < GN_NULL_SCORES; k++)
        shift[k] = gn_null_of(shifts, w->null + k * shifts);
    shifted(s, w, 0, w->map, &information, &stability, NULL);
    gn_shape_score_pair(s->plan, w->shape, w->map, NULL, &shape, NULL);
    u->information = worth(information, &shift[GN_NULL_INFORMATION], NULL);
    u->stability = worth(stability, &shift[GN_NULL_STABILITY], NULL);
    u->noise_sd = s->noise.sd[s->rung[unit]];
    finish(s, w->shape, &shape, shift, s->noise.null[s->rung[unit]], u);
    if (!s->progress) return;
    pthread_mutex_lock(&s->lock);
    s->progress(s->context);
    pthread_mutex_unlock(&s->lock);
}

gn_status gn_scorer_run(gn_scorer *s, int units, const float *rate, gn_unit_scores *scores, double *surrogate,
                        void (*progress)(void *), void *context) {
    bool wanted[GN_NOISE_RUNGS_MAX] = {false};
    s->samples = s->run->samples;
    s->rate = rate;
    s->scores = scores;
    s->surrogate = surrogate;
    s->progress = progress;
    s->context = context;
    s->rung = gn_alloc((unsigned long)units, sizeof *s->rung);
    if (!s->rung) return GN_EIO;
    gn_pool_run(s->pool, units, find_rung, s);
    for (int i = 0; i < units; i++)
        wanted[s->rung[i]] = true;
    gn_status status = gn_noise_fill(&s->noise, wanted, s->pool);
    if (!status) gn_pool_run(s->pool, units, score_unit, s);
    free(s->rung);
    s->rung = NULL;
    return status;
}

/* ---- one map ---------------------------------------------------------------------- */

gn_status gn_scorer_map(gn_scorer *s, const double *map, gn_unit_scores *u) {
    bool wanted[GN_NOISE_RUNGS_MAX] = {false};
    gn_shape_work *work = s->worker[0].shape;
    gn_shape_scores shape;
    double width[2];
    gn_shape_half_widths(s->plan, work, map, NULL, width);
    const int rung = gn_noise_rung(&s->noise, width[0]);
    wanted[rung] = true;
    gn_status status = gn_noise_fill(&s->noise, wanted, s->pool);
    if (status) return status;
    gn_shape_score_pair(s->plan, work, map, NULL, &shape, NULL);
    u->information = worth(gn_spatial_information(bins_of(s), map, NULL, NULL), NULL, NULL);
    u->stability = worth(NAN, NULL, NULL);
    u->noise_sd = s->noise.sd[rung];
    finish(s, work, &shape, NULL, s->noise.null[rung], u);
    return GN_OK;
}

#include "units/score_unit.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "units/score_tuning.h"

typedef struct {
    gn_shape_work *shape;
    double *sums;       /* (2 samples + 1) */
    double *scratch;    /* (2, bins) */
    double *map;        /* (BATCH, bins) */
    double *half;       /* (2, bins) */
    double *null;       /* (GN_NULL_SCORES, shifts) */
    double *noise;      /* (GN_SHAPES, noise maps) */
    gn_distance *order; /* (surrogates of noise) */
} worker;

struct gn_scorer {
    gn_score_options options;
    gn_shape_plan *plan;
    gn_noise noise;
    gn_pool *pool;
    const gn_run_maps *run;
    worker *worker;
    bool *of_rest; /* of each unit or map, during a run */
    /* what is being scored */
    size_t samples;
    const float *rate;
    const double *maps;
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
    w->map = gn_alloc(GN_PATTERN_BATCH * bins, sizeof *w->map);
    w->half = gn_alloc(2 * bins, sizeof *w->half);
    w->noise = gn_alloc(GN_SHAPES * (unsigned long)s->noise.near, sizeof *w->noise);
    w->order = gn_alloc((unsigned long)s->noise.count, sizeof *w->order);
    if (!w->shape || !w->scratch || !w->map || !w->half || !w->noise || !w->order) return GN_EIO;
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
    gn_status status = gn_shape_plan_new(mask, arena, &s->plan);
    if (!status) status = gn_noise_new(s->plan, options->noise_maps, options->seed, &s->noise);
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
        free(s->worker[i].noise);
        free(s->worker[i].order);
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
const char *gn_scorer_border_undefined(const gn_scorer *s) {
    return gn_shape_border_undefined(s->plan);
}

static size_t bins_of(const gn_scorer *s) {
    return gn_map_bins(gn_shape_plan_mask(s->plan));
}

static gn_scored worth(double value, const gn_null *shift, const gn_null *noise) {
    gn_scored s = {value, NAN, NAN, NAN, NAN, NAN, NAN, !shift};
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

/* Whether the map is closer to a square lattice than to a triangular one. This is judged by z, because the two
 * scores have different nulls. */
static bool looks_square(const gn_unit_scores *u, bool run) {
    const gn_scored *sixty = &u->shape[GN_SHAPE_GRIDNESS60];
    const gn_scored *ninety = &u->shape[GN_SHAPE_GRIDNESS90];
    const double z60 = run ? sixty->z : sixty->noise_z, z90 = run ? ninety->z : ninety->noise_z;
    return z90 > z60 || isnan(z60);
}

/* Uses what the work space holds of the map (gn_shape_work_sac), so it is called before the rest of the map is
 * scored there. */
static void measure_lattice(const gn_scorer *s, worker *w, const gn_shape_scores *shape, gn_unit_scores *u) {
    const gn_map *mask = gn_shape_plan_mask(s->plan);
    u->lattice = (gn_lattice){.spacing = NAN, .orientation_degrees = NAN, .ellipticity = NAN};
    gn_lattice_score(mask->bins_x, mask->bins_y, mask->bin_width, gn_shape_work_sac(w->shape), shape->gridness.inner,
                     looks_square(u, s->run), &u->lattice);
}

/* Computes everything that follows from a map's scores and nulls. The map is the one that the work space scored
 * last. With of_rest, the lattice scores of the null are those of what planes leave of the shifted maps. */
static void finish(const gn_scorer *s, worker *w, const gn_shape_scores *shape, const double *map, const gn_null *shift,
                   bool of_rest, gn_unit_scores *u) {
    const gn_pattern_plan *plan = gn_shape_plan_pattern(s->plan);
    const double *standard = gn_shape_work_standard(w->shape);
    gn_null noise[GN_SHAPES];
    u->range = gn_value_range(gn_map_bins(gn_shape_plan_mask(s->plan)), map);
    gn_class_evidence e = {.shift = shift,
                           .noise = noise,
                           .ramp = shape->pattern.ramp,
                           .band = shape->pattern.wave,
                           .border = shape->pattern.fall,
                           .range = shift || s->options.of_rates ? u->range : INFINITY,
                           .stability = u->stability.value,
                           .stability_shift = shift ? &shift[GN_NULL_STABILITY] : NULL};
    gn_pattern_shares lattices = shape->pattern;
    gn_map scored = *gn_shape_plan_mask(s->plan);
    scored.value = map;
    u->wavelength = gn_map_wavelength(&scored);
    u->width = shape->width;
    u->border = shape->border;
    u->pattern = shape->pattern;
    u->of_rest = of_rest;
    gn_noise_null(&s->noise, shape->width, shape->pattern.ramp, w->noise, w->order, noise);
    memcpy(e.score, shape->score, sizeof e.score);
    for (int k = 0; k < GN_SHAPES; k++)
        u->shape[k] = worth(e.score[k], shift ? &shift[k] : NULL, &noise[k]);
    measure_lattice(s, w, shape, u);
    gn_pattern_refine_wave(plan, gn_shape_work_pattern(w->shape), standard, shape->pattern.wave_at, &u->wave);
    if (of_rest) {
        gn_rest_scores rest;
        gn_shape_rests(s->plan, w->shape, 1, map, &shape->pattern, true,
                       &rest); /* `standard` is now what the plane left */
        noise[GN_SHAPE_LATTICE] = gn_noise_null_rest(&s->noise, rest.width, w->noise, w->order);
        e.score[GN_SHAPE_LATTICE] = rest.lattice;
        u->shape[GN_SHAPE_LATTICE] =
            worth(rest.lattice, shift ? &shift[GN_SHAPE_LATTICE] : NULL, &noise[GN_SHAPE_LATTICE]);
        lattices = rest.pattern;
    }
    u->fold = lattices.lattice[GN_TRIANGULAR] > lattices.lattice[GN_RECTANGULAR] ? GN_TRIANGULAR : GN_RECTANGULAR;
    u->lattice_share = lattices.lattice[u->fold];
    if (of_rest) u->lattice_share = shape->pattern.ramp + (1 - shape->pattern.ramp) * u->lattice_share;
    e.grid = u->lattice_share;
    u->class = gn_classify(&e, &u->class_z);
    u->axes = gn_class_axes(&e, u->fold);
    if (u->axes == 0) u->wave = (gn_wave){0};
    if (u->axes > 1)
        gn_pattern_refine_lattice(plan, gn_shape_work_pattern(w->shape), standard, u->fold,
                                  lattices.lattice_at[u->fold], &u->wave);
    if (isnan(shape->score[GN_SHAPE_WAVE])) { /* a constant map has no variance that could be shared */
        u->pattern.ramp = u->pattern.smooth = u->pattern.slow = u->pattern.fall = u->lattice_share = NAN;
        u->pattern.fall_wall = -1;
    }
}

/* ---- units of a run --------------------------------------------------------------- */

static bool needs_rest(const gn_scorer *s, worker *w, const double *map) {
    gn_map observed = *gn_shape_plan_mask(s->plan);
    observed.value = map;
    gn_map_standardise(&observed, w->half);
    return gn_class_lattice_of_rest(1 - gn_pattern_take_ramp(gn_shape_plan_pattern(s->plan), w->half, w->scratch));
}

static void look_at_unit(void *context, int unit, int number) {
    gn_scorer *s = context;
    worker *w = &s->worker[number];
    gn_run_sums(s->samples, s->rate + (size_t)unit * s->samples, w->sums);
    gn_run_map(s->run, w->sums, 0, w->scratch, w->map, w->half);
    s->of_rest[unit] = needs_rest(s, w, w->map);
}

/* Makes the map of a shift, and the scores of it that do not depend on its shape. */
static void shifted_map(const gn_scorer *s, worker *w, size_t shift, double *map, double *information,
                        double *stability) {
    const size_t bins = bins_of(s);
    gn_run_map(s->run, w->sums, shift, w->scratch, map, w->half);
    *information = gn_spatial_information(bins, map, s->run->occupancy);
    *stability = gn_pearson(bins, w->half, w->half + bins);
}

static void score_shifts(const gn_scorer *s, worker *w, int unit) {
    const int shifts = s->options.shifts;
    double *information = w->null + GN_NULL_INFORMATION * shifts, *stability = w->null + GN_NULL_STABILITY * shifts;
    gn_shape_scores shape[GN_PATTERN_BATCH];
    gn_pattern_shares whole[GN_PATTERN_BATCH];
    gn_rest_scores rest[GN_PATTERN_BATCH];
    for (int first = 0; first < shifts; first += GN_PATTERN_BATCH) {
        const int count = shifts - first < GN_PATTERN_BATCH ? shifts - first : GN_PATTERN_BATCH;
        for (int k = 0; k < count; k++)
            shifted_map(s, w, gn_run_shift(s->samples, s->options.seed, (uint32_t)unit, (uint32_t)(first + k)),
                        w->map + (size_t)k * bins_of(s), &information[first + k], &stability[first + k]);
        gn_shape_maps(s->plan, w->shape, count, w->map, !s->of_rest[unit], shape);
        for (int k = 0; k < count; k++)
            whole[k] = shape[k].pattern;
        if (s->of_rest[unit]) gn_shape_rests(s->plan, w->shape, count, w->map, whole, false, rest);
        for (int k = 0; k < count; k++) {
            for (int score = 0; score < GN_SHAPES; score++)
                w->null[score * shifts + first + k] = shape[k].score[score];
            if (s->of_rest[unit]) w->null[GN_SHAPE_LATTICE * shifts + first + k] = rest[k].lattice;
        }
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
    shifted_map(s, w, 0, w->map, &information, &stability);
    gn_shape_maps(s->plan, w->shape, 1, w->map, true, &shape);
    u->information = worth(information, &shift[GN_NULL_INFORMATION], NULL);
    u->stability = worth(stability, &shift[GN_NULL_STABILITY], NULL);
    finish(s, w, &shape, w->map, shift, s->of_rest[unit], u);
    if (!s->progress) return;
    pthread_mutex_lock(&s->lock);
    s->progress(s->context);
    pthread_mutex_unlock(&s->lock);
}

/* Runs `look` over all units or maps, which finds out for which of them the lattice is sought in what a plane
 * leaves, and then `score`. What planes leave of the noise is only scored when there is such a unit. */
static gn_status run(gn_scorer *s, int count, void (*look)(void *, int, int), void (*score)(void *, int, int)) {
    s->of_rest = gn_alloc((unsigned long)count, sizeof *s->of_rest);
    if (!s->of_rest) return GN_EIO;
    bool rest = false;
    gn_pool_run(s->pool, count, look, s);
    for (int i = 0; i < count; i++)
        rest |= s->of_rest[i];
    gn_status status = gn_noise_score(&s->noise, rest, s->pool);
    if (!status) gn_pool_run(s->pool, count, score, s);
    free(s->of_rest);
    s->of_rest = NULL;
    return status;
}

gn_status gn_scorer_run(gn_scorer *s, int units, const float *rate, gn_unit_scores *scores, double *surrogate,
                        void (*progress)(void *), void *context) {
    s->samples = s->run->samples;
    s->rate = rate;
    s->scores = scores;
    s->surrogate = surrogate;
    s->progress = progress;
    s->context = context;
    return run(s, units, look_at_unit, score_unit);
}

/* ---- single maps -------------------------------------------------------------------- */

static void look_at_map(void *context, int i, int number) {
    gn_scorer *s = context;
    s->of_rest[i] = needs_rest(s, &s->worker[number], s->maps + (size_t)i * bins_of(s));
}

static void score_map(void *context, int i, int number) {
    gn_scorer *s = context;
    worker *w = &s->worker[number];
    const double *map = s->maps + (size_t)i * bins_of(s);
    gn_unit_scores *u = &s->scores[i];
    gn_shape_scores shape;
    gn_shape_maps(s->plan, w->shape, 1, map, true, &shape);
    u->information = worth(gn_spatial_information(bins_of(s), map, NULL), NULL, NULL);
    u->stability = worth(NAN, NULL, NULL);
    finish(s, w, &shape, map, NULL, s->of_rest[i], u);
}

gn_status gn_scorer_maps(gn_scorer *s, int count, const double *maps, gn_unit_scores *scores) {
    s->maps = maps;
    s->scores = scores;
    return run(s, count, look_at_map, score_map);
}

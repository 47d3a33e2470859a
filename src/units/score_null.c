#include "units/score_null.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

enum { CALIBRATION = 64 /* maps a rung; even */ };
static const double FINEST_SD = 0.5, COARSEST_SHARE = 0.3;
static const double LADDER_STEP = 1.189207115002721;    /* 2^(1/4): no map is off by more than 9% */
static const uint32_t NOISE_UPDATE = UINT32_C(1) << 31; /* units use the updates below */

static int compare(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

gn_null gn_null_of(int count, double *value) {
    gn_null null = {.mean = NAN, .sd = NAN, .sorted = value};
    double sum = 0, squares = 0;
    for (int i = 0; i < count; i++)
        if (!isnan(value[i])) {
            const double v = value[i];
            value[i] = value[null.count];
            value[null.count++] = v;
            sum += v;
        }
    if (null.count == 0) return null;
    qsort(value, (size_t)null.count, sizeof *value, compare);
    null.mean = sum / null.count;
    for (int i = 0; i < null.count; i++)
        squares += (value[i] - null.mean) * (value[i] - null.mean);
    null.sd = sqrt(squares / null.count);
    return null;
}

double gn_null_percentile(const gn_null *null, double percent) {
    if (null->count == 0) return NAN;
    const int rank = (int)ceil(percent / 100 * (null->count + 1) - 1e-9);
    return null->sorted[(rank < 1 ? 1 : rank > null->count ? null->count : rank) - 1];
}

double gn_null_z(const gn_null *null, double score) {
    return null->count && null->sd > 0 ? (score - null->mean) / null->sd : NAN;
}

/* ---- smoothed noise --------------------------------------------------------------- */

typedef struct {
    gn_shape_work *shape;
    double *white, *scratch, *map[2];
} worker;

typedef struct {
    gn_noise *noise;
    gn_smoother smoother[GN_NOISE_RUNGS_MAX];
    const bool *wanted; /* (rungs); NULL: calibration of all */
    int pairs;          /* a rung */
    double *half_width; /* (rungs, CALIBRATION) */
    worker *worker;
    int workers;
} job;

static void job_end(job *j) {
    for (int r = 0; r < GN_NOISE_RUNGS_MAX; r++)
        gn_smoother_free(&j->smoother[r]);
    for (int i = 0; j->worker && i < j->workers; i++) {
        gn_shape_work_free(j->worker[i].shape);
        free(j->worker[i].white);
        free(j->worker[i].scratch);
        free(j->worker[i].map[0]);
        free(j->worker[i].map[1]);
    }
    free(j->worker);
    free(j->half_width);
}

static gn_status job_begin(gn_noise *n, gn_pool *pool, job *j) {
    const gn_map *mask = gn_shape_plan_mask(n->plan);
    const unsigned long bins = gn_map_bins(mask);
    *j = (job){.noise = n, .workers = gn_pool_threads(pool)};
    j->worker = gn_alloc((unsigned long)j->workers, sizeof *j->worker);
    if (!j->worker) return GN_EIO;
    for (int i = 0; i < j->workers; i++) {
        worker *w = &j->worker[i];
        w->shape = gn_shape_work_new(n->plan);
        w->white = gn_alloc(bins, sizeof *w->white);
        w->scratch = gn_alloc(bins, sizeof *w->scratch);
        w->map[0] = gn_alloc(bins, sizeof *w->map[0]);
        w->map[1] = gn_alloc(bins, sizeof *w->map[1]);
        if (!w->shape || !w->white || !w->scratch || !w->map[0] || !w->map[1]) return GN_EIO;
    }
    gn_status status = GN_OK;
    for (int r = 0; !status && r < n->rungs; r++)
        status = gn_smoother_new(mask, NULL, n->sd[r], &j->smoother[r]);
    return status;
}

/* Map number k of a rung: a function of seed, rung and k alone. */
static void draw(const job *j, worker *w, int rung, int k, double *map) {
    const gn_map *mask = gn_shape_plan_mask(j->noise->plan);
    gn_stream stream = gn_stream_open(j->noise->seed, GN_PURPOSE_SCORE, NOISE_UPDATE + (uint32_t)rung, (uint32_t)k);
    for (size_t i = 0; i < gn_map_bins(mask); i++)
        w->white[i] = isnan(mask->value[i]) ? 0 : gn_stream_normal(&stream);
    gn_smoother_apply(&j->smoother[rung], w->white, w->scratch, map);
}

static void run_pair(void *context, int task, int number) {
    job *j = context;
    gn_noise *n = j->noise;
    worker *w = &j->worker[number];
    const int rung = task / j->pairs, k = 2 * (task % j->pairs);
    gn_shape_scores s[2];
    if (j->wanted && !(j->wanted[rung] && !n->null[rung][0].sorted)) return;
    for (int i = 0; i < 2; i++)
        draw(j, w, rung, k + i, w->map[i]);
    if (!j->wanted) {
        gn_shape_half_widths(n->plan, w->shape, w->map[0], w->map[1], j->half_width + rung * CALIBRATION + k);
        return;
    }
    gn_shape_score_pair(n->plan, w->shape, w->map[0], w->map[1], &s[0], &s[1]);
    for (int i = 0; i < 2 && k + i < n->maps; i++)
        for (int score = 0; score < GN_SHAPES; score++)
            n->value[rung][score * n->maps + k + i] = s[i].score[score];
}

gn_status gn_noise_new(const gn_shape_plan *plan, int maps, uint64_t seed, gn_pool *pool, gn_noise *n) {
    const gn_map *mask = gn_shape_plan_mask(plan);
    const double side = mask->bins_x < mask->bins_y ? mask->bins_x : mask->bins_y;
    *n = (gn_noise){.maps = maps, .seed = seed, .plan = plan};
    n->rungs = 1; /* sd 0 */
    for (double sd = FINEST_SD; sd <= COARSEST_SHARE * side && n->rungs < GN_NOISE_RUNGS_MAX; sd *= LADDER_STEP)
        n->sd[n->rungs++] = sd;
    job j;
    gn_status status = job_begin(n, pool, &j);
    if (!status) {
        j.pairs = CALIBRATION / 2;
        j.half_width = gn_alloc((unsigned long)n->rungs * CALIBRATION, sizeof *j.half_width);
        status = j.half_width ? GN_OK : GN_EIO;
    }
    if (!status) {
        gn_pool_run(pool, n->rungs * j.pairs, run_pair, &j);
        for (int r = 0; r < n->rungs; r++) {
            const gn_null widths = gn_null_of(CALIBRATION, j.half_width + r * CALIBRATION);
            n->half_width[r] = gn_null_percentile(&widths, 50);
        }
    }
    job_end(&j);
    return status;
}

void gn_noise_free(gn_noise *n) {
    for (int r = 0; r < GN_NOISE_RUNGS_MAX; r++)
        free(n->value[r]);
    *n = (gn_noise){0};
}

int gn_noise_rung(const gn_noise *n, double half_width) {
    int best = 0;
    for (int r = 1; r < n->rungs; r++)
        if (fabs(log(half_width / n->half_width[r])) < fabs(log(half_width / n->half_width[best]))) best = r;
    return best;
}

gn_status gn_noise_fill(gn_noise *n, const bool *wanted, gn_pool *pool) {
    job j;
    gn_status status = job_begin(n, pool, &j);
    for (int r = 0; !status && r < n->rungs; r++)
        if (wanted[r] && !n->value[r]) {
            n->value[r] = gn_alloc(GN_SHAPES * (unsigned long)n->maps, sizeof *n->value[r]);
            status = n->value[r] ? GN_OK : GN_EIO;
        }
    if (!status) {
        j.wanted = wanted;
        j.pairs = (n->maps + 1) / 2;
        gn_pool_run(pool, n->rungs * j.pairs, run_pair, &j);
        for (int r = 0; r < n->rungs; r++)
            for (int s = 0; s < GN_SHAPES && wanted[r] && !n->null[r][s].sorted; s++)
                n->null[r][s] = gn_null_of(n->maps, n->value[r] + s * n->maps);
    }
    job_end(&j);
    return status;
}

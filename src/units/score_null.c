#include "units/score_null.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

static const double FINEST_SD = 0.5, COARSEST_SHARE = 0.4;
static const double LADDER_STEP = 1.4142135623730951;
/* Shifts of unit u draw from update u, noise from updates above all these, so that no random numbers are shared. */
static const uint32_t NOISE_UPDATE = UINT32_C(1) << 31;

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

/* The matrix that makes smooth noise in `bins` bins from white noise on a grid of `cells` cells, along one side. */
typedef struct {
    int cells;
    double *weight; /* (bins, cells) */
} side;

typedef struct {
    gn_shape_work *shape;
    double *white, *along, *standard; /* (cells, cells), (bins, cells), (bins) */
    double *map;                      /* (GN_PATTERN_BATCH, bins) */
} worker;

typedef struct {
    gn_noise *noise;
    side x[GN_NOISE_RUNGS_MAX], y[GN_NOISE_RUNGS_MAX];
    bool whole, rest; /* whether the surrogates are scored, and what planes leave of them */
    worker *worker;
    int workers, batches; /* of a rung */
} job;

/* A cell of the grid is as wide as a bin, or as two thirds of the Gaussian's standard deviation where that is more;
 * noise from such a grid is still equally smooth everywhere. The grid reaches three standard deviations beyond the
 * map. */
static gn_status make_side(int bins, double sd, side *s) {
    const double cell = fmax(1, sd / 1.5);
    const int beyond = (int)ceil(3 * sd / cell), inside = (int)ceil((bins - 1) / cell) + 1;
    s->cells = inside + 2 * beyond;
    s->weight = gn_alloc((unsigned long)bins * (unsigned long)s->cells, sizeof *s->weight);
    for (int i = 0; s->weight && i < bins; i++)
        for (int c = 0; c < s->cells; c++) {
            const double apart = i - (c - beyond) * cell;
            s->weight[i * s->cells + c] = sd > 0 ? exp(-apart * apart / (2 * sd * sd)) : apart == 0;
        }
    return s->weight ? GN_OK : GN_EIO;
}

static void job_end(job *j) {
    for (int r = 0; r < GN_NOISE_RUNGS_MAX; r++) {
        free(j->x[r].weight);
        free(j->y[r].weight);
    }
    for (int i = 0; j->worker && i < j->workers; i++) {
        gn_shape_work_free(j->worker[i].shape);
        free(j->worker[i].white);
        free(j->worker[i].along);
        free(j->worker[i].standard);
        free(j->worker[i].map);
    }
    free(j->worker);
}

static gn_status job_begin(gn_pool *pool, job *j) {
    const gn_noise *n = j->noise;
    const gn_map *mask = gn_shape_plan_mask(n->plan);
    const unsigned long bins = gn_map_bins(mask);
    unsigned long white = 0, along = 0;
    gn_status status = GN_OK;
    j->workers = gn_pool_threads(pool);
    j->batches = (n->maps + GN_PATTERN_BATCH - 1) / GN_PATTERN_BATCH;
    for (int r = 0; !status && r < n->rungs; r++) {
        status = make_side(mask->bins_x, n->sd[r], &j->x[r]);
        if (!status) status = make_side(mask->bins_y, n->sd[r], &j->y[r]);
        const unsigned long its = (unsigned long)j->x[r].cells * (unsigned long)j->y[r].cells;
        const unsigned long its_along = (unsigned long)mask->bins_y * (unsigned long)j->x[r].cells;
        white = its > white ? its : white;
        along = its_along > along ? its_along : along;
    }
    j->worker = gn_alloc((unsigned long)j->workers, sizeof *j->worker);
    if (status || !j->worker) return GN_EIO;
    for (int i = 0; i < j->workers; i++) {
        worker *w = &j->worker[i];
        w->shape = gn_shape_work_new(n->plan);
        w->white = gn_alloc(white, sizeof *w->white);
        w->along = gn_alloc(along, sizeof *w->along);
        w->standard = gn_alloc(bins, sizeof *w->standard);
        w->map = gn_alloc(GN_PATTERN_BATCH * bins, sizeof *w->map);
        if (!w->shape || !w->white || !w->along || !w->standard || !w->map) return GN_EIO;
    }
    return GN_OK;
}

/* Draws map number k of a rung, which depends on seed, rung and k only and not on the thread that draws it. */
static void draw(const job *j, worker *w, int rung, int k, double *map) {
    gn_map mask = *gn_shape_plan_mask(j->noise->plan);
    const side *x = &j->x[rung], *y = &j->y[rung];
    const double *visited = mask.value;
    gn_stream stream = gn_stream_open(j->noise->seed, GN_PURPOSE_SCORE, NOISE_UPDATE + (uint32_t)rung, (uint32_t)k);
    for (int i = 0; i < x->cells * y->cells; i++)
        w->white[i] = gn_stream_normal(&stream);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, mask.bins_y, x->cells, y->cells, 1, y->weight, y->cells,
                w->white, x->cells, 0, w->along, x->cells);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, mask.bins_y, mask.bins_x, x->cells, 1, w->along, x->cells,
                x->weight, x->cells, 0, map, mask.bins_x);
    for (size_t i = 0; i < gn_map_bins(&mask); i++)
        if (isnan(visited[i])) map[i] = NAN;
    mask.value = map;
    gn_map_standardise(&mask, w->standard);
    for (size_t i = 0; i < gn_map_bins(&mask); i++)
        map[i] = isnan(visited[i]) ? NAN : tanh(w->standard[i]);
}

static void run_batch(void *context, int task, int number) {
    job *j = context;
    gn_noise *n = j->noise;
    worker *w = &j->worker[number];
    const int rung = task / j->batches, first = task % j->batches * GN_PATTERN_BATCH;
    const int count = n->maps - first < GN_PATTERN_BATCH ? n->maps - first : GN_PATTERN_BATCH;
    const size_t bins = gn_map_bins(gn_shape_plan_mask(n->plan)), at = (size_t)rung * (size_t)n->maps + (size_t)first;
    gn_shape_scores shape[GN_PATTERN_BATCH];
    gn_rest_scores rest[GN_PATTERN_BATCH];
    for (int k = 0; k < count; k++)
        draw(j, w, rung, first + k, w->map + (size_t)k * bins);
    if (j->whole) gn_shape_maps(n->plan, w->shape, count, w->map, true, shape);
    for (int k = 0; j->whole && k < count; k++) {
        n->width[at + (size_t)k] = shape[k].width;
        n->pattern[at + (size_t)k] = shape[k].pattern;
        memcpy(n->score + (at + (size_t)k) * GN_SHAPES, shape[k].score, sizeof shape[k].score);
    }
    if (j->rest) gn_shape_rests(n->plan, w->shape, count, w->map, n->pattern + at, true, rest);
    for (int k = 0; j->rest && k < count; k++) {
        n->rest_width[at + (size_t)k] = rest[k].width;
        n->rest_lattice[at + (size_t)k] = rest[k].lattice;
    }
}

gn_status gn_noise_new(const gn_shape_plan *plan, int maps, uint64_t seed, gn_noise *n) {
    const gn_map *mask = gn_shape_plan_mask(plan);
    const double shorter = mask->bins_x < mask->bins_y ? mask->bins_x : mask->bins_y;
    *n = (gn_noise){.maps = maps, .seed = seed, .plan = plan};
    n->rungs = 1; /* sd 0 */
    for (double sd = FINEST_SD; sd <= COARSEST_SHARE * shorter && n->rungs < GN_NOISE_RUNGS_MAX; sd *= LADDER_STEP)
        n->sd[n->rungs++] = sd;
    n->count = n->rungs * maps;
    n->near = maps > GN_NULL_FEWEST ? maps : GN_NULL_FEWEST;
    if (n->count < n->near)
        return gn_fail(GN_EUSAGE, "noise-maps: %d of each of %d widths, accepted for maps of %d x %d bins: %d or more",
                       maps, n->rungs, mask->bins_x, mask->bins_y, (GN_NULL_FEWEST + n->rungs - 1) / n->rungs);
    return GN_OK;
}

gn_status gn_noise_score(gn_noise *n, bool rest, gn_pool *pool) {
    const unsigned long count = (unsigned long)n->count;
    job j = {.noise = n, .whole = !n->width, .rest = rest && !n->rest_width};
    if (!j.whole && !j.rest) return GN_OK;
    if (j.whole) {
        n->width = gn_alloc(count, sizeof *n->width);
        n->pattern = gn_alloc(count, sizeof *n->pattern);
        n->score = gn_alloc(GN_SHAPES * count, sizeof *n->score);
    }
    if (j.rest) {
        n->rest_width = gn_alloc(count, sizeof *n->rest_width);
        n->rest_lattice = gn_alloc(count, sizeof *n->rest_lattice);
    }
    gn_status status = n->width && n->pattern && n->score ? GN_OK : GN_EIO;
    if (j.rest && (!n->rest_width || !n->rest_lattice)) status = GN_EIO;
    if (!status) status = job_begin(pool, &j);
    if (!status) gn_pool_run(pool, n->rungs * j.batches, run_batch, &j);
    job_end(&j);
    return status;
}

void gn_noise_free(gn_noise *n) {
    free(n->width);
    free(n->pattern);
    free(n->score);
    free(n->rest_width);
    free(n->rest_lattice);
    *n = (gn_noise){0};
}

/* The order of surrogates, the nearest to the map first. */
static int nearer(const void *a, const void *b) {
    const gn_distance *p = a, *q = b;
    if (p->width != q->width) return p->width < q->width ? -1 : 1;
    if (p->ramp != q->ramp) return p->ramp < q->ramp ? -1 : 1;
    return (p->number > q->number) - (p->number < q->number);
}

/* Sorts the surrogates by their distance from a map. With pattern NULL, only the widths count and not what planes
 * explain. */
static void find_nearest(const gn_noise *n, const double *widths, double width, const gn_pattern_shares *pattern,
                         double ramp, gn_distance *order) {
    for (int i = 0; i < n->count; i++) {
        const double apart = fabs(log(widths[i] / width));
        order[i] = (gn_distance){isnan(apart) ? INFINITY : apart, pattern ? fabs(pattern[i].ramp - ramp) : 0, i};
    }
    qsort(order, (size_t)n->count, sizeof *order, nearer);
}

void gn_noise_null(const gn_noise *n, double width, double ramp, double *value, gn_distance *order,
                   gn_null null[GN_SHAPES]) {
    find_nearest(n, n->width, width, n->pattern, ramp, order);
    for (int s = 0; s < GN_SHAPES; s++) {
        double *of_score = value + (size_t)s * (size_t)n->near;
        for (int k = 0; k < n->near; k++)
            of_score[k] = n->score[(size_t)order[k].number * GN_SHAPES + (size_t)s];
        null[s] = gn_null_of(n->near, of_score);
    }
}

gn_null gn_noise_null_rest(const gn_noise *n, double width, double *value, gn_distance *order) {
    find_nearest(n, n->rest_width, width, NULL, 0, order);
    for (int k = 0; k < n->near; k++)
        value[k] = n->rest_lattice[order[k].number];
    return gn_null_of(n->near, value);
}

#include "units/score_shape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct gn_shape_plan {
    gn_map mask;
    double *value; /* the mask's: 0 visited, nan not */
    gn_sac_plan *sac;
    gn_grid_plan *grid;
    gn_fourier_plan *fourier;
    gn_border_plan *border;
};

struct gn_shape_work {
    gn_sac_work *sac;
    gn_fourier_work *fourier;
    double *standard[2], *correlogram[2]; /* (bins), (lags) of each of two maps */
    int *labels;
};

gn_shape_plan *gn_shape_plan_new(const gn_map *mask, const gn_arena *arena) {
    gn_shape_plan *p = gn_alloc(1, sizeof *p);
    if (!p) return NULL;
    p->mask = *mask;
    p->mask.value = p->value = gn_alloc(gn_map_bins(mask), sizeof *p->value);
    if (!p->value) goto fail;
    for (size_t i = 0; i < gn_map_bins(mask); i++)
        p->value[i] = isnan(mask->value[i]) ? NAN : 0;
    p->fourier = gn_fourier_plan_new(&p->mask); /* checks the size */
    if (!p->fourier) goto fail;
    p->sac = gn_sac_plan_new(&p->mask);
    if (!p->sac) goto fail;
    p->grid = gn_grid_plan_new(mask->bins_x, mask->bins_y, gn_sac_pairs(p->sac));
    p->border = gn_border_plan_new(&p->mask, arena);
    if (!p->grid || !p->border) goto fail;
    return p;
fail:
    gn_shape_plan_free(p);
    return NULL;
}

void gn_shape_plan_free(gn_shape_plan *p) {
    if (!p) return;
    gn_sac_plan_free(p->sac);
    gn_grid_plan_free(p->grid);
    gn_fourier_plan_free(p->fourier);
    gn_border_plan_free(p->border);
    free(p->value);
    free(p);
}

const gn_map *gn_shape_plan_mask(const gn_shape_plan *p) {
    return &p->mask;
}
const gn_fourier_plan *gn_shape_plan_fourier(const gn_shape_plan *p) {
    return p->fourier;
}
const int *gn_shape_plan_pairs(const gn_shape_plan *p) {
    return gn_sac_pairs(p->sac);
}

gn_shape_work *gn_shape_work_new(const gn_shape_plan *p) {
    const unsigned long bins = gn_map_bins(&p->mask);
    const unsigned long lags = (unsigned long)gn_sac_side(p->mask.bins_x) * (unsigned long)gn_sac_side(p->mask.bins_y);
    gn_shape_work *w = gn_alloc(1, sizeof *w);
    if (!w) return NULL;
    w->sac = gn_sac_work_new(p->sac);
    w->fourier = gn_fourier_work_new(p->fourier);
    for (int i = 0; i < 2; i++) {
        w->standard[i] = gn_alloc(bins, sizeof *w->standard[i]);
        w->correlogram[i] = gn_alloc(lags, sizeof *w->correlogram[i]);
    }
    w->labels = gn_alloc(2 * bins, sizeof *w->labels);
    if (w->sac && w->fourier && w->standard[0] && w->standard[1] && w->correlogram[0] && w->correlogram[1] && w->labels)
        return w;
    gn_shape_work_free(w);
    return NULL;
}

void gn_shape_work_free(gn_shape_work *w) {
    if (!w) return;
    gn_sac_work_free(w->sac);
    gn_fourier_work_free(w->fourier);
    for (int i = 0; i < 2; i++) {
        free(w->standard[i]);
        free(w->correlogram[i]);
    }
    free(w->labels);
    free(w);
}

gn_fourier_work *gn_shape_work_fourier(gn_shape_work *w) {
    return w->fourier;
}
const double *gn_shape_work_sac(const gn_shape_work *w) {
    return w->correlogram[0];
}
const double *gn_shape_work_standard(const gn_shape_work *w) {
    return w->standard[0];
}

static void score_one(const gn_shape_plan *p, gn_shape_work *w, int which, const double *map, double sd,
                      gn_shape_scores *s) {
    gn_gridness_score(p->grid, w->correlogram[which], &s->gridness);
    s->half_width = s->gridness.half_width;
    s->score[GN_SHAPE_GRIDNESS60] = s->gridness.gridness60;
    s->score[GN_SHAPE_GRIDNESS90] = s->gridness.gridness90;
    gn_fourier_peaks(p->fourier, w->fourier, w->standard[which], &s->score[GN_SHAPE_FOURIER], &s->trend);
    gn_border_score(p->border, map, w->labels, &s->border);
    s->score[GN_SHAPE_BORDER] = s->border.score;
    if (sd > 0) return;
    for (int k = 0; k < GN_SHAPES; k++)
        s->score[k] = NAN; /* constant: no shape */
    s->trend = s->half_width = NAN;
}

/* Standardised maps and their autocorrelograms; sd (2) of the maps. */
static void correlate(const gn_shape_plan *p, gn_shape_work *w, const double *a, const double *b, double *sd) {
    gn_map map = p->mask;
    map.value = a;
    sd[0] = gn_map_standardise(&map, w->standard[0]);
    map.value = b;
    sd[1] = b ? gn_map_standardise(&map, w->standard[1]) : 0;
    gn_sac(p->sac, w->sac, w->standard[0], b ? w->standard[1] : NULL, w->correlogram[0], w->correlogram[1]);
}

void gn_shape_score_pair(const gn_shape_plan *p, gn_shape_work *w, const double *a, const double *b,
                         gn_shape_scores *scores_a, gn_shape_scores *scores_b) {
    double sd[2];
    correlate(p, w, a, b, sd);
    score_one(p, w, 0, a, sd[0], scores_a);
    if (b) score_one(p, w, 1, b, sd[1], scores_b);
}

void gn_shape_half_widths(const gn_shape_plan *p, gn_shape_work *w, const double *a, const double *b,
                          double half_width[2]) {
    double sd[2];
    correlate(p, w, a, b, sd);
    for (int i = 0; i < 2; i++) {
        gn_gridness g;
        gn_gridness_score(p->grid, w->correlogram[i], &g);
        half_width[i] = g.half_width;
    }
}

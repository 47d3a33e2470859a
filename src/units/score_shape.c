#include "units/score_shape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A lattice counts only when the best single field explains at most this share of what the lattice explains. */
static const double SINGLE_FIELD = 0.9;

struct gn_shape_plan {
    gn_map mask;
    double *value; /* the mask's: 0 visited, nan not */
    gn_sac_plan *sac;
    gn_grid_plan *grid;
    gn_pattern_plan *pattern;
    gn_border_plan *border;
};

struct gn_shape_work {
    gn_sac_work *sac;
    gn_grid_work *grid;
    gn_pattern_work *pattern;
    double *standard;                   /* (BATCH, bins) */
    double *left;                       /* (bins) */
    double *sac_of[1 + GN_GRID_SHEETS]; /* (lags) autocorrelograms: of the first map, which is kept, and of those being
                                           scored */
    int *labels;                        /* (2, bins) */
    gn_gridness gridness[GN_PATTERN_BATCH];
    gn_pattern_shares shares[GN_PATTERN_BATCH];
};

static gn_status make_parts(gn_shape_plan *p, const gn_map *mask, const gn_arena *arena) {
    p->mask = *mask;
    p->mask.value = p->value = gn_alloc(gn_map_bins(mask), sizeof *p->value);
    if (!p->value) return GN_EIO;
    for (size_t i = 0; i < gn_map_bins(mask); i++)
        p->value[i] = isnan(mask->value[i]) ? NAN : 0;
    p->sac = gn_sac_plan_new(&p->mask);
    if (!p->sac) return GN_EIO;
    p->grid = gn_grid_plan_new(mask->bins_x, mask->bins_y, gn_sac_pairs(p->sac));
    p->border = gn_border_plan_new(&p->mask, arena);
    if (!p->grid || !p->border) return GN_EIO;
    p->pattern = gn_pattern_plan_new(&p->mask, arena, p->border);
    return p->pattern ? GN_OK : GN_EIO;
}

gn_status gn_shape_plan_new(const gn_map *mask, const gn_arena *arena, gn_shape_plan **out) {
    *out = NULL;
    if (mask->bins_x > GN_SHAPE_BINS_MAX || mask->bins_y > GN_SHAPE_BINS_MAX)
        return gn_fail(GN_EFILE, "map: %d x %d bins, accepted up to %d a side", mask->bins_x, mask->bins_y,
                       GN_SHAPE_BINS_MAX);
    if (gn_map_visited(mask) == 0) return gn_fail(GN_EFILE, "map: no visited bin, accepted: some");
    gn_shape_plan *p = gn_alloc(1, sizeof *p);
    gn_status status = p ? make_parts(p, mask, arena) : GN_EIO;
    if (status)
        gn_shape_plan_free(p);
    else
        *out = p;
    return status;
}

void gn_shape_plan_free(gn_shape_plan *p) {
    if (!p) return;
    gn_sac_plan_free(p->sac);
    gn_grid_plan_free(p->grid);
    gn_pattern_plan_free(p->pattern);
    gn_border_plan_free(p->border);
    free(p->value);
    free(p);
}

const gn_map *gn_shape_plan_mask(const gn_shape_plan *p) {
    return &p->mask;
}
const gn_pattern_plan *gn_shape_plan_pattern(const gn_shape_plan *p) {
    return p->pattern;
}
const char *gn_shape_border_undefined(const gn_shape_plan *p) {
    return gn_border_undefined(p->border);
}

gn_shape_work *gn_shape_work_new(const gn_shape_plan *p) {
    const unsigned long bins = gn_map_bins(&p->mask);
    const unsigned long lags = (unsigned long)gn_sac_side(p->mask.bins_x) * (unsigned long)gn_sac_side(p->mask.bins_y);
    gn_shape_work *w = gn_alloc(1, sizeof *w);
    if (!w) return NULL;
    w->sac = gn_sac_work_new(p->sac);
    w->grid = gn_grid_work_new(p->grid);
    w->pattern = gn_pattern_work_new(p->pattern);
    w->standard = gn_alloc(GN_PATTERN_BATCH * bins, sizeof *w->standard);
    w->left = gn_alloc(bins, sizeof *w->left);
    w->labels = gn_alloc(2 * bins, sizeof *w->labels);
    bool whole = w->sac && w->grid && w->pattern && w->standard && w->left && w->labels;
    for (int i = 0; i <= GN_GRID_SHEETS; i++) {
        w->sac_of[i] = gn_alloc(lags, sizeof *w->sac_of[i]);
        whole = whole && w->sac_of[i];
    }
    if (whole) return w;
    gn_shape_work_free(w);
    return NULL;
}

void gn_shape_work_free(gn_shape_work *w) {
    if (!w) return;
    gn_sac_work_free(w->sac);
    gn_grid_work_free(w->grid);
    gn_pattern_work_free(w->pattern);
    free(w->standard);
    free(w->left);
    for (int i = 0; i <= GN_GRID_SHEETS; i++)
        free(w->sac_of[i]);
    free(w->labels);
    free(w);
}

gn_pattern_work *gn_shape_work_pattern(gn_shape_work *w) {
    return w->pattern;
}
const double *gn_shape_work_sac(const gn_shape_work *w) {
    return w->sac_of[0];
}
const double *gn_shape_work_standard(const gn_shape_work *w) {
    return w->standard;
}

/* Turns a share of the map's variance into one of what is smooth in it; 0 where `other` explains as much, or nothing is
 * smooth. */
static double of_smooth(const gn_pattern_shares *s, double share, double other) {
    return share > other && s->smooth > 1e-6 ? share / s->smooth : 0;
}

/* A single field can be fitted by a lattice of which only one field lies in the arena, so a lattice must explain
 * more. */
static double best_lattice(const gn_pattern_shares *s) {
    return of_smooth(s, fmax(s->lattice[GN_TRIANGULAR], s->lattice[GN_RECTANGULAR]), s->spot / SINGLE_FIELD);
}

/* What a plane leaves of a single field looks like a ring, which no single field fits. So plane and lattice together
 * must also explain more of the whole map than a single field does. */
static double lattice_of_rest(const gn_pattern_shares *rest, const gn_pattern_shares *whole) {
    const double lattice = fmax(rest->lattice[GN_TRIANGULAR], rest->lattice[GN_RECTANGULAR]);
    const double both = whole->ramp + (1 - whole->ramp) * lattice;
    return both > whole->spot / SINGLE_FIELD ? best_lattice(rest) : 0;
}

/* Autocorrelograms and gridness of the standardised maps, some at a time. */
static void correlate(const gn_shape_plan *p, gn_shape_work *w, int count) {
    const size_t bins = gn_map_bins(&p->mask);
    const double *sac[GN_GRID_SHEETS];
    for (int first = 0; first < count; first += GN_GRID_SHEETS) {
        const int some = count - first < GN_GRID_SHEETS ? count - first : GN_GRID_SHEETS;
        for (int k = 0; k < some; k++) {
            double *to = w->sac_of[first + k == 0 ? 0 : 1 + k];
            gn_sac(p->sac, w->sac, w->standard + (size_t)(first + k) * bins, to);
            sac[k] = to;
        }
        gn_gridness_scores(p->grid, w->grid, some, sac, w->gridness + first);
    }
}

static void set_scores(gn_shape_scores *s) {
    const gn_pattern_shares *shares = &s->pattern;
    s->width = s->gridness.half_width;
    s->score[GN_SHAPE_GRIDNESS60] = s->gridness.gridness60;
    s->score[GN_SHAPE_GRIDNESS90] = s->gridness.gridness90;
    s->score[GN_SHAPE_LATTICE] = best_lattice(shares);
    s->score[GN_SHAPE_WAVE] = of_smooth(shares, shares->wave, shares->slow);
    s->score[GN_SHAPE_FALL] = isnan(shares->fall) ? NAN : of_smooth(shares, shares->fall, shares->edge);
    s->score[GN_SHAPE_BORDER] = s->border.score;
}

void gn_shape_maps(const gn_shape_plan *p, gn_shape_work *w, int count, const double *maps, bool lattices,
                   gn_shape_scores *scores) {
    const size_t bins = gn_map_bins(&p->mask);
    double sd[GN_PATTERN_BATCH];
    gn_map map = p->mask;
    for (int k = 0; k < count; k++) {
        map.value = maps + (size_t)k * bins;
        sd[k] = gn_map_standardise(&map, w->standard + (size_t)k * bins);
    }
    gn_pattern_fit(p->pattern, w->pattern, count, w->standard, lattices ? GN_FIT_ALL : GN_FIT_NO_LATTICES, w->shares);
    correlate(p, w, count);
    for (int k = 0; k < count; k++) {
        scores[k].pattern = w->shares[k];
        scores[k].gridness = w->gridness[k];
        gn_border_score(p->border, maps + (size_t)k * bins, w->labels, &scores[k].border);
        set_scores(&scores[k]);
        if (sd[k] > 0) continue;
        for (int s = 0; s < GN_SHAPES; s++)
            scores[k].score[s] = NAN; /* a constant map has no shape */
        scores[k].width = NAN;
    }
}

void gn_shape_rests(const gn_shape_plan *p, gn_shape_work *w, int count, const double *maps,
                    const gn_pattern_shares *whole, bool width_too, gn_rest_scores *scores) {
    const size_t bins = gn_map_bins(&p->mask);
    gn_map map = p->mask;
    for (int k = 0; k < count; k++) {
        map.value = maps + (size_t)k * bins;
        gn_map_standardise(&map, w->left);
        scores[k].left = gn_pattern_take_ramp(p->pattern, w->left, w->standard + (size_t)k * bins);
    }
    gn_pattern_fit(p->pattern, w->pattern, count, w->standard, GN_FIT_REST, w->shares);
    if (width_too) correlate(p, w, count);
    for (int k = 0; k < count; k++) {
        const bool any = w->shares[k].smooth > 0;
        scores[k].pattern = w->shares[k];
        scores[k].width = any && width_too ? w->gridness[k].half_width : NAN;
        scores[k].lattice = any ? lattice_of_rest(&w->shares[k], &whole[k]) : NAN;
    }
}

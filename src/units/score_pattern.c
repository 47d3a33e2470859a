#include "units/score_pattern.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "units/pattern_parts.h"

/* ---- plan and scratch ----------------------------------------------------------------------------- */

gn_pattern_plan *gn_pattern_plan_new(const gn_map *mask, const gn_arena *arena, const gn_border_plan *border) {
    gn_pattern_plan *p = gn_alloc(1, sizeof *p);
    if (!p) return NULL;
    p->bins_x = mask->bins_x;
    p->bins_y = mask->bins_y;
    if (gn_pattern_cut_blocks(p, mask) && gn_pattern_make_planes(p, mask) && gn_pattern_make_columns(p, arena, border))
        return p;
    gn_pattern_plan_free(p);
    gn_fail(GN_EIO, "out of memory");
    return NULL;
}

void gn_pattern_plan_free(gn_pattern_plan *p) {
    if (!p) return;
    free(p->block);
    free(p->root);
    free(p->x);
    free(p->y);
    free(p->plane);
    free(p->column);
    free(p->inverse);
    free(p->fall_wall);
    gn_pattern_free_lattices(p);
    free(p);
}

gn_pattern_work *gn_pattern_work_new(const gn_pattern_plan *p) {
    gn_pattern_work *w = gn_alloc(1, sizeof *w);
    if (!w) return NULL;
    unsigned long room = 0;
    for (gn_fold fold = 0; fold < GN_FOLDS; fold++)
        room = (unsigned long)p->lattice[fold].room > room ? (unsigned long)p->lattice[fold].room : room;
    w->block = gn_alloc(GN_PATTERN_BATCH * (unsigned long)p->blocks, sizeof *w->block);
    w->sum = gn_alloc(GN_PATTERN_BATCH * (unsigned long)p->columns, sizeof *w->sum);
    w->chosen = gn_alloc(GN_LATTICE_TERMS * room, sizeof *w->chosen);
    w->best = gn_alloc(room, sizeof *w->best);
    w->basis = gn_alloc(GN_LATTICE_WAVES * (unsigned long)p->blocks, sizeof *w->basis);
    w->fitted = gn_alloc((unsigned long)p->blocks, sizeof *w->fitted);
    for (int part = 0; part < GN_LATTICE_PARTS; part++)
        w->part[part] = gn_alloc(GN_LATTICE_PHASES * room, sizeof *w->part[part]);
    if (w->block && w->sum && w->chosen && w->best && w->basis && w->fitted && w->part[0] && w->part[1]) return w;
    gn_pattern_work_free(w);
    return NULL;
}

void gn_pattern_work_free(gn_pattern_work *w) {
    if (!w) return;
    free(w->block);
    free(w->sum);
    free(w->chosen);
    free(w->best);
    free(w->basis);
    free(w->fitted);
    for (int part = 0; part < GN_LATTICE_PARTS; part++)
        free(w->part[part]);
    free(w);
}

/* ---- shares --------------------------------------------------------------------------------------- */

/* Share of the best wave of numbers first..end-1. */
static double best_wave(const gn_pattern_plan *p, const float *sum, int first, int end, int *which) {
    double best = 0;
    *which = first;
    for (int k = first; k < end; k++) {
        const double c = (double)sum[k], s = (double)sum[GN_WAVES + k], *i = p->inverse[k];
        const double squares = c * c * i[0] + 2 * c * s * i[1] + s * s * i[2];
        if (!(squares > best)) continue;
        best = squares;
        *which = k;
    }
    return best / p->visited;
}

static double best_square(int count, const float *sum, int *which) {
    double best = 0;
    *which = 0;
    for (int k = 0; k < count; k++) {
        const double square = (double)sum[k] * (double)sum[k];
        if (!(square > best)) continue;
        best = square;
        *which = k;
    }
    return best;
}

static double sum_of_squares(int count, const float *sum) {
    double total = 0;
    for (int k = 0; k < count; k++)
        total += (double)sum[k] * (double)sum[k];
    return total;
}

static void share(const gn_pattern_plan *p, gn_pattern_work *w, const float *sum, gn_fit wanted, gn_pattern_shares *s) {
    const int first = gn_pattern_wave_number(0, 0), end = gn_pattern_wave_number(GN_WAVE_BANDS, 0);
    int at;
    *s = (gn_pattern_shares){.fall = NAN, .fall_wall = -1};
    s->smooth = sum_of_squares(p->smooths, sum + p->smooth_at) / p->visited;
    s->spot = best_square(p->spots, sum + p->spot_at, &at) / p->visited;
    for (gn_fold fold = 0; fold < GN_FOLDS && wanted != GN_FIT_NO_LATTICES; fold++)
        s->lattice[fold] = gn_pattern_best_lattice(p, w, fold, sum, wanted == GN_FIT_REST, &s->lattice_at[fold]);
    if (wanted == GN_FIT_REST) return;
    s->wave = best_wave(p, sum, first, end, &s->wave_at);
    s->slow = best_wave(p, sum, 0, first, &at);
    s->ramp = sum_of_squares(2, sum + p->plane_at) / p->visited;
    s->edge = fmax(s->ramp, best_square(p->spot_at - p->edge_at, sum + p->edge_at, &at) / p->visited);
    if (!p->falls) return;
    s->fall = best_square(p->falls, sum + p->fall_at, &at) / p->visited;
    s->fall_wall = p->fall_wall[at];
}

/* The maps' sums with columns first..end-1. */
static void sum_columns(const gn_pattern_plan *p, gn_pattern_work *w, int count, int first, int end) {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, count, end - first, p->blocks, 1, w->block, p->blocks,
                p->column + first, p->columns, 0, w->sum + first, p->columns);
}

void gn_pattern_fit(const gn_pattern_plan *p, gn_pattern_work *w, int count, const double *standard, gn_fit wanted,
                    gn_pattern_shares *shares) {
    const int of_lattices = gn_pattern_wave_number(GN_LATTICE_FIRST, 0);
    for (int k = 0; k < count; k++) {
        gn_pattern_average(p, standard + (size_t)k * (size_t)(p->bins_x * p->bins_y), w->fitted);
        for (int b = 0; b < p->blocks; b++)
            w->block[(size_t)k * (size_t)p->blocks + (size_t)b] = (float)w->fitted[b];
    }
    if (wanted == GN_FIT_REST) {
        sum_columns(p, w, count, of_lattices, GN_WAVES);
        sum_columns(p, w, count, GN_WAVES + of_lattices, p->fall_at);
        sum_columns(p, w, count, p->spot_at, p->plane_at);
    } else {
        sum_columns(p, w, count, 0, p->columns);
    }
    for (int k = 0; k < count; k++)
        share(p, w, w->sum + (size_t)k * (size_t)p->columns, wanted, &shares[k]);
}

double gn_pattern_take_ramp(const gn_pattern_plan *p, const double *standard, double *left) {
    const int bins = p->bins_x * p->bins_y;
    memcpy(left, standard, (size_t)bins * sizeof *left);
    for (int k = 0; k < 2; k++) {
        const double *plane = p->plane + (size_t)k * (size_t)bins;
        gn_pattern_subtract(bins, gn_pattern_dot(bins, plane, left), plane, left);
    }
    const double variance = gn_pattern_dot(bins, left, left) / p->visited, sd = sqrt(variance);
    for (int i = 0; i < bins; i++)
        left[i] = variance > 1e-20 ? left[i] / sd : 0;
    return variance;
}

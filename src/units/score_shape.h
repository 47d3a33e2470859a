/* All scores of a map's shape at once: gridness, plane waves and border, for maps that share a mask
 * and an arena. The maps of a null go through the same function as the map itself. */
#ifndef GN_SCORE_SHAPE_H
#define GN_SCORE_SHAPE_H

#include <stdint.h>

#include "units/score_border.h"
#include "units/score_fourier.h"
#include "units/score_grid.h"

/* The scores that have nulls over maps. */
typedef enum {
    GN_SHAPE_GRIDNESS60,
    GN_SHAPE_GRIDNESS90,
    GN_SHAPE_FOURIER,  /* the largest allowed spectral peak */
    GN_SHAPE_FOURIER2, /* the two and three largest together */
    GN_SHAPE_FOURIER3,
    GN_SHAPE_BORDER,
    GN_SHAPES
} gn_shape_score;

typedef struct {
    double score[GN_SHAPES];
    double trend;      /* the largest spectral peak of too low a frequency */
    double half_width; /* of the autocorrelogram, bins */
    gn_gridness gridness;
    gn_border border;
} gn_shape_scores;

typedef struct gn_shape_plan gn_shape_plan; /* read-only once made; keeps a copy of the mask */
/* NULL: the error is recorded. */
gn_shape_plan *gn_shape_plan_new(const gn_map *mask, const gn_arena *arena);
void gn_shape_plan_free(gn_shape_plan *);
const gn_map *gn_shape_plan_mask(const gn_shape_plan *);
const gn_fourier_plan *gn_shape_plan_fourier(const gn_shape_plan *);
const int *gn_shape_plan_pairs(const gn_shape_plan *);

typedef struct gn_shape_work gn_shape_work; /* scratch for one thread */
gn_shape_work *gn_shape_work_new(const gn_shape_plan *);
void gn_shape_work_free(gn_shape_work *);
gn_fourier_work *gn_shape_work_fourier(gn_shape_work *);

/* Scores one or two (b NULL) maps with the plan's mask; (bins_y, bins_x) each. */
void gn_shape_score_pair(const gn_shape_plan *, gn_shape_work *, const double *a, const double *b,
                         gn_shape_scores *scores_a, gn_shape_scores *scores_b);
/* Only the half widths of the autocorrelograms, as in gn_gridness. */
void gn_shape_half_widths(const gn_shape_plan *, gn_shape_work *, const double *a, const double *b,
                          double half_width[2]);
/* The autocorrelogram and standardised map of the last pair's first map. */
const double *gn_shape_work_sac(const gn_shape_work *);
const double *gn_shape_work_standard(const gn_shape_work *);

#endif

/* Scores of a map's shape, all at once: gridness, patterns and border, for maps that share a mask
 * and an arena. The maps of a null go through the same functions as the map itself. */
#ifndef GN_SCORE_SHAPE_H
#define GN_SCORE_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "units/score_border.h"
#include "units/score_grid.h"
#include "units/score_pattern.h"

enum { GN_SHAPE_BINS_MAX = 256 }; /* a side */

/* The scores that have nulls over maps; nan where undefined. */
typedef enum {
    GN_SHAPE_GRIDNESS60,
    GN_SHAPE_GRIDNESS90,
    GN_SHAPE_LATTICE, /* share of what is smooth in the map that the best lattice explains; 0 where a single field does
                         more */
    GN_SHAPE_WAVE,    /* share of what is smooth that the best wave explains; 0 where a slower wave explains more */
    GN_SHAPE_FALL, /* share of what is smooth that the best fall from a wall explains; 0 where a ramp explains more */
    GN_SHAPE_BORDER,
    GN_SHAPES
} gn_shape_score;

typedef struct {
    double score[GN_SHAPES];
    double width; /* of the autocorrelogram at half height, bins (gn_gridness); nan: constant map */
    gn_gridness gridness;
    gn_border border;
    gn_pattern_shares pattern;
} gn_shape_scores;

typedef struct gn_shape_plan gn_shape_plan; /* read-only once made; keeps a copy of the mask */
/* GN_EFILE: too many bins, or none that is visited. */
gn_status gn_shape_plan_new(const gn_map *mask, const gn_arena *arena, gn_shape_plan **);
void gn_shape_plan_free(gn_shape_plan *);
const gn_map *gn_shape_plan_mask(const gn_shape_plan *);
const gn_pattern_plan *gn_shape_plan_pattern(const gn_shape_plan *);
const char *gn_shape_border_undefined(const gn_shape_plan *); /* as gn_border_undefined() */

typedef struct gn_shape_work gn_shape_work; /* scratch for one thread */
gn_shape_work *gn_shape_work_new(const gn_shape_plan *);
void gn_shape_work_free(gn_shape_work *);
gn_pattern_work *gn_shape_work_pattern(gn_shape_work *);

/* Scores maps (count, bins_y, bins_x) with the plan's mask, count up to GN_PATTERN_BATCH. With lattices false the
 * scores of lattices, which take long, are left out and 0. */
void gn_shape_maps(const gn_shape_plan *, gn_shape_work *, int count, const double *maps, bool lattices,
                   gn_shape_scores *scores);

/* What the best plane leaves of a map: how wide it is, and the lattice in it. */
typedef struct {
    double left;  /* share of the map's variance */
    double width; /* as gn_shape_scores */
    double
        lattice; /* as GN_SHAPE_LATTICE; 0 also where a single field explains more of the map than plane and lattice */
    gn_pattern_shares pattern;
} gn_rest_scores;
/* whole (count) are the shares of the maps themselves, from gn_shape_maps(). With width_too false no
 * autocorrelograms are made, as these take longest, and the widths are nan. */
void gn_shape_rests(const gn_shape_plan *, gn_shape_work *, int count, const double *maps,
                    const gn_pattern_shares *whole, bool width_too, gn_rest_scores *scores);

/* The autocorrelogram and the standardised form of the first map of the last call; after gn_shape_rests(), of what
 * the plane left of that map. */
const double *gn_shape_work_sac(const gn_shape_work *);
const double *gn_shape_work_standard(const gn_shape_work *);

#endif

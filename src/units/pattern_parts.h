/* The parts of a fit of patterns (score_pattern.h), in the order in which they are used: blocks of bins; a column for
 * every template, first the waves; lattices, which are sums of waves. */
#ifndef GN_PATTERN_PARTS_H
#define GN_PATTERN_PARTS_H

#include "units/score_pattern.h"

enum {
    GN_WAVE_DIRECTIONS = 36, /* of waves in half a turn */
    GN_WAVE_OCTAVE = 10,     /* frequencies of waves in a factor of 2 */
    GN_WAVE_BANDS = 23,      /* frequencies of bands: 1.25 to 5.7 periods */
    GN_WAVE_FREQUENCIES =
        27,           /* those of bands and of lattices' further waves: up to 7.6 periods; 16 blocks resolve 8 */
    GN_WAVE_SLOW = 6, /* frequencies below those of bands */
    GN_WAVES = (GN_WAVE_SLOW + GN_WAVE_FREQUENCIES) * GN_WAVE_DIRECTIONS,
    GN_LATTICE_FIRST = 3,   /* lowest frequency of a lattice's first waves, which have 1.5 to 5.7 periods */
    GN_LATTICE_PHASES = 36, /* phases of a lattice, given by 6 positions along each of its two axes */
    GN_LATTICE_WAVES = 9,   /* most waves of a lattice */
    GN_LATTICE_TERMS = 2 * GN_LATTICE_WAVES, /* their cosines and sines */
    GN_LATTICE_PARTS = 2                     /* the first waves and the further ones */
};

/* What a lattice explains at a candidate's frequency and direction and at one phase: when a and b are the map's sums
 * with its first and with its further waves, this is a^2 first + (b - along a)^2 rest. Each array is (phases, room). */
typedef struct {
    float *first, *along, *rest;
} gn_pattern_weights;

typedef struct {
    int candidates, room;          /* frequencies x directions; rounded up to lanes */
    int *at[GN_LATTICE_PARTS];     /* (2 waves, room) columns of the cosines, then of the sines */
    float *sign[GN_LATTICE_PARTS]; /* (likewise) what a sum is multiplied by: -1 for the sine of a wave that is stored
                                      half a turn away, 0 for a wave that is too fast for the blocks */
    float *turn[GN_LATTICE_PARTS]; /* (phases, 2 waves) factors of these sums at each phase */
    gn_pattern_weights weights[2]; /* when fitted together with a constant; with a plane */
} gn_pattern_lattice;

struct gn_pattern_plan {
    int bins_x, bins_y, blocks;
    double visited, side; /* number of visited bins; their longer side in arena units */
    int *block;           /* (bins_y, bins_x) the block of a bin; -1: unvisited */
    double *root;         /* (blocks) square root of the number of visited bins in it */
    double *x, *y;        /* (blocks) their mean place, arena units */
    double *plane;        /* (2, bins_y, bins_x) orthonormal over the visited bins, 0 elsewhere */
    int smooths, falls, spots, columns;
    int smooth_at, fall_at, edge_at, spot_at,
        plane_at;         /* first columns; before them stand the waves, cosines, then sines */
    float *column;        /* (blocks, columns) in single precision, which is enough for shares */
    double (*inverse)[3]; /* (waves) inverse of the matrix of inner products of cosine and sine: cc, cs, ss */
    int *fall_wall;       /* (falls) */
    gn_pattern_lattice lattice[GN_FOLDS];
    void (*strongest)(int room, const gn_pattern_weights *, const float *a, const float *b, float *best);
};

struct gn_pattern_work {
    float *block;                  /* (GN_PATTERN_BATCH, blocks) */
    float *sum;                    /* (GN_PATTERN_BATCH, columns) */
    float *chosen;                 /* (2 waves, room) */
    float *part[GN_LATTICE_PARTS]; /* (phases, room) */
    float *best;                   /* (room) */
    double *fitted;                /* (blocks) the map that is refined */
    double *basis;                 /* (GN_LATTICE_WAVES, blocks) and what it is fitted with */
};

/* ---- vectors and blocks (pattern_blocks.c) ----------------------------------------------------------- */

double gn_pattern_dot(int n, const double *a, const double *b);
void gn_pattern_subtract(int n, double share, const double *from, double *value);
/* Makes `value` orthogonal to the rows of the basis (count, n), which are orthonormal, and scales it to length 1.
 * Returns false, and leaves `value` unscaled, when less than the share `kept` of its squares remains. */
bool gn_pattern_orthonormalise(int n, int count, const double *basis, double kept, double *value);

/* Fill the plan's blocks, and two planes over the visited bins, orthonormal to a constant and to each other; false when
 * there is no memory. */
bool gn_pattern_cut_blocks(gn_pattern_plan *, const gn_map *mask);
bool gn_pattern_make_planes(gn_pattern_plan *, const gn_map *mask);
/* Fills block (blocks) with the sums over the visited bins of each block, divided by the square root of their
 * number. So a map that is constant in every block has the same sum of squares over blocks as over bins. value is 0
 * where unvisited. */
void gn_pattern_average(const gn_pattern_plan *, const double *value, double *block);

/* ---- columns (pattern_columns.c) ------------------------------------------------------------------- */

/* The number of periods, over the longer side, of a frequency given by its number; numbers below 0 are the slow
 * ones. */
double gn_pattern_periods(int frequency);
static inline int gn_pattern_wave_number(int frequency, int direction) {
    return (frequency + GN_WAVE_SLOW) * GN_WAVE_DIRECTIONS + direction;
}
/* Fills cosine and sine (blocks) of a wave, weighted like the averages of a map. */
void gn_pattern_wave(const gn_pattern_plan *, double periods, double radians, double *cosine, double *sine);
void gn_pattern_get_column(const gn_pattern_plan *, int at, double *value);
/* Fills the plan's columns, and its lattices; false when there is no memory. */
bool gn_pattern_make_columns(gn_pattern_plan *, const gn_arena *, const gn_border_plan *);

/* ---- lattices (pattern_lattice.c) ------------------------------------------------------------------- */

/* Fills the plan's lattices from the columns of the waves. scratch is (terms + 3, blocks); its last three rows are
 * the constant and two planes, orthonormal. False when there is no memory. */
bool gn_pattern_make_lattices(gn_pattern_plan *, double *scratch);
void gn_pattern_free_lattices(gn_pattern_plan *);
/* The share of the best lattice of a map with these sums (columns), and its number. */
double gn_pattern_best_lattice(const gn_pattern_plan *, gn_pattern_work *, gn_fold, const float *sum, bool without_ramp,
                               int *which);
/* A lattice's number of first waves, and the frequency and direction of the first of them. */
void gn_pattern_first_wave(gn_fold, int lattice_at, int *waves, int *frequency, int *direction);

#endif

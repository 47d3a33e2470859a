#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "units/pattern_parts.h"

enum {
    TO_ROOT3 = 8, /* steps of the frequency from 1 to 2^0.8 = 1.741, half a percent more than the square root of 3 */
    TO_ROOT2 = GN_WAVE_OCTAVE / 2,
    LATTICES = GN_WAVE_BANDS - GN_LATTICE_FIRST,
    POSITIONS = 6, /* positions of a lattice along each of its two axes */
    LANES = 8      /* candidates that are compared at once */
};
_Static_assert(POSITIONS *POSITIONS == GN_LATTICE_PHASES, "a lattice has a phase for each position");
/* The first or the further waves of a lattice are not used when less than this share of their squares remains after
 * what is fitted together with them is taken off, as their amplitude would hardly be determined. */
static const double KEPT_MIN = 0.2;
/* Waves that cancel over the bins, as some do at half a cycle a bin, leave rounding errors of this size a bin. */
static const double NOTHING = 1e-6;

/* A wave of a lattice, relative to the first one: the difference of their directions; the steps between their
 * frequencies; and its phase, which is p times one plus q times the other of the lattice's two phases. */
typedef struct {
    double degrees;
    int octaves;
    int p, q;
    double amplitude;
} member;

static const struct {
    int directions; /* of the first wave */
    int count[GN_LATTICE_PARTS];
    member member[GN_LATTICE_WAVES];
} family[GN_FOLDS] = {
    [GN_TRIANGULAR] = {GN_WAVE_DIRECTIONS / 3,
                       {3, 6},
                       {{0, 0, 1, 0, 1},
                        {60, 0, 0, 1, 1},
                        {120, 0, -1, 1, 1},
                        {30, TO_ROOT3, 1, 1, 2},
                        {90, TO_ROOT3, -1, 2, 2},
                        {150, TO_ROOT3, -2, 1, 2},
                        {0, GN_WAVE_OCTAVE, 2, 0, 1},
                        {60, GN_WAVE_OCTAVE, 0, 2, 1},
                        {120, GN_WAVE_OCTAVE, -2, 2, 1}}},
    [GN_RECTANGULAR] = {GN_WAVE_DIRECTIONS / 2,
                        {2, 4},
                        {{0, 0, 1, 0, 1},
                         {90, 0, 0, 1, 1},
                         {45, TO_ROOT2, 1, 1, 2},
                         {135, TO_ROOT2, -1, 1, 2},
                         {0, GN_WAVE_OCTAVE, 2, 0, 1},
                         {90, GN_WAVE_OCTAVE, 0, 2, 1}}},
};

/* ---- the candidates ---------------------------------------------------------------------------------- */

/* Finds the columns of the waves of a part for candidate c, and the factors of the map's sums with them. */
static void place_waves(gn_pattern_lattice *l, gn_fold fold, int part, int c) {
    const int frequency = GN_LATTICE_FIRST + c / family[fold].directions, direction = c % family[fold].directions;
    const int count = family[fold].count[part], before = part ? family[fold].count[0] : 0;
    for (int k = 0; k < count; k++) {
        const member *m = &family[fold].member[before + k];
        const int turned = direction + (int)lround(m->degrees * GN_WAVE_DIRECTIONS / 180),
                  other = turned / GN_WAVE_DIRECTIONS;
        const bool seen = frequency + m->octaves < GN_WAVE_FREQUENCIES;
        const int at = seen ? gn_pattern_wave_number(frequency + m->octaves, turned % GN_WAVE_DIRECTIONS) : 0;
        l->at[part][k * l->room + c] = at;
        l->sign[part][k * l->room + c] = seen;
        l->at[part][(count + k) * l->room + c] = GN_WAVES + at;
        l->sign[part][(count + k) * l->room + c] = (float)(seen ? 1 - 2 * other : 0);
    }
}

static void turn_phases(gn_pattern_lattice *l, gn_fold fold, int part) {
    const int count = family[fold].count[part], before = part ? family[fold].count[0] : 0;
    for (int phase = 0; phase < GN_LATTICE_PHASES; phase++)
        for (int k = 0; k < count; k++) {
            const member *m = &family[fold].member[before + k];
            const int row = phase / POSITIONS, column = phase % POSITIONS;
            const double p = (row + 0.5) / POSITIONS, q = (column + 0.5) / POSITIONS;
            const double angle = 2 * M_PI * (m->p * p + m->q * q);
            l->turn[part][phase * 2 * count + k] = (float)(m->amplitude * cos(angle));
            l->turn[part][phase * 2 * count + count + k] = (float)(m->amplitude * sin(angle));
        }
}

static double quadratic(int rows, int columns, const float *left, const double *matrix, int pitch, const float *right) {
    double sum = 0;
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            sum += (double)left[i] * matrix[i * pitch + j] * (double)right[j];
    return sum;
}

/* Fills the weights of a candidate at every phase. They come from the inner products of its waves (terms x terms):
 * `whole` of the waves themselves, `beside` after what is fitted together with them is taken off. Products up to
 * `nothing` are rounding errors. */
static void weigh(gn_pattern_lattice *l, gn_fold fold, int c, double nothing, const double *whole, const double *beside,
                  gn_pattern_weights *to) {
    const int n0 = 2 * family[fold].count[0], n1 = 2 * family[fold].count[1], terms = n0 + n1;
    for (int phase = 0; phase < GN_LATTICE_PHASES; phase++) {
        const float *a = l->turn[0] + phase * n0, *b = l->turn[1] + phase * n1;
        const double aa = quadratic(n0, n0, a, beside, terms, a), ab = quadratic(n0, n1, a, beside + n0, terms, b);
        const double bb = quadratic(n1, n1, b, beside + n0 * terms + n0, terms, b);
        const int at = phase * l->room + c;
        if (!(aa > fmax(nothing, KEPT_MIN * quadratic(n0, n0, a, whole, terms, a))))
            continue; /* weights of 0 explain nothing */
        to->first[at] = (float)(1 / aa);
        to->along[at] = (float)(ab / aa);
        if (bb - ab * ab / aa > fmax(nothing, KEPT_MIN * quadratic(n1, n1, b, whole + n0 * terms + n0, terms, b)))
            to->rest[at] = (float)(1 / (bb - ab * ab / aa));
    }
}

/* scratch (GN_LATTICE_TERMS + 3, blocks) */
static void weigh_candidate(const gn_pattern_plan *p, gn_pattern_lattice *l, gn_fold fold, int c, double *scratch) {
    const int n = p->blocks, n0 = 2 * family[fold].count[0], terms = n0 + 2 * family[fold].count[1];
    double whole[GN_LATTICE_TERMS * GN_LATTICE_TERMS], common[GN_LATTICE_TERMS * 3];
    double beside[GN_LATTICE_TERMS * GN_LATTICE_TERMS] = {0};
    double *fixed = scratch + (size_t)GN_LATTICE_TERMS * (size_t)n; /* the constant and the planes */
    for (int k = 0; k < terms; k++) {
        const int part = k >= n0, row = part ? k - n0 : k;
        double *column = scratch + (size_t)k * (size_t)n;
        gn_pattern_get_column(p, l->at[part][row * l->room + c], column);
        for (int b = 0; b < n; b++)
            column[b] *= (double)l->sign[part][row * l->room + c];
    }
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, terms, terms, n, 1, scratch, n, scratch, n, 0, whole, terms);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, terms, 3, n, 1, scratch, n, fixed, n, 0, common, 3);
    for (int with = 0; with < 2; with++) {
        for (int i = 0; i < terms; i++)
            for (int j = 0; j < terms; j++) {
                beside[i * terms + j] = whole[i * terms + j];
                for (int k = 0; k < (with ? 3 : 1); k++)
                    beside[i * terms + j] -= common[3 * i + k] * common[3 * j + k];
            }
        weigh(l, fold, c, NOTHING * p->visited, whole, beside, &l->weights[with]);
    }
}

static bool make_lattice(const gn_pattern_plan *p, gn_pattern_lattice *l, gn_fold fold, double *scratch) {
    bool whole = true;
    l->candidates = LATTICES * family[fold].directions;
    l->room = (l->candidates + LANES - 1) / LANES * LANES;
    for (int part = 0; part < GN_LATTICE_PARTS; part++) {
        const unsigned long terms = 2UL * (unsigned long)family[fold].count[part];
        l->at[part] = gn_alloc(terms * (unsigned long)l->room, sizeof *l->at[part]);
        l->sign[part] = gn_alloc(terms * (unsigned long)l->room, sizeof *l->sign[part]);
        l->turn[part] = gn_alloc(terms * GN_LATTICE_PHASES, sizeof *l->turn[part]);
        whole = whole && l->at[part] && l->sign[part] && l->turn[part];
    }
    for (int with = 0; with < 2; with++) {
        gn_pattern_weights *w = &l->weights[with];
        w->first = gn_alloc(GN_LATTICE_PHASES * (unsigned long)l->room, sizeof *w->first);
        w->along = gn_alloc(GN_LATTICE_PHASES * (unsigned long)l->room, sizeof *w->along);
        w->rest = gn_alloc(GN_LATTICE_PHASES * (unsigned long)l->room, sizeof *w->rest);
        whole = whole && w->first && w->along && w->rest;
    }
    for (int part = 0; whole && part < GN_LATTICE_PARTS; part++) {
        for (int c = 0; c < l->candidates; c++)
            place_waves(l, fold, part, c);
        turn_phases(l, fold, part);
    }
    for (int c = 0; whole && c < l->candidates; c++)
        weigh_candidate(p, l, fold, c, scratch);
    return whole;
}

static void free_lattice(gn_pattern_lattice *l) {
    for (int part = 0; part < GN_LATTICE_PARTS; part++) {
        free(l->at[part]);
        free(l->sign[part]);
        free(l->turn[part]);
    }
    for (int with = 0; with < 2; with++) {
        free(l->weights[with].first);
        free(l->weights[with].along);
        free(l->weights[with].rest);
    }
}

/* Fills best[c] with the largest share over the phases. The operations have the same order, and so the same result,
 * whatever the width of the vectors. */
__attribute__((always_inline)) static inline void strongest(int room, const gn_pattern_weights *w, const float *a,
                                                            const float *b, float *best) {
    for (int c = 0; c < room; c += LANES) {
        float most[LANES] = {0};
        for (int phase = 0; phase < GN_LATTICE_PHASES; phase++) {
            const int at = phase * room + c;
            for (int k = 0; k < LANES; k++) {
                const float one = a[at + k], other = b[at + k] - w->along[at + k] * one;
                const float squares = one * one * w->first[at + k] + other * other * w->rest[at + k];
                most[k] = squares > most[k] ? squares : most[k];
            }
        }
        memcpy(best + c, most, sizeof most);
    }
}
static void strongest_plain(int room, const gn_pattern_weights *w, const float *a, const float *b, float *best) {
    strongest(room, w, a, b, best);
}
#if defined(__x86_64__)
__attribute__((target("avx2"))) static void strongest_avx2(int room, const gn_pattern_weights *w, const float *a,
                                                           const float *b, float *best) {
    strongest(room, w, a, b, best);
}
#endif

bool gn_pattern_make_lattices(gn_pattern_plan *p, double *scratch) {
    bool whole = true;
    p->strongest = strongest_plain;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2")) p->strongest = strongest_avx2;
#endif
    for (gn_fold fold = 0; fold < GN_FOLDS; fold++)
        whole = whole && make_lattice(p, &p->lattice[fold], fold, scratch);
    return whole;
}

void gn_pattern_free_lattices(gn_pattern_plan *p) {
    for (gn_fold fold = 0; fold < GN_FOLDS; fold++)
        free_lattice(&p->lattice[fold]);
}

/* ---- the best of a map ------------------------------------------------------------------------------ */

double gn_pattern_best_lattice(const gn_pattern_plan *p, gn_pattern_work *w, gn_fold fold, const float *sum,
                               bool without_ramp, int *which) {
    const gn_pattern_lattice *l = &p->lattice[fold];
    for (int part = 0; part < GN_LATTICE_PARTS; part++) {
        const int terms = 2 * family[fold].count[part], room = l->room;
        for (int i = 0; i < terms * room; i++)
            w->chosen[i] = l->sign[part][i] * sum[l->at[part][i]];
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, GN_LATTICE_PHASES, room, terms, 1, l->turn[part], terms,
                    w->chosen, room, 0, w->part[part], room);
    }
    p->strongest(l->room, &l->weights[without_ramp], w->part[0], w->part[1], w->best);
    *which = 0;
    for (int c = 1; c < l->candidates; c++)
        if (w->best[c] > w->best[*which]) *which = c;
    return (double)w->best[*which] / p->visited;
}

void gn_pattern_first_wave(gn_fold fold, int lattice_at, int *waves, int *frequency, int *direction) {
    *waves = family[fold].count[0];
    *frequency = GN_LATTICE_FIRST + lattice_at / family[fold].directions;
    *direction = lattice_at % family[fold].directions;
}

#include "units/score_pattern.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCKS = 16,     /* along the longer side, about */
    DIRECTIONS = 36, /* of waves in half a turn */
    OCTAVE = 10,     /* frequencies of waves in a factor of 2; from there the steps to the square roots of 3 and 2: */
    TO_ROOT3 = 8,    /* 2^0.8 = 1.741, half a percent too large */
    TO_ROOT2 = OCTAVE / 2,
    FIRST_WAVES = 23,  /* frequencies of bands: 1.25 to 5.7 periods */
    FIRST_LATTICE = 3, /* of a lattice's first waves, from this one: 1.5 to 5.7 periods */
    LATTICES = FIRST_WAVES - FIRST_LATTICE,
    FREQUENCIES = 27, /* with their sums and doubles, up to 7.6 periods: 16 blocks see 8 */
    SLOW = 6,         /* frequencies below */
    WAVES = (SLOW + FREQUENCIES) * DIRECTIONS,
    POSITIONS = 6, /* of a lattice along each of its two axes */
    PHASES = POSITIONS * POSITIONS,
    FALLS = 7,
    EDGE_DIRECTIONS = 12,
    EDGE_OFFSETS = 5,
    EDGE_SLOPES = 3,
    EDGES = EDGE_DIRECTIONS * EDGE_OFFSETS * EDGE_SLOPES,
    SPOT_WIDTHS = 4,
    MEMBERS_MAX = 9, /* waves of a lattice */
    PARTS = 2,       /* its first waves, its further ones */
    LANES = 8        /* candidates at once */
};
static const double SLOW_PERIODS[SLOW] = {0.3, 0.45, 0.6, 0.75, 0.9, 1.05};
static const double LEAST_PERIODS = 1.25;
static const double SMOOTH_PERIODS = 5;
static const double SMOOTH_STEP = 0.435; /* periods between the waves that span what is smooth */
static const double FALL_LENGTHS[FALLS] = {0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5};
static const double OFFSETS[EDGE_OFFSETS] = {-0.5, -0.25, 0, 0.25, 0.5};
static const double SLOPES[EDGE_SLOPES] = {0.1, 0.25, 0.5};
static const double SPOTS[SPOT_WIDTHS] = {0.08, 0.12, 0.18, 0.28}; /* of the longer side */
static const double SPOT_STEP = 0.75;                              /* of these, from one to the next */
/* Templates that keep less of their squares beside a constant, or beside what they are fitted with, are not used. */
static const double KEPT_MIN = 0.2;
static const double SMOOTH_KEPT_MIN = 0.01;

/* A wave of a lattice: its direction from the first wave's and its frequency over that one's, both in steps of the
 * plan's, and its phase, p times one plus q times the other of the lattice's two phases. */
typedef struct {
    double degrees;
    int octaves;
    int p, q;
    double amplitude;
} member;

static const struct {
    int directions; /* of the first wave */
    int count[PARTS];
    member member[MEMBERS_MAX];
} family[GN_FOLDS] = {
    [GN_TRIANGULAR] = {DIRECTIONS / 3,
                       {3, 6},
                       {{0, 0, 1, 0, 1},
                        {60, 0, 0, 1, 1},
                        {120, 0, -1, 1, 1},
                        {30, TO_ROOT3, 1, 1, 2},
                        {90, TO_ROOT3, -1, 2, 2},
                        {150, TO_ROOT3, -2, 1, 2},
                        {0, OCTAVE, 2, 0, 1},
                        {60, OCTAVE, 0, 2, 1},
                        {120, OCTAVE, -2, 2, 1}}},
    [GN_RECTANGULAR] = {DIRECTIONS / 2,
                        {2, 4},
                        {{0, 0, 1, 0, 1},
                         {90, 0, 0, 1, 1},
                         {45, TO_ROOT2, 1, 1, 2},
                         {135, TO_ROOT2, -1, 1, 2},
                         {0, OCTAVE, 2, 0, 1},
                         {90, OCTAVE, 0, 2, 1}}},
};

/* What a lattice at a candidate frequency and direction and at one phase explains: with a and b the map's sums with the
 * first and with the further waves, a^2 first + (b - along a)^2 rest. Each (PHASES, room). */
typedef struct {
    float *first, *along, *rest;
} weights;

typedef struct {
    int candidates, room; /* frequencies x directions; rounded up to lanes */
    int *at[PARTS];       /* (2 waves, room) columns of the cosines, then of the sines */
    float *sign[PARTS];   /* likewise: -1 half a turn away, 0 too fast to be seen */
    float *turn[PARTS];   /* (PHASES, 2 waves) what makes the sum at a phase of these */
    weights weights[2];   /* beside a constant; beside a plane */
} lattice;

struct gn_pattern_plan {
    int bins_x, bins_y, blocks;
    double visited, bin_width, side; /* bins; arena units; the longer side of the visited bins, arena units */
    int *block;                      /* (bins_y, bins_x) the block of a bin; -1: unvisited */
    double *root;                    /* (blocks) square root of its visited bins */
    double *x, *y;                   /* (blocks) their mean place, arena units */
    double *plane;                   /* (2, bins_y, bins_x) orthonormal over the visited bins, 0 elsewhere */
    int smooths, falls, spots, columns;
    int smooth_at, fall_at, edge_at, spot_at,
        plane_at;         /* first columns; before them stand the waves, cosines, then sines */
    float *column;        /* (blocks, columns); shares need no more digits */
    double (*inverse)[3]; /* (WAVES) of the squares of cosine and sine: cc, cs, ss */
    int *fall_wall;       /* (falls) */
    lattice lattice[GN_FOLDS];
    void (*strongest)(int room, const weights *, const float *a, const float *b, float *best);
};

struct gn_pattern_work {
    float *block;       /* (BATCH, blocks) */
    float *sum;         /* (BATCH, columns) */
    float *chosen;      /* (2 waves, room) */
    float *part[PARTS]; /* (PHASES, room) */
    float *best;        /* (room) */
    double *fitted;     /* (blocks) the map that is refined */
    double *basis;      /* (MEMBERS_MAX, blocks) and what it is fitted with */
};

static double dot(int n, const double *a, const double *b) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void subtract(int n, double share, const double *from, double *value) {
    for (int i = 0; i < n; i++)
        value[i] -= share * from[i];
}

/* Makes `value` orthogonal to the rows of the basis (count, n), which are orthonormal, and of length 1; false, and not
 * usable, when less than `kept` of its squares remain. */
static bool orthonormalise(int n, int count, const double *basis, double kept, double *value) {
    const double before = dot(n, value, value);
    for (int pass = 0; pass < 2; pass++)
        for (int k = 0; k < count; k++)
            subtract(n, dot(n, basis + (size_t)k * (size_t)n, value), basis + (size_t)k * (size_t)n, value);
    const double after = dot(n, value, value);
    if (!(after > kept * before)) return false;
    for (int i = 0; i < n; i++)
        value[i] /= sqrt(after);
    return true;
}

/* ---- the plan: blocks ------------------------------------------------------------------- */

static bool cut_blocks(gn_pattern_plan *p, const gn_map *mask) {
    int low[2] = {mask->bins_x, mask->bins_y}, high[2] = {-1, -1};
    for (int y = 0, i = 0; y < mask->bins_y; y++)
        for (int x = 0; x < mask->bins_x; x++, i++) {
            if (isnan(mask->value[i])) continue;
            p->visited++;
            low[0] = x < low[0] ? x : low[0];
            low[1] = y < low[1] ? y : low[1];
            high[0] = x > high[0] ? x : high[0];
            high[1] = y > high[1] ? y : high[1];
        }
    const int wide = high[0] - low[0] + 1, tall = high[1] - low[1] + 1, longer = wide > tall ? wide : tall;
    const int step = longer >= 2 * BLOCKS ? longer / BLOCKS : 1;
    const int across = (wide + step - 1) / step, most = across * ((tall + step - 1) / step);
    p->side = longer * mask->bin_width;
    p->block = gn_alloc(gn_map_bins(mask), sizeof *p->block);
    p->root = gn_alloc((unsigned long)most, sizeof *p->root);
    p->x = gn_alloc((unsigned long)most, sizeof *p->x);
    p->y = gn_alloc((unsigned long)most, sizeof *p->y);
    int *number = gn_alloc((unsigned long)most, sizeof *number);
    if (!p->block || !p->root || !p->x || !p->y || !number) {
        free(number);
        return false;
    }
    for (int y = 0, i = 0; y < mask->bins_y; y++)
        for (int x = 0; x < mask->bins_x; x++, i++) {
            p->block[i] = -1;
            if (isnan(mask->value[i])) continue;
            int *its = &number[(y - low[1]) / step * across + (x - low[0]) / step];
            if (!*its) *its = ++p->blocks;
            const int b = p->block[i] = *its - 1;
            p->root[b] += 1;
            p->x[b] += gn_map_x(mask, x);
            p->y[b] += gn_map_y(mask, y);
        }
    for (int b = 0; b < p->blocks; b++) {
        p->x[b] /= p->root[b];
        p->y[b] /= p->root[b];
        p->root[b] = sqrt(p->root[b]);
    }
    free(number);
    return true;
}

/* block (blocks) <- sums over the visited bins of a block over the square root of their number: the squares of what is
 * constant in every block are those of the bins. value is 0 where unvisited. */
static void average(const gn_pattern_plan *p, const double *value, double *block) {
    memset(block, 0, (size_t)p->blocks * sizeof *block);
    for (int i = 0; i < p->bins_x * p->bins_y; i++)
        if (p->block[i] >= 0) block[p->block[i]] += value[i];
    for (int b = 0; b < p->blocks; b++)
        block[b] /= p->root[b];
}

/* Two planes over the visited bins, orthonormal to a constant and to each other. */
static bool make_planes(gn_pattern_plan *p, const gn_map *mask) {
    const int bins = p->bins_x * p->bins_y;
    p->plane = gn_alloc(2UL * (unsigned long)bins, sizeof *p->plane);
    double *basis = gn_alloc(3UL * (unsigned long)bins, sizeof *basis);
    if (!p->plane || !basis) {
        free(basis);
        return false;
    }
    for (int i = 0; i < bins; i++)
        basis[i] = p->block[i] < 0 ? 0 : 1 / sqrt(p->visited);
    for (int k = 0; k < 2; k++) {
        double *new = basis + (size_t)(k + 1) * (size_t)bins;
        for (int y = 0, i = 0; y < p->bins_y; y++)
            for (int x = 0; x < p->bins_x; x++, i++)
                new[i] = isnan(mask->value[i]) ? 0 : k ? y : x;
        if (orthonormalise(bins, k + 1, basis, 1e-12, new))
            memcpy(p->plane + (size_t)k * (size_t)bins, new, (size_t)bins * sizeof *new);
        else /* a single row or column of bins */
            memset(new, 0, (size_t)bins * sizeof *new);
    }
    free(basis);
    return true;
}

/* ---- the plan: waves -------------------------------------------------------------------- */

/* Periods over the longer side of frequency number j; those below 0 are the slow ones. */
static double periods_of(int frequency) {
    return frequency < 0 ? SLOW_PERIODS[frequency + SLOW] : LEAST_PERIODS * pow(2, (double)frequency / OCTAVE);
}
static int wave_number(int frequency, int direction) {
    return (frequency + SLOW) * DIRECTIONS + direction;
}

static void wave(const gn_pattern_plan *p, double periods, double radians, double *cosine, double *sine) {
    const double k = 2 * M_PI * periods / p->side, kx = k * cos(radians), ky = k * sin(radians);
    for (int b = 0; b < p->blocks; b++) {
        const double phase = kx * p->x[b] + ky * p->y[b];
        cosine[b] = p->root[b] * cos(phase);
        sine[b] = p->root[b] * sin(phase);
    }
}

static void set_column(gn_pattern_plan *p, int at, const double *value) {
    for (int b = 0; b < p->blocks; b++)
        p->column[(size_t)b * (size_t)p->columns + (size_t)at] = (float)value[b];
}

static void get_column(const gn_pattern_plan *p, int at, double *value) {
    for (int b = 0; b < p->blocks; b++)
        value[b] = p->column[(size_t)b * (size_t)p->columns + (size_t)at];
}

/* Removes the constant. */
static void centre(const gn_pattern_plan *p, double *value) {
    subtract(p->blocks, dot(p->blocks, p->root, value) / p->visited, p->root, value);
}

/* scratch (2, blocks) */
static void add_waves(gn_pattern_plan *p, double *scratch) {
    double *cosine = scratch, *sine = scratch + p->blocks;
    for (int f = -SLOW; f < FREQUENCIES; f++)
        for (int d = 0; d < DIRECTIONS; d++) {
            const int at = wave_number(f, d);
            wave(p, periods_of(f), M_PI * d / DIRECTIONS, cosine, sine);
            set_column(p, at, cosine);
            set_column(p, WAVES + at, sine);
            centre(p, cosine);
            centre(p, sine);
            const double cc = dot(p->blocks, cosine, cosine), cs = dot(p->blocks, cosine, sine);
            const double ss = dot(p->blocks, sine, sine), whole = cc * ss - cs * cs;
            if (!(whole > 1e-9 * cc * ss)) continue; /* too few blocks: the wave is never the best */
            p->inverse[at][0] = ss / whole;
            p->inverse[at][1] = -cs / whole;
            p->inverse[at][2] = cc / whole;
        }
}

/* basis (blocks, blocks) <- an orthonormal basis of what is smooth: planes, and waves a good deal closer than a period;
 * after a constant, which is its first row. Returns how many rows. */
static int span_smooth(const gn_pattern_plan *p, double *basis, double *scratch) {
    const int n = p->blocks, most = (int)(SMOOTH_PERIODS / SMOOTH_STEP);
    int count = 1;
    for (int b = 0; b < n; b++)
        basis[b] = p->root[b] / sqrt(p->visited);
    for (int k = 0; k < 2 && count < n; k++) {
        double *new = basis + (size_t)count *(size_t)n;
        average(p, p->plane + (size_t)k * (size_t)(p->bins_x * p->bins_y), new);
        count += orthonormalise(n, count, basis, SMOOTH_KEPT_MIN, new);
    }
    for (int i = -most; i <= most; i++)
        for (int j = 0; j <= most; j++) {
            const double periods = SMOOTH_STEP * hypot(i, j);
            if ((j == 0 && i <= 0) || periods > SMOOTH_PERIODS) continue;
            wave(p, periods, atan2(j, i), scratch, scratch + n);
            for (int part = 0; part < 2 && count < n; part++) {
                double *new = basis + (size_t)count *(size_t)n;
                memcpy(new, scratch + part * n, (size_t)n * sizeof *new);
                count += orthonormalise(n, count, basis, SMOOTH_KEPT_MIN, new);
            }
        }
    return count;
}

/* ---- the plan: falls and edges -------------------------------------------------------------- */

/* Column `at` <- the blocks' averages of value (bins), centred, of length 1 (0 when it is constant). */
static void add_template(gn_pattern_plan *p, int at, const double *value, double *scratch) {
    average(p, value, scratch);
    const double before = dot(p->blocks, scratch, scratch);
    centre(p, scratch);
    const double squares = dot(p->blocks, scratch, scratch);
    for (int b = 0; b < p->blocks; b++)
        scratch[b] = squares > 1e-9 * before ? scratch[b] / sqrt(squares) : 0;
    set_column(p, at, scratch);
}

static void add_falls(gn_pattern_plan *p, const gn_border_plan *border, double *value, double *scratch) {
    int at = 0;
    for (int wall = 0; wall < gn_border_walls(border); wall++) {
        const double *distance = gn_border_distance(border, wall);
        for (int l = 0; distance && l < FALLS; l++, at++) {
            for (int i = 0; i < p->bins_x * p->bins_y; i++)
                value[i] = p->block[i] < 0 ? 0 : exp(-distance[i] / FALL_LENGTHS[l]);
            p->fall_wall[at] = wall;
            add_template(p, p->fall_at + at, value, scratch);
        }
    }
}

/* Their lengths are shares of the inradius, their offsets from the arena's middle. */
static void add_edges(gn_pattern_plan *p, const gn_arena *arena, double *value, double *scratch) {
    for (int k = 0; k < EDGES; k++) {
        const double angle = M_PI * (k / (EDGE_OFFSETS * EDGE_SLOPES)) / EDGE_DIRECTIONS, c = cos(angle),
                     s = sin(angle);
        const double offset = OFFSETS[k / EDGE_SLOPES % EDGE_OFFSETS] * arena->inradius;
        const double slope = SLOPES[k % EDGE_SLOPES] * arena->inradius;
        for (int i = 0; i < p->bins_x * p->bins_y; i++) {
            const int b = p->block[i];
            if (b < 0)
                value[i] = 0;
            else
                value[i] = tanh((c * (p->x[b] - arena->middle[0]) + s * (p->y[b] - arena->middle[1]) - offset) / slope);
        }
        add_template(p, p->edge_at + k, value, scratch);
    }
}

/* Single fields over the box of the blocks; `at` < 0: only counts them. */
static int add_spots(gn_pattern_plan *p, int at, double *value, double *scratch) {
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    int count = 0;
    for (int b = 0; b < p->blocks; b++) {
        low[0] = fmin(low[0], p->x[b]);
        low[1] = fmin(low[1], p->y[b]);
        high[0] = fmax(high[0], p->x[b]);
        high[1] = fmax(high[1], p->y[b]);
    }
    for (int width = 0; width < SPOT_WIDTHS; width++) {
        const double sd = SPOTS[width] * p->side;
        const int across = (int)((high[0] - low[0]) / (SPOT_STEP * sd)) + 1,
                  up = (int)((high[1] - low[1]) / (SPOT_STEP * sd)) + 1;
        for (int k = 0; k < (across + 1) * (up + 1); k++, count++) {
            const double x = low[0] + (high[0] - low[0]) * (k % (across + 1)) / across;
            const double y = low[1] + (high[1] - low[1]) * (k / (across + 1)) / up;
            if (at < 0) continue;
            for (int i = 0; i < p->bins_x * p->bins_y; i++) {
                const int b = p->block[i];
                const double dx = b < 0 ? 0 : p->x[b] - x, dy = b < 0 ? 0 : p->y[b] - y;
                value[i] = b < 0 ? 0 : exp(-(dx * dx + dy * dy) / (2 * sd * sd));
            }
            add_template(p, at + count, value, scratch);
        }
    }
    return count;
}

/* ---- the plan: lattices ----------------------------------------------------------------------- */

/* The columns of candidate c's waves of a part, and the signs of what they hold. */
static void place_waves(lattice *l, gn_fold fold, int part, int c) {
    const int frequency = FIRST_LATTICE + c / family[fold].directions, direction = c % family[fold].directions;
    const int count = family[fold].count[part], before = part ? family[fold].count[0] : 0;
    for (int k = 0; k < count; k++) {
        const member *m = &family[fold].member[before + k];
        const int turned = direction + (int)lround(m->degrees * DIRECTIONS / 180), other = turned / DIRECTIONS;
        const bool seen = frequency + m->octaves < FREQUENCIES;
        const int at = seen ? wave_number(frequency + m->octaves, turned % DIRECTIONS) : 0;
        l->at[part][k * l->room + c] = at;
        l->sign[part][k * l->room + c] = seen;
        l->at[part][(count + k) * l->room + c] = WAVES + at;
        l->sign[part][(count + k) * l->room + c] = (float)(seen ? 1 - 2 * other : 0);
    }
}

static void turn_phases(lattice *l, gn_fold fold, int part) {
    const int count = family[fold].count[part], before = part ? family[fold].count[0] : 0;
    for (int phase = 0; phase < PHASES; phase++)
        for (int k = 0; k < count; k++) {
            const member *m = &family[fold].member[before + k];
            const double p = (phase / POSITIONS + 0.5) / POSITIONS, q = (phase % POSITIONS + 0.5) / POSITIONS;
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

enum { TERMS_MAX = 2 * MEMBERS_MAX };

/* The weights of a candidate at every phase from the inner products of its waves (terms x terms), whole and beside what
 * it is fitted with. */
static void weigh(lattice *l, gn_fold fold, int c, const double *whole, const double *beside, weights *to) {
    const int n0 = 2 * family[fold].count[0], n1 = 2 * family[fold].count[1], terms = n0 + n1;
    for (int phase = 0; phase < PHASES; phase++) {
        const float *a = l->turn[0] + phase * n0, *b = l->turn[1] + phase * n1;
        const double aa = quadratic(n0, n0, a, beside, terms, a), ab = quadratic(n0, n1, a, beside + n0, terms, b);
        const double bb = quadratic(n1, n1, b, beside + n0 * terms + n0, terms, b);
        const int at = phase * l->room + c;
        if (!(aa > KEPT_MIN * quadratic(n0, n0, a, whole, terms, a))) continue; /* stays 0: explains nothing */
        to->first[at] = (float)(1 / aa);
        to->along[at] = (float)(ab / aa);
        if (bb - ab * ab / aa > KEPT_MIN * quadratic(n1, n1, b, whole + n0 * terms + n0, terms, b))
            to->rest[at] = (float)(1 / (bb - ab * ab / aa));
    }
}

/* scratch (TERMS_MAX + 3, blocks) */
static void weigh_candidate(const gn_pattern_plan *p, lattice *l, gn_fold fold, int c, double *scratch) {
    const int n = p->blocks, n0 = 2 * family[fold].count[0], terms = n0 + 2 * family[fold].count[1];
    double whole[TERMS_MAX * TERMS_MAX], beside[TERMS_MAX * TERMS_MAX], common[TERMS_MAX * 3];
    double *fixed = scratch + (size_t)TERMS_MAX * (size_t)n; /* the constant and the planes */
    for (int k = 0; k < terms; k++) {
        const int part = k >= n0, row = part ? k - n0 : k;
        double *column = scratch + (size_t)k * (size_t)n;
        get_column(p, l->at[part][row * l->room + c], column);
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
        weigh(l, fold, c, whole, beside, &l->weights[with]);
    }
}

static bool make_lattice(const gn_pattern_plan *p, lattice *l, gn_fold fold, double *scratch) {
    bool whole = true;
    l->candidates = LATTICES * family[fold].directions;
    l->room = (l->candidates + LANES - 1) / LANES * LANES;
    for (int part = 0; part < PARTS; part++) {
        const unsigned long terms = 2UL * (unsigned long)family[fold].count[part];
        l->at[part] = gn_alloc(terms * (unsigned long)l->room, sizeof *l->at[part]);
        l->sign[part] = gn_alloc(terms * (unsigned long)l->room, sizeof *l->sign[part]);
        l->turn[part] = gn_alloc(terms * PHASES, sizeof *l->turn[part]);
        whole = whole && l->at[part] && l->sign[part] && l->turn[part];
    }
    for (int with = 0; with < 2; with++) {
        weights *w = &l->weights[with];
        w->first = gn_alloc(PHASES * (unsigned long)l->room, sizeof *w->first);
        w->along = gn_alloc(PHASES * (unsigned long)l->room, sizeof *w->along);
        w->rest = gn_alloc(PHASES * (unsigned long)l->room, sizeof *w->rest);
        whole = whole && w->first && w->along && w->rest;
    }
    for (int part = 0; whole && part < PARTS; part++) {
        for (int c = 0; c < l->candidates; c++)
            place_waves(l, fold, part, c);
        turn_phases(l, fold, part);
    }
    for (int c = 0; whole && c < l->candidates; c++)
        weigh_candidate(p, l, fold, c, scratch);
    return whole;
}

static void free_lattice(lattice *l) {
    for (int part = 0; part < PARTS; part++) {
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

/* best[c] = the largest share over the phases; in the same order whatever the width of the vectors. */
__attribute__((always_inline)) static inline void strongest(int room, const weights *w, const float *a, const float *b,
                                                            float *best) {
    for (int c = 0; c < room; c += LANES) {
        float most[LANES] = {0};
        for (int phase = 0; phase < PHASES; phase++) {
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
static void strongest_plain(int room, const weights *w, const float *a, const float *b, float *best) {
    strongest(room, w, a, b, best);
}
#if defined(__x86_64__)
__attribute__((target("avx2"))) static void strongest_avx2(int room, const weights *w, const float *a, const float *b,
                                                           float *best) {
    strongest(room, w, a, b, best);
}
#endif

/* ---- the plan ------------------------------------------------------------------------------------ */

static bool make_columns(gn_pattern_plan *p, const gn_arena *arena, const gn_border_plan *border) {
    const int n = p->blocks, bins = p->bins_x * p->bins_y;
    const int room = n > TERMS_MAX + 3 ? n : TERMS_MAX + 3;
    double *basis = gn_alloc((unsigned long)n * (unsigned long)room, sizeof *basis);
    double *scratch = gn_alloc(2UL * (unsigned long)n, sizeof *scratch),
           *value = gn_alloc((unsigned long)bins, sizeof *value);
    p->inverse = gn_alloc(WAVES, sizeof *p->inverse);
    bool whole = basis && scratch && value && p->inverse;
    if (whole) {
        p->smooths = span_smooth(p, basis, scratch) - 1;
        for (int wall = 0; wall < gn_border_walls(border); wall++)
            p->falls += gn_border_distance(border, wall) ? FALLS : 0;
        p->smooth_at = 2 * WAVES;
        p->fall_at = p->smooth_at + p->smooths;
        p->edge_at = p->fall_at + p->falls;
        p->spot_at = p->edge_at + EDGES;
        p->spots = add_spots(p, -1, value, scratch);
        p->plane_at = p->spot_at + p->spots;
        p->columns = p->plane_at + 2;
        p->column = gn_alloc((unsigned long)n * (unsigned long)p->columns, sizeof *p->column);
        p->fall_wall = gn_alloc((unsigned long)p->falls + 1, sizeof *p->fall_wall);
        whole = p->column && p->fall_wall;
    }
    if (whole) {
        for (int k = 0; k < p->smooths; k++)
            set_column(p, p->smooth_at + k, basis + (size_t)(k + 1) * (size_t)n);
        add_waves(p, scratch);
        add_falls(p, border, value, scratch);
        add_edges(p, arena, value, scratch);
        add_spots(p, p->spot_at, value, scratch);
        for (int k = 0; k < 2; k++)
            add_template(p, p->plane_at + k, p->plane + (size_t)k * (size_t)bins, scratch);
        double *fixed = basis + (size_t)TERMS_MAX * (size_t)n;
        for (int b = 0; b < n; b++)
            fixed[b] = p->root[b] / sqrt(p->visited);
        get_column(p, p->plane_at, fixed + n);
        get_column(p, p->plane_at + 1, fixed + 2 * n);
        orthonormalise(n, 1, fixed + n, 0, fixed + 2 * n);
        for (gn_fold fold = 0; fold < GN_FOLDS; fold++)
            whole = whole && make_lattice(p, &p->lattice[fold], fold, basis);
    }
    free(basis);
    free(scratch);
    free(value);
    return whole;
}

gn_pattern_plan *gn_pattern_plan_new(const gn_map *mask, const gn_arena *arena, const gn_border_plan *border) {
    gn_pattern_plan *p = gn_alloc(1, sizeof *p);
    if (!p) return NULL;
    p->bins_x = mask->bins_x;
    p->bins_y = mask->bins_y;
    p->bin_width = mask->bin_width;
    p->strongest = strongest_plain;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2")) p->strongest = strongest_avx2;
#endif
    if (cut_blocks(p, mask) && make_planes(p, mask) && make_columns(p, arena, border)) return p;
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
    for (gn_fold fold = 0; fold < GN_FOLDS; fold++)
        free_lattice(&p->lattice[fold]);
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
    w->chosen = gn_alloc(TERMS_MAX * room, sizeof *w->chosen);
    w->best = gn_alloc(room, sizeof *w->best);
    w->basis = gn_alloc(MEMBERS_MAX * (unsigned long)p->blocks, sizeof *w->basis);
    w->fitted = gn_alloc((unsigned long)p->blocks, sizeof *w->fitted);
    for (int part = 0; part < PARTS; part++)
        w->part[part] = gn_alloc(PHASES * room, sizeof *w->part[part]);
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
    for (int part = 0; part < PARTS; part++)
        free(w->part[part]);
    free(w);
}

/* ---- shares --------------------------------------------------------------------------------------- */

static double best_lattice(const gn_pattern_plan *p, gn_pattern_work *w, gn_fold fold, const float *sum,
                           bool without_ramp, int *which) {
    const lattice *l = &p->lattice[fold];
    for (int part = 0; part < PARTS; part++) {
        const int terms = 2 * family[fold].count[part], room = l->room;
        for (int i = 0; i < terms * room; i++)
            w->chosen[i] = l->sign[part][i] * sum[l->at[part][i]];
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, PHASES, room, terms, 1, l->turn[part], terms, w->chosen,
                    room, 0, w->part[part], room);
    }
    p->strongest(l->room, &l->weights[without_ramp], w->part[0], w->part[1], w->best);
    *which = 0;
    for (int c = 1; c < l->candidates; c++)
        if (w->best[c] > w->best[*which]) *which = c;
    return (double)w->best[*which] / p->visited;
}

/* Share of the best wave of numbers first..end-1. */
static double best_wave(const gn_pattern_plan *p, const float *sum, int first, int end, int *which) {
    double best = 0;
    *which = first;
    for (int k = first; k < end; k++) {
        const double c = (double)sum[k], s = (double)sum[WAVES + k], *i = p->inverse[k];
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

static void share(const gn_pattern_plan *p, gn_pattern_work *w, const float *sum, bool without_ramp,
                  gn_pattern_shares *s) {
    const int first = wave_number(0, 0), end = wave_number(FIRST_WAVES, 0);
    int at;
    *s = (gn_pattern_shares){.fall = NAN, .fall_wall = -1};
    s->smooth = sum_of_squares(p->smooths, sum + p->smooth_at) / p->visited;
    for (gn_fold fold = 0; fold < GN_FOLDS; fold++)
        s->lattice[fold] = best_lattice(p, w, fold, sum, without_ramp, &s->lattice_at[fold]);
    s->wave = best_wave(p, sum, first, end, &s->wave_at);
    s->slow = best_wave(p, sum, 0, first, &at);
    s->ramp = sum_of_squares(2, sum + p->plane_at) / p->visited;
    s->edge = fmax(s->ramp, best_square(EDGES, sum + p->edge_at, &at) / p->visited);
    s->spot = best_square(p->spots, sum + p->spot_at, &at) / p->visited;
    if (!p->falls) return;
    s->fall = best_square(p->falls, sum + p->fall_at, &at) / p->visited;
    s->fall_wall = p->fall_wall[at];
}

void gn_pattern_fit(const gn_pattern_plan *p, gn_pattern_work *w, int count, const double *standard, bool without_ramp,
                    gn_pattern_shares *shares) {
    for (int k = 0; k < count; k++) {
        average(p, standard + (size_t)k * (size_t)(p->bins_x * p->bins_y), w->fitted);
        for (int b = 0; b < p->blocks; b++)
            w->block[(size_t)k * (size_t)p->blocks + (size_t)b] = (float)w->fitted[b];
    }
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, count, p->columns, p->blocks, 1, w->block, p->blocks,
                p->column, p->columns, 0, w->sum, p->columns);
    for (int k = 0; k < count; k++)
        share(p, w, w->sum + (size_t)k * (size_t)p->columns, without_ramp, &shares[k]);
}

double gn_pattern_take_ramp(const gn_pattern_plan *p, const double *standard, double *left) {
    const int bins = p->bins_x * p->bins_y;
    memcpy(left, standard, (size_t)bins * sizeof *left);
    for (int k = 0; k < 2; k++) {
        const double *plane = p->plane + (size_t)k * (size_t)bins;
        subtract(bins, dot(bins, plane, left), plane, left);
    }
    const double variance = dot(bins, left, left) / p->visited, sd = sqrt(variance);
    for (int i = 0; i < bins; i++)
        left[i] = variance > 1e-20 ? left[i] / sd : 0;
    return variance;
}

/* ---- refinement ------------------------------------------------------------------------------------- */

/* Squares of the blocks explained by `waves` waves, the first along `radians`, phases and amplitudes free. */
static double explained(const gn_pattern_plan *p, gn_pattern_work *w, const double *block, int waves, double periods,
                        double radians) {
    const int n = p->blocks;
    double squares = 0;
    int count = 1;
    for (int b = 0; b < n; b++)
        w->basis[b] = p->root[b] / sqrt(p->visited);
    for (int k = 0; k < waves; k++) {
        double *cosine = w->basis + (size_t)count * (size_t)n, *sine = cosine + n;
        wave(p, periods, radians + M_PI * k / waves, cosine, sine);
        for (int part = 0; part < 2; part++) {
            double *new = w->basis + (size_t)count *(size_t)n;
            if (part && new != sine) memmove(new, sine, (size_t)n * sizeof *new);
            if (!orthonormalise(n, count, w->basis, 1e-6, new)) continue;
            const double along = dot(n, new, block);
            squares += along * along;
            count++;
        }
    }
    return squares;
}

/* A search with ever smaller steps from a candidate, no farther than the next. */
static void refine(const gn_pattern_plan *p, gn_pattern_work *w, const double *standard, int waves, int frequency,
                   int direction, gn_wave *result) {
    static const int step[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    const double of_frequency = pow(2, 0.5 / OCTAVE), of_angle = M_PI / DIRECTIONS / 2;
    double log_step = 0, angle_step = 0, best;
    const double periods = periods_of(frequency), radians = M_PI * direction / DIRECTIONS;
    average(p, standard, w->fitted);
    best = explained(p, w, w->fitted, waves, periods, radians);
    for (double size = 0.5; size > 1e-3; size /= 2)
        for (int k = 0, rest = 4; rest > 0; k = (k + 1) % 4, rest--) {
            const double f = log_step + size * step[k][0], a = angle_step + size * step[k][1];
            if (fabs(f) > 2 || fabs(a) > 2) continue;
            const double value =
                explained(p, w, w->fitted, waves, periods * pow(of_frequency, f), radians + a * of_angle);
            if (!(value > best)) continue;
            best = value;
            log_step = f;
            angle_step = a;
            rest = 5; /* four more tries from here; this direction first */
            k = (k + 3) % 4;
        }
    const double turn = 180.0 / waves, angle = fmod((radians + angle_step * of_angle) * 180 / M_PI + 180, turn);
    *result = (gn_wave){periods * pow(of_frequency, log_step) / p->side, angle, waves};
}

void gn_pattern_refine_wave(const gn_pattern_plan *p, gn_pattern_work *w, const double *standard, int wave_at,
                            gn_wave *to) {
    refine(p, w, standard, 1, wave_at / DIRECTIONS - SLOW, wave_at % DIRECTIONS, to);
}

void gn_pattern_refine_lattice(const gn_pattern_plan *p, gn_pattern_work *w, const double *standard, gn_fold fold,
                               int lattice_at, gn_wave *to) {
    refine(p, w, standard, family[fold].count[0], FIRST_LATTICE + lattice_at / family[fold].directions,
           lattice_at % family[fold].directions, to);
}

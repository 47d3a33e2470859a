/* All scores of all units of a run, or of single maps: scores, nulls, class. */
#ifndef GN_SCORE_UNIT_H
#define GN_SCORE_UNIT_H

#include "units/score_class.h"
#include "units/score_run.h"

/* The version of all that decides on a unit's scores and class. The tables of false positives and power are measured
 * with one version and used with no other. The second one also counts changes on which those tables do not depend. */
enum { GN_SCORE_ALGORITHM = 5, GN_SCORE_CHANGES = 6 };

/* A score, and what it is compared with in the nulls; nan where there is no such null. */
typedef struct {
    double value;
    double p95, p99, z;                   /* in the null of shifted rates */
    double noise_p95, noise_p99, noise_z; /* in smoothed noise as wide as the map */
    bool alone;                           /* a single map's, for which there are no shifts */
} gn_scored;

typedef struct {
    gn_scored shape[GN_SHAPES], information, stability; /* the lattice: see of_rest */
    bool of_rest;         /* the lattice, and its nulls, are of what a plane leaves of the map */
    gn_fold fold;         /* of the lattice that explains more */
    double lattice_share; /* of the map's variance that it explains, with the plane if of_rest */
    gn_lattice lattice;   /* of the symmetry, 60 or 90 degrees, with the larger z of gridness */
    int axes;             /* gn_class_axes() */
    gn_wave wave;         /* of the wave or lattice that stands out; frequency 0 when none does */
    gn_pattern_shares pattern;
    gn_border border;
    double width;      /* of the autocorrelogram, bins */
    double wavelength; /* gn_map_wavelength, arena units */
    double range;      /* of the map, largest less smallest rate */
    gn_class class;
    double class_z;
} gn_unit_scores;

/* The scores that --null-output lists, in the order of its columns; the lattice score is that of the whole map, or
 * of what a plane leaves of it. */
enum { GN_NULL_INFORMATION = GN_SHAPES, GN_NULL_STABILITY, GN_NULL_SCORES };

typedef struct {
    int shifts, noise_maps;
    uint64_t seed;
    bool of_rates; /* single maps are those of a network's units, so that one with too small a range is silent */
} gn_score_options;
/* Rows for the option table of a program, which also smooths the maps of a run before they are scored. */
#define GN_SCORE_OPTIONS                                                                                       \
    {.name = "shifts",                                                                                         \
     .type = GN_OPTION_INT,                                                                                    \
     .fallback = "200",                                                                                        \
     .min = GN_NULL_FEWEST,                                                                                    \
     .max = 1e6,                                                                                               \
     .unit = "maps",                                                                                           \
     .help = "circular shifts of each unit's null"},                                                           \
        {.name = "smoothing",                                                                                  \
         .type = GN_OPTION_REAL,                                                                               \
         .fallback = "1",                                                                                      \
         .max = 32,                                                                                            \
         .unit = "bins",                                                                                       \
         .help = "standard deviation of the smoothing of the run's maps"},                                     \
    {                                                                                                          \
        .name = "noise-maps", .type = GN_OPTION_INT, .fallback = "400", .min = 10, .max = 1e6, .unit = "maps", \
        .help = "smoothed-noise maps of each width; a map is compared with so many, 99 at least"               \
    }

typedef struct gn_scorer gn_scorer;

/* A scorer of maps with this mask. run NULL: it scores single maps, for which there are no shifts. All arguments are
 * borrowed. */
gn_status gn_scorer_new(const gn_map *mask, const gn_arena *arena, const gn_run_maps *run, const gn_score_options *,
                        gn_pool *, gn_scorer **);
void gn_scorer_free(gn_scorer *);

/* Scores the units of a run from rate (units, samples): the observed map and those of the null are made by the same
 * gn_run_map(). scores (units). surrogate (units, GN_NULL_SCORES, shifts) receives the scores of the shifted maps;
 * NULL: not wanted. progress(context), unless NULL, is called after every unit, from any thread but never by two at
 * once. */
gn_status gn_scorer_run(gn_scorer *, int units, const float *rate, gn_unit_scores *scores, double *surrogate,
                        void (*progress)(void *), void *context);

/* Scores of maps (count, bins) as they stand. */
gn_status gn_scorer_maps(gn_scorer *, int count, const double *maps, gn_unit_scores *scores);

/* The noise that maps are compared with. */
const gn_noise *gn_scorer_noise(const gn_scorer *);
/* NULL, or why no border score is defined. */
const char *gn_scorer_border_undefined(const gn_scorer *);

#endif

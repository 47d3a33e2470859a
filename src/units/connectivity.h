/* Is the recurrent connectivity that of an attractor model? (claim C13)
 *
 * In the standard models of grid and place cells (McNaughton et al. 2006; Burak & Fiete 2009) a
 * weight is a function of how far apart the two units' fields lie: excitation between near ones,
 * inhibition around. So weights are related here to three measures of a pair of units, each cut
 * into bins, and to one question: what share of the weights' variance does the bin explain? A
 * weight that depends on nothing else gives 1; the null assigns the maps to the units at random.
 *
 * Weights are (n, n), row = receiving unit, self-connections left out. A bin matrix is (n, n),
 * -1 where the pair has none. Maps are (n, B, B) as in a probe, nan where unvisited. */
#ifndef GN_CONNECTIVITY_H
#define GN_CONNECTIVITY_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* ---- measures of pairs and units --------------------------------------------------- */

/* similarity (n, n): Pearson correlation of two maps over bins visited in both; nan for a constant
 * map. */
gn_status gn_map_similarity(size_t n, size_t bins, const float *map, double *similarity);

/* offset (n, n, 2), in bins (x, y): the lag at which the map of the receiving unit (first index),
 * moved back, looks most like that of the sending one: the peak of their cross-correlation, means
 * removed, nothing outside the mask. Lags reach half the map, so for periodic maps it is their
 * difference of phase. Maps are averaged down to at most 24 bins a side first. */
gn_status gn_map_offset(size_t n, size_t bins, const float *map, double *offset);

/* The plane fitted to a map: the direction it rises in (turns, counterclockwise from x) and the
 * share of the map's variance it explains; nan for a constant map. A ramp or a border unit rises
 * towards its wall. */
void gn_map_direction(size_t bins, const float *map, double *direction, double *share);

/* ---- bins -------------------------------------------------------------------------- */

enum { GN_SIMILARITY_BINS = 20, GN_PAIR_DIRECTION_BINS = 20, GN_DISTANCE_BINS = 16, GN_OFFSET_SIDE = 13 };
enum { GN_OFFSET_BINS = GN_OFFSET_SIDE * GN_OFFSET_SIDE };

void gn_similarity_bins(size_t n, const double *similarity, int *bin); /* [-1, 1] */
/* The receiving unit's direction less the sending one's, (-1/2, 1/2] turns. */
void gn_direction_bins(size_t n, const double *direction, int *bin);
void gn_distance_bins(size_t n, const double *offset, double reach, int *bin); /* [0, reach] */
/* Offsets within a square of half side `reach`, which a smooth kernel of any shape fills. */
void gn_offset_bins(size_t n, const double *offset, double reach, int *bin);

/* ---- the profile -------------------------------------------------------------------- */

typedef struct {
    int bins;
    double *mean, *sd;            /* (bins) of the weights in a bin; nan where there are none */
    double *null_low, *null_high; /* (bins) 2.5th and 97.5th percentile of the mean, maps shuffled */
    size_t *count;                /* (bins) */
    size_t pairs;
    double explained;          /* between-bin share of the weights' variance, 0..1 */
    double null_p95, null_p99; /* of the same, maps shuffled */
    double p;                  /* (1 + shuffles at or above) / (1 + shuffles) */
} gn_profile;

/* Shuffles of unit labels: a function of seed and index. GN_EFILE when no pair has a bin or all
 * weights are equal. Free the profile also after a failure. */
gn_status gn_weight_profile(size_t n, const double *weight, int bins, const int *bin, int shuffles, uint64_t seed,
                            uint32_t stream, gn_profile *profile);
void gn_profile_free(gn_profile *profile);

/* Eigenvalues (n, 2: real, imaginary) of a real matrix, by falling real part, the one with the
 * positive imaginary part first. */
gn_status gn_spectrum(size_t n, const double *matrix, double *eigenvalue);

#endif

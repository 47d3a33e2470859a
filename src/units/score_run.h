/* Rate maps of one uninterrupted run, as recorded and with the rates shifted in time. */
#ifndef GN_SCORE_RUN_H
#define GN_SCORE_RUN_H

#include <stdint.h>

#include "io/container.h"
#include "units/map.h"
#include "units/tuning.h"
#include "walk/trajectory.h"

/* A run as probe-tuning --uninterrupted writes it: one animal walks in one long trial, so that its rates can be
 * shifted in time. */
typedef struct {
    gn_file *file; /* owns the arrays */
    gn_walk walk;
    gn_grid grid;
    size_t units, samples;
    const float *rate, *position, *speed; /* (units, samples), (samples, 2), (samples) */
} gn_recorded;

enum { GN_RECORDED_FEWEST = 100 }; /* samples */
gn_status gn_recorded_read(const char *path, gn_recorded *);
void gn_recorded_free(gn_recorded *);

/* Where the animal was, as a sequence of stays. A stay lies in one bin and within one half of the run. Read-only
 * once made. */
typedef struct {
    gn_map map;               /* geometry; value: 0 where visited, nan elsewhere (owned: mask) */
    double *mask, *occupancy; /* (bins, bins); samples in each bin */
    size_t samples;
    size_t stays;
    size_t *begin;     /* (stays + 1) first sample of each; the last is `samples` */
    uint32_t *bin;     /* (stays) */
    size_t half_stays; /* stays of the first half */
    gn_smoother whole, half[2];
} gn_run_maps;

/* position is (samples, 2); smoothing in bins. */
gn_status gn_run_maps_new(const gn_grid *, size_t samples, const float *position, double smoothing, gn_run_maps *);
void gn_run_maps_free(gn_run_maps *);

/* sums[t], t = 0 .. 2 samples, is the sum of the rates before sample t of the run followed by itself, so that shifts
 * need not turn around at its end. */
void gn_run_sums(size_t samples, const float *rate, double *sums);

/* The smoothed map (bins, bins) when the rate of sample t + shift, counted on from the start beyond the end, is
 * given to the place of sample t; nan where unvisited. half (2, bins, bins) receives the maps of the two halves of
 * the walk. scratch is (2, bins, bins). */
void gn_run_map(const gn_run_maps *, const double *sums, size_t shift, double *scratch, double *map, double *half);

/* Shifts are at least this share of the run away from 0, forwards and backwards. */
#define GN_SHIFT_SHARE 0.2
/* Shift number k of a unit; it depends on the arguments only. */
size_t gn_run_shift(size_t samples, uint64_t seed, uint32_t unit, uint32_t k);

#endif

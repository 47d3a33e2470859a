/* What probe-tuning found of a network's units, as its file has it: rate maps and tuning curves, and the scores of
 * these that need no null. */
#ifndef GN_PROBED_H
#define GN_PROBED_H

#include "units/score_run.h"

typedef struct {
    gn_file *file; /* owns the arrays */
    gn_walk walk;  /* that of the probe; its arena may differ from that of the network's training */
    gn_map frame;  /* geometry of the maps, which have as many rows as columns; without values */
    size_t units, bins, directions, speeds;
    const uint32_t *occupancy;             /* (bins) steps of its trials */
    const float *map;                      /* (units, bins) nan where unvisited */
    const float *direction, *direction_at; /* (units, directions); their centres, turns */
    const float *speed, *speed_at;         /* (units, speeds); their centres, arena units per step */
} gn_probed;

/* With `units` above 0, a file of another number of units gives GN_EFILE; so do maps that are not square or have more
 * than GN_MAP_BINS_MAX bins along a side. */
gn_status gn_probed_read(const char *path, size_t units, gn_probed *);
void gn_probed_free(gn_probed *);

/* Scores without a null (score_tuning.h). */
typedef struct {
    double sparseness, sparseness_signed; /* of the map */
    double speed_slope;                   /* of the speed curve */
    double direction_range, mean_vector_length;
    double speed_r_all,
        speed_r_moving; /* Pearson's r of rate and speed over the samples of a run, all or moving ones */
    double map_shown_r; /* of the run's map, which is scored, and the probe's, which is shown (gn_shown_r) */
} gn_tuning_scores;
extern const gn_tuning_scores gn_no_tuning; /* all nan */

/* Memory that gn_tuning_score() needs, in doubles. */
size_t gn_tuning_room(const gn_probed *, const gn_recorded *);
/* The scores of a unit, without map_shown_r. run NULL: without those that need one. scratch (gn_tuning_room) */
gn_tuning_scores gn_tuning_score(const gn_probed *, const gn_recorded *run, size_t unit, double *scratch);

/* Smooths the maps of all units (units, bins) as figures show them. smoothing: standard deviation, bins. */
gn_status gn_probed_smoothed(const gn_probed *, double smoothing, double *maps);

/* Compares the map of the run with that of the probe, both smoothed alike. */
typedef struct {
    const gn_probed *probed;
    const gn_recorded *recorded;
    const gn_run_maps *run;
    gn_smoother smoother;
    double *sums;    /* (2 samples + 1); NULL: the bins differ, so there is nothing to compare */
    double *scratch; /* (6, bins) */
} gn_shown;

/* The arguments are borrowed. smoothing: bins. */
gn_status gn_shown_new(const gn_probed *, const gn_recorded *, const gn_run_maps *, double smoothing, gn_shown *);
void gn_shown_free(gn_shown *);
/* Pearson's r of the two maps of a unit; nan when they have other bins. */
double gn_shown_r(gn_shown *, size_t unit);

#endif

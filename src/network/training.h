/* A training: the trials of each update, the state that is saved to resume it, and its log. The caller provides the
 * recipe as header keys. */
#ifndef GN_TRAINING_H
#define GN_TRAINING_H

#include "network/hessian_free.h"

/* What changes from update to update; everything depends only on the number of the update. */
typedef struct {
    uint64_t seed;
    int trials;           /* number of trials for the objective and the gradient */
    int curvature_trials; /* how many of these, from the first, enter Gauss-Newton products */
    int curvature_growth; /* until this update that number grows linearly from GN_GROUP; 0: it does not */
    int trial_lifetime;   /* number of updates for which a trial stays in the batch; 0 means 1 */
    int noise_rise;       /* until this update the noise rises linearly from 0 */
    int contraction_rise; /* likewise the bounds of the contraction penalty */
    double place_width, place_width_first; /* width of place cells, and at update 0 (0: the same) */
    int place_narrowing;                   /* until this update the width changes by a constant factor per update */
} gn_schedule;

typedef struct {
    gn_network net;
    gn_optimiser_options optimiser;
    gn_schedule schedule;
    gn_optimiser_state state;
    gn_file *recipe;     /* the header keys recipe.*; trainings in which all are equal are the same training */
    int update, updates; /* number of updates done, and wanted */
    int first;           /* update of the first row of the log */
    gn_log_row *log;     /* (updates - first) */
    double *seconds;     /* likewise, the duration of each update; not part of any result */
    double *processor;   /* likewise, processor time; nan for updates before the training was resumed */
    double *passes;      /* likewise, passes of a trial through all steps (gn_gradient_passes) */
} gn_training;           /* owns everything except net.given */

/* Allocates state and log of a training whose net, optimiser, schedule and updates are set. After a failure too the
 * caller frees it. */
gn_status gn_training_new(gn_training *);
void gn_training_free(gn_training *);

/* Writes parameters, optimiser state and recipe to a file of kind "network"; `resumable` adds the log. */
gn_status gn_training_save(const gn_training *, const char *path, bool resumable);
/* Resumes from a file of the same recipe. If the recipe is another one, *same becomes false, `differs` names a key that
 * differs and both values, and nothing is changed. */
enum { GN_DIFFERS = 300 };
gn_status gn_training_take_up(gn_training *, const char *path, bool *same, char differs[GN_DIFFERS]);
/* The error of a trained network is the mean over so many last updates, as the error of one batch fluctuates. */
enum { GN_FINAL_UPDATES = 50 };
/* Writes the log, unless its path is NULL, and the durations of updates. The log's header has that mean as final_mse.
 */
gn_status gn_training_write_log(const gn_training *, const char *path, const char *seconds_path);

/* Makes all updates that are still to be done. after() is called before the first update (with row NULL) and after
 * each; unless it returns GN_OK, the training ends. GN_ENUM when numbers diverge; the training is then in the state
 * before that update. */
gn_status gn_training_run(gn_training *, const gn_kernel *, gn_pool *,
                          gn_status (*after)(void *context, const gn_training *, const gn_log_row *row), void *context);

#endif

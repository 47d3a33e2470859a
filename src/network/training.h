/* A training: what an update draws, its state on disk, and its log. The recipe itself, as header keys, is the
 * caller's to say. */
#ifndef GN_TRAINING_H
#define GN_TRAINING_H

#include "network/hessian_free.h"

/* What the updates draw, as functions of their number alone. */
typedef struct {
    uint64_t seed;
    int trials;                            /* of the objective and the gradient */
    int curvature_trials;                  /* of these, the first so many enter the Gauss-Newton products */
    int curvature_growth;                  /* update until which they grow evenly, from GN_GROUP; 0: they do not */
    int trial_lifetime;                    /* updates that a trial stays in the batch; 0 and 1: one */
    int noise_rise;                        /* update until which the noise rises evenly from 0 */
    int contraction_rise;                  /* and the bounds of the contraction penalty */
    double place_width, place_width_first; /* of place cells, which narrow from the first (0: they do not) */
    int place_narrowing;                   /* until this update, by the same factor at each */
} gn_schedule;

typedef struct {
    gn_network net;
    gn_optimiser_options optimiser;
    gn_schedule schedule;
    gn_optimiser_state state;
    gn_file *recipe;     /* its header keys, recipe.*: what makes two trainings the same */
    int update, updates; /* done, wanted */
    int first;           /* update of the first row of the log */
    gn_log_row *log;     /* (updates - first) */
    double *seconds;     /* likewise; not part of any result */
    double *processor;   /* likewise, of the processors; nan before a resumption */
    double *passes;      /* likewise, passes of a trial through all steps (gn_gradient_passes) */
} gn_training;           /* owns all but what net borrows */

/* Memory for the state and the log of a training whose net, optimiser, schedule and updates are set. */
gn_status gn_training_new(gn_training *);
void gn_training_free(gn_training *);

/* Weights, optimiser state and recipe as a network's file; `resumable` adds the log. */
gn_status gn_training_save(const gn_training *, const char *path, bool resumable);
/* Goes on from a file of the same recipe. Of another one: *same is false, `differs` says which key is what in the file,
 * and nothing is changed. */
enum { GN_DIFFERS = 128 };
gn_status gn_training_take_up(gn_training *, const char *path, bool *same, char differs[GN_DIFFERS]);
/* The error of a trained network is the mean of so many last updates: one batch's jumps about. */
enum { GN_FINAL_UPDATES = 50 };
/* The log, unless its path is NULL, and the seconds an update took. The log's header has final_mse, that mean. */
gn_status gn_training_write_log(const gn_training *, const char *path, const char *seconds_path);

/* Updates until all are done. `after` is called before the first and after each (row NULL before the first); what it
 * returns, if not GN_OK, ends the training. GN_ENUM, at the state before the update, when numbers diverge. */
gn_status gn_training_run(gn_training *, const gn_kernel *, gn_pool *,
                          gn_status (*after)(void *context, const gn_training *, const gn_log_row *row), void *context);

#endif

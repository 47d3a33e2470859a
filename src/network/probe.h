/* Probing: running a trained network over many trials or one long walk, for the programs that analyse networks. */
#ifndef GN_PROBE_H
#define GN_PROBE_H

#include "cli/options.h"
#include "io/container.h"
#include "io/table.h"
#include "network/rollout.h"
#include "walk/walk_keys.h"

/* Rows for the option table of a program: how many trials, and how long; MORE is added to the help. */
#define GN_PROBE_TRIALS(DEFAULT, LEAST, MOST, MORE)                                                                \
    {                                                                                                              \
        .name = "trials", .type = GN_OPTION_INT, .fallback = DEFAULT, .min = LEAST, .max = MOST, .unit = "trials", \
        .help = "number of fresh trials" MORE                                                                      \
    }
#define GN_PROBE_STEPS(MOST, MORE)                                                             \
    {                                                                                          \
        .name = "steps", .type = GN_OPTION_INT, .fallback = "0", .max = MOST, .unit = "steps", \
        .help = "length of a trial; 0: as in training" MORE                                    \
    }
/* Rows for the option table of a program: the walk, and the noise, whose default depends on the program. */
#define GN_PROBE_OPTIONS(NOISE)                                             \
    {.name = "noise-sd",                                                    \
     .type = GN_OPTION_TEXT,                                                \
     .fallback = NOISE,                                                     \
     .help = "standard deviation of the noise; `trained`: as in training"}, \
        GN_WALK_OVERRIDES

typedef struct {
    gn_network network;
    gn_file *file; /* the network's file, for its header */
    gn_walk walk;  /* the walk of the training, or what the options say instead */
    float noise_sd;
    uint64_t seed;
    int threads;
} gn_probe;

/* Reads the network, which is the first operand, and the options. */
gn_status gn_probe_open(const gn_options *, gn_probe *);
/* The same with the walk and noise of the training; of the options only seed and threads are used. */
gn_status gn_probe_open_as_trained(const char *path, const gn_options *, gn_probe *);
void gn_probe_close(gn_probe *);
/* The value of an option for the length of a trial; 0 stands for the length in training. */
int64_t gn_probe_steps(const gn_probe *, const gn_options *, const char *option);

/* Add the header keys of a result: recipe.* and update of the network, and probe.* for the walk, noise and seed of the
 * probe. */
gn_status gn_probe_to_file(const gn_probe *, gn_file *);
gn_status gn_probe_to_tsv(const gn_probe *, gn_tsv *);

/* Functions that are called for every batch of trials. Each may be NULL. */
typedef struct {
    void *context;
    /* Called before a batch with its trials, the number of the first one, and the number of chunks. */
    gn_status (*begin)(void *context, const gn_trajectories *batch, size_t first, int chunks);
    gn_rollout_visit visit; /* called for every step; trial k of the batch is trial first + k of all */
    gn_status (*end)(void *context);
} gn_probe_visitor;

/* The number of trials in a batch: trial r is row r % 500 of batch r / 500. Each batch has its own random numbers, so
 * changing this number changes results. */
enum {
    GN_PROBE_BATCH = 500,
    GN_PROBE_STRETCH = 10000 /* steps of a long walk that are sampled at a time */
};

/* Runs the network over trials first .. trials - 1. They are freshly sampled when `given` is NULL, else they are the
 * given ones. Walk and noise of a trial do not depend on which other trials are run. As batches are run from their
 * beginning, visit() is also called for trials before `first`, which it must ignore. */
gn_status gn_probe_trials(const gn_probe *, const gn_trajectories *given, size_t first, size_t trials, size_t steps,
                          const gn_probe_visitor *);

/* Runs the network over one uninterrupted walk of `steps` steps for each of `animals` animals at once. The walk is made
 * in stretches of at most `stretch` steps, each with its own exact share of zero-speed steps. begin() and end() are
 * called for every stretch; `first` is then the number of steps before it. */
gn_status gn_probe_walk(const gn_probe *, size_t animals, size_t steps, size_t stretch, const gn_probe_visitor *);

#endif

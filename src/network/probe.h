/* Running a trained network over many trials or one long walk: what the programs that look at
 * networks share. */
#ifndef GN_PROBE_H
#define GN_PROBE_H

#include "cli/options.h"
#include "io/container.h"
#include "io/table.h"
#include "network/rollout.h"
#include "walk/walk_keys.h"

/* Rows for an option table: where the animal walks, and the noise, whose default differs. */
#define GN_PROBE_OPTIONS(NOISE)                                                                \
    {.name = "noise-sd",                                                                       \
     .type = GN_OPTION_TEXT,                                                                   \
     .fallback = NOISE,                                                                        \
     .help = "standard deviation of the noise, or `trained` for the one it was trained with"}, \
        GN_WALK_OVERRIDES

typedef struct {
    gn_network network;
    gn_file *file; /* the network's, for its header */
    gn_walk walk;  /* the network's, with what the options override */
    float noise_sd;
    uint64_t seed;
    int threads;
} gn_probe;

/* Reads the network (operand 0) and the options. */
gn_status gn_probe_open(const gn_options *, gn_probe *);
/* A network as it was trained: its own walk and noise; of the options only seed and threads count. */
gn_status gn_probe_open_as_trained(const char *path, const gn_options *, gn_probe *);
void gn_probe_close(gn_probe *);
/* An option of steps or trials whose 0 stands for the network's own. */
int64_t gn_probe_steps(const gn_probe *, const gn_options *, const char *option);

/* Header keys of a result: the network's recipe.* and update, and probe.* for the walk, noise and
 * seed it was probed with. */
gn_status gn_probe_to_file(const gn_probe *, gn_file *);
gn_status gn_probe_to_tsv(const gn_probe *, gn_tsv *);

/* What is done with the trials, batch by batch. Any of the three may be NULL. */
typedef struct {
    void *context;
    /* Before a batch: its trials, the number of the first one, and its number of chunks. */
    gn_status (*begin)(void *context, const gn_trajectories *batch, size_t first, int chunks);
    gn_rollout_visit visit; /* trial k of the batch is trial first + k of all */
    gn_status (*end)(void *context);
} gn_probe_visitor;

/* Most trials in memory at once. Trial r is row r % 500 of batch r / 500, and each batch has its
 * own random numbers; results therefore depend on this number, and on no other. */
enum { GN_PROBE_BATCH = 500 };

/* Runs the network over the trials first .. trials - 1, fresh or `given` ones (NULL: fresh; else all from `first` on).
 * A trial is the same, its walk and its noise, whichever others are run. Visits may also be of trials of the same batch
 * before `first`, whose results the visitor leaves alone. */
gn_status gn_probe_trials(const gn_probe *, const gn_trajectories *given, size_t first, size_t trials, size_t steps,
                          const gn_probe_visitor *);

/* Runs `animals` animals at once for `steps` steps without interruption, in stretches of at most
 * `stretch` steps (each with its own exact share of zero-speed steps). `begin` is called for each
 * stretch, `first` being the number of steps before it. */
gn_status gn_probe_walk(const gn_probe *, size_t animals, size_t steps, size_t stretch, const gn_probe_visitor *);

#endif

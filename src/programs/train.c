/* train: recipe and seed -> network, checkpoints, training log. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <xxhash.h>

#include "gn_draw.h"
#include "gn_hessian_free.h"
#include "gn_initialise.h"
#include "gn_math.h"
#include "gn_progress.h"

#define INITIALISATIONS "orthogonal|gaussian"
#define OPTIMISERS "hf|adam"

/* Rows before `updates` change the result and stand in the header as recipe.NAME; those that came late, or have no
 * default, only when given, as networks are about that were trained before there were such options. */
static const gn_option table[] = {
    GN_WALK_OPTIONS,
    {.name = "units", .type = GN_OPTION_INT, .fallback = "100", .min = 1, .max = 4096, .help = "recurrent units N"},
    {.name = "steps", .type = GN_OPTION_INT, .fallback = "500", .min = 1, .max = 1e6, .unit = "steps", .help = "length of a trial T"},
    {.name = "trials", .type = GN_OPTION_INT, .fallback = "500", .min = 1, .max = 1e6, .help = "trials an update, all of them fresh but for trial-lifetime"},
    {.name = "curvature-trials", .type = GN_OPTION_INT, .fallback = "96", .min = 1, .max = 1e6, .help = "of these, the first so many enter the Gauss-Newton products"},
    {.name = "coding", .type = GN_OPTION_CHOICE, .fallback = "turns", .choices = GN_CODINGS, .help = "how the direction is given"},
    {.name = "noise-sd", .type = GN_OPTION_REAL, .fallback = "0.1", .max = 100, .help = "standard deviation of the noise"},
    {.name = "noise-site", .type = GN_OPTION_CHOICE, .fallback = "rate", .choices = GN_NOISE_SITES, .help = "noise added to the rate, or to the drive as Eq. 1 writes it"},
    {.name = "initialisation", .type = GN_OPTION_CHOICE, .fallback = "orthogonal", .choices = INITIALISATIONS, .help = "W_rec before training"},
    {.name = "gain", .type = GN_OPTION_REAL, .fallback = "0", .max = 100, .help = "scale of the first W_rec; 0: 1 for orthogonal, 1.5 for gaussian"},
    {.name = "no-self-connections", .type = GN_OPTION_FLAG, .fallback = "", .help = "the diagonal of W_rec stays zero"},
    {.name = "metabolic", .type = GN_OPTION_REAL, .fallback = "0.05", .max = 1e6, .help = "first weight of the metabolic cost; 0: none"},
    {.name = "metabolic-ceiling", .type = GN_OPTION_REAL, .fallback = "0.25", .max = 1e6, .unit = "share of E/2", .help = "the metabolic term is weakened above this"},
    {.name = "metabolic-floor", .type = GN_OPTION_REAL, .fallback = "0.025", .max = 1e6, .unit = "share of E/2", .help = "and strengthened below this"},
    {.name = "metabolic-fixed", .type = GN_OPTION_FLAG, .fallback = "", .help = "keep the first metabolic weight"},
    {.name = "l2", .type = GN_OPTION_REAL, .fallback = "0.25", .max = 1e6, .help = "first weight of the L2 term on W_in and W_out; also the damping"},
    {.name = "l2-fixed", .type = GN_OPTION_FLAG, .fallback = "", .help = "keep the first L2 weight"},
    {.name = "damping-scale", .type = GN_OPTION_REAL, .fallback = "3000", .max = 1e9, .help = "structural damping, as a multiple of the L2 weight"},
    {.name = "gradient-clip", .type = GN_OPTION_REAL, .fallback = "10", .min = 1e-9, .max = 1e9, .help = "largest norm of the gradient"},
    {.name = "cg-iterations", .type = GN_OPTION_INT, .fallback = "50", .min = 1, .max = 10000, .help = "limit of a CG run"},
    {.name = "cg-decay", .type = GN_OPTION_REAL, .fallback = "0.95", .max = 1, .help = "share of the previous step that CG starts from"},
    {.name = "optimiser", .type = GN_OPTION_CHOICE, .fallback = "hf", .choices = OPTIMISERS, .help = "Hessian-free, or Adam"},
    {.name = "learning-rate", .type = GN_OPTION_REAL, .fallback = "0.001", .max = 100, .help = "of Adam"},
    {.name = "cg-pairs", .type = GN_OPTION_INT, .fallback = "", .min = 1, .max = 1000, .help = "CG is preconditioned by so many pairs of direction and product of its last runs"},
    {.name = "cg-tolerance", .type = GN_OPTION_REAL, .fallback = "", .min = 1e-9, .max = 1, .help = "CG stops when its steps gain less than this share of the model; 0.0005 when not given"},
    {.name = "curvature-growth", .type = GN_OPTION_INT, .fallback = "", .min = 1, .max = 1e6, .unit = "updates", .help = "until then the trials of the products grow, from 16 to curvature-trials"},
    {.name = "trial-lifetime", .type = GN_OPTION_INT, .fallback = "", .min = 1, .max = 1e6, .unit = "updates", .help = "updates that a trial stays in the batch, of which then a part is new"},
    {.name = "nonlinearity", .type = GN_OPTION_CHOICE, .fallback = "tanh", .choices = GN_NONLINEARITIES, .late = true,
     .help = "the rate of an activation"},
    {.name = "noise-rise", .type = GN_OPTION_INT, .fallback = "0", .max = 1e6, .unit = "updates", .late = true,
     .help = "until then the noise rises evenly from zero"},
    {.name = "contraction", .type = GN_OPTION_REAL, .fallback = "0", .max = 1e6, .late = true,
     .help = "first weight of the contraction penalty, the mean squared Frobenius norm of D W_rec over N; 0: none"},
    {.name = "contraction-ceiling", .type = GN_OPTION_REAL, .fallback = "0.25", .max = 1e6, .unit = "share of E/2",
     .late = true, .help = "its term is weakened above this"},
    {.name = "contraction-floor", .type = GN_OPTION_REAL, .fallback = "0.025", .max = 1e6, .unit = "share of E/2",
     .late = true, .help = "and strengthened below this"},
    {.name = "contraction-rise", .type = GN_OPTION_INT, .fallback = "0", .max = 1e6, .unit = "updates", .late = true,
     .help = "until then its ceiling and floor rise evenly from zero"},
    {.name = "readout", .type = GN_OPTION_CHOICE, .fallback = "position", .choices = GN_READOUTS, .late = true,
     .help = "what the network reports: its position, or the activity of place cells"},
    {.name = "place-cells", .type = GN_OPTION_INT, .fallback = "64", .min = 1, .max = GN_PLACES_MAX, .late = true,
     .help = "their number, at random places of the arena"},
    {.name = "place-kind", .type = GN_OPTION_CHOICE, .fallback = "gaussian", .choices = GN_PLACE_KINDS, .late = true,
     .help = "their fields: Gaussians, or differences of two"},
    {.name = "place-width", .type = GN_OPTION_REAL, .fallback = "0.25", .min = 0.01, .max = 100, .late = true,
     .unit = "arena units", .help = "standard deviation of their fields"},
    {.name = "place-width-first", .type = GN_OPTION_REAL, .fallback = "0", .max = 100, .late = true,
     .unit = "arena units", .help = "the same at update 0, when fields narrow; 0: they do not"},
    {.name = "place-narrowing", .type = GN_OPTION_INT, .fallback = "400", .min = 1, .max = 1e6, .late = true,
     .unit = "updates", .help = "until then they narrow, by the same factor at each update"},
    {.name = "cg-start", .type = GN_OPTION_CHOICE, .fallback = "last", .choices = "last|kept", .late = true,
     .help = "which iterate the next CG starts from: CG's last, or the one that backtracking kept"},
    {.name = "damping", .type = GN_OPTION_REAL, .fallback = "", .max = 1e9,
     .help = "first structural damping, which then rho adapts instead of the L2 weight; not given: damping-scale times "
             "the L2 weight"},
    {.name = "updates", .type = GN_OPTION_INT, .fallback = "1900", .max = 1e6, .unit = "updates", .help = "when to stop"},
    {.name = "continue", .type = GN_OPTION_INPUT, .fallback = "", .help = "start from this network's weights instead of random ones"},
    {.name = "trajectories", .type = GN_OPTION_INPUT, .fallback = "", .help = "train on the trials of this file of sample-trajectories, drawn at random, not on sampled walks"},
    {.name = "resume", .type = GN_OPTION_INPUT, .fallback = "", .help = "take a checkpoint of the same recipe up where it stands"},
    {.name = "checkpoint-updates", .type = GN_OPTION_TEXT, .fallback = "0,25,50,100,200,400,800,1200,1600", .help = "updates after which a checkpoint is kept, separated by commas"},
    {.name = "checkpoints", .type = GN_OPTION_TEXT, .fallback = "", .help = "folder of the checkpoints, update-NNNNNN.gn; none are kept without it"},
    {.name = "state-every", .type = GN_OPTION_INT, .fallback = "10", .min = 1, .max = 1e6, .unit = "updates", .help = "how often OUTPUT.state, from which a killed run resumes, is written"},
    {.name = "log", .type = GN_OPTION_OUTPUT, .fallback = "", .help = "training log, one row an update"},
    {0},
};

typedef struct {
    const gn_options *options;
    gn_optimiser_options optimiser;
    gn_network net;
    gn_optimiser_state state;
    int update, updates; /* done, wanted */
    int first;           /* update of the first log row */
    gn_log_row *log;     /* (updates - first) */
    double *seconds;     /* likewise; not part of any result */
    double *processor;   /* likewise, of the processors; nan before a resumption */
    char continued[17];  /* hash of the --continue weights, "" for none */
    gn_trajectories given;
    char given_hash[17]; /* of the positions of --trajectories, "" for none */
} training;

static gn_status recipe_to_file(const training *t, gn_file *file) {
    const gn_options *o = t->options;
    gn_status status = gn_walk_to_file(&t->net.walk, file);
    for (const gn_option *row = table; row->name && !status; row++) {
        if (!strcmp(row->name, "updates")) break;
        const bool only_given = row->late || (row->type != GN_OPTION_FLAG && !*row->fallback);
        if (only_given && !gn_option_given(o, row->name)) continue;
        char key[64];
        snprintf(key, sizeof key, "recipe.%s", row->name);
        if (gn_file_get(file, key)) continue; /* the walk's */
        switch (row->type) {
        case GN_OPTION_FLAG:
            status = gn_file_set(file, key, "%s", gn_option_flag(o, row->name) ? "yes" : "no");
            break;
        case GN_OPTION_INT:
            status = gn_file_set(file, key, "%lld", (long long)gn_option_int(o, row->name));
            break;
        case GN_OPTION_REAL:
            status = gn_file_set(file, key, "%.17g", gn_option_real(o, row->name));
            break;
        default: status = gn_file_set(file, key, "%s", gn_option_text(o, row->name));
        }
    }
    if (!status) status = gn_file_set(file, "recipe.seed", "%llu", (unsigned long long)gn_option_seed(o));
    if (!status && *t->continued) status = gn_file_set(file, "recipe.continue", "%s", t->continued);
    if (!status && *t->given_hash) status = gn_file_set(file, "recipe.trajectories", "%s", t->given_hash);
    return status;
}

static bool contracts(const training *t) { return gn_option_real(t->options, "contraction") > 0; }

/* Of a row of the log, the columns that this training has. */
static size_t log_values(const training *t) { return contracts(t) ? GN_LOG_VALUES : GN_LOG_ALWAYS; }

/* What an option that rises to its value at update `rise` has of it at `update`. */
static double risen(int64_t rise, int update) { return update < rise ? (double)update / (double)rise : 1; }

/* Fields of place cells narrow from the first width to the last, by the same factor at each update. */
static void set_places(training *t, int update) {
    const gn_options *o = t->options;
    const double last = gn_option_real(o, "place-width"), first = gn_option_real(o, "place-width-first");
    const double left = first > 0 ? 1 - risen(gn_option_int(o, "place-narrowing"), update) : 0;
    const double width = left > 0 ? last * gn_exp(left * gn_log(first / last)) : last;
    if (t->net.readout == GN_READ_PLACE && width != t->net.places.width)
        gn_places_widen(&t->net.walk.arena, width, &t->net.places);
}

/* Weights, optimiser state and recipe. `with_log` adds what only a resumable state needs. */
static gn_status save(const training *t, const char *path, bool with_log) {
    const size_t size = gn_network_size(&t->net), rows = (size_t)(t->update - t->first);
    gn_file *file = gn_file_new("network");
    if (!file) return GN_EIO;
    gn_status status = recipe_to_file(t, file);
    if (!status) status = gn_file_set(file, "update", "%d", t->update);
    if (!status && rows)
        status = gn_file_set(file, "mse", "%.9g", t->log[rows - 1].error);
    if (!status) status = gn_file_set(file, "l2_weight", "%.17g", t->state.l2);
    if (!status) status = gn_file_set(file, "metabolic_weight", "%.17g", t->state.metabolic);
    if (!status && contracts(t)) status = gn_file_set(file, "contraction_weight", "%.17g", t->state.contraction);
    if (!status && t->optimiser.damping_apart) status = gn_file_set(file, "damping", "%.17g", t->state.damping);
    if (!status) status = gn_network_to_file(&t->net, file);
    if (!status) status = gn_file_add(file, "step", GN_F32, 1, &size, t->state.step);
    if (!status && t->state.moment)
        status = gn_file_add(file, "moment", GN_F32, 1, &size, t->state.moment);
    if (!status && t->optimiser.cg_pairs)
        status = gn_file_set(file, "pairs", "%d", t->state.pairs.count);
    if (!status && t->state.pairs.count)
        status = gn_file_add(file, "pair", GN_F32, 3,
                             (size_t[]){(size_t)t->state.pairs.count, 2, size}, t->state.pairs.pair);
    if (!status && with_log) status = gn_file_set(file, "first", "%d", t->first);
    if (!status && with_log) status = gn_file_set(file, "updates", "%d", t->updates);
    double *log = NULL;
    if (!status && with_log && rows) {
        const size_t columns = log_values(t);
        log = gn_alloc(rows * columns, sizeof *log);
        if (!log) status = GN_EIO;
        for (size_t u = 0; u < rows && !status; u++) memcpy(log + u * columns, t->log + u, columns * sizeof *log);
        if (!status) status = gn_file_add(file, "log", GN_F64, 2, (size_t[]){rows, columns}, log);
        if (!status) status = gn_file_add(file, "seconds", GN_F64, 1, &rows, t->seconds);
    }
    if (!status) status = gn_file_write(file, path);
    gn_file_free(file);
    free(log);
    return status;
}

/* Does the file hold a network of exactly this recipe? Says where it differs in *key. */
static gn_status same_recipe(const training *t, const gn_file *file, bool *same, char key[64]) {
    gn_file *wanted = gn_file_new("network");
    if (!wanted) return GN_EIO;
    gn_status status = recipe_to_file(t, wanted);
    *same = true;
    const char *name, *value;
    for (int i = 0; !status && *same && (name = gn_file_key(wanted, i, &value)); i++) {
        const char *has = gn_file_get(file, name);
        if (!has || strcmp(has, value) != 0) *same = false;
        if (!*same) snprintf(key, 64, "%s", name);
    }
    for (int i = 0; !status && *same && (name = gn_file_key(file, i, &value)); i++) {
        if (strncmp(name, "recipe.", 7) != 0 || gn_file_get(wanted, name)) continue;
        *same = false;
        snprintf(key, 64, "%s", name);
    }
    if (!status && *same && !*t->given_hash && gn_file_get(file, "recipe.trajectories")) {
        *same = false;
        snprintf(key, 64, "recipe.trajectories");
    }
    gn_file_free(wanted);
    return status;
}

static gn_status take_up(training *t, const gn_file *file, const gn_network *from) {
    const size_t size = gn_network_size(&t->net);
    int64_t update, first = -1;
    const void *data;
    gn_status status = gn_file_get_int(file, "update", 0, 1000000, &update);
    if (!status) status = gn_file_get_real(file, "l2_weight", 0, INFINITY, &t->state.l2);
    if (!status) status = gn_file_get_real(file, "metabolic_weight", 0, INFINITY, &t->state.metabolic);
    if (!status && contracts(t))
        status = gn_file_get_real(file, "contraction_weight", 0, INFINITY, &t->state.contraction);
    if (!status && t->optimiser.damping_apart)
        status = gn_file_get_real(file, "damping", 0, INFINITY, &t->state.damping);
    if (!status) status = gn_file_array(file, "step", GN_F32, 1, &(size_t){size}, &data);
    if (status) return status;
    memcpy(t->state.step, data, size * sizeof *t->state.step);
    if (t->state.moment) {
        status = gn_file_array(file, "moment", GN_F32, 1, &(size_t){size}, &data);
        if (status) return status;
        memcpy(t->state.moment, data, size * sizeof *t->state.moment);
    }
    if (t->optimiser.cg_pairs) {
        int64_t pairs;
        status = gn_file_get_int(file, "pairs", 0, t->optimiser.cg_pairs, &pairs);
        if (!status && pairs)
            status = gn_file_array(file, "pair", GN_F32, 3, (size_t[]){(size_t)pairs, 2, size}, &data);
        if (!status && pairs) status = gn_pairs_restore(&t->state.pairs, (size_t)pairs, data);
        if (status) return status;
    }
    memcpy(t->net.parameter, from->parameter, size * sizeof *t->net.parameter);
    if (gn_file_get(file, "first")) {
        status = gn_file_get_int(file, "first", 0, update, &first);
        if (status) return status;
    }
    t->update = (int)update;
    t->first = first < 0 ? (int)update : (int)first;
    const size_t rows = (size_t)(t->update - t->first);
    set_places(t, t->update > 0 ? t->update - 1 : 0);
    if (rows && update <= t->updates) {
        const size_t columns = log_values(t);
        status = gn_file_array(file, "log", GN_F64, 2, (size_t[]){rows, columns}, &data);
        if (status) return status;
        for (size_t u = 0; u < rows; u++)
            memcpy(t->log + u, (const double *)data + u * columns, columns * sizeof(double));
        status = gn_file_array(file, "seconds", GN_F64, 1, &(size_t){rows}, &data);
        if (status) return status;
        memcpy(t->seconds, data, rows * sizeof *t->seconds);
        for (size_t i = 0; i < rows; i++) t->processor[i] = NAN;
    }
    return GN_OK;
}

/* From --resume, else from OUTPUT.state when it is there and of this recipe, else afresh. */
static gn_status begin(training *t, const char *state_path) {
    const char *resume = gn_option_text(t->options, "resume");
    const char *path = resume ? resume : state_path;
    if (!resume && access(path, F_OK)) return GN_OK;
    gn_file *file;
    gn_network from;
    gn_status status = gn_network_read(path, &from, &file);
    if (status) return status;
    bool same;
    char key[64];
    status = same_recipe(t, file, &same, key);
    if (!status && same) status = take_up(t, file, &from);
    if (!status && !same && resume)
        status = gn_fail(GN_EFILE, "%s: %s is '%s', not the recipe asked for", path, key,
                         gn_file_get(file, key) ? gn_file_get(file, key) : "absent");
    if (!status && !same) fprintf(stderr, "train: %s is of another recipe (%s); starting afresh\n", path, key);
    if (!status && same && t->update > t->updates)
        status = gn_fail(GN_EUSAGE, "--updates %d: %s is past it (update %d)", t->updates, path,
                         t->update);
    if (!status && same && !resume)
        fprintf(stderr, "train: resuming %s at update %d\n", path, t->update);
    gn_file_free(file);
    gn_network_free(&from);
    return status;
}

static gn_status write_log(const training *t, const char *path, const char *seconds_path) {
    gn_tsv *log = gn_tsv_new("training-log"), *seconds = gn_tsv_new("training-seconds");
    gn_status status = !log || !seconds ? GN_EIO
                       : contracts(t)   ? gn_tsv_columns(log, GN_LOG_COLUMNS GN_LOG_CONTRACTION)
                                        : gn_tsv_columns(log, GN_LOG_COLUMNS);
    if (!status) status = gn_tsv_columns(seconds, "update\tseconds\tprocessor_seconds");
    for (int u = t->first; u < t->update && !status; u++) {
        double value[GN_LOG_VALUES];
        memcpy(value, &t->log[u - t->first], sizeof value);
        gn_tsv_int(log, u);
        for (size_t k = 0; k < log_values(t); k++) gn_tsv_double(log, value[k]);
        status = gn_tsv_end_row(log);
        gn_tsv_int(seconds, u);
        gn_tsv_double(seconds, t->seconds[u - t->first]);
        gn_tsv_double(seconds, t->processor[u - t->first]);
        if (!status) status = gn_tsv_end_row(seconds);
    }
    if (!status && path) status = gn_tsv_write(log, path);
    if (!status) status = gn_tsv_write(seconds, seconds_path);
    gn_tsv_free(log);
    gn_tsv_free(seconds);
    return status;
}

/* Is `update` in the list of --checkpoint-updates? The list was checked before. */
static bool wanted_checkpoint(const char *list, int update) {
    for (const char *p = list; *p;) {
        char *end;
        if (strtol(p, &end, 10) == update) return true;
        p = *end == ',' ? end + 1 : end;
    }
    return false;
}

static gn_status check_list(const char *list) {
    for (const char *p = list; *p;) {
        char *end;
        errno = 0;
        long value = *p >= '0' && *p <= '9' ? strtol(p, &end, 10) : -1;
        if (value < 0 || value > 1000000 || (*end && (*end != ',' || !end[1])))
            return gn_fail(GN_EUSAGE,
                           "--checkpoint-updates: '%s' is not a list of updates from 0 to 1000000 "
                           "separated by commas", list);
        p = *end ? end + 1 : end;
    }
    return GN_OK;
}

static gn_status keep_checkpoint(const training *t) {
    const char *folder = gn_option_text(t->options, "checkpoints");
    if (!folder || !wanted_checkpoint(gn_option_text(t->options, "checkpoint-updates"), t->update))
        return GN_OK;
    char path[strlen(folder) + 32];
    snprintf(path, sizeof path, "%s/update-%06d.gn", folder, t->update);
    return save(t, path, false);
}

static double now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Trials whose curvature `update` takes: all asked for, or with --curvature-growth U evenly more from one
 * group of GN_GROUP (or all, when fewer) at update 0 to all at update U. */
static int curvature_trials(const gn_options *o, int update) {
    const int wanted = (int)gn_option_int(o, "curvature-trials"), groups = (wanted + GN_GROUP - 1) / GN_GROUP;
    if (!gn_option_given(o, "curvature-growth")) return wanted;
    const int64_t growth = gn_option_int(o, "curvature-growth");
    const int64_t trials = GN_GROUP * (1 + (int64_t)update * (groups - 1) / growth);
    return update >= growth || trials > wanted ? wanted : (int)trials;
}

static gn_status new_batch(const training *t, int trials, gn_batch *batch) {
    gn_status status = gn_batch_new(&t->net, trials, t->net.steps, t->net.noise_sd > 0, batch);
    if (!status && gn_option_given(t->options, "trial-lifetime"))
        batch->lifetime = (int)gn_option_int(t->options, "trial-lifetime");
    return status;
}

/* The network as this update's trials see it: its noise may still be rising. Borrows all from t->net. */
static gn_network drawn_network(const training *t) {
    gn_network net = t->net;
    net.noise_sd = (float)((double)net.noise_sd * risen(gn_option_int(t->options, "noise-rise"), t->update));
    return net;
}

/* The curvature's batch when it has others than all trials; its memory is made anew when their number changes. */
static gn_status draw_curvature(const training *t, const gn_network *net, const gn_kernel *kernel, gn_pool *pool,
                                gn_batch *fewer) {
    const int trials = curvature_trials(t->options, t->update);
    if (fewer->trials != trials) {
        gn_batch_free(fewer);
        gn_status status = new_batch(t, trials, fewer);
        if (status) return status;
    }
    return gn_batch_draw(fewer, net, gn_option_seed(t->options), (uint32_t)t->update, kernel, pool);
}

static gn_status loop(training *t, gn_batch *batch, gn_batch *curvature, gn_hessian_free *hf,
                      const gn_kernel *kernel, gn_pool *pool, const char *state_path) {
    const uint64_t seed = gn_option_seed(t->options);
    const int every = (int)gn_option_int(t->options, "state-every");
    gn_progress *progress = gn_progress_start("train", (size_t)t->update, (size_t)t->updates);
    gn_status status = t->update == t->first ? keep_checkpoint(t) : GN_OK;
    while (!status && t->update < t->updates) {
        const double began = now(CLOCK_MONOTONIC), used = now(CLOCK_PROCESS_CPUTIME_ID);
        gn_log_row *row = &t->log[t->update - t->first];
        set_places(t, t->update);
        const gn_network net = drawn_network(t);
        status = gn_batch_draw(batch, &net, seed, (uint32_t)t->update, kernel, pool);
        if (!status && curvature != batch) status = draw_curvature(t, &net, kernel, pool, curvature);
        gn_hessian_free_rise(hf, risen(gn_option_int(t->options, "contraction-rise"), t->update));
        if (!status)
            status = gn_hessian_free_update(hf, t->update, batch, curvature, &t->net, &t->state, row);
        if (status == GN_ENUM && save(t, state_path, true) == GN_OK)
            fprintf(stderr, "train: the state before update %d is kept in %s\n", t->update, state_path);
        if (status) break;
        t->processor[t->update - t->first] = now(CLOCK_PROCESS_CPUTIME_ID) - used;
        t->seconds[t->update++ - t->first] = now(CLOCK_MONOTONIC) - began;
        status = keep_checkpoint(t);
        if (!status && t->update % every == 0 && t->update < t->updates)
            status = save(t, state_path, true);
        char note[96];
        snprintf(note, sizeof note, "mse %.5f, CG %g/%g, rho %.2f", row->error, row->cg_kept,
                 row->cg_steps, row->rho);
        gn_progress_update(progress, (size_t)t->update, note);
    }
    gn_progress_finish(progress);
    return status;
}

/* The trials of --trajectories; the walk is theirs, so options that say how to sample one are refused. */
static gn_status read_given(const gn_options *o, training *t) {
    static const char *const of_walk[] = {"arena", "arena-size", "still", "zero-speed", "zero-speed-mode",
                                          "zero-speed-block", "turn-sd", "top-speed", "start"};
    const char *path = gn_option_text(o, "trajectories");
    if (!path) return GN_OK;
    for (size_t i = 0; i < sizeof of_walk / sizeof *of_walk; i++)
        if (gn_option_given(o, of_walk[i]))
            return gn_fail(GN_EUSAGE, "--%s: not with --trajectories, whose file says it", of_walk[i]);
    gn_status status = gn_trajectories_read(path, &t->given, &t->net.walk);
    if (status) return status;
    if (t->given.steps != (size_t)gn_option_int(o, "steps"))
        return gn_fail(GN_EUSAGE, "--steps: %s, expected %zu as in %s", gn_option_text(o, "steps"),
                       t->given.steps, path);
    snprintf(t->given_hash, sizeof t->given_hash, "%016llx",
             (unsigned long long)XXH3_64bits(t->given.position, 2 * t->given.trials * t->given.steps *
                                                                    sizeof *t->given.position));
    t->net.given = &t->given;
    return GN_OK;
}

/* Options of place cells are refused where there are none, rather than ignored. */
static gn_status check_readout(const gn_options *o, gn_readout readout) {
    static const char *const of_places[] = {"place-cells", "place-kind", "place-width", "place-width-first",
                                            "place-narrowing"};
    for (size_t i = 0; i < sizeof of_places / sizeof *of_places && readout != GN_READ_PLACE; i++)
        if (gn_option_given(o, of_places[i]))
            return gn_fail(GN_EUSAGE, "--%s: only with --readout place", of_places[i]);
    const double first = gn_option_real(o, "place-width-first"), last = gn_option_real(o, "place-width");
    if (first > 0 && first < last)
        return gn_fail(GN_EUSAGE, "--place-width-first: %g: accepted is 0, or at least --place-width (%g)", first, last);
    return GN_OK;
}

static gn_status read_options(const gn_options *o, training *t) {
    t->options = o;
    t->optimiser = (gn_optimiser_options){
        .optimiser = (gn_optimiser)gn_option_choice(o, "optimiser"),
        .cg_iterations = (int)gn_option_int(o, "cg-iterations"),
        .cg_pairs = gn_option_given(o, "cg-pairs") ? (int)gn_option_int(o, "cg-pairs") : 0,
        .cg_decay = gn_option_real(o, "cg-decay"),
        .cg_from_kept = gn_option_choice(o, "cg-start") == 1,
        .damping_apart = gn_option_given(o, "damping"),
        .contraction_floor = gn_option_real(o, "contraction-floor"),
        .contraction_ceiling = gn_option_real(o, "contraction-ceiling"),
        .cg_tolerance = gn_option_given(o, "cg-tolerance") ? gn_option_real(o, "cg-tolerance") : 0,
        .damping_scale = gn_option_real(o, "damping-scale"),
        .gradient_clip = gn_option_real(o, "gradient-clip"),
        .metabolic_floor = gn_option_real(o, "metabolic-floor"),
        .metabolic_ceiling = gn_option_real(o, "metabolic-ceiling"),
        .metabolic_fixed = gn_option_flag(o, "metabolic-fixed"),
        .l2_fixed = gn_option_flag(o, "l2-fixed"),
        .self_connections = !gn_option_flag(o, "no-self-connections"),
        .learning_rate = gn_option_real(o, "learning-rate"),
    };
    gn_coding coding = (gn_coding)gn_option_choice(o, "coding");
    gn_status status = check_list(gn_option_text(o, "checkpoint-updates"));
    if (!status && gn_option_int(o, "curvature-trials") > gn_option_int(o, "trials"))
        status = gn_fail(GN_EUSAGE, "--curvature-trials: %s is more than --trials %s",
                         gn_option_text(o, "curvature-trials"), gn_option_text(o, "trials"));
    const gn_readout readout = (gn_readout)gn_option_choice(o, "readout");
    const int cells = (int)gn_option_int(o, "place-cells"), outputs = readout == GN_READ_PLACE ? cells : 2;
    if (!status) status = check_readout(o, readout);
    if (!status)
        status = gn_network_new((int)gn_option_int(o, "units"), gn_coding_channels(coding), outputs, &t->net);
    if (!status) status = gn_walk_from_options(o, &t->net.walk);
    if (!status) status = read_given(o, t);
    if (!status && readout == GN_READ_PLACE)
        status = gn_places_new(&t->net.walk.arena, cells, (gn_place_kind)gn_option_choice(o, "place-kind"),
                               gn_option_seed(o), &t->net.places);
    if (status) return status;
    t->net.readout = readout;
    t->net.nonlinearity = (gn_nonlinearity)gn_option_choice(o, "nonlinearity");
    set_places(t, 0);
    t->net.coding = coding;
    t->net.noise_site = (gn_noise_site)gn_option_choice(o, "noise-site");
    t->net.noise_sd = (float)gn_option_real(o, "noise-sd");
    t->net.steps = (int)gn_option_int(o, "steps");
    t->updates = (int)gn_option_int(o, "updates");
    t->state.l2 = gn_option_real(o, "l2");
    t->state.metabolic = gn_option_real(o, "metabolic");
    t->state.contraction = gn_option_real(o, "contraction");
    t->state.damping = t->optimiser.damping_apart ? gn_option_real(o, "damping") : 0;
    const size_t size = gn_network_size(&t->net), rows = (size_t)t->updates + 1;
    t->state.step = gn_alloc(size, sizeof *t->state.step);
    if (t->optimiser.optimiser == GN_ADAM)
        t->state.moment = gn_alloc(size, sizeof *t->state.moment);
    t->log = gn_alloc(rows, sizeof *t->log);
    t->seconds = gn_alloc(rows, sizeof *t->seconds);
    t->processor = gn_alloc(rows, sizeof *t->processor);
    if (!t->state.step || !t->log || !t->seconds || !t->processor ||
        (t->optimiser.optimiser == GN_ADAM && !t->state.moment))
        return GN_EIO;
    if (t->optimiser.cg_pairs && gn_pairs_new(size, t->optimiser.cg_pairs, t->optimiser.cg_iterations,
                                              &t->state.pairs))
        return GN_EIO;
    const char *from = gn_option_text(o, "continue");
    if (!from)
        return gn_initialise(&t->net, (gn_initialisation)gn_option_choice(o, "initialisation"),
                             gn_option_real(o, "gain"), t->optimiser.self_connections,
                             gn_option_seed(o));
    gn_network start;
    status = gn_network_read(from, &start, NULL);
    if (status) return status;
    if (start.units != t->net.units || start.inputs != t->net.inputs || start.outputs != t->net.outputs)
        status = gn_fail(GN_EFILE, "%s: %d units, %d inputs and %d outputs (the recipe has %d, %d and %d)", from,
                         start.units, start.inputs, start.outputs, t->net.units, t->net.inputs, t->net.outputs);
    else
        memcpy(t->net.parameter, start.parameter, size * sizeof *start.parameter);
    for (int i = 0; !t->optimiser.self_connections && i < t->net.units; i++)
        t->net.rec[(size_t)i * (size_t)(t->net.units + 1)] = 0;
    snprintf(t->continued, sizeof t->continued, "%016llx",
             (unsigned long long)XXH3_64bits(t->net.parameter, size * sizeof *start.parameter));
    gn_network_free(&start);
    return status;
}

static gn_status run(const gn_options *o) {
    training t = {0};
    gn_pool *pool = NULL;
    gn_batch batch = {0}, fewer = {0};
    gn_gradient *gradient = NULL;
    gn_hessian_free *hf = NULL;
    const char *output = gn_option_output(o), *log_path = gn_option_text(o, "log");
    char state_path[strlen(output) + 8], seconds_path[strlen(output) + 16];
    snprintf(state_path, sizeof state_path, "%s.state", output);
    snprintf(seconds_path, sizeof seconds_path, "%s.seconds.tsv", output);
    const gn_kernel *kernel = gn_kernel_select();
    gn_status status = kernel ? read_options(o, &t) : GN_EUSAGE;
    if (!status) status = begin(&t, state_path);
    if (status) goto done;
    const int trials = (int)gn_option_int(o, "trials");
    const int some = (int)gn_option_int(o, "curvature-trials");
    const bool all = some == trials && !gn_option_given(o, "curvature-growth");
    status = gn_pool_new(gn_option_threads(o), &pool);
    if (!status) status = new_batch(&t, trials, &batch);
    if (!status)
        status = gn_gradient_new(&t.net, trials, some, t.net.steps, kernel, pool, &gradient);
    if (!status) status = gn_hessian_free_new(&t.net, &t.optimiser, gradient, &hf);
    if (status) goto done;
    fprintf(stderr, "train: %s kernels, %d thread%s\n", kernel->name, gn_option_threads(o),
            gn_option_threads(o) > 1 ? "s" : "");
    status = loop(&t, &batch, all ? &batch : &fewer, hf, kernel, pool, state_path);
    if (!status) status = write_log(&t, log_path, seconds_path);
    if (!status) status = save(&t, output, false);
    if (!status) remove(state_path);
done:
    gn_hessian_free_free(hf);
    gn_gradient_free(gradient);
    gn_batch_free(&fewer);
    gn_batch_free(&batch);
    gn_pool_free(pool);
    gn_network_free(&t.net);
    gn_trajectories_free(&t.given);
    free(t.state.step);
    free(t.state.moment);
    gn_pairs_free(&t.state.pairs);
    free(t.log);
    free(t.seconds);
    free(t.processor);
    return status;
}

static const gn_program program = {
    .name = "train",
    .purpose = "trains a network to report its position from speed and direction",
    .operands = "",
    .option = table,
    .details =
        "The objective is E/2 + l2 R_L2 + metabolic R_FR (Eqs. 3-5) + contraction R_C; the optimiser is Hessian-free\n"
        "with structural damping (Martens & Sutskever 2011), or Adam as a baseline. Every number is a\n"
        "function of the recipe and the seed: threads, vector width and interruptions do not change a\n"
        "bit of the result. While it runs, OUTPUT.state holds all that is needed to go on; the same\n"
        "command takes it up. Seconds per update go to OUTPUT.seconds.tsv.\n"
        "\n"
        "--trajectories: every trial of every update is one of the file's, drawn at random; the header\n"
        "has the hash of their positions as recipe.trajectories.",
    .run = run,
};

int main(int argc, char **argv) { return gn_main(&program, argc, argv); }

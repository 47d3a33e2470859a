#include "network/training.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/math.h"
#include "io/container.h"
#include "io/table.h"
#include "network/draw.h"

gn_status gn_training_new(gn_training *t) {
    const size_t size = gn_network_size(&t->net), rows = (size_t)t->updates + 1;
    const bool adam = t->optimiser.optimiser == GN_ADAM;
    t->state.step = gn_alloc(size, sizeof *t->state.step);
    if (adam) t->state.moment = gn_alloc(size, sizeof *t->state.moment);
    t->log = gn_alloc(rows, sizeof *t->log);
    t->seconds = gn_alloc(rows, sizeof *t->seconds);
    t->processor = gn_alloc(rows, sizeof *t->processor);
    t->passes = gn_alloc(rows, sizeof *t->passes);
    if (!t->state.step || !t->log || !t->seconds || !t->processor || !t->passes || (adam && !t->state.moment))
        return GN_EIO;
    if (!t->optimiser.cg_pairs) return GN_OK;
    return gn_pairs_new(size, t->optimiser.cg_pairs, t->optimiser.cg_iterations, &t->state.pairs);
}

void gn_training_free(gn_training *t) {
    gn_network_free(&t->net);
    gn_file_free(t->recipe);
    free(t->state.step);
    free(t->state.moment);
    gn_pairs_free(&t->state.pairs);
    free(t->log);
    free(t->seconds);
    free(t->processor);
    free(t->passes);
    *t = (gn_training){0};
}

/* ---- the schedule ------------------------------------------------------------------------------ */

/* The share of its final value that something has at `update` when it rises linearly until update `rise`. */
static double risen(int rise, int update) {
    return update < rise ? (double)update / (double)rise : 1;
}

static void narrow_places(gn_training *t, int update) {
    const gn_schedule *s = &t->schedule;
    const double left = s->place_width_first > 0 ? 1 - risen(s->place_narrowing, update) : 0;
    const double factor = left > 0 ? gn_exp(left * gn_log(s->place_width_first / s->place_width)) : 1;
    const double width = s->place_width * factor;
    if (t->net.readout == GN_READ_PLACE && width != t->net.places.width)
        gn_places_widen(&t->net.walk.arena, width, &t->net.places);
}

/* The number of trials that enter the curvature products of an update. */
static int curvature_trials(const gn_schedule *s, int update) {
    const int groups = (s->curvature_trials + GN_GROUP - 1) / GN_GROUP;
    if (update >= s->curvature_growth) return s->curvature_trials;
    const int64_t trials = GN_GROUP * (1 + (int64_t)update * (groups - 1) / s->curvature_growth);
    return trials > s->curvature_trials ? s->curvature_trials : (int)trials;
}

/* ---- state -------------------------------------------------------------------------------------- */

static bool contracts(const gn_training *t) {
    return gn_file_get(t->recipe, "recipe.contraction") && t->state.contraction > 0;
}

/* The number of columns of the log, which depends on whether there is a contraction penalty. */
static size_t log_values(const gn_training *t) {
    return contracts(t) ? GN_LOG_VALUES : GN_LOG_ALWAYS;
}

static gn_status add_state(const gn_training *t, gn_file *file) {
    const size_t size = gn_network_size(&t->net), pairs = (size_t)t->state.pairs.count;
    gn_status status = gn_file_set(file, "l2_weight", "%.17g", t->state.l2);
    if (!status) status = gn_file_set(file, "metabolic_weight", "%.17g", t->state.metabolic);
    if (!status && contracts(t)) status = gn_file_set(file, "contraction_weight", "%.17g", t->state.contraction);
    if (!status && t->optimiser.damping_apart) status = gn_file_set(file, "damping", "%.17g", t->state.damping);
    if (!status) status = gn_network_to_file(&t->net, file);
    if (!status) status = gn_file_add(file, "step", GN_F32, 1, &size, t->state.step);
    if (!status && t->state.moment) status = gn_file_add(file, "moment", GN_F32, 1, &size, t->state.moment);
    if (!status && t->optimiser.cg_pairs) status = gn_file_set(file, "pairs", "%zu", pairs);
    if (!status && pairs)
        status = gn_file_add(file, "pair", GN_F32, 3, (size_t[]){pairs, 2, size}, t->state.pairs.pair);
    return status;
}

gn_status gn_training_save(const gn_training *t, const char *path, bool resumable) {
    const size_t rows = (size_t)(t->update - t->first), columns = log_values(t);
    double *log = NULL;
    gn_file *file = gn_file_new("network");
    if (!file) return GN_EIO;
    gn_status status = gn_file_copy_keys(file, t->recipe, "recipe.");
    if (!status) status = gn_file_set(file, "update", "%d", t->update);
    if (!status && rows) status = gn_file_set(file, "mse", "%.9g", t->log[rows - 1].error);
    if (!status) status = add_state(t, file);
    if (!status && resumable) status = gn_file_set(file, "first", "%d", t->first);
    if (!status && resumable) status = gn_file_set(file, "updates", "%d", t->updates);
    if (!status && resumable && rows) {
        log = gn_alloc(rows * columns, sizeof *log);
        if (!log) status = GN_EIO;
        for (size_t u = 0; u < rows && !status; u++)
            memcpy(log + u * columns, t->log + u, columns * sizeof *log);
        if (!status) status = gn_file_add(file, "log", GN_F64, 2, (size_t[]){rows, columns}, log);
        if (!status) status = gn_file_add(file, "seconds", GN_F64, 1, &rows, t->seconds);
    }
    if (!status) status = gn_file_write(file, path);
    gn_file_free(file);
    free(log);
    return status;
}

/* Whether both files have the same keys recipe.* with the same values; if not, `differs` says which one differs. */
static bool same_recipe(const gn_file *wanted, const gn_file *file, char differs[GN_DIFFERS]) {
    const gn_file *const from[2] = {wanted, file}, *const in[2] = {file, wanted};
    const char *key, *value;
    for (int k = 0; k < 2; k++)
        for (int i = 0; (key = gn_file_key(from[k], i, &value)); i++) {
            const char *has = gn_file_get(in[k], key);
            if (strncmp(key, "recipe.", 7) != 0 || (has && strcmp(has, value) == 0)) continue;
            const char *there = gn_file_get(file, key), *asked = gn_file_get(wanted, key);
            snprintf(differs, GN_DIFFERS, "%s is %.80s, but --%s is %.80s here", key, there ? there : "absent", key + 7,
                     asked ? asked : "not given");
            return false;
        }
    return true;
}

static gn_status read_pairs(gn_training *t, const gn_file *file) {
    const size_t size = gn_network_size(&t->net);
    int64_t pairs;
    const void *data;
    gn_status status = gn_file_get_int(file, "pairs", 0, t->optimiser.cg_pairs, &pairs);
    if (status || !pairs) return status;
    status = gn_file_array(file, "pair", GN_F32, 3, (size_t[]){(size_t)pairs, 2, size}, &data);
    return status ? status : gn_pairs_restore(&t->state.pairs, (size_t)pairs, data);
}

/* Reads an array with as many elements as there are parameters. */
static gn_status read_vector(const gn_training *t, const gn_file *file, const char *name, float *to) {
    size_t size = gn_network_size(&t->net);
    const void *data;
    gn_status status = gn_file_array(file, name, GN_F32, 1, &size, &data);
    if (!status) memcpy(to, data, size * sizeof *to);
    return status;
}

static gn_status read_state(gn_training *t, const gn_file *file) {
    gn_status status = gn_file_get_real(file, "l2_weight", 0, INFINITY, &t->state.l2);
    if (!status) status = gn_file_get_real(file, "metabolic_weight", 0, INFINITY, &t->state.metabolic);
    if (!status && contracts(t))
        status = gn_file_get_real(file, "contraction_weight", 0, INFINITY, &t->state.contraction);
    if (!status && t->optimiser.damping_apart)
        status = gn_file_get_real(file, "damping", 0, INFINITY, &t->state.damping);
    if (!status) status = read_vector(t, file, "step", t->state.step);
    if (!status && t->state.moment) status = read_vector(t, file, "moment", t->state.moment);
    if (!status && t->optimiser.cg_pairs) status = read_pairs(t, file);
    return status;
}

static gn_status read_log(gn_training *t, const gn_file *file) {
    size_t rows = (size_t)(t->update - t->first), columns = log_values(t);
    const void *log, *seconds;
    if (!rows || t->update > t->updates) return GN_OK;
    gn_status status = gn_file_array(file, "log", GN_F64, 2, (size_t[]){rows, columns}, &log);
    if (!status) status = gn_file_array(file, "seconds", GN_F64, 1, &rows, &seconds);
    if (status) return status;
    for (size_t u = 0; u < rows; u++) {
        memcpy(t->log + u, (const double *)log + u * columns, columns * sizeof(double));
        t->seconds[u] = ((const double *)seconds)[u];
        t->processor[u] = t->passes[u] = NAN;
    }
    return GN_OK;
}

gn_status gn_training_take_up(gn_training *t, const char *path, bool *same, char differs[GN_DIFFERS]) {
    gn_file *file;
    gn_network from;
    int64_t update, first;
    gn_status status = gn_network_read(path, &from, &file);
    if (status) return status;
    *same = same_recipe(t->recipe, file, differs);
    if (!*same) goto done;
    status = gn_file_get_int(file, "update", 0, 1000000, &update);
    if (!status) status = read_state(t, file);
    if (status) goto done;
    memcpy(t->net.parameter, from.parameter, gn_network_size(&t->net) * sizeof *t->net.parameter);
    first = update; /* without a log, as in a checkpoint, the log begins here */
    if (gn_file_get(file, "first")) status = gn_file_get_int(file, "first", 0, update, &first);
    if (status) goto done;
    t->update = (int)update;
    t->first = (int)first;
    narrow_places(t, t->update > 0 ? t->update - 1 : 0);
    status = read_log(t, file);
done:
    gn_file_free(file);
    gn_network_free(&from);
    return status;
}

/* ---- log ----------------------------------------------------------------------------------------- */

static double final_error(const gn_training *t) {
    const int rows = t->update - t->first, first = rows > GN_FINAL_UPDATES ? rows - GN_FINAL_UPDATES : 0;
    double sum = 0;
    for (int u = first; u < rows; u++)
        sum += t->log[u].error;
    return rows ? sum / (rows - first) : NAN;
}

gn_status gn_training_write_log(const gn_training *t, const char *path, const char *seconds_path) {
    gn_tsv *log = gn_tsv_new("training-log"), *seconds = gn_tsv_new("training-seconds");
    gn_status status = log && seconds ? gn_tsv_key(log, "final_mse", "%.9g", final_error(t)) : GN_EIO;
    if (!status) status = gn_tsv_columns(log, contracts(t) ? GN_LOG_COLUMNS GN_LOG_CONTRACTION : GN_LOG_COLUMNS);
    if (!status) status = gn_tsv_columns(seconds, "update\tseconds\tprocessor_seconds\tpasses");
    for (int u = t->first; u < t->update && !status; u++) {
        double value[GN_LOG_VALUES];
        memcpy(value, &t->log[u - t->first], sizeof value);
        gn_tsv_int(log, u);
        for (size_t k = 0; k < log_values(t); k++)
            gn_tsv_float(log, (float)value[k]);
        status = gn_tsv_end_row(log);
        gn_tsv_int(seconds, u);
        gn_tsv_double(seconds, t->seconds[u - t->first]);
        gn_tsv_double(seconds, t->processor[u - t->first]);
        gn_tsv_double(seconds, t->passes[u - t->first]);
        if (!status) status = gn_tsv_end_row(seconds);
    }
    if (!status && path) status = gn_tsv_write(log, path);
    if (!status) status = gn_tsv_write(seconds, seconds_path);
    gn_tsv_free(log);
    gn_tsv_free(seconds);
    return status;
}

/* ---- the loop ------------------------------------------------------------------------------------- */

static double now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct {
    gn_batch all, fewer; /* fewer: the trials of curvature products, unless these use all */
    gn_gradient *gradient;
    gn_hessian_free *hf;
    const gn_kernel *kernel;
    gn_pool *pool;
} workshop;

static gn_status new_batch(const gn_training *t, int trials, gn_batch *batch) {
    gn_status status = gn_batch_new(&t->net, trials, t->net.steps, t->net.noise_sd > 0, batch);
    batch->lifetime = t->schedule.trial_lifetime;
    return status;
}

/* Draws the trials of this update. The batch for curvature products is allocated anew when its size changes. */
static gn_status draw(gn_training *t, workshop *w, const gn_batch **curvature) {
    const gn_schedule *s = &t->schedule;
    const int trials = curvature_trials(s, t->update);
    narrow_places(t, t->update);
    gn_network net = t->net; /* a copy with the noise of this update; it shares the parameters */
    net.noise_sd = (float)((double)net.noise_sd * risen(s->noise_rise, t->update));
    gn_status status = gn_batch_draw(&w->all, &net, s->seed, (uint32_t)t->update, w->kernel, w->pool);
    *curvature = trials == s->trials ? &w->all : &w->fewer;
    if (status || trials == s->trials) return status;
    if (w->fewer.trials != trials) {
        gn_batch_free(&w->fewer);
        status = new_batch(t, trials, &w->fewer);
    }
    return status ? status : gn_batch_draw(&w->fewer, &net, s->seed, (uint32_t)t->update, w->kernel, w->pool);
}

gn_status gn_training_run(gn_training *t, const gn_kernel *kernel, gn_pool *pool,
                          gn_status (*after)(void *, const gn_training *, const gn_log_row *), void *context) {
    const gn_schedule *s = &t->schedule;
    workshop w = {.kernel = kernel, .pool = pool};
    gn_status status = new_batch(t, s->trials, &w.all);
    if (!status)
        status = gn_gradient_new(&t->net, s->trials, s->curvature_trials, t->net.steps, kernel, pool, &w.gradient);
    if (!status) status = gn_hessian_free_new(&t->net, &t->optimiser, w.gradient, &w.hf);
    if (t->update == 0) narrow_places(t, 0); /* for the checkpoint before the first update */
    if (!status) status = after(context, t, NULL);
    while (!status && t->update < t->updates) {
        const double began = now(CLOCK_MONOTONIC), used = now(CLOCK_PROCESS_CPUTIME_ID);
        const size_t at = (size_t)(t->update - t->first);
        const double passed = gn_gradient_passes(w.gradient);
        const gn_batch *curvature;
        status = draw(t, &w, &curvature);
        gn_hessian_free_rise(w.hf, risen(s->contraction_rise, t->update));
        if (!status)
            status = gn_hessian_free_update(w.hf, t->update, &w.all, curvature, &t->net, &t->state, &t->log[at]);
        if (status) break;
        t->processor[at] = now(CLOCK_PROCESS_CPUTIME_ID) - used;
        t->seconds[at] = now(CLOCK_MONOTONIC) - began;
        t->passes[at] = gn_gradient_passes(w.gradient) - passed;
        t->update++;
        status = after(context, t, &t->log[at]);
    }
    gn_hessian_free_free(w.hf);
    gn_gradient_free(w.gradient);
    gn_batch_free(&w.fewer);
    gn_batch_free(&w.all);
    return status;
}

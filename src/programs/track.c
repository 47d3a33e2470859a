/* track: true positions and those that a network reports, step by step (Fig. 1c). */
#include <stdlib.h>
#include <string.h>

#include "io/table.h"
#include "network/probe.h"

static const gn_option option[] = {
    {.name = "trial",
     .type = GN_OPTION_INT,
     .fallback = "0",
     .max = 1e6,
     .help = "number of the trial to write, or of the first of --trials"},
    {.name = "trials",
     .type = GN_OPTION_INT,
     .fallback = "",
     .max = 1e7,
     .unit = "trials",
     .help =
         "write so many trials one after the other, with a first column `trial`; 0: all of --trajectories from --trial "
         "on; default: one trial, or with --table errors all of --trajectories or 500"},
    GN_PROBE_STEPS(1e8, ""),
    {.name = "trajectories",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "take the trials from this file of sample-trajectories"},
    {.name = "table",
     .type = GN_OPTION_CHOICE,
     .fallback = "path",
     .choices = "path|errors",
     .help = "a row for each step of each trial, or a row for each step with means over trials"},
    GN_PROBE_OPTIONS("trained"),
    {0},
};
enum { PATH, ERRORS };
enum { MEAN_OF = 500 }; /* number of trials of --table errors, as in an update of the paper's training (section 2.3) */

static const char details[] =
    "Columns: trial (only with --trials); step; target_x, target_y, the position after the step; output_x, "
    "output_y, the position that the network reports (Eq. 2); speed; direction in turns; redraws at the boundary; "
    "time, the track's time after the step (only for trajectories made from a track). Key error_squared: mean "
    "squared error per coordinate over all trials written.\n\n"
    "Columns of --table errors: step; error_squared, the mean over trials of the squared error per coordinate; "
    "constant, the same for the best constant output, which is the mean of all positions; count, the number of "
    "trials.\n\n"
    "The walk and the noise of a trial depend only on its number and --seed. They are those of the trial with "
    "this number in probe-tuning with the same --noise-sd.";

typedef struct {
    size_t first, batch;  /* number of the first trial to write, and of the first trial of the current batch */
    gn_trajectories walk; /* walks of the trials to write */
    float *output;        /* (trials, steps, 2) */
} tracking;

/* Copies the walks of the batch that are to be written. */
static gn_status begin(void *context, const gn_trajectories *batch, size_t first, int chunks) {
    tracking *t = context;
    (void)chunks;
    t->batch = first;
    for (size_t row = 0; row < batch->trials; row++) {
        if (first + row < t->first || first + row >= t->first + t->walk.trials) continue;
        gn_trajectories_copy_row(batch, row, &t->walk, first + row - t->first);
    }
    return GN_OK;
}

static void visit(void *context, int chunk, size_t first, int width, int lanes, size_t step, const float *rate,
                  const float *position) {
    tracking *t = context;
    (void)chunk, (void)rate;
    for (size_t k = 0; k < (size_t)width; k++) {
        const size_t trial = t->batch + first + k;
        if (trial < t->first || trial >= t->first + t->walk.trials) continue;
        for (size_t d = 0; d < 2; d++)
            t->output[2 * ((trial - t->first) * t->walk.steps + step) + d] = position[d * (size_t)lanes + k];
    }
}

static double squared_error(const tracking *t) {
    const size_t count = 2 * t->walk.trials * t->walk.steps;
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double error = (double)t->output[i] - t->walk.position[i];
        sum += error * error;
    }
    return sum / (double)count;
}

#define COLUMNS "step\ttarget_x\ttarget_y\toutput_x\toutput_y\tspeed\tdirection\tredraws"
static gn_status write_rows(const tracking *t, bool numbered, gn_tsv *tsv) {
    const char *columns = numbered ? "trial\t" COLUMNS : COLUMNS;
    if (t->walk.time) columns = numbered ? "trial\t" COLUMNS "\ttime" : COLUMNS "\ttime";
    gn_status status = gn_tsv_columns(tsv, columns);
    for (size_t cell = 0; !status && cell < t->walk.trials * t->walk.steps; cell++) {
        if (numbered) gn_tsv_int(tsv, (int64_t)(t->first + cell / t->walk.steps));
        gn_tsv_int(tsv, (int64_t)(cell % t->walk.steps));
        gn_tsv_float(tsv, t->walk.position[2 * cell]);
        gn_tsv_float(tsv, t->walk.position[2 * cell + 1]);
        gn_tsv_float(tsv, t->output[2 * cell]);
        gn_tsv_float(tsv, t->output[2 * cell + 1]);
        gn_tsv_float(tsv, t->walk.speed[cell]);
        gn_tsv_float(tsv, t->walk.direction[cell]);
        gn_tsv_int(tsv, t->walk.redraws[cell]);
        if (t->walk.time) gn_tsv_double(tsv, t->walk.time[cell]);
        status = gn_tsv_end_row(tsv);
    }
    return status;
}

/* The mean squared distance per coordinate of all positions from their mean. */
static double constant_error(const gn_trajectories *walk) {
    const size_t cells = walk->trials * walk->steps;
    double sum[2] = {0}, squares = 0;
    for (size_t i = 0; i < 2 * cells; i++) {
        const double at = (double)walk->position[i];
        sum[i % 2] += at;
        squares += at * at;
    }
    return (squares - (sum[0] * sum[0] + sum[1] * sum[1]) / (double)cells) / (2 * (double)cells);
}

static gn_status write_errors(const tracking *t, gn_tsv *tsv) {
    const double constant = constant_error(&t->walk);
    gn_status status = gn_tsv_columns(tsv, "step\terror_squared\tconstant\tcount");
    for (size_t step = 0; step < t->walk.steps && !status; step++) {
        double sum = 0;
        for (size_t trial = 0; trial < t->walk.trials; trial++)
            for (size_t d = 0; d < 2; d++) {
                const size_t at = 2 * (trial * t->walk.steps + step) + d;
                const double error = (double)t->output[at] - (double)t->walk.position[at];
                sum += error * error;
            }
        gn_tsv_int(tsv, (int64_t)step);
        gn_tsv_double(tsv, sum / (2 * (double)t->walk.trials));
        gn_tsv_double(tsv, constant);
        gn_tsv_int(tsv, (int64_t)t->walk.trials);
        status = gn_tsv_end_row(tsv);
    }
    return status;
}

static gn_status write_track(const gn_probe *probe, const tracking *t, const gn_options *o) {
    const bool numbered = gn_option_given(o, "trials");
    const bool errors = gn_option_choice(o, "table") == ERRORS;
    gn_tsv *tsv = gn_tsv_new(errors ? "track-errors" : "track");
    gn_status status = tsv ? gn_probe_to_tsv(probe, tsv) : GN_EIO;
    if (!status) status = gn_tsv_key(tsv, "probe.trial", "%zu", t->first);
    if (!status && numbered) status = gn_tsv_key(tsv, "probe.trials", "%zu", t->walk.trials);
    if (!status) status = gn_tsv_key(tsv, "probe.steps", "%zu", t->walk.steps);
    if (!status) status = gn_tsv_key(tsv, "error_squared", "%.17g", squared_error(t));
    if (!status) status = errors ? write_errors(t, tsv) : write_rows(t, numbered, tsv);
    if (!status) status = gn_tsv_write(tsv, gn_option_output(o));
    gn_tsv_free(tsv);
    return status;
}

/* Finds out how many trials to write. */
static gn_status count_trials(const gn_options *o, const gn_trajectories *given, size_t first, size_t *count) {
    const char *path = gn_option_text(o, "trajectories");
    const bool errors = gn_option_choice(o, "table") == ERRORS, said = gn_option_given(o, "trials");
    const bool all = said ? gn_option_int(o, "trials") == 0 : errors && path;
    *count = said ? (size_t)gn_option_int(o, "trials") : errors ? MEAN_OF : 1;
    if (!path && all)
        return gn_fail(GN_EUSAGE, "--trials: 0, which is all of --trajectories: expected at least 1 without");
    if (!path) return GN_OK;
    if (first >= given->trials)
        return gn_fail(GN_EUSAGE, "--trial: %zu, expected less than the %zu trials of %s", first, given->trials, path);
    if (all) *count = given->trials - first;
    if (*count > given->trials - first)
        return gn_fail(GN_EUSAGE, "--trials: %zu from trial %zu on, expected at most %zu of the %zu of %s", *count,
                       first, given->trials - first, given->trials, path);
    return GN_OK;
}

/* Refuses options of fresh trials when trials are given. */
static gn_status check_options(const gn_options *o) {
    if (!gn_option_text(o, "trajectories")) return GN_OK;
    if (gn_option_given(o, "steps")) return gn_fail(GN_EUSAGE, "--steps: not with --trajectories, whose file says it");
    return gn_walk_refuse_options(o);
}

static gn_status run(const gn_options *o) {
    gn_probe probe = {0};
    gn_trajectories given = {0};
    const char *path = gn_option_text(o, "trajectories");
    tracking t = {.first = (size_t)gn_option_int(o, "trial")};
    const gn_probe_visitor visitor = {&t, begin, visit, NULL};
    size_t count = 0, steps = 0;
    gn_status status = check_options(o);
    if (!status) status = gn_probe_open(o, &probe);
    if (!status && path) status = gn_trajectories_read(path, &given, &probe.walk);
    if (!status) status = count_trials(o, &given, t.first, &count);
    if (!status) {
        steps = path ? given.steps : (size_t)gn_probe_steps(&probe, o, "steps");
        status = (given.time ? gn_trajectories_new_timed : gn_trajectories_new)(count, steps, &t.walk);
    }
    if (!status) {
        t.output = gn_alloc(count * steps, 2 * sizeof *t.output);
        status = t.output ? GN_OK : GN_EIO;
    }
    if (!status) status = gn_probe_trials(&probe, path ? &given : NULL, t.first, t.first + count, steps, &visitor);
    if (!status) status = write_track(&probe, &t, o);
    free(t.output);
    gn_trajectories_free(&t.walk);
    gn_trajectories_free(&given);
    gn_probe_close(&probe);
    return status;
}

static const gn_program program = {.name = "track",
                                   .algorithm = 1,
                                   .purpose = "writes true positions and those that a network reports",
                                   .operands = "NETWORK",
                                   .operands_min = 1,
                                   .operands_max = 1,
                                   .option = option,
                                   .details = details,
                                   .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

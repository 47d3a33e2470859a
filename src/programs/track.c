/* track: one trajectory and what a network makes of it (Fig. 1c). */
#include <stdlib.h>

#include "io/table.h"
#include "network/probe.h"

static const gn_option options[] = {
    {.name = "trial", .type = GN_OPTION_INT, .fallback = "0", .max = 1e6, .help = "number of the trial to show"},
    {.name = "steps",
     .type = GN_OPTION_INT,
     .fallback = "0",
     .max = 1e8,
     .unit = "steps",
     .help = "its length; 0: as trained"},
    {.name = "trajectories",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "take the trial from this file of sample-trajectories"},
    GN_PROBE_OPTIONS("trained"),
    {0}};

static const char details[] =
    "Columns: step; target_x, target_y, where the animal is after the step; output_x,\n"
    "output_y, where the network says it is (Eq. 2); speed; direction, in turns; redraws at\n"
    "the boundary. Key error_squared: mean squared error per coordinate over the trial.\n"
    "\n"
    "Walk options replace the network's own only when given.";

typedef struct {
    size_t trial;
    float *output; /* (steps, 2) */
} tracking;

static void visit(void *context, int chunk, size_t first, int width, int lanes, size_t step, const float *rate,
                  const float *output) {
    tracking *t = context;
    (void)chunk, (void)rate;
    if (t->trial < first || t->trial >= first + (size_t)width) return;
    for (size_t d = 0; d < 2; d++)
        t->output[2 * step + d] = output[d * (size_t)lanes + t->trial - first];
}

static double squared_error(const gn_trajectories *t, const tracking *tracked) {
    const float *target = t->position + 2 * tracked->trial * t->steps;
    double sum = 0;
    for (size_t i = 0; i < 2 * t->steps; i++) {
        double error = (double)tracked->output[i] - target[i];
        sum += error * error;
    }
    return sum / (2.0 * (double)t->steps);
}

static gn_status write_rows(const gn_trajectories *t, const tracking *tracked, gn_tsv *tsv) {
    gn_status status = gn_tsv_columns(tsv, "step\ttarget_x\ttarget_y\toutput_x\toutput_y\tspeed\tdirection\tredraws");
    for (size_t s = 0; status == GN_OK && s < t->steps; s++) {
        size_t cell = tracked->trial * t->steps + s;
        gn_tsv_int(tsv, (int64_t)s);
        gn_tsv_float(tsv, t->position[2 * cell]);
        gn_tsv_float(tsv, t->position[2 * cell + 1]);
        gn_tsv_float(tsv, tracked->output[2 * s]);
        gn_tsv_float(tsv, tracked->output[2 * s + 1]);
        gn_tsv_float(tsv, t->speed[cell]);
        gn_tsv_float(tsv, t->direction[cell]);
        gn_tsv_int(tsv, t->redraws[cell]);
        status = gn_tsv_end_row(tsv);
    }
    return status;
}

static gn_status write_track(const gn_probe *probe, const gn_trajectories *t, const tracking *tracked,
                             const char *output) {
    gn_tsv *tsv = gn_tsv_new("track");
    gn_status status = tsv ? gn_probe_to_tsv(probe, tsv) : GN_EIO;
    if (status == GN_OK) status = gn_tsv_key(tsv, "probe.trial", "%zu", tracked->trial);
    if (status == GN_OK) status = gn_tsv_key(tsv, "probe.steps", "%zu", t->steps);
    if (status == GN_OK) status = gn_tsv_key(tsv, "error_squared", "%.17g", squared_error(t, tracked));
    if (status == GN_OK) status = write_rows(t, tracked, tsv);
    if (status == GN_OK) status = gn_tsv_write(tsv, output);
    gn_tsv_free(tsv);
    return status;
}

/* The trajectories that hold the trial; fresh ones only up to it. */
static gn_status get_trajectories(gn_probe *probe, const gn_options *o, size_t trial, gn_trajectories *t) {
    const char *path = gn_option_text(o, "trajectories");
    if (!path) {
        gn_status status = gn_trajectories_new(trial + 1, (size_t)gn_probe_steps(probe, o, "steps"), t);
        if (status == GN_OK)
            status = gn_walk_sample_all(&probe->walk, probe->seed, GN_PURPOSE_PROBE, 0, probe->threads, t);
        return status;
    }
    gn_status status = gn_trajectories_read(path, t, &probe->walk);
    if (status == GN_OK && trial >= t->trials)
        status = gn_fail(GN_EUSAGE, "--trial: %zu, expected less than the %zu trials of %s", trial, t->trials, path);
    return status;
}

static gn_status run(const gn_options *o) {
    gn_probe probe = {0};
    gn_trajectories t = {0};
    tracking tracked = {.trial = (size_t)gn_option_int(o, "trial")};
    gn_status status = gn_probe_open(o, &probe);
    if (status == GN_OK) status = get_trajectories(&probe, o, tracked.trial, &t);
    if (status == GN_OK) {
        tracked.output = gn_alloc(2 * t.steps, sizeof *tracked.output);
        status = tracked.output ? GN_OK : GN_EIO;
    }
    if (status == GN_OK) {
        /* Only this trial is run: as trial 0 of one. */
        gn_trajectories one = gn_trajectories_rows(&t, tracked.trial, 1);
        const gn_probe_visitor visitor = {&(tracking){0, tracked.output}, NULL, visit, NULL};
        status = gn_probe_trials(&probe, &one, 1, t.steps, &visitor);
    }
    if (status == GN_OK) status = write_track(&probe, &t, &tracked, gn_option_output(o));
    free(tracked.output);
    gn_trajectories_free(&t);
    gn_probe_close(&probe);
    return status;
}

static const gn_program program = {.name = "track",
                                   .algorithm = 1,
                                   .purpose = "follows one trajectory with a network",
                                   .operands = "NETWORK",
                                   .operands_min = 1,
                                   .operands_max = 1,
                                   .option = options,
                                   .details = details,
                                   .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

/* sample-trajectories: where an animal goes. Writes speed, direction, position and redraws. */
#include "io/container.h"
#include "walk/track_import.h"
#include "walk/walk_keys.h"

static const gn_option options[] = {
    {.name = "trials",
     .type = GN_OPTION_INT,
     .fallback = "500",
     .min = 1,
     .max = 1e7,
     .unit = "trials",
     .help = "number of trials"},
    {.name = "steps",
     .type = GN_OPTION_INT,
     .fallback = "500",
     .min = 1,
     .max = 1e8,
     .unit = "steps",
     .help = "length of a trial"},
    {.name = "track",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "take the path from this table of a real animal's time, x and y"},
    {.name = "track-step",
     .type = GN_OPTION_REAL,
     .fallback = "0",
     .max = 1e9,
     .unit = "time units of the track",
     .help = "time that one step takes; 0: the median time between rows"},
    {.name = "track-gap",
     .type = GN_OPTION_REAL,
     .fallback = "0",
     .max = 1e9,
     .unit = "time units of the track",
     .help = "a longer time between rows is a gap; 0: five times the median"},
    {.name = "track-fit",
     .type = GN_OPTION_CHOICE,
     .fallback = "scale",
     .choices = "scale|none",
     .help = "scale and shift the track into the arena as large as it fits, or take it as it is"},
    {.name = "track-near",
     .type = GN_OPTION_REAL,
     .fallback = "0",
     .max = 100,
     .unit = "arena units",
     .help = "a trial begins once the animal is this close to the arena's centre; 0: anywhere"},
    GN_WALK_OPTIONS,
    {0}};

static const char details[] =
    "The direction is a random walk: a turn, normal with --turn-sd, is added on every\n"
    "moving step (held) or on every step (diffusing). Exactly the share --zero-speed of a\n"
    "trial's steps, rounded, stands still; the others are as long as a uniform number from\n"
    "0 to --top-speed. A turn that would lead outside is redrawn, first afresh, then by\n"
    "adding fresh turns up, until the step stays inside; `redraws` counts them, and a step\n"
    "with at least one is a boundary interaction.\n"
    "\n"
    "Arrays: speed (trials, steps); direction (trials, steps), in turns; position (trials,\n"
    "steps, 2), after the step; redraws (trials, steps). Trial r depends on --seed and r\n"
    "alone, not on --trials or --threads.\n"
    "\n"
    "--track reads three columns of numbers, time, x and y, separated by tabs or blanks,\n"
    "times rising, any sampling; lines with # are skipped. Rows with nan, and times between\n"
    "rows above --track-gap, split it. Between rows the animal is taken to walk straight;\n"
    "it is looked at every --track-step, and each piece is cut into trials of --steps, what\n"
    "is left over being dropped (--trials: at most so many). Trials begin where the last\n"
    "one ended, or with --track-near where the animal next comes close to the centre, which\n"
    "is what networks that were trained from there expect; redraws are 0. The walk's keys\n"
    "hold what was measured: share of still steps, longest step, root mean square turn.";

/* Options that say how to sample a walk, or how to read a track. */
static gn_status check_options(const gn_options *o) {
    static const char *const of_walk[] = {"still",   "zero-speed", "zero-speed-mode", "start", "zero-speed-block",
                                          "turn-sd", "top-speed"};
    static const char *const of_track[] = {"track-step", "track-gap", "track-fit", "track-near"};
    bool track = gn_option_text(o, "track") != NULL;
    for (size_t i = 0; track && i < sizeof of_walk / sizeof *of_walk; i++)
        if (gn_option_given(o, of_walk[i]))
            return gn_fail(GN_EUSAGE, "--%s: not with --track, whose animal decides", of_walk[i]);
    for (size_t i = 0; !track && i < sizeof of_track / sizeof *of_track; i++)
        if (gn_option_given(o, of_track[i])) return gn_fail(GN_EUSAGE, "--%s: only with --track", of_track[i]);
    return GN_OK;
}

static gn_status write_track(const gn_trajectories *t, const gn_walk *walk, const gn_track_report *report,
                             const gn_options *o) {
    gn_file *file = gn_file_new("trajectories");
    gn_status status = file ? gn_trajectories_to_file(t, walk, gn_option_seed(o), file) : GN_EIO;
    if (status == GN_OK) status = gn_file_set(file, "track.step", "%.17g", report->step);
    if (status == GN_OK) status = gn_file_set(file, "track.gap", "%.17g", report->gap);
    if (status == GN_OK) status = gn_file_set(file, "track.near", "%.17g", gn_option_real(o, "track-near"));
    if (status == GN_OK) status = gn_file_set(file, "track.scale", "%.17g", report->scale);
    if (status == GN_OK) status = gn_file_set(file, "track.shift-x", "%.17g", report->shift[0]);
    if (status == GN_OK) status = gn_file_set(file, "track.shift-y", "%.17g", report->shift[1]);
    if (status == GN_OK) status = gn_file_set(file, "track.rows", "%zu", report->rows);
    if (status == GN_OK) status = gn_file_set(file, "track.pieces", "%zu", report->pieces);
    if (status == GN_OK) status = gn_file_write(file, gn_option_output(o));
    gn_file_free(file);
    return status;
}

static gn_status run_track(gn_walk *walk, const gn_options *o) {
    const gn_track_options track = {.step = gn_option_real(o, "track-step"),
                                    .gap = gn_option_real(o, "track-gap"),
                                    .near = gn_option_real(o, "track-near"),
                                    .fit = (gn_track_fit)gn_option_choice(o, "track-fit"),
                                    .steps = (size_t)gn_option_int(o, "steps"),
                                    .trials = gn_option_given(o, "trials") ? (size_t)gn_option_int(o, "trials") : 0};
    gn_trajectories t = {0};
    gn_track_report report;
    gn_status status = gn_track_read(gn_option_text(o, "track"), &track, walk, &t, &report);
    if (status == GN_OK) status = write_track(&t, walk, &report, o);
    gn_trajectories_free(&t);
    return status;
}

static gn_status run_walk(const gn_walk *walk, const gn_options *o) {
    gn_trajectories t = {0};
    uint64_t seed = gn_option_seed(o);
    gn_status status = gn_trajectories_new((size_t)gn_option_int(o, "trials"), (size_t)gn_option_int(o, "steps"), &t);
    if (status == GN_OK) status = gn_walk_sample_all(walk, seed, GN_PURPOSE_WALK, 0, gn_option_threads(o), &t);
    if (status == GN_OK) status = gn_trajectories_write(&t, walk, seed, gn_option_output(o));
    gn_trajectories_free(&t);
    return status;
}

static gn_status run(const gn_options *o) {
    gn_walk walk;
    gn_status status = check_options(o);
    if (status == GN_OK) status = gn_walk_from_options(o, &walk);
    if (status == GN_OK) status = gn_option_text(o, "track") ? run_track(&walk, o) : run_walk(&walk, o);
    return status;
}

static const gn_program program = {.name = "sample-trajectories",
                                   .algorithm = 1,
                                   .purpose = "samples the paths of an animal in an arena",
                                   .operands = "",
                                   .option = options,
                                   .details = details,
                                   .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

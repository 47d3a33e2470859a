/* sample-trajectories: walks of an animal in an arena, sampled or made from a recorded track. */
#include <math.h>
#include <stdio.h>

#include "io/container.h"
#include "walk/track_import.h"
#include "walk/walk_keys.h"

static const gn_option option[] = {
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
     .help = "length of a trial; default with --track: up to 500, so that few steps are lost"},
    {.name = "track",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "make the trials from the track in this table of time, x and y of a real animal, text or NPY"},
    {.name = "track-columns",
     .type = GN_OPTION_TEXT,
     .fallback = "",
     .help = "the track's columns of time, x and y, by name or number from 1, with commas between; default: those with "
             "such "
             "names, or all three"},
    {.name = "track-step",
     .type = GN_OPTION_REAL,
     .fallback = "0",
     .max = 1e9,
     .unit = "time units of the track",
     .help = "duration of a step; 0: the median time between rows"},
    {.name = "track-gap",
     .type = GN_OPTION_REAL,
     .fallback = "0",
     .max = 1e9,
     .unit = "time units of the track",
     .help = "a longer time between rows splits the track; 0: five times the median"},
    {.name = "track-bridge",
     .type = GN_OPTION_REAL,
     .fallback = "0",
     .max = 1e9,
     .unit = "time units of the track",
     .help = "rows without a place split the track unless at most this much time passes across them"},
    {.name = "track-speed",
     .type = GN_OPTION_REAL,
     .fallback = "0",
     .max = 1e12,
     .unit = "the track's units of place and time",
     .help = "largest speed; rows that need a larger one are left out as jumps; 0: found from the track"},
    {.name = "track-zero",
     .type = GN_OPTION_CHOICE,
     .fallback = "place",
     .choices = "place|missing",
     .help = "whether (0, 0) is a place, or is missing because the tracker had lost the animal"},
    {.name = "track-fit",
     .type = GN_OPTION_CHOICE,
     .fallback = "scale",
     .choices = "scale|none",
     .help = "scale and shift the track to fill the arena (a box of its shape, and of any size), or take it as it is"},
    {.name = "track-near",
     .type = GN_OPTION_REAL,
     .fallback = "0",
     .max = 100,
     .unit = "arena units",
     .help = "trials begin where the animal is so close to the arena's centre; 0: anywhere"},
    GN_WALK_OPTIONS,
    {0}};

static const char details[] =
    "The direction is a random walk: a normal turn with standard deviation --turn-sd is added at every moving "
    "step (--still held) or at every step (diffusing). The share --zero-speed of a trial's steps stands still; "
    "the others have a speed that is uniform between 0 and --top-speed. A turn that would lead outside is "
    "redrawn, first as a fresh turn, then by adding further turns to it, until the step stays inside. `redraws` "
    "counts the redraws; a step with at least one is a boundary interaction.\n\n"
    "Arrays: speed (trials, steps); direction (trials, steps), in turns; position (trials, steps, 2), after the "
    "step; redraws (trials, steps). Trial r depends only on --seed and r, not on --trials or --threads.\n\n"
    "--track reads time, x and y from a table of numbers in any units and with any intervals between rows. Cells "
    "are separated by tabs, commas, semicolons or blanks; a header row and lines with # are allowed; empty cells, "
    "NA, nan and inf mean that the place is missing. An NPY file with as many columns is read too. Times must "
    "rise. Rows without a place, and times between rows above --track-gap, split the track into pieces. The "
    "animal is assumed to walk straight between rows. Every piece is divided into steps of --track-step and cut "
    "into trials of --steps, at most --trials; the rest is dropped. A trial begins where the last one ended or, "
    "with --track-near, where the animal next comes close to the centre, as networks that were trained from there "
    "need it. Redraws are 0. The walk's keys in the header are measured: share of steps that stand still, longest "
    "step, root mean square turn. The array time (trials, steps) is the track's time after each step.\n\n"
    "Rows that the animal cannot reach at --track-speed, while it can reach the rows after them, are left out as "
    "jumps of the tracker. If that would cost many rows, the track is split instead. Without --track-speed the "
    "speed is found from the track: three times the 99th percentile of the median speeds of five neighbouring "
    "intervals, or of the 95th percentile of the speeds of all intervals that move, if that is larger. Intervals "
    "at (0, 0) are not counted, and with fewer than 20 that move the speed is not limited. How many rows and how "
    "much time were used or dropped, and why, is printed and written to the keys track.* of the header.";

/* Refuses options for sampling a walk together with --track, and options for a track without it. */
static gn_status check_options(const gn_options *o) {
    static const char *const of_walk[] = {"still",   "zero-speed", "zero-speed-mode", "start", "zero-speed-block",
                                          "turn-sd", "top-speed"};
    static const char *const of_track[] = {"track-columns", "track-step", "track-gap", "track-bridge",
                                           "track-speed",   "track-zero", "track-fit", "track-near"};
    bool track = gn_option_text(o, "track") != NULL;
    for (size_t i = 0; track && i < sizeof of_walk / sizeof *of_walk; i++)
        if (gn_option_given(o, of_walk[i]))
            return gn_fail(GN_EUSAGE, "--%s: not with --track, whose animal decides", of_walk[i]);
    for (size_t i = 0; !track && i < sizeof of_track / sizeof *of_track; i++)
        if (gn_option_given(o, of_track[i])) return gn_fail(GN_EUSAGE, "--%s: only with --track", of_track[i]);
    return GN_OK;
}

static gn_status set_track_keys(const gn_track_report *r, const gn_options *o, gn_file *file) {
    const struct {
        const char *key;
        double value;
    } reals[] = {{"track.step", r->step},
                 {"track.gap", r->gap},
                 {"track.bridge", gn_option_real(o, "track-bridge")},
                 {"track.near", gn_option_real(o, "track-near")},
                 {"track.scale", r->scale},
                 {"track.shift-x", r->shift[0]},
                 {"track.shift-y", r->shift[1]},
                 {"track.time", r->span},
                 {"track.time-used", r->within},
                 {"track.time-unseen", r->unseen},
                 {"track.time-short", r->too_short},
                 {"track.time-left-over", r->left_over},
                 {"track.time-away", r->away},
                 {"track.time-beyond", r->beyond}};
    const struct {
        const char *key;
        size_t value;
    } counts[] = {{"track.rows", r->rows},      {"track.rows-missing", r->missing},
                  {"track.rows-zero", r->zero}, {"track.rows-jumps", r->jumped},
                  {"track.rows-used", r->used}, {"track.rows-at-origin", r->origin},
                  {"track.jumps", r->jumps},    {"track.pieces", r->pieces}};
    gn_status status = gn_file_set(file, "track.columns", "%zu,%zu,%zu", r->column[0], r->column[1], r->column[2]);
    if (!status) status = gn_file_set(file, "track.speed", isinf(r->speed) ? "unlimited" : "%.17g", r->speed);
    for (size_t i = 0; i < sizeof reals / sizeof *reals && !status; i++)
        status = gn_file_set(file, reals[i].key, "%.17g", reals[i].value);
    for (size_t i = 0; i < sizeof counts / sizeof *counts && !status; i++)
        status = gn_file_set(file, counts[i].key, "%zu", counts[i].value);
    return status;
}

static gn_status write_track(const gn_trajectories *t, const gn_walk *walk, const gn_track_report *report,
                             const gn_options *o) {
    gn_file *file = gn_file_new("trajectories");
    gn_status status = file ? gn_trajectories_to_file(t, walk, gn_option_seed(o), file) : GN_EIO;
    if (!status) status = set_track_keys(report, o, file);
    if (!status) status = gn_file_write(file, gn_option_output(o));
    gn_file_free(file);
    return status;
}

/* Prints how much time was dropped where, as "; 3.5 in pieces shorter than a trial". */
static void tell_dropped(double time, const char *where) {
    if (time > 0) fprintf(stderr, "; %.6g %s", time, where);
}

static void tell_jumps(const char *path, const gn_track_report *r, bool found) {
    for (size_t i = 0; i < r->jumps && i < GN_TRACK_JUMPS_NAMED; i++) {
        const gn_track_jump *j = &r->jump[i];
        fprintf(stderr, "sample-trajectories: %s: %s, time %.10g: jump at (%g, %g), speed %.6g: ", path, j->where.text,
                j->time, j->x, j->y, j->speed);
        if (j->rows)
            fprintf(stderr, "%zu row%s left out\n", j->rows, j->rows == 1 ? "" : "s");
        else
            fprintf(stderr, "the track is split there\n");
    }
    if (r->jumps > GN_TRACK_JUMPS_NAMED)
        fprintf(stderr, "sample-trajectories: %s: %zu more jumps\n", path, r->jumps - GN_TRACK_JUMPS_NAMED);
    if (isinf(r->speed))
        fprintf(stderr,
                "sample-trajectories: %s: too few rows move to find a largest speed (--track-speed): jumps are not "
                "looked for\n",
                path);
    else
        fprintf(stderr, "sample-trajectories: %s: largest speed %.6g%s: rows left out %zu, jumps %zu\n", path, r->speed,
                found ? ", found from the track (--track-speed)" : "", r->jumped, r->jumps);
}

/* Prints what was used of the track, and what was dropped and why. */
static void tell(const char *path, const gn_track_report *r, const gn_options *o) {
    fprintf(stderr, "sample-trajectories: %s: time, x and y in columns %zu, %zu and %zu; %zu rows, %zu without a place",
            path, r->column[0], r->column[1], r->column[2], r->rows + r->jumped + r->missing + r->zero, r->missing);
    if (r->zero) fprintf(stderr, ", %zu at (0, 0) taken as such", r->zero);
    fprintf(stderr, "\n");
    if (r->origin > 1)
        fprintf(
            stderr,
            "sample-trajectories: %s: %zu rows lie at exactly (0, 0): if that is where the tracker lost the animal, "
            "--track-zero missing\n",
            path, r->origin);
    tell_jumps(path, r, !gn_option_given(o, "track-speed") || gn_option_real(o, "track-speed") == 0);
    fprintf(stderr,
            "sample-trajectories: %s: %zu piece%s, %zu trial%s of %zu steps of %.6g: %zu rows and %.6g of %.6g time "
            "units used",
            path, r->pieces, r->pieces == 1 ? "" : "s", r->trials, r->trials == 1 ? "" : "s", r->steps, r->step,
            r->used, r->within, r->span);
    tell_dropped(r->unseen, "between pieces");
    tell_dropped(r->too_short, "in pieces shorter than a trial");
    tell_dropped(r->left_over, "left over behind the last trial of a piece");
    tell_dropped(r->away, "before the animal was near the centre");
    tell_dropped(r->beyond, "beyond --trials");
    fprintf(stderr, "\n");
}

static gn_status run_track(gn_walk *walk, const gn_options *o) {
    const char *path = gn_option_text(o, "track");
    const gn_track_options track = {.columns = gn_option_text(o, "track-columns"),
                                    .step = gn_option_real(o, "track-step"),
                                    .gap = gn_option_real(o, "track-gap"),
                                    .bridge = gn_option_real(o, "track-bridge"),
                                    .speed = gn_option_real(o, "track-speed"),
                                    .zero_missing = gn_option_choice(o, "track-zero") == 1,
                                    .near = gn_option_real(o, "track-near"),
                                    .fit = (gn_track_fit)gn_option_choice(o, "track-fit"),
                                    .steps = gn_option_given(o, "steps") ? (size_t)gn_option_int(o, "steps") : 0,
                                    .trials = gn_option_given(o, "trials") ? (size_t)gn_option_int(o, "trials") : 0};
    gn_trajectories t = {0};
    gn_track_report report;
    gn_status status = gn_track_read(path, &track, walk, &t, &report);
    if (!status) status = write_track(&t, walk, &report, o);
    if (!status) tell(path, &report, o);
    gn_trajectories_free(&t);
    return status;
}

static gn_status run_walk(const gn_walk *walk, const gn_options *o) {
    gn_trajectories t = {0};
    uint64_t seed = gn_option_seed(o);
    gn_status status = gn_trajectories_new((size_t)gn_option_int(o, "trials"), (size_t)gn_option_int(o, "steps"), &t);
    if (!status) status = gn_walk_sample_all(walk, seed, GN_PURPOSE_WALK, 0, gn_option_threads(o), &t);
    if (!status) status = gn_trajectories_write(&t, walk, seed, gn_option_output(o));
    gn_trajectories_free(&t);
    return status;
}

static gn_status run(const gn_options *o) {
    gn_walk walk;
    const bool track = gn_option_text(o, "track");
    gn_status status = check_options(o);
    if (!status) status = track ? gn_walk_from_options_of_track(o, &walk) : gn_walk_from_options(o, &walk);
    if (!status) status = track ? run_track(&walk, o) : run_walk(&walk, o);
    return status;
}

static const gn_program program = {
    .name = "sample-trajectories",
    .algorithm = 3,
    .purpose = "samples walks of an animal in an arena, or makes them from a recorded track",
    .operands = "",
    .option = option,
    .details = details,
    .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

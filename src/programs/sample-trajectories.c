/* sample-trajectories: where an animal goes. Writes speed, direction, position and redraws. */
#include "gn_trajectory.h"

static const gn_option options[] = {
    {"trials", GN_OPTION_INT, "500", 1, 1e7, NULL, "trials", "number of trials"},
    {"steps", GN_OPTION_INT, "500", 1, 1e8, NULL, "steps", "length of a trial"},
    GN_WALK_OPTIONS,
    {0}};

static const char details[] =
    "The direction is a random walk: a turn, normal with --turn-sd, is added on every moving step\n"
    "(held) or on every step (diffusing). Exactly the share --zero-speed of a trial's steps, "
    "rounded,\n"
    "stands still; the others are as long as a uniform number from 0 to --top-speed. A turn that\n"
    "would lead outside is redrawn, first afresh, then by adding fresh turns up, until the step "
    "stays\n"
    "inside; `redraws` counts them, and a step with at least one is a boundary interaction.\n"
    "\n"
    "Arrays: speed (trials, steps); direction (trials, steps), in turns; position (trials, steps, "
    "2),\n"
    "after the step; redraws (trials, steps). Trial r depends on --seed and r alone, not on "
    "--trials or\n"
    "--threads.";

static gn_status run(const gn_options *o) {
    gn_walk walk;
    gn_trajectories t = {0};
    uint64_t seed = gn_option_seed(o);
    gn_status status = gn_walk_from_options(o, &walk);
    if (status == GN_OK)
        status = gn_trajectories_new((size_t)gn_option_int(o, "trials"),
                                     (size_t)gn_option_int(o, "steps"), &t);
    if (status == GN_OK)
        status = gn_walk_sample_all(&walk, seed, GN_PURPOSE_WALK, 0, gn_option_threads(o), &t);
    if (status == GN_OK) status = gn_trajectories_write(&t, &walk, seed, gn_option_output(o));
    gn_trajectories_free(&t);
    return status;
}

static const gn_program program = {.name = "sample-trajectories",
                                   .purpose = "samples the paths of an animal in an arena",
                                   .operands = "",
                                   .option = options,
                                   .details = details,
                                   .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

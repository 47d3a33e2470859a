/* boundary-error: the error before and after the first contact with a wall (section 3.3, Fig. 6a). */
#include <math.h>

#include "io/table.h"
#include "network/boundary.h"

static const gn_option option[] = {
    GN_PROBE_TRIALS("10000", 1, 1e6, ""),
    GN_PROBE_STEPS(1e6, ""),
    {.name = "first",
     .type = GN_OPTION_CHOICE,
     .fallback = "excluded",
     .choices = "excluded|included",
     .help = "whether the first interaction is counted too"},
    GN_PROBE_OPTIONS("trained"),
    {0},
};

static const char details[] =
    "A boundary interaction is a step whose turn was redrawn. Trials are aligned at their first interaction, step "
    "0, and their error is averaged from 40 steps before it to 40 after it. A trial is used when it has 40 steps "
    "before its first interaction and 50 after it. Trials are grouped by the number of interactions in the next "
    "50 steps: 0, 1, 2-5, and 6-50 (when redraws are counted, that group includes the few trials with more).\n\n"
    "The paper does not say what it counts, so the table has both: every step with a redrawn turn (counted: steps), "
    "and every redraw (counted: redraws). When the animal stands still nine steps of ten, only about five of 50 "
    "steps move. Six steps with an interaction are then rare (13 of 4982 trials in one network) and the paper's "
    "last group is nearly empty, but when redraws are counted all groups have many trials.\n\n"
    "With --first excluded, interactions of steps 1 to 50 are counted: animals of group 0 have touched a wall "
    "once, at step 0, and not again (the paper: \"in the absence of further boundary interaction\"). With --first "
    "included, interactions of steps 0 to 49 are counted: no animal of group 0 touches a wall, so it is the "
    "control below.\n\n"
    "Group none is the control: for every aligned trial, another trial is aligned at the same step, so that it "
    "has walked for as long. It is drawn at random among the trials without an interaction from their start to 50 "
    "steps after that step.\n\n"
    "Columns: counted, group, step, error_squared (mean over trials of the squared error per coordinate), error_sd "
    "(its "
    "standard deviation over trials), count (number of trials).";

static gn_status write_rows(const char *counted, const gn_contact_curve *group, gn_tsv *tsv) {
    gn_status status = GN_OK;
    for (int g = 0; g < GN_CONTACT_GROUPS; g++)
        for (int i = 0; i < GN_BOUNDARY_SPAN && !status; i++) {
            double n = (double)group[g].count, mean = group[g].sum[i] / n;
            double variance = (group[g].square[i] - n * mean * mean) / (n - 1);
            gn_tsv_text(tsv, counted);
            gn_tsv_text(tsv, gn_contact_group_name(g));
            gn_tsv_int(tsv, i - GN_BOUNDARY_BEFORE);
            gn_tsv_double(tsv, n > 0 ? mean : NAN);
            gn_tsv_double(tsv, n > 1 ? sqrt(fmax(variance, 0)) : NAN);
            gn_tsv_int(tsv, group[g].count);
            status = gn_tsv_end_row(tsv);
        }
    return status;
}

/* Groups the trials by both counts. */
static gn_status write_groups(const gn_boundary *b, const gn_probe *probe, bool included, gn_tsv *tsv) {
    gn_status status = gn_tsv_columns(tsv, "counted\tgroup\tstep\terror_squared\terror_sd\tcount");
    for (int redraws = 0; redraws < 2 && !status; redraws++) {
        gn_contact_curve group[GN_CONTACT_GROUPS] = {{{0}, {0}, 0}};
        const gn_contact_rule rule = {.redraws = redraws, .included = included, .seed = probe->seed, .blocks = 1};
        gn_boundary_align(b, &rule, group);
        status = write_rows(redraws ? "redraws" : "steps", group, tsv);
    }
    return status;
}

static gn_status write_table(const gn_probe *probe, const gn_boundary *b, const gn_options *o) {
    gn_tsv *tsv = gn_tsv_new("boundary-error");
    gn_status status = tsv ? gn_probe_to_tsv(probe, tsv) : GN_EIO;
    if (!status) status = gn_tsv_key(tsv, "probe.trials", "%zu", b->trials);
    if (!status) status = gn_tsv_key(tsv, "probe.steps", "%zu", b->steps);
    if (!status) status = gn_tsv_key(tsv, "probe.first", "%s", gn_option_text(o, "first"));
    if (!status) status = gn_tsv_key(tsv, "trials_with_interaction", "%zu", gn_boundary_touched(b));
    if (!status) status = write_groups(b, probe, gn_option_choice(o, "first") == 1, tsv);
    if (!status) status = gn_tsv_write(tsv, gn_option_output(o));
    gn_tsv_free(tsv);
    return status;
}

static gn_status run(const gn_options *o) {
    gn_probe probe = {0};
    gn_boundary boundary = {0};
    gn_status status = gn_probe_open(o, &probe);
    if (!status)
        status = gn_boundary_measure(&probe, (size_t)gn_option_int(o, "trials"),
                                     (size_t)gn_probe_steps(&probe, o, "steps"), "steps", &boundary);
    if (!status) status = write_table(&probe, &boundary, o);
    gn_boundary_free(&boundary);
    gn_probe_close(&probe);
    return status;
}

static const gn_program program = {.name = "boundary-error",
                                   .algorithm = 2,
                                   .purpose = "measures a network's error around wall contacts",
                                   .operands = "NETWORK",
                                   .operands_min = 1,
                                   .operands_max = 1,
                                   .option = option,
                                   .details = details,
                                   .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

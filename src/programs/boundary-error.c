/* boundary-error: the error around the first touch of a wall (section 3.3, Fig. 6a). */
#include <math.h>

#include "io/table.h"
#include "network/boundary.h"

static const gn_option option[] = {
    {.name = "trials",
     .type = GN_OPTION_INT,
     .fallback = "5000",
     .min = 1,
     .max = 1e6,
     .unit = "trials",
     .help = "number of fresh trials"},
    {.name = "steps",
     .type = GN_OPTION_INT,
     .fallback = "0",
     .max = 1e6,
     .unit = "steps",
     .help = "length of a trial; 0: as trained"},
    {.name = "count",
     .type = GN_OPTION_CHOICE,
     .fallback = "redraws",
     .choices = "steps|redraws",
     .help = "what counts as one interaction: a step with a redrawn turn, or each redraw"},
    {.name = "first",
     .type = GN_OPTION_CHOICE,
     .fallback = "excluded",
     .choices = "excluded|included",
     .help = "whether the first interaction itself is among those counted"},
    GN_PROBE_OPTIONS("trained"),
    {0}};

static const char details[] =
    "A boundary interaction is a step whose turn was redrawn. Trials are aligned at their\n"
    "first one, step 0, and followed from 40 steps before to 40 after it; a trial takes\n"
    "part when its first interaction leaves 40 steps before it and 50 after it. Groups are\n"
    "by the number of interactions in the next 50 steps: 0, 1, 2-5, and 6-50 (which,\n"
    "counting redraws, also has the few beyond 50).\n"
    "\n"
    "The paper does not say what it counts. Of 50 steps only about five move when the\n"
    "animal stands still for nine tenths of them, so that six steps with an interaction are\n"
    "rare (13 of 4982 trials in one network) and the paper's last group has nearly nobody;\n"
    "counting redraws fills all groups.\n"
    "\n"
    "--first excluded: counted are steps 1 to 50, so group 0 has touched a wall once, at\n"
    "step 0, and not again (the paper: \"in the absence of further boundary interaction\").\n"
    "--first included: counted are steps 0 to 49, and nobody in group 0 touches a wall at\n"
    "all: it is the control below.\n"
    "\n"
    "Group none is the control: for every aligned trial another one, drawn at random among\n"
    "those that have not met a wall from their start to 50 steps beyond the same step, is\n"
    "aligned at that same step; so it has walked as long without any contact.\n"
    "\n"
    "Columns: group, step, error_squared (mean over trials of the squared error per\n"
    "coordinate), error_sd (its standard deviation over trials), count (trials). Walk\n"
    "options replace the network's own only when given.";

static gn_status write_rows(const gn_contact_curve *group, gn_tsv *tsv) {
    gn_status status = gn_tsv_columns(tsv, "group\tstep\terror_squared\terror_sd\tcount");
    for (int g = 0; g < GN_CONTACT_GROUPS; g++)
        for (int i = 0; i < GN_BOUNDARY_SPAN && !status; i++) {
            double n = (double)group[g].count, mean = group[g].sum[i] / n;
            double variance = (group[g].square[i] - n * mean * mean) / (n - 1);
            gn_tsv_text(tsv, gn_contact_group_name(g));
            gn_tsv_int(tsv, i - GN_BOUNDARY_BEFORE);
            gn_tsv_double(tsv, n > 0 ? mean : NAN);
            gn_tsv_double(tsv, n > 1 ? sqrt(fmax(variance, 0)) : NAN);
            gn_tsv_int(tsv, group[g].count);
            status = gn_tsv_end_row(tsv);
        }
    return status;
}

static gn_status write_table(const gn_probe *probe, const gn_boundary *b, const gn_options *o,
                             const gn_contact_curve *group) {
    gn_tsv *tsv = gn_tsv_new("boundary-error");
    gn_status status = tsv ? gn_probe_to_tsv(probe, tsv) : GN_EIO;
    if (!status) status = gn_tsv_key(tsv, "probe.trials", "%zu", b->trials);
    if (!status) status = gn_tsv_key(tsv, "probe.steps", "%zu", b->steps);
    if (!status) status = gn_tsv_key(tsv, "probe.count", "%s", gn_option_text(o, "count"));
    if (!status) status = gn_tsv_key(tsv, "probe.first", "%s", gn_option_text(o, "first"));
    if (!status) status = gn_tsv_key(tsv, "trials_with_interaction", "%zu", gn_boundary_touched(b));
    if (!status) status = write_rows(group, tsv);
    if (!status) status = gn_tsv_write(tsv, gn_option_output(o));
    gn_tsv_free(tsv);
    return status;
}

static gn_status run(const gn_options *o) {
    gn_probe probe = {0};
    gn_boundary boundary = {0};
    gn_contact_curve group[GN_CONTACT_GROUPS] = {{{0}, {0}, 0}};
    gn_status status = gn_probe_open(o, &probe);
    if (!status)
        status = gn_boundary_measure(&probe, (size_t)gn_option_int(o, "trials"),
                                     (size_t)gn_probe_steps(&probe, o, "steps"), "steps", &boundary);
    if (!status) {
        const gn_contact_rule rule = {.redraws = gn_option_choice(o, "count") == 1,
                                      .included = gn_option_choice(o, "first") == 1,
                                      .seed = probe.seed,
                                      .blocks = 1};
        gn_boundary_align(&boundary, &rule, group);
        status = write_table(&probe, &boundary, o, group);
    }
    gn_boundary_free(&boundary);
    gn_probe_close(&probe);
    return status;
}

static const gn_program program = {.name = "boundary-error",
                                   .algorithm = 1,
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

/* fingerprints: compares a network with what the paper's figures show of the authors' networks. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/header.h"
#include "io/table.h"
#include "units/fingerprint.h"
#include "units/tuning_probe.h"

static const gn_option option[] = {
    {.name = "early",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "an early checkpoint of the same training, for Fig. 4"},
    {.name = "paper",
     .type = GN_OPTION_INPUT,
     .fallback = "paper/fingerprints.tsv",
     .help = "table of the paper's ranges and tolerances"},
    {.name = "label", .type = GN_OPTION_TEXT, .fallback = "network", .help = "text of the column recipe"},
    GN_PROBE_TRIALS("10000", 2, 1e6, " for maps and curves, without noise"),
    {.name = "contact-trials",
     .type = GN_OPTION_INT,
     .fallback = "30000",
     .min = 0,
     .max = 1e6,
     .unit = "trials",
     .help = "number of fresh trials for Fig. 6a, with the trained noise; 0: none, then its fingerprints are nan"},
    GN_PROBE_STEPS(1e6, ""),
    GN_TUNING_SKIP(1e6),
    GN_TUNING_BINS(4, 256),
    {.name = "per-unit",
     .type = GN_OPTION_OUTPUT,
     .fallback = "",
     .help = "write the numbers of each unit to this table"},
    {0},
};

static const char details[] =
    "The table has a row for each fingerprint: recipe (--label), arena, seed and update of the network; id; "
    "value; spread, its standard error by the jackknife (each tenth of the trials, or of the units, is left out "
    "in turn); low and high of the paper's range, and its tolerance; distance, which is 0 within the range, else "
    "the distance from it in tolerances. The last row, total, has as distance the root mean square of the "
    "distances that are defined, each at most 10 so that one cannot hide all others, and as value their number. A "
    "network that has learned little can have a small total because its maps are no ramps, so compare error_level "
    "too. Tables of several networks can be joined with cat; figures/fingerprints.gp draws them.\n\n"
    "Fig. 6a, with the trials and groups of boundary-error, where redraws are counted, and with the noise of "
    "training. error_growth, error_level: slope per step and mean of the squared error per coordinate over steps "
    "-40 to 40 of the control, trials that have not met a wall. fall_0, fall_1, fall_2_to_5, fall_6_to_50: for "
    "the group with so many later contacts, the error at steps 25 to 40 divided by that at steps -20 to -1, minus "
    "the same of the control; it is below 0 when the error falls. fall_order: Kendall's tau (-1 to 1) between the "
    "number of later contacts and the fall of the error. filled_redraws, filled_steps: share of the trials in the "
    "group of 6 to 50 when every redraw is counted, or every step with redraws. A mean error is of 20 trials or "
    "more.\n\n"
    "Curves and maps, without noise and with the walk of training. speed_visible, direction_visible: share of the "
    "units whose tuning curve changes by 0.2 or more, which is visible on the paper's axes from -1 to 1. For "
    "speed it is the change of a fitted line between 0 and the top speed, for direction the range of the curve. "
    "Maps are smoothed as in all figures. counted: share of the units whose map is counted in what follows, which "
    "--per-unit lists: its halves (even and odd trials) correlate by 0.8 or more, so that about nine tenths of its "
    "variance repeats, and its range (from the 2nd to the 98th percentile) is 0.05 or more. saturation: share of the "
    "area where |u| > 0.9; mean over units. transition: share of the area with rates in the middle half of the map's "
    "range; mean over units. It is about 0.45 for a straight ramp and small for sharp edges. wavelength: 2 pi "
    "sqrt(variance / mean squared slope) in arena units; median over units. It is 3.6 for a straight ramp in the "
    "square and about 3 in the other arenas. no_ramp: share of the units for which no monotone function of the place "
    "along one direction explains 0.9 of the map's variance.\n\n"
    "Maps of --early. early_border: share of all units for which a monotone function of the distance to a wall "
    "explains 0.9 of the map's variance. early_walls: share of the walls to which at least a twentieth of the "
    "units belong in this way; of two parallel walls it is the one along which the unit is more active. Both are "
    "nan without --early. A fingerprint is nan when there are too few trials or units for it.";

typedef struct {
    gn_probe probe;
    gn_unit_fingerprint *unit; /* (units) */
} measured;

/* Measures maps and curves, without noise. */
static gn_status measure_units(measured *m, const gn_options *o) {
    gn_tuning_probe tuning = {0};
    gn_probe quiet = m->probe; /* a copy that shares the memory */
    quiet.noise_sd = 0;
    const gn_probe_visitor visitor = {&tuning, gn_tuning_probe_begin, gn_tuning_probe_visit, gn_tuning_probe_end};
    size_t steps = (size_t)gn_probe_steps(&m->probe, o, "steps"), skip = (size_t)gn_option_int(o, "skip");
    if (skip >= steps) return gn_fail(GN_EUSAGE, "--skip: %zu, expected fewer than the %zu steps", skip, steps);
    m->unit = gn_alloc((size_t)m->probe.network.units, sizeof *m->unit);
    if (!m->unit) return GN_EIO;
    gn_status status = gn_tuning_probe_new(&quiet, (int)gn_option_int(o, "bins"), skip, &tuning);
    if (!status) status = gn_probe_trials(&quiet, NULL, 0, (size_t)gn_option_int(o, "trials"), steps, &visitor);
    if (!status) status = gn_unit_fingerprints(&tuning.total, &m->probe.walk.arena, m->unit);
    gn_tuning_probe_free(&tuning);
    return status;
}

/* Refuses characters that mean something in tables, gnuplot or a shell. */
static gn_status check_label(const char *label) {
    static const char accepted[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ._+=,-";
    if (*label && label[strspn(label, accepted)] == '\0') return GN_OK;
    return gn_fail(GN_EUSAGE, "--label: '%s', expected letters, digits, blanks and . _ + = , -", label);
}

static int64_t update_of(const gn_probe *probe) {
    int64_t update = 0;
    const char *text = gn_file_get(probe->file, "update");
    return text && gn_parse_int(text, &update) ? update : 0;
}

static gn_status check_early(const gn_probe *network, const gn_probe *early) {
    const char *path = gn_file_path(early->file);
    gn_status status = gn_header_same_training(gn_header_of(network->file), gn_header_of(early->file));
    if (status) return status;
    if (early->network.units != network->network.units)
        return gn_fail(GN_EFILE, "%s: %d units, expected %d as in the network", path, early->network.units,
                       network->network.units);
    if (update_of(early) > update_of(network))
        return gn_fail(GN_EFILE, "%s: update %lld, expected at most the network's %lld", path,
                       (long long)update_of(early), (long long)update_of(network));
    return GN_OK;
}

/* Without trials the curves stay empty, as they were allocated. */
static gn_status measure_contacts(const gn_probe *probe, const gn_options *o,
                                  gn_contact_curve redraws[GN_FINGERPRINT_BLOCKS * GN_CONTACT_GROUPS],
                                  gn_contact_curve steps[GN_FINGERPRINT_BLOCKS * GN_CONTACT_GROUPS]) {
    gn_boundary boundary = {0};
    const size_t trials = (size_t)gn_option_int(o, "contact-trials");
    if (trials == 0) return GN_OK;
    gn_status status =
        gn_boundary_measure(probe, trials, (size_t)gn_probe_steps(probe, o, "steps"), "steps", &boundary);
    if (status) return status;
    gn_contact_rule rule = {.redraws = true, .seed = probe->seed, .blocks = GN_FINGERPRINT_BLOCKS};
    gn_boundary_align(&boundary, &rule, redraws);
    rule.redraws = false;
    gn_boundary_align(&boundary, &rule, steps);
    gn_boundary_free(&boundary);
    return GN_OK;
}

/* Computes the fingerprints of a network; `early` has no units when there is no early checkpoint. */
static gn_status measure(const measured *m, const measured *early, const gn_options *o,
                         gn_fingerprint_value value[GN_FINGERPRINTS]) {
    enum { CURVES = GN_FINGERPRINT_BLOCKS * GN_CONTACT_GROUPS };
    gn_contact_curve *curve = gn_alloc(2 * CURVES, sizeof *curve);
    if (!curve) return GN_EIO;
    const gn_fingerprint_evidence evidence = {.redraws = curve,
                                              .steps = curve + CURVES,
                                              .units = (size_t)m->probe.network.units,
                                              .walls = m->probe.walk.arena.corners,
                                              .unit = m->unit,
                                              .early = early->unit};
    gn_status status = measure_contacts(&m->probe, o, curve, curve + CURVES);
    if (!status) status = gn_fingerprints(&evidence, value);
    free(curve);
    return status;
}

/* ---- tables ----------------------------------------------------------------------------- */

static gn_status set_keys(const measured *m, const measured *early, const gn_options *o, gn_tsv *tsv) {
    gn_status status = gn_probe_to_tsv(&m->probe, tsv);
    if (!status) status = gn_tsv_key(tsv, "probe.trials", "%s", gn_option_text(o, "trials"));
    if (!status) status = gn_tsv_key(tsv, "probe.contact-trials", "%s", gn_option_text(o, "contact-trials"));
    if (!status) status = gn_tsv_key(tsv, "probe.steps", "%lld", (long long)gn_probe_steps(&m->probe, o, "steps"));
    if (!status) status = gn_tsv_key(tsv, "probe.skip", "%s", gn_option_text(o, "skip"));
    if (!status) status = gn_tsv_key(tsv, "bins", "%s", gn_option_text(o, "bins"));
    if (!status && early->unit) status = gn_tsv_key(tsv, "early.update", "%lld", (long long)update_of(&early->probe));
    return status;
}

static gn_status write_row(const gn_probe *probe, const gn_options *o, const char *id, gn_fingerprint_value value,
                           const gn_fingerprint_range *range, double distance, gn_tsv *tsv) {
    const char *seed = gn_file_get(probe->file, "recipe.seed");
    gn_tsv_text(tsv, gn_option_text(o, "label"));
    gn_tsv_text(tsv, gn_arena_name(probe->walk.arena.shape));
    gn_tsv_text(tsv, seed ? seed : "-");
    gn_tsv_int(tsv, update_of(probe));
    gn_tsv_text(tsv, id);
    gn_tsv_double(tsv, value.value);
    gn_tsv_double(tsv, value.spread);
    gn_tsv_double(tsv, range->low);
    gn_tsv_double(tsv, range->high);
    gn_tsv_double(tsv, range->tolerance);
    gn_tsv_double(tsv, distance);
    return gn_tsv_end_row(tsv);
}

static gn_status write_rows(const gn_probe *probe, const gn_options *o, const gn_fingerprint_value *value,
                            const gn_fingerprint_range *range, gn_tsv *tsv) {
    const gn_fingerprint_range none = {NAN, NAN, NAN};
    double distance[GN_FINGERPRINTS];
    int defined;
    gn_status status =
        gn_tsv_columns(tsv, "recipe\tarena\tseed\tupdate\tid\tvalue\tspread\tlow\thigh\ttolerance\tdistance");
    for (int i = 0; i < GN_FINGERPRINTS && !status; i++) {
        distance[i] = gn_fingerprint_distance(&range[i], value[i].value);
        status = write_row(probe, o, gn_fingerprint_name((gn_fingerprint)i), value[i], &range[i], distance[i], tsv);
    }
    if (status) return status;
    double total = gn_fingerprints_total(distance, &defined);
    return write_row(probe, o, "total", (gn_fingerprint_value){defined, NAN}, &none, total, tsv);
}

static gn_status write_prints(const measured *m, const measured *early, const gn_options *o,
                              const gn_fingerprint_value *value, const gn_fingerprint_range *range) {
    gn_tsv *tsv = gn_tsv_new("fingerprints");
    gn_status status = tsv ? set_keys(m, early, o, tsv) : GN_EIO;
    if (!status) status = write_rows(&m->probe, o, value, range, tsv);
    if (!status) status = gn_tsv_write(tsv, gn_option_output(o));
    gn_tsv_free(tsv);
    return status;
}

static gn_status write_unit(size_t i, const measured *m, const measured *early, gn_tsv *tsv) {
    const gn_unit_fingerprint *u = &m->unit[i];
    const gn_unit_fingerprint none = {.stability = NAN, .wall = NAN, .wall_number = -1};
    const gn_unit_fingerprint *before = early->unit ? &early->unit[i] : &none;
    gn_tsv_int(tsv, (int64_t)i);
    gn_tsv_double(tsv, u->stability);
    gn_tsv_double(tsv, u->range);
    gn_tsv_int(tsv, gn_unit_fingerprint_counted(u));
    gn_tsv_double(tsv, u->wavelength);
    gn_tsv_double(tsv, u->saturation);
    gn_tsv_double(tsv, u->transition);
    gn_tsv_double(tsv, u->ramp);
    gn_tsv_double(tsv, u->ramp_degrees);
    gn_tsv_double(tsv, u->wall);
    gn_tsv_int(tsv, u->wall_number);
    gn_tsv_double(tsv, u->speed_change);
    gn_tsv_double(tsv, u->direction_range);
    gn_tsv_int(tsv, gn_unit_fingerprint_counted(before));
    gn_tsv_double(tsv, before->wall);
    gn_tsv_int(tsv, before->wall_number);
    return gn_tsv_end_row(tsv);
}

static gn_status write_units(const measured *m, const measured *early, const gn_options *o) {
    const char *path = gn_option_text(o, "per-unit");
    if (!path) return GN_OK;
    gn_tsv *tsv = gn_tsv_new("fingerprints-units");
    gn_status status = tsv ? set_keys(m, early, o, tsv) : GN_EIO;
    if (!status)
        status = gn_tsv_columns(
            tsv,
            "unit\tstability\trange\tcounted\twavelength\tsaturation\ttransition\tramp_share\tramp_degrees\t"
            "wall_share\twall\tspeed_change\tdirection_range\tearly_counted\t"
            "early_wall_share\tearly_wall");
    for (size_t i = 0; i < (size_t)m->probe.network.units && !status; i++)
        status = write_unit(i, m, early, tsv);
    if (!status) status = gn_tsv_write(tsv, path);
    gn_tsv_free(tsv);
    return status;
}

/* ---- the program ------------------------------------------------------------------------ */

static gn_status run(const gn_options *o) {
    gn_fingerprint_range range[GN_FINGERPRINTS];
    gn_fingerprint_value value[GN_FINGERPRINTS];
    measured network = {0}, early = {0};
    const char *early_path = gn_option_text(o, "early");
    gn_status status = check_label(gn_option_text(o, "label"));
    if (!status) status = gn_fingerprints_read_paper(gn_option_text(o, "paper"), range);
    if (!status) status = gn_probe_open_as_trained(gn_option_operand(o, 0), o, &network.probe);
    if (!status && early_path) status = gn_probe_open_as_trained(early_path, o, &early.probe);
    if (!status && early_path) status = check_early(&network.probe, &early.probe);
    if (!status) status = measure_units(&network, o);
    if (!status && early_path) status = measure_units(&early, o);
    if (!status) status = measure(&network, &early, o, value);
    if (!status) status = write_units(&network, &early, o);
    if (!status) status = write_prints(&network, &early, o, value, range);
    free(network.unit);
    free(early.unit);
    gn_probe_close(&network.probe);
    gn_probe_close(&early.probe);
    return status;
}

static const gn_program program = {.name = "fingerprints",
                                   .algorithm = 4,
                                   .purpose = "holds a network against the paper's figures",
                                   .operands = "NETWORK",
                                   .operands_min = 1,
                                   .operands_max = 1,
                                   .option = option,
                                   .details = details,
                                   .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

/* boundary-error: the error around the first touch of a wall (section 3.3, Fig. 6a). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/table.h"
#include "network/probe.h"

static const gn_option options[] = {
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

enum { BEFORE = 40, AFTER = 40, SPAN = BEFORE + 1 + AFTER, WINDOW = 50 };
enum { GROUP_0, GROUP_1, GROUP_2, GROUP_6, GROUP_NONE, GROUPS };
static const char *const group_name[GROUPS] = {"0", "1", "2-5", "6-50", "none"};

/* Random numbers that pair trials with controls: apart from all walks (gn_probe_trials counts
 * batches from 0, runs count from the top). */
static const uint32_t pairing = UINT32_C(1) << 31;

typedef struct {
    size_t trials, steps;
    const gn_trajectories *batch;
    size_t first_trial;
    float *error;      /* (trials, steps) squared error per coordinate */
    uint16_t *redraws; /* (trials, steps) */
    size_t *contact;   /* (trials) step of the first interaction, `steps` when there is none */
    size_t *latest;    /* (trials) trials by falling contact */
} experiment;

typedef struct {
    double sum[SPAN], square[SPAN];
    int64_t count;
} curve;

static gn_status experiment_new(size_t trials, size_t steps, experiment *e) {
    *e = (experiment){.trials = trials, .steps = steps};
    e->error = gn_alloc(trials * steps, sizeof *e->error);
    e->redraws = gn_alloc(trials * steps, sizeof *e->redraws);
    e->contact = gn_alloc(trials, sizeof *e->contact);
    e->latest = gn_alloc(trials, sizeof *e->latest);
    return e->error && e->redraws && e->contact && e->latest ? GN_OK : GN_EIO;
}

static void experiment_free(experiment *e) {
    free(e->error);
    free(e->redraws);
    free(e->contact);
    free(e->latest);
}

static gn_status begin(void *context, const gn_trajectories *batch, size_t first, int chunks) {
    experiment *e = context;
    (void)chunks;
    e->batch = batch;
    e->first_trial = first;
    memcpy(e->redraws + first * e->steps, batch->redraws, batch->trials * e->steps * sizeof *e->redraws);
    return GN_OK;
}

static void visit(void *context, int chunk, size_t first, int width, int lanes, size_t step, const float *rate,
                  const float *output) {
    experiment *e = context;
    (void)chunk, (void)rate;
    for (size_t k = 0; k < (size_t)width; k++) {
        const float *target = e->batch->position + 2 * ((first + k) * e->steps + step);
        double x = (double)output[k] - target[0];
        double y = (double)output[(size_t)lanes + k] - target[1];
        e->error[(e->first_trial + first + k) * e->steps + step] = (float)(0.5 * (x * x + y * y));
    }
}

/* First interactions, and the trials ordered by them, latest first (a counting sort: stable). */
static gn_status find_contacts(experiment *e) {
    size_t *place = gn_alloc(e->steps + 2, sizeof *place);
    if (!place) return GN_EIO;
    for (size_t r = 0; r < e->trials; r++) {
        const uint16_t *redraws = e->redraws + r * e->steps;
        size_t step = 0;
        while (step < e->steps && redraws[step] == 0)
            step++;
        e->contact[r] = step;
        place[e->steps - step + 1]++;
    }
    for (size_t i = 1; i <= e->steps; i++)
        place[i] += place[i - 1];
    for (size_t r = 0; r < e->trials; r++)
        e->latest[place[e->steps - e->contact[r]]++] = r;
    free(place);
    return GN_OK;
}

/* Number of trials, at the head of `latest`, whose first interaction is after this step. */
static size_t untouched_until(const experiment *e, size_t step) {
    size_t low = 0, high = e->trials;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (e->contact[e->latest[middle]] > step)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int group_of(const experiment *e, size_t trial, bool count_redraws, bool included) {
    const uint16_t *redraws = e->redraws + trial * e->steps;
    size_t from = e->contact[trial] + (included ? 0 : 1);
    long interactions = 0;
    for (size_t s = from; s < from + WINDOW; s++)
        interactions += count_redraws ? redraws[s] : redraws[s] > 0;
    if (interactions < 2) return interactions == 0 ? GROUP_0 : GROUP_1;
    return interactions < 6 ? GROUP_2 : GROUP_6;
}

static void curve_add(curve *c, const experiment *e, size_t trial, size_t aligned) {
    const float *error = e->error + trial * e->steps + aligned - BEFORE;
    for (int i = 0; i < SPAN; i++) {
        c->sum[i] += error[i];
        c->square[i] += (double)error[i] * error[i];
    }
    c->count++;
}

static void align(const experiment *e, uint64_t seed, bool count_redraws, bool included, curve group[GROUPS]) {
    gn_stream stream = gn_stream_open(seed, GN_PURPOSE_PROBE, pairing, 0);
    for (size_t r = 0; r < e->trials; r++) {
        size_t step = e->contact[r];
        if (step < BEFORE || step + WINDOW >= e->steps) continue;
        curve_add(&group[group_of(e, r, count_redraws, included)], e, r, step);
        size_t controls = untouched_until(e, step + WINDOW);
        if (controls == 0) continue;
        size_t control = e->latest[gn_stream_below(&stream, (uint32_t)controls)];
        curve_add(&group[GROUP_NONE], e, control, step);
    }
    if (included) group[GROUP_0] = group[GROUP_NONE];
}

static gn_status write_rows(const curve *group, gn_tsv *tsv) {
    gn_status status = gn_tsv_columns(tsv, "group\tstep\terror_squared\terror_sd\tcount");
    for (int g = 0; g < GROUPS; g++)
        for (int i = 0; i < SPAN && status == GN_OK; i++) {
            double n = (double)group[g].count, mean = group[g].sum[i] / n;
            double variance = (group[g].square[i] - n * mean * mean) / (n - 1);
            gn_tsv_text(tsv, group_name[g]);
            gn_tsv_int(tsv, i - BEFORE);
            gn_tsv_double(tsv, n > 0 ? mean : NAN);
            gn_tsv_double(tsv, n > 1 ? sqrt(fmax(variance, 0)) : NAN);
            gn_tsv_int(tsv, group[g].count);
            status = gn_tsv_end_row(tsv);
        }
    return status;
}

static gn_status write_table(const gn_probe *probe, const experiment *e, const gn_options *o, const curve *group) {
    size_t touched = e->trials - untouched_until(e, e->steps - 1);
    gn_tsv *tsv = gn_tsv_new("boundary-error");
    gn_status status = tsv ? gn_probe_to_tsv(probe, tsv) : GN_EIO;
    if (status == GN_OK) status = gn_tsv_key(tsv, "probe.trials", "%zu", e->trials);
    if (status == GN_OK) status = gn_tsv_key(tsv, "probe.steps", "%zu", e->steps);
    if (status == GN_OK) status = gn_tsv_key(tsv, "probe.count", "%s", gn_option_text(o, "count"));
    if (status == GN_OK) status = gn_tsv_key(tsv, "probe.first", "%s", gn_option_text(o, "first"));
    if (status == GN_OK) status = gn_tsv_key(tsv, "trials_with_interaction", "%zu", touched);
    if (status == GN_OK) status = write_rows(group, tsv);
    if (status == GN_OK) status = gn_tsv_write(tsv, gn_option_output(o));
    gn_tsv_free(tsv);
    return status;
}

static gn_status run(const gn_options *o) {
    gn_probe probe = {0};
    experiment e = {0};
    curve group[GROUPS] = {{{0}, {0}, 0}};
    const gn_probe_visitor visitor = {&e, begin, visit, NULL};
    gn_status status = gn_probe_open(o, &probe);
    if (status == GN_OK)
        status = experiment_new((size_t)gn_option_int(o, "trials"), (size_t)gn_probe_steps(&probe, o, "steps"), &e);
    if (status == GN_OK && e.steps < BEFORE + WINDOW + 1)
        status = gn_fail(GN_EUSAGE, "--steps: %zu, expected at least %d", e.steps, BEFORE + WINDOW + 1);
    if (status == GN_OK) status = gn_probe_trials(&probe, NULL, 0, e.trials, e.steps, &visitor);
    if (status == GN_OK) status = find_contacts(&e);
    if (status == GN_OK) {
        align(&e, probe.seed, gn_option_choice(o, "count") == 1, gn_option_choice(o, "first") == 1, group);
        status = write_table(&probe, &e, o, group);
    }
    experiment_free(&e);
    gn_probe_close(&probe);
    return status;
}

static const gn_program program = {.name = "boundary-error",
                                   .algorithm = 1,
                                   .purpose = "measures a network's error around wall contacts",
                                   .operands = "NETWORK",
                                   .operands_min = 1,
                                   .operands_max = 1,
                                   .option = options,
                                   .details = details,
                                   .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

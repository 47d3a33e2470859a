#include "network/boundary.h"

#include <stdlib.h>
#include <string.h>

/* Update number of the random numbers that choose controls. It differs from those of all walks: gn_probe_trials()
 * counts its batches up from 0, gn_walk_continue() counts down from the largest number. */
static const uint32_t pairing = UINT32_C(1) << 31;

const char *gn_contact_group_name(gn_contact_group group) {
    static const char *const name[GN_CONTACT_GROUPS] = {"0", "1", "2-5", "6-50", "none"};
    return name[group];
}

static gn_status boundary_new(size_t trials, size_t steps, gn_boundary *b) {
    *b = (gn_boundary){.trials = trials, .steps = steps};
    b->error = gn_alloc(trials * steps, sizeof *b->error);
    b->redraws = gn_alloc(trials * steps, sizeof *b->redraws);
    b->contact = gn_alloc(trials, sizeof *b->contact);
    b->latest = gn_alloc(trials, sizeof *b->latest);
    return b->error && b->redraws && b->contact && b->latest ? GN_OK : GN_EIO;
}

void gn_boundary_free(gn_boundary *b) {
    free(b->error);
    free(b->redraws);
    free(b->contact);
    free(b->latest);
    *b = (gn_boundary){0};
}

/* What gathering the errors needs at every visit. */
typedef struct {
    gn_boundary *boundary;
    const gn_trajectories *batch;
    size_t first; /* number of the batch's first trial */
} visited;

static gn_status begin(void *context, const gn_trajectories *batch, size_t first, int chunks) {
    visited *v = context;
    gn_boundary *b = v->boundary;
    (void)chunks;
    v->batch = batch;
    v->first = first;
    memcpy(b->redraws + first * b->steps, batch->redraws, batch->trials * b->steps * sizeof *b->redraws);
    return GN_OK;
}

static void visit(void *context, int chunk, size_t first, int width, int lanes, size_t step, const float *rate,
                  const float *position) {
    visited *v = context;
    (void)chunk, (void)rate;
    for (size_t k = 0; k < (size_t)width; k++) {
        const float *target = v->batch->position + 2 * ((first + k) * v->boundary->steps + step);
        double x = (double)position[k] - target[0];
        double y = (double)position[(size_t)lanes + k] - target[1];
        v->boundary->error[(v->first + first + k) * v->boundary->steps + step] = (float)(0.5 * (x * x + y * y));
    }
}

/* Finds every trial's first interaction and sorts the trials by it, the latest first. A counting sort keeps equal ones
 * in their order. */
static gn_status find_contacts(gn_boundary *b) {
    size_t *place = gn_alloc(b->steps + 2, sizeof *place);
    if (!place) return GN_EIO;
    for (size_t r = 0; r < b->trials; r++) {
        const uint16_t *redraws = b->redraws + r * b->steps;
        size_t step = 0;
        while (step < b->steps && redraws[step] == 0)
            step++;
        b->contact[r] = step;
        place[b->steps - step + 1]++;
    }
    for (size_t i = 1; i <= b->steps; i++)
        place[i] += place[i - 1];
    for (size_t r = 0; r < b->trials; r++)
        b->latest[place[b->steps - b->contact[r]]++] = r;
    free(place);
    return GN_OK;
}

gn_status gn_boundary_measure(const gn_probe *probe, size_t trials, size_t steps, const char *option, gn_boundary *b) {
    *b = (gn_boundary){0};
    if (steps < GN_BOUNDARY_STEPS_MIN)
        return gn_fail(GN_EUSAGE, "--%s: %zu, expected at least %d", option, steps, (int)GN_BOUNDARY_STEPS_MIN);
    visited v = {.boundary = b};
    const gn_probe_visitor visitor = {&v, begin, visit, NULL};
    gn_status status = boundary_new(trials, steps, b);
    if (!status) status = gn_probe_trials(probe, NULL, 0, trials, steps, &visitor);
    if (!status) status = find_contacts(b);
    if (status) gn_boundary_free(b);
    return status;
}

/* The number of trials whose first interaction is after this step; they are the first ones of `latest`. */
static size_t untouched_until(const gn_boundary *b, size_t step) {
    size_t low = 0, high = b->trials;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (b->contact[b->latest[middle]] > step)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t gn_boundary_touched(const gn_boundary *b) {
    return b->trials - untouched_until(b, b->steps - 1);
}

static gn_contact_group group_of(const gn_boundary *b, size_t trial, const gn_contact_rule *rule) {
    const uint16_t *redraws = b->redraws + trial * b->steps;
    size_t from = b->contact[trial] + (rule->included ? 0 : 1);
    long interactions = 0;
    for (size_t s = from; s < from + GN_BOUNDARY_WINDOW; s++)
        interactions += rule->redraws ? redraws[s] : redraws[s] > 0;
    if (interactions < 2) return interactions == 0 ? GN_CONTACTS_0 : GN_CONTACTS_1;
    return interactions < 6 ? GN_CONTACTS_2 : GN_CONTACTS_6;
}

static void add_trial(gn_contact_curve *c, const gn_boundary *b, size_t trial, size_t aligned) {
    const float *error = b->error + trial * b->steps + aligned - GN_BOUNDARY_BEFORE;
    for (int i = 0; i < GN_BOUNDARY_SPAN; i++) {
        c->sum[i] += error[i];
        c->square[i] += (double)error[i] * error[i];
    }
    c->count++;
}

void gn_contact_curve_add(gn_contact_curve *into, const gn_contact_curve *from) {
    for (int i = 0; i < GN_BOUNDARY_SPAN; i++) {
        into->sum[i] += from->sum[i];
        into->square[i] += from->square[i];
    }
    into->count += from->count;
}

void gn_boundary_align(const gn_boundary *b, const gn_contact_rule *rule, gn_contact_curve *curve) {
    gn_stream stream = gn_stream_open(rule->seed, GN_PURPOSE_PROBE, pairing, 0);
    for (size_t r = 0; r < b->trials; r++) {
        gn_contact_curve *group = curve + r % rule->blocks * GN_CONTACT_GROUPS;
        size_t step = b->contact[r];
        if (step < GN_BOUNDARY_BEFORE || step + GN_BOUNDARY_WINDOW >= b->steps) continue;
        add_trial(&group[group_of(b, r, rule)], b, r, step);
        size_t controls = untouched_until(b, step + GN_BOUNDARY_WINDOW);
        if (controls == 0) continue;
        size_t control = b->latest[gn_stream_below(&stream, (uint32_t)controls)];
        add_trial(&group[GN_CONTACTS_NONE], b, control, step);
    }
    for (size_t k = 0; rule->included && k < rule->blocks; k++)
        curve[k * GN_CONTACT_GROUPS + GN_CONTACTS_0] = curve[k * GN_CONTACT_GROUPS + GN_CONTACTS_NONE];
}

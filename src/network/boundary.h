/* The error of a network around the first touch of a wall (section 3.3, Fig. 6a).
 *
 * A boundary interaction is a step whose turn was redrawn. Trials are aligned at their first one, step 0, and grouped
 * by the number of interactions that follow within 50 steps. */
#ifndef GN_BOUNDARY_H
#define GN_BOUNDARY_H

#include "network/probe.h"

enum {
    GN_BOUNDARY_BEFORE = 40,
    GN_BOUNDARY_AFTER = 40,
    GN_BOUNDARY_SPAN = GN_BOUNDARY_BEFORE + 1 + GN_BOUNDARY_AFTER,
    GN_BOUNDARY_WINDOW = 50, /* steps in which later interactions are counted */
    GN_BOUNDARY_STEPS_MIN = GN_BOUNDARY_BEFORE + GN_BOUNDARY_WINDOW + 1
};

/* The paper's groups, and the control: trials that have met no wall yet. */
typedef enum {
    GN_CONTACTS_0,
    GN_CONTACTS_1,
    GN_CONTACTS_2, /* 2 to 5 */
    GN_CONTACTS_6, /* 6 to 50; of redraws, the few beyond 50 as well */
    GN_CONTACTS_NONE,
    GN_CONTACT_GROUPS
} gn_contact_group;
const char *gn_contact_group_name(gn_contact_group); /* "0", "1", "2-5", "6-50", "none" */

typedef struct {
    size_t trials, steps;
    float *error;      /* (trials, steps) squared error per coordinate */
    uint16_t *redraws; /* (trials, steps) */
    size_t *contact;   /* (trials) step of the first interaction, `steps` when there is none */
    size_t *latest;    /* (trials) trials by falling contact */
} gn_boundary;         /* owns its arrays */

/* Runs the network over fresh trials, by the probe's walk and noise. GN_EUSAGE when a trial is too short to be
 * aligned: `option` is what the message names. */
gn_status gn_boundary_measure(const gn_probe *, size_t trials, size_t steps, const char *option, gn_boundary *);
void gn_boundary_free(gn_boundary *);
size_t gn_boundary_touched(const gn_boundary *); /* trials with an interaction */

/* Sums over trials of the squared error, and of its square, at steps -40 .. 40. */
typedef struct {
    double sum[GN_BOUNDARY_SPAN], square[GN_BOUNDARY_SPAN];
    int64_t count; /* trials */
} gn_contact_curve;

typedef struct {
    bool redraws;  /* each redraw is an interaction, not only each step with one */
    bool included; /* the first interaction is counted itself: steps 0 to 49, not 1 to 50 */
    uint64_t seed; /* of the draw of controls */
    size_t blocks; /* trial r belongs to block r % blocks */
} gn_contact_rule;

/* Adds every trial whose first interaction leaves 40 steps before it and 50 after it to its group, and with it a
 * control: another trial, drawn at random among those without an interaction from their start to 50 steps beyond the
 * same step, aligned at that step. With `included` nobody in group 0 has touched a wall: it is the control.
 * curve (blocks, GN_CONTACT_GROUPS), zeroed by the caller. */
void gn_boundary_align(const gn_boundary *, const gn_contact_rule *, gn_contact_curve *curve);
void gn_contact_curve_add(gn_contact_curve *into, const gn_contact_curve *from);

#endif

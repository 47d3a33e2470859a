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
    GN_BOUNDARY_WINDOW = 50, /* number of steps in which later interactions are counted */
    GN_BOUNDARY_STEPS_MIN = GN_BOUNDARY_BEFORE + GN_BOUNDARY_WINDOW + 1,
    GN_BOUNDARY_TRIALS_MIN = 20 /* of a group, for its mean error to be used */
};

/* The paper's groups by the number of later interactions, and the control: trials that have met no wall yet. */
typedef enum {
    GN_CONTACTS_0,
    GN_CONTACTS_1,
    GN_CONTACTS_2, /* 2 to 5 */
    GN_CONTACTS_6, /* 6 to 50; when redraws are counted, also the few trials with more */
    GN_CONTACTS_NONE,
    GN_CONTACT_GROUPS
} gn_contact_group;
const char *gn_contact_group_name(gn_contact_group); /* "0", "1", "2-5", "6-50", "none" */

typedef struct {
    size_t trials, steps;
    float *error;      /* (trials, steps) squared error per coordinate */
    uint16_t *redraws; /* (trials, steps) */
    size_t *contact;   /* (trials) step of the first interaction, `steps` when there is none */
    size_t *latest;    /* (trials) numbers of the trials, sorted by falling contact */
} gn_boundary;         /* owns its arrays */

/* Runs the network over fresh trials with the probe's walk and noise. GN_EUSAGE when a trial is too short to be
 * aligned; the message then names `option`. */
gn_status gn_boundary_measure(const gn_probe *, size_t trials, size_t steps, const char *option, gn_boundary *);
void gn_boundary_free(gn_boundary *);
size_t gn_boundary_touched(const gn_boundary *); /* the number of trials with an interaction */

/* Sums over trials of the squared error and of its square at steps -40 .. 40, and the number of trials. */
typedef struct {
    double sum[GN_BOUNDARY_SPAN], square[GN_BOUNDARY_SPAN];
    int64_t count;
} gn_contact_curve;

typedef struct {
    bool redraws;  /* count every redraw as an interaction instead of every step with redraws */
    bool included; /* count the first interaction too: interactions of steps 0 to 49 instead of 1 to 50 */
    uint64_t seed; /* for the choice of controls */
    size_t blocks; /* trial r belongs to block r % blocks */
} gn_contact_rule;

/* Adds to its group every trial that has 40 steps before its first interaction and 50 after it, and adds a control for
 * it: another trial, aligned at the same step, that is drawn at random among those without an interaction from their
 * start to 50 steps after that step. With `included`, group 0 holds the controls, as no other trial can be in it.
 * curve (blocks, GN_CONTACT_GROUPS) must be zero at first. */
void gn_boundary_align(const gn_boundary *, const gn_contact_rule *, gn_contact_curve *curve);
void gn_contact_curve_add(gn_contact_curve *into, const gn_contact_curve *from);

#endif

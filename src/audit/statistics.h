/* The statistics that claims are about: one function each, one table of them all. */
#ifndef GN_STATISTICS_H
#define GN_STATISTICS_H

#include "audit/evidence.h"

typedef struct {
    const char *name, *help;
    double (*value)(gn_evidence *); /* nan, and why, when it has none */
} gn_statistic;

/* Ended by a row with name NULL. */
extern const gn_statistic gn_statistics[];
/* The names and what each means, one a paragraph: for --help. */
extern const char gn_statistics_help[];
const gn_statistic *gn_statistic_find(const char *name); /* NULL when unknown */
double gn_statistic_value(const gn_statistic *statistic, gn_evidence *evidence);

/* The statistics outside the table's own file. */
double gn_claim_border_before_grid(gn_evidence *);
double gn_claim_grid_path(gn_evidence *);
double gn_claim_border_path(gn_evidence *);
double gn_claim_early_near_border(gn_evidence *);
double gn_claim_growth_without_contact(gn_evidence *);
double gn_claim_growth_before_contact(gn_evidence *);
double gn_claim_growth_after_contact(gn_evidence *);
double gn_claim_drop_after_contact(gn_evidence *);
double gn_claim_drop_against_control(gn_evidence *);
double gn_claim_drop_order(gn_evidence *);
double gn_claim_long_drift(gn_evidence *);
double gn_claim_long_worst(gn_evidence *);
double gn_claim_map_persistence(gn_evidence *);
double gn_claim_attractor_share(gn_evidence *);

#endif

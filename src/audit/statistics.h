/* The statistics that the claims use: a table of their names, descriptions and functions. */
#ifndef GN_STATISTICS_H
#define GN_STATISTICS_H

#include "audit/evidence.h"

typedef struct {
    const char *name, *help;
    const char *kinds;              /* of the files that it reads, separated by blanks */
    double (*value)(gn_evidence *); /* nan, with the reason recorded, when there is no value */
} gn_statistic;

/* All statistics; the last row has the name NULL. */
extern const gn_statistic gn_statistics[];
/* Names and descriptions of all statistics for --help, a paragraph for each. */
extern const char gn_statistics_help[];
const gn_statistic *gn_statistic_find(const char *name); /* NULL when unknown */
double gn_statistic_value(const gn_statistic *statistic, gn_evidence *evidence);

/* The statistics of statistics_time.c. */
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

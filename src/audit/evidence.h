/* What the statistics of the claims share: reading columns, splitting units by class, arithmetic. Only the audit uses
 * it. A function that finds no data records the reason and returns NULL or nan. */
#ifndef GN_EVIDENCE_H
#define GN_EVIDENCE_H

#include "audit/chance.h"
#include "audit/power.h"
#include "audit/results.h"
#include "io/table.h"
#include "units/score_class.h"
#include "walk/arena.h"

/* The results from which a statistic is computed: one seed of one experiment and, for claims that compare, the
 * reference experiment. */
typedef struct {
    const gn_results *results;
    const gn_chance *chance;
    const char *experiment, *reference; /* reference "-": none */
    int64_t seed;
    char why[200];     /* the reason why there is no value */
    bool lacks;        /* which is that the networks, whose results are there, lack what the claim speaks of */
    char from[400];    /* paths of the tables that were read, with blanks between */
    const char *kinds; /* of the files that the statistic reads, separated by blanks; it asks for no others */
    gn_needed needed;  /* set by statistics that count units of a class beyond chance */
    gn_status status;  /* not GN_OK when a file is damaged, which ends the audit */
    void **kept;       /* scratch memory, freed by gn_statistic_value() */
    int keeps;
} gn_evidence;

/* The smallest number of units of a class whose properties are measured. */
enum { GN_FEWEST = 5 };

/* Records the reason why there is no value, unless one is recorded already, and returns nan. */
double gn_none(gn_evidence *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same where results are there, but have too few of what the claim speaks of. */
double gn_lacks(gn_evidence *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Zeroed scratch memory, which is freed after the statistic is computed. NULL, with the status set, when there is none.
 */
double *gn_scratch(gn_evidence *, size_t count);
/* The table of this kind with the highest update, for the evidence's experiment and seed. */
const gn_table *gn_table_of(gn_evidence *, const char *kind);
double *gn_column(gn_evidence *, const gn_table *, const char *name);  /* in scratch memory; table may be NULL */
int gn_text_column(gn_evidence *, const gn_table *, const char *name); /* -1: none */
double gn_key_of(gn_evidence *, const gn_table *, const char *key);
/* Reads the arena from the header of a scores table. */
bool gn_arena_of(gn_evidence *, const gn_table *scores, gn_arena *);

double gn_quantile(double *value, size_t n, double q); /* of the values that are not nan; sorts them */
/* The probability that a value of a is larger than one of b, where ties count half (the area under the ROC curve). */
double gn_superiority(const double *a, size_t na, const double *b, size_t nb);

/* Marks the rows of a scores table that have the class with 1; returns how many. */
size_t gn_members(gn_evidence *, const gn_table *scores, gn_class, double *member);
/* The smallest count of a class that false positives do not exceed in 99% of networks, by the units' arena and widths
 * (gn_chance_bound); nan with the reason. */
double gn_class_bound(gn_evidence *, const gn_table *scores, gn_class);
/* Members of the class beyond that bound; nan where chance alone may give half of all units the class, so that no
 * number could tell. */
double gn_class_excess(gn_evidence *, const gn_table *scores, gn_class);
/* The same of the units of all seeds of the experiment together. Networks are independent, units of one are not: the
 * dispersion stays that of one network. */
double gn_class_excess_pooled(gn_evidence *, gn_class);

/* The values of a column, without nan, divided into those of a class and those of all other units. */
typedef struct {
    double *in, *out; /* NULL when there are no data or fewer than GN_FEWEST units in the class */
    size_t n_in, n_out;
} gn_split;
gn_split gn_split_column(gn_evidence *, const gn_table *scores, gn_class, const double *value);
gn_split gn_split_scores(gn_evidence *, gn_class, const char *name);

#endif

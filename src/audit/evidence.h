/* What the statistics of the claims share: reading columns, splitting units by class, arithmetic.
 * Internal to the audit. A reader that finds nothing records why and returns NULL or nan. */
#ifndef GN_EVIDENCE_H
#define GN_EVIDENCE_H

#include "audit/chance.h"
#include "audit/results.h"
#include "io/table.h"
#include "units/score_class.h"
#include "walk/arena.h"

/* What a statistic looks at: one seed of one experiment, and where the claim compares two, the
 * experiment to compare with. */
typedef struct {
    const gn_results *results;
    const gn_chance *chance;
    const char *experiment, *reference; /* reference "-": none */
    int64_t seed;
    char why[200];    /* why there is no value */
    gn_status status; /* a file was damaged: the audit stops */
    void *kept[64];   /* scratch, freed by gn_statistic_value() */
    int keeps;
} gn_evidence;

/* A property of a class is measured on so many units at least. */
enum { GN_FEWEST = 5 };

/* Records why there is no value (the first reason stays); returns nan. */
double gn_none(gn_evidence *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Zeroed scratch, freed after the statistic; NULL with the status set. */
double *gn_scratch(gn_evidence *, size_t count);
/* The last table of a kind of the evidence's experiment and seed. */
const gn_table *gn_table_of(gn_evidence *, const char *kind);
double *gn_column(gn_evidence *, const gn_table *, const char *name);  /* scratch; table may be NULL */
int gn_text_column(gn_evidence *, const gn_table *, const char *name); /* -1: none */
double gn_key_of(gn_evidence *, const gn_table *, const char *key);
/* From the recipe in the header of a scores table. */
bool gn_arena_of(gn_evidence *, const gn_table *scores, gn_arena *);

double gn_quantile(double *value, size_t n, double q); /* of those not nan; reorders */
/* Probability that one of a is above one of b, ties half (area under the ROC curve). */
double gn_superiority(const double *a, size_t na, const double *b, size_t nb);
/* R squared of a straight line through (x, y), with the sign of the slope; *slope may be NULL. */
double gn_line(size_t n, const double *x, const double *y, double *slope);

/* Marks the rows of a scores table that have the class with 1; returns how many. */
size_t gn_members(gn_evidence *, const gn_table *scores, gn_class, double *member);
/* The smallest count of a class that false positives do not exceed in 99% of networks, by the units' arena and widths
 * (gn_chance_bound); nan with the reason. */
double gn_class_bound(gn_evidence *, const gn_table *scores, gn_class);
/* Members of the class beyond that bound. */
double gn_class_excess(gn_evidence *, const gn_table *scores, gn_class);

/* A column split into the values of a class and of all others, nan ones left out. */
typedef struct {
    double *in, *out; /* NULL: no data, or fewer than GN_FEWEST in the class */
    size_t n_in, n_out;
} gn_split;
gn_split gn_split_column(gn_evidence *, const gn_table *scores, gn_class, const double *value);
gn_split gn_split_scores(gn_evidence *, gn_class, const char *name);

#endif

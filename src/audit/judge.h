/* The audit of the paper's claims: a claim is a statistic of the result files of an experiment and
 * the range in which the claim holds; its verdict follows from the values over seeds by one rule.
 *
 * A seed is one replication. A claim holds when the statistic is in range for every seed, fails
 * when it is for none, and is undecided when the seeds disagree, are fewer than asked for, or when
 * a result that the statistic needs is missing or too small. */
#ifndef GN_JUDGE_H
#define GN_JUDGE_H

#include "audit/statistics.h"

typedef enum { GN_HOLDS, GN_FAILS, GN_UNDECIDED } gn_verdict;
const char *gn_verdict_name(gn_verdict verdict); /* "holds", "fails", "undecided" */

enum { GN_CLAIM_SEEDS_MAX = 64 };

typedef struct {
    /* From claims.tsv; the texts are the table's, the experiment one of those the row lists. */
    const char *id, *claim, *place, *experiment, *reference, *null, *power;
    size_t row;
    const gn_statistic *statistic;
    double low, high; /* closed */
    int seeds_needed;
    /* Computed. */
    int seeds; /* with a value */
    int64_t seed[GN_CLAIM_SEEDS_MAX];
    double value[GN_CLAIM_SEEDS_MAX];
    int inside;                       /* seeds in range */
    double mean, sd, lowest, highest; /* nan without seeds; sd nan for one */
    gn_verdict verdict;
    char reason[256];
} gn_claim;

/* A claim for each experiment of each row. */
typedef struct {
    gn_table *table;
    gn_claim *claim;
    size_t count;
    char *names; /* of experiments */
} gn_claims;

gn_status gn_claims_read(const char *path, gn_claims *claims);
void gn_claims_free(gn_claims *claims);
gn_status gn_claims_judge(const gn_results *results, const gn_chance *chance, gn_claims *claims);

/* The verdict from the values alone: fills inside, mean, sd, lowest, highest, verdict, reason.
 * `missing` is why a seed without a value has none, "" when all have one. */
void gn_claim_decide(gn_claim *claim, const char *missing);

/* The claim that a row belongs to is its id without trailing letters: C2 for C2a. It holds when
 * all its rows hold and fails when one fails. length: of the common part of the ids. */
size_t gn_claim_group(const gn_claims *claims, size_t first, size_t *length, gn_verdict *verdict, int count[3]);

#endif

/* The audit of the paper's claims. A claim is a statistic of an experiment's results and a range in which it holds. Its
 * verdict depends only on the values of the statistic for the seeds.
 *
 * A claim holds when the statistic is in the range for every seed, and fails when it is for none. It is undecided when
 * seeds disagree, when there are fewer seeds than required, or when a result that the statistic needs is missing. It is
 * untestable when enough seeds are there, but too few of them have what it speaks of, such as grid-like units. */
#ifndef GN_JUDGE_H
#define GN_JUDGE_H

#include "audit/statistics.h"

typedef enum { GN_HOLDS, GN_FAILS, GN_UNDECIDED, GN_UNTESTABLE, GN_VERDICTS } gn_verdict;
const char *gn_verdict_name(gn_verdict verdict); /* "holds", "fails", "undecided", "untestable" */

enum { GN_CLAIM_SEEDS_MAX = 64 };

typedef struct {
    /* From claims.tsv; the texts are the table's, the experiment one of those the row lists. */
    const char *id, *claim, *place, *experiment, *reference, *null, *power;
    size_t row;
    const gn_statistic *statistic;
    double low, high; /* both ends belong to the range */
    int seeds_needed;
    /* Computed by the audit. */
    int seeds;   /* number of seeds with a value */
    int lacking; /* number of seeds whose network lacks what the claim speaks of */
    int64_t seed[GN_CLAIM_SEEDS_MAX];
    double value[GN_CLAIM_SEEDS_MAX];
    int inside;                       /* number of seeds whose value is in the range */
    double mean, sd, lowest, highest; /* over seeds; nan without seeds, and sd is nan for one */
    gn_needed needed;                 /* of the first seed; bound nan: the row counts no units beyond chance */
    char from[400];                   /* tables of the first seed, with blanks between; "-": none was read */
    char found[400];                  /* what `power` stands for here, in words */
    gn_verdict verdict;
    char reason[256];
} gn_claim;

/* All claims: one for each experiment of each row. */
typedef struct {
    gn_table *table;
    gn_claim *claim;
    size_t count;
    char *names; /* memory for the names of experiments */
} gn_claims;

gn_status gn_claims_read(const char *path, gn_claims *claims);
void gn_claims_free(gn_claims *claims);
/* power NULL: not known. A row's `power` is names of classes with blanks between, whose power is that of finding their
 * units; or `walks`, how far the value varies over walks of one network; or words of its own. */
gn_status gn_claims_judge(const gn_results *results, const gn_chance *chance, const gn_power *power, gn_claims *claims);

/* Computes inside, mean, sd, lowest, highest, verdict and reason from the values. `missing` is the reason why a seed
 * has no value, "" when all have one. */
void gn_claim_decide(gn_claim *claim, const char *missing);

/* The verdict of a whole claim, such as C2 with its rows C2a and C2b. It fails when one of its rows fails, else is
 * undecided when one is undecided, else untestable when one is untestable, and holds when all hold. `first` is its
 * first row; *length receives the length of the ids' common part, and count the number of rows with each verdict.
 * Returns the first row of the next claim. */
size_t gn_claim_group(const gn_claims *claims, size_t first, size_t *length, gn_verdict *verdict,
                      int count[GN_VERDICTS]);

#endif

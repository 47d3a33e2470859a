#include "audit/judge.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

const char *gn_verdict_name(gn_verdict verdict) {
    static const char *const name[] = {"holds", "fails", "undecided", "untestable"};
    return name[verdict];
}

void gn_claims_free(gn_claims *claims) {
    gn_table_free(claims->table);
    free(claims->claim);
    free(claims->names);
    *claims = (gn_claims){0};
}

typedef enum { ID, CLAIM, PLACE, STATISTIC, EXPERIMENTS, REFERENCE, LOW, HIGH, SEEDS, NULL_OF, POWER, COLUMNS } column;

static gn_status read_claim(const char *path, const char *const cell[COLUMNS], gn_claim *claim) {
    int64_t seeds;
    claim->id = cell[ID];
    claim->claim = cell[CLAIM];
    claim->place = cell[PLACE];
    claim->reference = cell[REFERENCE];
    claim->null = cell[NULL_OF];
    claim->power = cell[POWER];
    claim->statistic = gn_statistic_find(cell[STATISTIC]);
    if (claim->statistic == NULL)
        return gn_fail(GN_EFILE, "%s: %s: statistic '%s', accepted: those of audit-claims --help", path, claim->id,
                       cell[STATISTIC]);
    if (!(claim->low <= claim->high))
        return gn_fail(GN_EFILE, "%s: %s: range %s to %s, accepted: low <= high", path, claim->id, cell[LOW],
                       cell[HIGH]);
    if (!gn_parse_int(cell[SEEDS], &seeds) || seeds < 1 || seeds > GN_CLAIM_SEEDS_MAX)
        return gn_fail(GN_EFILE, "%s: %s: seeds '%s', accepted: 1 to %d", path, claim->id, cell[SEEDS],
                       GN_CLAIM_SEEDS_MAX);
    claim->seeds_needed = (int)seeds;
    return GN_OK;
}

/* Allocates memory for the largest possible number of claims and for the names of their experiments. */
static gn_status make_room(gn_claims *claims, int experiments) {
    size_t words = 1, bytes = 1;
    for (size_t row = 0; row < gn_table_rows(claims->table); row++) {
        const char *text = gn_table_text(claims->table, row, experiments);
        words += strlen(text) / 2 + 1;
        bytes += strlen(text) + 1;
    }
    claims->claim = gn_alloc(words, sizeof *claims->claim);
    claims->names = gn_alloc(bytes, 1);
    return claims->claim && claims->names ? GN_OK : GN_EIO;
}

/* Adds one claim for each experiment in the row's list. The names are copied to *names, which then points after them.
 */
static gn_status add_claims(gn_claims *claims, const gn_claim *like, const char *path, const char *experiments,
                            char **names) {
    const size_t before = claims->count;
    char *rest = *names, *word;
    memcpy(*names, experiments, strlen(experiments) + 1);
    *names += strlen(experiments) + 1;
    while ((word = strtok_r(rest, " ", &rest))) {
        claims->claim[claims->count] = *like;
        claims->claim[claims->count++].experiment = word;
    }
    if (claims->count == before)
        return gn_fail(GN_EFILE, "%s: %s: no experiments, expected their names with blanks between", path, like->id);
    return GN_OK;
}

/* The length of an id without its letter: 2 for both "C2a" and "C2". */
static size_t stem(const char *id) {
    size_t length = strlen(id);
    while (length > 1 && islower((unsigned char)id[length - 1]))
        length--;
    return length;
}

static bool same_group(const char *id, const char *other) {
    return stem(id) == stem(other) && strncmp(id, other, stem(id)) == 0;
}

/* The rows of one claim, C2a, C2b and so on, stand together, as they have one verdict. */
static gn_status check_together(const gn_claims *claims, const char *path) {
    for (size_t k = 1; k < claims->count; k++) {
        const char *id = claims->claim[k].id;
        for (size_t before = 0; before + 1 < k && !same_group(claims->claim[k - 1].id, id); before++)
            if (same_group(claims->claim[before].id, id))
                return gn_fail(GN_EFILE, "%s: %s: apart from %s, expected behind it", path, id,
                               claims->claim[before].id);
    }
    return GN_OK;
}

gn_status gn_claims_read(const char *path, gn_claims *claims) {
    static const char *const name[COLUMNS] = {
        [ID] = "id",
        [CLAIM] = "claim",
        [PLACE] = "place",
        [STATISTIC] = "statistic",
        [EXPERIMENTS] = "experiments",
        [REFERENCE] = "reference",
        [LOW] = "low",
        [HIGH] = "high",
        [SEEDS] = "seeds",
        [NULL_OF] = "null",
        [POWER] = "power",
    };
    int index[COLUMNS];
    *claims = (gn_claims){0};
    gn_status status = gn_table_read_plain(path, NULL, &claims->table);
    for (int c = 0; c < COLUMNS && !status; c++)
        status = gn_table_column(claims->table, name[c], &index[c]);
    if (!status) status = make_room(claims, index[EXPERIMENTS]);
    char *names = claims->names;
    for (size_t row = 0; !status && row < gn_table_rows(claims->table); row++) {
        const char *cell[COLUMNS];
        gn_claim claim = {.row = row};
        for (int c = 0; c < COLUMNS; c++)
            cell[c] = gn_table_text(claims->table, row, index[c]);
        status = gn_table_double(claims->table, row, index[LOW], &claim.low);
        if (!status) status = gn_table_double(claims->table, row, index[HIGH], &claim.high);
        if (!status) status = read_claim(path, cell, &claim);
        if (!status) status = add_claims(claims, &claim, path, cell[EXPERIMENTS], &names);
    }
    if (!status) status = check_together(claims, path);
    if (status) gn_claims_free(claims);
    return status;
}

static void summarise(gn_claim *claim) {
    double sum = 0, square = 0;
    claim->inside = 0;
    claim->mean = claim->sd = claim->lowest = claim->highest = NAN;
    for (int k = 0; k < claim->seeds; k++) {
        sum += claim->value[k];
        claim->lowest = fmin(claim->lowest, claim->value[k]);
        claim->highest = fmax(claim->highest, claim->value[k]);
        claim->inside += claim->value[k] >= claim->low && claim->value[k] <= claim->high;
    }
    if (claim->seeds == 0) return;
    claim->mean = sum / claim->seeds;
    for (int k = 0; k < claim->seeds; k++)
        square += pow(claim->value[k] - claim->mean, 2);
    if (claim->seeds > 1) claim->sd = sqrt(square / (claim->seeds - 1));
}

void gn_claim_decide(gn_claim *claim, const char *missing) {
    summarise(claim);
    int short_of = claim->seeds < claim->seeds_needed;
    const char *word = claim->seeds == 1 ? "seed" : "seeds";
    claim->verdict = short_of && claim->seeds + claim->lacking >= claim->seeds_needed ? GN_UNTESTABLE
                     : short_of                                                       ? GN_UNDECIDED
                     : claim->inside == claim->seeds                                  ? GN_HOLDS
                     : claim->inside == 0                                             ? GN_FAILS
                                                                                      : GN_UNDECIDED;
    if (short_of)
        snprintf(claim->reason, sizeof claim->reason, "%d %s, %d needed%s%s", claim->seeds, word, claim->seeds_needed,
                 missing[0] ? ": " : "", missing);
    else
        snprintf(claim->reason, sizeof claim->reason, "%d of %d %s in range%s%s", claim->inside, claim->seeds, word,
                 missing[0] ? "; without a value: " : "", missing);
}

static gn_shape arena_of(const gn_results *results, const char *experiment) {
    int64_t seed = 0;
    const gn_table *scores = gn_results_seed(results, experiment, 0, &seed)
                                 ? gn_results_table(results, experiment, seed, "scores", -1, NULL)
                                 : NULL;
    const char *name = scores ? gn_arena_key(scores, "arena") : NULL;
    const int shape = name ? gn_parse_choice(name, GN_ARENA_SHAPES) : -1;
    return shape < 0 ? GN_POLYGON : (gn_shape)shape;
}

/* Puts what the row's `power` stands for into words. */
static gn_status describe_power(const gn_results *results, const gn_power *power, gn_claim *claim) {
    gn_text text = {0};
    char names[64], *rest = names, *word;
    bool classes = true;
    snprintf(names, sizeof names, "%s", claim->power);
    while (classes && (word = strtok_r(rest, " ", &rest))) {
        const int class = gn_class_number(word);
        classes = class >= 0;
        if (classes && text.size) gn_text_format(&text, "; ");
        if (classes)
            gn_power_of_class(power, (gn_class) class, arena_of(results, claim->experiment), &claim->needed, &text);
    }
    if (!classes) text.size = 0; /* words that begin with the name of a class stand for themselves */
    if (strcmp(claim->power, "walks") == 0)
        gn_power_of_walks(power, claim->id, claim->experiment, &text);
    else if (!classes)
        gn_text_format(&text, "%s", claim->power);
    snprintf(claim->found, sizeof claim->found, "%s", text.size ? text.byte : "-");
    free(text.byte);
    return text.status;
}

static gn_status judge(const gn_results *results, const gn_chance *chance, const gn_power *power, gn_claim *claim) {
    char missing[220] = "";
    int64_t seed = 0;
    int k = 0;
    claim->needed.bound = NAN;
    snprintf(claim->from, sizeof claim->from, "-");
    for (; gn_results_seed(results, claim->experiment, k, &seed); k++) {
        if (k == GN_CLAIM_SEEDS_MAX)
            return gn_fail(GN_EFILE, "%s: more than %d seeds", claim->experiment, GN_CLAIM_SEEDS_MAX);
        gn_evidence evidence = {.results = results,
                                .chance = chance,
                                .experiment = claim->experiment,
                                .reference = claim->reference,
                                .seed = seed,
                                .needed.bound = NAN};
        double value = gn_statistic_value(claim->statistic, &evidence);
        if (evidence.status) return evidence.status;
        if (k == 0) {
            claim->needed = evidence.needed;
            if (evidence.from[0]) memcpy(claim->from, evidence.from, sizeof claim->from);
        }
        if (isnan(value)) {
            claim->lacking += evidence.lacks;
            if (missing[0] == '\0') snprintf(missing, sizeof missing, "seed %lld: %s", (long long)seed, evidence.why);
            continue;
        }
        claim->seed[claim->seeds] = seed;
        claim->value[claim->seeds++] = value;
    }
    if (k == 0) snprintf(missing, sizeof missing, "no results of %s", claim->experiment);
    gn_claim_decide(claim, missing);
    return describe_power(results, power, claim);
}

gn_status gn_claims_judge(const gn_results *results, const gn_chance *chance, const gn_power *power,
                          gn_claims *claims) {
    gn_status status = GN_OK;
    for (size_t k = 0; k < claims->count && !status; k++)
        status = judge(results, chance, power, &claims->claim[k]);
    return status;
}

size_t gn_claim_group(const gn_claims *claims, size_t first, size_t *length, gn_verdict *verdict,
                      int count[GN_VERDICTS]) {
    const char *id = claims->claim[first].id;
    size_t k = first;
    *length = stem(id);
    memset(count, 0, GN_VERDICTS * sizeof *count);
    for (; k < claims->count; k++) {
        const gn_claim *claim = &claims->claim[k];
        if (!same_group(claim->id, id)) break;
        count[claim->verdict]++;
    }
    *verdict = count[GN_FAILS] > 0        ? GN_FAILS
               : count[GN_UNDECIDED] > 0  ? GN_UNDECIDED
               : count[GN_UNTESTABLE] > 0 ? GN_UNTESTABLE
                                          : GN_HOLDS;
    return k;
}

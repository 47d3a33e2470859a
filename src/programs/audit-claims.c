/* audit-claims: judges the paper's claims by the result files of the experiments. Every verdict is computed from their
 * numbers. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/judge.h"
#include "base/text.h"
#include "cli/options.h"
#include "io/table.h"

#define PAGES "none|text|markdown"
enum { PAGE_NONE, PAGE_TEXT, PAGE_MARKDOWN };

static const gn_option option[] = {
    {.name = "print",
     .type = GN_OPTION_CHOICE,
     .fallback = "none",
     .choices = PAGES,
     .help = "print the verdicts as a page on standard output too"},
    {.name = "present",
     .type = GN_OPTION_FLAG,
     .help = "judge by the results that exist; otherwise a missing file is an error"},
    {.name = "power",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "table of how often units of each class are found (paper/power.tsv)"},
    {.name = "precision",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "plain table of how far values vary over walks of one network (paper/precision.tsv)"},
    {0},
};

/* ---- the file --------------------------------------------------------------------------- */

/* Writes the value for each seed, as "1=0.25 2=0.5", or "-" when there is none. */
static void per_seed(const gn_claim *claim, gn_text *text) {
    for (int k = 0; k < claim->seeds; k++)
        gn_text_format(text, "%s%lld=%.9g", k > 0 ? " " : "", (long long)claim->seed[k], claim->value[k]);
    if (claim->seeds == 0) gn_text_format(text, "-");
}

static gn_status write_row(gn_tsv *tsv, const gn_claim *claim) {
    gn_text values = {0};
    per_seed(claim, &values);
    gn_status status = values.status;
    if (!status) {
        gn_tsv_text(tsv, claim->id);
        gn_tsv_text(tsv, gn_verdict_name(claim->verdict));
        gn_tsv_text(tsv, claim->claim);
        gn_tsv_text(tsv, claim->place);
        gn_tsv_text(tsv, claim->experiment);
        gn_tsv_text(tsv, claim->reference);
        gn_tsv_text(tsv, claim->statistic->name);
        gn_tsv_double(tsv, claim->low);
        gn_tsv_double(tsv, claim->high);
        gn_tsv_int(tsv, claim->seeds);
        gn_tsv_int(tsv, claim->inside);
        gn_tsv_double(tsv, claim->mean);
        gn_tsv_double(tsv, claim->sd);
        gn_tsv_double(tsv, claim->lowest);
        gn_tsv_double(tsv, claim->highest);
        gn_tsv_text(tsv, values.byte);
        gn_tsv_text(tsv, claim->reason);
        gn_tsv_text(tsv, claim->null);
        gn_tsv_double(tsv, claim->needed.bound);
        gn_tsv_text(tsv, claim->found);
        gn_tsv_text(tsv, claim->from);
        status = gn_tsv_end_row(tsv);
    }
    free(values.byte);
    return status;
}

/* Writes one header key for a claim: "verdict.c2: fails (2 hold, 1 fail, 2 undecided, 4 untestable)". */
static gn_status write_group(gn_tsv *tsv, const gn_claims *claims, size_t first, size_t *next) {
    size_t length;
    gn_verdict verdict;
    int count[GN_VERDICTS];
    char key[64];
    *next = gn_claim_group(claims, first, &length, &verdict, count);
    snprintf(key, sizeof key, "verdict.%.*s", (int)length, claims->claim[first].id);
    for (char *c = key; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
    return gn_tsv_key(tsv, key, "%s (%d hold, %d fail, %d undecided, %d untestable)", gn_verdict_name(verdict),
                      count[GN_HOLDS], count[GN_FAILS], count[GN_UNDECIDED], count[GN_UNTESTABLE]);
}

static gn_status write_verdicts(const gn_claims *claims, const char *path) {
    gn_tsv *tsv = gn_tsv_new("claims-verdicts");
    gn_status status = tsv ? GN_OK : GN_EIO;
    for (size_t k = 0; k < claims->count && !status;)
        status = write_group(tsv, claims, k, &k);
    if (!status)
        status = gn_tsv_columns(tsv,
                                "id\tverdict\tclaim\tplace\texperiment\treference\tstatistic\tlow\thigh\tseeds\t"
                                "seeds_in_range\tmean\tsd\tlowest\thighest\tvalues\treason\tnull\tbound\tpower\tfrom");
    for (size_t k = 0; k < claims->count && !status; k++)
        status = write_row(tsv, &claims->claim[k]);
    if (!status) status = gn_tsv_write(tsv, path);
    gn_tsv_free(tsv);
    return status;
}

/* ---- the page --------------------------------------------------------------------------- */

/* Writes the value of a claim as "0.91 +- 0.02", "0.91" for one seed, or "-". */
static void value_text(const gn_claim *claim, char text[48]) {
    snprintf(text, 48, "-");
    if (claim->seeds == 1) snprintf(text, 48, "%.3g", claim->mean);
    if (claim->seeds > 1) snprintf(text, 48, "%.3g +- %.2g", claim->mean, claim->sd);
}

static void range_text(const gn_claim *claim, char text[48]) {
    if (isinf(claim->high))
        snprintf(text, 48, ">= %.3g", claim->low);
    else if (isinf(claim->low))
        snprintf(text, 48, "<= %.3g", claim->high);
    else
        snprintf(text, 48, "%.3g to %.3g", claim->low, claim->high);
}

static void print_text(const gn_claim *claim) {
    char value[48], range[48];
    value_text(claim, value);
    range_text(claim, range);
    printf("  %-5s %-11s%-18s%-16s%s\n%19s%s, %s; %s; %s\n", claim->id, gn_verdict_name(claim->verdict), value, range,
           claim->claim, "", claim->experiment, claim->statistic->name, claim->place, claim->reason);
}

/* The next functions print cells of a line of the page, for the claims first..next - 1, which are the experiments of
 * one row of the table. */

/* The files' names within a network's folder. */
static void print_files(const gn_claim *claim) {
    char paths[sizeof claim->from], *rest = paths, *path;
    snprintf(paths, sizeof paths, "%s", claim->from);
    while ((path = strtok_r(rest, " ", &rest))) {
        const char *slash = strrchr(path, '/');
        if (strcmp(path, "-") != 0) printf(", %s", slash ? slash + 1 : path);
    }
}

static void print_null(const gn_claim *claim, size_t first, size_t next) {
    printf(" %s", claim[first].null);
    for (size_t k = first; k < next; k++)
        if (!isnan(claim[k].needed.bound))
            printf("%s %s: at most %g of %zu units", k > first ? "<br>" : ":", claim[k].experiment,
                   claim[k].needed.bound, claim[k].needed.units);
    printf(" |");
}

static void print_power(const gn_claim *claim, size_t first, size_t next) {
    bool alike = true;
    for (size_t k = first; k < next; k++)
        alike = alike && strcmp(claim[k].found, claim[first].found) == 0;
    if (alike) printf(" %s", claim[first].found);
    for (size_t k = first; k < next && !alike; k++)
        printf("%s %s: %s", k > first ? "<br>" : "", claim[k].experiment, claim[k].found);
    printf(" |");
}

static void print_found(const gn_claim *claim, size_t first, size_t next) {
    char value[48];
    for (size_t k = first; k < next; k++) {
        value_text(&claim[k], value);
        printf("%s %s: %s", k > first ? "<br>" : "", claim[k].experiment, value);
        for (int s = 0; s < claim[k].seeds; s++)
            printf("%s%lld", s ? " " : claim[k].seeds > 1 ? " (seeds " : " (seed ", (long long)claim[k].seed[s]);
        if (claim[k].seeds) printf(")");
    }
    printf(" |");
}

static void print_markdown(const gn_claim *claim, size_t first, size_t next) {
    char range[48];
    range_text(&claim[first], range);
    printf("| %s | %s (%s) | %s", claim[first].id, claim[first].claim, claim[first].place,
           claim[first].statistic->name);
    print_files(&claim[first]);
    printf(" | %s |", range);
    print_null(claim, first, next);
    print_power(claim, first, next);
    print_found(claim, first, next);
    for (size_t k = first; k < next; k++)
        printf("%s %s", k > first ? "<br>" : "", gn_verdict_name(claim[k].verdict));
    printf(" |\n");
}

static void print_heading(const gn_claims *claims, size_t first, int page, size_t *next) {
    size_t length;
    gn_verdict verdict;
    int count[GN_VERDICTS];
    *next = gn_claim_group(claims, first, &length, &verdict, count);
    printf("%s%s%.*s %s: %d hold, %d fail, %d undecided, %d untestable\n", first > 0 ? "\n" : "",
           page == PAGE_MARKDOWN ? "## " : "", (int)length, claims->claim[first].id, gn_verdict_name(verdict),
           count[GN_HOLDS], count[GN_FAILS], count[GN_UNDECIDED], count[GN_UNTESTABLE]);
    if (page == PAGE_MARKDOWN)
        printf(
            "\n| | claim | statistic and its file | holds within | by chance | power | found | verdict |\n"
            "|---|---|---|---|---|---|---|---|\n");
}

/* Prints the reasons as a list after the Markdown table, which has no room for them. Experiments of a row with the same
 * reason share a line. */
static void print_reasons(const gn_claim *claim, size_t first, size_t next) {
    printf("\n");
    for (size_t k = first; k < next; k++) {
        if (claim[k].verdict != GN_UNDECIDED && claim[k].verdict != GN_UNTESTABLE) continue;
        printf("- %s, %s", claim[k].id, claim[k].experiment);
        for (; k + 1 < next && claim[k + 1].row == claim[k].row && strcmp(claim[k + 1].reason, claim[k].reason) == 0;
             k++)
            printf(", %s", claim[k + 1].experiment);
        printf(": %s\n", claim[k].reason);
    }
}

static void print_verdicts(const gn_claims *claims, int page) {
    if (page == PAGE_MARKDOWN)
        printf(
            "# The paper's claims and what was found\n\nFound: mean +- standard deviation over seeds. Each file is "
            "build/EXPERIMENT/seed-SEED/FILE, which `make` makes by that name; `audit-claims --help` says what each "
            "statistic does with it. By chance: what the null gives, for numbers of units from "
            "[chance.tsv](../paper/chance.tsv). Power: the share of units that is found of what the row looks for, and "
            "of how many on their number can be told from chance ([power.tsv](../paper/power.tsv)); or how far the "
            "value "
            "varies over walks of one network ([precision.tsv](../paper/precision.tsv)); -: not measured. All of this "
            "as a table, with every seed's value and every file: [verdicts.tsv](verdicts.tsv).\n\n");
    for (size_t k = 0; k < claims->count;) {
        size_t first = k, next;
        print_heading(claims, k, page, &next);
        while (k < next) {
            const size_t from = k;
            while (k < next && claims->claim[k].row == claims->claim[from].row) {
                if (page == PAGE_TEXT) print_text(&claims->claim[k]);
                k++;
            }
            if (page == PAGE_MARKDOWN) print_markdown(claims->claim, from, k);
        }
        if (page == PAGE_MARKDOWN) print_reasons(claims->claim, first, next);
    }
}

static gn_status run(const gn_options *options) {
    gn_claims claims = {0};
    gn_results *results = NULL;
    gn_chance *chance = NULL;
    gn_power *power = NULL;
    int page = gn_option_choice(options, "print");
    gn_status status = gn_claims_read(gn_option_operand(options, 0), &claims);
    if (!status) status = gn_results_read(gn_option_operand(options, 1), gn_option_flag(options, "present"), &results);
    if (!status) status = gn_chance_read(gn_option_operand(options, 2), &chance);
    if (!status) status = gn_power_read(gn_option_text(options, "power"), gn_option_text(options, "precision"), &power);
    if (!status) status = gn_claims_judge(results, chance, power, &claims);
    if (!status) status = write_verdicts(&claims, gn_option_output(options));
    if (!status && page != PAGE_NONE) print_verdicts(&claims, page);
    gn_power_free(power);
    gn_chance_free(chance);
    gn_results_free(results);
    gn_claims_free(&claims);
    return status;
}

int main(int argc, char **argv) {
    gn_text details = {0};
    gn_text_format(
        &details,
        "CLAIMS is a plain table: id, claim, place, statistic, experiments (each is judged), reference (an "
        "experiment or -), low, high, seeds, null, power, and columns for the reader. MANIFEST is a plain "
        "table: experiment, seed, path of a result file; files of one kind and seed are told "
        "apart by the update in their header. CHANCE is the table of false positives that calibrate-scores writes. A "
        "row's "
        "power is names of classes (how often their units are found, and of how many on a number of units is told from "
        "chance in nine of ten cases), `walks` (how far the value varies over walks of one network), or words.\n\n"
        "A row holds when its statistic is within low..high for every seed, fails when for "
        "none, and is undecided when seeds disagree, are fewer than `seeds`, or a result is "
        "missing. It is untestable when enough seeds are there but too few of them have what it speaks of, such as "
        "grid-like units. A claim (C2: rows C2a, C2b, ...) fails when one of its rows fails, else is undecided when "
        "one "
        "is, else untestable when one is, and holds when all hold.\n\nStatistics:\n%s",
        gn_statistics_help);
    const gn_program program = {.name = "audit-claims",
                                .algorithm = 9,
                                .purpose = "judges the paper's claims by the results",
                                .operands = "CLAIMS MANIFEST CHANCE",
                                .operands_min = 3,
                                .operands_max = 3,
                                .option = option,
                                .details = details.byte,
                                .run = run};
    int code = gn_main(&program, argc, argv);
    free(details.byte);
    return code;
}

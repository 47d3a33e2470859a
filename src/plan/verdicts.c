#include "plan/verdicts.h"

#include <stdlib.h>
#include <string.h>

#include "audit/statistics.h"
#include "io/table.h"
#include "plan/command.h"

/* What the audit reads of an experiment: kinds of files. */
typedef struct {
    gn_words names;  /* of experiments */
    gn_words *kinds; /* (names) */
} audited;

static gn_status add_experiments(const gn_chain *c, const char *names, const char *kinds, audited *a) {
    gn_store *store = c->study->store;
    const gn_words words = gn_words_split(store, names, " "), all = gn_words_split(store, kinds, " ");
    for (int i = 0; i < words.count; i++) {
        if (!gn_study_find(c->study, words.word[i])) continue;
        int at = gn_words_find(&a->names, words.word[i]);
        if (at < 0) {
            at = a->names.count;
            gn_words_add(store, &a->names, words.word[i]);
            gn_words *grown = realloc(a->kinds, (size_t)(at + 1) * sizeof *grown);
            if (!grown) return gn_fail(GN_EIO, "out of memory for the plan");
            a->kinds = grown;
            a->kinds[at] = (gn_words){0};
        }
        for (int k = 0; k < all.count; k++)
            gn_words_add_new(store, &a->kinds[at], all.word[k]);
    }
    return store->status;
}

/* Reads the experiments that the claims name in the columns `experiments` and `reference`, and what their statistics
 * read. */
static gn_status read_audited(const gn_chain *c, const char *path, audited *a) {
    enum { EXPERIMENTS, REFERENCE, STATISTIC, COLUMNS };
    static const char *const column[COLUMNS] = {"experiments", "reference", "statistic"};
    gn_table *table = NULL;
    int at[COLUMNS];
    gn_status status = gn_table_read_plain(path, NULL, &table);
    for (int k = 0; k < COLUMNS && !status; k++)
        status = gn_table_column(table, column[k], &at[k]);
    for (size_t row = 0; !status && row < gn_table_rows(table); row++) {
        const gn_statistic *statistic = gn_statistic_find(gn_table_text(table, row, at[STATISTIC]));
        for (int k = EXPERIMENTS; statistic && k <= REFERENCE && !status; k++) /* the audit refuses other statistics */
            status = add_experiments(c, gn_table_text(table, row, at[k]), statistic->kinds, a);
    }
    gn_table_free(table);
    return status;
}

/* Adds the files that the audit reads of a network; always its log, of which the report's table of networks is made. */
static void add_audited(const gn_chain *c, const gn_planned_network *network, const gn_words *kinds, bool develops,
                        gn_words *files) {
    static const struct {
        const char *kind, *file;
    } of[] = {{"training-log", "log.tsv"},
              {"track-errors", "errors.tsv"},
              {"scores", "scores.tsv"},
              {"selectivity", "selectivity.tsv"},
              {"tsne", "tsne.tsv"},
              {"boundary-error", "boundary.tsv"},
              {"long-run-error", "longrun.tsv"},
              {"connectivity", "connectivity.tsv"}};
    gn_store *store = c->study->store;
    const gn_words phases = gn_phases_of(c->study, network->experiment);
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        const char *path = gn_store_format(store, "%s/%s", network->folder, of[i].file);
        if (i > 0 && gn_words_find(kinds, of[i].kind) < 0) continue;
        if (gn_rules_find(&c->rules, path)) gn_words_add(store, files, path);
    }
    for (int k = 0; k < phases.count && develops; k++)
        gn_words_add(store, files,
                     gn_store_format(store, "%s/scores.tsv", gn_phase_folder(store, network->folder, phases.word[k])));
}

gn_status gn_chain_add_audit(gn_chain *c, const char *claims, const gn_words *developing, const char *folder,
                             const char **manifest) {
    gn_store *store = c->study->store;
    audited all = {0};
    gn_words files = {0};
    gn_text text = {0};
    gn_status status = read_audited(c, claims, &all);
    gn_text_format(&text, "experiment\tseed\tpath\n");
    for (int i = 0; i < c->networks && !status; i++) {
        const gn_planned_network *network = &c->network[i];
        const char *name = network->experiment->name;
        const int first = files.count, at = gn_words_find(&all.names, name);
        if (at < 0) continue;
        if (!gn_chain_ready(c, network->experiment) && gn_words_find(&c->paper, name) < 0) continue;
        add_audited(c, network, &all.kinds[at], gn_words_find(developing, name) >= 0, &files);
        for (int k = first; k < files.count; k++)
            gn_text_format(&text, "%s\t%s\t%s\n", name, network->seed, files.word[k]);
    }
    gn_chain_need_faulty(c, &files);
    *manifest = gn_store_format(store, "%s", text.byte ? text.byte : "");
    gn_command k = {.chain = c, .program = "audit-claims", .needs = files};
    const char *const word[] = {"--power",
                                "paper/power.tsv",
                                "--precision",
                                "paper/precision.tsv",
                                "--output",
                                gn_store_format(store, "%s/verdicts.tsv", folder),
                                claims,
                                gn_store_format(store, "%s/manifest.tsv", folder),
                                "paper/chance.tsv"};
    gn_text_format(&k.line, "%s/audit-claims", c->at.bin);
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        gn_command_word(&k, word[i], false);
    if (!status) status = gn_rules_add(&c->rules, gn_command_rule(&k, "the verdicts (paper/claims.tsv)", NULL));
    if (!status) status = text.status;
    free(text.byte);
    free(all.kinds);
    return status;
}

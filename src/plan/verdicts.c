#include "plan/verdicts.h"

#include <stdlib.h>
#include <string.h>

#include "io/table.h"
#include "plan/command.h"

/* Reads the experiments that the claims name in the columns `experiments` and `reference`. */
static gn_status read_audited(const gn_chain *c, const char *path, gn_words *names) {
    static const char *const column[2] = {"experiments", "reference"};
    gn_table *table = NULL;
    int at;
    gn_status status = gn_table_read_plain(path, NULL, &table);
    for (int k = 0; k < 2 && !status; k++) {
        status = gn_table_column(table, column[k], &at);
        for (size_t row = 0; !status && row < gn_table_rows(table); row++) {
            const gn_words words = gn_words_split(c->study->store, gn_table_text(table, row, at), " ");
            for (int i = 0; i < words.count; i++)
                if (gn_study_find(c->study, words.word[i])) gn_words_add_new(c->study->store, names, words.word[i]);
        }
    }
    gn_table_free(table);
    return status;
}

static void add_audited(const gn_chain *c, const gn_planned_network *network, bool develops, gn_words *files) {
    static const char *const file[] = {"log.tsv",  "errors.tsv",   "scores.tsv",  "selectivity.tsv",
                                       "tsne.tsv", "boundary.tsv", "longrun.tsv", "connectivity.tsv"};
    gn_store *store = c->study->store;
    const gn_words phases = gn_phases_of(c->study, network->experiment);
    for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
        const char *path = gn_store_format(store, "%s/%s", network->folder, file[i]);
        if (gn_rules_find(&c->rules, path)) gn_words_add(store, files, path);
    }
    for (int k = 0; k < phases.count && develops; k++)
        gn_words_add(store, files,
                     gn_store_format(store, "%s/scores.tsv", gn_phase_folder(store, network->folder, phases.word[k])));
}

gn_status gn_chain_add_audit(gn_chain *c, const char *claims, const gn_words *developing, const char *folder,
                             const char **manifest) {
    gn_store *store = c->study->store;
    gn_words names = {0}, files = {0};
    gn_text text = {0};
    gn_status status = read_audited(c, claims, &names);
    gn_text_format(&text, "experiment\tseed\tpath\n");
    for (int i = 0; i < c->networks && !status; i++) {
        const gn_planned_network *network = &c->network[i];
        const char *name = network->experiment->name;
        const int first = files.count;
        if (gn_words_find(&names, name) < 0) continue;
        if (!gn_chain_ready(c, network->experiment) && gn_words_find(&c->paper, name) < 0) continue;
        add_audited(c, network, gn_words_find(developing, name) >= 0, &files);
        for (int k = first; k < files.count; k++)
            gn_text_format(&text, "%s\t%s\t%s\n", name, network->seed, files.word[k]);
    }
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
    return status;
}

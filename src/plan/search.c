#include "plan/search.h"

#include <unistd.h>

#include "plan/command.h"

static const char section[] = "the search (experiments/search)";
static const char chance[] = "paper/chance.tsv";
/* The ranking of networks that were trained elsewhere, which have rows where none is trained here. */
static const char kept[] = "experiments/search/results/ranking.tsv";

/* Begins the command of a program; the words are added with the names of its options. */
static gn_command begin(const gn_chain *c, const char *program) {
    gn_command k = {.chain = c, .program = program};
    gn_text_format(&k.line, "%s/%s", c->at.bin, program);
    return k;
}

static void add_words(gn_command *k, const char *const *word, bool said) {
    for (int i = 0; word[i]; i++)
        gn_command_word(k, word[i], said);
}

static gn_status add_sheet(gn_chain *c, const gn_planned_network *network) {
    gn_store *store = c->study->store;
    const char *maps = gn_store_format(store, "%s/maps.tsv", network->folder);
    const char *scores = gn_store_format(store, "%s/scores.tsv", network->folder);
    const char *probe = gn_store_format(store, "%s/probe.gn", network->folder);
    gn_command k = begin(c, "map-sheet");
    add_words(
        &k,
        (const char *const[]){"--order", "class", "--columns", "20", "--scores", scores, "--output", maps, probe, NULL},
        true);
    return gn_rules_add(&c->rules, gn_command_rule(&k, section, NULL));
}

static gn_status add_ranking(gn_chain *c, const char *recipes) {
    static const char *const file[] = {"network.gn", "scores.tsv", "fingerprints.tsv"};
    gn_store *store = c->study->store;
    gn_command k = begin(c, "rank-search");
    gn_words needs = {0};
    gn_words_add(store, &needs, recipes);
    add_words(&k, (const char *const[]){"--recipes", recipes, NULL}, false);
    if (access(chance, F_OK) == 0) {
        add_words(&k, (const char *const[]){"--chance", chance, NULL}, false);
        gn_words_add(store, &needs, chance);
    }
    if (!c->study->is_quick && access(kept, F_OK) == 0) {
        add_words(&k, (const char *const[]){"--kept", kept, NULL}, true);
        gn_words_add(store, &needs, kept);
    }
    add_words(&k, (const char *const[]){"--output", gn_store_format(store, "%s/search/ranking.tsv", c->at.work), NULL},
              false);
    for (int i = 0; i < c->networks; i++) {
        const gn_planned_network *network = &c->network[i];
        if (!network->experiment->search) continue;
        gn_command_word(&k, network->folder, false);
        for (size_t f = 0; f < sizeof file / sizeof *file; f++) {
            const char *path = gn_store_format(store, "%s/%s", network->folder, file[f]);
            if (access(path, F_OK) == 0) gn_words_add(store, &needs, path);
        }
    }
    gn_rule rule = gn_command_rule(&k, section, NULL);
    rule.needs = needs; /* folders are none */
    return gn_rules_add(&c->rules, rule);
}

gn_status gn_chain_add_search(gn_chain *c, const char *recipes) {
    gn_status status = add_ranking(c, recipes);
    for (int i = 0; i < c->networks && !status; i++)
        if (c->network[i].experiment->search) status = add_sheet(c, &c->network[i]);
    return status;
}

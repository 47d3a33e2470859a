#include "plan/sheets.h"

#include <stdlib.h>
#include <string.h>

#include "io/table.h"
#include "plan/command.h"

/* The network to which the sheet WORK/NAME/seed-S/figures/FILE belongs. */
static const gn_planned_network *network_of_path(const gn_chain *c, const char *path) {
    for (int i = 0; i < c->networks; i++) {
        const size_t length = strlen(c->network[i].folder);
        if (strncmp(path, c->network[i].folder, length) == 0 && path[length] == '/') return &c->network[i];
    }
    return NULL;
}

/* Expands {every FILE} to that file of every network that is there and was trained in its own experiment, and
 * {phases FILE of NAME ...} to that file of all phases and of the final network of these experiments, or of their one
 * network NAME/seed-S. */
static gn_words expand_list(const gn_chain *c, const char *inside) {
    gn_store *store = c->study->store;
    const gn_words word = gn_words_split(store, inside, "{} ");
    gn_words files = {0};
    const bool every = strcmp(word.word[0], "every") == 0;
    for (int i = 0; i < c->networks && word.count > 1; i++) {
        const gn_planned_network *network = &c->network[i];
        if (network->experiment->search) continue;
        if (every) {
            if (!gn_chain_ready(c, network->experiment) && gn_words_find(&c->paper, network->experiment->name) < 0)
                continue;
            if (!gn_study_trains(c->study, network->experiment)) continue;
        } else {
            const char *one = gn_store_format(store, "%s/seed-%s", network->experiment->name, network->seed);
            bool named = false;
            for (int k = 3; k < word.count; k++)
                named |= strcmp(word.word[k], network->experiment->name) == 0 || strcmp(word.word[k], one) == 0;
            if (!named) continue;
            const gn_words phases = gn_phases_of(c->study, network->experiment);
            for (int k = 0; k < phases.count; k++)
                gn_words_add(store, &files,
                             gn_store_format(store, "%s/%s", gn_phase_folder(store, network->folder, phases.word[k]),
                                             word.word[1]));
        }
        gn_words_add(store, &files, gn_store_format(store, "%s/%s", network->folder, word.word[1]));
    }
    return files;
}

/* Splits a command into words; a list in braces is one word. */
static gn_words split_command(gn_store *store, const char *text) {
    gn_words words = {0};
    for (const char *p = text + strspn(text, " "); *p; p += strspn(p, " ")) {
        const char *brace = *p == '{' ? strchr(p, '}') : NULL;
        size_t length = brace ? (size_t)(brace - p) : 0;
        length += strcspn(p + length, " ");
        gn_words_add(store, &words, gn_store_format(store, "%.*s", (int)length, p));
        p += length;
    }
    return words;
}

/* Adds {walk}: the options of sample-trajectories for the walk of this experiment. */
static void add_walk(gn_command *k, const gn_planned_network *network) {
    const gn_study *s = k->chain->study;
    const gn_option *o;
    for (int i = 0; (o = gn_catalogue_option_at(s->catalogue, k->program, i)); i++) {
        const gn_option *trained = gn_catalogue_option(s->catalogue, "train", o->name);
        const char *value = trained ? gn_study_value(s, network->experiment, o->name) : NULL;
        if (!trained || strcmp(o->name, "trials") == 0) continue;
        const bool spoken = value && !(o->fallback && gn_value_same(o, value, o->fallback));
        if (!value) value = o->fallback;
        if (value) gn_command_option(k, o, value, spoken);
    }
}

static gn_status add_sheet(gn_sheets *all, const gn_sheet_row *of, const gn_planned_network *network) {
    gn_chain *c = all->chain;
    gn_store *store = c->study->store;
    const char *folder = network ? gn_store_format(store, "%s/figures", network->folder) : "";
    const char *from = network ? gn_study_value(c->study, network->experiment, "continue") : NULL;
    const gn_planned_network *origin = from ? gn_chain_find(c, from, network->seed) : network;
    gn_command k = {.chain = c, .program = of->command.word[0]};
    for (int i = 0; i < of->command.count; i++) {
        const char *word = of->command.word[i];
        if (i == 0) {
            gn_text_format(&k.line, "%s/%s", c->at.bin, word);
        } else if (strncmp(word, "{every ", 7) == 0 || strncmp(word, "{phases ", 8) == 0) {
            const gn_words files = expand_list(c, word);
            for (int f = 0; f < files.count; f++)
                gn_command_word(&k, files.word[f], true);
            gn_chain_need_faulty(c, &k.needs);
        } else if (network && strcmp(word, "{walk}") == 0) {
            add_walk(&k, network);
        } else {
            word = gn_store_replace(store, word, "{figures}", gn_store_format(store, "%s/figures", c->at.work));
            word = gn_store_replace(store, word, "{sheets}", folder);
            if (origin)
                word = gn_store_replace(store, word, "{origin}", gn_store_format(store, "%s/figures", origin->folder));
            if (network) word = gn_store_replace(store, word, "{folder}", network->folder);
            if (network) word = gn_store_replace(store, word, "{network}", network->path);
            gn_command_word(&k, word, true);
        }
    }
    const char *title = network ? gn_store_format(store, "%s, %s", network->experiment->name, of->what) : of->what;
    gn_rule rule = gn_command_rule(&k, "small tables that figures are drawn from (figures/sheets.tsv)", title);
    gn_status status = gn_rules_add(&c->rules, rule);
    for (int i = 0; i < rule.needs.count && !status; i++)
        status = gn_sheets_need(all, rule.needs.word[i]);
    return status;
}

gn_status gn_sheets_need(gn_sheets *all, const char *path) {
    gn_store *store = all->chain->study->store;
    if (gn_rules_find(&all->chain->rules, path)) return GN_OK;
    const gn_planned_network *network = network_of_path(all->chain, path);
    const char *what = network ? "{sheets}" : "{figures}";
    const char *folder = gn_store_format(store, "%s/figures", network ? network->folder : all->chain->at.work);
    for (int i = 0; i < all->rows; i++)
        for (int f = 0; f < all->row[i].files.count; f++)
            if (strcmp(gn_store_replace(store, all->row[i].files.word[f], what, folder), path) == 0)
                return add_sheet(all, &all->row[i], network);
    return GN_OK;
}

/* The files that a command writes: the values of --output and of other options for output files. */
static gn_words written_by(const gn_study *s, const gn_words *words) {
    gn_words files = {0};
    for (int i = 1; i + 1 < words->count; i++) {
        if (strncmp(words->word[i], "--", 2) != 0) continue;
        const gn_option *o = gn_catalogue_option(s->catalogue, words->word[0], words->word[i] + 2);
        if (strcmp(words->word[i], "--output") == 0 || (o && o->type == GN_OPTION_OUTPUT))
            gn_words_add(s->store, &files, words->word[i + 1]);
    }
    return files;
}

gn_status gn_sheets_read(const char *path, gn_sheets *all) {
    const gn_study *s = all->chain->study;
    int what, command_column;
    gn_table *table = NULL;
    gn_status status = gn_table_read_plain(path, NULL, &table);
    if (!status) status = gn_table_column(table, "what", &what);
    if (!status) status = gn_table_column(table, "command", &command_column);
    const size_t rows = status ? 0 : gn_table_rows(table);
    if (!status && !(all->row = calloc(rows + 1, sizeof *all->row)))
        status = gn_fail(GN_EIO, "out of memory for the plan");
    for (size_t row = 0; row < rows && !status; row++) {
        gn_sheet_row *one = &all->row[all->rows++];
        one->what = gn_store_format(s->store, "%s", gn_table_text(table, row, what));
        one->command = split_command(s->store, gn_table_text(table, row, command_column));
        const char *program = one->command.count ? one->command.word[0] : "";
        if (!gn_catalogue_algorithm(s->catalogue, program))
            status = gn_fail(GN_EFILE, "%s: %s: '%s' is no program", path, one->what, program);
        else if (gn_words_find(&one->command, "--output") < 0)
            status = gn_fail(GN_EFILE, "%s: %s: the command has no --output", path, one->what);
        else
            status = gn_placeholders_known(s->store, &one->command,
                                           "figures sheets origin folder network walk every phases", path, one->what);
        if (!status) one->files = written_by(s, &one->command);
    }
    gn_table_free(table);
    return status;
}

#include "plan/figures.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/table.h"
#include "io/write.h"
#include "plan/command.h"
#include "plan/sheets.h"

const char gn_figures_section[] = "figures (figures/figures.tsv)";

/* Adds a word, or, for A{B,C}D with a comma in the braces, ABD and ACD, as the shell does. */
static void add_unfolded(gn_store *store, gn_words *words, const char *word) {
    const char *open = strchr(word, '{'), *close = open ? strchr(open, '}') : NULL;
    while (close && !memchr(open, ',', (size_t)(close - open))) { /* {figures} */
        open = strchr(close, '{');
        close = open ? strchr(open, '}') : NULL;
    }
    if (!close) {
        gn_words_add(store, words, word);
        return;
    }
    for (const char *part = open + 1, *end; part <= close; part = end + 1) {
        end = part + strcspn(part, ",}");
        add_unfolded(
            store, words,
            gn_store_format(store, "%.*s%.*s%s", (int)(open - word), word, (int)(end - part), part, close + 1));
    }
}

static gn_words unfold(gn_store *store, const char *text) {
    const gn_words folded = gn_words_split(store, text, " ");
    gn_words words = {0};
    for (int i = 0; i < folded.count; i++)
        add_unfolded(store, &words, folded.word[i]);
    return words;
}

/* A need NAME/FILE stands for that file of the first seed, NAME/all/FILE for those of all seeds, {figures}/FILE for a
 * table over many experiments, everything else for itself; with a ? before it, for nothing when it is not there.
 * *missing is what is not there: an experiment, or a file that nothing makes (*lost). */
static gn_words expand_need(const gn_chain *c, const char *need, const char **missing, bool *lost) {
    gn_store *store = c->study->store;
    gn_words files = {0};
    if (need[0] == '?') {
        const char *absent = NULL;
        bool no_file = false;
        const gn_words all = expand_need(c, need + 1, &absent, &no_file);
        return absent ? files : all;
    }
    if (strncmp(need, "{figures}/", 10) == 0) {
        gn_words_add(store, &files, gn_store_format(store, "%s/figures/%s", c->at.work, need + 10));
        return files;
    }
    const char *slash = strchr(need, '/');
    const char *name = gn_store_format(store, "%.*s", slash ? (int)(slash - need) : 0, need);
    const gn_experiment *e = slash ? gn_study_find(c->study, name) : NULL;
    if (!e) {
        gn_words_add(store, &files, need);
        if (access(need, F_OK) != 0) {
            *missing = need;
            *lost = true;
        }
        return files;
    }
    if (e->fault) { /* its goal says what is wrong, and stops make */
        gn_words_add(store, &files, name);
        return files;
    }
    const bool all = strncmp(slash, "/all/", 5) == 0;
    const char *file = slash + (all ? 5 : 1);
    if (!gn_runnable(e) || !gn_chain_ready(c, e)) *missing = name;
    for (int i = 0; i < c->networks; i++) {
        if (c->network[i].experiment != e) continue;
        gn_words_add(store, &files, gn_store_format(store, "%s/%s", c->network[i].folder, file));
        if (!all) break;
    }
    return files;
}

/* Notes the experiments that figures of the paper show. */
static void note_paper(gn_chain *c, const gn_table *table, const int at[3]) {
    for (size_t row = 0; row < gn_table_rows(table); row++) {
        if (strcmp(gn_table_text(table, row, at[1]), "paper") != 0) continue;
        const gn_words needs = unfold(c->study->store, gn_table_text(table, row, at[2]));
        for (int k = 0; k < needs.count; k++) {
            const char *name =
                gn_store_format(c->study->store, "%.*s", (int)strcspn(needs.word[k], "/"), needs.word[k]);
            if (gn_study_find(c->study, name)) gn_words_add_new(c->study->store, &c->paper, name);
        }
    }
}

/* Adds a script of gnuplot and what it loads, at any depth. A script that is not there is left for make to miss. */
static void add_script(gn_store *store, gn_words *needs, const char *script) {
    static const char load[] = "load 'figures/";
    void *bytes = NULL;
    size_t size = 0;
    if (gn_words_find(needs, script) >= 0) return;
    gn_words_add(store, needs, script);
    if (access(script, R_OK) != 0) return;
    const gn_status status = gn_read_whole(script, &bytes, &size);
    if (status) {
        store->status = status;
        return;
    }
    const char *text = gn_store_format(store, "%.*s", (int)size, (const char *)bytes);
    free(bytes);
    for (const char *at = strstr(text, load); at; at = strstr(at + 1, load)) {
        const char *name = at + strlen("load '");
        add_script(store, needs, gn_store_format(store, "%.*s", (int)strcspn(name, "'"), name));
    }
}

/* Adds the rule of a figure: draw.sh, with the script, the file without its ending, what the script is told, and the
 * tables that it is drawn from. */
static gn_status add_drawn(gn_chain *c, gn_rule *rule, const char *script, const char *file, const char *told) {
    gn_store *store = c->study->store;
    const char *command =
        gn_store_format(store, "@sh figures/draw.sh %s %s data=%s profile=%s%s", script, file,
                        gn_shell_quoted(store, c->at.work), c->study->is_quick ? "quick" : "paper", told);
    for (int i = 0; i < rule->needs.count; i++) {
        const char *need = rule->needs.word[i], *dot = strrchr(need, '.');
        if (dot && strcmp(dot, ".tsv") == 0)
            command = gn_store_format(store, "%s %s", command, gn_shell_quoted(store, need));
    }
    rule->command = command;
    return gn_rules_add(&c->rules, *rule);
}

/* Lists what a figure is drawn from in its file .args, so that it is drawn again when something is left out. That file
 * does not stand beside the drawn figures, which are kept. */
static void list_needs(gn_chain *c, gn_rule *rule, const char *path) {
    gn_store *store = c->study->store;
    gn_text list = {0};
    for (int i = 0; i < rule->needs.count; i++)
        gn_text_format(&list, "%s\n", rule->needs.word[i]);
    if (list.status) store->status = list.status;
    rule->args = gn_store_format(store, "%s", list.byte ? list.byte : "");
    rule->args_at = path;
    free(list.byte);
}

static gn_status add_figure(gn_sheets *all, const char *name, const char *of, const char *needs_text) {
    gn_chain *c = all->chain;
    gn_store *store = c->study->store;
    const gn_words needs = unfold(store, needs_text);
    const char *missing = NULL;
    bool lost = false;
    gn_rule rule = {.section = gn_figures_section};
    rule.target = gn_store_format(store, "%s/%s.svg", c->at.figures, name);
    gn_words_add(store, &rule.beside, gn_store_format(store, "%s/%s.png", c->at.figures, name));
    add_script(store, &rule.needs, gn_store_format(store, "figures/%s.gp", name));
    for (int i = 0; i < needs.count; i++) {
        const gn_words files = expand_need(c, needs.word[i], &missing, &lost);
        for (int k = 0; k < files.count; k++)
            gn_words_add_new(store, &rule.needs, files.word[k]);
    }
    /* What is beyond the paper is drawn when its networks are there, or all are trained. */
    if (missing && strcmp(of, "beyond") == 0 && (lost || c->at.released)) return GN_OK;
    list_needs(c, &rule, gn_store_format(store, "%s/figures/%s.svg.args", c->at.work, name));
    gn_status status = add_drawn(c, &rule, gn_store_format(store, "figures/%s.gp", name),
                                 gn_store_format(store, "%s/%s", c->at.figures, name), "");
    for (int i = 0; i < rule.needs.count && !status; i++)
        status = gn_sheets_need(all, rule.needs.word[i]);
    return status;
}

/* The seeds of an experiment as a text. */
static const char *seeds_text(const gn_chain *c, const gn_experiment *e) {
    const gn_words seeds = gn_study_list(c->study, e, "seeds");
    const char *text = "";
    for (int i = 0; i < seeds.count; i++)
        text = gn_store_format(c->study->store, "%s%s%s", text, i ? " " : "", seeds.word[i]);
    return text;
}

/* Adds the figure FILE.svg that shows experiments side by side: maps and curves of their first seeds, errors of all
 * seeds, numbers of units in each class. */
static gn_status add_side_by_side(gn_sheets *all, const char *file, const gn_words *names) {
    static const char *const sheet_file[] = {"maps.tsv", "direction.tsv", "speed.tsv"};
    gn_chain *c = all->chain;
    gn_store *store = c->study->store;
    gn_rule rule = {.target = gn_store_format(store, "%s.svg", file),
                    .section = "figures of experiments (figures/experiment.gp)"};
    const char *listed = "", *seeds = "";
    gn_words_add(store, &rule.beside, gn_store_format(store, "%s.png", file));
    add_script(store, &rule.needs, "figures/experiment.gp");
    for (int n = 0; n < names->count; n++) {
        const gn_experiment *e = gn_study_find(c->study, names->word[n]);
        const gn_planned_network *first = gn_chain_find(c, e->name, NULL);
        listed = gn_store_format(store, "%s%s%s", listed, n ? " " : "", e->name);
        seeds = gn_store_format(store, "%s%s%s", seeds, n ? "|" : "", seeds_text(c, e));
        for (size_t i = 0; i < sizeof sheet_file / sizeof *sheet_file; i++)
            gn_words_add(store, &rule.needs, gn_store_format(store, "%s/figures/%s", first->folder, sheet_file[i]));
        gn_words_add(store, &rule.needs, gn_store_format(store, "%s/scores.tsv", first->folder));
        for (int i = 0; i < c->networks; i++)
            if (c->network[i].experiment == e)
                gn_words_add(store, &rule.needs, gn_store_format(store, "%s/log.tsv", c->network[i].folder));
    }
    list_needs(c, &rule, gn_store_format(store, "%s.svg.args", file));
    gn_status status =
        add_drawn(c, &rule, "figures/experiment.gp", file,
                  gn_store_format(store, " %s %s", gn_shell_quoted(store, gn_store_format(store, "names=%s", listed)),
                                  gn_shell_quoted(store, gn_store_format(store, "seeds=%s", seeds))));
    for (int i = 0; i < rule.needs.count && !status; i++)
        status = gn_sheets_need(all, rule.needs.word[i]);
    return status;
}

/* Adds the table of the classes of units and the final errors of these experiments, for all seeds. */
static gn_status add_compared(gn_sheets *all, const gn_words *names) {
    gn_chain *c = all->chain;
    gn_store *store = c->study->store;
    const char *file = gn_store_format(store, "%s/compare/%s-%s", c->at.work, names->word[0], names->word[1]);
    gn_command k = {.chain = c, .program = "count-classes"};
    for (int n = 0; n < names->count; n++) {
        const gn_experiment *e = gn_study_find(c->study, names->word[n]);
        if (e && e->fault) return gn_fail(GN_EUSAGE, "%s", e->fault);
        if (e && e->sweep.count) return gn_fail(GN_EUSAGE, "compare: %s", gn_sweep_fault(c->study, e));
        if (!e || !gn_chain_find(c, e->name, NULL))
            return gn_fail(GN_EUSAGE, "compare: '%s' is no experiment (make status lists them)", names->word[n]);
    }
    gn_text_format(&k.line, "%s/count-classes", c->at.bin);
    gn_command_word(&k, "--chance", true);
    gn_command_word(&k, "paper/chance.tsv", true);
    gn_command_word(&k, "--output", true);
    gn_command_word(&k, gn_store_format(store, "%s.tsv", file), true);
    for (int n = 0; n < names->count; n++)
        for (int i = 0; i < c->networks; i++)
            if (strcmp(c->network[i].experiment->name, names->word[n]) == 0) {
                gn_command_word(&k, gn_store_format(store, "%s/scores.tsv", c->network[i].folder), true);
                gn_command_word(&k, gn_store_format(store, "%s/log.tsv", c->network[i].folder), true);
            }
    gn_status status =
        gn_rules_add(&c->rules, gn_command_rule(&k, "figures of experiments (figures/experiment.gp)", NULL));
    return status ? status : add_side_by_side(all, file, names);
}

gn_status gn_chain_add_figures(gn_chain *c, const char *sheets_path, const char *figures_path,
                               const gn_words *compared) {
    gn_sheets all = {.chain = c};
    static const char *const column[3] = {"figure", "of", "needs"};
    int at[3];
    gn_table *table = NULL;
    gn_status status = gn_sheets_read(sheets_path, &all);
    if (!status) status = gn_table_read_plain(figures_path, NULL, &table);
    for (int k = 0; k < 3 && !status; k++)
        status = gn_table_column(table, column[k], &at[k]);
    if (!status) note_paper(c, table, at);
    for (size_t row = 0; !status && row < gn_table_rows(table); row++)
        status = add_figure(&all, gn_table_text(table, row, at[0]), gn_table_text(table, row, at[1]),
                            gn_store_format(c->study->store, "%s", gn_table_text(table, row, at[2])));
    for (int i = 0; i < c->study->experiments && !status; i++) {
        const gn_experiment *e = &c->study->experiment[i];
        gn_words name = {0};
        if (!gn_runnable(e) || e->search) continue;
        gn_words_add(c->study->store, &name, e->name);
        status = add_side_by_side(&all, gn_store_format(c->study->store, "%s/%s/figure", c->at.work, e->name), &name);
    }
    if (!status && compared->count > 1) status = add_compared(&all, compared);
    gn_table_free(table);
    free(all.row);
    return status ? status : c->study->store->status;
}

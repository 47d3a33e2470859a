/* plan: reads the experiments and writes build/plan.mk, with one explicit rule of make for every file of the study. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/options.h"
#include "io/table.h"
#include "io/write.h"
#include "plan/figures.h"
#include "plan/search.h"
#include "plan/stages.h"
#include "plan/status.h"
#include "plan/verdicts.h"

static const gn_option option[] = {
    {.name = "programs",
     .type = GN_OPTION_INPUT,
     .fallback = NULL,
     .help = "option tables of all programs (PROGRAM --options)"},
    {.name = "defaults", .type = GN_OPTION_INPUT, .fallback = NULL, .help = "defaults of all experiments"},
    {.name = "chain", .type = GN_OPTION_INPUT, .fallback = NULL, .help = "the table of stages"},
    {.name = "sheets",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "the table of the small tables that figures are drawn from"},
    {.name = "figures-table", .type = GN_OPTION_INPUT, .fallback = "", .help = "the table of figures"},
    {.name = "reserved",
     .type = GN_OPTION_TEXT,
     .fallback = "",
     .help = "targets of make, separated by blanks: names that no experiment may have, nor those of figures"},
    {.name = "search", .type = GN_OPTION_INPUT, .fallback = "", .help = "the table of the search"},
    {.name = "claims",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "the table of claims, whose experiments are audited"},
    {.name = "developing",
     .type = GN_OPTION_TEXT,
     .fallback = "",
     .help = "experiments of which the audit uses the phases too, separated by commas"},
    {.name = "compare", .type = GN_OPTION_TEXT, .fallback = "", .help = "NAME,NAME: experiments to show side by side"},
    {.name = "set", .type = GN_OPTION_TEXT, .fallback = "", .help = "NAME.KEY=VALUE settings, separated by semicolons"},
    {.name = "quick", .type = GN_OPTION_FLAG, .help = "use the quick profile"},
    {.name = "bin", .type = GN_OPTION_TEXT, .fallback = "build/bin", .help = "folder of the programs"},
    {.name = "work", .type = GN_OPTION_TEXT, .fallback = "build", .help = "folder of the results"},
    {.name = "figures", .type = GN_OPTION_TEXT, .fallback = "figures", .help = "folder of the figures"},
    {.name = "released", .type = GN_OPTION_TEXT, .fallback = "", .help = "folder of released networks"},
    {.name = "rules", .type = GN_OPTION_OUTPUT, .fallback = "", .help = "write the rules here, if they differ"},
    {.name = "args",
     .type = GN_OPTION_TEXT,
     .fallback = "",
     .help = "write only this FILE.args and those missing in its folder"},
    {.name = "keys", .type = GN_OPTION_FLAG, .help = "print all keys: default, accepted values, meaning"},
    {.name = "scaffold",
     .type = GN_OPTION_TEXT,
     .fallback = "",
     .help = "print a file for a new experiment of this name"},
    {.name = "status",
     .type = GN_OPTION_FLAG,
     .help = "print which files are there, which are stale and why, and, of trainings under way, how long they still "
             "take"},
    {.name = "beyond",
     .type = GN_OPTION_FLAG,
     .help = "print name, folder and title of experiments beyond the paper whose networks are there"},
    {.name = "values",
     .type = GN_OPTION_TEXT,
     .fallback = "",
     .help = "print all keys and their values in these experiments"},
    {0},
};

typedef struct {
    gn_store store;
    gn_catalogue catalogue;
    gn_study study;
    gn_chain chain;
    const char *manifest; /* text of the audit's manifest; NULL: there is no audit */
} plan;

/* ---- reading ------------------------------------------------------------------------------------ */

/* The names that no experiment may have: make NAME makes something else already. */
static gn_status read_reserved(const gn_options *o, plan *p) {
    int figure;
    gn_table *table = NULL;
    const char *targets = gn_option_text(o, "reserved");
    p->study.reserved = gn_words_split(&p->store, targets ? targets : "", " ");
    if (!gn_option_given(o, "figures-table")) return GN_OK;
    gn_status status = gn_table_read_plain(gn_option_text(o, "figures-table"), NULL, &table);
    if (!status) status = gn_table_column(table, "figure", &figure);
    for (size_t row = 0; !status && row < gn_table_rows(table); row++)
        gn_words_add(&p->store, &p->study.reserved,
                     gn_store_format(&p->store, "%s", gn_table_text(table, row, figure)));
    gn_table_free(table);
    return status;
}

static gn_status read_study(const gn_options *o, plan *p) {
    gn_study *s = &p->study;
    gn_status status = gn_catalogue_read(gn_option_text(o, "programs"), &p->catalogue);
    if (!status)
        status = gn_study_new(&p->catalogue, &p->store, gn_option_text(o, "chain"), gn_option_flag(o, "quick"), s);
    if (!status) status = read_reserved(o, p);
    if (!status) status = gn_study_read_defaults(s, gn_option_text(o, "defaults"));
    for (int i = 0; i < gn_option_operands(o) && !status; i++)
        status = gn_study_read(s, gn_option_operand(o, i));
    if (!status && gn_option_given(o, "search")) status = gn_study_read_search(s, gn_option_text(o, "search"));
    if (!status) status = gn_study_complete(s);
    const gn_words settings = gn_words_split(&p->store, gn_option_text(o, "set") ? gn_option_text(o, "set") : "", ";");
    for (int i = 0; i < settings.count && !status; i++)
        status = gn_study_override(s, settings.word[i]);
    return status ? status : gn_study_check(s);
}

static gn_status plan_chain(const gn_options *o, plan *p) {
    const gn_folders at = {.bin = gn_option_text(o, "bin"),
                           .work = gn_option_text(o, "work"),
                           .figures = gn_option_text(o, "figures"),
                           .released = gn_option_text(o, "released")};
    const char *pair = gn_option_text(o, "compare");
    const gn_words compared = gn_words_split(&p->store, pair ? pair : "", ",");
    gn_status status = gn_chain_new(&p->study, at, &p->chain);
    if (!status) status = gn_chain_add_stages(&p->chain);
    if (!status && gn_option_given(o, "sheets") && gn_option_given(o, "figures-table"))
        status =
            gn_chain_add_figures(&p->chain, gn_option_text(o, "sheets"), gn_option_text(o, "figures-table"), &compared);
    if (!status && gn_option_given(o, "search")) status = gn_chain_add_search(&p->chain, gn_option_text(o, "search"));
    if (status || !gn_option_given(o, "claims")) return status;
    const char *names = gn_option_text(o, "developing");
    const gn_words developing = gn_words_split(&p->store, names ? names : "", ",");
    return gn_chain_add_audit(&p->chain, gn_option_text(o, "claims"), &developing,
                              gn_store_format(&p->store, "%s/audit", at.work), &p->manifest);
}

/* ---- printing the plan ---------------------------------------------------------------------------- */

static void print_list(plan *p, const char *name, const gn_words *words, gn_text *text) {
    gn_text_format(text, "%s :=", name);
    gn_rules_print_words(&p->store, words, (int)strlen(name) + 3, text);
    gn_text_format(text, "\n");
}

/* Prints the variables with the names of experiments, seeds and phases, and the folders of the search. */
static void print_names(plan *p, gn_text *text) {
    const gn_study *s = &p->study;
    gn_words experiments = {0}, searched = {0}, refused = {0}, figures = {0};
    for (int i = 0; i < s->experiments; i++)
        if (gn_runnable(&s->experiment[i]) && !s->experiment[i].search)
            gn_words_add(&p->store, &experiments, s->experiment[i].name);
    for (int i = 0; i < s->experiments; i++)
        if (s->experiment[i].search && s->experiment[i].fault) gn_words_add(&p->store, &refused, s->experiment[i].name);
    for (int i = 0; i < p->chain.networks; i++)
        if (p->chain.network[i].experiment->search) gn_words_add(&p->store, &searched, p->chain.network[i].folder);
    for (int i = 0; i < p->chain.rules.rules; i++) {
        const gn_rule *rule = &p->chain.rules.rule[i];
        if (rule->section == gn_figures_section) gn_words_add(&p->store, &figures, rule->target);
    }
    print_list(p, "experiments", &experiments, text);
    print_list(p, "search-folders", &searched, text);
    print_list(p, "search-refused", &refused, text);
    print_list(p, "figure-files", &figures, text);
    for (int i = 0; i < experiments.count; i++) {
        const gn_experiment *e = gn_study_find(s, experiments.word[i]);
        const gn_words seeds = gn_study_list(s, e, "seeds"), phases = gn_phases_of(s, e);
        print_list(p, gn_store_format(&p->store, "seeds.%s", e->name), &seeds, text);
        print_list(p, gn_store_format(&p->store, "phases.%s", e->name), &phases, text);
    }
}

/* Prints the rules of `make NAME`, which makes all files of an experiment. Experiments of the search have none, as
 * `make search` makes them. */
static void print_goals(plan *p, gn_text *text) {
    const gn_study *s = &p->study;
    gn_text_format(text, "# ---- all of an experiment: make NAME\n\n");
    for (int i = 0; i < s->experiments; i++) {
        const gn_experiment *e = &s->experiment[i];
        if (e->search || strcmp(e->name, "search") == 0) continue;
        gn_words files = gn_chain_files(&p->chain, e);
        if (e->fault) continue;
        for (int k = 0; k < e->sweep.count; k++)
            gn_words_add(&p->store, &files, e->sweep.word[k]);
        gn_text_format(text, ".PHONY: %s\n%s:", e->name, e->name);
        gn_rules_print_words(&p->store, &files, (int)strlen(e->name) + 1, text);
        gn_text_format(text, "\n");
    }
}

/* Prints rules by which make stops with an error when a file of a faulty experiment is wanted, and only then. */
static void print_faults(plan *p, gn_text *text) {
    const gn_study *s = &p->study;
    for (int i = 0; i < s->experiments; i++) {
        const gn_experiment *e = &s->experiment[i];
        if (!e->fault) continue;
        const char *said =
            gn_store_format(&p->store, "@printf '%%s\\n' %s >&2; exit 2", gn_shell_quoted(&p->store, e->fault));
        gn_text_format(text, "\n.PHONY: %s\n%s:\n\t%s\n%s/%s/%%: %s ;\n", e->name, e->name, said, p->chain.at.work,
                       e->name, e->name);
    }
}

static gn_status print_plan(plan *p, gn_text *text) {
    gn_text_format(
        text,
        "# Written by plan (src/programs/plan.c) from experiments/ *.mk, the stages of experiments/chain.tsv, "
        "figures/sheets.tsv\n# and figures/figures.tsv: for every file of the study what it is made of, and the whole "
        "command. An option that is\n# not named has its program's default (build/bin/PROGRAM --help). FILE.args "
        "has all options and the version of\n# the program's algorithm, or lists what a figure is drawn from. A file "
        "is "
        "made again when its FILE.args or a file\n# that it is made of changes.\n\n");
    print_names(p, text);
    gn_text_format(text, "\n");
    gn_status status = gn_rules_print(&p->chain.rules, text);
    print_goals(p, text);
    print_faults(p, text);
    return status ? status : text->status;
}

/* Writes a file only if its contents change, so that files that depend on it are not made again for nothing. */
static gn_status write_if_new(const char *path, const char *bytes, size_t size) {
    void *before = NULL;
    size_t length = 0;
    gn_status status = access(path, F_OK) == 0 ? gn_read_whole(path, &before, &length) : GN_OK;
    const bool same = before && length == size && memcmp(before, bytes, size) == 0;
    if (!status && !same) status = gn_make_folders(path);
    if (!status && !same) status = gn_write_whole(path, bytes, size);
    free(before);
    return status;
}

static gn_status write_rules(plan *p, const char *path) {
    gn_text text = {0};
    gn_status status = print_plan(p, &text);
    if (!status && p->manifest)
        status = write_if_new(gn_store_format(&p->store, "%s/audit/manifest.tsv", p->chain.at.work), p->manifest,
                              strlen(p->manifest));
    if (!status) status = write_if_new(path, text.byte, text.size);
    free(text.byte);
    return status;
}

/* ---- keys and scaffold ---------------------------------------------------------------------------- */

typedef struct {
    const char *fallback, *accepted, *help;
} key_facts;

/* Whether a key says how the animal walks in an analysis: without it, it walks as in the training. */
static bool is_of_walk(const plan *p, const char *key) {
    const char *name = strncmp(key, "walk.", 5) == 0 ? key + 5 : strncmp(key, "sample.", 7) == 0 ? key + 7 : "steps";
    return strcmp(name, "trials") != 0 && strcmp(name, "steps") != 0 &&
           gn_catalogue_option(p->study.catalogue, "train", name);
}

/* What there is to say of a key, with its value for an experiment; NULL: for one that sets nothing. */
static key_facts facts_of(plan *p, const gn_experiment *e, const char *key) {
    static const gn_experiment nothing = {.name = ""};
    const char *value = gn_study_value(&p->study, e ? e : &nothing, key);
    for (const gn_study_key *k = gn_study_keys; k->name; k++)
        if (strcmp(k->name, key) == 0) return (key_facts){value ? value : k->fallback, k->accepted, k->help};
    const gn_option *o = gn_study_key_option(&p->study, key);
    const char *fallback = o->type == GN_OPTION_FLAG ? "no" : !o->fallback || is_of_walk(p, key) ? "-" : o->fallback;
    return (key_facts){value ? value : fallback, gn_value_accepted(&p->store, o), o->help};
}

static void print_keys(plan *p) {
    const gn_words keys = gn_study_all_keys(&p->study);
    for (int i = 0; i < keys.count; i++) {
        const key_facts f = facts_of(p, NULL, keys.word[i]);
        printf("%-24s %-22s %-30s %s\n", keys.word[i], f.fallback, f.accepted, f.help);
    }
}

static gn_status print_scaffold(plan *p, const char *name) {
    const gn_words keys = gn_study_all_keys(&p->study);
    if (!*name || strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != strlen(name))
        return gn_fail(GN_EUSAGE, "NAME='%s': accepted are letters, digits, - and _ (make experiment NAME=mine)", name);
    const gn_experiment *there = gn_study_find(&p->study, name), *like = gn_study_find(&p->study, "square");
    if (gn_words_find(&p->study.reserved, name) >= 0)
        return gn_fail(GN_EUSAGE, "NAME='%s': is a target of make; choose another name", name);
    if (there) return gn_fail(GN_EUSAGE, "NAME='%s': exists already, in %s", name, there->file);
    printf(
        "# What this experiment asks:\n#\n# Set a key by taking its # away; the values shown are those that it has "
        "without. `make %s` trains, probes\n# and scores it; ordinary rules of make may stand here too.\n"
        "%s.title = my own\n%s.like = square\n%s.seeds = 1\n\n",
        name, name, name, name);
    for (int i = 0; i < keys.count; i++) {
        const key_facts f = facts_of(p, like, keys.word[i]);
        if (gn_parse_choice(keys.word[i], "title|like|seeds") >= 0) continue;
        printf("#%s.%-24s = %-14s # %s; %s\n", name, keys.word[i], f.fallback, f.accepted, f.help);
    }
    return GN_OK;
}

/* Prints a line for each key: key, its value in each experiment, accepted values, meaning. */
static gn_status print_values(plan *p, const char *names_text) {
    const gn_words names = gn_words_split(&p->store, names_text, ","), keys = gn_study_all_keys(&p->study);
    for (int n = 0; n < names.count; n++)
        if (!gn_study_find(&p->study, names.word[n]))
            return gn_fail(GN_EUSAGE, "--values: there is no experiment '%s'", names.word[n]);
    for (int i = 0; i < keys.count; i++) {
        const key_facts f = facts_of(p, NULL, keys.word[i]);
        printf("%s", keys.word[i]);
        for (int n = 0; n < names.count; n++) {
            const char *value = gn_study_value(&p->study, gn_study_find(&p->study, names.word[n]), keys.word[i]);
            printf("\t%s", value ? value : f.fallback);
        }
        printf("\t%s\t%s\n", f.accepted, f.help);
    }
    return GN_OK;
}

/* Prints a line for each experiment beyond the paper: name, folder of the first seed, title. */
static void print_beyond(plan *p) {
    const char *before = "";
    for (int i = 0; i < p->chain.networks; i++) {
        const gn_planned_network *one = &p->chain.network[i];
        const gn_experiment *e = one->experiment;
        if (strcmp(e->name, before) == 0) continue; /* another seed of the same experiment */
        before = e->name;
        if (e->search || gn_words_find(&p->chain.paper, e->name) >= 0 || !gn_chain_ready(&p->chain, e)) continue;
        const char *title = gn_study_value(&p->study, e, "title");
        printf("%s\t%s\t%s\n", e->name, one->folder, title ? title : "-");
    }
}

static gn_status run(const gn_options *o) {
    plan p = {0};
    gn_status status = read_study(o, &p);
    if (!status && gn_option_flag(o, "keys")) {
        print_keys(&p);
    } else if (!status && gn_option_given(o, "scaffold")) {
        status = print_scaffold(&p, gn_option_text(o, "scaffold"));
    } else if (!status && gn_option_given(o, "values")) {
        status = print_values(&p, gn_option_text(o, "values"));
    } else if (!status) {
        status = plan_chain(o, &p);
        if (!status && gn_option_given(o, "args"))
            status = gn_rules_write_args(&p.chain.rules, gn_option_text(o, "args"));
        if (!status && gn_option_given(o, "rules")) status = gn_rules_settle_args(&p.chain.rules);
        if (!status && gn_option_given(o, "rules")) status = gn_chain_distrust(&p.chain);
        if (!status && gn_option_given(o, "rules")) status = write_rules(&p, gn_option_text(o, "rules"));
        if (!status && gn_option_flag(o, "beyond")) print_beyond(&p);
        if (!status && gn_option_flag(o, "status")) status = gn_status_print(&p.chain);
    }
    if (!status) status = p.store.status;
    gn_chain_free(&p.chain);
    gn_study_free(&p.study);
    gn_catalogue_free(&p.catalogue);
    gn_store_free(&p.store);
    return status;
}

static const gn_program program = {
    .name = "plan",
    .algorithm = 1,
    .purpose = "makes rules of make for every file of the study from its experiments",
    .operands = "EXPERIMENT.mk...",
    .operands_max = 10000,
    .option = option,
    .no_output = true,
    .details =
        "Experiments are lines NAME.KEY = VALUE; keys and what they accept are the options of the programs "
        "themselves. For every file of every network the plan has one rule: the file, what it is made of, the whole "
        "command.",
    .run = run,
};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

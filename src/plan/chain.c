#include "plan/chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "io/table.h"

/* ---- runs -------------------------------------------------------------------------------------- */

bool gn_runnable(const gn_experiment *e) {
    return !e->fault && e->sweep.count == 0 && strcmp(e->name, "search") != 0;
}

static bool exists(const char *path) {
    return access(path, F_OK) == 0;
}

gn_words gn_phases_of(const gn_study *s, const gn_experiment *e) {
    const gn_words listed = gn_study_list(s, e, "phases");
    const char *set = gn_study_value(s, e, "updates");
    const gn_option *o = gn_catalogue_option(s->catalogue, "train", "updates");
    const char *updates = set || !o ? set : o->fallback;
    gn_words phases = {0};
    for (int i = 0; i < listed.count; i++)
        if (!updates || strtol(listed.word[i], NULL, 10) < strtol(updates, NULL, 10))
            gn_words_add(s->store, &phases, listed.word[i]);
    return phases;
}

static const char *checkpoint(gn_store *store, const char *folder, const char *update) {
    return gn_store_format(store, "%s/checkpoints/update-%06d.gn", folder, (int)strtol(update, NULL, 10));
}

static const char *phase_folder(gn_store *store, const char *folder, const char *update) {
    return gn_store_format(store, "%s/update-%06d", folder, (int)strtol(update, NULL, 10));
}

/* Decides whether the released network is used instead of a training. */
static void look_for_released(const gn_chain *c, gn_run *run) {
    gn_store *store = c->study->store;
    const gn_words phases = gn_phases_of(c->study, run->experiment);
    if (!c->at.released) return;
    const char *folder = gn_store_format(store, "%s/%s/seed-%s", c->at.released, run->experiment->name, run->seed);
    const char *path = gn_store_format(store, "%s/network.gn", folder);
    if (!exists(path)) return;
    run->not_taken = gn_recipe_differs(c->study, run->experiment, run->seed, path);
    for (int k = 0; k < phases.count && !run->not_taken; k++)
        if (!exists(checkpoint(store, folder, phases.word[k])))
            run->not_taken = gn_store_format(store, "it has no checkpoint of update %s", phases.word[k]);
    if (!run->not_taken) run->from = path;
}

static gn_status add_run(gn_chain *c, const gn_experiment *e, const char *seed) {
    gn_store *store = c->study->store;
    if (c->runs == c->room) {
        const int room = c->room ? 2 * c->room : 128;
        gn_run *grown = realloc(c->run, (size_t)room * sizeof *grown);
        if (!grown) return gn_fail(GN_EIO, "out of memory for the plan");
        c->run = grown;
        c->room = room;
    }
    gn_run run = {.experiment = e, .seed = seed};
    run.folder = gn_store_format(store, "%s/%s/seed-%s", c->at.work, e->name, seed);
    run.network = gn_store_format(store, "%s/network.gn", run.folder);
    look_for_released(c, &run);
    run.there = run.from || exists(run.network);
    c->run[c->runs++] = run;
    return store->status;
}

static const gn_run *find_run(const gn_chain *c, const char *name, const char *seed) {
    for (int i = 0; i < c->runs; i++)
        if (strcmp(c->run[i].experiment->name, name) == 0 && (!seed || strcmp(c->run[i].seed, seed) == 0))
            return &c->run[i];
    return NULL;
}

/* An experiment with 0 updates needs no training, so its network counts as present when the one it continues is. */
static void borrow_presence(gn_chain *c, gn_run *run) {
    const char *updates = gn_study_value(c->study, run->experiment, "updates");
    const char *from = gn_study_value(c->study, run->experiment, "continue");
    if (run->there || !from || !updates || strcmp(updates, "0") != 0) return;
    const gn_run *other = find_run(c, from, run->seed);
    run->there = other && other->there;
}

gn_status gn_chain_new(const gn_study *s, gn_folders at, gn_chain *c) {
    gn_status status = GN_OK;
    *c = (gn_chain){.study = s, .at = at, .rules = {.store = s->store}};
    for (int i = 0; i < s->experiments && !status; i++) {
        const gn_experiment *e = &s->experiment[i];
        if (!gn_runnable(e)) continue;
        const gn_words seeds = gn_study_list(s, e, "seeds");
        for (int k = 0; k < seeds.count && !status; k++)
            status = add_run(c, e, seeds.word[k]);
    }
    for (int i = 0; i < c->runs; i++)
        borrow_presence(c, &c->run[i]);
    if (status) gn_chain_free(c);
    return status;
}

void gn_chain_free(gn_chain *c) {
    gn_rules_free(&c->rules);
    free(c->run);
    *c = (gn_chain){0};
}

bool gn_chain_ready(const gn_chain *c, const gn_experiment *e) {
    int seeds = 0;
    for (int i = 0; i < c->runs; i++)
        if (c->run[i].experiment == e) {
            seeds++;
            if (!c->run[i].there) return false;
        }
    return seeds > 0;
}

/* ---- commands ---------------------------------------------------------------------------------- */

/* A command that is being put together, and what its words mean for the rule. */
typedef struct {
    const gn_chain *chain;
    const char *program;
    gn_text line, args;
    const char *target; /* value of --output */
    gn_words beside, needs;
    const gn_option *pending; /* the option whose value is the next word */
    bool begun;               /* whether the program's name was added */
} command;

/* Stand for the common options, which are not in the catalogue: --output, and any other, which has a value. */
static const gn_option output_option = {.name = "output", .type = GN_OPTION_OUTPUT};
static const gn_option other_option = {.name = "seed", .type = GN_OPTION_INT};

/* Adds a word after the program's name. Files that the program reads become needs of the rule, and files that it writes
 * become targets. With `said` the word is added to .args too, unless it names a file that the program writes. */
static void add_word(command *k, const char *word, bool said) {
    gn_store *store = k->chain->study->store;
    const gn_option *of = k->pending;
    k->pending = NULL;
    gn_text_format(&k->line, "%s%s", k->line.size ? " " : "", gn_shell_quoted(store, word));
    if (of) {
        if (strcmp(of->name, "output") == 0)
            k->target = word;
        else if (of->type == GN_OPTION_OUTPUT)
            gn_words_add_new(store, &k->beside, word);
        if (of->type == GN_OPTION_INPUT) gn_words_add_new(store, &k->needs, word);
        if (said && of->type != GN_OPTION_OUTPUT && of->type != GN_OPTION_FOLDER && !of->free)
            gn_text_format(&k->args, "--%s %s\n", of->name, word);
        return;
    }
    if (strncmp(word, "--", 2) != 0) { /* the word is an operand */
        gn_words_add_new(store, &k->needs, word);
        if (said) gn_text_format(&k->args, "%s\n", word);
        return;
    }
    const gn_option *o = gn_catalogue_option(k->chain->study->catalogue, k->program, word + 2);
    if (!o) o = strcmp(word, "--output") == 0 ? &output_option : &other_option;
    if (o->type != GN_OPTION_FLAG)
        k->pending = o;
    else if (said)
        gn_text_format(&k->args, "%s\n", word);
}

static void add_option(command *k, const gn_option *o, const char *value, bool spoken) {
    if (!o->free) gn_text_format(&k->args, "--%s %s\n", o->name, value);
    if (!spoken) return;
    if (o->type == GN_OPTION_FLAG) {
        if (strcmp(value, "yes") == 0) add_word(k, gn_store_format(k->chain->study->store, "--%s", o->name), false);
        return;
    }
    add_word(k, gn_store_format(k->chain->study->store, "--%s", o->name), false);
    add_word(k, value, false);
}

/* Adds {options}: the options that the experiment sets, in the order of the program's table. Options that have the
 * program's default are added to .args but not to the command. */
static void add_options(command *k, const gn_stage *stage, const gn_run *run, bool along) {
    const gn_study *s = k->chain->study;
    const gn_option *o;
    for (int i = 0; (o = gn_catalogue_option_at(s->catalogue, stage->program, i)); i++) {
        const char *key = gn_study_option_key(s, stage, run->experiment, o->name);
        const char *value = key ? gn_study_value(s, run->experiment, key) : NULL;
        if (!key || o->type == GN_OPTION_OUTPUT || o->type == GN_OPTION_FOLDER) continue;
        if (along && gn_words_find(&stage->along, o->name) < 0) continue;
        const bool spoken = value && !(o->fallback && gn_value_same(o, value, o->fallback));
        if (!value) value = o->type == GN_OPTION_FLAG ? "no" : o->fallback;
        if (value) add_option(k, o, value, spoken);
    }
    add_word(k, "--seed", true);
    add_word(k, run->seed, true);
    gn_text_format(&k->line, " $(threads)");
}

static gn_rule rule_of(command *k, const char *section, const char *comment) {
    gn_store *store = k->chain->study->store;
    gn_rule rule = {
        .target = k->target, .beside = k->beside, .needs = k->needs, .section = section, .comment = comment};
    rule.command = gn_store_format(store, "%s", k->line.byte ? k->line.byte : "");
    rule.args = gn_store_format(store, "%s algorithm %d\n%s", k->program,
                                gn_catalogue_algorithm(k->chain->study->catalogue, k->program),
                                k->args.byte ? k->args.byte : "");
    gn_words_add(store, &rule.there, gn_store_format(store, "%s/%s", k->chain->at.bin, k->program));
    free(k->line.byte);
    free(k->args.byte);
    return rule;
}

/* ---- stages of a run ---------------------------------------------------------------------------- */

/* What a stage is applied to: a run, or one of its phases. */
typedef struct {
    const gn_run *run;
    const char *folder;  /* folder of the stage's files */
    const char *network; /* network that the stage reads */
    bool along;          /* whether the network walks along an animal's track */
} place;

static const char *replace(gn_store *store, const char *word, const char *what, const char *by) {
    const char *at = strstr(word, what);
    return at ? gn_store_format(store, "%.*s%s%s", (int)(at - word), word, by, at + strlen(what)) : word;
}

/* {first} and {last}: the folders of the first and the last phase; "" when there are no phases. */
static const char *phase_at(const gn_chain *c, const gn_run *run, bool last) {
    const gn_words phases = gn_phases_of(c->study, run->experiment);
    if (phases.count == 0) return "";
    return phase_folder(c->study->store, run->folder, phases.word[last ? phases.count - 1 : 0]);
}

static void expand_word(command *k, const gn_stage *stage, const place *p, const char *word) {
    const gn_chain *c = k->chain;
    gn_store *store = c->study->store;
    if (strcmp(word, "{options}") == 0) {
        add_options(k, stage, p->run, p->along);
    } else if (strcmp(word, "{along}") == 0) {
        if (!p->along) return;
        add_word(k, "--trajectories", true);
        add_word(k, gn_store_format(store, "%s/sample.gn", p->run->folder), true);
    } else if (strcmp(word, "{continue}") == 0) {
        const char *from = gn_study_value(c->study, p->run->experiment, "continue");
        if (!from) return;
        add_word(k, "--continue", true);
        add_word(k, gn_store_format(store, "%s/%s/seed-%s/network.gn", c->at.work, from, p->run->seed), true);
    } else if (strcmp(word, "{early}") == 0) {
        const gn_words phases = gn_phases_of(c->study, p->run->experiment);
        if (phases.count == 0) return;
        add_word(k, "--early", true);
        add_word(k, checkpoint(store, p->run->folder, phases.word[0]), true);
    } else if (!k->begun && word[0] == '$') {
        gn_text_format(&k->line, "%s%s", k->line.size ? " " : "", word);
    } else if (!k->begun) {
        gn_text_format(&k->line, "%s%s/%s", k->line.size ? " " : "", c->at.bin, word);
        k->begun = true;
    } else {
        const char *name = p->run->experiment->name;
        word = replace(store, word, "{run}", p->folder);
        word = replace(store, word, "{network}", p->network);
        word = replace(store, word, "{name}", strchr(name, '/') ? strchr(name, '/') + 1 : name);
        if (strstr(word, "{first}")) word = replace(store, word, "{first}", phase_at(c, p->run, false));
        if (strstr(word, "{last}")) word = replace(store, word, "{last}", phase_at(c, p->run, true));
        add_word(k, word, true);
    }
}

/* The heading of a run in the plan. */
static const char *section_of(const gn_chain *c, const gn_run *run) {
    const char *title = gn_study_value(c->study, run->experiment, "title");
    return gn_store_format(c->study->store, "%s, seed %s%s%s (%s)", run->experiment->name, run->seed, title ? ": " : "",
                           title ? title : "", run->experiment->file);
}

/* Adds the files that belong to a network, trained or released: its log and the checkpoints of its phases. */
static void add_companions(const gn_chain *c, const gn_run *run, gn_rule *rule) {
    gn_store *store = c->study->store;
    const gn_words phases = gn_phases_of(c->study, run->experiment);
    rule->target = run->network;
    gn_words_add_new(store, &rule->beside, gn_store_format(store, "%s/log.tsv", run->folder));
    for (int i = 0; i < phases.count; i++)
        gn_words_add(store, &rule->beside, checkpoint(store, run->folder, phases.word[i]));
}

static gn_status add_taken(gn_chain *c, const gn_run *run, const char *section) {
    gn_store *store = c->study->store;
    gn_rule rule = {.section = section};
    rule.command = gn_store_format(store, "@sh experiments/take.sh %s/%s/seed-%s %s", c->at.released,
                                   run->experiment->name, run->seed, run->folder);
    gn_words_add(store, &rule.needs, run->from);
    add_companions(c, run, &rule);
    return gn_rules_add(&c->rules, rule);
}

static gn_status add_stage(gn_chain *c, const gn_stage *stage, const place *p, const char *section) {
    gn_store *store = c->study->store;
    command k = {.chain = c, .program = stage->program};
    const bool network = strcmp(stage->name, "network") == 0;
    const char *comment = NULL;
    for (int i = 0; i < stage->command.count; i++)
        expand_word(&k, stage, p, stage->command.word[i]);
    if (network && p->run->not_taken)
        comment = gn_store_format(store, "(%s/%s/seed-%s is not taken: %s)", c->at.released, p->run->experiment->name,
                                  p->run->seed, p->run->not_taken);
    gn_rule rule = rule_of(&k, section, comment);
    if (network) add_companions(c, p->run, &rule);
    return gn_rules_add(&c->rules, rule);
}

static gn_status add_run_rules(gn_chain *c, const gn_run *run) {
    const gn_study *s = c->study;
    gn_store *store = s->store;
    const gn_words phases = gn_phases_of(s, run->experiment);
    const bool along = gn_study_value(s, run->experiment, "sample.track");
    const char *section = section_of(c, run);
    gn_status status = GN_OK;
    for (int i = 0; i < s->stages && !status; i++) {
        const gn_stage *stage = &s->stage[i];
        const bool network = strcmp(stage->name, "network") == 0;
        const place whole = {run, run->folder, run->network, along && stage->along.count};
        if (strcmp(stage->of, "track") == 0 && !along) continue;
        if (strcmp(stage->name, "tsne") == 0 && phases.count < 2)
            continue; /* it embeds early, intermediate and late maps */
        status = network && run->from ? add_taken(c, run, section) : add_stage(c, stage, &whole, section);
        for (int k = 0; k < phases.count && strcmp(stage->of, "phase") == 0 && !status; k++) {
            const place phase = {run, phase_folder(store, run->folder, phases.word[k]),
                                 checkpoint(store, run->folder, phases.word[k]), whole.along};
            status = add_stage(c, stage, &phase, section);
        }
    }
    return status ? status : store->status;
}

gn_status gn_chain_add_runs(gn_chain *c) {
    gn_status status = GN_OK;
    for (int i = 0; i < c->runs && !status; i++)
        status = add_run_rules(c, &c->run[i]);
    return status;
}

gn_words gn_chain_files(const gn_chain *c, const gn_experiment *e) {
    gn_words files = {0};
    for (int i = 0; i < c->runs; i++) {
        if (c->run[i].experiment != e) continue;
        const size_t length = strlen(c->run[i].folder);
        for (int r = 0; r < c->rules.rules; r++) {
            const gn_rule *rule = &c->rules.rule[r];
            if (strncmp(rule->target, c->run[i].folder, length) != 0 || rule->target[length] != '/') continue;
            if (strncmp(rule->target + length, "/figures/", 9) == 0) continue;
            gn_words_add(c->study->store, &files, rule->target);
            for (int k = 0; k < rule->beside.count; k++)
                gn_words_add(c->study->store, &files, rule->beside.word[k]);
        }
    }
    const char *figure = gn_store_format(c->study->store, "%s/%s/figure.svg", c->at.work, e->name);
    if (gn_rules_find(&c->rules, figure)) gn_words_add(c->study->store, &files, figure);
    return files;
}

/* ---- the small tables of figures ---------------------------------------------------------------- */

typedef struct {
    const char *what; /* what it contains, as a comment in the plan */
    gn_words command;
    gn_words files; /* files that the command writes, such as {sheets}/maps.tsv or {figures}/classes.tsv */
} sheet;

typedef struct {
    gn_chain *chain;
    sheet *sheet;
    int sheets;
} sheets;

/* The run to which the sheet WORK/NAME/seed-S/figures/FILE belongs. */
static const gn_run *run_of_path(const gn_chain *c, const char *path) {
    for (int i = 0; i < c->runs; i++) {
        const size_t length = strlen(c->run[i].folder);
        if (strncmp(path, c->run[i].folder, length) == 0 && path[length] == '/') return &c->run[i];
    }
    return NULL;
}

/* Expands {every FILE} to that file of every run whose network is there and was trained in its own experiment, and
 * {phases FILE of NAME ...} to that file of all phases and of the final network of these experiments. */
static gn_words expand_list(const gn_chain *c, const char *inside) {
    gn_store *store = c->study->store;
    const gn_words word = gn_words_split(store, inside, "{} ");
    gn_words files = {0};
    const bool every = strcmp(word.word[0], "every") == 0;
    for (int i = 0; i < c->runs && word.count > 1; i++) {
        const gn_run *run = &c->run[i];
        const char *updates = gn_study_value(c->study, run->experiment, "updates");
        if (run->experiment->search) continue;
        if (every) {
            if (!gn_chain_ready(c, run->experiment) && gn_words_find(&c->paper, run->experiment->name) < 0) continue;
            if (updates && strcmp(updates, "0") == 0) continue;
        } else {
            bool named = false;
            for (int k = 3; k < word.count; k++)
                named |= strcmp(word.word[k], run->experiment->name) == 0;
            if (!named) continue;
            const gn_words phases = gn_phases_of(c->study, run->experiment);
            for (int k = 0; k < phases.count; k++)
                gn_words_add(
                    store, &files,
                    gn_store_format(store, "%s/%s", phase_folder(store, run->folder, phases.word[k]), word.word[1]));
        }
        gn_words_add(store, &files, gn_store_format(store, "%s/%s", run->folder, word.word[1]));
    }
    return files;
}

static gn_status need_sheet(sheets *all, const char *path);

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
static void add_walk(command *k, const gn_run *run) {
    const gn_study *s = k->chain->study;
    const gn_option *o;
    for (int i = 0; (o = gn_catalogue_option_at(s->catalogue, k->program, i)); i++) {
        const gn_option *trained = gn_catalogue_option(s->catalogue, "train", o->name);
        const char *value = trained ? gn_study_value(s, run->experiment, o->name) : NULL;
        if (!trained || strcmp(o->name, "trials") == 0) continue;
        const bool spoken = value && !(o->fallback && gn_value_same(o, value, o->fallback));
        if (!value) value = o->fallback;
        if (value) add_option(k, o, value, spoken);
    }
}

static gn_status add_sheet(sheets *all, const sheet *of, const gn_run *run) {
    gn_chain *c = all->chain;
    gn_store *store = c->study->store;
    const char *folder = run ? gn_store_format(store, "%s/figures", run->folder) : "";
    const char *from = run ? gn_study_value(c->study, run->experiment, "continue") : NULL;
    const gn_run *origin = from ? find_run(c, from, run->seed) : run;
    command k = {.chain = c, .program = of->command.word[0]};
    for (int i = 0; i < of->command.count; i++) {
        const char *word = of->command.word[i];
        if (i == 0) {
            gn_text_format(&k.line, "%s/%s", c->at.bin, word);
        } else if (strncmp(word, "{every ", 7) == 0 || strncmp(word, "{phases ", 8) == 0) {
            const gn_words files = expand_list(c, word);
            for (int f = 0; f < files.count; f++)
                add_word(&k, files.word[f], true);
        } else if (run && strcmp(word, "{walk}") == 0) {
            add_walk(&k, run);
        } else {
            word = replace(store, word, "{figures}", gn_store_format(store, "%s/figures", c->at.work));
            word = replace(store, word, "{sheets}", folder);
            if (origin) word = replace(store, word, "{origin}", gn_store_format(store, "%s/figures", origin->folder));
            if (run) word = replace(store, word, "{run}", run->folder);
            if (run) word = replace(store, word, "{network}", run->network);
            add_word(&k, word, true);
        }
    }
    const char *title = run ? gn_store_format(store, "%s, %s", run->experiment->name, of->what) : of->what;
    gn_rule rule = rule_of(&k, "small tables that figures are drawn from (figures/sheets.tsv)", title);
    gn_status status = gn_rules_add(&c->rules, rule);
    for (int i = 0; i < rule.needs.count && !status; i++)
        status = need_sheet(all, rule.needs.word[i]);
    return status;
}

/* Adds the rule of a file if it is a sheet and has no rule yet. Other files are made by the chain, or are sources. */
static gn_status need_sheet(sheets *all, const char *path) {
    gn_store *store = all->chain->study->store;
    if (gn_rules_find(&all->chain->rules, path)) return GN_OK;
    const gn_run *run = run_of_path(all->chain, path);
    const char *what = run ? "{sheets}" : "{figures}";
    const char *folder = gn_store_format(store, "%s/figures", run ? run->folder : all->chain->at.work);
    for (int i = 0; i < all->sheets; i++)
        for (int f = 0; f < all->sheet[i].files.count; f++)
            if (strcmp(replace(store, all->sheet[i].files.word[f], what, folder), path) == 0)
                return add_sheet(all, &all->sheet[i], run);
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

static gn_status read_sheets(const char *path, sheets *all) {
    const gn_study *s = all->chain->study;
    int what, command_column;
    gn_table *table = NULL;
    gn_status status = gn_table_read_plain(path, NULL, &table);
    if (!status) status = gn_table_column(table, "what", &what);
    if (!status) status = gn_table_column(table, "command", &command_column);
    const size_t rows = status ? 0 : gn_table_rows(table);
    if (!status && !(all->sheet = calloc(rows + 1, sizeof *all->sheet)))
        status = gn_fail(GN_EIO, "out of memory for the plan");
    for (size_t row = 0; row < rows && !status; row++) {
        sheet *one = &all->sheet[all->sheets++];
        one->what = gn_store_format(s->store, "%s", gn_table_text(table, row, what));
        one->command = split_command(s->store, gn_table_text(table, row, command_column));
        const char *program = one->command.count ? one->command.word[0] : "";
        if (!gn_catalogue_algorithm(s->catalogue, program))
            status = gn_fail(GN_EFILE, "%s: %s: '%s' is no program", path, one->what, program);
        else if (gn_words_find(&one->command, "--output") < 0)
            status = gn_fail(GN_EFILE, "%s: %s: the command has no --output", path, one->what);
        else
            one->files = written_by(s, &one->command);
    }
    gn_table_free(table);
    return status;
}

/* ---- figures ------------------------------------------------------------------------------------- */

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
        if (!exists(need)) {
            *missing = need;
            *lost = true;
        }
        return files;
    }
    const bool all = strncmp(slash, "/all/", 5) == 0;
    const char *file = slash + (all ? 5 : 1);
    if (!gn_runnable(e) || !gn_chain_ready(c, e)) *missing = name;
    for (int i = 0; i < c->runs; i++) {
        if (c->run[i].experiment != e) continue;
        gn_words_add(store, &files, gn_store_format(store, "%s/%s", c->run[i].folder, file));
        if (!all) break;
    }
    return files;
}

/* Notes the experiments that figures of the paper show. */
static void note_paper(gn_chain *c, const gn_table *table, const int at[3]) {
    for (size_t row = 0; row < gn_table_rows(table); row++) {
        if (strcmp(gn_table_text(table, row, at[1]), "paper") != 0) continue;
        const gn_words needs = gn_words_split(c->study->store, gn_table_text(table, row, at[2]), " ");
        for (int k = 0; k < needs.count; k++) {
            const char *name =
                gn_store_format(c->study->store, "%.*s", (int)strcspn(needs.word[k], "/"), needs.word[k]);
            if (gn_study_find(c->study, name)) gn_words_add_new(c->study->store, &c->paper, name);
        }
    }
}

static gn_status add_figure(sheets *all, const char *name, const char *of, const char *needs_text) {
    gn_chain *c = all->chain;
    gn_store *store = c->study->store;
    const gn_words needs = gn_words_split(store, needs_text, " ");
    const char *missing = NULL;
    bool lost = false;
    gn_rule rule = {.section = "figures (figures/figures.tsv)"};
    rule.target = gn_store_format(store, "%s/%s.svg", c->at.figures, name);
    gn_words_add(store, &rule.beside, gn_store_format(store, "%s/%s.png", c->at.figures, name));
    gn_words_add(store, &rule.needs, gn_store_format(store, "figures/%s.gp", name));
    gn_words_add(store, &rule.needs, "$(figure-helpers)");
    for (int i = 0; i < needs.count; i++) {
        const gn_words files = expand_need(c, needs.word[i], &missing, &lost);
        for (int k = 0; k < files.count; k++)
            gn_words_add_new(store, &rule.needs, files.word[k]);
    }
    /* What is beyond the paper is drawn when its networks are there, or all are trained. */
    if (missing && strcmp(of, "beyond") == 0 && (lost || c->at.released)) return GN_OK;
    rule.command = gn_store_format(store, "$(call draw,%s)", name);
    gn_status status = gn_rules_add(&c->rules, rule);
    for (int i = 0; i < rule.needs.count && !status; i++)
        status = need_sheet(all, rule.needs.word[i]);
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
static gn_status add_side_by_side(sheets *all, const char *file, const gn_words *names) {
    static const char *const sheet_file[] = {"maps.tsv", "direction.tsv", "speed.tsv"};
    gn_chain *c = all->chain;
    gn_store *store = c->study->store;
    gn_rule rule = {.target = gn_store_format(store, "%s.svg", file),
                    .section = "figures of experiments (figures/experiment.gp)"};
    const char *listed = "", *seeds = "";
    gn_words_add(store, &rule.beside, gn_store_format(store, "%s.png", file));
    gn_words_add(store, &rule.needs, "figures/experiment.gp");
    gn_words_add(store, &rule.needs, "$(figure-helpers)");
    for (int n = 0; n < names->count; n++) {
        const gn_experiment *e = gn_study_find(c->study, names->word[n]);
        const gn_run *first = find_run(c, e->name, NULL);
        listed = gn_store_format(store, "%s%s%s", listed, n ? " " : "", e->name);
        seeds = gn_store_format(store, "%s%s%s", seeds, n ? "|" : "", seeds_text(c, e));
        for (size_t i = 0; i < sizeof sheet_file / sizeof *sheet_file; i++)
            gn_words_add(store, &rule.needs, gn_store_format(store, "%s/figures/%s", first->folder, sheet_file[i]));
        gn_words_add(store, &rule.needs, gn_store_format(store, "%s/scores.tsv", first->folder));
        for (int i = 0; i < c->runs; i++)
            if (c->run[i].experiment == e)
                gn_words_add(store, &rule.needs, gn_store_format(store, "%s/log.tsv", c->run[i].folder));
    }
    rule.command = gn_store_format(store, "$(call draw,experiment,%s,names='%s'; seeds='%s')", file, listed, seeds);
    gn_status status = gn_rules_add(&c->rules, rule);
    for (int i = 0; i < rule.needs.count && !status; i++)
        status = need_sheet(all, rule.needs.word[i]);
    return status;
}

/* Adds the table of the classes of units and the final errors of these experiments, for all seeds. */
static gn_status add_compared(sheets *all, const gn_words *names) {
    gn_chain *c = all->chain;
    gn_store *store = c->study->store;
    const char *file = gn_store_format(store, "%s/compare/%s-%s", c->at.work, names->word[0], names->word[1]);
    command k = {.chain = c, .program = "count-classes"};
    for (int n = 0; n < names->count; n++)
        if (!gn_study_find(c->study, names->word[n]) || !find_run(c, names->word[n], NULL))
            return gn_fail(GN_EUSAGE, "compare: '%s' is no experiment (make status lists them)", names->word[n]);
    gn_text_format(&k.line, "%s/count-classes", c->at.bin);
    add_word(&k, "--chance", true);
    add_word(&k, "paper/chance.tsv", true);
    add_word(&k, "--output", true);
    add_word(&k, gn_store_format(store, "%s.tsv", file), true);
    for (int n = 0; n < names->count; n++)
        for (int i = 0; i < c->runs; i++)
            if (strcmp(c->run[i].experiment->name, names->word[n]) == 0) {
                add_word(&k, gn_store_format(store, "%s/scores.tsv", c->run[i].folder), true);
                add_word(&k, gn_store_format(store, "%s/log.tsv", c->run[i].folder), true);
            }
    gn_status status = gn_rules_add(&c->rules, rule_of(&k, "figures of experiments (figures/experiment.gp)", NULL));
    return status ? status : add_side_by_side(all, file, names);
}

gn_status gn_chain_add_figures(gn_chain *c, const char *sheets_path, const char *figures_path,
                               const gn_words *compared) {
    sheets all = {.chain = c};
    static const char *const column[3] = {"figure", "of", "needs"};
    int at[3];
    gn_table *table = NULL;
    gn_status status = read_sheets(sheets_path, &all);
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
    free(all.sheet);
    return status ? status : c->study->store->status;
}

/* ---- the audit ------------------------------------------------------------------------------------ */

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

static void add_audited(const gn_chain *c, const gn_run *run, bool develops, gn_words *files) {
    static const char *const file[] = {"log.tsv",  "errors.tsv",   "scores.tsv",  "selectivity.tsv",
                                       "tsne.tsv", "boundary.tsv", "longrun.tsv", "connectivity.tsv"};
    gn_store *store = c->study->store;
    const gn_words phases = gn_phases_of(c->study, run->experiment);
    for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
        const char *path = gn_store_format(store, "%s/%s", run->folder, file[i]);
        if (gn_rules_find(&c->rules, path)) gn_words_add(store, files, path);
    }
    for (int k = 0; k < phases.count && develops; k++)
        gn_words_add(store, files,
                     gn_store_format(store, "%s/scores.tsv", phase_folder(store, run->folder, phases.word[k])));
}

gn_status gn_chain_add_audit(gn_chain *c, const char *claims, const char *chance, const gn_words *developing,
                             const char *folder, const char **manifest) {
    gn_store *store = c->study->store;
    gn_words names = {0}, files = {0};
    gn_text text = {0};
    gn_status status = read_audited(c, claims, &names);
    gn_text_format(&text, "experiment\tseed\tpath\n");
    for (int i = 0; i < c->runs && !status; i++) {
        const gn_run *run = &c->run[i];
        const char *name = run->experiment->name;
        const int first = files.count;
        if (gn_words_find(&names, name) < 0) continue;
        if (!gn_chain_ready(c, run->experiment) && gn_words_find(&c->paper, name) < 0) continue;
        add_audited(c, run, gn_words_find(developing, name) >= 0, &files);
        for (int k = first; k < files.count; k++)
            gn_text_format(&text, "%s\t%s\t%s\n", name, run->seed, files.word[k]);
    }
    *manifest = gn_store_format(store, "%s", text.byte ? text.byte : "");
    gn_rule rule = {.needs = files, .section = "the verdicts (paper/claims.tsv)"};
    const char *program = gn_store_format(store, "%s/audit-claims", c->at.bin);
    rule.target = gn_store_format(store, "%s/verdicts.tsv", folder);
    gn_words_add(store, &rule.needs, claims);
    gn_words_add(store, &rule.needs, chance);
    gn_words_add(store, &rule.needs, gn_store_format(store, "%s/manifest.tsv", folder));
    gn_words_add(store, &rule.there, program);
    rule.args = gn_store_format(store, "audit-claims algorithm %d\n",
                                gn_catalogue_algorithm(c->study->catalogue, "audit-claims"));
    rule.command =
        gn_store_format(store, "%s --output %s %s %s/manifest.tsv %s", program, rule.target, claims, folder, chance);
    if (!status) status = gn_rules_add(&c->rules, rule);
    if (!status) status = text.status;
    free(text.byte);
    return status;
}

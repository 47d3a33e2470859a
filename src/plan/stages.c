#include "plan/stages.h"

#include <string.h>

#include "plan/command.h"

/* What a stage is applied to: a network, or one of its phases. */
typedef struct {
    const gn_planned_network *network;
    const char *folder; /* folder of the stage's files */
    const char *path;   /* the network that the stage reads */
    bool along;         /* whether the network walks along an animal's track */
} place;

/* Adds {options}: the options that the experiment sets, in the order of the program's table. Options that have the
 * program's default are added to .args but not to the command; so are those of stage->noted. */
static void add_options(gn_command *k, const gn_stage *stage, const gn_planned_network *network, bool along) {
    const gn_study *s = k->chain->study;
    const gn_option *o;
    for (int i = 0; (o = gn_catalogue_option_at(s->catalogue, stage->program, i)); i++) {
        const char *key = gn_study_option_key(s, stage, network->experiment, o->name);
        const char *value = key ? gn_study_value(s, network->experiment, key) : NULL;
        if (!key && gn_words_find(&stage->noted, o->name) >= 0 && !along) gn_command_option(k, o, o->fallback, false);
        if (!key || o->type == GN_OPTION_OUTPUT || o->type == GN_OPTION_FOLDER) continue;
        if (along && gn_words_find(&stage->along, o->name) < 0) continue;
        const bool spoken = value && !(o->fallback && gn_value_same(o, value, o->fallback));
        if (!value) value = o->type == GN_OPTION_FLAG ? "no" : o->fallback;
        if (value) gn_command_option(k, o, value, spoken);
    }
    gn_command_word(k, "--seed", true);
    gn_command_word(k, network->seed, true);
    gn_text_format(&k->line, " $(threads)");
}

/* {first} and {last}: the folders of the first and the last phase; "" when there are no phases. */
static const char *phase_at(const gn_chain *c, const gn_planned_network *network, bool last) {
    const gn_words phases = gn_phases_of(c->study, network->experiment);
    if (phases.count == 0) return "";
    return gn_phase_folder(c->study->store, network->folder, phases.word[last ? phases.count - 1 : 0]);
}

static void expand_word(gn_command *k, const gn_stage *stage, const place *p, const char *word) {
    const gn_chain *c = k->chain;
    gn_store *store = c->study->store;
    if (strcmp(word, "{options}") == 0) {
        add_options(k, stage, p->network, p->along);
    } else if (strcmp(word, "{along}") == 0) {
        if (!p->along) return;
        gn_command_word(k, "--trajectories", true);
        gn_command_word(k, gn_store_format(store, "%s/sample.gn", p->network->folder), true);
    } else if (strcmp(word, "{continue}") == 0) {
        const char *from = gn_study_value(c->study, p->network->experiment, "continue");
        if (!from) return;
        gn_command_word(k, "--continue", true);
        gn_command_word(k, gn_store_format(store, "%s/%s/seed-%s/network.gn", c->at.work, from, p->network->seed),
                        true);
    } else if (strcmp(word, "{early}") == 0) {
        const gn_words phases = gn_phases_of(c->study, p->network->experiment);
        if (phases.count == 0) return;
        gn_command_word(k, "--early", true);
        gn_command_word(k, gn_checkpoint_path(store, p->network->folder, phases.word[0]), true);
    } else if (!k->begun && word[0] == '$') {
        gn_text_format(&k->line, "%s%s", k->line.size ? " " : "", word);
    } else if (!k->begun) {
        gn_text_format(&k->line, "%s%s/%s", k->line.size ? " " : "", c->at.bin, word);
        k->begun = true;
    } else {
        const char *name = p->network->experiment->name;
        word = gn_store_replace(store, word, "{folder}", p->folder);
        word = gn_store_replace(store, word, "{network}", p->path);
        word = gn_store_replace(store, word, "{name}", strchr(name, '/') ? strchr(name, '/') + 1 : name);
        if (strstr(word, "{first}")) word = gn_store_replace(store, word, "{first}", phase_at(c, p->network, false));
        if (strstr(word, "{last}")) word = gn_store_replace(store, word, "{last}", phase_at(c, p->network, true));
        gn_command_word(k, word, true);
    }
}

/* The heading of a network in the plan. */
static const char *section_of(const gn_chain *c, const gn_planned_network *network) {
    const char *title = gn_study_value(c->study, network->experiment, "title");
    return gn_store_format(c->study->store, "%s, seed %s%s%s (%s)", network->experiment->name, network->seed,
                           title ? ": " : "", title ? title : "", network->experiment->file);
}

/* Adds the files that belong to a network, trained or released: its log and the checkpoints of its phases. */
static void add_companions(const gn_chain *c, const gn_planned_network *network, gn_rule *rule) {
    gn_store *store = c->study->store;
    const gn_words phases = gn_phases_of(c->study, network->experiment);
    rule->target = network->path;
    gn_words_add_new(store, &rule->beside, gn_store_format(store, "%s/log.tsv", network->folder));
    for (int i = 0; i < phases.count; i++)
        gn_words_add(store, &rule->beside, gn_checkpoint_path(store, network->folder, phases.word[i]));
}

/* The rule by which a stage makes its file. */
static gn_rule stage_rule(gn_chain *c, const gn_stage *stage, const place *p, const char *section,
                          const char *comment) {
    gn_command k = {.chain = c, .program = stage->program};
    for (int i = 0; i < stage->command.count; i++)
        expand_word(&k, stage, p, stage->command.word[i]);
    return gn_command_rule(&k, section, comment);
}

/* A released network is copied; a comment says by which command it was trained. */
static gn_status add_taken(gn_chain *c, const gn_stage *stage, const place *p, const char *section) {
    gn_store *store = c->study->store;
    const gn_planned_network *network = p->network;
    const gn_rule training = stage_rule(c, stage, p, section, NULL);
    gn_rule rule = {.section = section};
    rule.comment = gn_store_format(store, "Released; it was trained by: %s", training.command);
    rule.command = gn_store_format(store, "@sh experiments/take.sh %s/%s/seed-%s %s", c->at.released,
                                   network->experiment->name, network->seed, network->folder);
    gn_words_add(store, &rule.needs, network->from);
    rule.args = gn_store_format(store, "taken from %s\n%s", c->at.released, training.args);
    rule.also = training.args; /* it was trained here by the same recipe, which gives the same bytes */
    add_companions(c, network, &rule);
    return gn_rules_add(&c->rules, rule);
}

static gn_status add_stage(gn_chain *c, const gn_stage *stage, const place *p, const char *section) {
    gn_store *store = c->study->store;
    const bool trains = strcmp(stage->name, "network") == 0;
    const char *comment = NULL;
    if (trains && p->network->not_taken)
        comment = gn_store_format(store, "(%s/%s/seed-%s is not taken: %s)", c->at.released,
                                  p->network->experiment->name, p->network->seed, p->network->not_taken);
    gn_rule rule = stage_rule(c, stage, p, section, comment);
    if (trains) add_companions(c, p->network, &rule);
    return gn_rules_add(&c->rules, rule);
}

static gn_status add_network_rules(gn_chain *c, const gn_planned_network *network) {
    const gn_study *s = c->study;
    gn_store *store = s->store;
    const gn_words phases = gn_phases_of(s, network->experiment);
    const bool along = gn_study_value(s, network->experiment, "sample.track");
    const char *section = section_of(c, network);
    gn_status status = GN_OK;
    for (int i = 0; i < s->stages && !status; i++) {
        const gn_stage *stage = &s->stage[i];
        const bool trains = strcmp(stage->name, "network") == 0;
        const place whole = {network, network->folder, network->path, along && stage->along.count};
        if (strcmp(stage->of, "track") == 0 && !along) continue;
        if (strcmp(stage->name, "tsne") == 0 && phases.count < 2)
            continue; /* it embeds early, intermediate and late maps */
        status = trains && network->from ? add_taken(c, stage, &whole, section) : add_stage(c, stage, &whole, section);
        for (int k = 0; k < phases.count && strcmp(stage->of, "phase") == 0 && !status; k++) {
            const place phase = {network, gn_phase_folder(store, network->folder, phases.word[k]),
                                 gn_checkpoint_path(store, network->folder, phases.word[k]), whole.along};
            status = add_stage(c, stage, &phase, section);
        }
    }
    return status ? status : store->status;
}

gn_status gn_chain_add_stages(gn_chain *c) {
    gn_status status = GN_OK;
    for (int i = 0; i < c->networks && !status; i++)
        status = add_network_rules(c, &c->network[i]);
    return status;
}

#include "plan/chain.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/write.h"

void gn_chain_need_faulty(const gn_chain *c, gn_words *needs) {
    for (int i = 0; i < c->paper.count; i++) {
        const gn_experiment *e = gn_study_find(c->study, c->paper.word[i]);
        if (e && e->fault) gn_words_add_new(c->study->store, needs, e->name);
    }
}

bool gn_runnable(const gn_experiment *e) {
    return !e->fault && e->sweep.count == 0 && strcmp(e->name, "search") != 0;
}

static bool exists(const char *path) {
    return access(path, F_OK) == 0;
}

gn_words gn_phases_of(const gn_study *s, const gn_experiment *e) {
    const gn_words listed = gn_study_list(s, e, "phases");
    const char *updates = gn_study_training_value(s, e, "updates");
    gn_words phases = {0};
    for (int i = 0; i < listed.count; i++)
        if (!updates || strtol(listed.word[i], NULL, 10) < strtol(updates, NULL, 10))
            gn_words_add(s->store, &phases, listed.word[i]);
    return phases;
}

const char *gn_checkpoint_path(gn_store *store, const char *folder, const char *update) {
    return gn_store_format(store, "%s/checkpoints/update-%06d.gn", folder, (int)strtol(update, NULL, 10));
}

const char *gn_phase_folder(gn_store *store, const char *folder, const char *update) {
    return gn_store_format(store, "%s/update-%06d", folder, (int)strtol(update, NULL, 10));
}

/* Why a network that was released with another version of the training's algorithm is not taken; NULL: it has this one.
 */
static const char *other_algorithm(const gn_chain *c, const char *folder) {
    gn_store *store = c->study->store;
    const char *path = gn_store_format(store, "%s/algorithm", folder);
    void *bytes = NULL;
    size_t size = 0;
    if (gn_read_whole(path, &bytes, &size)) {
        gn_error_clear();
        return gn_store_format(store, "%s cannot be read", path);
    }
    const char *there = gn_store_format(store, "%.*s", (int)strcspn(bytes, "\n"), (const char *)bytes);
    const char *here =
        gn_store_format(store, "train algorithm %d", gn_catalogue_algorithm(c->study->catalogue, "train"));
    free(bytes);
    return strcmp(there, here) == 0 ? NULL : gn_store_format(store, "it was trained by '%s', now '%s'", there, here);
}

/* Decides whether the released network is used instead of a training. */
static void look_for_released(const gn_chain *c, gn_planned_network *network) {
    gn_store *store = c->study->store;
    const gn_words phases = gn_phases_of(c->study, network->experiment);
    if (!c->at.released) return;
    const char *folder =
        gn_store_format(store, "%s/%s/seed-%s", c->at.released, network->experiment->name, network->seed);
    const char *path = gn_store_format(store, "%s/network.gn", folder);
    if (!exists(path)) return;
    network->not_taken = other_algorithm(c, folder);
    if (!network->not_taken) network->not_taken = gn_recipe_differs(c->study, network->experiment, network->seed, path);
    for (int k = 0; k < phases.count && !network->not_taken; k++)
        if (!exists(gn_checkpoint_path(store, folder, phases.word[k])))
            network->not_taken = gn_store_format(store, "it has no checkpoint of update %s", phases.word[k]);
    if (!network->not_taken) network->from = path;
}

static gn_status add_network(gn_chain *c, const gn_experiment *e, const char *seed) {
    gn_store *store = c->study->store;
    if (c->networks == c->room) {
        const int room = c->room ? 2 * c->room : 128;
        gn_planned_network *grown = realloc(c->network, (size_t)room * sizeof *grown);
        if (!grown) return gn_fail(GN_EIO, "out of memory for the plan");
        c->network = grown;
        c->room = room;
    }
    gn_planned_network network = {.experiment = e, .seed = seed};
    network.folder = gn_store_format(store, "%s/%s/seed-%s", c->at.work, e->name, seed);
    network.path = gn_store_format(store, "%s/network.gn", network.folder);
    look_for_released(c, &network);
    network.there = network.from || exists(network.path);
    c->network[c->networks++] = network;
    return store->status;
}

const gn_planned_network *gn_chain_find(const gn_chain *c, const char *name, const char *seed) {
    for (int i = 0; i < c->networks; i++)
        if (strcmp(c->network[i].experiment->name, name) == 0 && (!seed || strcmp(c->network[i].seed, seed) == 0))
            return &c->network[i];
    return NULL;
}

/* An experiment with 0 updates needs no training, so its network counts as present when the one it continues is. */
static void borrow_presence(gn_chain *c, gn_planned_network *network) {
    const char *from = gn_study_value(c->study, network->experiment, "continue");
    if (network->there || !from || gn_study_trains(c->study, network->experiment)) return;
    const gn_planned_network *other = gn_chain_find(c, from, network->seed);
    network->there = other && other->there;
}

gn_status gn_chain_new(const gn_study *s, gn_folders at, gn_chain *c) {
    gn_status status = GN_OK;
    *c = (gn_chain){.study = s, .at = at, .rules = {.store = s->store}};
    for (int i = 0; i < s->experiments && !status; i++) {
        const gn_experiment *e = &s->experiment[i];
        if (!gn_runnable(e)) continue;
        const gn_words seeds = gn_study_list(s, e, "seeds");
        for (int k = 0; k < seeds.count && !status; k++)
            status = add_network(c, e, seeds.word[k]);
    }
    for (int i = 0; i < c->networks; i++)
        borrow_presence(c, &c->network[i]);
    if (status) gn_chain_free(c);
    return status;
}

gn_status gn_chain_distrust(const gn_chain *c) {
    for (int i = 0; i < c->networks; i++) {
        const gn_planned_network *n = &c->network[i];
        const char *args = gn_store_format(c->study->store, "%s.args", n->path);
        if (n->from || !exists(n->path) || !exists(args) || !gn_file_not_older(n->path, args)) continue;
        const char *why = gn_recipe_differs(c->study, n->experiment, n->seed, n->path);
        if (!why) continue;
        fprintf(stderr, "plan: %s: not by this recipe, and to be made again: %s\n", n->path, why);
        if (utimensat(AT_FDCWD, args, NULL, 0)) return gn_fail_errno("%s", args);
    }
    return c->study->store->status;
}

void gn_chain_free(gn_chain *c) {
    gn_rules_free(&c->rules);
    free(c->network);
    *c = (gn_chain){0};
}

bool gn_chain_ready(const gn_chain *c, const gn_experiment *e) {
    int seeds = 0;
    for (int i = 0; i < c->networks; i++)
        if (c->network[i].experiment == e) {
            seeds++;
            if (!c->network[i].there) return false;
        }
    return seeds > 0;
}

gn_words gn_chain_files(const gn_chain *c, const gn_experiment *e) {
    gn_words files = {0};
    for (int i = 0; i < c->networks; i++) {
        if (c->network[i].experiment != e) continue;
        const size_t length = strlen(c->network[i].folder);
        for (int r = 0; r < c->rules.rules; r++) {
            const gn_rule *rule = &c->rules.rule[r];
            if (strncmp(rule->target, c->network[i].folder, length) != 0 || rule->target[length] != '/') continue;
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

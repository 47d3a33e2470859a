#include "plan/chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/write.h"

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
static void look_for_released(const gn_chain *c, gn_run *run) {
    gn_store *store = c->study->store;
    const gn_words phases = gn_phases_of(c->study, run->experiment);
    if (!c->at.released) return;
    const char *folder = gn_store_format(store, "%s/%s/seed-%s", c->at.released, run->experiment->name, run->seed);
    const char *path = gn_store_format(store, "%s/network.gn", folder);
    if (!exists(path)) return;
    run->not_taken = other_algorithm(c, folder);
    if (!run->not_taken) run->not_taken = gn_recipe_differs(c->study, run->experiment, run->seed, path);
    for (int k = 0; k < phases.count && !run->not_taken; k++)
        if (!exists(gn_checkpoint_path(store, folder, phases.word[k])))
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

const gn_run *gn_chain_find_run(const gn_chain *c, const char *name, const char *seed) {
    for (int i = 0; i < c->runs; i++)
        if (strcmp(c->run[i].experiment->name, name) == 0 && (!seed || strcmp(c->run[i].seed, seed) == 0))
            return &c->run[i];
    return NULL;
}

/* An experiment with 0 updates needs no training, so its network counts as present when the one it continues is. */
static void borrow_presence(gn_chain *c, gn_run *run) {
    const char *from = gn_study_value(c->study, run->experiment, "continue");
    if (run->there || !from || gn_study_trains(c->study, run->experiment)) return;
    const gn_run *other = gn_chain_find_run(c, from, run->seed);
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

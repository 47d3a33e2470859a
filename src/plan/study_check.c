/* Checks of what the keys of an experiment say together, once all of them, and the command line's, are known. They
 * refuse what the programs would only refuse after hours of training. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "plan/chain.h"
#include "plan/study_parts.h"
#include "walk/arena.h"

/* ---- where a key is set ------------------------------------------------------------------------ */

/* How far away the setting of a key is that counts for e: first what the command line says of e, then its own file,
 * then likewise the experiment it is like. */
static int distance(const gn_study *s, const gn_experiment *e, const gn_setting *set) {
    int away = 0;
    for (; e && away < 100; away++) {
        if (set >= e->setting && set < e->setting + e->settings) return 2 * away + (set->file != gn_command_line);
        const gn_setting *like = gn_setting_find(e, "like", false);
        e = like ? gn_study_find(s, like->value) : NULL;
    }
    return set ? 1000 : 2000; /* a default of the study, of the program */
}

/* Blames an experiment for the key that is set nearest to it, of several separated by blanks that do not go together.
 */
static void blame(gn_study *s, gn_experiment *e, const char *keys, const char *fault) {
    const gn_words words = gn_words_split(s->store, keys, " ");
    const char *key = words.word[0];
    for (int i = 1; i < words.count; i++)
        if (distance(s, e, gn_setting_used(s, e, words.word[i])) < distance(s, e, gn_setting_used(s, e, key)))
            key = words.word[i];
    const gn_setting *set = gn_setting_used(s, e, key);
    const char *where = !set || !set->line ? (set && set->file ? set->file : e->file)
                                           : gn_store_format(s->store, "%s:%d", set->file, set->line);
    gn_study_blame(e, gn_store_format(s->store, "%s: %s", where, fault));
}

/* ---- the checks -------------------------------------------------------------------------------- */

/* Only checkpoints that the training keeps can be analysed. */
static void check_phases(gn_study *s, gn_experiment *e) {
    const gn_words phases = gn_phases_of(s, e);
    const char *list = gn_study_training_value(s, e, "checkpoint-updates");
    const gn_words kept = gn_words_split(s->store, list ? list : "", ",");
    for (int i = 0; i < phases.count && !e->fault; i++) {
        bool found = false;
        for (int k = 0; k < kept.count; k++)
            found |= strtol(kept.word[k], NULL, 10) == strtol(phases.word[i], NULL, 10);
        if (!found)
            blame(s, e, "phases checkpoint-updates updates",
                  gn_store_format(s->store,
                                  "%s.phases: %s: no checkpoint is kept after that update (%s.checkpoint-updates: %s)",
                                  e->name, phases.word[i], e->name, list ? list : "none"));
    }
}

static void check_trials(gn_study *s, gn_experiment *e) {
    const char *trials = gn_study_training_value(s, e, "trials");
    const char *curvature = gn_study_training_value(s, e, "curvature-trials");
    if (!trials || !curvature || strtol(curvature, NULL, 10) <= strtol(trials, NULL, 10)) return;
    blame(s, e, "curvature-trials trials",
          gn_store_format(s->store, "%s.curvature-trials: %s is more than %s.trials %s", e->name, curvature, e->name,
                          trials));
}

/* A polygon is given by its corners, in every stage that walks in one. */
static void check_corners(gn_study *s, gn_experiment *e) {
    const bool along = gn_study_value(s, e, "sample.track");
    for (int i = 0; i < s->stages && !e->fault; i++) {
        const gn_stage *stage = &s->stage[i];
        if (strcmp(stage->of, "track") == 0 && !along) continue;
        const char *arena = gn_study_option_key(s, stage, e, "arena");
        const char *corners = gn_study_option_key(s, stage, e, "arena-corners");
        const char *shape = arena ? gn_study_value(s, e, arena) : NULL;
        if (!corners || !shape || strcmp(shape, gn_arena_name(GN_POLYGON)) != 0 || gn_study_value(s, e, corners))
            continue;
        blame(s, e, arena,
              gn_store_format(s->store, "%s.%s: a polygon needs %s.%s-corners = x,y x,y ...", e->name, arena, e->name,
                              arena));
    }
}

/* The network of the same seed is continued. */
static void check_continued_seeds(gn_study *s, gn_experiment *e) {
    const char *name = gn_study_value(s, e, "continue");
    const gn_experiment *other = name ? gn_study_find(s, name) : NULL;
    if (!other || e->fault) return;
    if (other->sweep.count) {
        blame(s, e, "continue", gn_store_format(s->store, "%s.continue: %s", e->name, gn_sweep_fault(s, other)));
        return;
    }
    const gn_words seeds = gn_study_list(s, e, "seeds"), there = gn_study_list(s, other, "seeds");
    for (int i = 0; i < seeds.count && !e->fault; i++)
        if (gn_words_find(&there, seeds.word[i]) < 0)
            blame(s, e, "continue seeds",
                  gn_store_format(s->store, "%s.continue: %s has no seed %s (its seeds: %s)", e->name, name,
                                  seeds.word[i], gn_study_value(s, other, "seeds")));
}

gn_status gn_study_check(gn_study *s) {
    for (int i = 0; i < s->experiments; i++) {
        gn_experiment *e = &s->experiment[i];
        if (!gn_runnable(e) || e->search) continue; /* a row of the search that fails keeps its place in the ranking */
        check_trials(s, e);
        check_phases(s, e);
        check_corners(s, e);
        check_continued_seeds(s, e);
    }
    return s->store->status;
}

const char *gn_sweep_fault(const gn_study *s, const gn_experiment *e) {
    gn_text names = {0};
    for (int i = 0; i < e->sweep.count; i++)
        gn_text_format(&names, "%s%s", i ? ", " : "", e->sweep.word[i]);
    const char *fault =
        gn_store_format(s->store, "'%s' is a sweep: name one of %s", e->name, names.byte ? names.byte : "");
    free(names.byte);
    return fault;
}

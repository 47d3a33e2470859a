#include "plan/study_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "walk/arena.h"

const gn_study_key gn_study_keys[] = {
    {.name = "title", .fallback = "-", .accepted = "text", .help = "what the experiment is about, in a few words"},
    {.name = "seeds", .fallback = "1", .accepted = "integers", .help = "seeds, with one network for each"},
    {.name = "like",
     .fallback = "-",
     .accepted = "experiment",
     .help = "take keys that are not set here from this experiment"},
    {.name = "sweep",
     .fallback = "-",
     .accepted = "KEY: VALUE ...",
     .help = "make an experiment NAME-VALUE for each value of this key"},
    {.name = "continue",
     .fallback = "-",
     .accepted = "experiment",
     .help = "start from the network of this experiment with the same seed"},
    {.name = "phases",
     .fallback = "-",
     .accepted = "updates, separated by commas",
     .help = "updates whose checkpoints are analysed too"},
    {0},
};

const char *const gn_command_line = "command line";

/* ---- memory ----------------------------------------------------------------------------------- */

void gn_study_free(gn_study *s) {
    for (int i = 0; i < s->experiments; i++)
        free(s->experiment[i].setting);
    free(s->defaults.setting);
    free(s->quick.setting);
    free(s->experiment);
    free(s->stage);
    *s = (gn_study){0};
}

gn_status gn_study_add_setting(gn_experiment *e, gn_setting setting) {
    if (e->settings == e->room) {
        const int room = e->room ? 2 * e->room : 16;
        gn_setting *grown = realloc(e->setting, (size_t)room * sizeof *grown);
        if (!grown) return gn_fail(GN_EIO, "out of memory for the plan");
        e->setting = grown;
        e->room = room;
    }
    e->setting[e->settings++] = setting;
    return GN_OK;
}

gn_experiment *gn_study_find(const gn_study *s, const char *name) {
    for (int i = 0; i < s->experiments; i++)
        if (strcmp(s->experiment[i].name, name) == 0) return &s->experiment[i];
    return NULL;
}

gn_words gn_study_names(const gn_study *s) {
    gn_words names = {0};
    for (int i = 0; i < s->experiments; i++)
        gn_words_add(s->store, &names, s->experiment[i].name);
    return names;
}

/* The experiment of this name, which is added when there is none. NULL: no memory. */
gn_experiment *gn_study_find_or_add(gn_study *s, const char *name, const char *file) {
    gn_experiment *e = gn_study_find(s, name);
    if (e) return e;
    if (s->experiments == s->room) {
        const int room = s->room ? 2 * s->room : 64;
        gn_experiment *grown = realloc(s->experiment, (size_t)room * sizeof *grown);
        if (!grown) {
            gn_fail(GN_EIO, "out of memory for the plan");
            return NULL;
        }
        s->experiment = grown;
        s->room = room;
    }
    s->experiment[s->experiments] = (gn_experiment){.name = name, .file = file};
    return &s->experiment[s->experiments++];
}

void gn_study_blame(gn_experiment *e, const char *fault) {
    if (!e->fault) e->fault = fault;
}

/* ---- stages and keys -------------------------------------------------------------------------- */

static gn_status read_stage(gn_study *s, const char *path, const gn_table *table, size_t row, const int at[7]) {
    gn_stage *stage = &s->stage[s->stages++];
    stage->name = gn_store_format(s->store, "%s", gn_table_text(table, row, at[0]));
    stage->file = gn_store_format(s->store, "%s", gn_table_text(table, row, at[1]));
    stage->of = gn_store_format(s->store, "%s", gn_table_text(table, row, at[2]));
    stage->keys = gn_words_split(s->store, gn_table_text(table, row, at[3]), " ");
    for (int k = 0; k < stage->keys.count; k++)
        if (strcmp(stage->keys.word[k], "-") == 0) stage->keys.word[k] = "";
    const char *excluded = gn_table_text(table, row, at[4]), *along = gn_table_text(table, row, at[5]);
    const gn_words not_keys = gn_words_split(s->store, strcmp(excluded, "-") == 0 ? "" : excluded, " ");
    for (int k = 0; k < not_keys.count; k++) {
        const char *name = gn_store_format(s->store, "%.*s", (int)strcspn(not_keys.word[k], "="), not_keys.word[k]);
        gn_words_add(s->store, &stage->not_keys, name);
        if (strchr(not_keys.word[k], '=')) gn_words_add(s->store, &stage->noted, name);
    }
    if (strcmp(along, "-") != 0) stage->along = gn_words_split(s->store, along, " ");
    stage->command = gn_words_split(s->store, gn_table_text(table, row, at[6]), " ");
    int first = 0;
    while (first < stage->command.count && stage->command.word[first][0] == '$')
        first++; /* the program's name comes after $(LAUNCH) */
    stage->program = first < stage->command.count ? stage->command.word[first] : "";
    if (gn_parse_choice(stage->of, "network|phase|track") < 0)
        return gn_fail(GN_EFILE, "%s: stage %s is of '%s', accepted: network, phase, track", path, stage->name,
                       stage->of);
    if (gn_words_find(&stage->command, "--output") < 0)
        return gn_fail(GN_EFILE, "%s: stage %s: the command has no --output", path, stage->name);
    if (!gn_catalogue_algorithm(s->catalogue, stage->program))
        return gn_fail(GN_EFILE, "%s: stage %s: '%s' is no program", path, stage->name, stage->program);
    return gn_placeholders_known(s->store, &stage->command,
                                 "options folder network first last early continue along name", path, stage->name);
}

gn_status gn_study_new(const gn_catalogue *catalogue, gn_store *store, const char *path, bool is_quick, gn_study *s) {
    static const char *const column[7] = {"stage", "file", "of", "keys", "not", "along", "command"};
    int at[7];
    gn_table *table = NULL;
    *s = (gn_study){.catalogue = catalogue,
                    .store = store,
                    .is_quick = is_quick,
                    .defaults = {.name = "default"},
                    .quick = {.name = "quick"}};
    gn_status status = gn_table_read_plain(path, NULL, &table);
    for (int c = 0; c < 7 && !status; c++)
        status = gn_table_column(table, column[c], &at[c]);
    const size_t rows = status ? 0 : gn_table_rows(table);
    if (!status && !(s->stage = calloc(rows + 1, sizeof *s->stage)))
        status = gn_fail(GN_EIO, "out of memory for the plan");
    for (size_t row = 0; row < rows && !status; row++)
        status = read_stage(s, path, table, row, at);
    gn_table_free(table);
    if (status) gn_study_free(s);
    return status;
}

bool gn_is_study_key(const char *key) {
    for (const gn_study_key *k = gn_study_keys; k->name; k++)
        if (strcmp(k->name, key) == 0) return true;
    return false;
}

/* The option for which a key of a family stands: "bins" for "probe.bins" and the family "probe". NULL when the key
 * belongs to another family. */
static const char *option_of(const char *family, const char *key) {
    const size_t length = strlen(family);
    if (length == 0) return strchr(key, '.') ? NULL : key;
    return strncmp(key, family, length) == 0 && key[length] == '.' ? key + length + 1 : NULL;
}

/* Whether the command of a stage itself sets this option, which is then not a key. */
static bool given_by_chain(const gn_stage *stage, const char *option) {
    for (int i = 0; i < stage->command.count; i++)
        if (strncmp(stage->command.word[i], "--", 2) == 0 && strcmp(stage->command.word[i] + 2, option) == 0)
            return true;
    return false;
}

/* Whether a key of this family may set the option of the stage. Keys that several stages share set only what their
 * programs have in common with the training: how the animal walks. */
static bool is_key(const gn_study *s, const gn_stage *stage, const char *family, const gn_option *o) {
    const bool shared = strcmp(family, stage->name) != 0 && strcmp(stage->name, "network") != 0;
    const bool length = strcmp(o->name, "trials") == 0 || strcmp(o->name, "steps") == 0;
    if (o->type == GN_OPTION_OUTPUT || o->type == GN_OPTION_FOLDER) return false;
    if (given_by_chain(stage, o->name) || gn_words_find(&stage->not_keys, o->name) >= 0) return false;
    if (shared && !gn_catalogue_option(s->catalogue, "train", o->name)) return false;
    if (strcmp(family, "walk") == 0 && (length || !gn_catalogue_option(s->catalogue, "sample-trajectories", o->name)))
        return false;
    return true;
}

const gn_option *gn_study_key_option(const gn_study *s, const char *key) {
    for (int i = 0; i < s->stages; i++)
        for (int k = 0; k < s->stage[i].keys.count; k++) {
            const char *family = s->stage[i].keys.word[k], *option = option_of(family, key);
            const gn_option *row = option ? gn_catalogue_option(s->catalogue, s->stage[i].program, option) : NULL;
            if (row && is_key(s, &s->stage[i], family, row)) return row;
        }
    return NULL;
}

const char *gn_study_option_key(const gn_study *s, const gn_stage *stage, const gn_experiment *e, const char *option) {
    const char *first = NULL;
    for (int k = 0; k < stage->keys.count; k++) {
        const char *family = stage->keys.word[k];
        const char *key = *family ? gn_store_format(s->store, "%s.%s", family, option) : option;
        const gn_option *row = gn_catalogue_option(s->catalogue, stage->program, option);
        if (!row || !is_key(s, stage, family, row) || gn_is_study_key(key)) continue;
        if (!first) first = key;
        if (gn_study_value(s, e, key)) return key; /* the first family in which the experiment has a value for it */
    }
    return first;
}

gn_words gn_study_all_keys(const gn_study *s) {
    gn_words keys = {0};
    const gn_option *o;
    for (const gn_study_key *k = gn_study_keys; k->name; k++)
        gn_words_add(s->store, &keys, k->name);
    for (int i = 0; i < s->stages; i++)
        for (int f = 0; f < s->stage[i].keys.count; f++) {
            const char *family = s->stage[i].keys.word[f];
            for (int k = 0; (o = gn_catalogue_option_at(s->catalogue, s->stage[i].program, k)); k++) {
                if (!is_key(s, &s->stage[i], family, o)) continue;
                const char *key = *family ? gn_store_format(s->store, "%s.%s", family, o->name) : o->name;
                if (!gn_is_study_key(key)) gn_words_add_new(s->store, &keys, key);
            }
        }
    return keys;
}

/* ---- values ----------------------------------------------------------------------------------- */

const gn_setting *gn_setting_find(const gn_experiment *e, const char *key, bool from_command_line) {
    for (int i = e->settings - 1; i >= 0; i--)
        if (strcmp(e->setting[i].key, key) == 0 && (e->setting[i].file == gn_command_line) == from_command_line)
            return &e->setting[i];
    return NULL;
}

/* Whether settings of this kind give another arena than a polygon: corners that are set farther away are then not
 * inherited, since they are those of another arena. */
static bool ends_corners(const gn_experiment *e, const char *key, bool from_command_line) {
    static const char corners[] = "arena-corners";
    char arena[64];
    const size_t length = strlen(key), end = sizeof corners - 1;
    if (length < end || length >= sizeof arena || strcmp(key + length - end, corners) != 0) return false;
    snprintf(arena, sizeof arena, "%.*s", (int)(length - strlen("-corners")), key);
    const gn_setting *set = gn_setting_find(e, arena, from_command_line);
    return set && strcmp(set->value, gn_arena_name(GN_POLYGON)) != 0;
}

/* The setting of an experiment, or of the one it is like, and so on. Circles were refused before. */
static const gn_setting *inherited(const gn_study *s, const gn_experiment *e, const char *key) {
    for (int depth = 0; e && depth < 100; depth++) {
        for (int file = 0; file < 2; file++) { /* the command line's settings come first */
            const gn_setting *own = gn_setting_find(e, key, !file);
            if (own) return own;
            if (ends_corners(e, key, !file)) return NULL;
        }
        const gn_setting *like = strcmp(key, "like") == 0 ? NULL : gn_setting_find(e, "like", false);
        e = like ? gn_study_find(s, like->value) : NULL;
    }
    return NULL;
}

const gn_setting *gn_setting_used(const gn_study *s, const gn_experiment *e, const char *key) {
    const gn_setting *set = gn_setting_find(e, key, true);
    if (!set && s->is_quick) set = gn_setting_find(&s->quick, key, false);
    if (!set) set = inherited(s, e, key);
    return set ? set : gn_setting_find(&s->defaults, key, false);
}

const char *gn_study_value(const gn_study *s, const gn_experiment *e, const char *key) {
    const gn_setting *set = gn_setting_used(s, e, key);
    if (set) return strcmp(set->value, "-") == 0 ? NULL : set->value;
    for (const gn_study_key *k = gn_study_keys; k->name; k++)
        if (strcmp(k->name, key) == 0) return strcmp(k->fallback, "-") == 0 ? NULL : k->fallback;
    return NULL;
}

const char *gn_study_training_value(const gn_study *s, const gn_experiment *e, const char *option) {
    const char *value = gn_study_value(s, e, option);
    const gn_option *o = gn_catalogue_option(s->catalogue, "train", option);
    return value || !o ? value : o->fallback;
}

bool gn_study_trains(const gn_study *s, const gn_experiment *e) {
    const char *updates = gn_study_training_value(s, e, "updates");
    return !updates || strtol(updates, NULL, 10) > 0;
}

gn_words gn_study_list(const gn_study *s, const gn_experiment *e, const char *key) {
    const char *value = gn_study_value(s, e, key);
    return gn_words_split(s->store, value ? value : "", " ,");
}

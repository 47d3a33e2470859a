#include "plan/study.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/write.h"
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

static const char *const command_line = "command line";

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

static gn_status add_setting(gn_experiment *e, gn_setting setting) {
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

static gn_words names_of(const gn_study *s) {
    gn_words names = {0};
    for (int i = 0; i < s->experiments; i++)
        gn_words_add(s->store, &names, s->experiment[i].name);
    return names;
}

/* The experiment of this name, which is added when there is none. NULL: no memory. */
static gn_experiment *find_or_add(gn_study *s, const char *name, const char *file) {
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

static void blame(gn_experiment *e, const char *fault) {
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
    if (strcmp(excluded, "-") != 0) stage->not_keys = gn_words_split(s->store, excluded, " ");
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

static bool is_study_key(const char *key) {
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
        if (!row || !is_key(s, stage, family, row) || is_study_key(key)) continue;
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
                if (!is_study_key(key)) gn_words_add_new(s->store, &keys, key);
            }
        }
    return keys;
}

/* ---- values ----------------------------------------------------------------------------------- */

static const gn_setting *find_setting(const gn_experiment *e, const char *key, bool from_command_line) {
    for (int i = e->settings - 1; i >= 0; i--)
        if (strcmp(e->setting[i].key, key) == 0 && (e->setting[i].file == command_line) == from_command_line)
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
    const gn_setting *set = find_setting(e, arena, from_command_line);
    return set && strcmp(set->value, gn_arena_name(GN_POLYGON)) != 0;
}

/* The setting of an experiment, or of the one it is like, and so on. Circles were refused before. */
static const gn_setting *inherited(const gn_study *s, const gn_experiment *e, const char *key) {
    for (int depth = 0; e && depth < 100; depth++) {
        for (int file = 0; file < 2; file++) { /* the command line's settings come first */
            const gn_setting *own = find_setting(e, key, !file);
            if (own) return own;
            if (ends_corners(e, key, !file)) return NULL;
        }
        const gn_setting *like = strcmp(key, "like") == 0 ? NULL : find_setting(e, "like", false);
        e = like ? gn_study_find(s, like->value) : NULL;
    }
    return NULL;
}

const char *gn_study_value(const gn_study *s, const gn_experiment *e, const char *key) {
    const gn_setting *set = find_setting(e, key, true);
    if (!set && s->is_quick) set = find_setting(&s->quick, key, false);
    if (!set) set = inherited(s, e, key);
    if (!set) set = find_setting(&s->defaults, key, false);
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

/* ---- checks of one setting -------------------------------------------------------------------- */

/* Checks a list of different integers from 0 to 2^53 - 1. Returns what is wrong with it, or NULL. */
static const char *list_fault(gn_study *s, const char *value, const char *separator) {
    const gn_words words = gn_words_split(s->store, value, separator);
    int64_t number;
    if (words.count == 0) return "no number in the list";
    const size_t parts = strlen(separator) == 1 && *separator == ',' ? 1 : 0;
    if (parts && (strstr(value, ",,") || value[0] == ',' || value[strlen(value) - 1] == ','))
        return "not an integer between two commas";
    for (int i = 0; i < words.count; i++) {
        if (!gn_parse_int(words.word[i], &number) || number < 0 || number > 9007199254740991)
            return gn_store_format(s->store, "not an integer from 0 (%s)", words.word[i]);
        for (int k = 0; k < i; k++)
            if (strcmp(words.word[i], words.word[k]) == 0)
                return gn_store_format(s->store, "given twice (%s)", words.word[i]);
    }
    return NULL;
}

/* Refuses characters that make or the shell would change even within quotes. Titles are not used in commands, so most
 * are accepted there. */
static const char *plain_fault(const char *key, const char *value) {
    const bool title = strcmp(key, "title") == 0;
    for (const char *p = value; *p; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7f) return "a control character; expected a plain value";
        if (strchr(title ? "$\\" : "$`\\'\"*?[];|<>&", *p))
            return "expected a plain value, without $ ` \\ ' \" * ? [ ] ; | < > &";
    }
    return NULL;
}

/* Refuses names of files that a rule of make cannot have as a prerequisite: make would take an = for an assignment, and
 * a ~ for a home, which the quoted name in the command is not. */
static const char *file_fault(const char *value) {
    if (strpbrk(value, "=%") || *value == '~')
        return "expected the name of a file without = and %, and no ~ for a home";
    return NULL;
}

/* Checks one KEY = VALUE without regard to other settings. Returns what is wrong with it, or NULL. */
static const char *setting_fault(gn_study *s, const char *key, const char *value) {
    if (!*value) return "no value";
    const char *fault = plain_fault(key, value);
    if (fault) return fault;
    if (strcmp(key, "seeds") == 0) return list_fault(s, value, " ");
    if (strcmp(key, "phases") == 0 || strcmp(key, "checkpoint-updates") == 0)
        return strcmp(value, "-") == 0 ? NULL : list_fault(s, value, ",");
    if (is_study_key(key)) return NULL;
    const gn_option *option = gn_study_key_option(s, key);
    if (option && option->type == GN_OPTION_INPUT && file_fault(value)) return file_fault(value);
    if (option) return strcmp(value, "-") == 0 ? NULL : gn_value_fault(s->store, option, value);
    const gn_words keys = gn_study_all_keys(s);
    const char *nearest = gn_nearest(&keys, key);
    if (!nearest) return "unknown key (make keys lists them)";
    const gn_option *near = gn_study_key_option(s, nearest);
    return gn_store_format(s->store, "unknown key; the nearest is %s (%s)", nearest,
                           near ? gn_value_accepted(s->store, near) : "a key of the study");
}

/* ---- reading ---------------------------------------------------------------------------------- */

typedef struct {
    const char *name, *key, *value;
    const char *fault; /* what is wrong with the form of the line; NULL: nothing */
} assignment;

/* A copy without blanks at its ends. */
static const char *trimmed(gn_store *store, const char *from, size_t length) {
    while (length && isspace((unsigned char)*from)) {
        from++;
        length--;
    }
    while (length && isspace((unsigned char)from[length - 1]))
        length--;
    return gn_store_format(store, "%.*s", (int)length, from);
}

/* Reads NAME.KEY = VALUE # comment; false when the line is something else. */
static bool read_assignment(gn_store *store, const char *line, assignment *a) {
    const size_t name = strspn(line, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    if (name == 0 || line[name] != '.') return false;
    const char *key = line + name + 1;
    const size_t key_length = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789.-");
    const char *sign = key + key_length + strspn(key + key_length, " \t");
    if (key_length == 0 || !strchr("=:+?!", *sign) || !*sign || (*sign != '=' && !strchr(sign, '='))) return false;
    *a = (assignment){.name = trimmed(store, line, name), .key = trimmed(store, key, key_length)};
    if (*sign != '=') a->fault = "expected NAME.KEY = VALUE";
    const char *value = strchr(sign, '=') + 1;
    size_t length = strlen(value);
    for (const char *hash = strchr(value, '#'); hash; hash = strchr(hash + 1, '#'))
        if (hash == value || isspace((unsigned char)hash[-1])) { /* a # inside a word does not begin a comment */
            length = (size_t)(hash - value);
            break;
        }
    a->value = trimmed(store, value, length);
    return true;
}

/* The name of a file without folder and ending: "square" for "experiments/square.mk". */
static const char *stem_of(gn_store *store, const char *path) {
    const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    const char *dot = strrchr(base, '.');
    return gn_store_format(store, "%.*s", (int)(dot ? (size_t)(dot - base) : strlen(base)), base);
}

static bool belongs(const char *name, const char *stem) {
    const size_t length = strlen(stem);
    return strncmp(name, stem, length) == 0 && (name[length] == '\0' || name[length] == '-');
}

static gn_status read_line(gn_study *s, const char *path, const char *stem, int number, const char *line) {
    assignment a;
    if (!read_assignment(s->store, line, &a)) return GN_OK;
    const char *file = gn_store_format(s->store, "%s", path);
    gn_experiment *e = find_or_add(s, belongs(a.name, stem) ? a.name : stem, file);
    if (!e) return GN_EIO;
    const char *fault = a.fault ? a.fault : setting_fault(s, a.key, a.value);
    const bool misplaced = !belongs(a.name, stem);
    if (misplaced) fault = gn_store_format(s->store, "expected %s.KEY or %s-....KEY", stem, stem);
    const gn_setting *before = misplaced ? NULL : find_setting(e, a.key, false);
    if (before) fault = gn_store_format(s->store, "given before at %s:%d", before->file, before->line);
    if (fault) blame(e, gn_store_format(s->store, "%s:%d: %s.%s: %s", path, number, a.name, a.key, fault));
    if (misplaced) return GN_OK;
    return add_setting(e, (gn_setting){.key = a.key, .value = a.value, .file = file, .line = number});
}

/* Calls take() for each line of a file except those that are continued by a backslash, which are not assignments of
 * keys. */
static gn_status each_line(const char *path, gn_status (*take)(void *, int, const char *), void *context) {
    void *bytes;
    size_t size;
    gn_status status = gn_read_whole(path, &bytes, &size);
    if (status) return status;
    if (memchr(bytes, '\0', size)) status = gn_fail(GN_EFILE, "%s: not text: a NUL byte", path);
    char *rest = bytes;
    int number = 0;
    for (char *line; !status && (line = strsep(&rest, "\n"));)
        status = take(context, ++number, line);
    free(bytes);
    return status;
}

typedef struct {
    gn_study *study;
    const char *path, *stem;
} reading;

static gn_status take_line(void *context, int number, const char *line) {
    const reading *r = context;
    return read_line(r->study, r->path, r->stem, number, line);
}

gn_status gn_study_read(gn_study *s, const char *path) {
    reading r = {s, path, stem_of(s->store, path)};
    return each_line(path, take_line, &r);
}

static gn_status take_default(void *context, int number, const char *line) {
    const reading *r = context;
    assignment a;
    if (!read_assignment(r->study->store, line, &a)) return GN_OK;
    gn_experiment *of = strcmp(a.name, "quick") == 0 ? &r->study->quick : &r->study->defaults;
    const char *fault = a.fault ? a.fault : setting_fault(r->study, a.key, a.value);
    if (strcmp(a.name, of->name) != 0) fault = "expected default.KEY or quick.KEY";
    if (fault) return gn_fail(GN_EUSAGE, "%s:%d: %s.%s: %s", r->path, number, a.name, a.key, fault);
    return add_setting(of, (gn_setting){.key = a.key, .value = a.value, .file = "defaults", .line = number});
}

gn_status gn_study_read_defaults(gn_study *s, const char *path) {
    reading r = {s, path, "default"};
    return each_line(path, take_default, &r);
}

/* Makes an experiment from a row of the search. Messages name its id, as tables do not keep line numbers. */
static gn_status read_row(gn_study *s, const char *path, const char *id, const char *overrides, const char *note) {
    const char *file = gn_store_format(s->store, "%s", path);
    gn_experiment *e = find_or_add(s, gn_store_format(s->store, "search/%s", id), file);
    if (!e) return GN_EIO;
    if (e->search) blame(e, gn_store_format(s->store, "%s: %s: there twice", path, id));
    e->search = true;
    e->note = gn_store_format(s->store, "%s", note);
    gn_status status = add_setting(e, (gn_setting){.key = "like", .value = "search", .file = file});
    const gn_words words = gn_words_split(s->store, strcmp(overrides, "-") == 0 ? "" : overrides, " ");
    for (int i = 0; i < words.count && !status; i++) {
        const char *sign = strchr(words.word[i], '=');
        const char *key = gn_store_format(s->store, "%.*s", (int)strcspn(words.word[i], "="), words.word[i]);
        const char *value = sign ? sign + 1 : "";
        if (strcmp(key, "seeds") == 0) { /* the list of seeds is written seeds=1,2,3, as blanks separate keys */
            char *list = strdup(value);
            for (char *comma = list; comma && (comma = strchr(comma, ',')); comma++)
                *comma = ' ';
            value = gn_store_format(s->store, "%s", list ? list : "");
            free(list);
        }
        const char *fault = sign ? setting_fault(s, key, value) : "expected KEY=VALUE";
        if (fault) blame(e, gn_store_format(s->store, "%s: %s: %s: %s", path, id, key, fault));
        status = add_setting(e, (gn_setting){.key = key, .value = value, .file = file});
    }
    return status;
}

gn_status gn_study_read_search(gn_study *s, const char *path) {
    int id, overrides, note;
    gn_table *table = NULL;
    gn_status status = gn_table_read_plain(path, NULL, &table);
    if (!status) status = gn_table_column(table, "id", &id);
    if (!status) status = gn_table_column(table, "overrides", &overrides);
    if (!status) status = gn_table_column(table, "note", &note);
    for (size_t row = 0; !status && row < gn_table_rows(table); row++)
        status = read_row(s, path, gn_table_text(table, row, id), gn_table_text(table, row, overrides),
                          gn_table_text(table, row, note));
    gn_table_free(table);
    return status;
}

gn_status gn_study_override(gn_study *s, const char *text) {
    assignment a;
    text += strspn(text, " ");
    if (!read_assignment(s->store, text, &a) || a.fault)
        return gn_fail(GN_EUSAGE, "%s: '%s': expected NAME.KEY=VALUE", command_line, text);
    gn_experiment *e = gn_study_find(s, a.name);
    if (!e) {
        const gn_words names = names_of(s);
        const char *nearest = gn_nearest(&names, a.name);
        return gn_fail(GN_EUSAGE, "%s: %s.%s: there is no experiment '%s'%s%s", command_line, a.name, a.key, a.name,
                       nearest ? "; the nearest is " : " (experiments/NAME.mk makes one)", nearest ? nearest : "");
    }
    const char *fault = setting_fault(s, a.key, a.value);
    if (fault) return gn_fail(GN_EUSAGE, "%s: %s.%s: %s", command_line, a.name, a.key, fault);
    return add_setting(e, (gn_setting){.key = a.key, .value = a.value, .file = command_line});
}

/* ---- checks of the whole study ---------------------------------------------------------------- */

/* Checks a key whose value is the name of an experiment. */
static void check_name(gn_study *s, gn_experiment *e, const char *key) {
    const gn_setting *set = find_setting(e, key, false);
    if (!set || strcmp(set->value, "-") == 0) return;
    const gn_experiment *other = gn_study_find(s, set->value);
    const gn_words names = names_of(s);
    const char *nearest = other ? NULL : gn_nearest(&names, set->value);
    const char *where = gn_store_format(s->store, "%s:%d: %s.%s", set->file, set->line, e->name, key);
    if (!other)
        blame(e, gn_store_format(s->store, "%s: '%s' is no experiment%s%s", where, set->value,
                                 nearest ? "; the nearest is " : "", nearest ? nearest : ""));
    else if (other->fault)
        blame(e, gn_store_format(s->store, "%s: %s", where, other->fault));
}

static void check_circle(gn_study *s, gn_experiment *e) {
    const gn_experiment *at = e;
    for (int depth = 0; at; depth++) {
        const gn_setting *like = find_setting(at, "like", false);
        at = like ? gn_study_find(s, like->value) : NULL;
        if (at == e || depth > 50) {
            blame(e, gn_store_format(s->store, "%s: %s.like: a circle of experiments that are like each other", e->file,
                                     e->name));
            return;
        }
    }
}

/* Makes the experiments of NAME.sweep = KEY: VALUE ...: for each value NAME-VALUE, which is like NAME except for KEY.
 */
static gn_status add_sweep(gn_study *s, int index) {
    gn_experiment *e = &s->experiment[index];
    const char *value = gn_study_value(s, e, "sweep"), *name = e->name, *file = e->file;
    const gn_setting *own = find_setting(e, "sweep", false);
    if (!value || !own) return GN_OK; /* a sweep is not inherited */
    const int line = own->line;
    const gn_words words = gn_words_split(s->store, value, " ");
    const size_t length = words.count ? strlen(words.word[0]) : 0;
    const char *where = gn_store_format(s->store, "%s:%d: %s.sweep", own->file, line, name);
    if (words.count < 2 || words.word[0][length - 1] != ':') {
        blame(e, gn_store_format(s->store, "%s: '%s', expected KEY: VALUE VALUE ...", where, value));
        return GN_OK;
    }
    const char *key = gn_store_format(s->store, "%.*s", (int)length - 1, words.word[0]);
    gn_words made = {0};
    for (int i = 1; i < words.count; i++) {
        const char *fault = setting_fault(s, key, words.word[i]);
        gn_experiment *one = find_or_add(s, gn_store_format(s->store, "%s-%s", name, words.word[i]), file);
        if (!one) return GN_EIO;
        if (fault) blame(one, gn_store_format(s->store, "%s: %s = %s: %s", where, key, words.word[i], fault));
        gn_status status = add_setting(one, (gn_setting){.key = "like", .value = name, .file = file, .line = line});
        if (!status)
            status = add_setting(one, (gn_setting){.key = key, .value = words.word[i], .file = file, .line = line});
        if (status) return status;
        gn_words_add(s->store, &made, one->name);
    }
    s->experiment[index].sweep = made; /* the array may have moved */
    return GN_OK;
}

gn_status gn_study_complete(gn_study *s) {
    const int read = s->experiments;
    for (int i = 0; i < read; i++) {
        gn_status status = add_sweep(s, i);
        if (status) return status;
    }
    /* Repeated three times, so that a fault is passed on through up to three experiments that are like each other. */
    for (int pass = 0; pass < 3; pass++)
        for (int i = 0; i < s->experiments; i++) {
            check_name(s, &s->experiment[i], "like");
            check_name(s, &s->experiment[i], "continue");
            check_circle(s, &s->experiment[i]);
        }
    return s->store->status;
}

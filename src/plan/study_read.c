/* Reading the study: experiments, defaults, the table of the search and the command line. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/write.h"
#include "plan/study_parts.h"

/* ---- checks of one setting -------------------------------------------------------------------- */

/* Checks a list of different integers from 0 to 2^53 - 1. Returns what is wrong with it, or NULL. */
static const char *list_fault(gn_study *s, const char *value, const char *separator) {
    const gn_words words = gn_words_split(s->store, value, separator);
    int64_t number;
    if (words.count == 0) return "no number in the list";
    const bool has_commas = strcmp(separator, ",") == 0;
    if (has_commas && (strstr(value, ",,") || value[0] == ',' || value[strlen(value) - 1] == ','))
        return "not an integer between two commas";
    for (int i = 0; i < words.count; i++) {
        if (!gn_parse_int(words.word[i], &number) || number < 0 || number > 9007199254740991)
            return gn_store_format(s->store, "not an integer from 0 (%s)", words.word[i]);
        int64_t other;
        for (int k = 0; k < i; k++)
            if (gn_parse_int(words.word[k], &other) && other == number)
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
const char *gn_setting_fault(gn_study *s, const char *key, const char *value) {
    if (!*value) return "no value";
    const char *fault = plain_fault(key, value);
    if (fault) return fault;
    if (strcmp(key, "seeds") == 0) return list_fault(s, value, " ");
    if (strcmp(key, "phases") == 0 || strcmp(key, "checkpoint-updates") == 0)
        return strcmp(value, "-") == 0 ? NULL : list_fault(s, value, ",");
    if (gn_is_study_key(key)) return NULL;
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

/* Reads NAME.KEY = VALUE # comment; false when the line is something else. A key of other characters than keys have is
 * read too, so that it is refused and not passed over. */
static bool read_assignment(gn_store *store, const char *line, assignment *a) {
    if (strncmp(line, "\xEF\xBB\xBF", 3) == 0) line += 3; /* a byte order mark */
    line += strspn(line, " \t");
    if (strncmp(line, "override ", 9) == 0) line += 9 + strspn(line + 9, " \t");
    const size_t name = strspn(line, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    if (name == 0 || line[name] != '.') return false;
    const char *key = line + name + 1;
    const size_t key_length = strcspn(key, " \t=:+?!$()/%#");
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
    gn_experiment *e = gn_study_find_or_add(s, belongs(a.name, stem) ? a.name : stem, file);
    if (!e) return GN_EIO;
    const char *fault = a.fault ? a.fault : gn_setting_fault(s, a.key, a.value);
    const bool misplaced = !belongs(a.name, stem);
    if (misplaced) fault = gn_store_format(s->store, "expected %s.KEY or %s-....KEY", stem, stem);
    const gn_setting *before = misplaced ? NULL : gn_setting_find(e, a.key, false);
    if (before) fault = gn_store_format(s->store, "given before at %s:%d", before->file, before->line);
    if (fault) gn_study_blame(e, gn_store_format(s->store, "%s:%d: %s.%s: %s", path, number, a.name, a.key, fault));
    if (misplaced) return GN_OK;
    return gn_study_add_setting(e, (gn_setting){.key = a.key, .value = a.value, .file = file, .line = number});
}

/* Calls take() for each line of a file, with its number. */
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
    const char *fault = a.fault ? a.fault : gn_setting_fault(r->study, a.key, a.value);
    if (strcmp(a.name, of->name) != 0) fault = "expected default.KEY or quick.KEY";
    if (fault) return gn_fail(GN_EUSAGE, "%s:%d: %s.%s: %s", r->path, number, a.name, a.key, fault);
    return gn_study_add_setting(of, (gn_setting){.key = a.key, .value = a.value, .file = "defaults", .line = number});
}

gn_status gn_study_read_defaults(gn_study *s, const char *path) {
    reading r = {s, path, "default"};
    return each_line(path, take_default, &r);
}

/* Makes an experiment from a row of the search. Messages name its id, as tables do not keep line numbers. */
static gn_status read_row(gn_study *s, const char *path, const char *id, const char *overrides, const char *note) {
    const char *file = gn_store_format(s->store, "%s", path);
    if (strspn(id, GN_NAMED) < strlen(id) || strchr(id, '/'))
        return gn_fail(GN_EFILE, "%s: id '%s', accepted: letters, digits and . _ , + -", path, id);
    gn_experiment *e = gn_study_find_or_add(s, gn_store_format(s->store, "search/%s", id), file);
    if (!e) return GN_EIO;
    if (e->search) gn_study_blame(e, gn_store_format(s->store, "%s: %s: there twice", path, id));
    e->search = true;
    e->note = gn_store_format(s->store, "%s", note);
    gn_status status = gn_study_add_setting(e, (gn_setting){.key = "like", .value = "search", .file = file});
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
        const char *fault = sign ? gn_setting_fault(s, key, value) : "expected KEY=VALUE";
        if (fault) gn_study_blame(e, gn_store_format(s->store, "%s: %s: %s: %s", path, id, key, fault));
        status = gn_study_add_setting(e, (gn_setting){.key = key, .value = value, .file = file});
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
        return gn_fail(GN_EUSAGE, "%s: '%s': expected NAME.KEY=VALUE", gn_command_line, text);
    gn_experiment *e = gn_study_find(s, a.name);
    if (!e) {
        const gn_words names = gn_study_names(s);
        const char *nearest = gn_nearest(&names, a.name);
        return gn_fail(GN_EUSAGE, "%s: %s.%s: there is no experiment '%s'%s%s", gn_command_line, a.name, a.key, a.name,
                       nearest ? "; the nearest is " : " (experiments/NAME.mk makes one)", nearest ? nearest : "");
    }
    const char *fault = gn_setting_fault(s, a.key, a.value);
    if (strcmp(a.key, "like") == 0 || strcmp(a.key, "sweep") == 0) fault = "only in an experiment's file";
    if (!fault && strcmp(a.key, "continue") == 0) fault = gn_name_fault(s, a.value);
    if (fault) return gn_fail(GN_EUSAGE, "%s: %s.%s: %s", gn_command_line, a.name, a.key, fault);
    return gn_study_add_setting(e, (gn_setting){.key = a.key, .value = a.value, .file = gn_command_line});
}

#include "plan/rules.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/write.h"

gn_status gn_rules_add(gn_rules *rules, gn_rule rule) {
    if (rules->rules == rules->room) {
        const int room = rules->room ? 2 * rules->room : 256;
        gn_rule *grown = realloc(rules->rule, (size_t)room * sizeof *grown);
        if (!grown) return gn_fail(GN_EIO, "out of memory for the plan");
        rules->rule = grown;
        rules->room = room;
    }
    rules->rule[rules->rules++] = rule;
    return GN_OK;
}

void gn_rules_free(gn_rules *rules) {
    free(rules->rule);
    *rules = (gn_rules){0};
}

const gn_rule *gn_rules_find(const gn_rules *rules, const char *target) {
    for (int i = 0; i < rules->rules; i++)
        if (strcmp(rules->rule[i].target, target) == 0 || gn_words_find(&rules->rule[i].beside, target) >= 0)
            return &rules->rule[i];
    return NULL;
}

/* ---- quoting ---------------------------------------------------------------------------------- */

/* A copy in which every character of `special` is replaced by `by`, where @ stands for the character. */
static const char *escaped(gn_store *store, const char *text, const char *special, const char *by) {
    gn_text copy = {0};
    for (const char *p = text; *p; p++) {
        if (!strchr(special, *p)) {
            gn_text_add(&copy, p, 1);
            continue;
        }
        for (const char *b = by; *b; b++)
            gn_text_add(&copy, *b == '@' ? p : b, 1);
    }
    const char *result = gn_store_format(store, "%s", copy.byte ? copy.byte : "");
    if (copy.status) store->status = copy.status;
    free(copy.byte);
    return result;
}

const char *gn_make_quoted(gn_store *store, const char *name) {
    if (strncmp(name, "$(", 2) == 0) return name; /* an expression of make, as names of files have no $ */
    return escaped(store, escaped(store, name, "$", "@@"), " #:%", "\\@");
}

const char *gn_shell_quoted(gn_store *store, const char *word) {
    const char *plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./,:=+-@%";
    if (*word && (strspn(word, plain) == strlen(word) || strncmp(word, "$(", 2) == 0)) return word;
    return gn_store_format(store, "'%s'", escaped(store, escaped(store, word, "'", "'\\@'"), "$", "@@"));
}

/* ---- files .args ------------------------------------------------------------------------------ */

/* Whether b exists and is not older than a. */
bool gn_file_not_older(const char *b, const char *a) {
    struct stat x, y;
    if (stat(a, &x) || stat(b, &y)) return false;
    return y.st_mtim.tv_sec != x.st_mtim.tv_sec ? y.st_mtim.tv_sec > x.st_mtim.tv_sec
                                                : y.st_mtim.tv_nsec >= x.st_mtim.tv_nsec;
}

/* Whether a file contains exactly this text. */
static gn_status holds(const char *path, const char *text, bool *same) {
    void *bytes;
    size_t size;
    *same = false;
    if (access(path, F_OK)) return GN_OK;
    gn_status status = gn_read_whole(path, &bytes, &size);
    if (status) return status;
    *same = size == strlen(text) && memcmp(bytes, text, size) == 0;
    free(bytes);
    return GN_OK;
}

/* Writes a small text; with `keep`, only when there is no such file. It is not synced to disk: there are many such
 * files, and all can be made again. Several processes may write the same file at once. */
static gn_status write_text(gn_store *store, const char *path, const char *text, bool keep) {
    const char *part = gn_store_format(store, "%s.part-%ld", path, (long)getpid());
    gn_status status = gn_make_folders(path);
    if (status) return status;
    FILE *file = fopen(part, "w");
    if (!file) return gn_fail_errno("%s: cannot write", part);
    const bool whole = fputs(text, file) >= 0;
    if (fclose(file) || !whole) status = gn_fail_errno("%s: cannot write", path);
    if (!status && keep)
        (void)!link(part, path); /* fails when there is one; without links it is written when asked for */
    if (!status && !keep && rename(part, path)) status = gn_fail_errno("%s: cannot write", path);
    if (keep || status) unlink(part);
    return status;
}

const char *gn_rule_args_path(gn_store *store, const gn_rule *rule) {
    return rule->args_at ? rule->args_at : gn_store_format(store, "%s.args", rule->target);
}

static gn_status settle(gn_store *store, const gn_rule *rule) {
    const char *target = rule->target, *text = rule->args;
    const char *args = gn_rule_args_path(store, rule), *was = gn_store_format(store, "%s.was", args);
    bool same, before, as_good = false;
    if (access(args, F_OK) && access(target, F_OK)) return GN_OK;
    gn_status status = holds(args, text, &same);
    if (!status && rule->also && !access(target, F_OK)) status = holds(args, rule->also, &as_good);
    if (status || same || as_good) return status;
    if (!access(args, F_OK) && gn_file_not_older(target, args) &&
        rename(args, was)) /* the target was made with the old options */
        return gn_fail_errno("%s: cannot rename to %s", args, was);
    status = holds(was, text, &before);
    if (status) return status;
    const bool stopped = !access(gn_store_format(store, "%s.state", target), F_OK);
    if (before && gn_file_not_older(target, was) && !stopped) {
        if (rename(was, args)) return gn_fail_errno("%s: cannot rename to %s", was, args);
        return GN_OK;
    }
    return write_text(store, args, text, false);
}

gn_status gn_rules_settle_args(const gn_rules *rules) {
    gn_status status = rules->store->status;
    for (int i = 0; i < rules->rules && !status; i++)
        if (rules->rule[i].args) status = settle(rules->store, &rules->rule[i]);
    return status;
}

gn_status gn_rules_write_args(const gn_rules *rules, const char *path) {
    const char *slash = strrchr(path, '/');
    const size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    gn_status status = GN_OK;
    bool found = false;
    for (int i = 0; i < rules->rules && !status; i++) {
        const gn_rule *rule = &rules->rule[i];
        const char *args = rule->args ? gn_rule_args_path(rules->store, rule) : NULL;
        if (!args || strncmp(args, path, folder) != 0 || strchr(args + folder, '/')) continue;
        const bool asked = strcmp(args, path) == 0;
        found |= asked;
        if (asked || (access(args, F_OK) && access(rule->target, F_OK)))
            status = write_text(rules->store, args, rule->args, !asked);
    }
    return status || found ? status : gn_fail(GN_EUSAGE, "%s: nothing that is planned has these options", path);
}

/* ---- printing for make ------------------------------------------------------------------------- */

enum { WIDTH = 118 };

/* Adds a word to a line that has `column` characters; long lines are continued with a backslash. Returns the new
 * column. */
static int print_word(const char *word, int column, const char *indent, gn_text *text) {
    const int width = (int)strlen(word);
    if (column > (int)strlen(indent) && column + 1 + width > WIDTH) {
        gn_text_format(text, " \\\n%s%s", indent, word);
        return (int)strlen(indent) + width;
    }
    gn_text_format(text, "%s%s", column ? " " : "", word);
    return column + (column > 0) + width;
}

int gn_rules_print_words(gn_store *store, const gn_words *words, int column, gn_text *text) {
    for (int i = 0; i < words->count; i++)
        column = print_word(gn_make_quoted(store, words->word[i]), column, "    ", text);
    return column;
}

/* The length of the word that begins here; a quoted word may contain blanks. */
static int word_length(const char *word) {
    bool quoted = false;
    int length = 0;
    for (; word[length] && (word[length] != ' ' || quoted); length++)
        if (word[length] == '\'') quoted = !quoted;
    return length;
}

/* Prints a command, with line breaks between words but not between an option and its value. */
static void print_command(const char *command, gn_text *text) {
    int column = 8;
    gn_text_format(text, "\t");
    for (const char *word = command; *word;) {
        int width = word_length(word);
        const char *next = word + width + (word[width] == ' ');
        if (strncmp(word, "--", 2) == 0 && *next && strncmp(next, "--", 2) != 0 && *next != '$') {
            width = (int)(next - word) + word_length(next); /* together with the value, or with the word after a flag */
            next = word + width + (word[width] == ' ');
        }
        if (word != command && column + 1 + width > WIDTH - 2) {
            gn_text_format(text, " \\\n\t    %.*s", width, word);
            column = 12 + width;
        } else {
            gn_text_format(text, "%s%.*s", word == command ? "" : " ", width, word);
            column += 1 + width;
        }
        word = next;
    }
    gn_text_format(text, "\n");
}

static void print_comment(const char *comment, gn_text *text) {
    int column = 1;
    gn_text_format(text, "#");
    for (const char *word = comment; *word;) {
        const int width = (int)strcspn(word, " ");
        if (column > 1 && column + 1 + width > WIDTH) {
            gn_text_format(text, "\n#  ");
            column = 3;
        }
        gn_text_format(text, " %.*s", width, word);
        column += 1 + width;
        word += width + (word[width] == ' ');
    }
    gn_text_format(text, "\n");
}

static void print_rule(gn_store *store, const gn_rule *rule, gn_text *text) {
    const char *target = gn_make_quoted(store, rule->target);
    if (rule->comment) print_comment(rule->comment, text);
    gn_text_format(text, "%s:", target);
    int column = gn_rules_print_words(store, &rule->needs, (int)strlen(target) + 1, text);
    if (rule->args) column = print_word(gn_make_quoted(store, gn_rule_args_path(store, rule)), column, "    ", text);
    if (rule->there.count) column = print_word("|", column, "    ", text);
    gn_rules_print_words(store, &rule->there, column, text);
    gn_text_format(text, "\n");
    print_command(rule->command, text);
    if (rule->beside.count) {
        gn_rules_print_words(store, &rule->beside, 0, text);
        gn_text_format(text, ": %s\n\t$(comes-with)\n", target);
    }
    gn_text_format(text, "\n");
}

gn_status gn_rules_print(const gn_rules *rules, gn_text *text) {
    const char *section = "";
    for (int i = 0; i < rules->rules; i++) {
        const gn_rule *rule = &rules->rule[i];
        if (rule->section && strcmp(rule->section, section) != 0) {
            section = rule->section;
            gn_text_format(text, "# ---- %s\n\n", section);
        }
        print_rule(rules->store, rule, text);
    }
    return rules->store->status ? rules->store->status : text->status;
}

/* Rules of make: a target, its prerequisites, and the whole command. */
#ifndef GN_RULES_H
#define GN_RULES_H

#include "base/text.h"
#include "plan/store.h"

typedef struct {
    const char *target;  /* the file that the command writes */
    gn_words beside;     /* other files that the command writes, before the target */
    gn_words needs;      /* files that the command reads: prerequisites */
    gn_words there;      /* order-only prerequisites (programs): the target is not made again when they change */
    const char *command; /* one line for the shell */
    const char *args;    /* text of the file .args, a prerequisite with all options; NULL: there is no such file */
    const char *args_at; /* its path; NULL: TARGET.args */
    const char *also;    /* another text of .args with which a target that exists is as good; NULL: none */
    const char *comment; /* above the rule, of any length; NULL: none */
    const char *section; /* heading printed before this rule; NULL: the rule belongs to the section of the one before */
} gn_rule;

typedef struct {
    gn_store *store;
    gn_rule *rule;
    int rules, room;
} gn_rules; /* owns rule */

gn_status gn_rules_add(gn_rules *, gn_rule);
void gn_rules_free(gn_rules *);
/* The rule whose command writes a file; NULL when there is none. */
const gn_rule *gn_rules_find(const gn_rules *, const char *target);

/* A name quoted for make, where $(...) is not changed, and a word quoted for the shell in a recipe; both in the store.
 */
const char *gn_make_quoted(gn_store *, const char *name);
const char *gn_shell_quoted(gn_store *, const char *word);

/* The path of a rule's file .args, in the store. */
const char *gn_rule_args_path(gn_store *, const gn_rule *);
/* Brings the file .args up to date for every rule that has it and whose target or .args exists; a file that has the
 * right text is not touched. If the target was made with other options, these are kept as .args.was. When those
 * options are wanted again, that file is renamed back and has its old time, so the target is up to date; not so while a
 * training with other options is under way or was stopped, which has overwritten checkpoints. */
gn_status gn_rules_settle_args(const gn_rules *);
/* Whether a file is at least as new as another one, as make sees it; false when one of them is not there. */
bool gn_file_not_older(const char *path, const char *other);
/* Writes one file .args, and the others of its folder where neither they nor their targets exist, since make asks for
 * these next. GN_EUSAGE when no rule has the file. */
gn_status gn_rules_write_args(const gn_rules *, const char *args_path);

/* Prints words, quoted for make, after `column` characters of a line; long lines are continued. Returns the new column.
 */
int gn_rules_print_words(gn_store *, const gn_words *, int column, gn_text *);
/* Prints all rules for make. */
gn_status gn_rules_print(const gn_rules *, gn_text *);

#endif

/* Rules of make: a target, what it needs, and the whole command. */
#ifndef GN_RULES_H
#define GN_RULES_H

#include "base/text.h"
#include "plan/store.h"

typedef struct {
    const char *target;  /* the file that the command writes */
    gn_words beside;     /* files that it writes besides, before it */
    gn_words needs;      /* files it reads */
    gn_words there;      /* needed, but no reason to make it again (programs) */
    const char *command; /* one shell line */
    const char *args;    /* what else decides its bytes: kept in TARGET.args, which it needs; NULL: nothing */
    const char *comment; /* NULL: none */
    const char *section; /* a comment before the first of a section; NULL: as the rule before */
} gn_rule;

typedef struct {
    gn_store *store;
    gn_rule *rule;
    int rules, room;
} gn_rules; /* owns rule */

gn_status gn_rules_add(gn_rules *, gn_rule);
void gn_rules_free(gn_rules *);
/* The rule that makes a file, or makes it besides; NULL: none. */
const gn_rule *gn_rules_find(const gn_rules *, const char *target);

/* A name as make reads it in a rule ($(...) stays), and as the shell reads it in a recipe. In the store. */
const char *gn_make_quoted(gn_store *, const char *name);
const char *gn_shell_quoted(gn_store *, const char *word);

/* TARGET.args of every rule that has them and whose target, or they themselves, are there: written when they differ.
 * When the file was made with the old ones, these stay as TARGET.args.was; asked for again, they come back with their
 * time, so that what was made with them is whole. */
gn_status gn_rules_settle_args(const gn_rules *);
/* Writes one of them, TARGET.args; GN_EUSAGE when no rule has it. */
gn_status gn_rules_write_args(const gn_rules *, const char *args_path);

/* Adds the rules as make reads them. */
gn_status gn_rules_print(const gn_rules *, gn_text *);

#endif

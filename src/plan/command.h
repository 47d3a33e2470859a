/* The command of a rule, put together word by word: which words are files that it reads or writes is known from the
 * option table of its program. */
#ifndef GN_COMMAND_H
#define GN_COMMAND_H

#include "plan/chain.h"

/* A command that is being put together, and what its words mean for the rule. Initialise chain and program. */
typedef struct {
    const gn_chain *chain;
    const char *program;
    gn_text line, args;
    const char *target; /* value of --output */
    gn_words beside, needs;
    const gn_option *pending; /* the option whose value is the next word */
    bool begun;               /* whether the program's name was added */
} gn_command;                 /* gn_command_rule() frees its texts */

/* Adds a word after the program's name. Files that the program reads become needs of the rule, and files that it writes
 * become targets. With `said` the word is added to .args too, unless it names a file that the program writes. */
void gn_command_word(gn_command *, const char *word, bool said);
/* Adds an option and its value to .args, and, if it is `spoken`, to the command; a flag's value is yes or no. */
void gn_command_option(gn_command *, const gn_option *, const char *value, bool spoken);
/* The finished rule, in the store of the chain's study. section and comment may be NULL (rules.h). */
gn_rule gn_command_rule(gn_command *, const char *section, const char *comment);

#endif

#include "plan/command.h"

#include <stdlib.h>
#include <string.h>

/* Stand for the common options, which are not in the catalogue: --output, and any other, which has a value. */
static const gn_option output_option = {.name = "output", .type = GN_OPTION_OUTPUT};
static const gn_option other_option = {.name = "seed", .type = GN_OPTION_INT};

void gn_command_word(gn_command *k, const char *word, bool said) {
    gn_store *store = k->chain->study->store;
    const gn_option *of = k->pending;
    k->pending = NULL;
    gn_text_format(&k->line, "%s%s", k->line.size ? " " : "", gn_shell_quoted(store, word));
    if (of) {
        if (strcmp(of->name, "output") == 0)
            k->target = word;
        else if (of->type == GN_OPTION_OUTPUT)
            gn_words_add_new(store, &k->beside, word);
        if (of->type == GN_OPTION_INPUT) gn_words_add_new(store, &k->needs, word);
        if (said && of->type != GN_OPTION_OUTPUT && of->type != GN_OPTION_FOLDER && !of->free)
            gn_text_format(&k->args, "--%s %s\n", of->name, word);
        return;
    }
    if (strncmp(word, "--", 2) != 0) { /* the word is an operand */
        gn_words_add_new(store, &k->needs, word);
        if (said) gn_text_format(&k->args, "%s\n", word);
        return;
    }
    const gn_option *o = gn_catalogue_option(k->chain->study->catalogue, k->program, word + 2);
    if (!o) o = strcmp(word, "--output") == 0 ? &output_option : &other_option;
    if (o->type != GN_OPTION_FLAG)
        k->pending = o;
    else if (said)
        gn_text_format(&k->args, "%s\n", word);
}

void gn_command_option(gn_command *k, const gn_option *o, const char *value, bool spoken) {
    if (!o->free) gn_text_format(&k->args, "--%s %s\n", o->name, value);
    if (!spoken) return;
    if (o->type == GN_OPTION_FLAG) {
        if (strcmp(value, "yes") == 0)
            gn_command_word(k, gn_store_format(k->chain->study->store, "--%s", o->name), false);
        return;
    }
    gn_command_word(k, gn_store_format(k->chain->study->store, "--%s", o->name), false);
    gn_command_word(k, value, false);
}

gn_rule gn_command_rule(gn_command *k, const char *section, const char *comment) {
    gn_store *store = k->chain->study->store;
    gn_rule rule = {
        .target = k->target, .beside = k->beside, .needs = k->needs, .section = section, .comment = comment};
    rule.command = gn_store_format(store, "%s", k->line.byte ? k->line.byte : "");
    rule.args = gn_store_format(store, "%s algorithm %d\n%s", k->program,
                                gn_catalogue_algorithm(k->chain->study->catalogue, k->program),
                                k->args.byte ? k->args.byte : "");
    gn_words_add(store, &rule.there, gn_store_format(store, "%s/%s", k->chain->at.bin, k->program));
    free(k->line.byte);
    free(k->args.byte);
    return rule;
}

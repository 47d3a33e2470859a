/* The experiments of the study, read from experiments/ *.mk and the table of the search, and checked. */
#ifndef GN_STUDY_H
#define GN_STUDY_H

#include "plan/catalogue.h"
#include "plan/store.h"

/* A stage of the chain, a row of experiments/chain.tsv. */
typedef struct {
    const char *name, *file; /* "probe", "probe.gn" */
    const char *of; /* "network": every network; "phase": and its phases; "track": networks that walk along a track */
    gn_words keys;  /* families of keys that set its options: "" (keys without a dot), "probe", "walk" */
    gn_words not_keys; /* options of the program that no key sets */
    gn_words noted;    /* those of them whose defaults are in FILE.args */
    gn_words along;    /* options that are also used when the network walks along an animal's track */
    const char *program;
    gn_words command; /* the words of the command, with placeholders (experiments/chain.tsv) */
} gn_stage;

/* One NAME.KEY = VALUE. */
typedef struct {
    const char *key, *value;
    const char *file; /* "command line" for a setting that was given there */
    int line;
} gn_setting;

typedef struct {
    const char *name, *file;
    gn_setting *setting;
    int settings, room;
    const char *fault; /* why nothing of it can be made, in one line; NULL: it has no fault */
    bool search;       /* whether it is a row of the search's table */
    const char *note;  /* the note of that row */
    gn_words sweep;    /* names of the experiments of its sweep; it is then not an experiment itself */
} gn_experiment;

/* A key that is not an option of a program. */
typedef struct {
    const char *name, *fallback, *accepted, *help;
} gn_study_key;
extern const gn_study_key gn_study_keys[]; /* the last row has the name NULL */

typedef struct {
    const gn_catalogue *catalogue;
    gn_store *store;
    gn_stage *stage;
    int stages;
    gn_experiment *experiment;
    int experiments, room;
    gn_experiment defaults, quick; /* default.KEY and quick.KEY */
    bool is_quick;
    gn_words reserved; /* names that no experiment may have: they are targets of make */
} gn_study;

/* Starts a study by reading the stages from the table of the chain. */
gn_status gn_study_new(const gn_catalogue *, gn_store *, const char *chain_path, bool is_quick, gn_study *);
void gn_study_free(gn_study *);

/* Reads the lines NAME.KEY = VALUE of a file NAME.mk, whose experiments must be called NAME or NAME-...; other lines
 * are the user's own rules of make and are not read. What is wrong in the file becomes the fault of its experiments. */
gn_status gn_study_read(gn_study *, const char *path);
/* Reads the lines default.KEY = VALUE and quick.KEY = VALUE. */
gn_status gn_study_read_defaults(gn_study *, const char *path);
/* Reads the table of the search: id, overrides (KEY=VALUE ...), note. Each row makes an experiment search/ID that is
 * like the experiment `search`. */
gn_status gn_study_read_search(gn_study *, const char *path);
/* Reads a setting NAME.KEY=VALUE from the command line, after gn_study_complete(). GN_EUSAGE when there is no such
 * experiment or key, or the key makes experiments (like, sweep). */
gn_status gn_study_override(gn_study *, const char *assignment);
/* To be called when everything is read: makes the experiments of sweeps, and the checks that need all experiments. */
gn_status gn_study_complete(gn_study *);

/* To be called last, when all settings are known: what the keys of an experiment say together, and of those it
 * continues, becomes its fault where programs would refuse it. */
gn_status gn_study_check(gn_study *);
/* Why a sweep cannot stand where one experiment is meant, in the store. */
const char *gn_sweep_fault(const gn_study *, const gn_experiment *);

gn_experiment *gn_study_find(const gn_study *, const char *name); /* NULL: none */

/* The value of a key for an experiment: the first there is of the command line's, the quick profile's, its own, that of
 * the experiment it is like, the study's default. NULL when there is none or it is `-`: the program's default counts.
 */
const char *gn_study_value(const gn_study *, const gn_experiment *, const char *key);
/* The value of an option of the training, of the experiment or the program's default; NULL when there is neither. */
const char *gn_study_training_value(const gn_study *, const gn_experiment *, const char *option);
/* Whether its networks are trained: with 0 updates they are those of others, or as they start. */
bool gn_study_trains(const gn_study *, const gn_experiment *);
/* The same, split into words. */
gn_words gn_study_list(const gn_study *, const gn_experiment *, const char *key);
/* The key that sets an option of a stage, such as "units", "probe.bins" or "walk.arena", in the store; NULL when there
 * is none. */
const char *gn_study_option_key(const gn_study *, const gn_stage *, const gn_experiment *, const char *option);
/* The option that a key sets; NULL when there is no such key. */
const gn_option *gn_study_key_option(const gn_study *, const char *key);
/* All keys: first those that are not options of programs, then those of each stage. */
gn_words gn_study_all_keys(const gn_study *);

#endif

/* The experiments of the study: what experiments/ *.mk and the table of the search say, checked. */
#ifndef GN_STUDY_H
#define GN_STUDY_H

#include "plan/catalogue.h"
#include "plan/store.h"

/* A stage of the chain, a row of experiments/chain.tsv. */
typedef struct {
    const char *name, *file; /* "probe", "probe.gn" */
    const char *of;          /* "run": each run; "phase": and its phases; "track": runs along a track */
    gn_words keys;           /* families of keys that are its options: "" (keys without a dot), "probe", "walk" */
    gn_words along;          /* options that it keeps along an animal's track */
    const char *program;
    gn_words command; /* words; see gn_chain_rules() */
} gn_stage;

/* One NAME.KEY = VALUE. */
typedef struct {
    const char *key, *value;
    const char *file; /* "command line" for what was given there */
    int line;
} gn_setting;

typedef struct {
    const char *name, *file;
    gn_setting *setting;
    int settings, room;
    const char *fault; /* why nothing of it can be made, one line; NULL: it is sound */
    bool search;       /* a row of the search's table */
    const char *note;  /* of that row */
    gn_words sweep;    /* names that stand for it; it is then none itself */
} gn_experiment;

/* A key that is no program's option. */
typedef struct {
    const char *name, *fallback, *accepted, *help;
} gn_study_key;
extern const gn_study_key gn_study_keys[]; /* ended by a row without name */

typedef struct {
    const gn_catalogue *catalogue;
    gn_store *store;
    gn_stage *stage;
    int stages;
    gn_experiment *experiment;
    int experiments, room;
    gn_experiment defaults, quick; /* default.KEY and quick.KEY */
    bool is_quick;
} gn_study;

/* Starts a study: the stages from the chain's table. */
gn_status gn_study_new(const gn_catalogue *, gn_store *, const char *chain_path, bool is_quick, gn_study *);
void gn_study_free(gn_study *);

/* Reads NAME.KEY = VALUE lines of a file whose experiments are called as it, or begin so: NAME, NAME-... ; lines of
 * another form are the user's own make. What is wrong in it becomes the fault of its experiments. */
gn_status gn_study_read(gn_study *, const char *path);
/* Reads default.KEY and quick.KEY. */
gn_status gn_study_read_defaults(gn_study *, const char *path);
/* Rows ID, overrides (KEY=VALUE ...), note: experiments search/ID, like `search`. */
gn_status gn_study_read_search(gn_study *, const char *path);
/* "NAME.KEY=VALUE" from the command line. GN_EUSAGE when there is no such experiment or key. */
gn_status gn_study_override(gn_study *, const char *assignment);
/* After all are read: sweeps, and the checks that need all. */
gn_status gn_study_complete(gn_study *);

gn_experiment *gn_study_find(const gn_study *, const char *name); /* NULL: none */

/* An experiment's value of a key: given on the command line, the quick profile's, its own, that of the one it is like,
 * the study's default, the program's; NULL when none has one, or it is `-`. */
const char *gn_study_value(const gn_study *, const gn_experiment *, const char *key);
/* The same as a list of words. */
gn_words gn_study_list(const gn_study *, const gn_experiment *, const char *key);
/* The key of an option of a stage: "units", "probe.bins", "walk.arena"; NULL when it has none. In the store. */
const char *gn_study_option_key(const gn_study *, const gn_stage *, const gn_experiment *, const char *option);
/* The option that a key stands for; NULL when there is no such key. */
const gn_option *gn_study_key_option(const gn_study *, const char *key);
/* Every key, the study's own first, then stage by stage. */
gn_words gn_study_all_keys(const gn_study *);

#endif

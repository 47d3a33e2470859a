/* From experiments to rules: the chain of every network, the small tables that figures are drawn from, the figures. */
#ifndef GN_CHAIN_H
#define GN_CHAIN_H

#include "plan/rules.h"
#include "plan/study.h"

/* Where things lie. */
typedef struct {
    const char *bin;      /* the programs */
    const char *work;     /* results: WORK/NAME/seed-S */
    const char *figures;  /* drawn figures */
    const char *released; /* released networks, RELEASED/NAME/seed-S; NULL: none are used */
} gn_folders;

/* A network and what is made for it. */
typedef struct {
    const gn_experiment *experiment;
    const char *seed;
    const char *folder;    /* WORK/NAME/seed-S */
    const char *network;   /* FOLDER/network.gn */
    const char *from;      /* the released network that is taken, NULL: it is trained */
    const char *not_taken; /* why a released one is not, NULL: there is none */
    bool there;            /* it is taken, or trained already, or nothing has to be trained for it */
} gn_run;

typedef struct {
    const gn_study *study;
    gn_folders at;
    gn_rules rules;
    gn_run *run;
    int runs, room;
    gn_words paper; /* experiments that figures of the paper are of: made whether or not they are there */
} gn_chain;         /* owns its rules and runs */

/* Every run of every sound experiment, in the order of the study. */
gn_status gn_chain_new(const gn_study *, gn_folders, gn_chain *);
void gn_chain_free(gn_chain *);

/* Rules of every stage of every run. */
gn_status gn_chain_add_runs(gn_chain *);
/* Rules of the tables (sheets.tsv: what, command) and figures (figures.tsv: figure, of, needs), of a figure for each
 * experiment, and, unless it is empty, of one that compares some. */
gn_status gn_chain_add_figures(gn_chain *, const char *sheets_path, const char *figures_path, const gn_words *compared);

/* The rule of FOLDER/verdicts.tsv, by the results of the experiments that claims name and that are there or of the
 * paper; of those `developing` also the scores of their phases. *manifest is the text of FOLDER/manifest.tsv. */
gn_status gn_chain_add_audit(gn_chain *, const char *claims, const gn_words *developing, const char *folder,
                             const char **manifest);

/* Whether an experiment can be shown without a training: all its networks are there. */
bool gn_chain_ready(const gn_chain *, const gn_experiment *);
/* All files of an experiment, of all its seeds. */
gn_words gn_chain_files(const gn_chain *, const gn_experiment *);
/* Whether an experiment is one to run: sound, no base of a sweep or of the search. */
bool gn_runnable(const gn_experiment *);

/* How an experiment's recipe differs from that of a network's file: NULL when it does not. In the store. */
const char *gn_recipe_differs(const gn_study *, const gn_experiment *, const char *seed, const char *network_path);

#endif

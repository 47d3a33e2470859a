/* The chain: all networks of the study, and the rules of the files that are made from them. Who adds these: stages.h
 * (the files of a network), figures.h (figures and their tables) and verdicts.h (the audit), in this order. */
#ifndef GN_CHAIN_H
#define GN_CHAIN_H

#include "plan/rules.h"
#include "plan/study.h"

/* The folders of the study. */
typedef struct {
    const char *bin;      /* the programs */
    const char *work;     /* results: WORK/NAME/seed-S */
    const char *figures;  /* drawn figures */
    const char *released; /* released networks: RELEASED/NAME/seed-S; NULL: they are not used */
} gn_folders;

/* A network of the plan: that of an experiment and a seed. */
typedef struct {
    const gn_experiment *experiment;
    const char *seed;
    const char *folder;    /* WORK/NAME/seed-S */
    const char *path;      /* FOLDER/network.gn */
    const char *from;      /* the released network that is used; NULL: the network is trained */
    const char *not_taken; /* why the released network is not used; NULL: it is, or there is none */
    bool there;            /* whether the network is released or already trained, or needs no training */
} gn_planned_network;

typedef struct {
    const gn_study *study;
    gn_folders at;
    gn_rules rules;
    gn_planned_network *network;
    int networks, room;
    gn_words paper; /* experiments that figures of the paper show; these are made even if they must be trained first */
} gn_chain;         /* owns its rules and networks */

/* Lists all networks of all experiments without a fault, in the order of the study. */
gn_status gn_chain_new(const gn_study *, gn_folders, gn_chain *);
void gn_chain_free(gn_chain *);

/* Whether all networks of an experiment are there, so that it can be shown without a training. */
bool gn_chain_ready(const gn_chain *, const gn_experiment *);
/* The network of an experiment and a seed, or with NULL of its first seed; NULL when there is none. */
const gn_planned_network *gn_chain_find(const gn_chain *, const char *name, const char *seed);
/* All files of all seeds of an experiment that have rules, but for the small tables of figures. */
gn_words gn_chain_files(const gn_chain *, const gn_experiment *);
/* Whether an experiment can be run: it has no fault and is not only the base of a sweep or of the search. */
bool gn_runnable(const gn_experiment *);

/* Adds the goals of the experiments of the paper that have a fault, as needs of what shows or judges all networks:
 * these goals say what is wrong and stop make. */
void gn_chain_need_faulty(const gn_chain *, gn_words *needs);

/* How an experiment's recipe differs from that in a network's file, a text in the store; NULL when they are equal. */
const char *gn_recipe_differs(const gn_study *, const gn_experiment *, const char *seed, const char *network_path);

/* Compares the networks that were trained here, and whose FILE.args has the wanted options, with these. A make that
 * runs while an experiment is changed still trains with the old options, but writes the new ones beside the network:
 * such a network is said to be so, and its FILE.args is made newer than it, so that it is trained again. */
gn_status gn_chain_distrust(const gn_chain *);

/* The updates of the checkpoints that are analysed too. Those from the last update on are left out: the checkpoint of
 * that update is the network itself, and later ones do not exist. */
gn_words gn_phases_of(const gn_study *, const gn_experiment *);
/* The checkpoint of an update and the folder of what is made from it, in the folder of a network; both in the store. */
const char *gn_checkpoint_path(gn_store *, const char *folder, const char *update);
const char *gn_phase_folder(gn_store *, const char *folder, const char *update);

#endif

/* What the files study*.c share. */
#ifndef GN_STUDY_PARTS_H
#define GN_STUDY_PARTS_H

#include "plan/study.h"

/* The characters of names: those of experiments are targets of make and folders. */
#define GN_NAMED "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._,+-/"

extern const char *const gn_command_line; /* the `file` of settings that were given there */

gn_status gn_study_add_setting(gn_experiment *, gn_setting);
/* The latest setting of a key in an experiment, either from the command line or from files; NULL when there is none. */
const gn_setting *gn_setting_find(const gn_experiment *, const char *key, bool from_command_line);
/* The setting from which gn_study_value() takes a key; NULL when none is set. */
const gn_setting *gn_setting_used(const gn_study *, const gn_experiment *, const char *key);
/* What is wrong with KEY = VALUE without regard to other settings; NULL: nothing. */
const char *gn_setting_fault(gn_study *, const char *key, const char *value);
/* What is wrong with the name of an experiment as the value of `like` or `continue`: there is none of this name, or the
 * fault it has itself; NULL: nothing. */
const char *gn_name_fault(gn_study *, const char *value);
/* Whether it is one of gn_study_keys. */
bool gn_is_study_key(const char *key);

/* The experiment of this name, which is added when there is none. NULL: no memory. */
gn_experiment *gn_study_find_or_add(gn_study *, const char *name, const char *file);
gn_words gn_study_names(const gn_study *);
/* Sets the fault of an experiment that has none yet. */
void gn_study_blame(gn_experiment *, const char *fault);

#endif

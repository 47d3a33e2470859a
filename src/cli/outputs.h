/* Checks the files that a program will write before it starts, so that it does not fail after hours of work. */
#ifndef GN_OUTPUTS_H
#define GN_OUTPUTS_H

#include <time.h>

#include "cli/options.h"

/* Folders that were made for outputs. Initialise with {0}. */
typedef struct {
    char **folder; /* (count), in the order in which they were made */
    int count;
} gn_outputs;

/* Checks every file of an option of type GN_OPTION_OUTPUT, every folder of GN_OPTION_FOLDER, and the files beside them:
 * the .prov of --output and those that the program names. GN_EUSAGE when an output is the same file as an input or
 * another output, even by another name or link; GN_EIO when one cannot be written. Makes missing folders; after a
 * failure those are removed again. */
gn_status gn_outputs_prepare(const gn_program *, const gn_options *, gn_outputs *made);
/* Gives the outputs that were written the time when the program began, so that make takes one for stale if what it was
 * made of or with which options has changed meanwhile. */
void gn_outputs_date(const gn_options *, struct timespec began);
/* Removes the folders that were made and are empty. */
void gn_outputs_undo(gn_outputs *made);
void gn_outputs_free(gn_outputs *made);

#endif

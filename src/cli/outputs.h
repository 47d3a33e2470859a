/* What a run is to write: checked before it works, not after hours of it. */
#ifndef GN_OUTPUTS_H
#define GN_OUTPUTS_H

#include "cli/options.h"

/* Folders that were made for a run's outputs. Starts as {0}. */
typedef struct {
    char **folder; /* (count), in the order in which they were made */
    int count;
} gn_outputs;

/* Every file of an option GN_OPTION_OUTPUT, --output's .prov and every folder of GN_OPTION_FOLDER: no output is a file
 * that is read or another output, by whatever name or link (GN_EUSAGE); folders that are missing are made; all can be
 * written (GN_EIO). After a failure nothing that was made is left. */
gn_status gn_outputs_prepare(const gn_options *, gn_outputs *made);
/* Removes the folders that were made, those that are empty; then frees. */
void gn_outputs_undo(gn_outputs *made);
void gn_outputs_free(gn_outputs *made);

#endif

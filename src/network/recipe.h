/* The recipe of a training: the options of `train`, and the training that they ask for. */
#ifndef GN_RECIPE_H
#define GN_RECIPE_H

#include "base/text.h"
#include "cli/options.h"
#include "network/training.h"

/* The options of `train`. Those before `updates` change the result and are written to the header as recipe.NAME. Those
 * that are marked late or have no default are written only when given, as there are networks that are older than these
 * options. */
extern const gn_option gn_training_options[];

/* The training that the options ask for, with its first weights, its recipe, and no update done. With --trajectories it
 * borrows `given`, which is read here. Both are to be zero before, and are freed by the caller whatever is returned.
 * GN_EUSAGE: options that do not go together. */
gn_status gn_training_from_options(const gn_options *, gn_training *, gn_trajectories *given);

/* Appends in which options of the walk, the units and the coding a training differs from the header of another network:
 * "still (diffusing there, held here), coding (...)"; nothing where they agree or the header does not say. */
gn_status gn_recipe_unlike(const gn_training *, const gn_file *other, gn_text *unlike);

#endif

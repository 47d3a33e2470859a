/* The audit's rule: which results the claims are judged by. */
#ifndef GN_VERDICTS_H
#define GN_VERDICTS_H

#include "plan/chain.h"

/* The rule of FOLDER/verdicts.tsv, by the results of the experiments that claims name and that are there or of the
 * paper; of those `developing` also the scores of their phases. *manifest is the text of FOLDER/manifest.tsv. */
gn_status gn_chain_add_audit(gn_chain *, const char *claims, const gn_words *developing, const char *folder,
                             const char **manifest);

#endif

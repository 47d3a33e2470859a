/* Progress on stderr: a bar with the time left on a terminal, one line a minute otherwise. */
#ifndef GN_PROGRESS_H
#define GN_PROGRESS_H

#include <stddef.h>

typedef struct gn_progress gn_progress;
/* `label` is kept, not copied. NULL, which the others accept, when there is no memory. */
gn_progress *gn_progress_start(const char *label, size_t done, size_t total);
void gn_progress_update(gn_progress *, size_t done, const char *note /* or NULL */);
void gn_progress_finish(gn_progress *); /* frees */

#endif

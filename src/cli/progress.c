#include "cli/progress.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/provenance.h"

enum { BAR = 30 };
static const double TERMINAL_SECONDS = 0.2, LOG_SECONDS = 60;

struct gn_progress {
    const char *label;
    size_t first, total; /* first: how much was done before, when a training is resumed */
    double start, shown;
    bool terminal;
    bool open; /* the bar on the terminal has no line end yet */
};

gn_progress *gn_progress_start(const char *label, size_t done, size_t total) {
    gn_progress *progress = calloc(1, sizeof *progress);
    if (!progress) return NULL; /* no memory: the work goes on without a bar */
    progress->label = label;
    progress->first = done;
    progress->total = total;
    progress->start = progress->shown = gn_wall_clock();
    progress->terminal = isatty(STDERR_FILENO) == 1;
    return progress;
}

/* Writes a duration as "1h02m", "3m20s" or "12s". */
static const char *duration(double seconds, char text[], size_t room) {
    long whole = (long)(seconds + 0.5);
    if (whole >= 3600)
        snprintf(text, room, "%ldh%02ldm", whole / 3600, whole % 3600 / 60);
    else if (whole >= 60)
        snprintf(text, room, "%ldm%02lds", whole / 60, whole % 60);
    else
        snprintf(text, room, "%lds", whole);
    return text;
}

static void show(gn_progress *progress, size_t done, const char *note, double now) {
    char spent[32], left[32] = "?", bar[BAR + 1];
    double share = progress->total ? (double)done / (double)progress->total : 1;
    if (share > 1) share = 1;
    if (done > progress->first && progress->total >= done)
        duration((now - progress->start) * (double)(progress->total - done) / (double)(done - progress->first), left,
                 sizeof left);
    duration(now - progress->start, spent, sizeof spent);
    memset(bar, '.', BAR);
    memset(bar, '#', (size_t)(share * BAR));
    bar[BAR] = '\0';
    if (progress->terminal)
        fprintf(stderr, "\r\033[K%s [%s] %zu/%zu, %s left  %s", progress->label, bar, done, progress->total, left,
                note ? note : "");
    else
        fprintf(stderr, "%s: %zu/%zu (%.0f%%), %s spent, %s left%s%s\n", progress->label, done, progress->total,
                100 * share, spent, left, note ? "; " : "", note ? note : "");
    progress->open = progress->terminal;
    progress->shown = now;
}

void gn_progress_update(gn_progress *progress, size_t done, const char *note) {
    if (!progress) return;
    double now = gn_wall_clock();
    if (now - progress->shown < (progress->terminal ? TERMINAL_SECONDS : LOG_SECONDS)) return;
    show(progress, done, note, now);
}

void gn_progress_finish(gn_progress *progress) {
    if (!progress) return;
    if (progress->open) fprintf(stderr, "\r\033[K"); /* clears the bar for the line that gn_main() prints */
    free(progress);
}

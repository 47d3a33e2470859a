/* Finding jumps of the tracker. */
#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>

#include "walk/track_parts.h"

static double distance(const gn_sighting *a, const gn_sighting *b) {
    return sqrt((b->x - a->x) * (b->x - a->x) + (b->y - a->y) * (b->y - a->y));
}

static double speed_between(const gn_sighting *a, const gn_sighting *b) {
    return distance(a, b) / (b->time - a->time);
}

/* ---- the largest speed ------------------------------------------------------------------ */

/* The quantile `share` of the values, which are sorted in place; 0 when there are fewer than 20. */
static double quantile(double *value, size_t count, double share) {
    enum { FEWEST = 20 };
    if (count < FEWEST) return 0;
    gsl_sort(value, 1, count);
    return value[(size_t)(share * (double)(count - 1))];
}

static bool at_origin(const gn_sighting *s) {
    return s->x == 0 && s->y == 0;
}

gn_status gn_track_speed(const gn_sighting *row, size_t count, double gap, double *speed) {
    enum { WINDOW = 5 };
    double *moving = gn_alloc(count, sizeof *moving), *kept_up = gn_alloc(count, sizeof *kept_up);
    size_t moves = 0, keeps = 0, filled = 0;
    double recent[WINDOW];
    gn_status status = moving && kept_up ? GN_OK : GN_EIO;
    for (size_t i = 1; !status && i < count; i++) {
        const gn_sighting *a = &row[i - 1], *b = &row[i];
        if (b->time - a->time > gap || at_origin(a) || at_origin(b)) {
            filled = 0; /* all intervals of a window must be neighbours */
            continue;
        }
        const double value = speed_between(a, b);
        if (value > 0) moving[moves++] = value;
        recent[filled++ % WINDOW] = value;
        if (filled < WINDOW) continue;
        double sorted[WINDOW];
        for (int k = 0; k < WINDOW; k++)
            sorted[k] = recent[k];
        gsl_sort(sorted, 1, WINDOW);
        if (sorted[WINDOW / 2] > 0) kept_up[keeps++] = sorted[WINDOW / 2];
    }
    if (!status) {
        const double most = fmax(quantile(kept_up, keeps, 0.99), quantile(moving, moves, 0.95));
        *speed = most > 0 ? 3 * most : INFINITY;
    }
    free(moving);
    free(kept_up);
    return status;
}

/* ---- leaving jumps out ------------------------------------------------------------------ */

/* A stretch of rows without a jump between them. */
typedef struct {
    size_t first, rows;
    double score; /* number of rows of the best combination that ends with this stretch, less the cost of its splits */
    size_t from;  /* the stretch before this one in that combination; SIZE_MAX: none */
    bool split;   /* whether there is a jump between the two */
    bool kept;
} stretch;

/* Whether the animal can get from a to b at this speed. */
static bool leads(const gn_sighting *a, const gn_sighting *b, double speed) {
    return distance(a, b) <= speed * (b->time - a->time) * (1 + 1e-9);
}

static size_t find_stretches(const gn_sighting *row, size_t count, double speed, stretch *stretches) {
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !leads(&row[i - 1], &row[i], speed)) stretches[n++] = (stretch){.first = i};
        stretches[n - 1].rows++;
    }
    return n;
}

/* Chooses the stretches to keep by dynamic programming. Splitting the track costs as much as leaving out `cost` rows.
 * So a short stretch is left out when the rows before and after it fit together, and a long one is kept, as when the
 * animal or the camera was moved for good. */
static void choose(const gn_sighting *row, double speed, size_t count, stretch *stretches, size_t n) {
    enum { LOOK_BACK = 256 }; /* stretches */
    const double cost = fmax(2, fmin(250, (double)count / 50));
    size_t best = SIZE_MAX;
    for (size_t r = 0; r < n; r++) {
        double before = 0;
        stretches[r].from = SIZE_MAX;
        if (best != SIZE_MAX && stretches[best].score - cost > before) {
            before = stretches[best].score - cost;
            stretches[r].from = best;
            stretches[r].split = true;
        }
        for (size_t j = r; j-- > 0 && r - j <= LOOK_BACK;) {
            if (stretches[j].score <= before ||
                !leads(&row[stretches[j].first + stretches[j].rows - 1], &row[stretches[r].first], speed))
                continue;
            before = stretches[j].score;
            stretches[r].from = j;
            stretches[r].split = false;
        }
        stretches[r].score = (double)stretches[r].rows + before;
        if (best == SIZE_MAX || stretches[r].score > stretches[best].score) best = r;
    }
    for (; best != SIZE_MAX; best = stretches[best].from)
        stretches[best].kept = true;
}

/* Adds to the report a jump between the rows `other` and `at`. */
static void name_jump(const gn_numbers *n, const gn_sighting *at, const gn_sighting *other, size_t rows,
                      gn_track_report *report) {
    if (report->jumps++ >= GN_TRACK_JUMPS_NAMED) return;
    report->jump[report->jumps - 1] = (gn_track_jump){.where = gn_numbers_row(n, at->row),
                                                      .rows = rows,
                                                      .time = at->time,
                                                      .x = at->x,
                                                      .y = at->y,
                                                      .speed = fabs(speed_between(other, at))};
}

/* Adds the jumps to the report in the order of their rows. Neighbouring stretches that were left out are one jump. */
static void name_jumps(const gn_numbers *numbers, const gn_sighting *row, const stretch *stretches, size_t n,
                       gn_track_report *report) {
    for (size_t r = 0; r < n; r++) {
        const gn_sighting *at = &row[stretches[r].first];
        if (stretches[r].kept && !stretches[r].split) continue;
        if (stretches[r].kept) {
            const stretch *from = &stretches[stretches[r].from];
            name_jump(numbers, at, &row[from->first + from->rows - 1], 0, report);
            continue;
        }
        size_t rows = 0;
        for (; r < n && !stretches[r].kept; r++)
            rows += stretches[r].rows;
        r--; /* the last stretch that was left out */
        report->jumped += rows;
        /* Before the first kept row there is no row to compare with, so the speed is taken to the row after the jump.
         */
        name_jump(numbers, at, at > row ? at - 1 : at + rows, rows, report);
    }
}

gn_status gn_track_drop_jumps(const gn_numbers *numbers, gn_sighting *row, size_t *count, gn_track_report *report) {
    if (isinf(report->speed)) return GN_OK;
    stretch *stretches = gn_alloc(*count, sizeof *stretches);
    if (!stretches) return GN_EIO;
    const size_t n = find_stretches(row, *count, report->speed, stretches);
    choose(row, report->speed, *count, stretches, n);
    name_jumps(numbers, row, stretches, n, report);
    size_t to = 0;
    bool lost = false; /* whether there are rows without a place among or beside those left out */
    for (size_t r = 0; r < n; r++)
        for (size_t i = stretches[r].first; i < stretches[r].first + stretches[r].rows; i++) {
            lost = lost || row[i].before == GN_LOST;
            if (!stretches[r].kept) continue;
            row[to] = row[i];
            row[to].before = stretches[r].split && i == stretches[r].first ? GN_JUMPED : lost ? GN_LOST : GN_BESIDE;
            lost = false;
            to++;
        }
    *count = to;
    free(stretches);
    return GN_OK;
}

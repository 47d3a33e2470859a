/* The parts of the import of a track, in the order in which they are used. A row is a sighting of the animal; the times
 * of rows rise. */
#ifndef GN_TRACK_PARTS_H
#define GN_TRACK_PARTS_H

#include "walk/track_import.h"

/* What there is in the file between a sighting and the one before it. */
typedef enum {
    GN_BESIDE, /* nothing, or only rows that were left out as jumps */
    GN_LOST,   /* rows without a place */
    GN_JUMPED  /* a jump that does not disappear when a few rows are left out */
} gn_between;

typedef struct {
    double time, x, y; /* the track's units; after gn_track_place() x and y are the arena's */
    size_t row;        /* its number in the file's table */
    gn_between before;
} gn_sighting;

/* Finds the largest speed of the animal from the intervals between rows, without those longer than `gap` and those that
 * begin or end at (0, 0). It is three times the larger of two speeds that a single outlier does not change: the 99th
 * percentile of the median speeds of five neighbouring intervals, and the 95th percentile of the speeds of intervals
 * that move. Infinite when fewer than 20 intervals move. */
gn_status gn_track_speed(const gn_sighting *row, size_t count, double gap, double *speed);

/* Leaves out rows that the animal could not reach, or could not leave, at report->speed. Jumps divide the track into
 * stretches, of which the combination with the most rows is kept. Adds the jumps to the report and reduces *count. */
gn_status gn_track_drop_jumps(const gn_numbers *, gn_sighting *row, size_t *count, gn_track_report *);

/* Scales and shifts the rows into the arena and reports scale and shift, or checks that the rows are inside. */
gn_status gn_track_place(const char *path, const gn_arena *, gn_track_fit, const gn_numbers *, gn_sighting *row,
                         size_t count, gn_track_report *);

#endif

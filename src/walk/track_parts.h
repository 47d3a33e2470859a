/* The parts of a track's import, in their order. Rows are sightings of the animal, times rising. */
#ifndef GN_TRACK_PARTS_H
#define GN_TRACK_PARTS_H

#include "walk/track_import.h"

/* What stands between a sighting and the one before it in the file. */
typedef enum {
    GN_BESIDE, /* nothing, or rows that were left out as jumps */
    GN_LOST,   /* rows without a place */
    GN_JUMPED  /* a jump that cannot be mended by leaving out a few rows */
} gn_between;

typedef struct {
    double time, x, y; /* the track's units; after gn_track_place() x and y are the arena's */
    size_t row;        /* of the file's numbers */
    gn_between before;
} gn_sighting;

/* The largest speed, for rows further apart in time than `gap` are not compared: three times what the animal keeps up
 * for most of five intervals in all but 1% of them, or what it exceeds in 5%, if that is more. A single outlier is in
 * neither, nor are rows at (0, 0). Infinite where fewer than 20 intervals move. */
gn_status gn_track_speed(const gn_sighting *row, size_t count, double gap, double *speed);

/* Leaves out the rows to which, or from which, no speed up to report->speed leads: of the stretches between jumps the
 * subset that keeps most rows is kept. Names the jumps. *count becomes less. */
gn_status gn_track_drop_jumps(const gn_numbers *, gn_sighting *row, size_t *count, gn_track_report *);

/* Scales and shifts the rows into the arena (report->scale, shift), or checks that they lie in it. */
gn_status gn_track_place(const char *path, const gn_arena *, gn_track_fit, const gn_numbers *, gn_sighting *row,
                         size_t count, gn_track_report *);

#endif

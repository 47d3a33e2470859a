/* An animal's real track (time, x, y) as trajectories that networks can walk. */
#ifndef GN_TRACK_H
#define GN_TRACK_H

#include "io/numbers.h"
#include "walk/trajectory.h"

typedef enum { GN_FIT_SCALE, GN_FIT_NONE } gn_track_fit;

typedef struct {
    const char *columns; /* which are time, x and y (io/numbers.h); NULL: by their names, or the three there are */
    double step;         /* the track's time units a step; 0: the median time between its rows */
    double gap;          /* a longer time between rows splits the track; 0: five times that median */
    double bridge;       /* rows without a place split it, unless the time between those around them is at most this */
    double speed;        /* largest, in the track's units of place and time; 0: found from the data */
    bool zero_missing;   /* (0, 0) is no place: some trackers write it where they lost the animal */
    double near;         /* trials begin this close to the centroid, in arena units; 0: anywhere */
    gn_track_fit fit;    /* scaled and shifted into the arena's middle, as large as it fits, or as it is */
    size_t steps;        /* a trial; 0: so many, up to 500, that little is left over */
    size_t trials;       /* at most; 0: all */
} gn_track_options;

/* Rows in which the track jumped: those that were left out, or the first one behind a jump that splits it. */
typedef struct {
    gn_numbers_place where; /* "line 1501" */
    size_t rows;            /* left out from there on; 0: none, the track was split before it */
    double time, x, y;      /* of the first, in the track's units */
    double speed;           /* that would have led there */
} gn_track_jump;

/* What was made of a track, in its own units but for `scale`. */
enum { GN_TRACK_JUMPS_NAMED = 10 };
typedef struct {
    size_t column[3];        /* of time, x and y, from 1 */
    double step, gap, speed; /* speed: infinite where too few rows move to find one */
    double scale, shift[2];  /* arena position = scale * track position + shift */
    size_t steps, trials, pieces;
    size_t rows;                              /* with a place, and not left out as jumps */
    size_t missing, zero, jumped;             /* rows without a place, at (0, 0) and so missing, left out as jumps */
    size_t used;                              /* of `rows`, those within a trial */
    size_t origin;                            /* of `rows`, those at exactly (0, 0) */
    size_t jumps;                             /* stretches of rows left out, and splits */
    gn_track_jump jump[GN_TRACK_JUMPS_NAMED]; /* the first of them */
    /* From the first row with a place to the last, and what became of it: within trials; between pieces; in pieces
     * shorter than a trial; behind the last trial of a piece; before the animal was near the centre; after --trials. */
    double span, within, unseen, too_short, left_over, away, beyond;
} gn_track_report;

/* Reads `path` and cuts it into trials. Between rows the animal is taken to walk straight at constant speed. Every
 * trial's steps add up exactly, as in a sampled walk; redraws are 0; t->time is that of the track after each step.
 * walk->arena is the arena to fit into; zero_speed, top_speed and turn_sd are set to what was measured. *t is the
 * caller's to free. */
gn_status gn_track_read(const char *path, const gn_track_options *, gn_walk *walk, gn_trajectories *t,
                        gn_track_report *);

#endif

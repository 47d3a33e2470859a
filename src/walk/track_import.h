/* Makes trajectories, which networks can walk along, from the recorded track of a real animal (time, x, y). */
#ifndef GN_TRACK_H
#define GN_TRACK_H

#include "io/numbers.h"
#include "walk/trajectory.h"

typedef enum { GN_FIT_SCALE, GN_FIT_NONE } gn_track_fit;

typedef struct {
    const char *columns; /* the columns of time, x and y (io/numbers.h); NULL: those so called, or all three */
    double step;         /* duration of a step in the track's time units; 0: the median time between rows */
    double gap;          /* a longer time between rows splits the track; 0: five times that median */
    double bridge;       /* rows without a place split the track unless at most this much time passes across them */
    double speed;        /* largest possible speed, in the track's units; 0: it is found from the data */
    bool zero_missing;   /* (0, 0) counts as missing, as some trackers write it when they have lost the animal */
    double near;         /* trials begin so close to arena.middle, in arena units; 0: anywhere */
    gn_track_fit fit;    /* scale and shift the track to the largest fit in the arena's middle, or take it as it is */
    size_t steps;        /* length of a trial; 0: a length up to 500 with which few steps are lost */
    size_t trials;       /* largest number of trials; 0: all */
} gn_track_options;

/* A jump of the tracker: rows that were left out, or a place where the track was split. */
typedef struct {
    gn_numbers_place where; /* first row left out, or first row after the split: "line 1501" */
    size_t rows;            /* number of rows left out; 0: the track was split */
    double time, x, y;      /* of that row, in the track's units */
    double speed;           /* that the animal would need to get there */
} gn_track_jump;

/* What was found in a track and done with it. Times, places and speeds are in the track's units. */
enum { GN_TRACK_JUMPS_NAMED = 10 };
typedef struct {
    size_t column[3];        /* numbers of the columns of time, x and y, from 1 */
    double step, gap, speed; /* as used; speed is infinite when too few rows move to find one */
    double scale, shift[2];  /* arena position = scale * track position + shift */
    size_t steps, trials, pieces;
    size_t rows;                  /* rows with a place, without those left out as jumps */
    size_t missing, zero, jumped; /* rows without a place; of these, those at (0, 0); rows left out as jumps */
    size_t used;                  /* of `rows`, those within a trial */
    size_t origin;                /* rows at exactly (0, 0) with a place, also those then left out as jumps */
    size_t jumps;                 /* number of jumps */
    gn_track_jump jump[GN_TRACK_JUMPS_NAMED]; /* the first of them */
    /* span: time from the first row with a place to the last. It is the sum of the time within trials, between pieces
     * (unseen), in pieces shorter than a trial, after the last trial of a piece (left_over), before the animal was near
     * the centre (away), and after the last trial that was wanted (beyond). */
    double span, within, unseen, too_short, left_over, away, beyond;
} gn_track_report;

/* Reads the track `path` and cuts it into trials. Between rows the animal is assumed to walk straight at constant
 * speed. As in a sampled walk, every position is exactly the sum of the steps before it; redraws are 0; t->time is the
 * track's time after each step. walk->arena is the arena to fit into; zero_speed, top_speed and turn_sd of the walk are
 * set to what was measured. The caller frees *t. */
gn_status gn_track_read(const char *path, const gn_track_options *, gn_walk *walk, gn_trajectories *t,
                        gn_track_report *);

#endif

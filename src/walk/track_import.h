/* An animal's real track (time, x, y) as trajectories that networks can walk. */
#ifndef GN_TRACK_H
#define GN_TRACK_H

#include "walk/trajectory.h"

typedef enum { GN_FIT_SCALE, GN_FIT_NONE } gn_track_fit;

typedef struct {
    double step;      /* the track's time units a step; 0: the median time between its rows */
    double gap;       /* a longer time between rows splits the track; 0: five times that median */
    double near;      /* trials begin this close to the centroid, in arena units; 0: anywhere */
    gn_track_fit fit; /* scaled and shifted into the arena, as large as it fits, or as it is */
    size_t steps;     /* a trial */
    size_t trials;    /* at most; 0: all */
} gn_track_options;

/* What was made of a track. */
typedef struct {
    double step, gap, scale, shift[2]; /* arena position = scale * track position + shift */
    size_t rows, pieces;               /* rows with a place; pieces between gaps */
} gn_track_report;

/* Reads `path` (three columns: time, x, y; nan where the animal was not seen) and cuts it into
 * trials. Between rows the animal is taken to walk straight at constant speed. Every trial's steps
 * add up exactly, as in a sampled walk; redraws are 0. walk->arena is the arena to fit into;
 * zero_speed, top_speed and turn_sd are set to what was measured. *t is the caller's to free. */
gn_status gn_track_read(const char *path, const gn_track_options *, gn_walk *walk, gn_trajectories *t,
                        gn_track_report *);

#endif

/* The parameters of a walk as options of programs and as keys in the headers of files, from one table. */
#ifndef GN_WALK_KEYS_H
#define GN_WALK_KEYS_H

#include "cli/options.h"
#include "io/container.h"
#include "walk/trajectory.h"

/* ROW(type, field of gn_walk_values, name, default, least, most, choices, unit, help) */
#define GN_WALK_KEYS(ROW)                                                                                          \
    ROW(CHOICE, shape, "arena", "square", 0, 0, GN_ARENA_SHAPES, NULL, "shape of the arena"),                      \
        ROW(REAL, size, "arena-size", "0", 0, 100, NULL, "arena units",                                            \
            "half the side of a square, radius of a circle, circumradius of others; 0: 1, or 1.3 for a triangle"), \
        ROW(CHOICE, still, "still", "held", 0, 0, GN_STILLS, NULL, "whether the direction changes at zero speed"), \
        ROW(REAL, zero_speed, "zero-speed", "0.9", 0, 1, NULL, "share of steps",                                   \
            "steps with zero speed: exactly this share of every trial, or on average with mode density"),          \
        ROW(CHOICE, zero_mode, "zero-speed-mode", "steps", 0, 0, GN_ZERO_MODES, NULL,                              \
            "how zero-speed steps are drawn: single steps, blocks, or each step independently"),                   \
        ROW(INT, zero_block, "zero-speed-block", "50", 1, 1e6, NULL, "steps", "length of a zero-speed block"),     \
        ROW(REAL, turn_sd, "turn-sd", "0.333333333333333315", 0, 100, NULL, "radians",                             \
            "standard deviation of a turn"),                                                                       \
        ROW(REAL, top_speed, "top-speed", "0.2", 0, 100, NULL, "arena units per step",                             \
            "moving steps have a speed that is uniform between 0 and this"),                                       \
        ROW(CHOICE, start, "start", "centre", 0, 0, GN_STARTS, NULL,                                               \
            "where trials start: in the centre, half-way from it to the first corner, or anywhere"),               \
        ROW(TEXT, corners, "arena-corners", "", 0, 0, NULL, NULL,                                                  \
            "corners of a polygon in order, \"x,y x,y ...\"; wall k begins at corner k, from 0, where they go "    \
            "counterclockwise; if they go clockwise they are taken backwards, from the last")

/* Rows for the option table of a program. */
#define GN_WALK_OPTION(TYPE, FIELD, NAME, DEFAULT, LEAST, MOST, CHOICES, UNIT, HELP)                                \
    {                                                                                                               \
        .name = NAME, .type = GN_OPTION_##TYPE, .fallback = DEFAULT, .min = LEAST, .max = MOST, .choices = CHOICES, \
        .unit = UNIT, .help = HELP                                                                                  \
    }
#define GN_WALK_OPTIONS GN_WALK_KEYS(GN_WALK_OPTION)
gn_status gn_walk_from_options(const gn_options *, gn_walk *);
/* The same for a recorded animal, which decides how it walks: only the arena is checked. */
gn_status gn_walk_from_options_of_track(const gn_options *, gn_walk *);

/* Refuses the options of a walk (GN_EUSAGE), for programs that were given --trajectories, whose file has the walk. */
gn_status gn_walk_refuse_options(const gn_options *);

/* The same options for programs that use a network: without the option, the network's own walk counts. */
#define GN_WALK_OVERRIDE(TYPE, FIELD, NAME, DEFAULT, LEAST, MOST, CHOICES, UNIT, HELP)                         \
    {                                                                                                          \
        .name = NAME, .type = GN_OPTION_##TYPE, .fallback = "", .min = LEAST, .max = MOST, .choices = CHOICES, \
        .unit = UNIT, .help = HELP "; default: as in the network's training"                                   \
    }
#define GN_WALK_OVERRIDES GN_WALK_KEYS(GN_WALK_OVERRIDE)
/* Replaces the parameters that the command line gives. Another arena has its default size unless a size is given too.
 */
gn_status gn_walk_override(const gn_options *, gn_walk *);

/* The walk on which the contents of a file are based: the keys probe.arena, probe.arena-size, ... of its header if it
 * comes from a probe, else recipe.arena, ... */
gn_status gn_walk_from_file(const gn_file *, gn_walk *);
gn_status gn_walk_to_file(const gn_walk *, gn_file *); /* recipe.* */
/* The same with another prefix. A probe's file has the walk of the network's training under "recipe." and the walk with
 * which it was probed, which may be in another arena, under "probe.". */
gn_status gn_walk_to_keys(const gn_walk *, const char *prefix, gn_file *);

#endif

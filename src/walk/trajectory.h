/* Trajectories of the animal: a modified Brownian motion in an arena (section 2.2 of the paper). */
#ifndef GN_TRAJECTORY_H
#define GN_TRAJECTORY_H

#include <stddef.h>
#include <stdint.h>

#include "base/random.h"
#include "io/container.h"
#include "walk/arena.h"

#define GN_STILLS "held|diffusing"
typedef enum { GN_STILL_HELD, GN_STILL_DIFFUSING } gn_still;
#define GN_ZERO_MODES "steps|blocks|density"
typedef enum { GN_ZERO_STEPS, GN_ZERO_BLOCKS, GN_ZERO_DENSITY } gn_zero;
#define GN_STARTS "centre|halfway|uniform"
typedef enum { GN_START_CENTRE, GN_START_HALFWAY, GN_START_UNIFORM } gn_start;
#define GN_CODINGS "turns|radians|cossin"
typedef enum { GN_CODE_TURNS, GN_CODE_RADIANS, GN_CODE_COSSIN } gn_coding;

/* How the animal moves: the part of a recipe on which trajectories depend. */
typedef struct {
    gn_arena arena;
    gn_still still;    /* whether the direction is held or changes while the animal stands still */
    double zero_speed; /* share of the steps with speed 0: exactly round(share * steps) in every trial, or on average */
    gn_zero zero_mode; /* a fixed number of single steps, contiguous blocks, or each step independently (on average) */
    int zero_block;    /* length of a block in steps, for GN_ZERO_BLOCKS */
    double turn_sd;    /* standard deviation of turns in radians, per moving step or, when diffusing, per step */
    double top_speed;  /* speeds of moving steps are uniform in (0, top_speed), arena units per step */
    gn_start start;
} gn_walk;

/* Checks that the parameters are in range and that the animal can take every step. */
gn_status gn_walk_check(const gn_walk *);

typedef struct {
    size_t trials, steps;
    float *speed;      /* (trials, steps), distance moved in the step */
    float *direction;  /* (trials, steps), turns in [0, 1) */
    float *position;   /* (trials, steps, 2), after the step */
    uint16_t *redraws; /* (trials, steps), turns redrawn at the boundary; 0: no interaction */
    double *time;      /* (trials, steps), the track's time after the step; NULL when the walk was sampled */
} gn_trajectories;     /* owns its arrays */

gn_status gn_trajectories_new(size_t trials, size_t steps, gn_trajectories *);
gn_status gn_trajectories_new_timed(size_t trials, size_t steps, gn_trajectories *); /* with an array `time` */
void gn_trajectories_free(gn_trajectories *);
/* Rows first .. first + count - 1. The result shares the memory of its argument and must not be freed. */
gn_trajectories gn_trajectories_rows(const gn_trajectories *, size_t first, size_t count);

/* Copies a row to the row `at` of trajectories with the same number of steps; the time when both have it. */
void gn_trajectories_copy_row(const gn_trajectories *from, size_t row, gn_trajectories *to, size_t at);

/* How positions and directions are rounded: to float, through memory; and turns wrapped into [0, 1) before, where a
 * value that would round up to 1 becomes 0. */
float gn_round_to_float(double);
float gn_wrap_turns(double turns);

/* The state of an animal between two stretches of one uninterrupted walk. */
typedef struct {
    double x, y, direction; /* arena units, turns */
    uint64_t step;          /* number of steps done; 0: the start is drawn first */
} gn_animal;

/* Fills rows [first, first+count) of `out`. Row r is trial number r of (seed, purpose, update) and depends on nothing
 * else. */
gn_status gn_walk_sample(const gn_walk *, uint64_t seed, gn_purpose purpose, uint32_t update, size_t first,
                         size_t count, gn_trajectories *out);
/* Fills all rows of `out` with so many threads. */
gn_status gn_walk_sample_all(const gn_walk *, uint64_t seed, gn_purpose purpose, uint32_t update, int threads,
                             gn_trajectories *out);
/* Fills `out` with the next stretch of an uninterrupted walk: out->steps steps of animals 0..trials-1, a row each.
 * Every stretch has its own exact share of zero-speed steps, and depends only on seed, purpose, row and the animal's
 * state. */
gn_status gn_walk_continue(const gn_walk *, uint64_t seed, gn_purpose purpose, gn_animal *animal, gn_trajectories *out);

/* The number of inputs of a coding of speed and direction theta (2 or 3), and the inputs of one step.
 * turns: speed, theta / 2pi; radians: speed, theta; cossin: speed, cos theta, sin theta. */
int gn_coding_channels(gn_coding);
void gn_encode(gn_coding, float speed, float turns, float *input);

/* Adds the keys of the walk, the seed, and the arrays, which the caller must keep until the file is written. */
gn_status gn_trajectories_to_file(const gn_trajectories *, const gn_walk *, uint64_t seed, gn_file *);
gn_status gn_trajectories_write(const gn_trajectories *, const gn_walk *, uint64_t seed, const char *path);
gn_status gn_trajectories_read(const char *path, gn_trajectories *, gn_walk *);

#endif

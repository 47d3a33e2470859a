/* The animal: modified Brownian motion in an arena. */
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

/* How the animal moves; the part of a recipe that trajectories depend on. */
typedef struct {
    gn_arena arena;
    gn_still still;    /* direction while standing still */
    double zero_speed; /* share of a trial's steps with speed 0: exactly round(share * steps), or on average */
    gn_zero zero_mode; /* single steps at random, contiguous blocks, or each step by itself (on average) */
    int zero_block;    /* steps a block, for GN_ZERO_BLOCKS */
    double turn_sd;    /* radians per moving step (or per step, when diffusing) */
    double top_speed;  /* speed is uniform in (0, top_speed), arena units per step */
    gn_start start;
} gn_walk;

/* What a walk must satisfy for every step to have a way. */
gn_status gn_walk_check(const gn_walk *);

typedef struct {
    size_t trials, steps;
    float *speed;      /* (trials, steps), distance moved in the step */
    float *direction;  /* (trials, steps), turns in [0, 1) */
    float *position;   /* (trials, steps, 2), after the step */
    uint16_t *redraws; /* (trials, steps), turns redrawn at the boundary; 0: no interaction */
    double *time;      /* (trials, steps), after the step, in the units of the track they are from; NULL: sampled */
} gn_trajectories;     /* owns its arrays */

gn_status gn_trajectories_new(size_t trials, size_t steps, gn_trajectories *);
gn_status gn_trajectories_new_timed(size_t trials, size_t steps, gn_trajectories *); /* with `time` */
void gn_trajectories_free(gn_trajectories *);
/* Rows first .. first + count - 1 as trajectories of their own: borrowed, not to be freed. */
gn_trajectories gn_trajectories_rows(const gn_trajectories *, size_t first, size_t count);

/* Where animals are between two stretches of one uninterrupted run. */
typedef struct {
    double x, y, direction; /* arena units, turns */
    uint64_t step;          /* steps done; 0: the start is still to be drawn */
} gn_animal;

/* Fills rows [first, first+count) of `out`; row r is trial number r of (seed, purpose, update).
 * Trials start afresh. The result depends on nothing else. */
gn_status gn_walk_sample(const gn_walk *, uint64_t seed, gn_purpose purpose, uint32_t update, size_t first,
                         size_t count, gn_trajectories *out);
/* All rows of `out`, by this many threads. */
gn_status gn_walk_sample_all(const gn_walk *, uint64_t seed, gn_purpose purpose, uint32_t update, int threads,
                             gn_trajectories *out);
/* The next out->steps steps of animals 0..trials-1 (one row each); each stretch of a run has its own
 * exact share of zero-speed steps, and is a function of (seed, purpose, row, animal state). */
gn_status gn_walk_continue(const gn_walk *, uint64_t seed, gn_purpose purpose, gn_animal *animal, gn_trajectories *out);

/* Network inputs for one step: input is (channels) floats; returns channels (2 or 3).
 * turns: speed, theta / 2pi; radians: speed, theta; cossin: speed, cos theta, sin theta. */
int gn_coding_channels(gn_coding);
void gn_encode(gn_coding, float speed, float turns, float *input);

/* Adds the walk's and the seed's recipe keys and the arrays, which stay borrowed. */
gn_status gn_trajectories_to_file(const gn_trajectories *, const gn_walk *, uint64_t seed, gn_file *);
gn_status gn_trajectories_write(const gn_trajectories *, const gn_walk *, uint64_t seed, const char *path);
gn_status gn_trajectories_read(const char *path, gn_trajectories *, gn_walk *);

#endif

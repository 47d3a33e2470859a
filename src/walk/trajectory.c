#include "walk/trajectory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "base/pool.h"
#include "io/container.h"
#include "walk/walk_keys.h"

/* ---- containers ----------------------------------------------------------------- */

gn_status gn_trajectories_new(size_t trials, size_t steps, gn_trajectories *t) {
    *t = (gn_trajectories){.trials = trials, .steps = steps};
    if (trials == 0 || steps == 0)
        return gn_fail(GN_EUSAGE, "trajectories: %zu trials of %zu steps: both must be at least 1", trials, steps);
    if (trials > SIZE_MAX / sizeof(float) / 2 / steps)
        return gn_fail(GN_EIO, "trajectories: %zu trials of %zu steps do not fit in memory", trials, steps);
    size_t cells = trials * steps;
    t->speed = gn_alloc(cells, sizeof *t->speed);
    t->direction = gn_alloc(cells, sizeof *t->direction);
    t->position = gn_alloc(cells, 2 * sizeof *t->position);
    t->redraws = gn_alloc(cells, sizeof *t->redraws);
    if (t->speed && t->direction && t->position && t->redraws) return GN_OK;
    gn_trajectories_free(t);
    return GN_EIO;
}

gn_status gn_trajectories_new_timed(size_t trials, size_t steps, gn_trajectories *t) {
    gn_status status = gn_trajectories_new(trials, steps, t);
    if (status) return status;
    t->time = gn_alloc(trials * steps, sizeof *t->time);
    if (t->time) return GN_OK;
    gn_trajectories_free(t);
    return GN_EIO;
}

void gn_trajectories_free(gn_trajectories *t) {
    free(t->speed);
    free(t->direction);
    free(t->position);
    free(t->redraws);
    free(t->time);
    *t = (gn_trajectories){0};
}

gn_trajectories gn_trajectories_rows(const gn_trajectories *t, size_t first, size_t count) {
    size_t cell = first * t->steps;
    return (gn_trajectories){.trials = count,
                             .steps = t->steps,
                             .speed = t->speed + cell,
                             .direction = t->direction + cell,
                             .position = t->position + 2 * cell,
                             .redraws = t->redraws + cell,
                             .time = t->time ? t->time + cell : NULL};
}

void gn_trajectories_copy_row(const gn_trajectories *from, size_t row, gn_trajectories *to, size_t at) {
    const size_t steps = from->steps, first = row * steps, cell = at * steps;
    memcpy(to->speed + cell, from->speed + first, steps * sizeof *to->speed);
    memcpy(to->direction + cell, from->direction + first, steps * sizeof *to->direction);
    memcpy(to->position + 2 * cell, from->position + 2 * first, 2 * steps * sizeof *to->position);
    memcpy(to->redraws + cell, from->redraws + first, steps * sizeof *to->redraws);
    if (to->time && from->time) memcpy(to->time + cell, from->time + first, steps * sizeof *to->time);
}

/* ---- the walk -------------------------------------------------------------------
 *
 * Each trial has one stream of random numbers, which is read in this order: the initial direction; the start position,
 * if starts are uniform; which steps move; then for each step the turn, the speed if the step moves, and the redraws of
 * the turn at the boundary. All arithmetic is in IEEE doubles. The position is rounded to float after every step and
 * the walk goes on from the rounded one, so the stored numbers exactly obey
 *   position(t) = float(position(t-1) + speed(t) * (cos, sin)(direction(t))). */

static const double turns_per_radian = 0.15915494309189533577;

/* After so many redraws of a turn the walk is given up: with its parameters the animal finds no way. */
enum { REDRAWS_MAX = 65535 };

/* Which steps of a trial move. */
typedef struct {
    uint8_t *moving; /* (steps) 1 where the animal moves */
    uint32_t *lot;   /* (steps) scratch memory for drawing without replacement */
} step_plan;

static gn_status step_plan_new(size_t steps, step_plan *plan) {
    plan->moving = gn_alloc(steps, sizeof *plan->moving);
    plan->lot = gn_alloc(steps, sizeof *plan->lot);
    return plan->moving && plan->lot ? GN_OK : GN_EIO;
}

static void step_plan_free(step_plan *plan) {
    free(plan->moving);
    free(plan->lot);
}

/* Draws `count` of the numbers 0..n-1 without replacement into lot[0..count-1], by the first steps of a Fisher-Yates
 * shuffle. */
static void draw_lots(gn_stream *stream, uint32_t n, uint32_t count, uint32_t *lot) {
    for (uint32_t i = 0; i < n; i++)
        lot[i] = i;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t j = i + gn_stream_below(stream, n - i);
        uint32_t drawn = lot[j];
        lot[j] = lot[i];
        lot[i] = drawn;
    }
}

/* Blocks of standing still: the zero-speed steps are divided into as many whole blocks as possible and one shorter
 * block for the rest. Blocks and moving steps then follow each other in random order, so two blocks may be neighbours.
 */
static void plan_blocks(gn_stream *stream, uint32_t steps, uint32_t still, uint32_t block, step_plan *plan) {
    uint32_t blocks = still / block + (still % block != 0);
    uint32_t items = blocks + (steps - still);
    draw_lots(stream, items, blocks, plan->lot);
    /* At first moving[i] says whether item i is a block or a moving step. The item drawn first is the short block. */
    uint32_t short_item = plan->lot[0];
    memset(plan->moving, 1, items);
    for (uint32_t b = 0; b < blocks; b++)
        plan->moving[plan->lot[b]] = 0;
    /* Items are expanded to steps from the end, as no item then overwrites one that is still to be read. */
    uint32_t end = steps;
    for (uint32_t i = items; i-- > 0;) {
        uint8_t kind = plan->moving[i];
        uint32_t length = 1;
        if (!kind) length = i == short_item && still % block ? still % block : block;
        end -= length;
        memset(plan->moving + end, kind, length);
    }
}

/* Marks the steps that move: exactly steps - round(zero_speed * steps) of them or, with GN_ZERO_DENSITY, each step
 * independently with probability 1 - zero_speed. */
static void plan_steps(const gn_walk *walk, gn_stream *stream, uint32_t steps, step_plan *plan) {
    if (walk->zero_mode == GN_ZERO_DENSITY) {
        for (uint32_t i = 0; i < steps; i++)
            plan->moving[i] = gn_stream_uniform(stream) >= walk->zero_speed;
        return;
    }
    uint32_t still = (uint32_t)floor(walk->zero_speed * steps + 0.5);
    if (still == 0 || still == steps) {
        memset(plan->moving, still == 0, steps);
    } else if (walk->zero_mode == GN_ZERO_BLOCKS) {
        plan_blocks(stream, steps, still, (uint32_t)walk->zero_block, plan);
    } else {
        uint32_t moving = steps - still;
        draw_lots(stream, steps, moving, plan->lot);
        memset(plan->moving, 0, steps);
        for (uint32_t i = 0; i < moving; i++)
            plan->moving[plan->lot[i]] = 1;
    }
}

/* Without `volatile`, gcc 12 at -O2 makes one vector operation of the roundings of x and y and then removes it, as if
 * (double)(float)d were d. */
float gn_round_to_float(double value) {
    volatile float rounded = (float)value;
    return rounded;
}

float gn_wrap_turns(double turns) {
    float wrapped = gn_round_to_float(turns - floor(turns));
    return wrapped < 1 ? wrapped : 0;
}

static double draw_turn(const gn_walk *walk, gn_stream *stream) {
    return walk->turn_sd * turns_per_radian * gn_stream_normal(stream);
}

/* The place between the arena's middle and its first corner (a circle's: its point to the right). */
static void halfway(const gn_arena *arena, double place[2]) {
    const double edge[2] = {arena->size, 0}, *corner = arena->corners ? arena->corner[0] : edge;
    for (int d = 0; d < 2; d++)
        place[d] = (arena->middle[d] + corner[d]) / 2;
}

/* Draws the start of a trial: a place inside the arena whose coordinates are floats. */
static void draw_start(const gn_walk *walk, gn_stream *stream, gn_animal *animal) {
    const gn_arena *arena = &walk->arena;
    animal->direction = gn_wrap_turns(gn_stream_uniform(stream));
    animal->x = gn_round_to_float(arena->middle[0]);
    animal->y = gn_round_to_float(arena->middle[1]);
    if (walk->start == GN_START_CENTRE) return;
    if (walk->start == GN_START_HALFWAY) {
        double place[2];
        halfway(arena, place);
        animal->x = gn_round_to_float(place[0]);
        animal->y = gn_round_to_float(place[1]);
        return;
    }
    do { /* points of the bounding box are drawn until one is inside, so all points of the arena are equally likely */
        double u = gn_stream_uniform(stream), v = gn_stream_uniform(stream);
        animal->x = gn_round_to_float(arena->min[0] + (arena->max[0] - arena->min[0]) * u);
        animal->y = gn_round_to_float(arena->min[1] + (arena->max[1] - arena->min[1]) * v);
    } while (!gn_arena_inside(arena, animal->x, animal->y));
}

/* One moving step of length `speed`. A turn that would lead outside is redrawn: first as a fresh turn, then by adding
 * further turns to it, so that its variance grows until the step stays inside. Returns the number of redraws, -1 when
 * that does not happen. */
static int move(const gn_walk *walk, gn_stream *stream, float speed, gn_animal *animal) {
    double turn = draw_turn(walk, stream);
    for (int redraws = 0; redraws <= REDRAWS_MAX; redraws++) {
        if (redraws == 1)
            turn = draw_turn(walk, stream);
        else if (redraws > 1)
            turn += draw_turn(walk, stream);
        float direction = gn_wrap_turns(animal->direction + turn);
        double s, c;
        gn_sincos_turns(direction, &s, &c);
        float x = gn_round_to_float(animal->x + speed * c);
        float y = gn_round_to_float(animal->y + speed * s);
        const double from[2] = {animal->x, animal->y}, to[2] = {(double)x, (double)y};
        if (gn_arena_inside(&walk->arena, to[0], to[1]) && gn_arena_clear(&walk->arena, from, to)) {
            animal->x = x;
            animal->y = y;
            animal->direction = direction;
            return redraws;
        }
    }
    return -1;
}

/* Fills one row of `out` with steps of the animal, and moves it there. */
static gn_status fill_row(const gn_walk *walk, gn_stream *stream, step_plan *plan, gn_animal *animal, size_t row,
                          gn_trajectories *out) {
    plan_steps(walk, stream, (uint32_t)out->steps, plan);
    for (size_t t = 0; t < out->steps; t++) {
        size_t cell = row * out->steps + t;
        float speed = 0;
        int redraws = 0;
        if (plan->moving[t]) {
            speed = (float)(walk->top_speed * gn_stream_uniform(stream));
            redraws = move(walk, stream, speed, animal);
        } else if (walk->still == GN_STILL_DIFFUSING) {
            animal->direction = gn_wrap_turns(animal->direction + draw_turn(walk, stream));
        }
        if (redraws < 0)
            return gn_fail(GN_ENUM,
                           "trial %zu, step %zu: %d redraws of the turn found no way along the wall"
                           " at (%g, %g): turn-sd %g is too small for this arena",
                           row, t, REDRAWS_MAX, animal->x, animal->y, walk->turn_sd);
        out->speed[cell] = speed;
        out->direction[cell] = (float)animal->direction;
        out->position[2 * cell] = (float)animal->x;
        out->position[2 * cell + 1] = (float)animal->y;
        out->redraws[cell] = (uint16_t)redraws;
    }
    return GN_OK;
}

/* The top speed is limited because a step that is no longer than the inradius can always be taken: towards the centre
 * of the largest inner circle, at least in a convex arena. */
gn_status gn_walk_check(const gn_walk *walk) {
    if (!(walk->top_speed > 0 && walk->top_speed <= walk->arena.inradius))
        return gn_fail(GN_EUSAGE, "top-speed: %g: must be above 0 and at most %g, the inradius of the %s",
                       walk->top_speed, walk->arena.inradius, gn_arena_name(walk->arena.shape));
    if (!(walk->zero_speed >= 0 && walk->zero_speed <= 1))
        return gn_fail(GN_EUSAGE, "zero-speed: %g: must be 0 to 1", walk->zero_speed);
    if (walk->zero_mode == GN_ZERO_BLOCKS && walk->zero_block < 1)
        return gn_fail(GN_EUSAGE, "zero-speed-block: %d: must be at least 1", walk->zero_block);
    if (!(walk->turn_sd >= 0 && walk->turn_sd <= 1e6))
        return gn_fail(GN_EUSAGE, "turn-sd: %g: must be 0 to 1e6", walk->turn_sd);
    double start[2];
    halfway(&walk->arena, start);
    if (walk->start == GN_START_HALFWAY && !gn_arena_inside(&walk->arena, start[0], start[1]))
        return gn_fail(
            GN_EUSAGE,
            "start: halfway: (%g, %g), between the middle and the first corner, is outside this arena; accepted "
            "are centre and uniform",
            start[0], start[1]);
    return GN_OK;
}

static gn_status sample_check(const gn_walk *walk, const gn_trajectories *out) {
    if (out->steps > INT32_MAX || out->trials > UINT32_MAX)
        return gn_fail(GN_EUSAGE, "trajectories: %zu trials of %zu steps: at most %u and %d", out->trials, out->steps,
                       UINT32_MAX, INT32_MAX);
    return gn_walk_check(walk);
}

gn_status gn_walk_sample(const gn_walk *walk, uint64_t seed, gn_purpose purpose, uint32_t update, size_t first,
                         size_t count, gn_trajectories *out) {
    step_plan plan = {0};
    gn_status status = sample_check(walk, out);
    if (!status) status = step_plan_new(out->steps, &plan);
    for (size_t row = first; !status && row < first + count; row++) {
        gn_stream stream = gn_stream_open(seed, purpose, update, (uint32_t)row);
        gn_animal animal;
        draw_start(walk, &stream, &animal);
        status = fill_row(walk, &stream, &plan, &animal, row, out);
    }
    step_plan_free(&plan);
    return status;
}

/* How many rows of gn_walk_sample_all() are one task of a thread. */
enum { ROWS_A_TASK = 16 };

typedef struct {
    const gn_walk *walk;
    uint64_t seed;
    gn_purpose purpose;
    uint32_t update;
    gn_trajectories *out;
    gn_status *status; /* (tasks) */
} sampling;

static gn_status sample_task(const sampling *s, int task) {
    size_t first = (size_t)task * ROWS_A_TASK, left = s->out->trials - first;
    return gn_walk_sample(s->walk, s->seed, s->purpose, s->update, first, left < ROWS_A_TASK ? left : ROWS_A_TASK,
                          s->out);
}

static void run_sample_task(void *context, int task, int worker) {
    sampling *s = context;
    (void)worker;
    s->status[task] = sample_task(s, task);
    if (s->status[task]) gn_error_clear();
}

gn_status gn_walk_sample_all(const gn_walk *walk, uint64_t seed, gn_purpose purpose, uint32_t update, int threads,
                             gn_trajectories *out) {
    gn_status status = sample_check(walk, out);
    if (status) return status;
    int tasks = (int)((out->trials + ROWS_A_TASK - 1) / ROWS_A_TASK);
    sampling s = {walk, seed, purpose, update, out, gn_alloc((size_t)tasks, sizeof *s.status)};
    gn_pool *pool = NULL;
    if (!s.status) return GN_EIO;
    status = gn_pool_new(threads < tasks ? threads : tasks, &pool);
    if (!status) {
        gn_pool_run(pool, tasks, run_sample_task, &s);
        /* Error messages are kept by thread, so the first task that failed is repeated in the caller's thread. */
        for (int i = 0; i < tasks && !status; i++)
            if (s.status[i]) status = sample_task(&s, i);
    }
    gn_pool_free(pool);
    free(s.status);
    return status;
}

gn_status gn_walk_continue(const gn_walk *walk, uint64_t seed, gn_purpose purpose, gn_animal *animal,
                           gn_trajectories *out) {
    step_plan plan = {0};
    gn_status status = sample_check(walk, out);
    if (!status) status = step_plan_new(out->steps, &plan);
    for (size_t row = 0; !status && row < out->trials; row++) {
        if (animal[row].step + out->steps > INT32_MAX) {
            status = gn_fail(GN_EUSAGE, "steps: %llu: a run has at most %d steps",
                             (unsigned long long)(animal[row].step + out->steps), INT32_MAX);
            break;
        }
        /* Stretches of a long walk count update numbers down from the largest, so that they share no random numbers
         * with trials, which count them up from 0. */
        uint32_t stretch = UINT32_MAX - (uint32_t)animal[row].step;
        gn_stream stream = gn_stream_open(seed, purpose, stretch, (uint32_t)row);
        if (animal[row].step == 0) draw_start(walk, &stream, &animal[row]);
        status = fill_row(walk, &stream, &plan, &animal[row], row, out);
        animal[row].step += out->steps;
    }
    step_plan_free(&plan);
    return status;
}

/* ---- inputs of the network ------------------------------------------------------- */

int gn_coding_channels(gn_coding coding) {
    return coding == GN_CODE_COSSIN ? 3 : 2;
}

void gn_encode(gn_coding coding, float speed, float turns, float *input) {
    input[0] = speed;
    if (coding == GN_CODE_TURNS) {
        input[1] = turns;
    } else if (coding == GN_CODE_RADIANS) {
        input[1] = (float)(turns / turns_per_radian);
    } else {
        double s, c;
        gn_sincos_turns(turns, &s, &c);
        input[1] = (float)c;
        input[2] = (float)s;
    }
}

/* ---- files ----------------------------------------------------------------------- */

gn_status gn_trajectories_to_file(const gn_trajectories *t, const gn_walk *walk, uint64_t seed, gn_file *file) {
    const size_t shape[3] = {t->trials, t->steps, 2};
    gn_status status = gn_walk_to_file(walk, file);
    if (!status) status = gn_file_set(file, "recipe.seed", "%llu", (unsigned long long)seed);
    if (!status) status = gn_file_add(file, "speed", GN_F32, 2, shape, t->speed);
    if (!status) status = gn_file_add(file, "direction", GN_F32, 2, shape, t->direction);
    if (!status) status = gn_file_add(file, "position", GN_F32, 3, shape, t->position);
    if (!status) status = gn_file_add(file, "redraws", GN_U16, 2, shape, t->redraws);
    if (!status && t->time) status = gn_file_add(file, "time", GN_F64, 2, shape, t->time);
    return status;
}

gn_status gn_trajectories_write(const gn_trajectories *t, const gn_walk *walk, uint64_t seed, const char *path) {
    gn_file *file = gn_file_new("trajectories");
    gn_status status = file ? gn_trajectories_to_file(t, walk, seed, file) : GN_EIO;
    if (!status) status = gn_file_write(file, path);
    gn_file_free(file);
    return status;
}

/* Refuses values that a network or a map cannot use. */
static gn_status check_cells(const char *path, const gn_trajectories *t, const gn_arena *arena) {
    for (size_t cell = 0; cell < t->trials * t->steps; cell++) {
        float speed = t->speed[cell], direction = t->direction[cell];
        const float *p = t->position + 2 * cell;
        size_t trial = cell / t->steps, step = cell % t->steps;
        if (!(speed >= 0 && speed <= 1e6f))
            return gn_fail(GN_EFILE, "%s: speed of trial %zu, step %zu: %g: must be 0 to 1e6", path, trial, step,
                           speed);
        if (!(direction >= 0 && direction < 1))
            return gn_fail(GN_EFILE, "%s: direction of trial %zu, step %zu: %g: must be 0 to below 1 turn", path, trial,
                           step, direction);
        if (!gn_arena_inside(arena, p[0], p[1]))
            return gn_fail(GN_EFILE, "%s: position of trial %zu, step %zu: (%g, %g): must be inside the %s", path,
                           trial, step, p[0], p[1], gn_arena_name(arena->shape));
        if (t->time && !isfinite(t->time[cell]))
            return gn_fail(GN_EFILE, "%s: time of trial %zu, step %zu: %g: must be finite", path, trial, step,
                           t->time[cell]);
    }
    return GN_OK;
}

static bool has_array(const gn_file *file, const char *name) {
    gn_type type;
    int rank;
    size_t shape[GN_RANK_MAX];
    const void *data;
    const char *found;
    for (int i = 0; (found = gn_file_array_at(file, i, &type, &rank, shape, &data)) != NULL; i++)
        if (strcmp(found, name) == 0) return true;
    return false;
}

gn_status gn_trajectories_read(const char *path, gn_trajectories *t, gn_walk *walk) {
    gn_file *file = NULL;
    const void *speed, *direction, *position, *redraws, *time = NULL;
    size_t shape[3] = {0, 0, 2};
    *t = (gn_trajectories){0};
    gn_status status = gn_file_read(path, "trajectories", &file);
    if (!status) status = gn_walk_from_file(file, walk);
    if (!status) status = gn_file_array(file, "speed", GN_F32, 2, shape, &speed);
    if (!status) status = gn_file_array(file, "direction", GN_F32, 2, shape, &direction);
    if (!status) status = gn_file_array(file, "position", GN_F32, 3, shape, &position);
    if (!status) status = gn_file_array(file, "redraws", GN_U16, 2, shape, &redraws);
    if (!status && has_array(file, "time")) status = gn_file_array(file, "time", GN_F64, 2, shape, &time);
    if (!status && (shape[0] == 0 || shape[1] == 0))
        status = gn_fail(GN_EFILE, "%s: speed: no trials or no steps", path);
    if (!status) status = (time ? gn_trajectories_new_timed : gn_trajectories_new)(shape[0], shape[1], t);
    if (!status) {
        size_t cells = t->trials * t->steps;
        memcpy(t->speed, speed, cells * sizeof *t->speed);
        memcpy(t->direction, direction, cells * sizeof *t->direction);
        memcpy(t->position, position, 2 * cells * sizeof *t->position);
        memcpy(t->redraws, redraws, cells * sizeof *t->redraws);
        if (time) memcpy(t->time, time, cells * sizeof *t->time);
        status = check_cells(path, t, &walk->arena);
        if (status) gn_trajectories_free(t);
    }
    gn_file_free(file);
    return status;
}

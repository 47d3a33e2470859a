/* probe-tuning: rate maps and tuning curves of the units of a network, or their rates during one uninterrupted walk. */
#include <math.h>
#include <stdlib.h>

#include "io/container.h"
#include "units/tuning_probe.h"

static const gn_option option[] = {
    GN_PROBE_TRIALS("2000", 1, 1e7, ""),
    GN_PROBE_STEPS(1e8, ", or 200000 with --uninterrupted"),
    GN_TUNING_BINS(1, 512),
    GN_TUNING_SKIP(1e8),
    {.name = "trajectories",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "walk along the trials of this file of sample-trajectories instead of fresh ones"},
    {.name = "record",
     .type = GN_OPTION_INT,
     .fallback = "0",
     .max = 1e7,
     .unit = "trials",
     .help = "write the rates over time of so many trials too, from the first"},
    {.name = "uninterrupted",
     .type = GN_OPTION_FLAG,
     .fallback = "",
     .help = "write the rates during one uninterrupted walk instead of maps or, with --trajectories, during those "
             "trials one after the other"},
    {.name = "every",
     .type = GN_OPTION_INT,
     .fallback = "10",
     .min = 1,
     .max = 1e8,
     .unit = "steps",
     .help = "with --uninterrupted: write the rates of every N-th step"},
    GN_PROBE_OPTIONS("0"),
    {0},
};

static const char details[] =
    "A trial starts with all units at rest and, usually, in the centre of the arena. The first rates of a trial "
    "depend on that start more than on the place and would leave a spot in the centre of every map. So --skip "
    "leaves them out; 50 steps are five time constants. There is no noise unless --noise-sd is given.\n\n"
    "Maps have square bins over the arena's bounding box, with row 0 at the bottom. They are means of the rate "
    "over all steps in a bin, not smoothed, and nan in bins without a step. Direction tuning is the mean over "
    "moving steps in 36 bins of a turn; speed tuning has one bin for standing still and ten up to the top "
    "speed.\n\n"
    "Arrays of a probe (N units, B bins): rate_map (N,B,B); rate_map_half (2,N,B,B), from trials with even and "
    "with odd numbers; occupancy (B,B); direction_tuning (N,36); direction_centre (36); speed_tuning (N,11); "
    "speed_centre (11). With --record there are S = trials x steps recorded steps: response (N,S), "
    "response_position (S,2), response_speed (S), response_direction (S) and, for trajectories made from a track, "
    "response_time (S), the track's time. With --uninterrupted the file is of kind run and has the arrays rate "
    "(N,S), position (S,2), speed (S), direction (S) and, for trajectories made from a track, time (S). Given trials "
    "follow each other in it, so that the null of shifted rates shifts across them as it does across the pieces of a "
    "recording.\n\n"
    "With --arena hexagon, for example, a network that was trained in the square is probed in the hexagon.";

/* Rates of the recorded steps, and where the animal was. There are S = trials * steps / every columns. */
typedef struct {
    size_t units, columns;
    float *rate;      /* (N, S) */
    float *position;  /* (S, 2) */
    float *speed;     /* (S) */
    float *direction; /* (S) */
    double *time;     /* (S) the track's time; NULL when there is no track */
} record;

static gn_status record_new(size_t units, size_t columns, bool timed, record *r) {
    *r = (record){.units = units, .columns = columns};
    if (columns == 0) return GN_OK;
    r->rate = gn_alloc(units * columns, sizeof *r->rate);
    r->position = gn_alloc(columns, 2 * sizeof *r->position);
    r->speed = gn_alloc(columns, sizeof *r->speed);
    r->direction = gn_alloc(columns, sizeof *r->direction);
    if (timed) r->time = gn_alloc(columns, sizeof *r->time);
    return r->rate && r->position && r->speed && r->direction && (r->time || !timed) ? GN_OK : GN_EIO;
}

static void record_free(record *r) {
    free(r->rate);
    free(r->position);
    free(r->speed);
    free(r->direction);
    free(r->time);
}

/* Sets a column of the record from a cell of the trajectories. */
static void record_set(record *r, size_t column, const gn_trajectories *t, size_t cell, const float *rate,
                       size_t stride) {
    for (size_t i = 0; i < r->units; i++)
        r->rate[i * r->columns + column] = rate[i * stride];
    r->position[2 * column] = t->position[2 * cell];
    r->position[2 * column + 1] = t->position[2 * cell + 1];
    r->speed[column] = t->speed[cell];
    r->direction[column] = t->direction[cell];
    if (r->time) r->time[column] = t->time[cell];
}

/* nan stands for what was never visited, so a network that diverges has no maps. */
static gn_status check_finite(const gn_probe *probe, size_t count, const float *rate) {
    for (size_t i = 0; i < count; i++)
        if (!isfinite(rate[i]))
            return gn_fail(GN_ENUM, "%s: its rates do not stay finite along this walk", gn_file_path(probe->file));
    return GN_OK;
}

static gn_status record_add(const record *r, const char *rate, const char *position, const char *speed,
                            const char *direction, gn_file *file) {
    const size_t both[2] = {r->units, r->columns}, place[2] = {r->columns, 2};
    gn_status status = gn_file_add(file, rate, GN_F32, 2, both, r->rate);
    if (!status) status = gn_file_add(file, position, GN_F32, 2, place, r->position);
    if (!status) status = gn_file_add(file, speed, GN_F32, 1, place, r->speed);
    if (!status) status = gn_file_add(file, direction, GN_F32, 1, place, r->direction);
    return status;
}

/* What visits need when trials are probed. */
typedef struct {
    gn_tuning_probe tuning;
    size_t recorded_trials;
    record record;
} probing;

static gn_status begin_batch(void *context, const gn_trajectories *batch, size_t first, int chunks) {
    probing *p = context;
    return gn_tuning_probe_begin(&p->tuning, batch, first, chunks);
}

static void visit_step(void *context, int chunk, size_t first, int width, int lanes, size_t step, const float *rate,
                       const float *position) {
    probing *p = context;
    const gn_trajectories *t = p->tuning.batch;
    for (size_t k = 0; k < (size_t)width; k++) {
        size_t trial = p->tuning.first + first + k, cell = (first + k) * t->steps + step;
        if (trial < p->recorded_trials)
            record_set(&p->record, trial * t->steps + step, t, cell, rate + k, (size_t)lanes);
    }
    gn_tuning_probe_visit(&p->tuning, chunk, first, width, lanes, step, rate, position);
}

static gn_status end_batch(void *context) {
    probing *p = context;
    return gn_tuning_probe_end(&p->tuning);
}

/* What visits need during a run: one uninterrupted walk, or given trials one after the other. */
typedef struct {
    const gn_trajectories *stretch;
    size_t first; /* number of the first step of the stretch or, of given trials, of the batch's first trial */
    size_t skip, every;
    size_t columns; /* number of recorded steps of a trial */
    record record;
} long_walk;

static gn_status begin_stretch(void *context, const gn_trajectories *stretch, size_t first, int chunks) {
    long_walk *r = context;
    (void)chunks;
    r->stretch = stretch;
    r->first = first;
    return GN_OK;
}

static void visit_run(void *context, int chunk, size_t first, int width, int lanes, size_t step, const float *rate,
                      const float *position) {
    long_walk *r = context;
    size_t done = r->first + step;
    (void)chunk, (void)first, (void)width, (void)position;
    if (done >= r->skip && (done - r->skip) % r->every == 0)
        record_set(&r->record, (done - r->skip) / r->every, r->stretch, step, rate, (size_t)lanes);
}

static void visit_given(void *context, int chunk, size_t first, int width, int lanes, size_t step, const float *rate,
                        const float *position) {
    long_walk *r = context;
    (void)chunk, (void)position;
    if (step < r->skip || (step - r->skip) % r->every != 0) return;
    for (size_t k = 0; k < (size_t)width; k++)
        record_set(&r->record, (r->first + first + k) * r->columns + (step - r->skip) / r->every, r->stretch,
                   (first + k) * r->stretch->steps + step, rate + k, (size_t)lanes);
}

static gn_status set_header(const gn_probe *probe, const gn_grid *grid, size_t steps, size_t skip, gn_file *file) {
    gn_status status = gn_probe_to_file(probe, file);
    if (!status) status = gn_file_set(file, "probe.steps", "%zu", steps);
    if (!status) status = gn_file_set(file, "probe.skip", "%zu", skip);
    if (!status) status = gn_file_set(file, "units", "%d", probe->network.units);
    if (!status) status = gn_file_set(file, "bins", "%d", grid->bins);
    if (!status) status = gn_file_set(file, "x_min", "%.17g", grid->x_min);
    if (!status) status = gn_file_set(file, "y_min", "%.17g", grid->y_min);
    if (!status) status = gn_file_set(file, "bin_width", "%.17g", grid->bin_width);
    return status;
}

/* The arrays of a probe that are written to its file. */
typedef struct {
    float *map, *half, *direction, *speed;
    float direction_centre[GN_DIRECTION_BINS], speed_centre[GN_SPEED_BINS];
    uint32_t *occupancy;
} results;

static gn_status results_new(const gn_tuning *t, results *r) {
    size_t n = (size_t)t->units, bins = (size_t)t->grid.bins * (size_t)t->grid.bins;
    r->map = gn_alloc(n * bins, sizeof *r->map);
    r->half = gn_alloc(2 * n * bins, sizeof *r->half);
    r->direction = gn_alloc(n * GN_DIRECTION_BINS, sizeof *r->direction);
    r->speed = gn_alloc(n * GN_SPEED_BINS, sizeof *r->speed);
    r->occupancy = gn_alloc(bins, sizeof *r->occupancy);
    if (!r->map || !r->half || !r->direction || !r->speed || !r->occupancy) return GN_EIO;
    gn_tuning_rate_map(t, r->map);
    gn_tuning_rate_map_half(t, r->half);
    gn_tuning_direction(t, r->direction);
    gn_tuning_speed(t, r->speed);
    gn_tuning_occupancy(t, r->occupancy);
    gn_tuning_centres(t, r->direction_centre, r->speed_centre);
    return GN_OK;
}

static void results_free(results *r) {
    free(r->map);
    free(r->half);
    free(r->direction);
    free(r->speed);
    free(r->occupancy);
}

static gn_status results_add(const results *r, size_t n, size_t b, gn_file *file) {
    const size_t map[3] = {n, b, b}, half[4] = {2, n, b, b};
    const size_t direction[2] = {n, GN_DIRECTION_BINS}, speed[2] = {n, GN_SPEED_BINS};
    gn_status status = gn_file_add(file, "rate_map", GN_F32, 3, map, r->map);
    if (!status) status = gn_file_add(file, "rate_map_half", GN_F32, 4, half, r->half);
    if (!status) status = gn_file_add(file, "occupancy", GN_U32, 2, map + 1, r->occupancy);
    if (!status) status = gn_file_add(file, "direction_tuning", GN_F32, 2, direction, r->direction);
    if (!status) status = gn_file_add(file, "direction_centre", GN_F32, 1, direction + 1, r->direction_centre);
    if (!status) status = gn_file_add(file, "speed_tuning", GN_F32, 2, speed, r->speed);
    if (!status) status = gn_file_add(file, "speed_centre", GN_F32, 1, speed + 1, r->speed_centre);
    return status;
}

static gn_status write_probe(const gn_probe *probe, const probing *p, size_t trials, size_t steps, bool given,
                             const char *output) {
    results r = {0};
    gn_file *file = gn_file_new("probe");
    gn_status status = file ? results_new(&p->tuning.total, &r) : GN_EIO;
    if (!status) status = set_header(probe, &p->tuning.total.grid, steps, p->tuning.skip, file);
    if (!status) status = gn_file_set(file, "probe.trials", "%zu", trials);
    if (!status) status = gn_file_set(file, "probe.trajectories", "%s", given ? "given" : "fresh");
    if (!status) status = gn_file_set(file, "probe.record", "%zu", p->recorded_trials);
    const size_t side = (size_t)p->tuning.total.grid.bins, bins = side * side;
    for (size_t i = 0; !status && i < bins * (size_t)p->tuning.total.units; i++)
        if (r.occupancy[i % bins] > 0) status = check_finite(probe, 1, &r.map[i]);
    if (!status) status = check_finite(probe, p->record.units * p->record.columns, p->record.rate);
    if (!status) status = results_add(&r, (size_t)p->tuning.total.units, (size_t)p->tuning.total.grid.bins, file);
    if (!status && p->recorded_trials)
        status = record_add(&p->record, "response", "response_position", "response_speed", "response_direction", file);
    if (!status && p->record.time)
        status = gn_file_add(file, "response_time", GN_F64, 1, &p->record.columns, p->record.time);
    if (!status) status = gn_file_write(file, output);
    results_free(&r);
    gn_file_free(file);
    return status;
}

static gn_status check_extents(size_t trials, size_t steps, size_t skip, size_t recorded) {
    if (skip >= steps) return gn_fail(GN_EUSAGE, "--skip: %zu, expected fewer than the %zu steps", skip, steps);
    if (recorded > trials)
        return gn_fail(GN_EUSAGE, "--record: %zu, expected at most the %zu trials", recorded, trials);
    return GN_OK;
}

static gn_status probe_trials(gn_probe *probe, const gn_options *o) {
    gn_trajectories given = {0};
    bool has_given = gn_option_text(o, "trajectories") != NULL;
    size_t trials = (size_t)gn_option_int(o, "trials");
    size_t steps = (size_t)gn_probe_steps(probe, o, "steps"), skip = (size_t)gn_option_int(o, "skip");
    probing p = {.recorded_trials = (size_t)gn_option_int(o, "record")};
    const gn_probe_visitor visitor = {&p, begin_batch, visit_step, end_batch};
    gn_status status = GN_OK;
    if (has_given) {
        status = gn_trajectories_read(gn_option_text(o, "trajectories"), &given, &probe->walk);
        trials = given.trials;
        steps = given.steps;
    }
    if (!status) status = check_extents(trials, steps, skip, p.recorded_trials);
    if (!status) status = gn_tuning_probe_new(probe, (int)gn_option_int(o, "bins"), skip, &p.tuning);
    if (!status)
        status = record_new((size_t)probe->network.units, p.recorded_trials * steps, given.time != NULL, &p.record);
    if (!status) status = gn_probe_trials(probe, has_given ? &given : NULL, 0, trials, steps, &visitor);
    if (!status) status = write_probe(probe, &p, trials, steps, has_given, gn_option_output(o));
    gn_tuning_probe_free(&p.tuning);
    record_free(&p.record);
    gn_trajectories_free(&given);
    return status;
}

static gn_status write_run(const gn_probe *probe, const long_walk *r, size_t steps, int bins, const char *output) {
    gn_grid grid = gn_grid_make(&probe->walk.arena, bins);
    gn_file *file = gn_file_new("run");
    gn_status status = file ? set_header(probe, &grid, steps, r->skip, file) : GN_EIO;
    if (!status) status = gn_file_set(file, "probe.every", "%zu", r->every);
    if (!status) status = check_finite(probe, r->record.units * r->record.columns, r->record.rate);
    if (!status) status = record_add(&r->record, "rate", "position", "speed", "direction", file);
    if (!status && r->record.time) status = gn_file_add(file, "time", GN_F64, 1, &r->record.columns, r->record.time);
    if (!status) status = gn_file_write(file, output);
    gn_file_free(file);
    return status;
}

static gn_status probe_run(const gn_probe *probe, const gn_options *o) {
    size_t steps = (size_t)gn_option_int(o, "steps");
    if (steps == 0) steps = 200000;
    long_walk r = {.skip = (size_t)gn_option_int(o, "skip"), .every = (size_t)gn_option_int(o, "every")};
    const gn_probe_visitor visitor = {&r, begin_stretch, visit_run, NULL};
    gn_status status = check_extents(1, steps, r.skip, 0);
    if (!status)
        status = record_new((size_t)probe->network.units, (steps - r.skip + r.every - 1) / r.every, false, &r.record);
    if (!status) status = gn_probe_walk(probe, 1, steps, GN_PROBE_STRETCH, &visitor);
    if (!status) status = write_run(probe, &r, steps, (int)gn_option_int(o, "bins"), gn_option_output(o));
    record_free(&r.record);
    return status;
}

/* Probes the trials of a file one after the other, as if they were one walk. */
static gn_status probe_given_run(gn_probe *probe, const gn_options *o) {
    gn_trajectories given = {0};
    long_walk r = {.skip = (size_t)gn_option_int(o, "skip"), .every = (size_t)gn_option_int(o, "every")};
    const gn_probe_visitor visitor = {&r, begin_stretch, visit_given, NULL};
    gn_status status = gn_trajectories_read(gn_option_text(o, "trajectories"), &given, &probe->walk);
    if (!status) status = check_extents(given.trials, given.steps, r.skip, 0);
    if (!status) r.columns = (given.steps - r.skip + r.every - 1) / r.every;
    if (!status)
        status = record_new((size_t)probe->network.units, given.trials * r.columns, given.time != NULL, &r.record);
    if (!status) status = gn_probe_trials(probe, &given, 0, given.trials, given.steps, &visitor);
    if (!status) status = write_run(probe, &r, given.steps, (int)gn_option_int(o, "bins"), gn_option_output(o));
    record_free(&r.record);
    gn_trajectories_free(&given);
    return status;
}

/* Refuses options that exclude each other. */
static gn_status check_options(const gn_options *o) {
    static const char *const of_trials[] = {"trials", "record"};
    static const char *const of_fresh[] = {"trials", "steps"};
    bool uninterrupted = gn_option_flag(o, "uninterrupted");
    for (size_t i = 0; uninterrupted && i < sizeof of_trials / sizeof *of_trials; i++)
        if (gn_option_given(o, of_trials[i]))
            return gn_fail(GN_EUSAGE, "--%s: not with --uninterrupted, which is one walk", of_trials[i]);
    if (!uninterrupted && gn_option_given(o, "every")) return gn_fail(GN_EUSAGE, "--every: only with --uninterrupted");
    bool has_given = gn_option_text(o, "trajectories") != NULL;
    if (!has_given) return GN_OK;
    for (int i = 0; i < 2; i++)
        if (gn_option_given(o, of_fresh[i]))
            return gn_fail(GN_EUSAGE, "--%s: not with --trajectories, whose file says it", of_fresh[i]);
    return gn_walk_refuse_options(o);
}

static gn_status run(const gn_options *o) {
    gn_probe probe = {0};
    gn_status status = check_options(o);
    if (!status) status = gn_probe_open(o, &probe);
    if (!status && !gn_option_flag(o, "uninterrupted"))
        status = probe_trials(&probe, o);
    else if (!status)
        status = gn_option_text(o, "trajectories") ? probe_given_run(&probe, o) : probe_run(&probe, o);
    gn_probe_close(&probe);
    return status;
}

static const gn_program program = {.name = "probe-tuning",
                                   .algorithm = 1,
                                   .purpose = "measures rate maps and tuning curves of the units of a network",
                                   .operands = "NETWORK",
                                   .operands_min = 1,
                                   .operands_max = 1,
                                   .option = option,
                                   .details = details,
                                   .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

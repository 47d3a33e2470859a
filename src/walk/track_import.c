#include "walk/track_import.h"

#include <float.h>
#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>

#include "base/math.h"
#include "walk/track_parts.h"

static const double two_pi = 6.283185307179586477;

/* ---- rows ------------------------------------------------------------------------------- */

/* The rows with a place, *count of them in *row, which the caller frees. Counts the others in the report. */
static gn_status read_sightings(const char *path, const gn_track_options *o, const gn_numbers *numbers,
                                gn_sighting **row, size_t *count, gn_track_report *report) {
    gn_between before = GN_BESIDE;
    gn_status status = GN_OK;
    *count = 0;
    *row = gn_alloc(numbers->shape[0], sizeof **row);
    if (!*row) return GN_EIO;
    for (size_t i = 0; !status && i < numbers->shape[0]; i++) {
        const double *v = numbers->value + 3 * i;
        const gn_sighting s = {v[0], v[1], v[2], i, before}, *last = *count ? &(*row)[*count - 1] : NULL;
        const bool missing = isnan(s.x) || isnan(s.y) || isnan(s.time), origin = s.x == 0 && s.y == 0;
        if (missing || (origin && o->zero_missing)) {
            report->missing += missing;
            report->zero += !missing;
            before = GN_LOST;
            continue;
        }
        if (!(fabs(s.x) <= 1e9 && fabs(s.y) <= 1e9 && fabs(s.time) <= 1e20))
            status = gn_fail(GN_EFILE, "%s: %s: %g %g %g, expected places within +-1e9", path,
                             gn_numbers_row(numbers, i).text, s.time, s.x, s.y);
        else if (last && s.time <= last->time)
            status = gn_fail(GN_EFILE, "%s: %s: time %.17g, expected above the %.17g of %s", path,
                             gn_numbers_where(numbers, 3 * i).text, s.time, last->time,
                             gn_numbers_row(numbers, last->row).text);
        report->origin += origin;
        (*row)[(*count)++] = s;
        before = GN_BESIDE;
    }
    if (!status && *count < 2)
        status = gn_fail(GN_EFILE, "%s: %zu rows with a place, expected at least 2", path, *count);
    return status;
}

/* Median time between neighbouring rows. Intervals in which rows without a place were left out are not counted, unless
 * there are no others. */
static gn_status median_interval(const gn_sighting *row, size_t n, double *median) {
    double *interval = gn_alloc(n, sizeof *interval);
    size_t count = 0;
    if (!interval) return GN_EIO;
    for (int lost = 0; count == 0 && lost < 2; lost++)
        for (size_t i = 1; i < n; i++)
            if (lost || row[i].before == GN_BESIDE) interval[count++] = row[i].time - row[i - 1].time;
    gsl_sort(interval, 1, count);
    *median = interval[count / 2];
    free(interval);
    return GN_OK;
}

/* ---- steps ------------------------------------------------------------------------------ */

/* The direction of the vector (x, y), which is not zero, in turns. Newton's method, starting in the middle of the
 * quadrant, is used because the result of atan2() may differ between machines. */
static double direction_of(double x, double y) {
    double turns = x > 0 ? (y > 0 ? 0.125 : 0.875) : (y > 0 ? 0.375 : 0.625);
    double length = sqrt(x * x + y * y), s, c;
    for (int i = 0; i < 6; i++) { /* each iteration turns the error e into e - sin e: below 1e-16 after four */
        gn_sincos_turns(turns, &s, &c);
        turns += (c * y - s * x) / (length * two_pi);
    }
    return turns;
}

/* A piece of the track: rows without a gap between them. */
typedef struct {
    const gn_sighting *row;
    size_t rows, at; /* at: the last row before the time that place_at() was last asked for; it only grows */
    size_t steps;    /* how many fit between the first and the last row */
    double step;
} piece;

/* The first row after the piece that begins at `first`. */
static size_t piece_end(const gn_track_options *o, const gn_track_report *report, const gn_sighting *row, size_t first,
                        size_t n) {
    size_t end = first + 1;
    for (; end < n && row[end].before != GN_JUMPED; end++)
        if (row[end].time - row[end - 1].time > (row[end].before == GN_LOST ? o->bridge : report->gap)) break;
    return end;
}

static piece piece_make(const gn_sighting *row, size_t rows, double step) {
    /* Rounded generously, so that a step that ends exactly at the last row is not lost. */
    const double steps = fmin((row[rows - 1].time - row[0].time) / step, 1e15);
    return (piece){.row = row, .rows = rows, .steps = (size_t)floor(steps + 1e-9), .step = step};
}

static double time_at(const piece *p, size_t step) {
    return p->row[0].time + (double)step * p->step;
}

/* The place of the animal after `step` steps, when it walks straight between rows. */
static void place_at(piece *p, size_t step, double place[2]) {
    const double time = time_at(p, step);
    while (p->at + 2 < p->rows && p->row[p->at + 1].time <= time)
        p->at++;
    const gn_sighting *a = &p->row[p->at], *b = a + 1;
    double share = fmin(1, (time - a->time) / (b->time - a->time));
    place[0] = a->x + share * (b->x - a->x);
    place[1] = a->y + share * (b->y - a->y);
}

/* ---- trials ----------------------------------------------------------------------------- */

/* The trials that were cut so far from the pieces, and their counts. */
typedef struct {
    const gn_track_options *o;
    const gn_arena *arena;
    size_t most, done;  /* trials: how many are wanted at most, how many were cut */
    gn_trajectories *t; /* NULL: trials are only counted */
    gn_track_report *report;
    double outside; /* time of the first step that ends outside; nan: none does */
} cutting;

/* Finds the step from (x, y) to a place, as floats. Steps as short as the rounding of places are none: the animal
 * stands still and keeps its direction. */
static float step_to(const gn_arena *arena, const double place[2], float x, float y, float *direction) {
    const double dx = place[0] - (double)x, dy = place[1] - (double)y, length = sqrt(dx * dx + dy * dy);
    const double reach = fmax(arena->size, fmax(fabs((double)x), fabs((double)y)));
    if (length <= 4 * (double)FLT_EPSILON * reach) return 0;
    *direction = gn_wrap_turns(direction_of(dx, dy));
    return (float)length;
}

/* Takes the step to a place. The rounded speed and direction lead to (x, y), not exactly to the place. Where this is
 * outside, a place further from the nearest wall is tried, by up to 64 times the rounding of floats. Returns whether
 * (x, y) is inside. */
static bool take_step(const gn_arena *arena, const double to[2], float *speed, float *direction, float *x, float *y) {
    double place[2] = {to[0], to[1]};
    for (int tries = 0; tries <= 16; tries++) {
        float towards = *direction;
        double sine, cosine;
        *speed = step_to(arena, place, *x, *y, &towards);
        gn_sincos_turns(towards, &sine, &cosine);
        const float next_x = gn_round_to_float(*x + *speed * cosine), next_y = gn_round_to_float(*y + *speed * sine);
        if (gn_arena_inside(arena, (double)next_x, (double)next_y)) {
            *direction = towards;
            *x = next_x;
            *y = next_y;
            return true;
        }
        int wall;
        gn_arena_nearest_wall(arena, place[0], place[1], &wall);
        const double inward = 4 * (double)FLT_EPSILON * arena->size,
                     radius = sqrt(place[0] * place[0] + place[1] * place[1]);
        place[0] += inward * (wall < 0 ? -place[0] / radius : arena->normal[wall][0]);
        place[1] += inward * (wall < 0 ? -place[1] / radius : arena->normal[wall][1]);
    }
    return false;
}

/* Fills one trial. (x, y) is where the animal is before it, and after it. Every position is exactly the sum of the
 * steps before it, as in a sampled walk; as the next step starts from there, roundings do not add up. When the way
 * between two rows leads outside, the time of that step goes to c->outside. */
static void fill_trial(cutting *c, piece *p, size_t *step, float *direction, float *x, float *y) {
    const size_t steps = c->t->steps;
    for (size_t cell = c->done * steps, end = cell + steps; cell < end; cell++) {
        double place[2];
        place_at(p, ++*step, place);
        if (!take_step(c->arena, place, &c->t->speed[cell], direction, x, y) && isnan(c->outside))
            c->outside = time_at(p, *step);
        c->t->direction[cell] = *direction;
        c->t->position[2 * cell] = *x;
        c->t->position[2 * cell + 1] = *y;
        c->t->time[cell] = time_at(p, *step);
    }
}

/* The number of rows of a piece between two times. */
static size_t rows_within(const piece *p, double from, double to, size_t *next) {
    const double rounding = 1e-6 * p->step;
    size_t count = 0;
    for (; *next < p->rows && p->row[*next].time <= to + rounding; ++*next)
        count += p->row[*next].time >= from - rounding;
    return count;
}

/* Cuts one piece into trials. A trial starts where the trial before it ended or, when options->near is set, at the next
 * place that is so close to the arena's middle, where sampled trials begin. */
static void cut_piece(cutting *c, piece p) {
    const double near = c->o->near;
    const size_t steps = c->report->steps, before = c->done;
    size_t step = 0, next = 0, away = 0;
    float x = (float)p.row[0].x, y = (float)p.row[0].y, direction = 0;
    while (c->done < c->most && p.steps - step >= steps) {
        double place[2];
        place_at(&p, step, place);
        const double dx = place[0] - c->arena->middle[0], dy = place[1] - c->arena->middle[1];
        if (near > 0 && dx * dx + dy * dy > near * near) {
            place_at(&p, ++step, place);
            x = (float)place[0];
            y = (float)place[1];
            away++;
            continue;
        }
        if (!c->t) {
            c->report->used += rows_within(&p, time_at(&p, step), time_at(&p, step + steps), &next);
            c->report->within += (double)steps * p.step;
            step += steps;
        } else {
            fill_trial(c, &p, &step, &direction, &x, &y);
        }
        c->done++;
    }
    if (c->t) return;
    const double rest = p.row[p.rows - 1].time - time_at(&p, step);
    c->report->away += (double)away * p.step;
    if (c->done == c->most && p.steps - step >= steps)
        c->report->beyond += rest;
    else if (c->done > before || away > 0)
        c->report->left_over += rest;
    else
        c->report->too_short += rest;
}

static void cut_pieces(cutting *c, const gn_sighting *row, size_t n) {
    gn_track_report *report = c->report;
    for (size_t first = 0, end; first < n; first = end) {
        end = piece_end(c->o, report, row, first, n);
        if (!c->t) report->pieces++;
        if (!c->t && end < n) report->unseen += row[end].time - row[end - 1].time;
        if (end - first > 1) cut_piece(c, piece_make(row + first, end - first, report->step));
    }
}

/* The numbers of steps of all pieces that have any: an array of *count numbers, which the caller frees. */
static gn_status piece_steps(const gn_track_options *o, const gn_track_report *report, const gn_sighting *row, size_t n,
                             size_t **steps, size_t *count) {
    *count = 0;
    *steps = gn_alloc(n, sizeof **steps);
    if (!*steps) return GN_EIO;
    for (size_t first = 0, end; first < n; first = end) {
        end = piece_end(o, report, row, first, n);
        const size_t fit = end - first > 1 ? piece_make(row + first, end - first, report->step).steps : 0;
        if (fit) (*steps)[(*count)++] = fit;
    }
    return GN_OK;
}

/* How many steps of all pieces are used when they are cut into trials of this length. */
static double kept_steps(const size_t *steps, size_t count, size_t length) {
    double kept = 0;
    for (size_t i = 0; i < count; i++)
        kept += (double)(steps[i] - steps[i] % length);
    return kept;
}

/* The longest trial length from 100 to 500 steps that loses at most 2% more of all steps than the best such length. */
static size_t choose_steps(const size_t *steps, size_t count) {
    enum { SHORTEST = 100, USUAL = 500 };
    const double all = kept_steps(steps, count, 1);
    double best = 0;
    for (size_t length = SHORTEST; length <= USUAL; length++)
        best = fmax(best, kept_steps(steps, count, length));
    size_t length = USUAL;
    while (length > SHORTEST && kept_steps(steps, count, length) < best - 0.02 * all)
        length--;
    return best > 0 ? length : USUAL;
}

/* ---- what was measured -------------------------------------------------------------------- */

/* Sets the walk's parameters to what was measured, for the file's header and for speed bins. *longest is the index of
 * the longest step. */
static void measure(const gn_trajectories *t, gn_walk *walk, size_t *longest) {
    double square = 0, turns = 0, still = 0;
    *longest = 0;
    for (size_t i = 0; i < t->trials * t->steps; i++) {
        if (t->speed[i] > t->speed[*longest]) *longest = i;
        still += t->speed[i] == 0;
        if (i % t->steps == 0 || t->speed[i] == 0) continue;
        double turn = (double)t->direction[i] - t->direction[i - 1];
        turn = (turn - floor(turn + 0.5)) * two_pi;
        square += turn * turn;
        turns++;
    }
    walk->top_speed = t->speed[*longest];
    walk->zero_speed = still / (double)(t->trials * t->steps);
    walk->turn_sd = turns > 0 ? sqrt(square / turns) : 0;
}

/* The number of the first row at or after a time, at least 1. */
static size_t row_at(const gn_sighting *row, size_t n, double time) {
    size_t i = 1;
    while (i + 1 < n && row[i].time < time)
        i++;
    return i;
}

/* Refuses a track whose way between two rows leads outside the arena. */
static gn_status refuse_outside(const char *path, const gn_numbers *numbers, const gn_sighting *row, size_t n,
                                const gn_walk *walk, double time) {
    const size_t i = row_at(row, n, time);
    return gn_fail(
        GN_EFILE,
        "%s: %s to %s, time %.10g: the straight way from (%g, %g) to (%g, %g) leads outside the %s; expected "
        "rows close enough together to stay inside, or a shorter --track-gap",
        path, gn_numbers_row(numbers, row[i - 1].row).text, gn_numbers_row(numbers, row[i].row).text, time,
        row[i - 1].x, row[i - 1].y, row[i].x, row[i].y, gn_arena_name(walk->arena.shape));
}

/* Refuses a track whose longest step is longer than the arena's inradius: sampled walks have no such steps. */
static gn_status refuse_longest(const char *path, const gn_numbers *numbers, const gn_sighting *row, size_t n,
                                const gn_walk *walk, double time, const gn_track_report *report) {
    if (!(walk->top_speed > 0))
        return gn_fail(GN_EFILE, "%s: the animal stands still in all %zu trials", path, report->trials);
    const size_t i = row_at(row, n, time);
    const double dx = row[i].x - row[i - 1].x, dy = row[i].y - row[i - 1].y, dt = row[i].time - row[i - 1].time;
    const double moved = sqrt(dx * dx + dy * dy), speed = moved / dt / report->scale;
    return gn_fail(
        GN_EFILE,
        "%s: %s to %s, time %.10g to %.10g: a step of %g, expected at most %g, the inradius of the %s: it "
        "moves at %g in the track's units; if the tracker jumped, --track-speed below that, else --track-step "
        "below %g",
        path, gn_numbers_row(numbers, row[i - 1].row).text, gn_numbers_row(numbers, row[i].row).text, row[i - 1].time,
        row[i].time, walk->top_speed, walk->arena.inradius, gn_arena_name(walk->arena.shape), speed,
        walk->arena.inradius / report->scale / speed);
}

static gn_status refuse_no_trial(const char *path, const gn_track_options *o, const gn_track_report *report,
                                 const size_t *steps, size_t count) {
    size_t longest = 0;
    for (size_t i = 0; i < count; i++)
        longest = steps[i] > longest ? steps[i] : longest;
    const bool lost = report->missing || report->zero;
    return gn_fail(GN_EFILE,
                   "%s: no %zu steps of %g time units without a gap above %g%s: the longest of %zu pieces has %zu "
                   "(--steps)%s",
                   path, report->steps, report->step, report->gap,
                   o->near > 0 ? " after the animal was near the centre" : "", report->pieces, longest,
                   lost ? "; rows without a place end a piece, unless --track-bridge joins them" : "");
}

/* Cuts the rows into trials and measures the walk. */
static gn_status cut(const char *path, const gn_track_options *o, const gn_numbers *numbers, const gn_sighting *row,
                     size_t n, gn_walk *walk, gn_trajectories *t, gn_track_report *report) {
    cutting c = {
        .o = o, .arena = &walk->arena, .most = o->trials ? o->trials : SIZE_MAX, .report = report, .outside = NAN};
    size_t *steps = NULL, pieces = 0, longest;
    gn_status status = piece_steps(o, report, row, n, &steps, &pieces);
    if (!status) {
        report->steps = o->steps ? o->steps : o->near > 0 ? 500 : choose_steps(steps, pieces);
        report->span = row[n - 1].time - row[0].time;
        cut_pieces(&c, row, n);
        report->trials = c.done;
        if (c.done == 0) status = refuse_no_trial(path, o, report, steps, pieces);
    }
    free(steps);
    if (!status) status = gn_trajectories_new_timed(report->trials, report->steps, t);
    if (status) return status;
    c.t = t;
    c.most = report->trials;
    c.done = 0;
    cut_pieces(&c, row, n);
    if (!isnan(c.outside)) {
        status = refuse_outside(path, numbers, row, n, walk, c.outside);
        gn_trajectories_free(t);
        return status;
    }
    measure(t, walk, &longest);
    if (walk->top_speed > 0 && walk->top_speed <= walk->arena.inradius) return GN_OK;
    status = refuse_longest(path, numbers, row, n, walk, t->time[longest], report);
    gn_trajectories_free(t);
    return status;
}

gn_status gn_track_read(const char *path, const gn_track_options *o, gn_walk *walk, gn_trajectories *t,
                        gn_track_report *report) {
    static const char *const name[] = {"time|t|timestamp|timestamps|ts|seconds|sec|s|frame|frames", "x", "y"};
    const gn_numbers_wanted wanted = {
        .missing = true, .columns = o->columns, .option = "--track-columns", .count = 3, .name = name};
    gn_numbers numbers = {0};
    gn_sighting *row = NULL;
    size_t n = 0;
    double median = 0;
    *t = (gn_trajectories){0};
    *report = (gn_track_report){.speed = o->speed};
    gn_status status = gn_numbers_read(path, &wanted, &numbers);
    if (!status) status = read_sightings(path, o, &numbers, &row, &n, report);
    if (!status) status = median_interval(row, n, &median);
    if (!status) {
        for (int c = 0; c < 3; c++)
            report->column[c] = numbers.column[c];
        report->step = o->step > 0 ? o->step : median;
        report->gap = o->gap > 0 ? o->gap : 5 * median;
        if (!(o->speed > 0)) status = gn_track_speed(row, n, report->gap, &report->speed);
    }
    if (!status) status = gn_track_drop_jumps(&numbers, row, &n, report);
    if (!status && n < 2)
        status = gn_fail(GN_EFILE, "%s: %zu rows without jumps above --track-speed %g, expected at least 2", path, n,
                         report->speed);
    if (!status) status = gn_track_place(path, &walk->arena, o->fit, &numbers, row, n, report);
    report->rows = n;
    if (!status) status = cut(path, o, &numbers, row, n, walk, t, report);
    free(row);
    gn_numbers_free(&numbers);
    return status;
}

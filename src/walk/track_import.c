#include "walk/track_import.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "io/matrix.h"

static const double two_pi = 6.283185307179586477;

/* Share of its size that a fitted track stays away from the walls, so that rounding positions to
 * float never leads outside. */
static const double fit_margin = 1e-6;

typedef struct {
    double time, x, y;
} sighting;

static int compare_doubles(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median time between neighbouring rows. */
static gn_status median_interval(const char *path, const sighting *row, size_t n, double *median) {
    double *interval = gn_alloc(n, sizeof *interval);
    if (!interval) return GN_EIO;
    for (size_t i = 1; i < n; i++)
        interval[i - 1] = row[i].time - row[i - 1].time;
    qsort(interval, n - 1, sizeof *interval, compare_doubles);
    *median = interval[(n - 1) / 2];
    free(interval);
    if (*median > 0) return GN_OK;
    return gn_fail(GN_EFILE, "%s: time: no two rows are apart in time", path);
}

/* The rows in which the animal was seen. Times must rise; *row is the caller's. */
static gn_status read_rows(const char *path, sighting **row, size_t *n) {
    size_t rows, columns;
    double *data = NULL;
    *row = NULL;
    *n = 0;
    gn_status status = gn_matrix_read(path, &rows, &columns, &data);
    if (status != GN_OK) return status;
    if (columns != 3) status = gn_fail(GN_EFILE, "%s: %zu columns, expected 3: time, x, y", path, columns);
    if (status == GN_OK && !(*row = gn_alloc(rows, sizeof **row))) status = GN_EIO;
    for (size_t i = 0; status == GN_OK && i < rows; i++) {
        sighting s = {data[3 * i], data[3 * i + 1], data[3 * i + 2]};
        if (isnan(s.x) || isnan(s.y) || isnan(s.time)) continue;
        if (!(fabs(s.x) <= 1e9 && fabs(s.y) <= 1e9 && fabs(s.time) <= 1e15))
            status =
                gn_fail(GN_EFILE, "%s: row %zu: %g %g %g, expected places within +-1e9", path, i + 1, s.time, s.x, s.y);
        else if (*n > 0 && s.time <= (*row)[*n - 1].time)
            status = gn_fail(GN_EFILE, "%s: row %zu: time %g, expected above the %g before it", path, i + 1, s.time,
                             (*row)[*n - 1].time);
        else
            (*row)[(*n)++] = s;
    }
    if (status == GN_OK && *n < 2)
        status = gn_fail(GN_EFILE, "%s: %zu rows with a place, expected at least 2", path, *n);
    free(data);
    return status;
}

/* The largest scale s and shift t with all of s p + t inside the arena: maximise s subject to
 * s m_k + normal_k . t >= offset_k for every wall k, m_k being the least normal_k . p. A linear
 * programme in three unknowns, so some three walls are tight at its optimum: try all triples. */
static bool solve(const gn_arena *a, const double *least, int i, int j, int k, double out[3]) {
    const int wall[3] = {i, j, k};
    double m[3][4];
    for (int r = 0; r < 3; r++) {
        m[r][0] = least[wall[r]];
        m[r][1] = a->normal[wall[r]][0];
        m[r][2] = a->normal[wall[r]][1];
        m[r][3] = a->offset[wall[r]];
    }
    double determinant[4]; /* of columns 0..2, and with column c replaced by the right side */
    for (int c = -1; c < 3; c++) {
        double q[3][3];
        for (int r = 0; r < 3; r++)
            for (int d = 0; d < 3; d++)
                q[r][d] = m[r][d == c ? 3 : d];
        determinant[c + 1] = q[0][0] * (q[1][1] * q[2][2] - q[1][2] * q[2][1]) -
                             q[0][1] * (q[1][0] * q[2][2] - q[1][2] * q[2][0]) +
                             q[0][2] * (q[1][0] * q[2][1] - q[1][1] * q[2][0]);
    }
    if (determinant[0] == 0) return false;
    for (int c = 0; c < 3; c++)
        out[c] = determinant[c + 1] / determinant[0];
    return isfinite(out[0]) && isfinite(out[1]) && isfinite(out[2]);
}

static gn_status fit_into(const char *path, const gn_arena *a, const sighting *row, size_t n, gn_track_report *report) {
    double least[GN_CORNERS_MAX], best[3] = {0}, out[3];
    for (int k = 0; k < a->corners; k++) {
        least[k] = INFINITY;
        /* Relative to the first row, so that a track far from its origin loses no digits. */
        for (size_t r = 0; r < n; r++)
            least[k] =
                fmin(least[k], a->normal[k][0] * (row[r].x - row[0].x) + a->normal[k][1] * (row[r].y - row[0].y));
    }
    for (int i = 0; i < a->corners; i++)
        for (int j = i + 1; j < a->corners; j++)
            for (int k = j + 1; k < a->corners; k++) {
                if (!solve(a, least, i, j, k, out) || out[0] <= best[0]) continue;
                bool feasible = true;
                for (int w = 0; w < a->corners; w++)
                    feasible &=
                        out[0] * least[w] + a->normal[w][0] * out[1] + a->normal[w][1] * out[2] - a->offset[w] >=
                        -1e-9 * a->size;
                if (feasible) memcpy(best, out, sizeof best);
            }
    if (!(best[0] > 0 && best[0] < 1e15))
        return gn_fail(GN_EFILE, "%s: the animal never moved: nothing to scale", path);
    double keep = 1 - fit_margin;
    report->scale = keep * best[0];
    report->shift[0] = a->centroid[0] + keep * (best[1] - a->centroid[0]) - report->scale * row[0].x;
    report->shift[1] = a->centroid[1] + keep * (best[2] - a->centroid[1]) - report->scale * row[0].y;
    return GN_OK;
}

static gn_status place_rows(const char *path, const gn_arena *a, gn_track_fit fit, sighting *row, size_t n,
                            gn_track_report *report) {
    report->scale = 1;
    report->shift[0] = report->shift[1] = 0;
    gn_status status = fit == GN_FIT_SCALE ? fit_into(path, a, row, n, report) : GN_OK;
    for (size_t i = 0; i < n && status == GN_OK; i++) {
        row[i].x = report->scale * row[i].x + report->shift[0];
        row[i].y = report->scale * row[i].y + report->shift[1];
        if (!gn_arena_inside(a, row[i].x, row[i].y))
            status = gn_fail(GN_EFILE, "%s: place (%g, %g) at time %g: expected inside the %s", path, row[i].x,
                             row[i].y, row[i].time, gn_arena_name(a->shape));
    }
    return status;
}

/* The direction of (x, y), not both 0, in turns: the angle whose sine and cosine are along it, by
 * Newton's method from the middle of its quadrant. atan2 may differ between machines; this does
 * not. */
static double direction_of(double x, double y) {
    double turns = x > 0 ? (y > 0 ? 0.125 : 0.875) : (y > 0 ? 0.375 : 0.625);
    double length = sqrt(x * x + y * y), s, c;
    for (int i = 0; i < 6; i++) { /* the error e becomes e - sin e: below 1e-16 after four */
        gn_sincos_turns(turns, &s, &c);
        turns += (c * y - s * x) / (length * two_pi);
    }
    return turns;
}

/* Where the animal is at a time within rows [0, n), walking straight between them; *at is the row
 * before and only moves forward. */
static void interpolate(const sighting *row, size_t n, double time, size_t *at, double place[2]) {
    while (*at + 2 < n && row[*at + 1].time <= time)
        ++*at;
    const sighting *p = &row[*at], *q = p + 1;
    double share = fmin(1, (time - p->time) / (q->time - p->time));
    place[0] = p->x + share * (q->x - p->x);
    place[1] = p->y + share * (q->y - p->y);
}

/* Steps between times that fit into a piece; rounding must not lose one that just ends in it. */
static size_t steps_in(const sighting *row, size_t n, double step) {
    double span = (row[n - 1].time - row[0].time) / step;
    return (size_t)floor(fmin(span, 1e15) + 1e-9);
}

/* Cuts one piece without gaps into trials, at most `room`, and returns how many; without `t` it
 * only counts. A trial's first step starts where the trial before ended or, with o->near, from
 * where the animal then first comes that close to the centroid. */
static size_t cut_piece(const sighting *row, size_t n, const gn_track_options *o, double step, const gn_arena *a,
                        size_t room, size_t first, gn_trajectories *t) {
    size_t left = steps_in(row, n, step), at = 0, time = 0, trials = 0;
    float x = (float)row[0].x, y = (float)row[0].y, direction = 0;
    while (trials < room && left - time >= o->steps) {
        double place[2], s, c;
        interpolate(row, n, row[0].time + (double)time * step, &at, place);
        double off_x = place[0] - a->centroid[0], off_y = place[1] - a->centroid[1];
        if (o->near > 0 && off_x * off_x + off_y * off_y > o->near * o->near) {
            interpolate(row, n, row[0].time + (double)++time * step, &at, place);
            x = (float)place[0];
            y = (float)place[1];
            continue;
        }
        for (size_t cell = (first + trials) * o->steps, end = cell + o->steps; t && cell < end; cell++) {
            interpolate(row, n, row[0].time + (double)++time * step, &at, place);
            double dx = place[0] - x, dy = place[1] - y;
            float speed = (float)sqrt(dx * dx + dy * dy);
            if (speed > 0) {
                double turns = direction_of(dx, dy);
                volatile float rounded = (float)(turns - floor(turns));
                direction = rounded < 1 ? rounded : 0;
            }
            /* The rounded speed and direction lead here, not quite to the place (walk/trajectory.c
             * says why the roundings go through memory); the next step makes up for it. */
            gn_sincos_turns(direction, &s, &c);
            volatile float next_x = (float)(x + speed * c), next_y = (float)(y + speed * s);
            x = next_x;
            y = next_y;
            t->speed[cell] = speed;
            t->direction[cell] = direction;
            t->position[2 * cell] = x;
            t->position[2 * cell + 1] = y;
        }
        if (!t) time += o->steps;
        trials++;
    }
    return trials;
}

/* Rows up to the next gap. */
static size_t piece_length(const sighting *row, size_t n, double gap) {
    size_t length = 1;
    while (length < n && row[length].time - row[length - 1].time <= gap)
        length++;
    return length;
}

/* Statistics of the walk, for the header and for speed bins. */
static void measure(const gn_trajectories *t, gn_walk *walk) {
    double top = 0, square = 0, turns = 0, still = 0;
    for (size_t i = 0; i < t->trials * t->steps; i++) {
        top = fmax(top, t->speed[i]);
        still += t->speed[i] == 0;
        if (i % t->steps == 0 || t->speed[i] == 0) continue;
        double turn = (double)t->direction[i] - t->direction[i - 1];
        turn = (turn - floor(turn + 0.5)) * two_pi;
        square += turn * turn;
        turns++;
    }
    walk->top_speed = top;
    walk->zero_speed = still / (double)(t->trials * t->steps);
    walk->turn_sd = turns > 0 ? sqrt(square / turns) : 0;
}

static gn_status cut(const char *path, const gn_track_options *o, const sighting *row, size_t n, gn_walk *walk,
                     gn_trajectories *t, gn_track_report *report) {
    const size_t most = o->trials ? o->trials : SIZE_MAX;
    size_t trials = 0, done = 0;
    report->pieces = 0;
    for (size_t i = 0, length; i < n; i += length, report->pieces++) {
        length = piece_length(row + i, n - i, report->gap);
        if (length > 1) trials += cut_piece(row + i, length, o, report->step, &walk->arena, most - trials, 0, NULL);
    }
    if (trials == 0)
        return gn_fail(GN_EFILE, "%s: no %zu steps of %g time units without a gap above %g%s", path, o->steps,
                       report->step, report->gap, o->near > 0 ? " after the animal was near the centre" : "");
    gn_status status = gn_trajectories_new(trials, o->steps, t);
    for (size_t i = 0, length; status == GN_OK && i < n; i += length) {
        length = piece_length(row + i, n - i, report->gap);
        if (length > 1) done += cut_piece(row + i, length, o, report->step, &walk->arena, trials - done, done, t);
    }
    if (status == GN_OK) measure(t, walk);
    if (status == GN_OK && !(walk->top_speed > 0 && walk->top_speed <= walk->arena.inradius)) {
        status = gn_fail(GN_EFILE,
                         "%s: longest step %g, expected above 0 and at most %g, the inradius of the %s:"
                         " take shorter steps",
                         path, walk->top_speed, walk->arena.inradius, gn_arena_name(walk->arena.shape));
        gn_trajectories_free(t);
    }
    return status;
}

gn_status gn_track_read(const char *path, const gn_track_options *o, gn_walk *walk, gn_trajectories *t,
                        gn_track_report *report) {
    sighting *row = NULL;
    size_t n = 0;
    double median = 0;
    *t = (gn_trajectories){0};
    gn_status status = read_rows(path, &row, &n);
    if (status == GN_OK) status = median_interval(path, row, n, &median);
    if (status == GN_OK) status = place_rows(path, &walk->arena, o->fit, row, n, report);
    if (status == GN_OK) {
        report->rows = n;
        report->step = o->step > 0 ? o->step : median;
        report->gap = o->gap > 0 ? o->gap : 5 * median;
        status = cut(path, o, row, n, walk, t, report);
    }
    free(row);
    return status;
}

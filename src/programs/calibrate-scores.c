/* calibrate-scores: how often the classes of score-units come by chance, and how often they find what is there. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "cli/progress.h"
#include "io/table.h"
#include "units/score_table.h"
#include "units/score_truth.h"
#include "units/score_unit.h"

#define TABLES "chance|power"
enum { TABLE_CHANCE, TABLE_POWER };

static const gn_option options_table[] = {
    {.name = "table",
     .type = GN_OPTION_CHOICE,
     .fallback = "chance",
     .choices = TABLES,
     .help = "false positives of units that are none of grid, band and border; or what is found of units that are"},
    {.name = "units",
     .type = GN_OPTION_INT,
     .fallback = "100",
     .min = 1,
     .max = 1e6,
     .unit = "units",
     .help = "made-up units of each kind and scale in each arena; of lattices of two periods three times as many"},
    {.name = "noise",
     .type = GN_OPTION_REAL,
     .fallback = "0.15",
     .max = 0.99,
     .unit = "of the variance",
     .help = "noise a bin wide that is added to what is there to be found"},
    GN_SCORE_OPTIONS,
    {.name = "every-unit", .type = GN_OPTION_OUTPUT, .fallback = "", .help = "also write a row a unit, as a table"},
    {0}};

static const char details[] =
    "RUN: recordings of probe-tuning --uninterrupted. The units that are scored are made up: their rate is a function "
    "of "
    "the place (and noise), looked up along the walk of the run, and scored as score-units scores a network's, by the "
    "same nulls. The units of a kind are shared out among the runs of an arena.\n\n"
    "--table chance: how often units come into a class that are not of it, by arena, kind of surrogate and width of "
    "their map (that of the autocorrelogram, in bins). noise: white noise smoothed by a Gaussian of 1 to 12 bins; "
    "saturated: its hyperbolic tangent, with gains of 1 to 3 and offsets; ramp: a plane in any direction and noise, 5 "
    "to "
    "60% of the variance, 1 to 12 bins wide; edge: a saturated plane and fine noise; place: one field anywhere (a "
    "field "
    "at a wall is no border unit); untrained: the units of the runs' networks, which must be untrained ones; any: all "
    "of "
    "these together, which the audit goes by, at the upper limit. rate_low and rate_high are the limits of Clopper and "
    "Pearson's 95% interval, which takes units for independent. Those of a network are not: overdispersion.CLASS.ARENA "
    "is how many times the variance of their counts over untrained networks is that of independent units (chi squared "
    "over "
    "degrees of freedom; nan: one network, or no unit of the class), and the audit widens its bound by it.\n\n"
    "--table power: how often units that are of a class are found, by arena, kind and scale; scale_of says what the "
    "scale "
    "counts: periods of a lattice's first wave over the longer side, or inradii. triangular and rectangular: cosines; "
    "sharp: Gaussian fields of 0.12 spacings; uneven: fields of 0.18 spacings, 0.1 off their places along x and y, and "
    "0.5 to 1.5 high; ramp: a lattice of cosines and a plane of the same variance; band: one wave; wall: exp(-d / "
    "scale) in the distance to one wall; half-wall: the same along half of it. Noise a bin wide is --noise of the "
    "variance. The last columns count the classes they came into.";

/* ---- what is made up --------------------------------------------------------------------- */

typedef struct {
    gn_truth truth;
    double scale;
    size_t times; /* so many times --units */
} kind;

/* Most units of trained networks are ramps and edges, so of these there are most. */
static const kind by_chance[] = {
    {GN_TRUTH_NOISE, 1, 1},     {GN_TRUTH_NOISE, 1.5, 1},   {GN_TRUTH_NOISE, 2, 1},     {GN_TRUTH_NOISE, 3, 1},
    {GN_TRUTH_NOISE, 4, 1},     {GN_TRUTH_NOISE, 6, 1},     {GN_TRUTH_NOISE, 8, 1},     {GN_TRUTH_NOISE, 9.5, 1},
    {GN_TRUTH_NOISE, 12, 1},    {GN_TRUTH_SATURATED, 1, 1}, {GN_TRUTH_SATURATED, 2, 1}, {GN_TRUTH_SATURATED, 3, 1},
    {GN_TRUTH_SATURATED, 4, 1}, {GN_TRUTH_SATURATED, 6, 1}, {GN_TRUTH_SATURATED, 8, 1}, {GN_TRUTH_SATURATED, 9.5, 1},
    {GN_TRUTH_RAMP, 1, 20},     {GN_TRUTH_EDGE, 1, 15},     {GN_TRUTH_PLACE, 0.15, 1},  {GN_TRUTH_PLACE, 0.3, 1},
};

static const kind to_be_found[] = {
    {GN_TRUTH_TRIANGULAR, 2, 3},
    {GN_TRUTH_TRIANGULAR, 3, 1},
    {GN_TRUTH_TRIANGULAR, 4, 1},
    {GN_TRUTH_RECTANGULAR, 2, 3},
    {GN_TRUTH_RECTANGULAR, 3, 1},
    {GN_TRUTH_RECTANGULAR, 4, 1},
    {GN_TRUTH_SHARP_TRIANGULAR, 2, 1},
    {GN_TRUTH_SHARP_TRIANGULAR, 3, 1},
    {GN_TRUTH_SHARP_RECTANGULAR, 2, 1},
    {GN_TRUTH_SHARP_RECTANGULAR, 3, 1},
    {GN_TRUTH_UNEVEN_TRIANGULAR, 2, 1},
    {GN_TRUTH_UNEVEN_TRIANGULAR, 3, 1},
    {GN_TRUTH_UNEVEN_RECTANGULAR, 2, 1},
    {GN_TRUTH_UNEVEN_RECTANGULAR, 3, 1},
    {GN_TRUTH_RAMP_TRIANGULAR, 2, 1},
    {GN_TRUTH_RAMP_TRIANGULAR, 3, 1},
    {GN_TRUTH_RAMP_RECTANGULAR, 2, 1},
    {GN_TRUTH_RAMP_RECTANGULAR, 3, 1},
    {GN_TRUTH_BAND, 1.5, 1},
    {GN_TRUTH_BAND, 2, 1},
    {GN_TRUTH_BAND, 3, 1},
    {GN_TRUTH_WALL, 0.1, 1},
    {GN_TRUTH_WALL, 0.2, 1},
    {GN_TRUTH_WALL, 0.4, 1},
    {GN_TRUTH_WALL, 0.5, 1},
    {GN_TRUTH_HALF_WALL, 0.1, 1},
    {GN_TRUTH_HALF_WALL, 0.2, 1},
};

static const kind *kinds_of(int table, size_t *count) {
    *count = table == TABLE_CHANCE ? sizeof by_chance / sizeof *by_chance : sizeof to_be_found / sizeof *to_be_found;
    return table == TABLE_CHANCE ? by_chance : to_be_found;
}

/* ---- what was scored ----------------------------------------------------------------------- */

typedef struct {
    gn_shape arena;
    const char *what; /* name of the kind, or untrained */
    double scale;     /* 0: none */
    int run;
    gn_class truth;
    gn_unit_scores scores;
} scored;

typedef struct {
    scored *unit;
    size_t count, room;
} scored_units;

static scored *add(scored_units *all, size_t more) {
    if (all->count + more > all->room) {
        const size_t room = 2 * all->room + more;
        scored *unit = realloc(all->unit, room * sizeof *unit);
        if (!unit) return NULL;
        all->unit = unit;
        all->room = room;
    }
    all->count += more;
    return all->unit + all->count - more;
}

/* One of the recorded runs that the made-up units walk along. */
typedef struct {
    gn_recorded recorded;
    gn_run_maps maps;
    gn_scorer *scorer;
    int number, of; /* among the runs of this arena */
} walk;

typedef struct {
    const gn_options *options;
    gn_pool *pool;
    gn_progress *bar;
    size_t done;
    scored_units all;
} session;

static void advance(void *context) {
    session *s = context;
    gn_progress_update(s->bar, ++s->done, NULL);
}

static gn_status score_units(session *s, walk *w, int run, size_t units, const float *rate, scored what) {
    scored *to = add(&s->all, units);
    gn_unit_scores *scores = gn_alloc(units, sizeof *scores);
    gn_status status = to && scores ? GN_OK : GN_EIO;
    if (!status) status = gn_scorer_run(w->scorer, (int)units, rate, scores, NULL, advance, s);
    for (size_t i = 0; !status && i < units; i++) {
        to[i] = what;
        to[i].arena = w->recorded.walk.arena.shape;
        to[i].run = run;
        to[i].scores = scores[i];
    }
    free(scores);
    return status;
}

typedef struct {
    const walk *w;
    const kind *k;
    uint64_t seed;
    uint32_t index; /* of the kind */
    int of;
    double noise;
    float *rate;
    gn_status *status;
} making;

static void make_up(void *context, int i, int worker) {
    const making *m = context;
    const gn_recorded *r = &m->w->recorded;
    const uint32_t number = (uint32_t)(m->w->number + i * m->w->of);
    gn_stream stream = gn_stream_open(m->seed, GN_PURPOSE_TRUTH, 16 * m->index + (uint32_t)r->walk.arena.shape, number);
    (void)worker;
    m->status[i] = gn_truth_rate(m->k->truth, m->k->scale, m->noise, &r->walk.arena, &r->grid, r->samples, r->position,
                                 &stream, m->rate + (size_t)i * r->samples);
}

static size_t share_of(const walk *w, size_t units) {
    return (units + (size_t)w->of - 1 - (size_t)w->number) / (size_t)w->of;
}

static gn_status score_kind(session *s, walk *w, int run, const kind *k, uint32_t index) {
    const size_t units = share_of(w, k->times * (size_t)gn_option_int(s->options, "units"));
    float *rate = gn_alloc(units * w->recorded.samples, sizeof *rate);
    gn_status *each = gn_alloc(units, sizeof *each), status = rate && each ? GN_OK : GN_EIO;
    const gn_truth_row *row = &gn_truths[k->truth];
    making m = {w, k, gn_option_seed(s->options), index, (int)units, gn_option_real(s->options, "noise"), rate, each};
    if (!status) gn_pool_run(s->pool, (int)units, make_up, &m);
    for (size_t i = 0; !status && i < units; i++)
        status = each[i];
    if (!status)
        status = score_units(
            s, w, run, units, rate,
            (scored){.what = row->name, .scale = strcmp(row->scale, "none") ? k->scale : 0, .truth = row->class});
    free(rate);
    free(each);
    return status;
}

/* ---- the tables ------------------------------------------------------------------------------ */

/* Bins of width in the table of false positives, in bins of the map. */
static const double edges[] = {0, 3.5, 5, 7, 10, 15, INFINITY};
enum { WIDTHS = sizeof edges / sizeof *edges - 1 };

static int width_bin(double width) {
    int k = 0;
    while (k + 1 < WIDTHS && !(width < edges[k + 1]))
        k++;
    return k;
}

/* Clopper and Pearson's interval. */
static void put_rate(gn_tsv *tsv, size_t n, size_t hits) {
    const double k = (double)hits, rest = (double)n - k;
    gn_tsv_int(tsv, (int64_t)n);
    gn_tsv_int(tsv, (int64_t)hits);
    gn_tsv_double(tsv, k / (double)n);
    gn_tsv_double(tsv, hits ? gsl_cdf_beta_Pinv(0.025, k, rest + 1) : 0);
    gn_tsv_double(tsv, hits < n ? gsl_cdf_beta_Pinv(0.975, k + 1, rest) : 1);
}

static bool is_untrained(const scored *u, gn_shape arena) {
    return u->arena == arena && strcmp(u->what, "untrained") == 0 && !isnan(u->scores.width); /* nan: constant */
}

/* How much more the counts of a class differ between the untrained networks of an arena than independent units would
 * make them: their squared deviations over the binomial variance. nan with fewer than two networks, or no unit of the
 * class. */
static double overdispersion(const scored_units *all, gn_class class, gn_shape arena, int runs) {
    double n = 0, hits = 0, chi = 0, networks = 0;
    for (size_t i = 0; i < all->count; i++)
        if (is_untrained(&all->unit[i], arena)) {
            n++;
            hits += all->unit[i].scores.class == class;
        }
    for (int number = 0; number < runs && hits > 0; number++) {
        double its_n = 0, its_hits = 0;
        for (size_t i = 0; i < all->count; i++)
            if (is_untrained(&all->unit[i], arena) && all->unit[i].run == number) {
                its_n++;
                its_hits += all->unit[i].scores.class == class;
            }
        if (its_n == 0) continue;
        const double expected = its_n * hits / n;
        chi += (its_hits - expected) * (its_hits - expected) / (expected * (1 - hits / n));
        networks++;
    }
    return networks > 1 ? chi / (networks - 1) : NAN;
}

static gn_status write_overdispersion(const session *s, int runs, gn_tsv *tsv) {
    gn_status status = GN_OK;
    for (gn_class class = GN_GRID; class <= GN_BORDER; class ++)
        for (gn_shape arena = 0; arena <= GN_POLYGON && !status; arena++) {
            bool any = false;
            for (size_t i = 0; i < s->all.count && !any; i++)
                any = is_untrained(&s->all.unit[i], arena);
            char key[64];
            snprintf(key, sizeof key, "overdispersion.%s.%s", gn_class_name(class), gn_arena_name(arena));
            if (any) status = gn_tsv_key(tsv, key, "%.6g", overdispersion(&s->all, class, arena, runs));
        }
    return status;
}

static gn_status write_chance(const session *s, int runs, gn_tsv *tsv) {
    gn_status status = write_overdispersion(s, runs, tsv);
    if (!status)
        status = gn_tsv_columns(
            tsv, "class\tarena\tsurrogate\twidth_low\twidth_high\tunits\tcount\trate\trate_low\trate_high");
    enum { ANY, UNTRAINED, OTHERS };
    const char *names[OTHERS + GN_TRUTHS] = {"any", "untrained"};
    for (int k = 0; k < GN_TRUTHS; k++)
        names[OTHERS + k] = gn_truths[k].name;
    for (gn_class class = GN_GRID; class <= GN_BORDER; class ++)
        for (gn_shape arena = 0; arena <= GN_POLYGON; arena++)
            for (int name = 0; name < OTHERS + GN_TRUTHS; name++)
                for (int width = 0; width < WIDTHS && !status; width++) {
                    size_t n = 0, hits = 0;
                    for (size_t i = 0; i < s->all.count; i++) {
                        const scored *u = &s->all.unit[i];
                        if (u->arena != arena || (name != ANY && strcmp(u->what, names[name]) != 0) ||
                            isnan(u->scores.width) || width_bin(u->scores.width) != width)
                            continue;
                        n++;
                        hits += u->scores.class == class;
                    }
                    if (!n) continue;
                    gn_tsv_text(tsv, gn_class_name(class));
                    gn_tsv_text(tsv, gn_arena_name(arena));
                    gn_tsv_text(tsv, names[name]);
                    gn_tsv_double(tsv, edges[width]);
                    gn_tsv_double(tsv, edges[width + 1]);
                    put_rate(tsv, n, hits);
                    status = gn_tsv_end_row(tsv);
                }
    return status;
}

static gn_status write_power(const session *s, gn_tsv *tsv) {
    gn_status status = gn_tsv_columns(
        tsv,
        "class\tarena\tpattern\tscale\tscale_of\tunits\tcount\trate\trate_low\trate_high\t" GN_CLASSES_JOINED("\t"));
    for (size_t k = 0; k < sizeof to_be_found / sizeof *to_be_found; k++)
        for (gn_shape arena = 0; arena <= GN_POLYGON && !status; arena++) {
            const gn_truth_row *row = &gn_truths[to_be_found[k].truth];
            size_t n = 0, count[GN_CLASSES] = {0};
            for (size_t i = 0; i < s->all.count; i++) {
                const scored *u = &s->all.unit[i];
                if (u->arena != arena || strcmp(u->what, row->name) != 0 || u->scale != to_be_found[k].scale) continue;
                n++;
                count[u->scores.class]++;
            }
            if (!n) continue;
            gn_tsv_text(tsv, gn_class_name(row->class));
            gn_tsv_text(tsv, gn_arena_name(arena));
            gn_tsv_text(tsv, row->name);
            gn_tsv_double(tsv, to_be_found[k].scale);
            gn_tsv_text(tsv, row->scale);
            put_rate(tsv, n, count[row->class]);
            for (gn_class class = GN_GRID; class < GN_CLASSES; class ++)
                gn_tsv_int(tsv, (int64_t)count[class]);
            status = gn_tsv_end_row(tsv);
        }
    return status;
}

static gn_status write_units(const session *s, const char *path) {
    gn_tsv *tsv = gn_tsv_new("calibration-units");
    gn_status status =
        tsv ? gn_tsv_columns(tsv,
                             "arena\twhat\tscale\trun\tclass\twidth\tramp_share\tof_rest\tlattice\tlattice_p99\t"
                             "lattice_noise_p99\twave\twave_p99\twave_noise_p99\tfall\tfall_p99\t"
                             "fall_noise_p99\tborder\tborder_p99\tborder_noise_p99\tstability\tfall_share\tedge_"
                             "share\tspot_share\tsmooth_share\tcoverage\tlattice_share")
            : GN_EIO;
    static const gn_shape_score shown[] = {GN_SHAPE_LATTICE, GN_SHAPE_WAVE, GN_SHAPE_FALL, GN_SHAPE_BORDER};
    for (size_t i = 0; i < s->all.count && !status; i++) {
        const scored *u = &s->all.unit[i];
        gn_tsv_text(tsv, gn_arena_name(u->arena));
        gn_tsv_text(tsv, u->what);
        gn_tsv_double(tsv, u->scale);
        gn_tsv_int(tsv, u->run);
        gn_tsv_text(tsv, gn_class_name(u->scores.class));
        gn_tsv_double(tsv, u->scores.width);
        gn_tsv_double(tsv, u->scores.pattern.ramp);
        gn_tsv_int(tsv, u->scores.of_rest);
        for (size_t k = 0; k < sizeof shown / sizeof *shown; k++) {
            const gn_scored *score = &u->scores.shape[shown[k]];
            gn_tsv_double(tsv, score->value);
            gn_tsv_double(tsv, score->p99);
            gn_tsv_double(tsv, score->noise_p99);
        }
        gn_tsv_double(tsv, u->scores.stability.value);
        gn_tsv_double(tsv, u->scores.pattern.fall);
        gn_tsv_double(tsv, u->scores.pattern.edge);
        gn_tsv_double(tsv, u->scores.pattern.spot);
        gn_tsv_double(tsv, u->scores.pattern.smooth);
        gn_tsv_double(tsv, u->scores.border.coverage);
        gn_tsv_double(tsv, u->scores.lattice_share);
        status = gn_tsv_end_row(tsv);
    }
    if (!status) status = gn_tsv_write(tsv, path);
    gn_tsv_free(tsv);
    return status;
}

static gn_status write_table(const session *s, int table, int runs) {
    static const char *const options[] = {"units", "noise", "shifts", "smoothing", "noise-maps"};
    gn_tsv *tsv = gn_tsv_new(table == TABLE_CHANCE ? "score-chance" : "score-power");
    gn_status status = tsv ? GN_OK : GN_EIO;
    for (size_t k = 0; k < sizeof options / sizeof *options && !status; k++) {
        char key[40];
        snprintf(key, sizeof key, "score.%s", options[k]);
        status = gn_tsv_key(tsv, key, "%s", gn_option_text(s->options, options[k]));
    }
    if (!status) status = gn_tsv_key(tsv, "score.algorithm", "%d", GN_SCORE_ALGORITHM);
    if (!status) status = gn_score_thresholds(tsv);
    if (!status) status = table == TABLE_CHANCE ? write_chance(s, runs, tsv) : write_power(s, tsv);
    if (!status) status = gn_tsv_write(tsv, gn_option_output(s->options));
    gn_tsv_free(tsv);
    return status;
}

/* ---- the program -------------------------------------------------------------------------------- */

static gn_status open_walk(session *s, const char *path, walk *w) {
    const gn_score_options settings = {.shifts = (int)gn_option_int(s->options, "shifts"),
                                       .noise_maps = (int)gn_option_int(s->options, "noise-maps"),
                                       .seed = gn_option_seed(s->options)};
    gn_status status = gn_recorded_read(path, &w->recorded);
    if (!status && w->recorded.walk.arena.corners == 0)
        status = gn_fail(GN_EFILE, "%s: a round arena, accepted: arenas with walls", path);
    if (!status)
        status = gn_run_maps_new(&w->recorded.grid, w->recorded.samples, w->recorded.position,
                                 gn_option_real(s->options, "smoothing"), &w->maps);
    if (!status)
        status = gn_scorer_new(&w->maps.map, &w->recorded.walk.arena, &w->maps, &settings, s->pool, &w->scorer);
    return status;
}

static void close_walk(walk *w) {
    gn_scorer_free(w->scorer);
    gn_run_maps_free(&w->maps);
    gn_recorded_free(&w->recorded);
}

static gn_status score_walk(session *s, walk *w, int run, int table) {
    size_t count;
    const kind *kinds = kinds_of(table, &count);
    gn_status status = GN_OK;
    if (table == TABLE_CHANCE)
        status = score_units(s, w, run, w->recorded.units, w->recorded.rate,
                             (scored){.what = "untrained", .truth = GN_IRREGULAR});
    for (size_t k = 0; k < count && !status; k++)
        status = score_kind(s, w, run, &kinds[k], (uint32_t)(k + (table == TABLE_CHANCE ? 0 : 1000)));
    return status;
}

/* Which arena each run is of, and that it is of an untrained network. *units: of all of these, if they are scored. */
static gn_status look_at_runs(const gn_options *o, int table, gn_shape *arena, size_t *units) {
    gn_status status = GN_OK;
    for (int run = 0; run < gn_option_operands(o) && !status; run++) {
        gn_recorded r;
        const char *path = gn_option_operand(o, run), *update = NULL;
        status = gn_recorded_read(path, &r);
        if (status) break;
        arena[run] = r.walk.arena.shape;
        *units += table == TABLE_CHANCE ? r.units : 0;
        update = gn_file_get(r.file, "update");
        if (table == TABLE_CHANCE && (!update || strcmp(update, "0") != 0))
            status = gn_fail(GN_EFILE, "%s: a network of update %s, accepted: untrained ones, update 0", path,
                             update ? update : "unknown");
        gn_recorded_free(&r);
    }
    return status;
}

static gn_status calibrate(const gn_options *o) {
    const int runs = gn_option_operands(o), table = gn_option_choice(o, "table");
    size_t kinds, times = 0, untrained = 0;
    const kind *kind_of = kinds_of(table, &kinds);
    for (size_t k = 0; k < kinds; k++)
        times += kind_of[k].times;
    session s = {.options = o};
    gn_shape *arena = gn_alloc((unsigned long)runs, sizeof *arena);
    gn_status status = arena ? look_at_runs(o, table, arena, &untrained) : GN_EIO;
    if (!status) status = gn_pool_new(gn_option_threads(o), &s.pool);
    size_t arenas = 0;
    for (int i = 0; i < runs && !status; i++) {
        int first = 0;
        while (arena[first] != arena[i])
            first++;
        arenas += first == i;
    }
    if (!status)
        s.bar =
            gn_progress_start("calibrate-scores", 0, untrained + arenas * times * (size_t)gn_option_int(o, "units"));
    for (int i = 0; i < runs && !status; i++) {
        walk w = {0};
        for (int j = 0; j < runs; j++) {
            w.of += arena[j] == arena[i];
            w.number += j < i && arena[j] == arena[i];
        }
        status = open_walk(&s, gn_option_operand(o, i), &w);
        if (!status) status = score_walk(&s, &w, i, table);
        close_walk(&w);
    }
    gn_progress_finish(s.bar);
    if (!status && gn_option_text(o, "every-unit")) status = write_units(&s, gn_option_text(o, "every-unit"));
    if (!status) status = write_table(&s, table, runs);
    free(s.all.unit);
    free(arena);
    gn_pool_free(s.pool);
    return status;
}

static const gn_program program = {
    .name = "calibrate-scores",
    .algorithm = 2,
    .purpose = "measures the false positives and the sensitivity of score-units",
    .operands = "RUN...",
    .operands_min = 1,
    .operands_max = 1000,
    .option = options_table,
    .details = details,
    .run = calibrate,
};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

/* score-units: numbers for every unit's spatial map and tuning, each with its null, and a class. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "cli/progress.h"
#include "io/container.h"
#include "io/numbers.h"
#include "io/table.h"
#include "units/score_tuning.h"
#include "units/score_unit.h"
#include "walk/trajectory.h"
#include "walk/walk_keys.h"

static const gn_option options[] = {
    {.name = "shifts",
     .type = GN_OPTION_INT,
     .fallback = "200",
     .min = 20,
     .max = 1e6,
     .unit = "maps",
     .help = "circular shifts of each unit's null"},
    {.name = "smoothing",
     .type = GN_OPTION_REAL,
     .fallback = "1",
     .max = 32,
     .unit = "bins",
     .help = "standard deviation of the smoothing of the run's maps"},
    {.name = "noise-maps",
     .type = GN_OPTION_INT,
     .fallback = "400",
     .min = 20,
     .max = 1e6,
     .unit = "maps",
     .help = "smoothed-noise maps of each width"},
    {.name = "null-output",
     .type = GN_OPTION_OUTPUT,
     .fallback = "",
     .help = "also write every surrogate's scores, as a table"},
    {.name = "map",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "score this matrix, a rate map with nan where unvisited, instead of a network's units"},
    {.name = "first-row",
     .type = GN_OPTION_CHOICE,
     .fallback = "bottom",
     .choices = "bottom|top",
     .help = "with --map: which row of the arena the matrix begins with"},
    {.name = "bin-width",
     .type = GN_OPTION_REAL,
     .fallback = "1",
     .min = 1e-9,
     .max = 1e9,
     .unit = "arena units",
     .help = "with --map: side of a bin"},
    {.name = "arena",
     .type = GN_OPTION_CHOICE,
     .fallback = "box",
     .choices = "box|" GN_ARENA_SHAPES,
     .help = "with --map: the walls; box is the matrix itself"},
    {.name = "arena-size",
     .type = GN_OPTION_REAL,
     .fallback = "0",
     .max = 1e9,
     .unit = "arena units",
     .help = "with --map: half side of the square, circumradius of the others; 0: 1, 1 and 1.3"},
    {.name = "arena-polygon",
     .type = GN_OPTION_TEXT,
     .fallback = "",
     .unit = "arena units",
     .help = "with --map: the walls as corners of a convex polygon, \"x,y x,y ...\""},
    {.name = "sac",
     .type = GN_OPTION_OUTPUT,
     .fallback = "",
     .help = "with --map: write the autocorrelogram, a plain matrix"},
    {.name = "output", .type = GN_OPTION_OUTPUT, .fallback = "", .help = "write here instead of standard output"},
    {0}};

static const char details[] =
    "PROBE gives the tuning curves and the sparseness of the (unsmoothed) rate map, RUN all "
    "else: the maps scored are those of the uninterrupted run, smoothed inside the mask, so "
    "that the maps of the null, from the same rates shifted in time by 20% of the run or "
    "more, are estimated alike. stability compares the first half of the run with the second.\n\n"
    "Nulls: columns _p95, _p99 and _z are from the shifted rates; noise_ is smoothed noise on "
    "the same mask, as wide (noise_sd, in bins) as the unit's own autocorrelogram. A class "
    "asks a score to beat both. With --map there is no run: _p95, _p99 and _z are then the "
    "noise's, and the scores that need a run or tuning curves are nan. The map is scored as "
    "it stands, unsmoothed.\n\n"
    "Scores: gridness is the largest over annuli around the autocorrelogram's centre peak; "
    "spacing, orientation and ellipticity come from its six nearest peaks, or four when the "
    "lattice is closer to square, and are nan when there are fewer. fourier_axes counts plane "
    "waves that stand out of the null, alone or two or three together; fourier_power_ratio is "
    "the strongest peak's share of the map's variance (1: a pure wave), fourier_trend_ratio "
    "that of waves of less than one period over the arena. border takes u - min u or (-u) - "
    "min(-u), whichever scores more; border_sign says which, and the spatial information and "
    "the mean vector length do the same. Walls count from 0, counterclockwise (square: "
    "bottom, right, top, left; arena-walls lists them), -1: none.\n\n"
    "--map: rows of numbers, the first row lowest in y unless --first-row top, columns from "
    "low to high x; the matrix lies in the middle of the arena. --sac writes 2 rows - 1 by 2 "
    "columns - 1 lags in the order of the matrix, lag 0 in the middle, nan where fewer than "
    "25 pairs of bins were visited (or where one of the two overlapping parts is constant).\n\n"
    "Class: grid, band or border, of several the one with the largest z; else irregular "
    "(stable; a user's map is taken for stable), else unmodulated. The thresholds stand in "
    "the table's header (threshold.*):\n"
    "axis_percentile 95: a spectral peak above it is an axis\n"
    "grid_percentile 99: grid: gridness 60 or 90 above it in the shifts\n"
    "grid_noise_percentile 95: and above this in the noise, with the lattice's peaks\n"
    "grid_axes 2: and at least so many axes\n"
    "band_percentile 99: band: the strongest spectral peak above it\n"
    "band_axes 1: and exactly so many axes\n"
    "border_percentile 99: border: the score above it\n"
    "border_score 0.5: and above this\n"
    "stability_percentile 99: irregular: stability above it";

/* ---- what is read ----------------------------------------------------------------- */

typedef struct {
    gn_file *probe, *run;
    gn_walk walk;
    gn_grid grid;
    size_t units, samples, directions, speeds, map_bins;
    const float *rate, *position, *speed; /* (N, S), (S, 2), (S) */
    const float *map, *direction, *direction_centre, *speed_curve, *speed_centre;
} input;

static gn_status get_array(const gn_file *file, const char *name, int rank, size_t *shape, const float **data) {
    const void *found = NULL;
    gn_status status = gn_file_array(file, name, GN_F32, rank, shape, &found);
    *data = found;
    return status;
}

static gn_status read_run(const char *path, input *in) {
    size_t rate[2] = {0}, place[2] = {0, 2};
    int64_t bins = 0;
    gn_status status = gn_file_read(path, "run", &in->run);
    if (!status) status = gn_walk_from_file(in->run, &in->walk);
    if (!status) status = gn_file_get_int(in->run, "bins", 1, GN_FOURIER_PAD, &bins);
    if (!status) status = gn_file_get_real(in->run, "bin_width", 1e-9, 1e9, &in->grid.bin_width);
    if (!status) status = gn_file_get_real(in->run, "x_min", -1e9, 1e9, &in->grid.x_min);
    if (!status) status = gn_file_get_real(in->run, "y_min", -1e9, 1e9, &in->grid.y_min);
    if (!status) status = get_array(in->run, "rate", 2, rate, &in->rate);
    place[0] = rate[1];
    if (!status) status = get_array(in->run, "position", 2, place, &in->position);
    if (!status) status = get_array(in->run, "speed", 1, place, &in->speed);
    in->grid.bins = (int)bins;
    in->units = rate[0];
    in->samples = rate[1];
    if (!status && (in->samples < 100 || in->samples > UINT32_MAX))
        return gn_fail(GN_EFILE, "%s: %zu samples, accepted 100 to %u", path, in->samples, UINT32_MAX);
    return status;
}

static gn_status read_probe(const char *path, input *in) {
    size_t map[3] = {in->units, 0, 0}, direction[2] = {in->units, 0}, speed[2] = {in->units, 0};
    gn_status status = gn_file_read(path, "probe", &in->probe);
    if (!status) status = get_array(in->probe, "rate_map", 3, map, &in->map);
    if (!status) status = get_array(in->probe, "direction_tuning", 2, direction, &in->direction);
    if (!status) status = get_array(in->probe, "direction_centre", 1, &direction[1], &in->direction_centre);
    if (!status) status = get_array(in->probe, "speed_tuning", 2, speed, &in->speed_curve);
    if (!status) status = get_array(in->probe, "speed_centre", 1, &speed[1], &in->speed_centre);
    in->map_bins = map[1] * map[2];
    in->directions = direction[1];
    in->speeds = speed[1];
    return status;
}

/* ---- tuning ------------------------------------------------------------------------ */

/* Scores that need no null: of the probe's curves and map, and of the run's samples. */
typedef struct {
    double sparseness, sparseness_signed, speed_slope, speed_r_all, speed_r_moving;
    double direction_range, mean_vector_length;
} tuning;

static void widen(size_t n, const float *from, double *to) {
    for (size_t i = 0; i < n; i++)
        to[i] = (double)from[i];
}

/* scratch holds 2 * the largest of samples, bins and curve lengths. */
static tuning score_tuning(const input *in, size_t unit, double *scratch, size_t room) {
    double *x = scratch, *y = scratch + room;
    tuning t;
    widen(in->map_bins, in->map + unit * in->map_bins, y);
    t.sparseness = gn_sparseness(in->map_bins, y);
    t.sparseness_signed = gn_sparseness_signed(in->map_bins, y);
    widen(in->speeds, in->speed_centre, x);
    widen(in->speeds, in->speed_curve + unit * in->speeds, y);
    t.speed_slope = gn_line_slope(in->speeds, x, y);
    widen(in->directions, in->direction_centre, x);
    widen(in->directions, in->direction + unit * in->directions, y);
    t.direction_range = gn_value_range(in->directions, y);
    t.mean_vector_length = gn_mean_vector_length(in->directions, x, y);
    widen(in->samples, in->speed, x);
    widen(in->samples, in->rate + unit * in->samples, y);
    t.speed_r_all = gn_pearson(in->samples, x, y);
    for (size_t i = 0; i < in->samples; i++)
        if (!(x[i] > 0)) x[i] = NAN;
    t.speed_r_moving = gn_pearson(in->samples, x, y);
    return t;
}

/* ---- tables ------------------------------------------------------------------------ */

static const char columns[] =
    "unit\tgridness60\tgridness60_p99\tgridness60_z\tgridness90\tgridness90_p99\tgridness90_z\t"
    "spacing\torientation_degrees\tellipticity\tfourier_axes\tfourier_frequency_cycles_per_unit\t"
    "fourier_power_ratio\tfourier_p95\tborder\tborder_p99\tborder_z\tborder_wall\tborder_sign\t"
    "spatial_information\tspatial_information_p99\tsparseness\tsparseness_signed\tspeed_slope\t"
    "speed_abs_slope\tspeed_r_all\tspeed_r_moving\tdirection_range\tmean_vector_length\t"
    "stability\tstability_p99\tclass\tclass_z\t"
    "gridness60_p95\tgridness60_noise_p99\tgridness90_p95\tgridness90_noise_p99\t"
    "fourier_p99\tfourier_z\tfourier_noise_p95\tfourier_noise_p99\tfourier_trend_ratio\t"
    "axis1_degrees\taxis2_degrees\taxis3_degrees\tborder_p95\tborder_noise_p99\t"
    "border_coverage\tborder_distance\tspatial_information_p95\tspatial_information_z\t"
    "stability_p95\tstability_z\tnoise_sd\tborder_walls";

/* The columns' p95, p99 and z: of the shifts, or of the noise when there are none. */
static gn_scored columns_of(const gn_scored *s) {
    gn_scored c = *s;
    if (isnan(c.p99) && isnan(c.p95) && isnan(c.z)) {
        c.p95 = c.noise_p95;
        c.p99 = c.noise_p99;
        c.z = c.noise_z;
    }
    return c;
}

static void put(gn_tsv *tsv, int count, const double *value) {
    for (int i = 0; i < count; i++)
        gn_tsv_double(tsv, value[i]);
}
#define PUT(tsv, ...) put(tsv, (int)(sizeof((double[]){__VA_ARGS__}) / sizeof(double)), (double[]){__VA_ARGS__})

static gn_status write_row(gn_tsv *tsv, int unit, const gn_unit_scores *u, const tuning *t) {
    const gn_scored g60 = columns_of(&u->shape[GN_SHAPE_GRIDNESS60]);
    const gn_scored g90 = columns_of(&u->shape[GN_SHAPE_GRIDNESS90]);
    const gn_scored wave = columns_of(&u->shape[GN_SHAPE_FOURIER]);
    const gn_scored border = columns_of(&u->shape[GN_SHAPE_BORDER]);
    const gn_fourier *f = &u->fourier;
    double axis[3];
    for (int k = 0; k < 3; k++)
        axis[k] = k < f->axes ? f->wave[k].angle_degrees : NAN;
    gn_tsv_int(tsv, unit);
    PUT(tsv, g60.value, g60.p99, g60.z, g90.value, g90.p99, g90.z, u->lattice.spacing, u->lattice.orientation_degrees,
        u->lattice.ellipticity);
    gn_tsv_int(tsv, f->axes);
    PUT(tsv, f->axes ? f->wave[0].frequency : NAN, wave.value, wave.p95, border.value, border.p99, border.z);
    gn_tsv_int(tsv, u->border.wall);
    gn_tsv_int(tsv, u->border.sign);
    PUT(tsv, u->information.value, u->information.p99, t->sparseness, t->sparseness_signed, t->speed_slope,
        fabs(t->speed_slope), t->speed_r_all, t->speed_r_moving, t->direction_range, t->mean_vector_length,
        u->stability.value, u->stability.p99);
    gn_tsv_text(tsv, gn_class_name(u->class));
    PUT(tsv, u->class_z, g60.p95, g60.noise_p99, g90.p95, g90.noise_p99, wave.p99, wave.z, wave.noise_p95,
        wave.noise_p99, f->trend, axis[0], axis[1], axis[2], border.p95, border.noise_p99, u->border.coverage,
        u->border.distance, u->information.p95, u->information.z, u->stability.p95, u->stability.z, u->noise_sd);
    gn_tsv_int(tsv, u->border.walls);
    return gn_tsv_end_row(tsv);
}

/* seed, options and thresholds; and of a network, its own keys. */
static gn_status write_keys(const gn_options *o, const gn_file *file, gn_tsv *tsv) {
    static const char *const run_keys[] = {"shifts", "smoothing", "noise-maps"};
    static const char *const map_keys[] = {"noise-maps", "bin-width",  "first-row",
                                           "arena",      "arena-size", "arena-polygon"};
    const char *const *names = file ? run_keys : map_keys;
    const size_t count = file ? 3 : 6;
    const char *key, *value;
    gn_status status = GN_OK;
    for (int i = 0; !status && file && (key = gn_file_key(file, i, &value)); i++)
        if (!strncmp(key, "recipe.", 7) || !strncmp(key, "probe.", 6) || !strcmp(key, "update"))
            status = gn_tsv_key(tsv, key, "%s", value);
    for (size_t i = 0; !status && i < count; i++) {
        char name[40];
        const char *text = gn_option_text(o, names[i]);
        snprintf(name, sizeof name, "score.%s", names[i]);
        if (text) status = gn_tsv_key(tsv, name, "%s", text);
    }
    if (!status) status = gn_tsv_key(tsv, "score.seed", "%llu", (unsigned long long)gn_option_seed(o));
    for (int i = 0; !status && i < GN_THRESHOLDS; i++) {
        char name[64];
        snprintf(name, sizeof name, "threshold.%s", gn_thresholds[i].name);
        status = gn_tsv_key(tsv, name, "%g", gn_thresholds[i].value);
    }
    return status;
}

static void null_row(gn_tsv *tsv, int unit, const char *source, double noise_sd,
                     const double *score /* (GN_NULL_SCORES) */) {
    gn_tsv_int(tsv, unit);
    gn_tsv_text(tsv, source);
    gn_tsv_double(tsv, noise_sd);
    put(tsv, GN_NULL_SCORES, score);
    gn_tsv_end_row(tsv); /* the writer reports what went wrong */
}

/* Noise is listed by its own distributions, sorted score by score; unit -1. */
static void noise_rows(gn_tsv *tsv, const gn_noise *noise) {
    for (int r = 0; r < noise->rungs; r++)
        for (int k = 0; noise->null[r][0].sorted && k < noise->maps; k++) {
            double score[GN_NULL_SCORES];
            for (int s = 0; s < GN_NULL_SCORES; s++)
                score[s] = s < GN_SHAPES && k < noise->null[r][s].count ? noise->null[r][s].sorted[k] : NAN;
            null_row(tsv, -1, "noise", noise->sd[r], score);
        }
}

static gn_status write_nulls(const gn_options *o, const input *in, const gn_unit_scores *scores,
                             const double *surrogate, int shifts, const gn_noise *noise) {
    gn_tsv *tsv = gn_tsv_new("score-nulls");
    gn_status status = tsv ? write_keys(o, in->run, tsv) : GN_EIO;
    if (!status)
        status = gn_tsv_columns(tsv,
                                "unit\tsource\tnoise_sd\tgridness60\tgridness90\t"
                                "fourier_power_ratio\tfourier_power2_ratio\tfourier_power3_ratio\t"
                                "border\tspatial_information\tstability");
    for (size_t i = 0; !status && i < in->units; i++) {
        double score[GN_NULL_SCORES];
        for (int s = 0; s < GN_SHAPES; s++)
            score[s] = scores[i].shape[s].value;
        score[GN_NULL_INFORMATION] = scores[i].information.value;
        score[GN_NULL_STABILITY] = scores[i].stability.value;
        null_row(tsv, (int)i, "observed", scores[i].noise_sd, score);
        for (int k = 0; k < shifts; k++) {
            for (int s = 0; s < GN_NULL_SCORES; s++)
                score[s] = surrogate[(i * GN_NULL_SCORES + (size_t)s) * (size_t)shifts + (size_t)k];
            null_row(tsv, (int)i, "shift", NAN, score);
        }
    }
    if (!status) noise_rows(tsv, noise);
    if (!status) status = gn_tsv_write(tsv, gn_option_text(o, "null-output"));
    gn_tsv_free(tsv);
    return status;
}

/* ---- the units of a network --------------------------------------------------------- */

typedef struct {
    gn_progress *bar;
    size_t done;
} progress;

static void advance(void *context) {
    progress *p = context;
    gn_progress_update(p->bar, ++p->done, NULL);
}

static gn_status write_units(const gn_options *o, const input *in, const gn_unit_scores *scores) {
    size_t room = in->samples;
    room = in->map_bins > room ? in->map_bins : room;
    room = in->directions > room ? in->directions : room;
    room = in->speeds > room ? in->speeds : room;
    double *scratch = gn_alloc(2 * room, sizeof *scratch);
    gn_tsv *tsv = gn_tsv_new("scores");
    gn_status status = tsv && scratch ? write_keys(o, in->run, tsv) : GN_EIO;
    if (!status) status = gn_tsv_columns(tsv, columns);
    for (size_t i = 0; !status && i < in->units; i++) {
        const tuning t = score_tuning(in, i, scratch, room);
        status = write_row(tsv, (int)i, &scores[i], &t);
    }
    if (!status) status = gn_tsv_write(tsv, gn_option_output(o));
    gn_tsv_free(tsv);
    free(scratch);
    return status;
}

static gn_status score_network(const gn_options *o) {
    const gn_score_options settings = {.shifts = (int)gn_option_int(o, "shifts"),
                                       .noise_maps = (int)gn_option_int(o, "noise-maps"),
                                       .seed = gn_option_seed(o)};
    const bool nulls = gn_option_text(o, "null-output");
    input in = {0};
    gn_run_maps maps = {0};
    gn_pool *pool = NULL;
    gn_scorer *scorer = NULL;
    gn_unit_scores *scores = NULL;
    double *surrogate = NULL;
    progress p = {0};
    gn_status status = read_run(gn_option_operand(o, 1), &in);
    if (!status) status = read_probe(gn_option_operand(o, 0), &in);
    if (!status) status = gn_run_maps_new(&in.grid, in.samples, in.position, gn_option_real(o, "smoothing"), &maps);
    if (!status) status = gn_pool_new(gn_option_threads(o), &pool);
    if (!status) status = gn_scorer_new(&maps.map, &in.walk.arena, &maps, &settings, pool, &scorer);
    if (status) goto done;
    scores = gn_alloc(in.units, sizeof *scores);
    if (nulls) surrogate = gn_alloc(in.units * GN_NULL_SCORES * (size_t)settings.shifts, sizeof *surrogate);
    status = scores && (!nulls || surrogate) ? GN_OK : GN_EIO;
    if (status) goto done;
    p.bar = gn_progress_start("score-units", 0, in.units);
    status = gn_scorer_run(scorer, (int)in.units, in.rate, scores, surrogate, advance, &p);
    gn_progress_finish(p.bar);
    if (!status) status = write_units(o, &in, scores);
    if (!status && nulls) status = write_nulls(o, &in, scores, surrogate, settings.shifts, gn_scorer_noise(scorer));
done:
    free(scores);
    free(surrogate);
    gn_scorer_free(scorer);
    gn_pool_free(pool);
    gn_run_maps_free(&maps);
    gn_file_free(in.probe);
    gn_file_free(in.run);
    return status;
}

/* ---- a user's map -------------------------------------------------------------------- */

static gn_status parse_polygon(const char *text, gn_arena *arena) {
    double corner[GN_CORNERS_MAX][2];
    int count = 0, used = 0;
    for (const char *at = text; *at; at += used, count++) {
        if (count == GN_CORNERS_MAX) return gn_fail(GN_EUSAGE, "--arena-polygon: more than %d corners", GN_CORNERS_MAX);
        used = 0;
        if (sscanf(at, " %lf , %lf %n", &corner[count][0], &corner[count][1], &used) != 2 ||
            !isfinite(corner[count][0]) || !isfinite(corner[count][1]))
            return gn_fail(GN_EUSAGE, "--arena-polygon: '%s', expected corners \"x,y x,y ...\"", at);
    }
    return gn_arena_polygon(count, (const double(*)[2])corner, arena);
}

/* Walls, and a map laid in their middle. */
static gn_status place_map(const gn_options *o, size_t rows, size_t cols, gn_map *map, gn_arena *arena) {
    const char *polygon = gn_option_text(o, "arena-polygon");
    const int shape = gn_option_choice(o, "arena");
    map->bins_x = (int)cols;
    map->bins_y = (int)rows;
    map->bin_width = gn_option_real(o, "bin-width");
    const double x = map->bin_width * (double)cols / 2, y = map->bin_width * (double)rows / 2;
    const double box[4][2] = {{-x, -y}, {x, -y}, {x, y}, {-x, y}};
    if (polygon && gn_option_given(o, "arena")) return gn_fail(GN_EUSAGE, "--arena-polygon: not together with --arena");
    if (shape == 0 && gn_option_given(o, "arena-size"))
        return gn_fail(GN_EUSAGE, "--arena-size: only with --arena square, hexagon or triangle");
    gn_status status = polygon      ? parse_polygon(polygon, arena)
                       : shape == 0 ? gn_arena_polygon(4, box, arena)
                                    : gn_arena_make((gn_shape)(shape - 1), gn_option_real(o, "arena-size"), arena);
    if (status) return status;
    map->x_min = (arena->min[0] + arena->max[0]) / 2 - x;
    map->y_min = (arena->min[1] + arena->max[1]) / 2 - y;
    for (int iy = 0; iy < map->bins_y; iy++)
        for (int ix = 0; ix < map->bins_x; ix++)
            if (!isnan(map->value[(size_t)iy * cols + (size_t)ix]) &&
                (gn_map_x(map, ix) < arena->min[0] - map->bin_width ||
                 gn_map_x(map, ix) > arena->max[0] + map->bin_width ||
                 gn_map_y(map, iy) < arena->min[1] - map->bin_width ||
                 gn_map_y(map, iy) > arena->max[1] + map->bin_width))
                return gn_fail(GN_EUSAGE, "--bin-width: %g lays visited bins outside the arena, %g x %g",
                               map->bin_width, arena->max[0] - arena->min[0], arena->max[1] - arena->min[1]);
    return GN_OK;
}

static void flip_rows(size_t rows, size_t cols, double *data) {
    for (size_t y = 0; y < rows / 2; y++)
        for (size_t x = 0; x < cols; x++) {
            double *a = &data[y * cols + x], *b = &data[(rows - 1 - y) * cols + x], swap = *a;
            *a = *b;
            *b = swap;
        }
}

static gn_status write_sac(const char *path, const gn_map *map, bool top) {
    const size_t sx = (size_t)gn_sac_side(map->bins_x), sy = (size_t)gn_sac_side(map->bins_y);
    gn_sac_plan *plan = gn_sac_plan_new(map);
    gn_sac_work *work = plan ? gn_sac_work_new(plan) : NULL;
    double *standard = gn_alloc(gn_map_bins(map), sizeof *standard);
    double *sac = gn_alloc(sx * sy, sizeof *sac);
    gn_status status = work && standard && sac ? GN_OK : GN_EIO;
    if (!status) {
        gn_map_standardise(map, standard);
        gn_sac(plan, work, standard, NULL, sac, NULL);
        if (top) flip_rows(sy, sx, sac);
        status = gn_numbers_write(path, sy, sx, sac);
    }
    free(standard);
    free(sac);
    gn_sac_work_free(work);
    gn_sac_plan_free(plan);
    return status;
}

static gn_status score_map(const gn_options *o) {
    const gn_score_options settings = {.noise_maps = (int)gn_option_int(o, "noise-maps"), .seed = gn_option_seed(o)};
    const char *path = gn_option_text(o, "map");
    const bool top = gn_option_choice(o, "first-row") == 1;
    const gn_numbers_wanted wanted = {.missing = true};
    gn_numbers read = {0};
    gn_map map = {0};
    gn_arena arena;
    gn_pool *pool = NULL;
    gn_scorer *scorer = NULL;
    gn_tsv *tsv = NULL;
    gn_unit_scores u = {0};
    gn_status status = gn_numbers_read(path, &wanted, &read);
    const size_t rows = read.shape[0], cols = read.shape[1];
    double *data = read.value;
    if (!status && (rows > GN_FOURIER_PAD || cols > GN_FOURIER_PAD || rows < 2 || cols < 2))
        status = gn_fail(GN_EFILE, "%s: %zu x %zu bins, accepted 2 to %d a side", path, rows, cols, GN_FOURIER_PAD);
    if (!status && top) flip_rows(rows, cols, data);
    map.value = data;
    if (!status) status = place_map(o, rows, cols, &map, &arena);
    if (!status && gn_map_visited(&map) < GN_SAC_PAIRS_MIN)
        status = gn_fail(GN_EFILE, "%s: %zu visited bins, at least %d expected", path, gn_map_visited(&map),
                         GN_SAC_PAIRS_MIN);
    if (!status) status = gn_pool_new(gn_option_threads(o), &pool);
    if (!status) status = gn_scorer_new(&map, &arena, NULL, &settings, pool, &scorer);
    if (!status) status = gn_scorer_map(scorer, data, &u);
    if (!status) {
        const tuning t = {
            gn_sparseness(rows * cols, data), gn_sparseness_signed(rows * cols, data), NAN, NAN, NAN, NAN, NAN};
        tsv = gn_tsv_new("scores");
        status = tsv ? write_keys(o, NULL, tsv) : GN_EIO;
        if (!status) status = gn_tsv_columns(tsv, columns);
        if (!status) status = write_row(tsv, 0, &u, &t);
    }
    if (!status && gn_option_text(o, "sac")) status = write_sac(gn_option_text(o, "sac"), &map, top);
    if (!status) status = gn_tsv_write(tsv, gn_option_output(o));
    gn_tsv_free(tsv);
    gn_scorer_free(scorer);
    gn_pool_free(pool);
    gn_numbers_free(&read);
    return status;
}

/* ---- options that do not go together --------------------------------------------------- */

static gn_status run(const gn_options *o) {
    static const char *const of_map[] = {"first-row", "bin-width", "arena", "arena-size", "arena-polygon", "sac"};
    static const char *const of_run[] = {"shifts", "smoothing", "null-output"};
    const bool map = gn_option_text(o, "map");
    for (size_t i = 0; !map && i < sizeof of_map / sizeof *of_map; i++)
        if (gn_option_given(o, of_map[i])) return gn_fail(GN_EUSAGE, "--%s: only with --map", of_map[i]);
    for (size_t i = 0; map && i < sizeof of_run / sizeof *of_run; i++)
        if (gn_option_given(o, of_run[i]))
            return gn_fail(GN_EUSAGE, "--%s: not with --map, which has no run", of_run[i]);
    if (gn_option_operands(o) != (map ? 0 : 2))
        return gn_fail(GN_EUSAGE, "%d operands, expected %s", gn_option_operands(o),
                       map ? "none with --map" : "PROBE RUN, or --map FILE");
    return map ? score_map(o) : score_network(o);
}

static const gn_program program = {.name = "score-units",
                                   .algorithm = 1,
                                   .purpose = "scores and classifies spatial maps and tuning",
                                   .operands = "[PROBE RUN]",
                                   .operands_min = 0,
                                   .operands_max = 2,
                                   .option = options,
                                   .details = details,
                                   .no_output = true,
                                   .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

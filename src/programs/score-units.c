/* score-units: numbers for every unit's spatial map and tuning, each with its null, and a class. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "io/header.h"
#include "io/numbers.h"
#include "units/map_files.h"
#include "units/score_table.h"
#include "units/score_tuning.h"
#include "walk/trajectory.h"
#include "walk/walk_keys.h"

static const gn_option option[] = {
    GN_SCORE_OPTIONS,
    /* For whoever doubts a class: the distributions that its score was held against. */
    {.name = "null-output",
     .type = GN_OPTION_OUTPUT,
     .fallback = "",
     .help = "also write every surrogate's scores, as a table"},
    {.name = "map",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help =
         "score rate maps, nan where unvisited, instead of a network's units: a matrix, an NPY array of maps x rows x "
         "columns, or a folder of them; operands are more of these"},
    {.name = "first-row",
     .type = GN_OPTION_CHOICE,
     .fallback = "bottom",
     .choices = "bottom|top",
     .help = "with --map: which row of the arena the matrix begins with"},
    {.name = "bin-width",
     .type = GN_OPTION_REAL,
     .fallback = "1",
     .min = 1e-9,
     .max = 1e6,
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
     .max = 1e6,
     .unit = "arena units",
     .help = "with --map: half the side of a square, radius of a circle, circumradius of others; 0: 1, or 1.3 for a "
             "triangle"},
    {.name = "arena-corners",
     .type = GN_OPTION_TEXT,
     .fallback = "",
     .unit = "arena units",
     .help = "with --map: the walls as corners of a polygon, \"x,y x,y ...\", counterclockwise (clockwise ones are "
             "taken backwards)"},
    {.name = "sac",
     .type = GN_OPTION_OUTPUT,
     .fallback = "",
     .help = "with --map: write the autocorrelogram, a plain matrix"},
    GN_OPTION_TO_STDOUT,
    {0},
};

static const char details[] =
    "PROBE gives the tuning curves and the sparseness of the (unsmoothed) rate map, RUN all else: the maps scored are "
    "those of the uninterrupted run, smoothed inside the mask, so that the maps of the null, from the same rates "
    "shifted "
    "in time by 20% of the run or more, are estimated alike. Figures show the probe's maps: map_shown_r is the "
    "correlation of the two, smoothed alike. stability compares the first half of the run with the second.\n\n"
    "Nulls: columns _p95, _p99 and _z are from the shifted rates; _noise_p95 and _noise_p99 from saturated smoothed "
    "noise "
    "on the same mask, of all widths: those surrogates whose autocorrelograms are as wide as the unit's (width, in "
    "bins, "
    "at half the height of its first ring, so that noise from bin to bin does not narrow it). A class asks a score to "
    "beat both. With PROBE alone, its maps are scored, smoothed as figures show them, and with --map any maps, as they "
    "stand. _p95, _p99 and _z are then the noise's, and the scores that need a run, or with --map tuning curves, are "
    "nan.\n\n"
    "Patterns are fitted by least squares inside the mask; a share is one of the map's variance, a score one of what "
    "is "
    "smooth in it (smooth_share: waves of up to five periods). lattice: the best lattice of three waves 60 degrees "
    "apart "
    "or two at 90 (lattice_fold 6 or 4) with its next waves, from 1.5 periods over the longer side on; 0 where a "
    "single "
    "field explains as much (its share above 0.9 of the lattice's). lattice_of_rest 1: where a plane explains a good "
    "part "
    "(ramp_share; thresholds ramp_least and ramp_most) the lattice is sought beside it, in map and nulls alike; the "
    "map "
    "itself is never changed. wave: the best plane wave of 1.25 periods or more; 0 where a slower one explains more "
    "(slow_share). fall: the best exponential fall from one wall, 0.05 to 0.5 inradii long; 0 where a ramp or an edge "
    "across the arena explains more. axes: 1 for a wave, 2 or 3 for a lattice above the 95th percentiles; "
    "frequency_cycles_per_unit and axisN_degrees are the fitted wave vectors.\n\n"
    "border (Solstad): coverage of one wall against the distance of the fields from all walls; of u - min u and (-u) - "
    "min(-u) the one whose fields are smaller (border_sign); walls count from 0, counterclockwise (square: bottom, "
    "right, "
    "top, left; arena-walls lists them), a circle's are eight arcs of a quarter each; -1: none. The scores of borders "
    "are nan where no wall was visited along half of it; a strip of two bins may be missing. The spatial "
    "information "
    "and the mean vector length take the sign that gives more. gridness is the largest over annuli around the "
    "autocorrelogram's centre peak; spacing, orientation and ellipticity come from its six nearest peaks, or four when "
    "the lattice is closer to square, and are nan when there are fewer. wavelength: 2 pi sqrt(variance / mean squared "
    "slope) of the map, arena units.\n\n"
    "--map: rows of numbers, the first row lowest in y unless --first-row top, columns from low to high x; the matrix "
    "lies in the middle of the arena. Of a folder the files .tsv, .txt, .csv, .dat and .npy are taken in the order of "
    "their names. The table's last columns say which file a row is of, and the map's number in it. --sac writes 2 rows "
    "- 1 by 2 columns - 1 lags in the order of the matrix, lag 0 "
    "in "
    "the middle, nan where fewer than 25 pairs of bins were visited (or where one of the two overlapping parts is "
    "constant).\n\n"
    "Class: grid, band or border, of several the one whose pattern explains the largest share of the map; else "
    "irregular "
    "(stable; a user's map is taken for stable), else unmodulated. How often each comes by chance, and how often it is "
    "found where it is, stands in paper/chance.tsv and paper/power.tsv. The thresholds stand in the table's header "
    "(threshold.*):";

/* ---- tables ------------------------------------------------------------------------ */

/* seed, options and thresholds; and of a network, its own keys. */
static gn_status write_keys(const gn_options *o, const gn_file *file, gn_tsv *tsv) {
    static const char *const run_keys[] = {"shifts", "smoothing", "noise-maps"};
    static const char *const map_keys[] = {"noise-maps", "bin-width",  "first-row",
                                           "arena",      "arena-size", "arena-corners"};
    const int without_shifts = file && gn_option_operands(o) == 1;
    const char *const *names = file ? run_keys + without_shifts : map_keys;
    const size_t count = file ? 3 - (size_t)without_shifts : 6;
    const char *const of_network[] = {"recipe.", "probe.", "update", NULL};
    gn_status status = file ? gn_tsv_copy_keys(tsv, file, of_network) : GN_OK;
    for (size_t i = 0; !status && i < count; i++) {
        char name[40];
        const char *text = gn_option_text(o, names[i]);
        if (strcmp(names[i], "arena") == 0 && gn_option_text(o, "arena-corners")) text = "polygon";
        snprintf(name, sizeof name, "score.%s", names[i]);
        if (text) status = gn_tsv_key(tsv, name, "%s", text);
    }
    if (!status) status = gn_tsv_key(tsv, "score.seed", "%llu", (unsigned long long)gn_option_seed(o));
    return status ? status : gn_score_thresholds(tsv);
}

static const char undefined_line[] = "score-units: %s: scores of borders are nan: %s\n";

/* Says why border scores are nan, of so many maps. */
static gn_status write_undefined(gn_tsv *tsv, size_t undefined, size_t maps, const char *why) {
    return undefined ? gn_tsv_key(tsv, "border.undefined", "%zu of %zu: %s", undefined, maps, why) : GN_OK;
}

static gn_status write_nulls(const gn_options *o, const gn_recorded *run, const gn_unit_scores *scores,
                             const double *surrogate, int shifts, const gn_noise *noise) {
    gn_tsv *tsv = gn_tsv_new("score-nulls");
    gn_status status = tsv ? write_keys(o, run->file, tsv) : GN_EIO;
    if (!status) status = gn_score_nulls(tsv, run->units, scores, shifts, surrogate, noise);
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

static gn_status write_units(const gn_options *o, const gn_probed *probed, const gn_recorded *run,
                             const gn_run_maps *maps, const gn_unit_scores *scores, const char *undefined) {
    double *scratch = gn_alloc(gn_tuning_room(probed, run), sizeof *scratch);
    gn_shown shown;
    gn_tsv *tsv = gn_tsv_new("scores");
    gn_status status = gn_shown_new(probed, run, maps, gn_option_real(o, "smoothing"), &shown);
    if (!status) status = tsv && scratch ? write_keys(o, run->file, tsv) : GN_EIO;
    if (!status) status = write_undefined(tsv, undefined ? run->units : 0, run->units, undefined);
    if (!status) status = gn_tsv_columns(tsv, gn_score_columns);
    for (size_t i = 0; !status && i < run->units; i++) {
        gn_tuning_scores t = gn_tuning_score(probed, run, i, scratch);
        t.map_shown_r = gn_shown_r(&shown, i);
        gn_score_row(tsv, (int)i, &scores[i], &t);
        status = gn_tsv_end_row(tsv);
    }
    if (!status) status = gn_tsv_write(tsv, gn_option_output(o));
    gn_shown_free(&shown);
    gn_tsv_free(tsv);
    free(scratch);
    return status;
}

static gn_status check_visited(const gn_map *mask, const char *path) {
    const size_t visited = gn_map_visited(mask);
    if (visited >= GN_SAC_PAIRS_MIN) return GN_OK;
    return gn_fail(GN_EFILE, "%s: %zu visited bins, at least %d expected", path, visited, GN_SAC_PAIRS_MIN);
}

static gn_status score_network(const gn_options *o) {
    const gn_score_options settings = {.shifts = (int)gn_option_int(o, "shifts"),
                                       .noise_maps = (int)gn_option_int(o, "noise-maps"),
                                       .seed = gn_option_seed(o)};
    const bool nulls = gn_option_text(o, "null-output");
    gn_recorded walked = {0};
    gn_probed probed = {0};
    gn_run_maps maps = {0};
    gn_pool *pool = NULL;
    gn_scorer *scorer = NULL;
    gn_unit_scores *scores = NULL;
    double *surrogate = NULL;
    progress p = {0};
    gn_status status = gn_recorded_read(gn_option_operand(o, 1), &walked);
    if (!status) status = gn_probed_read(gn_option_operand(o, 0), walked.units, &probed);
    if (!status) status = gn_header_same_network(gn_header_of(probed.file), gn_header_of(walked.file));
    if (!status && !gn_arena_same(&probed.walk.arena, &walked.walk.arena))
        status = gn_fail(GN_EFILE, "%s: the animal walked in another arena than in %s", gn_option_operand(o, 1),
                         gn_option_operand(o, 0));
    if (!status)
        status = gn_run_maps_new(&walked.grid, walked.samples, walked.position, gn_option_real(o, "smoothing"), &maps);
    if (!status) status = check_visited(&maps.map, gn_option_operand(o, 1));
    if (!status) status = gn_pool_new(gn_option_threads(o), &pool);
    if (!status) status = gn_scorer_new(&maps.map, &walked.walk.arena, &maps, &settings, pool, &scorer);
    if (status) goto done;
    scores = gn_alloc(walked.units, sizeof *scores);
    if (nulls) surrogate = gn_alloc(walked.units * GN_NULL_SCORES * (size_t)settings.shifts, sizeof *surrogate);
    status = scores && (!nulls || surrogate) ? GN_OK : GN_EIO;
    if (status) goto done;
    p.bar = gn_progress_start("score-units", 0, walked.units);
    status = gn_scorer_run(scorer, (int)walked.units, walked.rate, scores, surrogate, advance, &p);
    gn_progress_finish(p.bar);
    const char *undefined = gn_scorer_border_undefined(scorer);
    if (undefined) fprintf(stderr, undefined_line, gn_option_operand(o, 1), undefined);
    if (!status) status = write_units(o, &probed, &walked, &maps, scores, undefined);
    if (!status && nulls) status = write_nulls(o, &walked, scores, surrogate, settings.shifts, gn_scorer_noise(scorer));
done:
    free(scores);
    free(surrogate);
    gn_scorer_free(scorer);
    gn_pool_free(pool);
    gn_run_maps_free(&maps);
    gn_probed_free(&probed);
    gn_recorded_free(&walked);
    return status;
}

/* ---- the maps that figures show ------------------------------------------------------ */

static gn_status write_shown(const gn_options *o, const gn_probed *probed, const gn_unit_scores *scores,
                             const char *undefined) {
    double *scratch = gn_alloc(gn_tuning_room(probed, NULL), sizeof *scratch);
    gn_tsv *tsv = gn_tsv_new("scores");
    gn_status status = tsv && scratch ? write_keys(o, probed->file, tsv) : GN_EIO;
    if (!status) status = write_undefined(tsv, undefined ? probed->units : 0, probed->units, undefined);
    if (!status) status = gn_tsv_columns(tsv, gn_score_columns);
    for (size_t i = 0; !status && i < probed->units; i++) {
        const gn_tuning_scores t = gn_tuning_score(probed, NULL, i, scratch);
        gn_score_row(tsv, (int)i, &scores[i], &t);
        status = gn_tsv_end_row(tsv);
    }
    if (!status) status = gn_tsv_write(tsv, gn_option_output(o));
    gn_tsv_free(tsv);
    free(scratch);
    return status;
}

/* Scores the maps of a probe against smoothed noise. Without a run there are no shifts. */
static gn_status score_shown(const gn_options *o) {
    const gn_score_options settings = {
        .noise_maps = (int)gn_option_int(o, "noise-maps"), .seed = gn_option_seed(o), .of_rates = true};
    const char *path = gn_option_operand(o, 0), *undefined = NULL;
    gn_probed probed = {0};
    gn_pool *pool = NULL;
    gn_scorer *scorer = NULL;
    gn_unit_scores *scores = NULL;
    double *maps = NULL;
    gn_status status = gn_probed_read(path, 0, &probed);
    if (status) return status;
    gn_map mask = probed.frame;
    maps = gn_alloc(probed.units * probed.bins, sizeof *maps);
    scores = gn_alloc(probed.units, sizeof *scores);
    status = maps && scores ? gn_probed_smoothed(&probed, gn_option_real(o, "smoothing"), maps) : GN_EIO;
    mask.value = maps;
    if (!status && mask.bins_x > GN_SHAPE_BINS_MAX)
        status = gn_fail(GN_EFILE, "%s: maps of %d x %d bins, at most %d expected", path, mask.bins_x, mask.bins_y,
                         GN_SHAPE_BINS_MAX);
    if (!status) status = check_visited(&mask, path);
    if (!status) status = gn_pool_new(gn_option_threads(o), &pool);
    if (!status) status = gn_scorer_new(&mask, &probed.walk.arena, NULL, &settings, pool, &scorer);
    if (!status) status = gn_scorer_maps(scorer, (int)probed.units, maps, scores);
    if (!status) undefined = gn_scorer_border_undefined(scorer);
    if (undefined) fprintf(stderr, undefined_line, path, undefined);
    if (!status) status = write_shown(o, &probed, scores, undefined);
    free(scores);
    free(maps);
    gn_scorer_free(scorer);
    gn_pool_free(pool);
    gn_probed_free(&probed);
    return status;
}

/* ---- a user's map -------------------------------------------------------------------- */

/* Walls, and a map laid in their middle. */
static gn_status place_map(const gn_options *o, size_t rows, size_t cols, gn_map *map, gn_arena *arena) {
    const char *polygon = gn_option_text(o, "arena-corners");
    const int shape = gn_option_choice(o, "arena");
    map->bins_x = (int)cols;
    map->bins_y = (int)rows;
    map->bin_width = gn_option_real(o, "bin-width");
    const double x = map->bin_width * (double)cols / 2, y = map->bin_width * (double)rows / 2;
    const double box[4][2] = {{-x, -y}, {x, -y}, {x, y}, {-x, y}};
    if (polygon && gn_option_given(o, "arena") && shape != 1 + GN_POLYGON)
        return gn_fail(GN_EUSAGE, "--arena-corners: only with --arena polygon");
    if ((shape == 0 || shape == 1 + GN_POLYGON || polygon) && gn_option_given(o, "arena-size"))
        return gn_fail(GN_EUSAGE, "--arena-size: only with --arena square, hexagon, triangle or circle");
    gn_status status = polygon      ? gn_arena_parse(polygon, arena)
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

/* The rows of the table stand in the order of those of the matrix. */
static gn_status write_sac(const char *path, const gn_map *map, bool top) {
    const size_t sx = (size_t)gn_sac_side(map->bins_x), sy = (size_t)gn_sac_side(map->bins_y);
    double *sac = gn_alloc(sx * sy, sizeof *sac);
    gn_status status = sac ? gn_sac_of_map(map, sac) : GN_EIO;
    if (!status && top) gn_flip_rows(sy, sx, sac);
    if (!status) status = gn_numbers_write(path, sy, sx, sac);
    free(sac);
    return status;
}

/* Lays a map in the arena, and checks that there is enough of it to score. */
static gn_status fit_map(const gn_options *o, gn_map_of_file *m, gn_arena *arena) {
    gn_status status = place_map(o, (size_t)m->map.bins_y, (size_t)m->map.bins_x, &m->map, arena);
    const size_t visited = gn_map_visited(&m->map);
    if (!status && visited < GN_SAC_PAIRS_MIN && m->single)
        status = gn_fail(GN_EFILE, "%s: %zu visited bins, at least %d expected", m->path, visited, GN_SAC_PAIRS_MIN);
    if (!status && visited < GN_SAC_PAIRS_MIN)
        status = gn_fail(GN_EFILE, "%s: map %zu: %zu visited bins, at least %d expected", m->path, m->index, visited,
                         GN_SAC_PAIRS_MIN);
    return status;
}

/* How many maps have no border scores, and why. */
typedef struct {
    size_t maps;
    const char *why;
} nan_borders;

/* Scores maps first to end - 1, which have the same mask, and so the same noise to be compared with. */
static gn_status score_alike(const gn_map_files *files, size_t first, size_t end, const gn_arena *arena,
                             const gn_score_options *settings, gn_pool *pool, gn_unit_scores *scores,
                             nan_borders *undefined) {
    const gn_map *mask = &files->map[first].map;
    const size_t bins = gn_map_bins(mask);
    double *value = gn_alloc((end - first) * bins, sizeof *value);
    gn_scorer *scorer = NULL;
    gn_status status = value ? gn_scorer_new(mask, arena, NULL, settings, pool, &scorer) : GN_EIO;
    for (size_t k = first; !status && k < end; k++)
        memcpy(value + (k - first) * bins, files->map[k].map.value, bins * sizeof *value);
    if (!status) status = gn_scorer_maps(scorer, (int)(end - first), value, scores + first);
    const char *why = status ? NULL : gn_scorer_border_undefined(scorer);
    for (size_t k = first; why && k < end; k++)
        if (k == first || files->map[k].path != files->map[k - 1].path)
            fprintf(stderr, undefined_line, files->map[k].path, why);
    if (why) *undefined = (nan_borders){undefined->maps + end - first, why};
    gn_scorer_free(scorer);
    free(value);
    return status;
}

static gn_status write_maps(const gn_options *o, const gn_map_files *files, const gn_unit_scores *scores,
                            const nan_borders *undefined) {
    gn_tsv *tsv = gn_tsv_new("scores");
    gn_text names = {0};
    gn_text_format(&names, "%s\tmap\tmap_index", gn_score_columns);
    gn_status status = tsv && names.byte ? write_keys(o, NULL, tsv) : GN_EIO;
    if (!status) status = write_undefined(tsv, undefined->maps, files->maps, undefined->why);
    if (!status) status = gn_tsv_columns(tsv, names.byte);
    for (size_t k = 0; !status && k < files->maps; k++) {
        const gn_map_of_file *m = &files->map[k];
        const size_t bins = gn_map_bins(&m->map);
        gn_tuning_scores t = gn_no_tuning;
        t.sparseness = gn_sparseness(bins, m->map.value);
        t.sparseness_signed = gn_sparseness_signed(bins, m->map.value);
        gn_score_row(tsv, (int)k, &scores[k], &t);
        gn_tsv_text(tsv, m->path);
        gn_tsv_int(tsv, (int64_t)m->index);
        status = gn_tsv_end_row(tsv);
    }
    if (!status) status = gn_tsv_write(tsv, gn_option_output(o));
    free(names.byte);
    gn_tsv_free(tsv);
    return status;
}

static gn_status score_maps(const gn_options *o) {
    const gn_score_options settings = {.noise_maps = (int)gn_option_int(o, "noise-maps"), .seed = gn_option_seed(o)};
    const bool top = gn_option_choice(o, "first-row") == 1;
    gn_map_files files = {0};
    gn_arena arena = {0};
    gn_pool *pool = NULL;
    gn_unit_scores *scores = NULL;
    nan_borders undefined = {0};
    gn_status status = gn_map_files_add(&files, gn_option_text(o, "map"), top, GN_SHAPE_BINS_MAX);
    for (int k = 0; !status && k < gn_option_operands(o); k++)
        status = gn_map_files_add(&files, gn_option_operand(o, k), top, GN_SHAPE_BINS_MAX);
    for (size_t k = 0; !status && k < files.maps; k++)
        status = fit_map(o, &files.map[k], &arena);
    if (!status && gn_option_text(o, "sac") && files.maps > 1)
        status = gn_fail(GN_EUSAGE, "--sac: of one map, and there are %zu", files.maps);
    if (!status) status = gn_pool_new(gn_option_threads(o), &pool);
    if (!status) scores = gn_alloc(files.maps, sizeof *scores);
    if (!status && !scores) status = GN_EIO;
    for (size_t first = 0, end; !status && first < files.maps; first = end) {
        for (end = first + 1; end < files.maps && gn_map_same_mask(&files.map[first].map, &files.map[end].map); end++)
            ;
        status = fit_map(o, &files.map[first], &arena);
        if (!status) status = score_alike(&files, first, end, &arena, &settings, pool, scores, &undefined);
    }
    if (!status && gn_option_text(o, "sac")) status = write_sac(gn_option_text(o, "sac"), &files.map[0].map, top);
    if (!status) status = write_maps(o, &files, scores, &undefined);
    free(scores);
    gn_pool_free(pool);
    gn_map_files_free(&files);
    return status;
}

/* ---- options that do not go together --------------------------------------------------- */

static gn_status run(const gn_options *o) {
    static const char *const of_map[] = {"first-row", "bin-width", "arena", "arena-size", "arena-corners", "sac"};
    static const char *const of_run[] = {"shifts", "smoothing", "null-output"};
    const bool map = gn_option_text(o, "map");
    for (size_t i = 0; !map && i < sizeof of_map / sizeof *of_map; i++)
        if (gn_option_given(o, of_map[i])) return gn_fail(GN_EUSAGE, "--%s: only with --map", of_map[i]);
    for (size_t i = 0; map && i < sizeof of_run / sizeof *of_run; i++)
        if (gn_option_given(o, of_run[i]))
            return gn_fail(GN_EUSAGE, "--%s: not with --map, which has no run", of_run[i]);
    if (map) return score_maps(o);
    const int operands = gn_option_operands(o);
    if (operands < 1 || operands > 2)
        return gn_fail(GN_EUSAGE, "%d operands, expected PROBE RUN, PROBE, or --map FILE", operands);
    if (operands == 1 && (gn_option_given(o, "shifts") || gn_option_given(o, "null-output")))
        return gn_fail(GN_EUSAGE, "--%s: not without a run", gn_option_given(o, "shifts") ? "shifts" : "null-output");
    return operands == 2 ? score_network(o) : score_shown(o);
}

int main(int argc, char **argv) {
    gn_text text = {0};
    gn_text_format(&text, "%s", details);
    for (int i = 0; i < GN_THRESHOLDS; i++)
        gn_text_format(&text, "\n%s %g: %s", gn_thresholds[i].name, gn_thresholds[i].value, gn_thresholds[i].help);
    const gn_program program = {.name = "score-units",
                                .algorithm = GN_SCORE_CHANGES,
                                .purpose = "scores and classifies spatial maps and tuning",
                                .operands = "[PROBE [RUN] | MAP...]",
                                .operands_min = 0,
                                .operands_max = 100000,
                                .option = option,
                                .details = text.byte,
                                .no_output = true,
                                .run = run};
    const int code = gn_main(&program, argc, argv);
    free(text.byte);
    return code;
}

/* connectivity: is W_rec that of an attractor model (claim C13)? One table a run: the profile of
 * the weights against three measures of a pair of units, the eigenvalues, the order of the units,
 * or the ordered weights. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "io/numbers.h"
#include "io/table.h"
#include "network/network.h"
#include "units/connectivity.h"
#include "units/probed.h"
#include "units/score_class.h"

/* Fewer units than this make no profile. */
enum { UNITS_MIN = 10 };
/* A unit has a preferred direction when a plane explains this share of its map's variance. */
static const double ramp_share = 0.5;

#define TABLES "profile|spectrum|order|weights"
enum { TABLE_PROFILE, TABLE_SPECTRUM, TABLE_ORDER, TABLE_WEIGHTS };

static const gn_option options_table[] = {
    {.name = "table",
     .type = GN_OPTION_CHOICE,
     .fallback = "profile",
     .choices = TABLES,
     .help = "which table to write"},
    {.name = "shuffles",
     .type = GN_OPTION_INT,
     .fallback = "999",
     .min = 99,
     .max = 1e6,
     .help = "random assignments of maps to units, for the null"},
    {.name = "baseline",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "network whose weights are subtracted first, as that of update 0: what training added"},
    {0}};

/* ---- inputs ------------------------------------------------------------------------ */

typedef struct {
    size_t n, bins; /* bins of a map along a side */
    gn_network network;
    gn_file *network_file;
    gn_probed probed;
    gn_table *scores;   /* or NULL */
    double *weight;     /* (n, n) */
    double *direction;  /* (n) turns; of the plane fitted to the map */
    double *share;      /* (n) of the map's variance that the plane explains */
    const char **class; /* (n) "" without scores */
} subject;

static void subject_free(subject *s) {
    gn_network_free(&s->network);
    gn_file_free(s->network_file);
    gn_probed_free(&s->probed);
    gn_table_free(s->scores);
    free(s->weight);
    free(s->direction);
    free(s->share);
    free(s->class);
}

static gn_status read_classes(const char *path, subject *s) {
    int class_column, unit_column;
    gn_status status = gn_table_read(path, "scores", &s->scores);
    if (status == GN_OK) status = gn_table_column(s->scores, "class", &class_column);
    if (status == GN_OK) status = gn_table_column(s->scores, "unit", &unit_column);
    if (status != GN_OK) return status;
    if (gn_table_rows(s->scores) != s->n)
        return gn_fail(GN_EFILE, "%s: %zu rows, accepted: %zu, the network's units", path, gn_table_rows(s->scores),
                       s->n);
    for (size_t row = 0; row < s->n; row++) {
        double unit;
        status = gn_table_double(s->scores, row, unit_column, &unit);
        if (status != GN_OK) return status;
        if (!(unit >= 0 && unit < (double)s->n))
            return gn_fail(GN_EFILE, "%s: unit %g, accepted: 0 to %zu", path, unit, s->n - 1);
        s->class[(size_t)unit] = gn_table_text(s->scores, row, class_column);
    }
    return GN_OK;
}

static gn_status subtract_baseline(const char *path, subject *s) {
    gn_network baseline = {0};
    gn_status status = gn_network_read(path, &baseline, NULL);
    if (status == GN_OK && (size_t)baseline.units != s->n)
        status = gn_fail(GN_EFILE, "%s: %d units, accepted: %zu, the network's", path, baseline.units, s->n);
    for (size_t k = 0; k < s->n * s->n && status == GN_OK; k++)
        s->weight[k] -= baseline.rec[k];
    gn_network_free(&baseline);
    return status;
}

static gn_status read_subject(const gn_options *options, subject *s) {
    gn_status status = gn_network_read(gn_option_operand(options, 0), &s->network, &s->network_file);
    s->n = (size_t)s->network.units;
    if (!status) status = gn_probed_read(gn_option_operand(options, 1), s->n, &s->probed);
    if (status) return status;
    s->bins = (size_t)s->probed.frame.bins_x;
    s->weight = gn_alloc(s->n * s->n, sizeof *s->weight);
    s->direction = gn_alloc(s->n, sizeof *s->direction);
    s->share = gn_alloc(s->n, sizeof *s->share);
    s->class = gn_alloc(s->n, sizeof *s->class);
    if (!s->weight || !s->direction || !s->share || !s->class) return GN_EIO;
    for (size_t k = 0; k < s->n * s->n; k++)
        s->weight[k] = s->network.rec[k];
    for (size_t i = 0; i < s->n; i++) {
        gn_map_direction(s->bins, s->probed.map + i * s->probed.bins, &s->direction[i], &s->share[i]);
        s->class[i] = "";
    }
    const char *baseline = gn_option_text(options, "baseline");
    if (baseline != NULL) status = subtract_baseline(baseline, s);
    if (status != GN_OK) return status;
    return gn_option_operands(options) > 2 ? read_classes(gn_option_operand(options, 2), s) : GN_OK;
}

static gn_status start_table(const subject *s, const char *kind, gn_tsv **tsv) {
    *tsv = gn_tsv_new(kind);
    if (*tsv == NULL) return GN_EIO;
    return gn_tsv_copy_keys(*tsv, s->network_file, (const char *const[]){"recipe.", "update", NULL});
}

/* ---- the profile ------------------------------------------------------------------- */

/* A subset of the units with everything a profile needs. */
typedef struct {
    size_t n;
    double *weight, *direction, *similarity, *offset;
    float *map;
    int *bin;
} group;

static void group_free(group *g) {
    free(g->weight);
    free(g->direction);
    free(g->similarity);
    free(g->offset);
    free(g->map);
    free(g->bin);
    *g = (group){0};
}

/* The units marked in `member`. */
static gn_status group_make(const subject *s, const char *member, group *g) {
    size_t cells = s->bins * s->bins, count = 0;
    *g = (group){0};
    for (size_t i = 0; i < s->n; i++)
        count += member[i] != 0;
    g->n = count;
    g->weight = gn_alloc(count * count, sizeof *g->weight);
    g->direction = gn_alloc(count, sizeof *g->direction);
    g->similarity = gn_alloc(count * count, sizeof *g->similarity);
    g->offset = gn_alloc(2 * count * count, sizeof *g->offset);
    g->map = gn_alloc(count * cells, sizeof *g->map);
    g->bin = gn_alloc(count * count, sizeof *g->bin);
    if (!g->weight || !g->direction || !g->similarity || !g->offset || !g->map || !g->bin) return GN_EIO;
    for (size_t i = 0, a = 0; i < s->n; i++) {
        if (!member[i]) continue;
        g->direction[a] = s->direction[i];
        memcpy(g->map + a * cells, s->probed.map + i * cells, cells * sizeof *g->map);
        for (size_t j = 0, b = 0; j < s->n; j++)
            if (member[j]) g->weight[a * count + b++] = s->weight[i * s->n + j];
        a++;
    }
    return GN_OK;
}

/* One way to look at a pair of units. */
typedef enum { BY_SIMILARITY, BY_DIRECTION, BY_DISTANCE, BY_OFFSET, PREDICTORS } predictor;

static const struct {
    const char *name;
    int bins;
    int rows; /* a two-dimensional profile has only its header keys */
} predictor_table[PREDICTORS] = {
    {"similarity", GN_SIMILARITY_BINS, 1},
    {"direction", GN_PAIR_DIRECTION_BINS, 1},
    {"distance", GN_DISTANCE_BINS, 1},
    {"offset", GN_OFFSET_BINS, 0},
};

/* Fills g->bin; low and high are the ends of the bins, in the unit of the table. */
static void cut_pairs(const subject *s, predictor by, group *g, double *low, double *high) {
    double reach = (double)s->bins / 2; /* gn_map_offset() goes so far */
    *low = by == BY_SIMILARITY ? -1 : by == BY_DIRECTION ? -0.5 : 0;
    *high = by == BY_SIMILARITY ? 1 : by == BY_DIRECTION ? 0.5 : reach * s->probed.frame.bin_width;
    switch (by) {
        case BY_SIMILARITY:
            gn_similarity_bins(g->n, g->similarity, g->bin);
            break;
        case BY_DIRECTION:
            gn_direction_bins(g->n, g->direction, g->bin);
            break;
        case BY_DISTANCE:
            gn_distance_bins(g->n, g->offset, reach, g->bin);
            break;
        default:
            gn_offset_bins(g->n, g->offset, reach, g->bin);
            break;
    }
}

/* A finished profile: the keys of a table come before its rows, so all are made first. */
typedef struct {
    char name[32];
    predictor by;
    size_t units;
    double low, high; /* ends of the bins */
    gn_profile profile;
} section;

enum { SECTIONS_MAX = 6 };
typedef struct {
    section section[SECTIONS_MAX];
    int count;
} report;

static void report_free(report *r) {
    for (int k = 0; k < r->count; k++)
        gn_profile_free(&r->section[k].profile);
}

/* Adds the profiles `first` to `last` of the units marked in `member`; none when they are few. */
static gn_status report_group(const gn_options *options, const subject *s, const char *member, const char *prefix,
                              predictor first, predictor last, report *r) {
    group g;
    gn_status status = group_make(s, member, &g);
    if (status == GN_OK && g.n < UNITS_MIN) last = first - 1;
    if (status == GN_OK && first == BY_SIMILARITY) status = gn_map_similarity(g.n, s->bins, g.map, g.similarity);
    if (status == GN_OK && last >= BY_DISTANCE) status = gn_map_offset(g.n, s->bins, g.map, g.offset);
    for (predictor by = first; (int)by <= (int)last && status == GN_OK; by++) {
        section *new = &r->section[r->count++];
        *new = (section){.by = by, .units = g.n};
        snprintf(new->name, sizeof new->name, "%s%s", prefix, predictor_table[by].name);
        cut_pairs(s, by, &g, &new->low, &new->high);
        status =
            gn_weight_profile(g.n, g.weight, predictor_table[by].bins, g.bin, (int)gn_option_int(options, "shuffles"),
                              gn_option_seed(options), (uint32_t)r->count, &new->profile);
    }
    group_free(&g);
    return status;
}

static gn_status make_report(const gn_options *options, const subject *s, report *r) {
    char *all = gn_alloc(s->n, 1), *ramps = gn_alloc(s->n, 1), *grids = gn_alloc(s->n, 1);
    gn_status status = all && ramps && grids ? GN_OK : GN_EIO;
    for (size_t i = 0; i < s->n && status == GN_OK; i++) {
        all[i] = !isnan(s->share[i]);
        ramps[i] = s->share[i] >= ramp_share;
        grids[i] = gn_class_number(s->class[i]) == GN_GRID;
    }
    if (status == GN_OK) status = report_group(options, s, all, "", BY_SIMILARITY, BY_SIMILARITY, r);
    if (status == GN_OK) status = report_group(options, s, ramps, "", BY_DIRECTION, BY_DIRECTION, r);
    if (status == GN_OK) status = report_group(options, s, all, "", BY_DISTANCE, BY_OFFSET, r);
    if (status == GN_OK) status = report_group(options, s, grids, "grid-", BY_DISTANCE, BY_OFFSET, r);
    free(grids);
    free(ramps);
    free(all);
    return status;
}

static gn_status write_keys(const section *s, gn_tsv *tsv) {
    const struct {
        const char *what;
        double value;
    } keys[] = {{"explained", s->profile.explained}, {"null-p95", s->profile.null_p95},
                {"null-p99", s->profile.null_p99},   {"p", s->profile.p},
                {"units", (double)s->units},         {"pairs", (double)s->profile.pairs}};
    gn_status status = GN_OK;
    for (size_t k = 0; k < sizeof keys / sizeof *keys && status == GN_OK; k++) {
        char key[64];
        snprintf(key, sizeof key, "%s.%s", s->name, keys[k].what);
        status = gn_tsv_key(tsv, key, "%.17g", keys[k].value);
    }
    return status;
}

static gn_status write_rows(const section *s, gn_tsv *tsv) {
    const gn_profile *profile = &s->profile;
    gn_status status = GN_OK;
    if (!predictor_table[s->by].rows) return GN_OK;
    for (int k = 0; k < profile->bins && status == GN_OK; k++) {
        gn_tsv_text(tsv, s->name);
        gn_tsv_int(tsv, k);
        gn_tsv_double(tsv, s->low + (k + 0.5) * (s->high - s->low) / profile->bins);
        gn_tsv_double(tsv, profile->mean[k]);
        gn_tsv_double(tsv, profile->sd[k]);
        gn_tsv_double(tsv, profile->null_low[k]);
        gn_tsv_double(tsv, profile->null_high[k]);
        gn_tsv_int(tsv, (int64_t)profile->count[k]);
        status = gn_tsv_end_row(tsv);
    }
    return status;
}

static gn_status write_profile(const gn_options *options, const subject *s, gn_tsv *tsv) {
    report r = {.count = 0};
    gn_status status = make_report(options, s, &r);
    for (int k = 0; k < r.count && status == GN_OK; k++)
        status = write_keys(&r.section[k], tsv);
    if (status == GN_OK)
        status = gn_tsv_columns(tsv, "predictor\tbin\tcentre\tweight_mean\tweight_sd\tnull_low\tnull_high\tcount");
    for (int k = 0; k < r.count && status == GN_OK; k++)
        status = write_rows(&r.section[k], tsv);
    report_free(&r);
    return status;
}

/* ---- the other tables --------------------------------------------------------------- */

static gn_status write_spectrum(const subject *s, gn_tsv *tsv) {
    double *eigenvalue = gn_alloc(2 * s->n, sizeof *eigenvalue);
    gn_status status = eigenvalue == NULL ? GN_EIO : gn_spectrum(s->n, s->weight, eigenvalue);
    if (status == GN_OK) status = gn_tsv_columns(tsv, "index\treal\timaginary\tmodulus");
    for (size_t i = 0; i < s->n && status == GN_OK; i++) {
        gn_tsv_int(tsv, (int64_t)i);
        gn_tsv_double(tsv, eigenvalue[2 * i]);
        gn_tsv_double(tsv, eigenvalue[2 * i + 1]);
        gn_tsv_double(tsv, hypot(eigenvalue[2 * i], eigenvalue[2 * i + 1]));
        status = gn_tsv_end_row(tsv);
    }
    free(eigenvalue);
    return status;
}

typedef struct {
    size_t unit;
    int class;
    double direction;
} place;

/* Others come last. */
static int class_rank(const char *class) {
    const int number = gn_class_number(class);
    return number < 0 ? GN_CLASSES : number;
}

/* Class, then preferred direction (constant maps last), then unit. */
static int by_place(const void *a, const void *b) {
    const place *p = a, *q = b;
    if (p->class != q->class) return p->class < q->class ? -1 : 1;
    if (isnan(p->direction) != isnan(q->direction)) return isnan(p->direction) ? 1 : -1;
    if (p->direction != q->direction && !isnan(p->direction)) return p->direction < q->direction ? -1 : 1;
    return p->unit < q->unit ? -1 : 1;
}

/* The order of the units; the caller frees. */
static gn_status order_units(const subject *s, place **order) {
    *order = gn_alloc(s->n, sizeof **order);
    if (*order == NULL) return GN_EIO;
    for (size_t i = 0; i < s->n; i++)
        (*order)[i] = (place){i, class_rank(s->class[i]), s->direction[i]};
    qsort(*order, s->n, sizeof **order, by_place);
    return GN_OK;
}

/* The wall a map rises towards: the one whose outward normal is nearest to its direction. */
static int preferred_wall(const gn_arena *arena, double turns) {
    int best = -1;
    double most = -INFINITY;
    for (int k = 0; k < arena->corners && !isnan(turns); k++) {
        double along = -arena->normal[k][0] * cos(2 * M_PI * turns) - arena->normal[k][1] * sin(2 * M_PI * turns);
        if (along > most) {
            most = along;
            best = k;
        }
    }
    return best;
}

static gn_status write_order(const subject *s, gn_tsv *tsv) {
    place *order = NULL;
    gn_status status = order_units(s, &order);
    if (status == GN_OK) status = gn_tsv_columns(tsv, "place\tunit\tclass\tdirection_turns\twall\tplane_share");
    for (size_t k = 0; k < s->n && status == GN_OK; k++) {
        size_t unit = order[k].unit;
        gn_tsv_int(tsv, (int64_t)k);
        gn_tsv_int(tsv, (int64_t)unit);
        gn_tsv_text(tsv, s->class[unit][0] ? s->class[unit] : "unknown");
        gn_tsv_double(tsv, s->direction[unit]);
        gn_tsv_int(tsv, preferred_wall(&s->network.walk.arena, s->direction[unit]));
        gn_tsv_double(tsv, s->share[unit]);
        status = gn_tsv_end_row(tsv);
    }
    free(order);
    return status;
}

/* A plain matrix for `plot ... matrix`: rows receive, both in the order of --table order. */
static gn_status write_weights(const subject *s, const char *output) {
    place *order = NULL;
    double *sorted = gn_alloc(s->n * s->n, sizeof *sorted);
    gn_status status = sorted == NULL ? GN_EIO : order_units(s, &order);
    if (status == GN_OK) {
        for (size_t i = 0; i < s->n; i++)
            for (size_t j = 0; j < s->n; j++)
                sorted[i * s->n + j] = s->weight[order[i].unit * s->n + order[j].unit];
        status = gn_numbers_write(output, s->n, s->n, sorted);
    }
    free(sorted);
    free(order);
    return status;
}

static gn_status run(const gn_options *options) {
    static const char *const kind[] = {"connectivity", "spectrum", "unit-order"};
    subject s = {0};
    gn_tsv *tsv = NULL;
    int table = gn_option_choice(options, "table");
    gn_status status = read_subject(options, &s);
    if (status == GN_OK && table == TABLE_WEIGHTS) {
        status = write_weights(&s, gn_option_output(options));
    } else if (status == GN_OK) {
        status = start_table(&s, kind[table], &tsv);
        if (status == GN_OK)
            status = table == TABLE_PROFILE    ? write_profile(options, &s, tsv)
                     : table == TABLE_SPECTRUM ? write_spectrum(&s, tsv)
                                               : write_order(&s, tsv);
        if (status == GN_OK) status = gn_tsv_write(tsv, gn_option_output(options));
    }
    gn_tsv_free(tsv);
    subject_free(&s);
    return status;
}

static const gn_program program = {
    .name = "connectivity",
    .algorithm = 2,
    .purpose = "relate the recurrent weights to the units' maps, as an attractor model would",
    .operands = "NETWORK PROBE [SCORES]",
    .operands_min = 2,
    .operands_max = 3,
    .option = options_table,
    .details =
        "profile: mean weight by similarity of the maps (correlation), by difference of preferred "
        "direction (units whose map is mostly a ramp), by distance between the fields (peak of the "
        "maps' cross-correlation; with SCORES, also among the grid-like units alone), with the "
        "band "
        "that random assignments of maps to units give. Header keys PREDICTOR.explained, "
        ".null-p95, "
        ".null-p99, .p: the share of the weights' variance between the bins and its null; `offset` "
        "is the same over two-dimensional offsets. A predictor with fewer than 10 units is "
        "absent.\n"
        "spectrum: eigenvalues of the recurrent matrix, by falling real part.\n"
        "order: units by class (with SCORES) and preferred direction, and the wall they rise to.\n"
        "weights: the recurrent matrix in that order, a plain matrix; row = receiving unit.",
    .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

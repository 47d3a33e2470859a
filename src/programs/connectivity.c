/* connectivity: is W_rec that of an attractor model (claim C13)? One table a call: the profile of
 * the weights against three measures of a pair of units, the eigenvalues, or the weights with the units in order. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "io/header.h"
#include "io/numbers.h"
#include "io/table.h"
#include "network/network.h"
#include "units/class_table.h"
#include "units/connectivity.h"
#include "units/probed.h"
#include "units/score_class.h"

/* Fewer units than this make no profile. */
enum { UNITS_MIN = 10 };
/* A unit has a preferred direction when a plane explains this share of its map's variance. */
static const double ramp_share = 0.5;

enum { TABLE_PROFILE, TABLE_SPECTRUM, TABLE_WEIGHTS };

static const gn_option option[] = {
    {.name = "table",
     .type = GN_OPTION_CHOICE,
     .fallback = "profile",
     .choices = "profile|spectrum|weights",
     .help = "which table to write"},
    {.name = "shuffles",
     .type = GN_OPTION_INT,
     .fallback = "999",
     .min = 99,
     .max = 1e6,
     .help = "random assignments of maps to units, for the null"},
    {0},
};

/* ---- inputs ------------------------------------------------------------------------ */

typedef struct {
    size_t n, bins; /* bins of a map along a side */
    gn_network network;
    gn_file *network_file;
    gn_probed probed;
    gn_class_table classes; /* its names are NULL without scores */
    double *weight;         /* (n, n) */
    double *direction;      /* (n) turns; of the plane fitted to the map */
    double *share;          /* (n) of the map's variance that the plane explains */
} subject;

static void subject_free(subject *s) {
    gn_network_free(&s->network);
    gn_file_free(s->network_file);
    gn_probed_free(&s->probed);
    gn_class_table_free(&s->classes);
    free(s->weight);
    free(s->direction);
    free(s->share);
}

static gn_status read_subject(const gn_options *options, subject *s) {
    gn_status status = gn_network_read(gn_option_operand(options, 0), &s->network, &s->network_file);
    s->n = (size_t)s->network.units;
    if (!status) status = gn_probed_read(gn_option_operand(options, 1), s->n, &s->probed);
    if (!status) status = gn_header_same_network(gn_header_of(s->network_file), gn_header_of(s->probed.file));
    if (!status && gn_option_operands(options) > 2)
        status = gn_class_table_read(gn_option_operand(options, 2), s->network_file, s->n, &s->classes);
    if (status) return status;
    s->bins = (size_t)s->probed.frame.bins_x;
    s->weight = gn_alloc(s->n * s->n, sizeof *s->weight);
    s->direction = gn_alloc(s->n, sizeof *s->direction);
    s->share = gn_alloc(s->n, sizeof *s->share);
    if (!s->weight || !s->direction || !s->share) return GN_EIO;
    for (size_t k = 0; k < s->n * s->n; k++)
        s->weight[k] = s->network.rec[k];
    for (size_t i = 0; i < s->n; i++)
        gn_map_direction(s->bins, s->probed.map + i * s->probed.bins, &s->direction[i], &s->share[i]);
    return GN_OK;
}

/* The class of a unit, GN_CLASSES when it is not known. */
static int class_of(const subject *s, size_t unit) {
    return s->classes.name ? gn_class_rank(s->classes.name[unit]) : GN_CLASSES;
}

static gn_status start_table(const subject *s, const char *kind, gn_tsv **tsv) {
    *tsv = gn_tsv_new(kind);
    if (!*tsv) return GN_EIO;
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
    if (!status && g.n < UNITS_MIN) last = first - 1;
    if (!status && first == BY_SIMILARITY) status = gn_map_similarity(g.n, s->bins, g.map, g.similarity);
    if (!status && last >= BY_DISTANCE) status = gn_map_offset(g.n, s->bins, g.map, g.offset);
    for (predictor by = first; (int)by <= (int)last && !status; by++) {
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
    for (size_t i = 0; i < s->n && !status; i++) {
        all[i] = !isnan(s->share[i]);
        ramps[i] = s->share[i] >= ramp_share;
        grids[i] = class_of(s, i) == GN_GRID;
    }
    if (!status) status = report_group(options, s, all, "", BY_SIMILARITY, BY_SIMILARITY, r);
    if (!status) status = report_group(options, s, ramps, "", BY_DIRECTION, BY_DIRECTION, r);
    if (!status) status = report_group(options, s, all, "", BY_DISTANCE, BY_OFFSET, r);
    if (!status) status = report_group(options, s, grids, "grid-", BY_DISTANCE, BY_OFFSET, r);
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
    for (size_t k = 0; k < sizeof keys / sizeof *keys && !status; k++) {
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
    for (int k = 0; k < profile->bins && !status; k++) {
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
    for (int k = 0; k < r.count && !status; k++)
        status = write_keys(&r.section[k], tsv);
    if (!status)
        status = gn_tsv_columns(tsv, "predictor\tbin\tcentre\tweight_mean\tweight_sd\tnull_low\tnull_high\tcount");
    for (int k = 0; k < r.count && !status; k++)
        status = write_rows(&r.section[k], tsv);
    report_free(&r);
    return status;
}

/* ---- the other tables --------------------------------------------------------------- */

static gn_status write_spectrum(const subject *s, gn_tsv *tsv) {
    double *eigenvalue = gn_alloc(2 * s->n, sizeof *eigenvalue);
    gn_status status = !eigenvalue ? GN_EIO : gn_spectrum(s->n, s->weight, eigenvalue);
    if (!status) status = gn_tsv_columns(tsv, "index\treal\timaginary\tmodulus");
    for (size_t i = 0; i < s->n && !status; i++) {
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
    if (!*order) return GN_EIO;
    for (size_t i = 0; i < s->n; i++)
        (*order)[i] = (place){i, class_of(s, i), s->direction[i]};
    qsort(*order, s->n, sizeof **order, by_place);
    return GN_OK;
}

/* A plain matrix for `plot ... matrix`: rows receive. */
static gn_status write_weights(const subject *s, const char *output) {
    place *order = NULL;
    double *sorted = gn_alloc(s->n * s->n, sizeof *sorted);
    gn_status status = !sorted ? GN_EIO : order_units(s, &order);
    if (!status) {
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
    static const char *const kind[] = {"connectivity", "spectrum"};
    subject s = {0};
    gn_tsv *tsv = NULL;
    int table = gn_option_choice(options, "table");
    gn_status status = read_subject(options, &s);
    if (!status && table == TABLE_WEIGHTS) {
        status = write_weights(&s, gn_option_output(options));
    } else if (!status) {
        status = start_table(&s, kind[table], &tsv);
        if (!status) status = table == TABLE_PROFILE ? write_profile(options, &s, tsv) : write_spectrum(&s, tsv);
        if (!status) status = gn_tsv_write(tsv, gn_option_output(options));
    }
    gn_tsv_free(tsv);
    subject_free(&s);
    return status;
}

static const gn_program program = {
    .name = "connectivity",
    .algorithm = 2,
    .purpose = "relates the recurrent weights to the units' maps, as an attractor model would",
    .operands = "NETWORK PROBE [SCORES]",
    .operands_min = 2,
    .operands_max = 3,
    .option = option,
    .details =
        "profile: mean weight by similarity of the maps (correlation), by difference of preferred direction (units "
        "whose map is mostly a ramp), by distance between the fields (peak of the maps' cross-correlation; with "
        "SCORES, "
        "also among the grid-like units alone), with the band that random assignments of maps to units give. Header "
        "keys PREDICTOR.explained, .null-p95, .null-p99, .p: the share of the weights' variance between the bins and "
        "its null; `offset` is the same over two-dimensional offsets. A predictor with fewer than 10 units is absent.\n"
        "spectrum: eigenvalues of the recurrent matrix, by falling real part.\n"
        "weights: the recurrent matrix, units by class (with SCORES), then by preferred direction, then by number: a "
        "plain matrix, whose rows are the receiving units.",
    .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

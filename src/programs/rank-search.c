/* rank-search: ranks the networks of the search for recipes that give periodic maps. The table has a row for each, the
 * best first; what was not trained or has no scores has a row with the reason. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/chance.h"
#include "base/text.h"
#include "cli/options.h"
#include "io/container.h"
#include "io/table.h"
#include "units/score_class.h"

enum { PATH_ROOM = 4096 };

/* A periodic map has at least one wave of this frequency, in cycles per arena unit. */
static const double least_frequency = 0.6;

/* The fingerprints that are columns of the ranking: they show progress before there are units of periodic classes. */
enum { DISTANCE, COUNTED, WAVELENGTH, NO_RAMP, SATURATION, TRANSITION, SPEED, GROWTH, SIGNS };
static const char *const sign_id[SIGNS] = {"total",      "counted",    "wavelength",    "no_ramp",
                                           "saturation", "transition", "speed_visible", "error_growth"};

typedef struct {
    const char *folder;
    char id[256];
    const char *overrides, *note; /* belong to the table of recipes */
    const char *status;
    int64_t update; /* -1: unknown */
    double mse;     /* nan: unknown */
    size_t units;
    int count[GN_CLASSES];
    double chance[GN_CLASSES];     /* counts that chance does not exceed; nan: unknown */
    double sign[SIGNS];            /* nan: unknown */
    double significant, periodic;  /* shares of units */
    double frequency;              /* mean over significant units, cycles per arena unit */
    double gridness60, gridness90; /* largest of all units */
    const gn_table *kept;          /* the earlier ranking that has all the rest of the row; NULL: none */
    size_t kept_row;
} ranked;

static const char columns[] =
    "network\tstatus\tupdate\tmse\tdistance\tshare_counted\twavelength\tshare_no_ramp\tsaturation\ttransition\t"
    "speed_visible\terror_growth\tshare_periodic\tshare_significant\tmean_frequency_cycles_per_unit\t"
    "largest_gridness60\tlargest_gridness90\tunits\t" GN_CLASSES_JOINED("\t") "\t" GN_CHANCE_COLUMNS
                                                                              "\toverrides\tnote";

static const gn_option option[] = {
    GN_CHANCE_OPTION,
    {.name = "recipes", .type = GN_OPTION_INPUT, .fallback = NULL, .help = "the search's table: id, overrides, note"},
    {.name = "kept",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "an earlier ranking; what is not scored in its folder is taken from it, where the overrides are the same"},
    {0}};

/* ---- what is known of a network ---------------------------------------------------- */

/* Reads the id of a network from its folder .../ID/seed-S: "ID", or "ID/seed-S" for seeds other than 1. */
static gn_status read_id(const char *folder, char id[256], size_t *id_length) {
    const char *seed = strrchr(folder, '/'), *start = seed;
    while (start && start > folder && start[-1] != '/')
        start--;
    if (!seed || strncmp(seed, "/seed-", 6) != 0 || start == seed)
        return gn_fail(GN_EUSAGE, "%s: no network's folder, accepted: .../ID/seed-S", folder);
    *id_length = (size_t)(seed - start);
    int length = snprintf(id, 256, "%s", start);
    if (length >= 256) return gn_fail(GN_EUSAGE, "%s: id of %d characters, accepted: up to 255", folder, length);
    if (strcmp(seed, "/seed-1") == 0) id[*id_length] = '\0';
    return GN_OK;
}

static gn_status find_recipe(const gn_table *recipes, size_t id_length, ranked *row) {
    int id, overrides, note;
    gn_status status = gn_table_column(recipes, "id", &id);
    if (!status) status = gn_table_column(recipes, "overrides", &overrides);
    if (!status) status = gn_table_column(recipes, "note", &note);
    for (size_t i = 0; !status && i < gn_table_rows(recipes); i++) {
        const char *text = gn_table_text(recipes, i, id);
        if (strlen(text) != id_length || strncmp(text, row->id, id_length) != 0) continue;
        row->overrides = gn_table_text(recipes, i, overrides);
        row->note = gn_table_text(recipes, i, note);
        return GN_OK;
    }
    if (!status)
        status = gn_fail(GN_EUSAGE, "%s: '%.*s' is no id of the recipes", row->folder, (int)id_length, row->id);
    return status;
}

/* The path of a file of the network's folder, and whether it exists. */
static gn_status locate(const ranked *row, const char *name, char path[PATH_ROOM], bool *there) {
    if (snprintf(path, PATH_ROOM, "%s/%s", row->folder, name) >= PATH_ROOM)
        return gn_fail(GN_EUSAGE, "%s: path too long", row->folder);
    *there = access(path, F_OK) == 0;
    if (!*there && errno != ENOENT && errno != ENOTDIR) return gn_fail_errno("%s", path);
    return GN_OK;
}

/* Reads update and error from the header of a network, or of the state of an unfinished training. */
static gn_status read_network(const char *path, const char *kind, ranked *row) {
    gn_file *file = NULL;
    gn_status status = gn_file_read(path, kind, &file);
    if (!status) status = gn_file_get_int(file, "update", 0, INT64_MAX, &row->update);
    if (!status && gn_file_get(file, "mse")) status = gn_file_get_real(file, "mse", 0, HUGE_VAL, &row->mse);
    gn_file_free(file);
    return status;
}

/* Reads the error over the last updates from the log; the network's header has that of one update. A log without
 * updates has none. */
static gn_status read_log(const char *path, ranked *row) {
    gn_table *table = NULL;
    gn_status status = gn_table_read(path, "training-log", &table);
    const char *text = status ? NULL : gn_table_key(table, "final_mse");
    if (!status && (!text || (strcmp(text, "nan") != 0 && !gn_parse_real(text, &row->mse))))
        status = gn_fail(GN_EFILE, "%s: final_mse: '%s', expected a number", path, text ? text : "");
    gn_table_free(table);
    return status;
}

/* ---- its scores -------------------------------------------------------------------- */

static gn_status count_class(const char *path, const char *text, ranked *row) {
    const int class = gn_class_number(text);
    if (class < 0) return gn_fail(GN_EFILE, "%s: class '%s', accepted: " GN_CLASSES_JOINED(" "), path, text);
    row->count[class]++;
    return GN_OK;
}

static gn_status read_scores(const char *path, const gn_chance *chance, ranked *row) {
    enum { AXES, FREQUENCY, GRID60, GRID90, NUMBERS };
    static const char *const name[NUMBERS] = {"axes", "frequency_cycles_per_unit", "gridness60", "gridness90"};
    int column[NUMBERS], class_column, significant = 0, periodic = 0;
    double value[NUMBERS], sum = 0;
    gn_table *table = NULL;
    gn_status status = gn_table_read(path, "scores", &table);
    for (int k = 0; !status && k < NUMBERS; k++)
        status = gn_table_column(table, name[k], &column[k]);
    if (!status) status = gn_table_column(table, "class", &class_column);
    if (!status && (row->units = gn_table_rows(table)) == 0)
        status = gn_fail(GN_EFILE, "%s: 0 rows, accepted: one or more", path);
    if (status == GN_OK && chance) status = gn_chance_of_scores(chance, table, row->chance);
    row->gridness60 = row->gridness90 = NAN;
    for (size_t i = 0; !status && i < row->units; i++) {
        for (int k = 0; !status && k < NUMBERS; k++)
            status = gn_table_double(table, i, column[k], &value[k]);
        if (!status) status = count_class(path, gn_table_text(table, i, class_column), row);
        if (value[AXES] >= 1 && value[FREQUENCY] > 0) {
            significant++;
            periodic += value[FREQUENCY] >= least_frequency;
            sum += value[FREQUENCY];
        }
        row->gridness60 = fmax(row->gridness60, value[GRID60]); /* fmax() ignores nan */
        row->gridness90 = fmax(row->gridness90, value[GRID90]);
    }
    if (!status) {
        row->significant = significant / (double)row->units;
        row->periodic = periodic / (double)row->units;
        row->frequency = significant ? sum / significant : NAN;
    }
    gn_table_free(table);
    return status;
}

static gn_status read_signs(const char *path, ranked *row) {
    gn_table *table = NULL;
    int id, value, distance;
    gn_status status = gn_table_read(path, "fingerprints", &table);
    if (!status) status = gn_table_column(table, "id", &id);
    if (!status) status = gn_table_column(table, "value", &value);
    if (!status) status = gn_table_column(table, "distance", &distance);
    for (size_t i = 0; !status && i < gn_table_rows(table); i++)
        for (int k = 0; k < SIGNS && !status; k++)
            if (strcmp(gn_table_text(table, i, id), sign_id[k]) == 0)
                status = gn_table_double(table, i, k == DISTANCE ? distance : value, &row->sign[k]);
    gn_table_free(table);
    return status;
}

static gn_status read_row(const gn_table *recipes, const gn_chance *chance, ranked *row) {
    char path[PATH_ROOM];
    size_t id_length = 0;
    bool there = false;
    row->update = -1;
    row->mse = row->frequency = row->gridness60 = row->gridness90 = NAN;
    row->significant = row->periodic = NAN;
    for (int k = 0; k < SIGNS; k++)
        row->sign[k] = NAN;
    for (int k = 0; k < GN_CLASSES; k++)
        row->chance[k] = NAN;
    gn_status status = read_id(row->folder, row->id, &id_length);
    if (!status) status = find_recipe(recipes, id_length, row);
    if (!status) status = locate(row, "network.gn", path, &there);
    if (status) return status;
    if (!there) {
        row->status = "no-network";
        status = locate(row, "network.gn.state", path, &there);
        if (!status && there) {
            row->status = "stopped";
            status = read_network(path, NULL, row);
        }
        return status;
    }
    status = read_network(path, "network", row);
    if (!status) status = locate(row, "log.tsv", path, &there);
    if (!status && there) status = read_log(path, row);
    if (!status) status = locate(row, "fingerprints.tsv", path, &there);
    if (!status && there) status = read_signs(path, row);
    if (!status) status = locate(row, "scores.tsv", path, &there);
    if (status) return status;
    row->status = there ? "scored" : "not-scored";
    return there ? read_scores(path, chance, row) : GN_OK;
}

/* ---- an earlier ranking -------------------------------------------------------------- */

static gn_status read_kept(const char *path, gn_table **kept) {
    gn_status status = gn_table_read(path, "ranking", kept);
    const char *expected = columns;
    for (int c = 0; !status && c < gn_table_columns(*kept); c++) {
        const char *name = gn_table_column_name(*kept, c);
        const size_t length = strcspn(expected, "\t");
        if (strlen(name) != length || strncmp(name, expected, length) != 0)
            return gn_fail(GN_EFILE, "%s: column '%s', accepted: '%.*s'; it is of another version of this program",
                           path, name, (int)length, expected);
        expected += length + (expected[length] == '\t');
    }
    if (!status && *expected) status = gn_fail(GN_EFILE, "%s: columns missing: %s", path, expected);
    return status;
}

/* Takes a row that was scored from the earlier ranking, if it has one of this network and these overrides. What the
 * order depends on is read, the rest stays where it is. */
static gn_status take_kept(const gn_table *kept, ranked *row) {
    enum { NETWORK, STATUS, OVERRIDES, TEXTS };
    static const char *const name[TEXTS] = {"network", "status", "overrides"};
    const char *const wanted[TEXTS] = {row->id, "scored", row->overrides};
    int column[TEXTS];
    gn_status status = GN_OK;
    for (int k = 0; !status && k < TEXTS; k++)
        status = gn_table_column(kept, name[k], &column[k]);
    for (size_t i = 0; !status && !row->kept && i < gn_table_rows(kept); i++) {
        int same = 0;
        for (int k = 0; k < TEXTS; k++)
            same += strcmp(gn_table_text(kept, i, column[k]), wanted[k]) == 0;
        if (same == TEXTS) row->kept = kept, row->kept_row = i;
    }
    if (status || !row->kept) return status;
    static const char *const number[] = {"mse", "distance", "grid", "band", "grid_chance", "band_chance"};
    double value[6];
    for (int k = 0; !status && k < 6; k++) {
        int at;
        status = gn_table_column(kept, number[k], &at);
        if (!status) status = gn_table_double(kept, row->kept_row, at, &value[k]);
    }
    if (status) return status;
    row->mse = value[0];
    row->sign[DISTANCE] = value[1];
    row->count[GN_GRID] = (int)value[2];
    row->count[GN_BAND] = (int)value[3];
    row->chance[GN_GRID] = value[4];
    row->chance[GN_BAND] = value[5];
    return GN_OK;
}

/* ---- the table --------------------------------------------------------------------- */

/* Orders numbers from large to small, with nan last. */
static int falling(double a, double b) {
    if (isnan(a) || isnan(b)) return isnan(a) - isnan(b);
    return (a < b) - (a > b);
}

/* The number of grid-like and band-like units beyond what chance gives; all of them where that is unknown. */
static double periodic_beyond_chance(const ranked *row) {
    double sum = 0;
    for (gn_class class = GN_GRID; class <= GN_BAND; class ++)
        sum += fmax(0, row->count[class] - (isnan(row->chance[class]) ? 0 : row->chance[class]));
    return sum;
}

/* Orders networks by the units of periodic classes beyond chance, then by the distance from the paper's figures, then
 * by error, then by id. */
static int compare(const void *first, const void *second) {
    const ranked *a = first, *b = second;
    int order = falling(periodic_beyond_chance(a), periodic_beyond_chance(b));
    if (!order) order = falling(-a->sign[DISTANCE], -b->sign[DISTANCE]);
    if (!order) order = falling(-a->mse, -b->mse);
    return order ? order : strcmp(a->id, b->id);
}

static gn_status write_row(gn_tsv *tsv, const ranked *row) {
    if (row->kept) {
        for (int c = 0; c < gn_table_columns(row->kept) - 1; c++)
            gn_tsv_text(tsv, gn_table_text(row->kept, row->kept_row, c));
        gn_tsv_text(tsv, row->note);
        return gn_tsv_end_row(tsv);
    }
    gn_tsv_text(tsv, row->id);
    gn_tsv_text(tsv, row->status);
    gn_tsv_int(tsv, row->update);
    gn_tsv_double(tsv, row->mse);
    for (int k = 0; k < SIGNS; k++)
        gn_tsv_double(tsv, row->sign[k]);
    gn_tsv_double(tsv, row->periodic);
    gn_tsv_double(tsv, row->significant);
    gn_tsv_double(tsv, row->frequency);
    gn_tsv_double(tsv, row->gridness60);
    gn_tsv_double(tsv, row->gridness90);
    gn_tsv_int(tsv, (int64_t)row->units);
    for (int i = 0; i < GN_CLASSES; i++)
        gn_tsv_int(tsv, row->count[i]);
    for (gn_class class = GN_GRID; class <= GN_BORDER; class ++)
        gn_tsv_double(tsv, row->chance[class]);
    gn_tsv_text(tsv, row->overrides);
    gn_tsv_text(tsv, row->note);
    return gn_tsv_end_row(tsv);
}

static gn_status write_ranking(const ranked *row, int rows, const char *path) {
    gn_tsv *tsv = gn_tsv_new("ranking");
    gn_status status = tsv ? gn_tsv_key(tsv, "least_frequency", "%.17g", least_frequency) : GN_EIO;
    if (!status) status = gn_tsv_columns(tsv, columns);
    for (int i = 0; status == GN_OK && i < rows; i++)
        status = write_row(tsv, &row[i]);
    if (!status) status = gn_tsv_write(tsv, path);
    gn_tsv_free(tsv);
    return status;
}

static gn_status run(const gn_options *options) {
    int rows = gn_option_operands(options);
    gn_table *recipes = NULL, *kept = NULL;
    gn_chance *chance = NULL;
    ranked *row = gn_alloc((unsigned long)rows, sizeof *row);
    gn_status status = row ? gn_table_read_plain(gn_option_text(options, "recipes"), NULL, &recipes) : GN_EIO;
    if (status == GN_OK && gn_option_given(options, "chance"))
        status = gn_chance_read(gn_option_text(options, "chance"), &chance);
    if (!status && gn_option_given(options, "kept")) status = read_kept(gn_option_text(options, "kept"), &kept);
    for (int i = 0; status == GN_OK && i < rows; i++) {
        row[i].folder = gn_option_operand(options, i);
        status = read_row(recipes, chance, &row[i]);
        if (!status && kept && strcmp(row[i].status, "scored") != 0) status = take_kept(kept, &row[i]);
    }
    if (!status) {
        qsort(row, (size_t)rows, sizeof *row, compare);
        status = write_ranking(row, rows, gn_option_output(options));
    }
    gn_table_free(recipes);
    gn_table_free(kept);
    gn_chance_free(chance);
    free(row);
    return status;
}

static const gn_program program = {
    .name = "rank-search",
    .algorithm = 6,
    .purpose = "ranks the networks of a search by their periodic units and their distance from the paper",
    .operands = "FOLDER...",
    .operands_min = 1,
    .operands_max = 100000,
    .option = option,
    .details =
        "FOLDER: that of a network, .../ID/seed-S. A unit is significant when its map has at least one Fourier axis "
        "above the null of score-units, and periodic when the frequency of that axis is at least 0.6 cycles per arena "
        "unit. Networks are sorted by the number of grid-like and band-like units, of each those that --chance gives "
        "taken off, then by the distance of their fingerprints from the paper's, then by error: mse is final_mse of "
        "log.tsv, the mean over the last updates, or that of one update when there is no log. Folders without a "
        "network (status no-network, or stopped when the training is unfinished) or without scores (not-scored) have "
        "a row too, that of --kept if it has one.",
    .run = run,
};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

/* count-classes: the number of units in each class, for comparisons over seeds (claims C2, C9, C12), over training
 * (claim C8) and between experiments, then with the final errors from the logs of training. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "audit/chance.h"
#include "base/error.h"
#include "base/text.h"
#include "cli/options.h"
#include "io/table.h"
#include "units/score_class.h"

static const gn_option option[] = {GN_CHANCE_OPTION, {0}};

/* The folder before seed-S in .../NAME/seed-S/...: where it begins and how long it is. */
static gn_status experiment_of(const char *path, const char **name, int *length, int64_t *seed) {
    for (const char *at = strstr(path, "/seed-"); at; at = strstr(at + 1, "/seed-")) {
        char *end;
        long long value = strtoll(at + 6, &end, 10);
        if (end == at + 6 || (*end != '/' && *end != '\0') || at == path) continue;
        *name = at;
        while (*name > path && (*name)[-1] != '/')
            (*name)--;
        *length = (int)(at - *name);
        *seed = value;
        return GN_OK;
    }
    return gn_fail(GN_EUSAGE, "%s: no folder of a network in its path, accepted: .../NAME/seed-S/FILE", path);
}

static gn_status count_units(const gn_table *table, const char *path, int64_t number[GN_CLASSES]) {
    int column;
    gn_status status = gn_table_column(table, "class", &column);
    for (size_t r = 0; !status && r < gn_table_rows(table); r++) {
        const char *text = gn_table_text(table, r, column);
        const int k = gn_class_number(text);
        if (k < 0) return gn_fail(GN_EFILE, "%s: class '%s', accepted " GN_CLASSES_JOINED(", "), path, text);
        number[k]++;
    }
    return status;
}

typedef struct {
    const char *path;
    gn_table *table;
    bool log;
} input;

static gn_status read_input(const char *path, input *in) {
    *in = (input){.path = path};
    gn_status status = gn_table_read(path, NULL, &in->table);
    if (status) return status;
    const char *kind = gn_table_key(in->table, "kind");
    in->log = kind && strcmp(kind, "training-log") == 0;
    if (!in->log && (!kind || strcmp(kind, "scores") != 0))
        return gn_fail(GN_EFILE, "%s: kind '%s', accepted: scores, training-log", path, kind ? kind : "none");
    return GN_OK;
}

static size_t folder_length(const char *path) {
    const char *end = strrchr(path, '/');
    return end ? (size_t)(end - path) : 0;
}

/* The final error in the log that lies in the folder of this path, nan when there is none. */
static gn_status final_error(const input *in, int count, const char *path, double *error) {
    const size_t length = folder_length(path);
    int i = 0;
    while (i < count && !(in[i].log && folder_length(in[i].path) == length && strncmp(in[i].path, path, length) == 0))
        i++;
    const char *text = i < count ? gn_table_key(in[i].table, "final_mse") : NULL;
    *error = NAN;
    if (!text || strcmp(text, "nan") == 0 || gn_parse_real(text, error)) return GN_OK;
    return gn_fail(GN_EFILE, "%s: final_mse '%s', accepted a number", in[i].path, text);
}

static gn_status add_row(gn_tsv *tsv, const gn_chance *chance, const input *scores, double error) {
    gn_text experiment = {0};
    const char *name = "", *update = gn_table_key(scores->table, "update");
    int length = 0;
    int64_t seed = 0, number[GN_CLASSES] = {0};
    double bound[GN_CLASSES] = {NAN, NAN, NAN};
    gn_status status = experiment_of(scores->path, &name, &length, &seed);
    if (!status) status = count_units(scores->table, scores->path, number);
    if (!status && chance) status = gn_chance_of_scores(chance, scores->table, bound);
    if (!status) status = gn_text_format(&experiment, "%.*s", length, name);
    if (status) return status;
    gn_tsv_text(tsv, experiment.byte);
    gn_tsv_int(tsv, seed);
    gn_tsv_text(tsv, update ? update : "nan");
    gn_tsv_int(tsv, (int64_t)gn_table_rows(scores->table));
    for (int k = 0; k < GN_CLASSES; k++)
        gn_tsv_int(tsv, number[k]);
    for (gn_class class = GN_GRID; class <= GN_BORDER; class ++)
        gn_tsv_double(tsv, bound[class]);
    gn_tsv_double(tsv, error);
    free(experiment.byte);
    return gn_tsv_end_row(tsv);
}

static gn_status run(const gn_options *options) {
    const int count = gn_option_operands(options);
    gn_chance *chance = NULL;
    gn_tsv *tsv = gn_tsv_new("class-counts");
    input *in = gn_alloc((size_t)count, sizeof *in);
    gn_status status = tsv && in ? GN_OK : GN_EIO;
    if (!status && gn_option_given(options, "chance"))
        status = gn_chance_read(gn_option_text(options, "chance"), &chance);
    for (int i = 0; i < count && !status; i++)
        status = read_input(gn_option_operand(options, i), &in[i]);
    int tables = 0;
    for (int i = 0; i < count && !status; i++)
        tables += !in[i].log;
    if (!status && tables == 0) status = gn_fail(GN_EUSAGE, "no table of scores given, only logs of training");
    if (!status)
        status = gn_tsv_columns(
            tsv, "experiment\tseed\tupdate\tunits\t" GN_CLASSES_JOINED("\t") "\t" GN_CHANCE_COLUMNS "\tfinal_mse");
    for (int i = 0; i < count && !status; i++) {
        double error;
        if (in[i].log) continue;
        status = final_error(in, count, in[i].path, &error);
        if (!status) status = add_row(tsv, chance, &in[i], error);
    }
    if (!status) status = gn_tsv_write(tsv, gn_option_output(options));
    for (int i = 0; i < count && in; i++)
        gn_table_free(in[i].table);
    free(in);
    gn_tsv_free(tsv);
    gn_chance_free(chance);
    return status;
}

static const gn_program program = {
    .name = "count-classes",
    .algorithm = 4,
    .purpose = "counts the units of each class in tables of scores",
    .operands = "SCORES|LOG...",
    .operands_min = 1,
    .operands_max = 100000,
    .option = option,
    .details =
        "One row a table of scores, in the given order; experiment and seed come from its path "
        "(.../NAME/seed-S/...), update from its header. grid_chance and its like are the counts that "
        "chance does not exceed in 99% of networks, by the arena and the widths of the maps. "
        "final_mse is that of the training log given from the same folder, nan without one.",
    .run = run,
};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

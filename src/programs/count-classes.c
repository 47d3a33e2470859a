/* count-classes: the number of units in each class, for comparisons over seeds (claims C2, C9, C12) and over training
 * (claim C8). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "io/table.h"
#include "units/score_class.h"

static const gn_option option[] = {{0}};

/* Finds the experiment and the seed in a path .../NAME/seed-S/...; *name points to NAME, which has *length characters.
 */
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
    return gn_fail(GN_EUSAGE, "%s: no folder of a run in its path, accepted: .../NAME/seed-S/FILE", path);
}

static gn_status count(const gn_table *table, const char *path, int64_t number[GN_CLASSES]) {
    int column;
    gn_status status = gn_table_column(table, "class", &column);
    for (size_t r = 0; !status && r < gn_table_rows(table); r++) {
        const char *text = gn_table_text(table, r, column);
        int k = 0;
        while (k < GN_CLASSES && strcmp(text, gn_class_name((gn_class)k)) != 0)
            k++;
        if (k == GN_CLASSES)
            return gn_fail(GN_EFILE, "%s: class '%s', accepted grid, band, border, irregular, unmodulated", path, text);
        number[k]++;
    }
    return status;
}

static gn_status add_file(gn_tsv *tsv, const char *path) {
    const char *name = "";
    int length = 0;
    int64_t seed = 0, number[GN_CLASSES] = {0};
    gn_table *table = NULL;
    gn_status status = experiment_of(path, &name, &length, &seed);
    if (!status) status = gn_table_read(path, "scores", &table);
    if (!status) status = count(table, path, number);
    if (!status) {
        char *experiment = strndup(name, (size_t)length);
        const char *update = gn_table_key(table, "update");
        gn_tsv_text(tsv, experiment ? experiment : "");
        gn_tsv_int(tsv, seed);
        gn_tsv_text(tsv, update ? update : "nan");
        gn_tsv_int(tsv, (int64_t)gn_table_rows(table));
        for (int k = 0; k < GN_CLASSES; k++)
            gn_tsv_int(tsv, number[k]);
        free(experiment);
        status = gn_tsv_end_row(tsv);
    }
    gn_table_free(table);
    return status;
}

static gn_status run(const gn_options *options) {
    gn_tsv *tsv = gn_tsv_new("class-counts");
    if (!tsv) return GN_EIO;
    gn_status status =
        gn_tsv_columns(tsv, "experiment\tseed\tupdate\tunits\tgrid\tband\tborder\tirregular\tunmodulated");
    for (int i = 0; i < gn_option_operands(options) && !status; i++)
        status = add_file(tsv, gn_option_operand(options, i));
    if (!status) status = gn_tsv_write(tsv, gn_option_output(options));
    gn_tsv_free(tsv);
    return status;
}

static const gn_program program = {
    .name = "count-classes",
    .algorithm = 1,
    .purpose = "counts the units of each class in tables of scores",
    .operands = "SCORES...",
    .operands_min = 1,
    .operands_max = 100000,
    .option = option,
    .details =
        "The table has a row for each file, in the given order. Experiment and seed are read from the file's path "
        "(.../NAME/seed-S/...), the update from its header.",
    .run = run,
};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

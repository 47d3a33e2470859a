/* gn-check: whether files are whole. */
#include <stdio.h>
#include <string.h>

#include "cli/options.h"
#include "io/container.h"
#include "io/table.h"

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), width = strlen(end);
    return length >= width && strcmp(text + length - width, end) == 0;
}

static gn_status check_container(const char *path) {
    gn_file *file;
    gn_status status = gn_file_read(path, NULL, &file);
    if (status) return status;
    int arrays = 0;
    while (gn_file_array_at(file, arrays, NULL, NULL, NULL, NULL))
        arrays++;
    printf("%s: whole, %s, %d arrays\n", path, gn_file_kind(file), arrays);
    gn_file_free(file);
    return GN_OK;
}

static gn_status check_table(const char *path) {
    gn_table *table;
    gn_status status = gn_table_read(path, NULL, &table);
    if (status) return status;
    const char *kind = gn_table_key(table, "kind");
    printf("%s: whole, %s, %zu rows\n", path, kind ? kind : "table", gn_table_rows(table));
    gn_table_free(table);
    return GN_OK;
}

/* Prints a line for every file. A damaged file decides the exit code before one that cannot be read. */
static gn_status run(const gn_options *options) {
    int bad = 0, count = gn_option_operands(options);
    gn_status worst = GN_OK;
    for (int i = 0; i < count; i++) {
        const char *path = gn_option_operand(options, i);
        gn_status status = ends_with(path, ".tsv") ? check_table(path) : check_container(path);
        if (!status) continue;
        printf("%s\n", gn_error_message());
        gn_error_clear();
        bad++;
        if (worst != GN_EFILE) worst = status;
    }
    if (worst) return gn_fail(worst, "%d of %d files are not whole", bad, count);
    return GN_OK;
}

static const gn_option option[] = {{0}};

static const gn_program program = {
    .name = "gn-check",
    .algorithm = 1,
    .purpose = "says for each file (.gn or .tsv) whether it is whole",
    .operands = "FILE...",
    .operands_min = 1,
    .operands_max = 1 << 30,
    .option = option,
    .details =
        "Prints a line for each file on standard output. Exit status 3 when any is damaged, 1 when one cannot be "
        "read. Tables are checked by the hash in their last line: one that was edited by hand is not whole.",
    .no_output = true,
    .run = run,
};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

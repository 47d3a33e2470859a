/* The reader of tables. The input is read as it is, as a table written by hand, and with a correct last line. */
#include "fuzz.h"
#include "io/table.h"
#include "io/table_format.h"

static void use_everything(const gn_table *table) {
    const char *key, *value;
    for (int i = 0; (key = gn_table_key_at(table, i, &value)); i++)
        MUST(gn_table_key(table, key) == value);
    for (int c = 0; c < gn_table_columns(table); c++) {
        int column;
        MUST(gn_table_column(table, gn_table_column_name(table, c), &column) == GN_OK);
        MUST(column == c);
        for (size_t row = 0; row < gn_table_rows(table); row++) {
            double number;
            MUST(!strpbrk(gn_table_text(table, row, c), "\t\n"));
            if (gn_table_double(table, row, c, &number)) gn_error_clear();
        }
    }
}

static size_t parse(const void *bytes, size_t size, bool plain) {
    gn_table *table;
    gn_status status = gn_table_parse(bytes, size, "fuzz", NULL, plain, &table);
    if (status) {
        must_refuse(status, GN_EFILE);
        return 0;
    }
    size_t rows = gn_table_rows(table);
    use_everything(table);
    gn_table_free(table);
    return rows;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char end[GN_TABLE_END];
    parse(data, size, false);
    size_t rows = parse(data, size, true);
    gn_table_end_line(end, data, size, rows);
    char *sealed = malloc(size + sizeof end);
    MUST(sealed != NULL);
    if (size) memcpy(sealed, data, size);
    memcpy(sealed + size, end, strlen(end));
    parse(sealed, size + strlen(end), false);
    free(sealed);
    return 0;
}

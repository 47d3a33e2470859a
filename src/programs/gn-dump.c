/* gn-dump: prints the contents of a file: its header, the list of arrays or columns, or one of these. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/options.h"
#include "io/container.h"
#include "io/table.h"
#include "io/write.h"

enum { TSV, NPY, JSON };

typedef struct {
    const char *name;
    gn_type type;
    int rank;
    size_t shape[GN_RANK_MAX];
    const void *data;
} array;

/* ---- numbers and strings ----------------------------------------------------------- */

static void put_text(gn_writer *writer, const char *text) {
    gn_writer_add(writer, text, strlen(text));
}

static void put_real(gn_writer *writer, int digits, double value, int format) {
    char text[40];
    if (!isfinite(value) && format == JSON) /* JSON has no nan and no infinity */
        snprintf(text, sizeof text, "null");
    else if (isnan(value))
        snprintf(text, sizeof text, "nan");
    else
        snprintf(text, sizeof text, "%.*g", digits, value);
    put_text(writer, text);
}

static void put_number(gn_writer *writer, gn_type type, const void *data, size_t i, int format) {
    char text[32] = "";
    switch (type) {
        case GN_U8:
            snprintf(text, sizeof text, "%" PRIu8, ((const uint8_t *)data)[i]);
            break;
        case GN_U16:
            snprintf(text, sizeof text, "%" PRIu16, ((const uint16_t *)data)[i]);
            break;
        case GN_U32:
            snprintf(text, sizeof text, "%" PRIu32, ((const uint32_t *)data)[i]);
            break;
        case GN_I32:
            snprintf(text, sizeof text, "%" PRId32, ((const int32_t *)data)[i]);
            break;
        case GN_I64:
            snprintf(text, sizeof text, "%" PRId64, ((const int64_t *)data)[i]);
            break;
        case GN_F32:
            put_real(writer, 9, (double)((const float *)data)[i], format);
            return;
        case GN_F64:
            put_real(writer, 17, ((const double *)data)[i], format);
            return;
    }
    put_text(writer, text);
}

static void put_string(gn_writer *writer, const char *text) {
    put_text(writer, "\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') gn_writer_add(writer, "\\", 1);
        gn_writer_add(writer, text, 1); /* there are no control characters, as readers refuse them */
    }
    put_text(writer, "\"");
}

/* ---- one array --------------------------------------------------------------------- */

static size_t elements(const array *a, int from) {
    size_t count = 1;
    for (int d = from; d < a->rank; d++)
        count *= a->shape[d];
    return count;
}

/* Reduces the array to the part at the leading indices "I" or "I,J,...". */
static gn_status take_slice(array *a, const char *text) {
    char *copy = strdup(text), *rest = copy;
    gn_status status = copy ? GN_OK : gn_fail(GN_EIO, "out of memory");
    for (char *word; !status && (word = strsep(&rest, ","));) {
        int64_t index;
        if (a->rank == 0)
            status = gn_fail(GN_EUSAGE, "--slice: '%s', more indices than array %s has", text, a->name);
        else if (!gn_parse_int(word, &index) || index < 0 || (size_t)index >= a->shape[0])
            status = gn_fail(GN_EUSAGE, "--slice: '%s', expected 0..%zu for array %s", word, a->shape[0] - 1, a->name);
        else {
            a->data = (const char *)a->data + (size_t)index * elements(a, 1) * gn_type_size(a->type);
            a->rank--;
            memmove(a->shape, a->shape + 1, (size_t)a->rank * sizeof *a->shape);
        }
    }
    free(copy);
    return status;
}

/* Prints the elements, with rows along the last extent. Two empty lines separate matrices, which gnuplot reads as an
 * index. */
static void put_tsv(gn_writer *writer, const array *a) {
    size_t count = elements(a, 0), columns = a->rank > 1 ? a->shape[a->rank - 1] : 1;
    size_t matrix = a->rank > 2 ? columns * a->shape[a->rank - 2] : count;
    for (size_t i = 0; i < count; i++) {
        if (i && i % matrix == 0) put_text(writer, "\n\n");
        put_number(writer, a->type, a->data, i, TSV);
        put_text(writer, (i + 1) % columns == 0 ? "\n" : "\t");
    }
}

static void put_json(gn_writer *writer, const array *a) {
    size_t count = elements(a, 0);
    if (count == 0) put_text(writer, "[]"); /* the column of a table without rows */
    for (size_t i = 0; i < count; i++) {
        if (i) put_text(writer, ",");
        for (int d = 0; d < a->rank; d++)
            if (i % elements(a, d) == 0) put_text(writer, "[");
        put_number(writer, a->type, a->data, i, JSON);
        for (int d = a->rank - 1; d >= 0; d--)
            if ((i + 1) % elements(a, d) == 0) put_text(writer, "]");
    }
    put_text(writer, "\n");
}

/* Writes NumPy's format 1.0: the header is a Python dictionary, padded so that the data begin at a multiple of 64
 * bytes. */
static gn_status put_npy(gn_writer *writer, const array *a) {
    static const char *const descr[] = {"|u1", "<u2", "<u4", "<i4", "<i8", "<f4", "<f8"};
    gn_text text = {0};
    gn_text_format(&text, "{'descr': '%s', 'fortran_order': False, 'shape': (", descr[a->type]);
    for (int d = 0; d < a->rank; d++)
        gn_text_format(&text, "%zu%s", a->shape[d], a->rank == 1 ? "," : d + 1 < a->rank ? ", " : "");
    gn_text_format(&text, "), }");
    while (!text.status && (text.size + 11) % 64)
        gn_text_add(&text, " ", 1);
    if (!gn_text_add(&text, "\n", 1)) {
        unsigned char start[10] = {
            0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (unsigned char)text.size, (unsigned char)(text.size >> 8)};
        gn_writer_add(writer, start, sizeof start);
        gn_writer_add(writer, text.byte, text.size);
        gn_writer_add(writer, a->data, elements(a, 0) * gn_type_size(a->type));
    }
    free(text.byte);
    return text.status;
}

static gn_status put_array(gn_writer *writer, array *a, const gn_options *options) {
    const char *slice = gn_option_text(options, "slice");
    int format = gn_option_choice(options, "format");
    if (slice) {
        gn_status status = take_slice(a, slice);
        if (status) return status;
    }
    if (format == NPY) return put_npy(writer, a);
    if (format == JSON)
        put_json(writer, a);
    else
        put_tsv(writer, a);
    return GN_OK;
}

/* ---- containers -------------------------------------------------------------------- */

static gn_status no_such_array(const char *path, const char *name) {
    return gn_fail(GN_EUSAGE, "%s: has no array or column '%s' (see --list)", path, name);
}

static bool next_array(const gn_file *file, int i, array *a) {
    a->name = gn_file_array_at(file, i, &a->type, &a->rank, a->shape, &a->data);
    return a->name != NULL;
}

static void put_shape(gn_writer *writer, const array *a, const char *between) {
    char text[32];
    for (int d = 0; d < a->rank; d++) {
        snprintf(text, sizeof text, "%s%zu", d ? between : "", a->shape[d]);
        put_text(writer, text);
    }
}

static void put_list(gn_writer *writer, const gn_file *file) {
    array a;
    for (int i = 0; next_array(file, i, &a); i++) {
        put_text(writer, a.name);
        put_text(writer, "\t");
        put_text(writer, gn_type_name(a.type));
        put_text(writer, "\t");
        put_shape(writer, &a, "x");
        put_text(writer, "\n");
    }
}

/* Writes a pair of a JSON object, with a comma before it unless it is the first. */
static void put_pair(gn_writer *writer, bool first, const char *key, const char *value) {
    put_text(writer, first ? "" : ",\n ");
    put_string(writer, key);
    put_text(writer, ": ");
    put_string(writer, value);
}

static void put_header_json(gn_writer *writer, const gn_file *file) {
    const char *key, *value;
    array a;
    put_text(writer, "{\"header\": {");
    for (int i = 0; (key = gn_file_key(file, i, &value)); i++)
        put_pair(writer, i == 0, key, value);
    put_text(writer, "},\n\"arrays\": {");
    for (int i = 0; next_array(file, i, &a); i++) {
        put_text(writer, i ? ",\n " : "");
        put_string(writer, a.name);
        put_text(writer, ": {\"type\": ");
        put_string(writer, gn_type_name(a.type));
        put_text(writer, ", \"shape\": [");
        put_shape(writer, &a, ", ");
        put_text(writer, "]}");
    }
    put_text(writer, "}}\n");
}

static void put_line(gn_writer *writer, const char *key, const char *value) {
    put_text(writer, key);
    put_text(writer, "\t");
    put_text(writer, value);
    put_text(writer, "\n");
}

static gn_status dump_container(gn_writer *writer, const char *path, const gn_options *options) {
    const char *wanted = gn_option_text(options, "array"), *key, *value;
    gn_file *file;
    array a;
    gn_status status = gn_file_read(path, NULL, &file);
    if (status) return status;
    if (wanted) {
        int i = 0;
        while (next_array(file, i, &a) && strcmp(a.name, wanted) != 0)
            i++;
        status = a.name ? put_array(writer, &a, options) : no_such_array(path, wanted);
    } else if (gn_option_flag(options, "list")) {
        put_list(writer, file);
    } else if (gn_option_choice(options, "format") == JSON) {
        put_header_json(writer, file);
    } else {
        for (int i = 0; (key = gn_file_key(file, i, &value)); i++)
            put_line(writer, key, value);
    }
    gn_file_free(file);
    return status;
}

/* ---- tables ------------------------------------------------------------------------ */

/* Prints a column. A column of numbers is treated as an array of doubles; one with other text is printed as it is. */
static gn_status put_column(gn_writer *writer, const gn_table *table, const char *path, int column,
                            const gn_options *options) {
    size_t rows = gn_table_rows(table);
    int format = gn_option_choice(options, "format");
    double *value = gn_alloc(rows, sizeof *value);
    gn_status status = value ? GN_OK : GN_EIO;
    bool numbers = true;
    for (size_t i = 0; !status && numbers && i < rows; i++)
        numbers = gn_table_double(table, i, column, &value[i]) == GN_OK;
    if (status) return status;
    gn_error_clear(); /* that a cell is text is not an error here */
    if (numbers) {
        array a = {gn_table_column_name(table, column), GN_F64, 1, {rows}, value};
        status = put_array(writer, &a, options);
    } else if (format == NPY || gn_option_text(options, "slice")) {
        status = gn_fail(GN_EUSAGE, "%s: column %s has text, only tsv and json can show it whole", path,
                         gn_table_column_name(table, column));
    } else {
        for (size_t i = 0; i < rows; i++) {
            if (format == JSON) {
                put_text(writer, i ? "," : "[");
                put_string(writer, gn_table_text(table, i, column));
            } else {
                put_text(writer, gn_table_text(table, i, column));
                put_text(writer, "\n");
            }
        }
        if (format == JSON) put_text(writer, "]\n");
    }
    free(value);
    return status;
}

static void put_table_json(gn_writer *writer, const gn_table *table) {
    const char *key, *value;
    char rows[48];
    put_text(writer, "{\"header\": {");
    for (int i = 0; (key = gn_table_key_at(table, i, &value)); i++)
        put_pair(writer, i == 0, key, value);
    put_text(writer, "},\n\"columns\": [");
    for (int i = 0; i < gn_table_columns(table); i++) {
        put_text(writer, i ? ", " : "");
        put_string(writer, gn_table_column_name(table, i));
    }
    snprintf(rows, sizeof rows, "],\n\"rows\": %zu}\n", gn_table_rows(table));
    put_text(writer, rows);
}

static gn_status dump_table(gn_writer *writer, const char *path, const gn_options *options) {
    const char *wanted = gn_option_text(options, "array"), *key, *value;
    gn_table *table;
    gn_status status = gn_table_read(path, NULL, &table);
    if (status) return status;
    if (wanted) {
        int column;
        if (gn_table_column(table, wanted, &column)) {
            gn_error_clear();
            status = no_such_array(path, wanted);
        } else {
            status = put_column(writer, table, path, column, options);
        }
    } else if (gn_option_flag(options, "list")) {
        for (int i = 0; i < gn_table_columns(table); i++) {
            put_text(writer, gn_table_column_name(table, i));
            put_text(writer, "\n");
        }
    } else if (gn_option_choice(options, "format") == JSON) {
        put_table_json(writer, table);
    } else {
        for (int i = 0; (key = gn_table_key_at(table, i, &value)); i++)
            put_line(writer, key, value);
    }
    gn_table_free(table);
    return status;
}

/* ---- the program ------------------------------------------------------------------- */

static gn_status run(const gn_options *options) {
    const char *path = gn_option_operand(options, 0), *output = gn_option_output(options);
    size_t length = strlen(path);
    bool is_table = length > 4 && strcmp(path + length - 4, ".tsv") == 0;
    gn_writer *writer;
    if (!gn_option_text(options, "array") &&
        (gn_option_text(options, "slice") || gn_option_choice(options, "format") == NPY))
        return gn_fail(GN_EUSAGE, "--slice and --format npy need --array NAME");
    gn_status status = output ? gn_writer_open(output, &writer) : gn_writer_stdout(&writer);
    if (status) return status;
    status = is_table ? dump_table(writer, path, options) : dump_container(writer, path, options);
    if (status) {
        gn_writer_abandon(writer);
        return status;
    }
    return gn_writer_close(writer);
}

static const gn_option option[] = {
    {.name = "list",
     .type = GN_OPTION_FLAG,
     .fallback = NULL,
     .help = "list the arrays with type and shape, or a table's columns"},
    {.name = "array", .type = GN_OPTION_TEXT, .fallback = "", .help = "print this array, or a table's column"},
    {.name = "slice",
     .type = GN_OPTION_TEXT,
     .fallback = "",
     .help = "print only the part at these leading indices, from 0: I or I,J,..."},
    {.name = "format",
     .type = GN_OPTION_CHOICE,
     .fallback = "tsv",
     .choices = "tsv|npy|json",
     .help = "plain numbers, NumPy's file format, or JSON (which the header can have too)"},
    GN_OPTION_TO_STDOUT,
    {0},
};

static const gn_program program = {
    .name = "gn-dump",
    .algorithm = 1,
    .purpose = "prints the header of a file, or one of its arrays or columns",
    .operands = "FILE",
    .operands_min = 1,
    .operands_max = 1,
    .option = option,
    .details =
        "Without --list and --array the header is printed, a line key<TAB>value for each key. Arrays of more than two "
        "dimensions are printed as matrices with two empty lines between them.",
    .no_output = true,
    .run = run,
};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

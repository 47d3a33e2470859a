#include "units/class_table.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    int unit, class, z;
} columns;

static gn_status take_row(const char *path, size_t units, size_t row, const columns *column, gn_class_table *classes) {
    double number, z;
    gn_status status = gn_table_double(classes->scores, row, column->unit, &number);
    if (!status) status = gn_table_double(classes->scores, row, column->z, &z);
    if (status) return status;
    const bool known = number >= 0 && number < (double)units && number == floor(number);
    if (!known || classes->name[(size_t)number])
        return gn_fail(GN_EFILE, "%s: unit %g%s, accepted: each from 0 to %zu once", path, number,
                       known ? " again" : "", units - 1);
    classes->name[(size_t)number] = gn_table_text(classes->scores, row, column->class);
    classes->z[(size_t)number] = z;
    return GN_OK;
}

gn_status gn_class_table_read(const char *path, const gn_file *of, size_t units, gn_class_table *classes) {
    columns column;
    *classes = (gn_class_table){0};
    gn_status status = gn_table_read(path, "scores", &classes->scores);
    if (!status) status = gn_table_column(classes->scores, "unit", &column.unit);
    if (!status) status = gn_table_column(classes->scores, "class", &column.class);
    if (!status) status = gn_table_column(classes->scores, "class_z", &column.z);
    if (!status && gn_table_rows(classes->scores) != units)
        status = gn_fail(GN_EFILE, "%s: %zu rows, accepted: %zu, one for each unit of the network", path,
                         gn_table_rows(classes->scores), units);
    if (!status)
        status = gn_header_same_training(gn_header_of(of), (gn_header){.path = path, .table = classes->scores});
    if (!status) {
        classes->name = gn_alloc(units, sizeof *classes->name);
        classes->z = gn_alloc(units, sizeof *classes->z);
        if (!classes->name || !classes->z) status = GN_EIO;
    }
    for (size_t row = 0; !status && row < units; row++)
        status = take_row(path, units, row, &column, classes);
    if (status) gn_class_table_free(classes);
    return status;
}

void gn_class_table_free(gn_class_table *classes) {
    gn_table_free(classes->scores);
    free(classes->name);
    free(classes->z);
    *classes = (gn_class_table){0};
}

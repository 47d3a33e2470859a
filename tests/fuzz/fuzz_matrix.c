/* The reader of users' matrices. */
#include <math.h>

#include "fuzz.h"
#include "io/matrix.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    size_t rows, columns;
    double *matrix;
    gn_status status = gn_matrix_parse(data, size, "fuzz", &rows, &columns, &matrix);
    if (status) {
        must_refuse(status, GN_EFILE);
        return 0;
    }
    MUST(rows > 0 && columns > 0);
    for (size_t i = 0; i < rows * columns; i++)
        MUST(!isinf(matrix[i]));
    free(matrix);
    return 0;
}

/* selectivity: how strongly each unit is tuned to speed, direction and place (Appendix D). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "io/container.h"
#include "io/table.h"
#include "units/score_tuning.h"

static const gn_option option[] = {{0}};

static const char details[] =
    "Columns: unit; speed_selectivity, the absolute slope of a line fitted to the speed tuning curve by least "
    "squares with equal weights (rate per arena unit per step); direction_selectivity, the maximum minus the "
    "minimum of the direction tuning curve; spatial_selectivity, the lifetime sparseness of the rate map "
    "(Willmore & Tolhurst 2001), which is 1 - mean(|u|)^2 / mean(u^2) over visited bins, between 0 and 1; "
    "spatial_selectivity_signed, the same with u instead of |u|, which is 1 for a map whose mean is 0. Both are 0 "
    "for a map that is zero everywhere. Bins without a visit are left out; a value is nan when no bin is left.";

static void sparseness(const float *map, size_t n, double *absolute, double *with_sign) {
    double count = 0, sum = 0, sum_absolute = 0, square = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(map[i])) {
            count++;
            sum += map[i];
            sum_absolute += fabs(map[i]);
            square += (double)map[i] * map[i];
        }
    if (count == 0) {
        *absolute = *with_sign = NAN;
    } else if (square == 0) {
        *absolute = *with_sign = 0;
    } else { /* rounding errors could make the value of a constant map negative */
        *absolute = fmax(0, 1 - sum_absolute * sum_absolute / (count * square));
        *with_sign = fmax(0, 1 - sum * sum / (count * square));
    }
}

typedef struct {
    size_t units, bins, directions, speeds;
    const float *map, *direction, *speed, *speed_centre;
} tuning;

static gn_status read_tuning(const gn_file *file, tuning *t) {
    size_t map[3] = {0}, direction[2] = {0}, speed[2] = {0};
    const void *data;
    gn_status status = gn_file_array(file, "rate_map", GN_F32, 3, map, &data);
    if (status) return status;
    t->map = data;
    direction[0] = speed[0] = map[0];
    status = gn_file_array(file, "direction_tuning", GN_F32, 2, direction, &data);
    if (status) return status;
    t->direction = data;
    status = gn_file_array(file, "speed_tuning", GN_F32, 2, speed, &data);
    if (status) return status;
    t->speed = data;
    status = gn_file_array(file, "speed_centre", GN_F32, 1, speed + 1, &data);
    t->speed_centre = data;
    t->units = map[0];
    t->bins = map[1] * map[2];
    t->directions = direction[1];
    t->speeds = speed[1];
    return status;
}

static gn_status copy_keys(const gn_file *file, gn_tsv *tsv) {
    const char *key, *value;
    gn_status status = GN_OK;
    for (int i = 0; !status && (key = gn_file_key(file, i, &value)) != NULL; i++)
        if (strncmp(key, "recipe.", 7) == 0 || strncmp(key, "probe.", 6) == 0 || strcmp(key, "update") == 0)
            status = gn_tsv_key(tsv, key, "%s", value);
    return status;
}

static void widen(size_t n, const float *from, double *to) {
    for (size_t i = 0; i < n; i++)
        to[i] = from[i];
}

static gn_status write_rows(const tuning *t, gn_tsv *tsv) {
    double *centre = gn_alloc(2 * t->speeds + t->directions, sizeof *centre);
    if (!centre) return GN_EIO;
    double *speed = centre + t->speeds, *direction = speed + t->speeds;
    widen(t->speeds, t->speed_centre, centre);
    gn_status status = gn_tsv_columns(tsv,
                                      "unit\tspeed_selectivity\tdirection_selectivity\t"
                                      "spatial_selectivity\tspatial_selectivity_signed");
    for (size_t i = 0; !status && i < t->units; i++) {
        double absolute, with_sign;
        sparseness(t->map + i * t->bins, t->bins, &absolute, &with_sign);
        gn_tsv_int(tsv, (int64_t)i);
        widen(t->speeds, t->speed + i * t->speeds, speed);
        gn_tsv_double(tsv, fabs(gn_line_slope(t->speeds, centre, speed)));
        widen(t->directions, t->direction + i * t->directions, direction);
        gn_tsv_double(tsv, gn_value_range(t->directions, direction));
        gn_tsv_double(tsv, absolute);
        gn_tsv_double(tsv, with_sign);
        status = gn_tsv_end_row(tsv);
    }
    free(centre);
    return status;
}

static gn_status run(const gn_options *o) {
    gn_file *file = NULL;
    gn_tsv *tsv = NULL;
    tuning t = {0};
    gn_status status = gn_file_read(gn_option_operand(o, 0), "probe", &file);
    if (!status) status = read_tuning(file, &t);
    if (!status) {
        tsv = gn_tsv_new("selectivity");
        status = tsv ? copy_keys(file, tsv) : GN_EIO;
    }
    if (!status) status = write_rows(&t, tsv);
    if (!status) status = gn_tsv_write(tsv, gn_option_output(o));
    gn_tsv_free(tsv);
    gn_file_free(file);
    return status;
}

static const gn_program program = {.name = "selectivity",
                                   .algorithm = 1,
                                   .purpose = "measures how strongly units are tuned to speed, direction and place",
                                   .operands = "PROBE",
                                   .operands_min = 1,
                                   .operands_max = 1,
                                   .option = option,
                                   .details = details,
                                   .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

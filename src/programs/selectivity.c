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
    "Columns: unit; speed_selectivity, the absolute slope of a line fitted to the speed\n"
    "tuning curve by least squares, every speed bin alike (rate per arena unit per step);\n"
    "direction_selectivity, maximum minus minimum of the direction tuning curve;\n"
    "spatial_selectivity, lifetime sparseness of the rate map (Willmore & Tolhurst 2001), 1\n"
    "- mean(|u|)^2 / mean(u^2) over visited bins, between 0 and 1.\n"
    "spatial_selectivity_signed takes u for |u|: a map that is positive here and as\n"
    "negative there has 1. Bins without a visit are left out; nan where nothing is left, or\n"
    "where the rate is zero everywhere.";

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
        to[i] = (double)from[i];
}

/* x, y: room for the longest of a unit's arrays. */
static gn_status write_row(const tuning *t, size_t unit, double *x, double *y, gn_tsv *tsv) {
    gn_tsv_int(tsv, (int64_t)unit);
    widen(t->speeds, t->speed_centre, x);
    widen(t->speeds, t->speed + unit * t->speeds, y);
    gn_tsv_double(tsv, fabs(gn_line_slope(t->speeds, x, y)));
    widen(t->directions, t->direction + unit * t->directions, y);
    gn_tsv_double(tsv, gn_value_range(t->directions, y));
    widen(t->bins, t->map + unit * t->bins, y);
    gn_tsv_double(tsv, gn_sparseness(t->bins, y));
    gn_tsv_double(tsv, gn_sparseness_signed(t->bins, y));
    return gn_tsv_end_row(tsv);
}

static gn_status write_rows(const tuning *t, gn_tsv *tsv) {
    size_t room = t->bins > t->directions ? t->bins : t->directions;
    room = t->speeds > room ? t->speeds : room;
    double *scratch = gn_alloc(2 * room, sizeof *scratch);
    gn_status status = scratch ? GN_OK : GN_EIO;
    if (status == GN_OK)
        status = gn_tsv_columns(tsv,
                                "unit\tspeed_selectivity\tdirection_selectivity\t"
                                "spatial_selectivity\tspatial_selectivity_signed");
    for (size_t i = 0; status == GN_OK && i < t->units; i++)
        status = write_row(t, i, scratch, scratch + room, tsv);
    free(scratch);
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
                                   .algorithm = 2,
                                   .purpose = "measures tuning to speed, direction and place",
                                   .operands = "PROBE",
                                   .operands_min = 1,
                                   .operands_max = 1,
                                   .option = option,
                                   .details = details,
                                   .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

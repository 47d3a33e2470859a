/* curve-sheet: direction or speed tuning curves of the units of a sheet, a row for each point (Fig. 3, Appendices A-C).
 */
#include <math.h>
#include <stdlib.h>

#include "io/table.h"
#include "units/probed.h"
#include "units/sheet.h"

static const gn_option option[] = {
    {.name = "curve",
     .type = GN_OPTION_CHOICE,
     .fallback = "direction",
     .choices = "direction|speed",
     .help = "which tuning curve"},
    GN_SHEET_OPTIONS,
    {0},
};

/* The margin of a curve on each side of its cell, which is 1 wide. */
static const double margin = 0.06;

static double within(double value, double low, double high) {
    return value < low ? low : value > high ? high : value;
}

/* The end of the horizontal axis, which begins at 0: a whole turn, or the upper edge of the last bin of speeds. */
static double axis_end(bool direction, const float *centre, size_t bins) {
    if (direction) return 1;
    return bins > 2 ? centre[bins - 1] + 0.5 * (centre[bins - 1] - centre[bins - 2]) : centre[bins - 1];
}

static gn_status write_curves(const gn_sheet *sheet, bool direction, const gn_probed *probed, const double (*corner)[2],
                              const char *path) {
    const float *centre = direction ? probed->direction_at : probed->speed_at;
    const float *tuning = direction ? probed->direction : probed->speed;
    const size_t bins = direction ? probed->directions : probed->speeds;
    double end = axis_end(direction, centre, bins), inner = 1 - 2 * margin;
    gn_tsv *tsv = gn_tsv_new("curve-sheet");
    if (!tsv) return GN_EIO;
    gn_status status = gn_tsv_key(tsv, "curve", "%s", direction ? "direction" : "speed");
    if (!status) status = gn_tsv_key(tsv, "axis_end", "%.9g", end);
    if (!status)
        status = gn_tsv_columns(tsv, direction ? "cell\tunit\tdirection_turns\trate\tsheet_x\tsheet_y"
                                               : "cell\tunit\tspeed_per_step\trate\tsheet_x\tsheet_y");
    for (int k = 0; !status && k < sheet->count; k++) {
        int unit = sheet->cell[k].unit;
        for (size_t b = 0; unit >= 0 && b <= bins && !status; b++) {
            bool gap = b == bins; /* a row of nan follows each curve, so that no line joins it to the next */
            double x = gap ? NAN : centre[b], y = gap ? NAN : tuning[(size_t)unit * bins + b];
            double height = gap ? NAN : within(0.5 * (y + 1), 0, 1); /* rates lie in [-1, 1] */
            gn_tsv_int(tsv, k);
            gn_tsv_int(tsv, unit);
            gn_tsv_float(tsv, (float)x);
            gn_tsv_float(tsv, (float)y);
            gn_tsv_float(tsv, (float)(corner[k][0] + margin + inner * x / end));
            gn_tsv_float(tsv, (float)(corner[k][1] + margin + inner * height));
            status = gn_tsv_end_row(tsv);
        }
    }
    if (!status) status = gn_tsv_write(tsv, path);
    gn_tsv_free(tsv);
    return status;
}

static gn_status run(const gn_options *options) {
    gn_probed probed = {0};
    gn_sheet sheet = {0};
    double(*corner)[2] = NULL, *scale = NULL;
    bool direction = gn_option_choice(options, "curve") == 0;
    gn_status status = gn_probed_read(gn_option_operand(options, 0), 0, &probed);
    if (!status) status = gn_sheet_from_options(options, &probed, &sheet);
    if (status) goto cleanup;

    status = GN_EIO;
    if (!(corner = gn_alloc((size_t)sheet.count, sizeof *corner))) goto cleanup;
    if (!(scale = gn_alloc(2 * (size_t)sheet.count, sizeof *scale))) goto cleanup;
    for (int k = 0; k < sheet.count; k++) {
        corner[k][0] = sheet.cell[k].column;
        corner[k][1] = sheet.rows - 1 - sheet.cell[k].row;
        scale[k] = -1;
        scale[sheet.count + k] = 1;
    }
    status = write_curves(&sheet, direction, &probed, (const double(*)[2])corner, gn_option_output(options));
    if (!status)
        status = gn_sheet_write_cells(&sheet, options, (const double(*)[2])corner, 1, scale, scale + sheet.count);
cleanup:
    free(corner);
    free(scale);
    gn_sheet_free(&sheet);
    gn_probed_free(&probed);
    return status;
}

static const gn_program program = {
    .name = "curve-sheet",
    .algorithm = 2,
    .purpose = "arranges the direction or speed tuning curves of units as a sheet of small panels",
    .operands = "PROBE",
    .operands_min = 1,
    .operands_max = 1,
    .option = option,
    .details =
        "Each row is a point of a curve; a row of nan follows each curve. The columns sheet_x and sheet_y place the "
        "points in cells 1 wide, column by column and row by row from the top; the vertical scale of a cell is a rate "
        "from -1 to 1.",
    .run = run,
};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

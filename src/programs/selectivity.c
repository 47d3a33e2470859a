/* selectivity: how strongly each unit is tuned to speed, direction and place (Appendix D). */
#include <math.h>
#include <stdlib.h>

#include "cli/options.h"
#include "io/table.h"
#include "units/probed.h"

static const gn_option option[] = {{0}};

static const char details[] =
    "Columns: unit; speed_selectivity, the absolute slope of a line fitted to the speed "
    "tuning curve by least squares, every speed bin alike (rate per arena unit per step); "
    "direction_selectivity, maximum minus minimum of the direction tuning curve; "
    "spatial_selectivity, lifetime sparseness of the rate map (Willmore & Tolhurst 2001), 1 "
    "- mean(|u|)^2 / mean(u^2) over visited bins, between 0 and 1. "
    "spatial_selectivity_signed takes u for |u|: a map that is positive here and as "
    "negative there has 1. Bins without a visit are left out; nan where nothing is left, or "
    "where the rate is zero everywhere.";

static gn_status write_rows(const gn_probed *p, gn_tsv *tsv) {
    double *scratch = gn_alloc(gn_tuning_room(p, NULL), sizeof *scratch);
    gn_status status = scratch ? GN_OK : GN_EIO;
    if (!status)
        status = gn_tsv_columns(tsv,
                                "unit\tspeed_selectivity\tdirection_selectivity\t"
                                "spatial_selectivity\tspatial_selectivity_signed");
    for (size_t i = 0; !status && i < p->units; i++) {
        const gn_tuning_scores t = gn_tuning_score(p, NULL, i, scratch);
        gn_tsv_int(tsv, (int64_t)i);
        gn_tsv_double(tsv, fabs(t.speed_slope));
        gn_tsv_double(tsv, t.direction_range);
        gn_tsv_double(tsv, t.sparseness);
        gn_tsv_double(tsv, t.sparseness_signed);
        status = gn_tsv_end_row(tsv);
    }
    free(scratch);
    return status;
}

static gn_status run(const gn_options *o) {
    gn_probed probed;
    gn_tsv *tsv = NULL;
    gn_status status = gn_probed_read(gn_option_operand(o, 0), 0, &probed);
    if (!status) {
        tsv = gn_tsv_new("selectivity");
        status = tsv ? gn_tsv_copy_keys(tsv, probed.file, (const char *const[]){"recipe.", "probe.", "update", NULL})
                     : GN_EIO;
    }
    if (!status) status = write_rows(&probed, tsv);
    if (!status) status = gn_tsv_write(tsv, gn_option_output(o));
    gn_tsv_free(tsv);
    gn_probed_free(&probed);
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

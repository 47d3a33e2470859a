/* readout-waves: how much of each plane wave of its readout's lattice a unit carries, beside the class that the scores
 * gave it. The waves are known from the readout, not looked for, so this is a truth with which classes can be compared:
 * a grid has three about equally strong waves, a band one. */
#include <gsl/gsl_multifit.h>
#include <math.h>
#include <stdlib.h>

#include "cli/options.h"
#include "io/header.h"
#include "io/table.h"
#include "network/network.h"
#include "units/class_table.h"
#include "units/probed.h"

enum { WAVES = 3, TERMS = 1 + 2 * WAVES }; /* the mean, and a cosine and a sine of each wave */

static const gn_option option[] = {
    {.name = "scores",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "table of the same units' scores, whose classes are repeated; without it they are -"},
    {0}};

typedef struct {
    size_t units, bins; /* bins: those that were visited */
    gsl_matrix *terms;  /* (bins, TERMS) */
    gsl_vector *map, *amplitude;
    gsl_matrix *covariance;
    gsl_multifit_linear_workspace *work;
} fit;

static void fit_free(fit *f) {
    if (f->terms) gsl_matrix_free(f->terms);
    if (f->map) gsl_vector_free(f->map);
    if (f->amplitude) gsl_vector_free(f->amplitude);
    if (f->covariance) gsl_matrix_free(f->covariance);
    if (f->work) gsl_multifit_linear_free(f->work);
}

static gn_status fit_new(size_t bins, fit *f) {
    *f = (fit){.bins = bins};
    f->terms = gsl_matrix_alloc(bins, TERMS);
    f->map = gsl_vector_alloc(bins);
    f->amplitude = gsl_vector_alloc(TERMS);
    f->covariance = gsl_matrix_alloc(TERMS, TERMS);
    f->work = gsl_multifit_linear_alloc(bins, TERMS);
    if (f->terms && f->map && f->amplitude && f->covariance && f->work) return GN_OK;
    return gn_fail(GN_EIO, "no memory for a fit to %zu bins", bins);
}

/* The visited bins are the same for all units: those where the first unit's map is a number. */
static size_t visited(const float *map, size_t bins) {
    size_t count = 0;
    for (size_t i = 0; i < bins; i++)
        count += !isnan(map[i]);
    return count;
}

static void set_terms(const gn_places *places, const gn_map *frame, const float *map, fit *f) {
    double wave[WAVES][2];
    size_t row = 0;
    gn_places_waves(places, wave);
    for (int iy = 0; iy < frame->bins_y; iy++)
        for (int ix = 0; ix < frame->bins_x; ix++) {
            if (isnan(map[iy * frame->bins_x + ix])) continue;
            const double x = gn_map_x(frame, ix), y = gn_map_y(frame, iy);
            gsl_matrix_set(f->terms, row, 0, 1);
            for (int j = 0; j < WAVES; j++) {
                const double phase = 2 * M_PI * (wave[j][0] * x + wave[j][1] * y);
                gsl_matrix_set(f->terms, row, 1 + 2 * (size_t)j, cos(phase));
                gsl_matrix_set(f->terms, row, 2 + 2 * (size_t)j, sin(phase));
            }
            row++;
        }
}

/* amplitude (WAVES) of the waves; returns the share of the map's variance that they explain, nan for a constant map. */
static double fit_map(const float *map, size_t all, fit *f, double *amplitude) {
    double left, mean = 0, square = 0;
    size_t row = 0;
    for (size_t i = 0; i < all; i++)
        if (!isnan(map[i])) gsl_vector_set(f->map, row++, (double)map[i]);
    for (size_t i = 0; i < f->bins; i++)
        mean += gsl_vector_get(f->map, i) / (double)f->bins;
    for (size_t i = 0; i < f->bins; i++)
        square += pow(gsl_vector_get(f->map, i) - mean, 2);
    gsl_multifit_linear(f->terms, f->map, f->amplitude, f->covariance, &left, f->work);
    for (size_t j = 0; j < WAVES; j++)
        amplitude[j] = hypot(gsl_vector_get(f->amplitude, 1 + 2 * j), gsl_vector_get(f->amplitude, 2 + 2 * j));
    return square > 0 ? 1 - left / square : NAN;
}

/* class (units); NULL: not known. */
static gn_status write_rows(const gn_places *places, const gn_probed *probed, const char *const *class, gn_tsv *tsv) {
    const float *map = probed->map;
    const size_t all = probed->bins, bins = visited(map, all);
    fit f = {0};
    gn_status status = GN_OK;
    if (bins <= TERMS) status = gn_fail(GN_EFILE, "probe: %zu bins were visited, accepted: more than %d", bins, TERMS);
    if (!status) status = fit_new(bins, &f);
    if (!status) set_terms(places, &probed->frame, map, &f);
    if (!status) status = gn_tsv_columns(tsv, "unit\tclass\tshare\twave1\twave2\twave3\tweakest");
    for (size_t u = 0; !status && u < probed->units; u++) {
        double amplitude[WAVES], least = INFINITY, most = 0;
        const double share = fit_map(map + u * all, all, &f, amplitude);
        gn_tsv_int(tsv, (int64_t)u);
        gn_tsv_text(tsv, class ? class[u] : "-");
        gn_tsv_double(tsv, share);
        for (int j = 0; j < WAVES; j++) {
            gn_tsv_double(tsv, amplitude[j]);
            least = fmin(least, amplitude[j]);
            most = fmax(most, amplitude[j]);
        }
        gn_tsv_double(tsv, most > 0 ? least / most : NAN);
        status = gn_tsv_end_row(tsv);
    }
    fit_free(&f);
    return status;
}

static gn_status run(const gn_options *o) {
    const char *const network = gn_option_operand(o, 0);
    gn_network net = {0};
    gn_file *file = NULL;
    gn_probed probed = {0};
    gn_class_table classes = {0};
    gn_tsv *tsv = NULL;
    gn_status status = gn_network_read(network, &net, &file);
    if (!status && (net.readout != GN_READ_PLACE || net.places.kind != GN_PLACE_LATTICE))
        status = gn_fail(GN_EFILE, "%s: no readout of grid cells, accepted: recipe.place-kind lattice", network);
    if (!status) status = gn_probed_read(gn_option_operand(o, 1), (size_t)net.units, &probed);
    if (!status) status = gn_header_same_network(gn_header_of(file), gn_header_of(probed.file));
    if (!status && gn_option_given(o, "scores"))
        status = gn_class_table_read(gn_option_text(o, "scores"), probed.file, probed.units, &classes);
    if (!status) {
        tsv = gn_tsv_new("readout-waves");
        status = tsv ? write_rows(&net.places, &probed, classes.name, tsv) : GN_EIO;
    }
    if (!status) status = gn_tsv_write(tsv, gn_option_output(o));
    gn_tsv_free(tsv);
    gn_class_table_free(&classes);
    gn_probed_free(&probed);
    gn_network_free(&net);
    gn_file_free(file);
    return status;
}

static const gn_program program = {
    .name = "readout-waves",
    .algorithm = 1,
    .purpose = "compares units' classes with the lattice that their network was trained to report",
    .operands = "NETWORK PROBE",
    .operands_min = 2,
    .operands_max = 2,
    .option = option,
    .details =
        "NETWORK has a readout of grid cells (train --readout place --place-kind lattice), whose "
        "lattice is a sum of three plane waves. To each map of PROBE these three waves are fitted "
        "by least squares, amplitudes and phases free. Columns: unit; class, from the scores; "
        "share of the map's variance that the waves explain; wave1 to wave3, their amplitudes in "
        "the unit of the rate, by direction (0, 60, 120 degrees); weakest, the smallest amplitude "
        "divided by the largest: near 1 for a regular lattice, near 0 for one or two waves.",
    .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

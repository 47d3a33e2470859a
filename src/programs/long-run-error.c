/* long-run-error: the error over one uninterrupted run, far beyond the length of a training trial
 * (section 3.3, Fig. 6b). */
#include <math.h>
#include <stdlib.h>

#include "gn_probe.h"

static const gn_option options[] = {
    {"steps", GN_OPTION_INT, "1000000", 1, 1e9, NULL, "steps", "length of the run"},
    {"bin", GN_OPTION_INT, "10000", 1, 1e8, NULL, "steps", "steps that one row is about"},
    {"animals", GN_OPTION_INT, "16", 1, 1e5, NULL, "animals", "runs at once, each on its own"},
    GN_PROBE_OPTIONS("trained"),
    {0}};

static const char details[] =
    "The network is never reset. Each bin has its exact share of zero-speed steps.\n"
    "\n"
    "Columns: bin; step_begin, step_end (the bin is steps begin to end - 1); error_squared, mean "
    "over\n"
    "the bin's steps and all animals of the squared error per coordinate; error_squared_sd, its "
    "standard\n"
    "deviation over them; error_squared_sd_animals, standard deviation over animals of their own "
    "means.\n"
    "Key best_constant: squared error per coordinate of the best constant output, which is the "
    "variance\n"
    "of the animals' positions over the run.\n"
    "\n"
    "Walk options replace the network's own only when given.";

/* Of one animal in one bin, one number a step added. */
typedef struct {
    double error, square;          /* sums of the squared error per coordinate and of its square */
    double place[2], place_square; /* of the positions */
} tally;

typedef struct {
    size_t animals, bins, bin_steps;
    tally *tally; /* (bins, animals) */
    const gn_trajectories *stretch;
    size_t first_step;
} long_run;

static gn_status begin(void *context, const gn_trajectories *stretch, size_t first, int chunks) {
    long_run *r = context;
    (void)chunks;
    r->stretch = stretch;
    r->first_step = first;
    return GN_OK;
}

static void visit(void *context, int chunk, size_t first, int width, int lanes, size_t step,
                  const float *rate, const float *output) {
    long_run *r = context;
    (void)chunk, (void)rate;
    tally *row = r->tally + (r->first_step + step) / r->bin_steps * r->animals;
    for (size_t k = 0; k < (size_t)width; k++) {
        const float *p = r->stretch->position + 2 * ((first + k) * r->stretch->steps + step);
        double x = (double)output[k] - p[0], y = (double)output[(size_t)lanes + k] - p[1];
        double error = 0.5 * (x * x + y * y);
        tally *t = &row[first + k];
        t->error += error;
        t->square += error * error;
        t->place[0] += p[0];
        t->place[1] += p[1];
        t->place_square += (double)p[0] * p[0] + (double)p[1] * p[1];
    }
}

static double best_constant(const long_run *r, size_t steps) {
    double x = 0, y = 0, square = 0, n = (double)steps * (double)r->animals;
    for (size_t i = 0; i < r->bins * r->animals; i++) {
        x += r->tally[i].place[0];
        y += r->tally[i].place[1];
        square += r->tally[i].place_square;
    }
    return 0.5 * (square / n - x / n * (x / n) - y / n * (y / n));
}

static double deviation(double sum, double square, double n) {
    if (n < 2) return NAN;
    return sqrt(fmax((square - sum * (sum / n)) / (n - 1), 0));
}

static gn_status write_rows(const long_run *r, size_t steps, gn_tsv *tsv) {
    gn_status status = gn_tsv_columns(tsv,
                                      "bin\tstep_begin\tstep_end\terror_squared\terror_squared_sd\t"
                                      "error_squared_sd_animals");
    for (size_t b = 0; status == GN_OK && b < r->bins; b++) {
        size_t begins = b * r->bin_steps;
        size_t ends = steps - begins < r->bin_steps ? steps : begins + r->bin_steps;
        double per_animal = (double)(ends - begins), animals = (double)r->animals;
        double sum = 0, square = 0, means = 0, means_square = 0;
        for (size_t k = 0; k < r->animals; k++) {
            const tally *t = &r->tally[b * r->animals + k];
            sum += t->error;
            square += t->square;
            means += t->error / per_animal;
            means_square += t->error / per_animal * (t->error / per_animal);
        }
        gn_tsv_int(tsv, (int64_t)b);
        gn_tsv_int(tsv, (int64_t)begins);
        gn_tsv_int(tsv, (int64_t)ends);
        gn_tsv_double(tsv, sum / (per_animal * animals));
        gn_tsv_double(tsv, deviation(sum, square, per_animal * animals));
        gn_tsv_double(tsv, deviation(means, means_square, animals));
        status = gn_tsv_end_row(tsv);
    }
    return status;
}

static gn_status write_table(const gn_probe *probe, const long_run *r, size_t steps,
                             const char *output) {
    gn_tsv *tsv = gn_tsv_new("long-run-error");
    gn_status status = tsv ? gn_probe_to_tsv(probe, tsv) : GN_EIO;
    if (status == GN_OK) status = gn_tsv_key(tsv, "probe.steps", "%zu", steps);
    if (status == GN_OK) status = gn_tsv_key(tsv, "probe.bin", "%zu", r->bin_steps);
    if (status == GN_OK) status = gn_tsv_key(tsv, "probe.animals", "%zu", r->animals);
    if (status == GN_OK)
        status = gn_tsv_key(tsv, "best_constant", "%.17g", best_constant(r, steps));
    if (status == GN_OK) status = write_rows(r, steps, tsv);
    if (status == GN_OK) status = gn_tsv_write(tsv, output);
    gn_tsv_free(tsv);
    return status;
}

static gn_status run(const gn_options *o) {
    gn_probe probe = {0};
    size_t steps = (size_t)gn_option_int(o, "steps");
    long_run r = {.animals = (size_t)gn_option_int(o, "animals"),
                  .bin_steps = (size_t)gn_option_int(o, "bin")};
    const gn_probe_visitor visitor = {&r, begin, visit, NULL};
    gn_status status = gn_probe_open(o, &probe);
    if (status == GN_OK) {
        r.bins = (steps + r.bin_steps - 1) / r.bin_steps;
        r.tally = gn_alloc(r.bins * r.animals, sizeof *r.tally);
        status = r.tally ? GN_OK : GN_EIO;
    }
    if (status == GN_OK) status = gn_probe_run(&probe, r.animals, steps, r.bin_steps, &visitor);
    if (status == GN_OK) status = write_table(&probe, &r, steps, gn_option_output(o));
    free(r.tally);
    gn_probe_close(&probe);
    return status;
}

static const gn_program program = {.name = "long-run-error",
                                   .purpose = "measures a network's error over a very long walk",
                                   .operands = "NETWORK",
                                   .operands_min = 1,
                                   .operands_max = 1,
                                   .option = options,
                                   .details = details,
                                   .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}

/* What every program does from its start to its exit: parsing, checks, work, messages, exit status. */
#include <errno.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/version.h"
#include "cli/blas.h"
#include "cli/options_table.h"
#include "cli/outputs.h"
#include "cli/provenance.h"

/* Writing what is still in the buffer can fail when the disk is full or the pipe is closed. */
static gn_status flush_stdout(void) {
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout)) return GN_OK;
    if (errno == 0) errno = EIO;
    return gn_fail_errno("standard output: cannot write");
}

static gn_status answer(const gn_program *program, gn_ask ask) {
    if (ask == GN_ASK_HELP) gn_options_help(program);
    if (ask == GN_ASK_MAN) gn_options_man(program);
    if (ask == GN_ASK_OPTIONS) gn_options_table(program);
    if (ask == GN_ASK_VERSION) printf("%s (gridnav) %s, algorithm %d\n", program->name, GN_VERSION, program->algorithm);
    return flush_stdout();
}

static gn_status run(const gn_program *program, const gn_options *options, int argc, char **argv) {
    double start = gn_wall_clock();
    struct timespec began;
    clock_gettime(CLOCK_REALTIME, &began);
    gsl_set_error_handler_off(); /* GSL's own handler aborts */
    gn_outputs made;
    gn_status status = gn_outputs_prepare(program, options, &made);
    if (status) return status;
    status = program->run(options);
    if (!status) status = flush_stdout();
    if (status)
        gn_outputs_undo(&made);
    else
        gn_outputs_date(options, began);
    gn_outputs_free(&made);
    if (status) return status;
    gn_usage usage = gn_usage_since(start);
    char blas[80];
    gn_blas_describe(blas, sizeof blas);
    status = gn_provenance_write(program, options, argc, argv, &usage);
    if (!status && gn_option_output(options)) /* a program that prints its result adds no further line */
        fprintf(stderr, "%s %s: done in %.2f s, CPU %.2f s, peak memory %.0f MiB%s\n", program->name, GN_VERSION,
                usage.wall, usage.cpu, usage.memory, blas);
    return status;
}

int gn_main(const gn_program *program, int argc, char **argv) {
    gn_options *options = NULL;
    gn_ask ask = GN_ASK_RUN;
    gn_blas_setup(program->fastest_blas);
    gn_error_clear();
    gn_status status = gn_options_parse(program, argc, argv, &options, &ask);
    if (!status) {
        if (ask == GN_ASK_RUN)
            status = run(program, options, argc, argv);
        else
            status = answer(program, ask);
    }
    if (status) {
        const char *message = gn_error_message();
        fflush(stdout);
        fprintf(stderr, "%s: %s\n", program->name, *message ? message : "failed");
    }
    gn_options_free(options);
    return (int)status;
}

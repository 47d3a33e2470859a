/* Command lines: each program has one table of its options, from which they are parsed and --help is made. */
#ifndef GN_OPTIONS_H
#define GN_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

typedef enum {
    GN_OPTION_FLAG,   /* --name            bool */
    GN_OPTION_INT,    /* --name VALUE      decimal integer in [min, max] */
    GN_OPTION_REAL,   /* --name VALUE      finite decimal in [min, max] */
    GN_OPTION_CHOICE, /* --name VALUE      one of choices, "a|b|c" */
    GN_OPTION_TEXT,   /* --name VALUE      anything */
    GN_OPTION_INPUT,  /* --name FILE       a file that is read */
    GN_OPTION_OUTPUT, /* --name FILE       a file that is written; its folder is made when it is missing */
    GN_OPTION_FOLDER  /* --name FOLDER     a folder that is written into; made when it is missing */
} gn_option_type;

typedef struct {
    const char *name; /* long name, no dashes */
    gn_option_type type;
    const char *fallback; /* the default as text; NULL: must be given; "": absent */
    double min, max;      /* INT and REAL: the closed accepted range */
    const char *choices;  /* CHOICE */
    const char *unit;     /* "steps", "arena units", ... or NULL */
    const char *help;     /* one sentence */
    bool in_place;        /* INPUT: --output may name the same file, as when a training is resumed */
    bool late;            /* written to a recipe only when given, as there are networks older than the option */
    bool free;            /* does not change a byte of the result */
} gn_option;

/* Row for the table of a program without --output that can write a file all the same. */
#define GN_OPTION_TO_STDOUT \
    { .name = "output", .type = GN_OPTION_OUTPUT, .fallback = "", .help = "write here instead of standard output" }

typedef struct gn_options gn_options; /* parsed values */

typedef struct {
    const char *name;     /* "probe-tuning" */
    int algorithm;        /* from 1; to be raised by a change after which equal options and inputs give other bytes */
    const char *purpose;  /* one line */
    const char *operands; /* usage text of the operands, "" for none: "NETWORK" */
    int operands_min, operands_max;
    const gn_option *option; /* the program's own table, ended by a row with name NULL */
    const char *details;     /* further help paragraphs, or NULL */
    bool no_output;          /* prints to stdout: no --output option */
    bool fastest_blas;       /* measures: OpenBLAS's fastest kernels, not those that give the same bytes everywhere */
    gn_status (*run)(const gn_options *options);
    /* NULL, or names the i-th file that it writes whose name is made from that of an output or a folder, and returns
     * the name of that option; NULL when there are fewer */
    const char *(*beside)(const gn_options *options, int i, gn_text *path);
} gn_program;

/* A program's main() is one call of this. Parses the command line (the program's options and the common ones: --seed,
 * --threads, --output, --help, --version), calls run(), checks that standard output was written, writes OUTPUT.prov
 * after success, and prints the error line "name: message" after a failure. Returns the exit code. */
int gn_main(const gn_program *program, int argc, char **argv);

/* Values by name; a name or type not in the table is a programming error (abort). */
bool gn_option_flag(const gn_options *, const char *name);
int64_t gn_option_int(const gn_options *, const char *name);
double gn_option_real(const gn_options *, const char *name);
int gn_option_choice(const gn_options *, const char *name);       /* index within choices */
const char *gn_option_text(const gn_options *, const char *name); /* any type, as text; NULL when absent */
bool gn_option_given(const gn_options *, const char *name);       /* on the command line */
int gn_option_operands(const gn_options *);
const char *gn_option_operand(const gn_options *, int i);

/* The common options. */
uint64_t gn_option_seed(const gn_options *);
int gn_option_threads(const gn_options *);        /* >= 1; default: the processors available */
const char *gn_option_output(const gn_options *); /* never NULL unless no_output */

#endif

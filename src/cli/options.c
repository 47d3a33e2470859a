/* Parsing of command lines. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* sched_getaffinity */
#endif
#include "cli/options.h"

#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/options_table.h"

typedef struct {
    char *text; /* owned; NULL: there is no value; numbers are in their shortest form */
    bool given;
    int64_t integer; /* value of INT, index of CHOICE, 0 or 1 of FLAG */
    double real;
} value;

struct gn_options {
    gn_option row[GN_OPTIONS_MAX];
    value value[GN_OPTIONS_MAX];
    int rows;
    const char **operand;
    int operands;
};

/* Sets a value from its text. On failure the message says what is accepted. */
static gn_status assign(const gn_option *row, value *slot, const char *text) {
    char *copy = NULL;
    bool good = true;
    switch (row->type) {
        case GN_OPTION_FLAG:
            slot->integer = 1;
            text = "yes";
            break;
        case GN_OPTION_INT:
            good = gn_parse_int(text, &slot->integer) && (double)slot->integer >= row->min &&
                   (double)slot->integer <= row->max;
            break;
        case GN_OPTION_REAL:
            good = gn_parse_real(text, &slot->real) && slot->real >= row->min && slot->real <= row->max;
            if (good) copy = strdup(gn_shortest(slot->real + 0.0, 1).text); /* adding 0 makes -0 to 0 */
            break;
        case GN_OPTION_CHOICE:
            slot->integer = gn_parse_choice(text, row->choices);
            good = slot->integer >= 0;
            break;
        case GN_OPTION_TEXT:
            break;
        case GN_OPTION_INPUT:
        case GN_OPTION_OUTPUT:
        case GN_OPTION_FOLDER:
            good = *text != '\0';
            break;
    }
    if (!good) {
        char accepted[256];
        gn_options_describe(row, accepted, sizeof accepted);
        return gn_fail(GN_EUSAGE, "--%s: '%s', expected %s", row->name, text, accepted);
    }
    if (row->type == GN_OPTION_INT) {
        char digits[32];
        snprintf(digits, sizeof digits, "%lld", (long long)slot->integer);
        copy = strdup(digits);
    } else if (!copy) {
        copy = strdup(text);
    }
    if (!copy) return gn_fail(GN_EIO, "out of memory");
    free(slot->text);
    slot->text = copy;
    return GN_OK;
}

/* Sets all defaults. One that the option itself does not accept is a programming error. */
static gn_status set_defaults(gn_options *options) {
    for (int i = 0; i < options->rows; i++) {
        const gn_option *row = &options->row[i];
        if (row->type == GN_OPTION_FLAG || !row->fallback || !*row->fallback) continue;
        gn_status status = assign(row, &options->value[i], row->fallback);
        if (status == GN_EUSAGE) {
            fprintf(stderr, "default of an option: %s\n", gn_error_message());
            abort();
        }
        if (status) return status;
    }
    return GN_OK;
}

/* Sets one option that getopt_long() found in the argument `element`. */
static gn_status take(gn_options *options, int index, const char *element, const char *text) {
    const gn_option *row = &options->row[index];
    value *slot = &options->value[index];
    size_t length = strlen(row->name);
    if (strncmp(element + 2, row->name, length) != 0 || (element[2 + length] && element[2 + length] != '='))
        return gn_fail(GN_EUSAGE, "unknown option '%s' (names are not abbreviated: --%s?)", element, row->name);
    if (slot->given) return gn_fail(GN_EUSAGE, "--%s is given twice", row->name);
    bool attached = element[2 + length] == '=';
    if (text && !attached && text[0] == '-' && text[1] == '-')
        return gn_fail(GN_EUSAGE,
                       "--%s: its value is missing (write --%s=VALUE for one that begins "
                       "with --)",
                       row->name, row->name);
    slot->given = true;
    return assign(row, slot, text ? text : "");
}

static gn_status refuse(const gn_options *options, const char *element) {
    const size_t length = strcspn(element, "=");
    for (int i = 0; element[length] && i < options->rows; i++) {
        const gn_option *row = &options->row[i];
        if (row->type == GN_OPTION_FLAG && strlen(row->name) + 2 == length &&
            strncmp(element + 2, row->name, length - 2) == 0)
            return gn_fail(GN_EUSAGE, "--%s takes no value ('%s')", row->name, element);
    }
    return gn_fail(GN_EUSAGE, "unknown option '%s' (see --help)", element);
}

/* The mode characters: with "-", getopt_long() reads the arguments in their order, so that argv[optind] before a call
 * is the one it reads, which is needed to refuse abbreviated names; with ":" it prints nothing and reports a missing
 * value apart from an unknown option. */
static gn_status read_line(gn_options *options, int argc, char **argv) {
    struct option table[GN_OPTIONS_MAX + 1] = {{0}};
    for (int i = 0; i < options->rows; i++)
        table[i] = (struct option){options->row[i].name,
                                   options->row[i].type == GN_OPTION_FLAG ? no_argument : required_argument, NULL, 2};
    optind = 0; /* makes getopt_long() start anew and read the mode characters */
    for (bool first = true;; first = false) {
        int index = -1, before = first ? 1 : optind;
        int found = getopt_long(argc, argv, "-:", table, &index);
        if (found == -1) break;
        gn_status status = GN_OK;
        if (found == 1)
            options->operand[options->operands++] = optarg;
        else if (found == 2)
            status = take(options, index, argv[before], optarg);
        else if (found == ':')
            status = gn_fail(GN_EUSAGE, "%s: its value is missing", argv[before]);
        else
            status = refuse(options, argv[before]);
        if (status) return status;
    }
    while (optind < argc) /* operands after "--" */
        options->operand[options->operands++] = argv[optind++];
    return GN_OK;
}

static int find(const gn_options *options, const char *name) {
    for (int i = 0; i < options->rows; i++)
        if (strcmp(options->row[i].name, name) == 0) return i;
    return -1;
}

static gn_status check_complete(const gn_options *options, const gn_program *program) {
    for (int i = 0; i < options->rows; i++)
        if (!options->row[i].fallback && options->row[i].type != GN_OPTION_FLAG && !options->value[i].given)
            return gn_fail(GN_EUSAGE, "--%s %s must be given (see --help)", options->row[i].name,
                           gn_option_argument(&options->row[i]));
    if (options->operands < program->operands_min)
        return gn_fail(GN_EUSAGE, "%d operand%s given, expected %s (see --help)", options->operands,
                       options->operands == 1 ? "" : "s", program->operands);
    if (options->operands > program->operands_max)
        return gn_fail(GN_EUSAGE, "unexpected operand '%s' (see --help)", options->operand[program->operands_max]);
    for (int i = 0; i < options->operands; i++)
        if (!*options->operand[i]) return gn_fail(GN_EUSAGE, "operand %d is empty", i + 1);
    return GN_OK;
}

gn_status gn_options_parse(const gn_program *program, int argc, char **argv, gn_options **result, gn_ask *ask) {
    int own;
    *result = NULL;
    *ask = GN_ASK_RUN;
    gn_options *options = calloc(1, sizeof *options);
    if (!options) return gn_fail(GN_EIO, "out of memory");
    options->rows = gn_options_rows(program, options->row, &own);
    options->operand = calloc((size_t)(argc > 0 ? argc : 1), sizeof *options->operand);
    gn_status status = options->operand ? set_defaults(options) : gn_fail(GN_EIO, "out of memory");
    if (!status && argc > 0) status = read_line(options, argc, argv);
    if (!status) {
        if (gn_option_flag(options, "help"))
            *ask = GN_ASK_HELP;
        else if (gn_option_flag(options, "version"))
            *ask = GN_ASK_VERSION;
        else if (gn_option_flag(options, "man"))
            *ask = GN_ASK_MAN;
        else if (gn_option_flag(options, "options"))
            *ask = GN_ASK_OPTIONS;
        else
            status = check_complete(options, program);
    }
    if (status) {
        gn_options_free(options);
        return status;
    }
    *result = options;
    return GN_OK;
}

void gn_options_free(gn_options *options) {
    if (!options) return;
    for (int i = 0; i < options->rows; i++)
        free(options->value[i].text);
    free(options->operand);
    free(options);
}

/* The row of the i-th option of this type that has a value; -1 when there are fewer. */
static int row_of_type(const gn_options *options, gn_option_type type, int i) {
    for (int k = 0; k < options->rows; k++)
        if (options->row[k].type == type && options->value[k].text && i-- == 0) return k;
    return -1;
}

const char *gn_options_input_at(const gn_options *options, int i, bool *in_place) {
    int inputs = 0, row = row_of_type(options, GN_OPTION_INPUT, i);
    *in_place = row >= 0 && options->row[row].in_place;
    if (row >= 0) return options->value[row].text;
    while (row_of_type(options, GN_OPTION_INPUT, inputs) >= 0)
        inputs++;
    return i - inputs < options->operands ? options->operand[i - inputs] : NULL;
}

const char *gn_options_output_at(const gn_options *options, int i, const char **name) {
    int row = row_of_type(options, GN_OPTION_OUTPUT, i);
    if (row < 0) return NULL;
    *name = options->row[row].name;
    return options->value[row].text;
}

const char *gn_options_folder_at(const gn_options *options, int i) {
    int row = row_of_type(options, GN_OPTION_FOLDER, i);
    return row < 0 ? NULL : options->value[row].text;
}

/* ---- values by name ---------------------------------------------------------------- */

/* Asking for a name that is not in the table, or as another type, is a programming error. */
static const value *look_up(const gn_options *options, const char *name, gn_option_type type) {
    int i = find(options, name);
    if (i < 0 || options->row[i].type != type) {
        fprintf(stderr, "option --%s: not in the table, or of another type\n", name);
        abort();
    }
    return &options->value[i];
}

static const value *look_up_any(const gn_options *options, const char *name) {
    int i = find(options, name);
    if (i < 0) {
        fprintf(stderr, "option --%s: not in the table\n", name);
        abort();
    }
    return &options->value[i];
}

bool gn_option_flag(const gn_options *options, const char *name) {
    return look_up(options, name, GN_OPTION_FLAG)->integer != 0;
}

int64_t gn_option_int(const gn_options *options, const char *name) {
    return look_up(options, name, GN_OPTION_INT)->integer;
}

double gn_option_real(const gn_options *options, const char *name) {
    return look_up(options, name, GN_OPTION_REAL)->real;
}

int gn_option_choice(const gn_options *options, const char *name) {
    return (int)look_up(options, name, GN_OPTION_CHOICE)->integer;
}

const char *gn_option_text(const gn_options *options, const char *name) {
    const value *slot = look_up_any(options, name);
    int i = find(options, name);
    if (options->row[i].type == GN_OPTION_FLAG) return slot->integer ? "yes" : "no";
    return slot->text;
}

bool gn_option_given(const gn_options *options, const char *name) {
    return look_up_any(options, name)->given;
}

int gn_option_operands(const gn_options *options) {
    return options->operands;
}

const char *gn_option_operand(const gn_options *options, int i) {
    if (i < 0 || i >= options->operands) abort();
    return options->operand[i];
}

uint64_t gn_option_seed(const gn_options *options) {
    return (uint64_t)gn_option_int(options, "seed");
}

static int processors(void) {
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : (int)sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count;
}

int gn_option_threads(const gn_options *options) {
    const value *slot = look_up(options, "threads", GN_OPTION_INT);
    return slot->text ? (int)slot->integer : processors();
}

const char *gn_option_output(const gn_options *options) {
    int i = find(options, "output");
    return i < 0 ? NULL : options->value[i].text;
}

/* The table of all options of a program, and the help and man page that are made from it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/version.h"
#include "cli/options_table.h"

static const gn_option output_row = {
    .name = "output",
    .type = GN_OPTION_OUTPUT,
    .fallback = NULL,
    .help = "the file to write; it is never left half written, and FILE.prov beside it says how it was made"};
static const gn_option common[] = {
    /* The largest seed, 2^53 - 1, is exact in languages whose numbers are doubles. */
    {.name = "seed",
     .type = GN_OPTION_INT,
     .fallback = "1",
     .max = 9007199254740991,
     .help = "seed of all random numbers; equal seeds give equal bytes"},
    {.name = "threads",
     .type = GN_OPTION_INT,
     .fallback = "",
     .min = 1,
     .max = 1024,
     .help = "number of threads, on which results do not depend; default: the number of available processors"},
    {.name = "help", .type = GN_OPTION_FLAG, .fallback = NULL, .help = "print this page"},
    {.name = "version", .type = GN_OPTION_FLAG, .fallback = NULL, .help = "print the version"},
    {.name = "man",
     .type = GN_OPTION_FLAG,
     .fallback = NULL,
     .help = NULL /* not shown in the help, as only the build uses it */},
    {.name = "options", .type = GN_OPTION_FLAG, .fallback = NULL, .help = NULL /* likewise, for the program `plan` */},
};

static void add_row(const gn_option *row, gn_option *table, int *rows) {
    for (int i = 0; i < *rows; i++)
        if (strcmp(table[i].name, row->name) == 0) {
            fprintf(stderr, "option --%s: twice in the table\n", row->name);
            abort();
        }
    if (*rows == GN_OPTIONS_MAX || (row->type == GN_OPTION_CHOICE && !row->choices)) {
        fprintf(stderr, "option --%s: the table is full, or choices are missing\n", row->name);
        abort();
    }
    table[(*rows)++] = *row;
}

int gn_options_rows(const gn_program *program, gn_option row[GN_OPTIONS_MAX], int *own) {
    int rows = 0;
    for (const gn_option *option = program->option; option && option->name; option++)
        add_row(option, row, &rows);
    *own = rows;
    if (!program->no_output) add_row(&output_row, row, &rows);
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        add_row(&common[i], row, &rows);
    return rows;
}

const char *gn_option_argument(const gn_option *row) {
    switch (row->type) {
        case GN_OPTION_FLAG:
            return "";
        case GN_OPTION_INT:
            return "N";
        case GN_OPTION_REAL:
            return "X";
        case GN_OPTION_CHOICE:
            return row->choices;
        case GN_OPTION_TEXT:
            return "TEXT";
        case GN_OPTION_FOLDER:
            return "FOLDER";
        case GN_OPTION_INPUT:
        case GN_OPTION_OUTPUT:
            break;
    }
    return "FILE";
}

void gn_options_describe(const gn_option *row, char text[], size_t room) {
    const char *unit = row->unit ? row->unit : "", *space = row->unit ? " " : "";
    switch (row->type) {
        case GN_OPTION_FLAG:
            snprintf(text, room, "flag");
            break;
        case GN_OPTION_INT:
            snprintf(text, room, "integer in %.0f..%.0f%s%s", row->min, row->max, space, unit);
            break;
        case GN_OPTION_REAL:
            snprintf(text, room, "number in %.10g..%.10g%s%s", row->min, row->max, space, unit);
            break;
        case GN_OPTION_CHOICE:
            snprintf(text, room, "one of %s", row->choices);
            break;
        case GN_OPTION_TEXT:
            snprintf(text, room, "text%s%s", space, unit);
            break;
        case GN_OPTION_INPUT:
            snprintf(text, room, "name of a file to read");
            break;
        case GN_OPTION_OUTPUT:
            snprintf(text, room, "name of a file to write");
            break;
        case GN_OPTION_FOLDER:
            snprintf(text, room, "name of a folder to write into");
            break;
    }
}

/* Describes an option's value: "integer in 1..10 steps; default 3". */
static void facts(const gn_option *row, char text[], size_t room) {
    gn_options_describe(row, text, room);
    size_t used = strlen(text);
    if (row->type == GN_OPTION_FLAG || used >= room) return;
    if (!row->fallback)
        snprintf(text + used, room - used, "; must be given");
    else if (*row->fallback)
        snprintf(text + used, room - used, "; default %s", row->fallback);
}

/* Prints a text that starts at column `indent` and is wrapped before column 80. */
static void wrap(const char *text, int indent) {
    int column = 0;
    while (*text) {
        text += strspn(text, " ");
        int width = (int)strcspn(text, " \n");
        if (column && column + 1 + width > 80) {
            putchar('\n');
            column = 0;
        }
        if (column == 0)
            column = printf("%*s%.*s", indent, "", width, text);
        else if (width)
            column += printf(" %.*s", width, text);
        text += width;
        if (*text == '\n') {
            putchar('\n');
            column = 0;
            text++;
        }
    }
    if (column) putchar('\n');
}

static void usage(const gn_program *program) {
    printf("%s [OPTIONS]%s%s%s", program->name, program->no_output ? "" : " --output FILE",
           *program->operands ? " " : "", program->operands);
}

void gn_options_help(const gn_program *program) {
    gn_option row[GN_OPTIONS_MAX];
    char text[512];
    int own, rows = gn_options_rows(program, row, &own);
    printf("usage: ");
    usage(program);
    printf("\n\n");
    wrap(program->purpose, 0);
    for (int i = 0; i < rows; i++) {
        if (!row[i].help) continue;
        if (i == 0 && own > 0) printf("\noptions:\n");
        if (i == own) printf("\ncommon options:\n");
        bool flag = row[i].type == GN_OPTION_FLAG;
        printf("  --%s%s%s\n", row[i].name, flag ? "" : " ",
               row[i].type == GN_OPTION_CHOICE ? "NAME" : gn_option_argument(&row[i]));
        wrap(row[i].help, 6);
        if (flag) continue;
        facts(&row[i], text, sizeof text);
        snprintf(text + strlen(text), sizeof text - strlen(text), "]");
        char bracketed[520];
        snprintf(bracketed, sizeof bracketed, "[%s", text);
        wrap(bracketed, 6);
    }
    if (program->details) {
        putchar('\n');
        wrap(program->details, 0);
    }
    printf(
        "\nexit status: 0 done, 1 input/output failed, 2 wrong usage, 3 damaged or unfit file,\n"
        "4 numbers diverged\n");
}

/* Prints a text for troff, which would take a point or a quote at the start of a line for a request, backslashes for
 * escapes, and minus signs for hyphens that cannot be copied. */
static void escape(const char *text) {
    bool start = true;
    for (; *text; text++) {
        if (start && (*text == '.' || *text == '\'')) printf("\\&");
        if (*text == '\\')
            printf("\\e");
        else if (*text == '-')
            printf("\\-");
        else if (*text == '\n')
            printf("\n.br\n");
        else
            putchar(*text);
        start = *text == '\n';
    }
}

static void troff(const char *text) {
    escape(text);
    putchar('\n');
}

void gn_options_man(const gn_program *program) {
    gn_option row[GN_OPTIONS_MAX];
    char text[512];
    int own, rows = gn_options_rows(program, row, &own);
    printf(".TH \"%s\" 1 \"\" \"gridnav %s\" \"gridnav\"\n.SH NAME\n", program->name, GN_VERSION);
    escape(program->name);
    printf(" \\- ");
    troff(program->purpose);
    printf(".SH SYNOPSIS\n.B ");
    usage(program);
    printf("\n.SH OPTIONS\n");
    for (int i = 0; i < rows; i++) {
        if (!row[i].help) continue;
        printf(".TP\n.BI \\-\\-%s \" %s\"\n", row[i].name,
               row[i].type == GN_OPTION_CHOICE ? "NAME" : gn_option_argument(&row[i]));
        troff(row[i].help);
        facts(&row[i], text, sizeof text);
        if (row[i].type != GN_OPTION_FLAG) {
            printf(".br\n");
            troff(text);
        }
    }
    if (program->details) {
        printf(".SH DETAILS\n");
        troff(program->details);
    }
    printf(
        ".SH EXIT STATUS\n0 done, 1 input or output failed, 2 wrong usage, 3 damaged or unfit "
        "file, 4 numbers diverged\n");
}

static const char *or_dash(const char *text) {
    return text && *text ? text : "-";
}

void gn_options_table(const gn_program *program) {
    static const char *const type[] = {"flag", "int", "real", "choice", "text", "input", "output", "folder"};
    gn_option row[GN_OPTIONS_MAX];
    int own;
    gn_options_rows(program, row, &own);
    puts(GN_OPTION_COLUMNS);
    for (int i = 0; i < own; i++) {
        const gn_option *o = &row[i];
        printf("%s\t%d\t%s\t%s\t%s\t%.10g\t%.10g\t%s\t%s\t%s\t%s\n", program->name, program->algorithm, o->name,
               type[o->type], or_dash(o->fallback), o->min, o->max, or_dash(o->choices), or_dash(o->unit),
               o->late   ? "late"
               : o->free ? "free"
                         : "-",
               or_dash(o->help));
    }
    if (own == 0) printf("%s\t%d\t-\t-\t-\t0\t0\t-\t-\t-\t-\n", program->name, program->algorithm);
}

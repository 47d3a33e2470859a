/* The option table as the parser and the help pages see it: the program's rows, then the common
 * ones. */
#ifndef GN_OPTIONS_TABLE_H
#define GN_OPTIONS_TABLE_H

#include "cli/options.h"

enum { GN_OPTIONS_MAX = 128 };

/* What the common flags ask for instead of a run. */
typedef enum { GN_ASK_RUN, GN_ASK_HELP, GN_ASK_VERSION, GN_ASK_MAN, GN_ASK_OPTIONS } gn_ask;

/* Fills row[] with every option of the program, the common ones last; their number is returned.
 * *own is the number of the program's own. A malformed table aborts: a programming error. */
int gn_options_rows(const gn_program *, gn_option row[GN_OPTIONS_MAX], int *own);

/* "integer in 1..100, default 5, steps": what the value may be. */
void gn_options_describe(const gn_option *, char text[], size_t room);
/* What the help and messages call its argument: "N", "X", "FILE", "a|b|c", "" for a flag. */
const char *gn_option_argument(const gn_option *);

/* Parses without running anything; *options is the caller's to free. GN_EUSAGE with one line. */
gn_status gn_options_parse(const gn_program *, int argc, char **argv, gn_options **options, gn_ask *ask);
void gn_options_free(gn_options *);

/* Every input file, options and operands, and whether --output may take its place: NULL past the end. */
const char *gn_options_input_at(const gn_options *, int i, bool *in_place);
/* Every output file that was asked for, and the name of its option: NULL past the end. */
const char *gn_options_output_at(const gn_options *, int i, const char **name);
/* Every folder that is to be written into: NULL past the end. */
const char *gn_options_folder_at(const gn_options *, int i);

/* The help and the man page on stdout. */
void gn_options_help(const gn_program *);
void gn_options_man(const gn_program *);
/* The table itself on stdout: column names, then a row an option, tab-separated, `-` for what there is none of; for
 * programs that plan what others do. */
void gn_options_table(const gn_program *);
/* Names of the types in that table, in the order of gn_option_type. */
#define GN_OPTION_TYPES "flag|int|real|choice|text|input|output|folder"
#define GN_OPTION_COLUMNS "program\talgorithm\toption\ttype\tdefault\tmin\tmax\tchoices\tunit\tnote\thelp"

#endif

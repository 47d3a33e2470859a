/* The table that the parser and the help pages use: the program's own options, then the common ones. */
#ifndef GN_OPTIONS_TABLE_H
#define GN_OPTIONS_TABLE_H

#include "cli/options.h"

enum { GN_OPTIONS_MAX = 128 };

/* What the command line asks for: the program's work, or what a common flag prints instead. */
typedef enum { GN_ASK_RUN, GN_ASK_HELP, GN_ASK_VERSION, GN_ASK_MAN, GN_ASK_OPTIONS } gn_ask;

/* Fills row[] with every option of the program, the common ones last, and returns their number; *own is the number of
 * the program's own. Aborts when the table is malformed, which is a programming error. */
int gn_options_rows(const gn_program *, gn_option row[GN_OPTIONS_MAX], int *own);

/* Describes the accepted values, such as "integer in 1..100 steps". */
void gn_options_describe(const gn_option *, char text[], size_t room);
/* The name of an option's value in the help: "N", "X", "FILE", "a|b|c", "" for a flag. */
const char *gn_option_argument(const gn_option *);

/* Parses a command line; *options is freed by the caller. GN_EUSAGE when it is wrong. */
gn_status gn_options_parse(const gn_program *, int argc, char **argv, gn_options **options, gn_ask *ask);
void gn_options_free(gn_options *);

/* The i-th input file among options and operands, and whether --output may name it too; NULL when there are fewer. */
const char *gn_options_input_at(const gn_options *, int i, bool *in_place);
/* The i-th output file that was asked for, and the name of its option; NULL when there are fewer. */
const char *gn_options_output_at(const gn_options *, int i, const char **name);
/* The i-th folder to write into; NULL when there are fewer. */
const char *gn_options_folder_at(const gn_options *, int i);

/* Print the help and the man page on standard output. */
void gn_options_help(const gn_program *);
void gn_options_man(const gn_program *);
/* Prints the table itself on standard output for the program `plan`: column names, then a row for each option, cells
 * separated by tabs, `-` in empty ones. */
void gn_options_table(const gn_program *);
/* Names of the types in that table, in the order of gn_option_type, and its columns. */
#define GN_OPTION_TYPES "flag|int|real|choice|text|input|output|folder"
#define GN_OPTION_COLUMNS "program\talgorithm\toption\ttype\tdefault\tmin\tmax\tchoices\tunit\tnote\thelp"

#endif

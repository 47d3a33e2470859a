/* What the writer (io/table_write.c) and the reader (io/table.c) of tables share. */
#ifndef GN_TABLE_FORMAT_H
#define GN_TABLE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#define GN_TABLE_FORMAT "gridnav-tsv 1"
enum { GN_TABLE_END = 96 };

/* Writes the last line, with the number of rows and the hash, of a table whose other lines are these bytes. */
void gn_table_end_line(char line[GN_TABLE_END], const void *bytes, size_t size, size_t rows);
bool gn_repeated_name(char *const *name, int count);

#endif

/* Whole files in and out: atomic writing (temporary file, fsync, rename), reading into memory. */
#ifndef GN_WRITE_H
#define GN_WRITE_H

#include <stddef.h>

#include "base/error.h"

typedef struct gn_writer gn_writer;

/* Opens a temporary file .NAME.tmp-PID beside `path`, after following links, and removes those that killed writers of
 * the same target left. A link to a file that is not there is refused. If `path` is not a regular file but a pipe or a
 * device such as /dev/stdout, it is written directly. */
gn_status gn_writer_open(const char *path, gn_writer **writer);
/* Writes to standard output instead. */
gn_status gn_writer_stdout(gn_writer **writer);
/* After a failure further calls do nothing, and gn_writer_close() reports it. */
void gn_writer_add(gn_writer *, const void *bytes, size_t size);
/* Syncs the file and renames it to its target or, after a failure, removes it. Frees the writer. */
gn_status gn_writer_close(gn_writer *);
/* Removes the temporary file and frees the writer; NULL is accepted. */
void gn_writer_abandon(gn_writer *);

/* Writes bytes atomically (temporary file, fsync, rename). */
gn_status gn_write_whole(const char *path, const void *bytes, size_t size);

/* Checks that a file can be written at `path`, so that a program can fail before it has worked for hours. */
gn_status gn_writer_check(const char *path);

/* Makes the missing folders of a path; its last part is taken for the name of a file. */
gn_status gn_make_folders(const char *path);

/* Reads a whole file into memory that is 64-byte aligned with a NUL after its last byte; the caller frees *bytes. */
gn_status gn_read_whole(const char *path, void **bytes, size_t *size);

/* The XXH3-128 hash of a file as 32 hexadecimal digits and a NUL. */
gn_status gn_hash_file(const char *path, char hex[33]);
/* The same for bytes in memory. */
void gn_hash_bytes(const void *bytes, size_t size, char hex[33]);

#endif

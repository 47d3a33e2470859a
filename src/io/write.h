/* Whole files in and out: atomic writing (temporary file, fsync, rename), reading into memory. */
#ifndef GN_WRITE_H
#define GN_WRITE_H

#include <stddef.h>

#include "base/error.h"

typedef struct gn_writer gn_writer;

/* Opens .NAME.tmp-PID beside `path` (whose links are followed) and removes what killed writers of
 * the same target left. Something that is no regular file, such as /dev/stdout or a pipe, is
 * written directly. */
gn_status gn_writer_open(const char *path, gn_writer **writer);
/* Writes to standard output instead. */
gn_status gn_writer_stdout(gn_writer **writer);
/* After a failure later calls do nothing; gn_writer_close() reports it. */
void gn_writer_add(gn_writer *, const void *bytes, size_t size);
/* Syncs and renames when all went well, else removes the temporary file. Frees. */
gn_status gn_writer_close(gn_writer *);
/* Drops the file and frees; NULL is fine. */
void gn_writer_abandon(gn_writer *);

/* Writes bytes atomically (temporary file, fsync, rename). */
gn_status gn_write_whole(const char *path, const void *bytes, size_t size);

/* Whether a file could be written at `path`: fails early, before hours of work. */
gn_status gn_writer_check(const char *path);

/* Makes the folders that a file of this name lies in, where they are missing. */
gn_status gn_make_folders(const char *path);

/* The whole file, 64-byte aligned with a NUL after its last byte; the caller frees *bytes. */
gn_status gn_read_whole(const char *path, void **bytes, size_t *size);

/* XXH3-128 of a file as 32 hexadecimal digits and a NUL. */
gn_status gn_hash_file(const char *path, char hex[33]);
/* XXH3-128 of some bytes. */
void gn_hash_bytes(const void *bytes, size_t size, char hex[33]);

#endif

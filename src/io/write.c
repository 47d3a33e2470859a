#include "io/write.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/text.h"

enum { GN_WRITE_BUFFER = 1 << 18 };

struct gn_writer {
    int file;         /* descriptor, -1 when closed */
    char *path;       /* as the user gave it, for messages */
    char *target;     /* links resolved */
    char *temporary;  /* NULL: written directly */
    gn_status status; /* the first failure */
    size_t used;
    char buffer[GN_WRITE_BUFFER];
};

/* Length of the folder part of a path, including its last slash. */
static size_t folder_length(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* Removes temporary files .NAME.tmp-PID of writers that were killed. A writer that is still alive holds a lock on its
 * file, so a file that can be locked is abandoned. The process number alone would not tell, as it may be in use again.
 */
static void remove_stale(const char *target) {
    size_t length = folder_length(target);
    gn_text prefix = {0}, path = {0};
    char *folder = length ? strndup(target, length) : strdup(".");
    gn_text_format(&prefix, ".%s.tmp-", target + length);
    DIR *list = folder && !prefix.status ? opendir(folder) : NULL;
    for (struct dirent *entry; list && (entry = readdir(list));) {
        if (strncmp(entry->d_name, prefix.byte, prefix.size) != 0) continue;
        const char *number = entry->d_name + prefix.size;
        if (!*number || number[strspn(number, "0123456789")]) continue;
        path.size = 0;
        if (gn_text_format(&path, "%s/%s", folder, entry->d_name)) break;
        int file = open(path.byte, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (file < 0) continue;
        if (flock(file, LOCK_EX | LOCK_NB) == 0) unlink(path.byte);
        close(file);
    }
    if (list) closedir(list);
    free(folder);
    free(prefix.byte);
    free(path.byte);
}

/* The name of a target's temporary file. */
static gn_status name_temporary(const char *target, gn_text *name) {
    size_t length = folder_length(target);
    return gn_text_format(name, "%.*s.%s.tmp-%ld", (int)length, target, target + length, (long)getpid());
}

/* Creates and locks the temporary file. */
static gn_status open_temporary(gn_writer *writer) {
    gn_text name = {0};
    gn_status status = name_temporary(writer->target, &name);
    writer->temporary = name.byte;
    if (status) return status;
    remove_stale(writer->target);
    writer->file = open(writer->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (writer->file < 0) {
        status = gn_fail_errno("%s: cannot write (%s)", writer->path, writer->temporary);
        free(writer->temporary); /* it belongs to another process, which removes it */
        writer->temporary = NULL;
        return status;
    }
    flock(writer->file, LOCK_EX | LOCK_NB); /* fails without harm on file systems that have no locks */
    return GN_OK;
}

/* Refuses a link that leads nowhere: to rename a file to its name would replace the link. */
static gn_status check_link(const char *path, bool there) {
    struct stat about;
    if (there || lstat(path, &about) != 0 || !S_ISLNK(about.st_mode)) return GN_OK;
    return gn_fail(GN_EIO, "%s: is a link to a file that is not there, expected a file or a new name", path);
}

gn_status gn_writer_open(const char *path, gn_writer **result) {
    struct stat about;
    bool there = stat(path, &about) == 0;
    *result = NULL;
    if (!*path) return gn_fail(GN_EUSAGE, "an output file's name is empty");
    gn_status status = check_link(path, there);
    if (status) return status;
    gn_writer *writer = malloc(sizeof *writer);
    if (!writer) return gn_fail(GN_EIO, "%s: out of memory", path);
    writer->file = -1;
    writer->temporary = NULL;
    writer->status = GN_OK;
    writer->used = 0;
    writer->path = strdup(path);
    writer->target = there ? realpath(path, NULL) : strdup(path);
    if (!writer->path || (!writer->target && !there)) {
        status = gn_fail(GN_EIO, "%s: out of memory", path);
    } else if (there && S_ISDIR(about.st_mode)) {
        status = gn_fail(GN_EIO, "%s: is a folder, expected the name of a file", path);
    } else if (there && !S_ISREG(about.st_mode)) {
        writer->file = open(path, O_WRONLY | O_CLOEXEC);
        if (writer->file < 0) status = gn_fail_errno("%s: cannot write", path);
    } else if (!writer->target) {
        status = gn_fail_errno("%s: cannot write", path);
    } else {
        status = open_temporary(writer);
    }
    if (status) {
        gn_writer_abandon(writer);
        return status;
    }
    *result = writer;
    return GN_OK;
}

gn_status gn_writer_stdout(gn_writer **result) {
    *result = NULL;
    gn_writer *writer = calloc(1, sizeof *writer);
    if (!writer) return gn_fail(GN_EIO, "standard output: out of memory");
    writer->path = strdup("standard output");
    writer->file = dup(STDOUT_FILENO);
    gn_status status = GN_OK;
    if (writer->file < 0) status = gn_fail_errno("standard output: cannot write");
    if (!writer->path) status = gn_fail(GN_EIO, "standard output: out of memory");
    if (status) {
        gn_writer_abandon(writer);
        return status;
    }
    *result = writer;
    return GN_OK;
}

/* Calls write() until all bytes are written. */
static void put(gn_writer *writer, const char *bytes, size_t size) {
    while (size > 0 && !writer->status) {
        ssize_t done = write(writer->file, bytes, size < SSIZE_MAX ? size : SSIZE_MAX);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) {
            writer->status = gn_fail_errno("%s: cannot write", writer->path);
            return;
        }
        bytes += done;
        size -= (size_t)done;
    }
}

void gn_writer_add(gn_writer *writer, const void *bytes, size_t size) {
    if (size == 0) return;
    if (size > GN_WRITE_BUFFER - writer->used) {
        put(writer, writer->buffer, writer->used);
        writer->used = 0;
        if (size >= GN_WRITE_BUFFER) {
            put(writer, bytes, size);
            return;
        }
    }
    memcpy(writer->buffer + writer->used, bytes, size);
    writer->used += size;
}

/* A rename is safely on disk only after its folder is synced. A failure is ignored, as some file systems cannot sync
 * folders. */
static void sync_folder(const char *target) {
    size_t length = folder_length(target);
    char *folder = length ? strndup(target, length) : strdup(".");
    int file = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (file >= 0) {
        fsync(file);
        close(file);
    }
    free(folder);
}

gn_status gn_writer_close(gn_writer *writer) {
    put(writer, writer->buffer, writer->used);
    gn_status status = writer->status;
    if (!status && writer->temporary) {
        /* The file is renamed while it is locked, so that no other writer takes it for abandoned. */
        if (fsync(writer->file) != 0)
            status = gn_fail_errno("%s: cannot write to disk", writer->path);
        else if (rename(writer->temporary, writer->target) != 0)
            status = gn_fail_errno("%s: cannot rename %s", writer->path, writer->temporary);
        else {
            free(writer->temporary);
            writer->temporary = NULL;
            sync_folder(writer->target);
        }
    }
    if (!status) {
        int file = writer->file;
        writer->file = -1;
        if (close(file) != 0) status = gn_fail_errno("%s: cannot write", writer->path);
    }
    gn_writer_abandon(writer);
    return status;
}

void gn_writer_abandon(gn_writer *writer) {
    if (!writer) return;
    if (writer->temporary) unlink(writer->temporary);
    if (writer->file >= 0) close(writer->file);
    free(writer->temporary);
    free(writer->target);
    free(writer->path);
    free(writer);
}

/* Refuses a name whose temporary file would have a name too long for the folder. */
static gn_status check_length(const char *path, const char *target, const char *folder) {
    gn_text name = {0};
    const long longest = pathconf(folder, _PC_NAME_MAX); /* -1: there is no limit */
    gn_status status = name_temporary(target, &name);
    const size_t length = status ? 0 : name.size - folder_length(name.byte);
    if (!status && longest > 0 && length > (size_t)longest)
        status = gn_fail(GN_EIO, "%s: the name is %zu bytes too long for the folder %s", path, length - (size_t)longest,
                         folder);
    free(name.byte);
    return status;
}

gn_status gn_writer_check(const char *path) {
    struct stat about;
    bool there = stat(path, &about) == 0;
    gn_status status = check_link(path, there);
    if (status) return status;
    if (there && S_ISDIR(about.st_mode)) return gn_fail(GN_EIO, "%s: is a folder, expected the name of a file", path);
    if (there && !S_ISREG(about.st_mode)) return GN_OK;
    char *target = there ? realpath(path, NULL) : strdup(path);
    if (!target) return gn_fail_errno("%s: cannot write", path);
    size_t length = folder_length(target);
    char *folder = length ? strndup(target, length) : strdup(".");
    if (!folder)
        status = gn_fail(GN_EIO, "%s: out of memory", path);
    else if (access(folder, W_OK | X_OK) != 0)
        status = gn_fail_errno("%s: cannot write into the folder %s", path, folder);
    else
        status = check_length(path, target, folder);
    free(folder);
    free(target);
    return status;
}

gn_status gn_write_whole(const char *path, const void *bytes, size_t size) {
    gn_writer *writer;
    gn_status status = gn_writer_open(path, &writer);
    if (status) return status;
    gn_writer_add(writer, bytes, size);
    return gn_writer_close(writer);
}

gn_status gn_make_folders(const char *path) {
    char *name = strdup(path);
    if (!name) return gn_fail(GN_EIO, "%s: out of memory", path);
    gn_status status = GN_OK;
    for (char *slash = *name ? strchr(name + 1, '/') : NULL; slash && !status; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(name, 0777) && errno != EEXIST) status = gn_fail_errno("%s: cannot make this folder", name);
        *slash = '/';
    }
    free(name);
    return status;
}

/* Returns memory of the size `room` with the first `used` bytes of the old one, which is freed even after a failure. */
static char *grow(char *old, size_t used, size_t room) {
    char *memory = gn_alloc(room, 1);
    if (memory) memcpy(memory, old, used);
    free(old);
    return memory;
}

gn_status gn_read_whole(const char *path, void **bytes, size_t *size) {
    *bytes = NULL;
    *size = 0;
    struct stat about;
    gn_status status = GN_OK;
    char *memory = NULL;
    size_t used = 0, room = 1 << 16;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return gn_fail_errno("%s: cannot open", path);
    if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0) room = (size_t)about.st_size + 1;
    memory = gn_alloc(room, 1);
    while (memory) {
        if (used + 1 >= room) { /* keep a byte for the NUL */
            char extra;
            ssize_t more =
                read(file, &extra, 1); /* usually this is the end of the file, and no larger copy is needed */
            if (more == 0) break;
            if (more < 0 && errno == EINTR) continue;
            if (more < 0) {
                status = gn_fail_errno("%s: cannot read", path);
                break;
            }
            memory = grow(memory, used, room *= 2);
            if (memory) memory[used++] = extra;
            continue;
        }
        ssize_t done = read(file, memory + used, room - 1 - used);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) status = gn_fail_errno("%s: cannot read", path);
        if (done <= 0) break;
        used += (size_t)done;
    }
    close(file);
    if (!memory) return gn_fail(GN_EIO, "%s: out of memory", path);
    if (status) {
        free(memory);
        return status;
    }
    memory[used] = '\0';
    *bytes = memory;
    *size = used;
    return GN_OK;
}

static void hash_to_hex(XXH128_hash_t hash, char hex[33]) {
    snprintf(hex, 33, "%016llx%016llx", (unsigned long long)hash.high64, (unsigned long long)hash.low64);
}

void gn_hash_bytes(const void *bytes, size_t size, char hex[33]) {
    hash_to_hex(XXH3_128bits(bytes, size), hex);
}

gn_status gn_hash_file(const char *path, char hex[33]) {
    enum { GN_HASH_BUFFER = 1 << 16 };
    gn_status status = GN_OK;
    hex[0] = '\0';
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return gn_fail_errno("%s: cannot open", path);
    char *buffer = gn_alloc(GN_HASH_BUFFER, 1);
    XXH3_state_t *state = XXH3_createState();
    if (!buffer || !state) {
        status = gn_fail(GN_EIO, "%s: out of memory", path);
        goto done;
    }
    XXH3_128bits_reset(state);
    for (;;) {
        ssize_t count = read(file, buffer, GN_HASH_BUFFER);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) status = gn_fail_errno("%s: cannot read", path);
        if (count <= 0) break;
        XXH3_128bits_update(state, buffer, (size_t)count);
    }
    if (!status) hash_to_hex(XXH3_128bits_digest(state), hex);
done:
    XXH3_freeState(state);
    free(buffer);
    close(file);
    return status;
}

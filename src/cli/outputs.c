#include "cli/outputs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/options_table.h"
#include "io/write.h"

/* ---- one file under two names ------------------------------------------------------------ */

/* Whether both names lead to the same regular file. Devices such as a terminal may be read and written at once. */
static bool is_same_file(const char *a, const char *b) {
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && S_ISREG(first.st_mode) && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

/* The folder of a path, "." when the path has none; the caller frees it. */
static char *folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) return strdup(".");
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Whether two outputs, which may not exist yet, are the same file: they have the same name in the same folder. */
static bool will_be_same_file(const char *a, const char *b) {
    struct stat first, second;
    char *folder_a = folder_of(a), *folder_b = folder_of(b);
    bool same = folder_a && folder_b && strcmp(name_of(a), name_of(b)) == 0 && stat(folder_a, &first) == 0 &&
                stat(folder_b, &second) == 0 && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
    free(folder_a);
    free(folder_b);
    /* Files that exist are compared themselves, as a pipe may be written twice. */
    return (same && stat(a, &first) != 0) || is_same_file(a, b);
}

/* Whether a file lies, or would lie, in the folder. */
static bool is_in_folder(const char *file, const char *folder) {
    struct stat about, there;
    char *its = folder_of(file);
    const bool same = its && stat(its, &about) == 0 && stat(folder, &there) == 0 && S_ISDIR(there.st_mode) &&
                      about.st_dev == there.st_dev && about.st_ino == there.st_ino;
    free(its);
    return same;
}

/* Nothing is written into a folder that is read: it could be a file that is read, now or the next time. `own`: a file
 * that may be the input of an option that is in_place. */
static gn_status check_against_inputs(const gn_options *options, const char *name, const char *output, bool own) {
    const char *input;
    bool in_place;
    for (int i = 0; (input = gn_options_input_at(options, i, &in_place)); i++) {
        if (!(in_place && own) && is_same_file(output, input))
            return gn_fail(GN_EUSAGE, "--%s: %s is the same file as %s, which is read: expected another", name, output,
                           input);
        if (is_in_folder(output, input))
            return gn_fail(GN_EUSAGE, "--%s: %s is in the folder %s, which is read: expected another", name, output,
                           input);
    }
    return GN_OK;
}

/* Compares an output with the first `count` outputs of options. */
static gn_status check_against_outputs(const gn_options *options, int count, const char *name, const char *output) {
    const char *other_name, *other;
    for (int k = 0; k < count && (other = gn_options_output_at(options, k, &other_name)); k++)
        if (will_be_same_file(output, other))
            return gn_fail(GN_EUSAGE, "--%s: %s is the same file as that of --%s (%s): expected another", name, output,
                           other_name, other);
    return GN_OK;
}

/* ---- folders ------------------------------------------------------------------------------- */

static gn_status remember(gn_outputs *made, char *folder) {
    char **grown = realloc(made->folder, ((size_t)made->count + 1) * sizeof *grown);
    if (!grown) {
        free(folder);
        return gn_fail(GN_EIO, "out of memory");
    }
    made->folder = grown;
    made->folder[made->count++] = folder;
    return GN_OK;
}

/* Makes a folder and the folders above it where they are missing. `output` is the file they are for, named in error
 * messages. Frees `folder` or hands it on to `made`. */
static gn_status make_folder(char *folder, const char *output, gn_outputs *made) {
    struct stat about;
    gn_status status = GN_OK;
    if (!folder) return gn_fail(GN_EIO, "out of memory");
    if (stat(folder, &about) == 0) {
        if (!S_ISDIR(about.st_mode)) status = gn_fail(GN_EIO, "%s: %s is no folder", output, folder);
        free(folder);
        return status;
    }
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/') /* the folder above "a//" is ".", not "a/" */
        folder[--length] = '\0';
    status = make_folder(folder_of(folder), output, made);
    if (!status && mkdir(folder, 0777) == 0) return remember(made, folder);
    if (!status && errno != EEXIST) status = gn_fail_errno("%s: cannot make the folder %s", output, folder);
    free(folder);
    return status;
}

static gn_status check_folder(const char *path, gn_outputs *made) {
    gn_status status = make_folder(strdup(path), path, made);
    if (!status && access(path, W_OK | X_OK) != 0) status = gn_fail_errno("%s: cannot write into this folder", path);
    return status;
}

static gn_status check_file(const char *path, gn_outputs *made) {
    gn_status status = *name_of(path) ? make_folder(folder_of(path), path, made)
                                      : gn_fail(GN_EIO, "%s: is a folder, expected the name of a file", path);
    return status ? status : gn_writer_check(path);
}

/* ---- all outputs ---------------------------------------------------------------------------- */

/* Names the i-th file that is written beside those of options, and the option from which its name comes; NULL when
 * there are fewer. The first is OUTPUT.prov, the others are the program's own. */
static const char *beside_at(const gn_program *program, const gn_options *options, int i, gn_text *path) {
    const char *output = gn_option_output(options);
    if (i > 0 || !output) return program->beside ? program->beside(options, output ? i - 1 : i, path) : NULL;
    gn_text_format(path, "%s.prov", output);
    return "output";
}

/* Whether an output is a pipe or a device, beside which there need be no other file. */
static bool is_device(const char *output) {
    struct stat about;
    return output && stat(output, &about) == 0 && !S_ISREG(about.st_mode);
}

static gn_status check_beside(const gn_program *program, const gn_options *options) {
    gn_status status = GN_OK;
    const char *name = "";
    const bool device = is_device(gn_option_output(options));
    for (int i = 0; !status && name; i++) {
        gn_text path = {0};
        name = beside_at(program, options, i, &path);
        status = path.status;
        if (!status && name) status = check_against_inputs(options, name, path.byte, true);
        if (!status && name) status = check_against_outputs(options, INT_MAX, name, path.byte);
        if (!status && name && !(device && strcmp(name, "output") == 0)) status = gn_writer_check(path.byte);
        free(path.byte);
    }
    return status;
}

gn_status gn_outputs_prepare(const gn_program *program, const gn_options *options, gn_outputs *made) {
    const char *name, *path;
    gn_status status = GN_OK;
    *made = (gn_outputs){0};
    for (int i = 0; !status && (path = gn_options_output_at(options, i, &name)); i++)
        status = check_against_inputs(options, name, path, strcmp(name, "output") == 0);
    for (int i = 0; !status && (path = gn_options_output_at(options, i, &name)); i++)
        status = check_file(path, made);
    for (int i = 0; !status && (path = gn_options_output_at(options, i, &name)); i++)
        status = check_against_outputs(options, i, name, path);
    for (int i = 0; !status && (path = gn_options_folder_at(options, i)); i++)
        status = check_folder(path, made);
    if (!status) status = check_beside(program, options);
    if (status) gn_outputs_undo(made);
    return status;
}

static bool is_later(struct timespec a, struct timespec b) {
    return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

void gn_outputs_date(const gn_options *options, struct timespec began) {
    const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, began}; /* of the last access, and of the change */
    const char *name, *path;
    struct stat about;
    for (int i = 0; (path = gn_options_output_at(options, i, &name)); i++)
        if (stat(path, &about) == 0 && S_ISREG(about.st_mode) && is_later(about.st_mtim, began))
            utimensat(AT_FDCWD, path, times, 0);
}

void gn_outputs_undo(gn_outputs *made) {
    for (int i = made->count; i-- > 0;)
        rmdir(made->folder[i]); /* fails, as intended, when the folder is not empty */
    gn_outputs_free(made);
}

void gn_outputs_free(gn_outputs *made) {
    for (int i = 0; i < made->count; i++)
        free(made->folder[i]);
    free(made->folder);
    *made = (gn_outputs){0};
}

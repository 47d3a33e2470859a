#include "gn_test.h"

#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <xxhash.h>

#include "io/container.h"
#include "io/container_limits.h"
#include "io/write.h"

typedef struct {
    gn_test_path folder;
    char path[96];
    unsigned char *bytes; /* a small whole file */
    size_t size;
} fixture;

static const float rec[2][3] = {{1, 2, 3}, {-4, 5.5f, 1e-30f}};
static const uint16_t redraws[5] = {0, 1, 65535, 3, 4};

static gn_file *make(void) {
    gn_file *file = gn_file_new("test");
    assert_non_null(file);
    assert_ok(gn_file_set(file, "recipe.units", "%d", 100));
    assert_ok(gn_file_set(file, "recipe.noise-sd", "0.1"));
    assert_ok(gn_file_set(file, "note", " spaces and = signs: fine "));
    assert_ok(gn_file_set(file, "empty", "%s", ""));
    assert_ok(gn_file_add(file, "rec", GN_F32, 2, (size_t[]){2, 3}, rec));
    assert_ok(gn_file_add(file, "redraws", GN_U16, 1, (size_t[]){5}, redraws));
    return file;
}

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    void *bytes;
    gn_test_folder(f->folder);
    snprintf(f->path, sizeof f->path, "%s/x.gn", f->folder);
    gn_file *file = make();
    assert_ok(gn_file_write(file, f->path));
    gn_file_free(file);
    assert_ok(gn_read_whole(f->path, &bytes, &f->size));
    f->bytes = bytes;
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    DIR *list = opendir(f->folder);
    char path[400];
    for (struct dirent *entry; (entry = readdir(list));) {
        snprintf(path, sizeof path, "%s/%s", f->folder, entry->d_name);
        unlink(path);
    }
    closedir(list);
    rmdir(f->folder);
    free(f->bytes);
    free(f);
    return 0;
}

static void reads_back_what_was_written(void **state) {
    fixture *f = *state;
    gn_file *file;
    size_t shape[2] = {0, 3};
    const void *data;
    assert_ok(gn_file_read(f->path, "test", &file));
    assert_string_equal(gn_file_kind(file), "test");
    assert_string_equal(gn_file_path(file), f->path);
    assert_string_equal(gn_file_get(file, "note"), " spaces and = signs: fine ");
    assert_string_equal(gn_file_get(file, "empty"), "");
    assert_null(gn_file_get(file, "absent"));
    assert_ok(gn_file_array(file, "rec", GN_F32, 2, shape, &data));
    assert_int_equal(shape[0], 2);
    assert_memory_equal(data, rec, sizeof rec);
    assert_int_equal((uintptr_t)data % 64, 0);
    shape[0] = 0;
    assert_ok(gn_file_array(file, "redraws", GN_U16, 1, shape, &data));
    assert_int_equal(shape[0], 5);
    assert_memory_equal(data, redraws, sizeof redraws);
    gn_file_free(file);
}

static void equal_contents_give_equal_bytes(void **state) {
    fixture *f = *state;
    char path[120];
    void *bytes;
    size_t size;
    snprintf(path, sizeof path, "%s/other name.gn", f->folder);
    gn_file *file = make();
    assert_ok(gn_file_write(file, path));
    gn_file_free(file);
    assert_ok(gn_read_whole(path, &bytes, &size));
    assert_int_equal(size, f->size);
    assert_memory_equal(bytes, f->bytes, size);
    free(bytes);
}

/* The bytes of a file are those of the example in data/README.md. */
static void layout_is_as_documented(void **state) {
    fixture *f = *state;
    static const unsigned char start[16] = {0x89, 'G',  'N',  'V',  '\r', '\n', 0x1a, '\n',
                                            0x0d, 0x0c, 0x0b, 0x0a, 1,    0,    0,    0};
    uint64_t header, whole;
    assert_memory_equal(f->bytes, start, sizeof start);
    memcpy(&header, f->bytes + 16, 8);
    memcpy(&whole, f->bytes + 24, 8);
    assert_int_equal(whole, f->size);
    assert_memory_equal(f->bytes + 32, "kind\ttest\nrecipe.units\t100\n", 27);
    size_t data = (32 + header + 63) / 64 * 64;
    assert_memory_equal(f->bytes + data, rec, sizeof rec);
    assert_memory_equal(f->bytes + data + 64, redraws, sizeof redraws);
    assert_int_equal(f->size, data + 128 + 16);
    char hex[33], stored[33];
    gn_hash_bytes(f->bytes, f->size - 16, hex);
    for (int i = 0; i < 16; i++)
        snprintf(stored + 2 * i, 3, "%02x", f->bytes[f->size - 16 + i]);
    assert_string_equal(hex, stored);
}

/* If the format changes, this file, the version and data/README.md must be changed together. */
static void golden_file_is_written_and_read(void **state) {
    fixture *f = *state;
    static const float f32[2][3] = {{1, -0.5f, NAN}, {1e-30f, 0.1f, 3e30f}};
    static const double f64[2] = {0.1, -1e300};
    static const uint8_t u8[3] = {0, 1, 255};
    static const uint16_t u16[2][1][2] = {{{1, 65535}}, {{3, 4}}};
    static const uint32_t u32[1] = {4294967295U};
    static const int32_t i32[2] = {-1, 2147483647};
    static const int64_t i64[1] = {INT64_MIN};
    void *golden, *written;
    size_t golden_size, size, shape[1] = {0};
    const void *data;
    gn_file *file = gn_file_new("golden");
    assert_ok(gn_file_set(file, "recipe.units", "%d", 100));
    assert_ok(gn_file_set(file, "empty", "%s", ""));
    assert_ok(gn_file_add(file, "f32", GN_F32, 2, (size_t[]){2, 3}, f32));
    assert_ok(gn_file_add(file, "f64", GN_F64, 1, (size_t[]){2}, f64));
    assert_ok(gn_file_add(file, "u8", GN_U8, 1, (size_t[]){3}, u8));
    assert_ok(gn_file_add(file, "u16", GN_U16, 3, (size_t[]){2, 1, 2}, u16));
    assert_ok(gn_file_add(file, "u32", GN_U32, 1, (size_t[]){1}, u32));
    assert_ok(gn_file_add(file, "i32", GN_I32, 1, (size_t[]){2}, i32));
    assert_ok(gn_file_add(file, "i64", GN_I64, 1, (size_t[]){1}, i64));
    assert_ok(gn_file_write(file, f->path));
    gn_file_free(file);
    assert_ok(gn_read_whole("tests/golden/format.gn", &golden, &golden_size));
    assert_ok(gn_read_whole(f->path, &written, &size));
    assert_int_equal(size, golden_size);
    assert_memory_equal(written, golden, size);
    assert_ok(gn_file_read("tests/golden/format.gn", "golden", &file));
    assert_ok(gn_file_array(file, "i64", GN_I64, 1, shape, &data));
    assert_true(*(const int64_t *)data == INT64_MIN);
    gn_file_free(file);
    free(golden);
    free(written);
}

static void setting_twice_replaces(void **state) {
    (void)state;
    gn_file *file = gn_file_new("test");
    assert_ok(gn_file_set(file, "a", "1"));
    assert_ok(gn_file_set(file, "a", "2"));
    assert_string_equal(gn_file_get(file, "a"), "2");
    assert_null(gn_file_key(file, 2, NULL));
    gn_file_free(file);
}

static void wrong_contents_are_refused(void **state) {
    (void)state;
    static const float one = 1;
    size_t huge[5] = {1UL << 40, 1UL << 40, 1, 1, 1};
    gn_file *file = gn_file_new("test");
    assert_fails(GN_EUSAGE, "header key", gn_file_set(file, "Upper", "1"));
    assert_fails(GN_EUSAGE, "header key", gn_file_set(file, "", "1"));
    assert_fails(GN_EUSAGE, "header key", gn_file_set(file, "kind", "1"));
    assert_fails(GN_EUSAGE, "header key", gn_file_set(file, "array.x", "1"));
    assert_fails(GN_EUSAGE, "printable", gn_file_set(file, "a", "1\n2"));
    assert_fails(GN_EUSAGE, "printable", gn_file_set(file, "a", "\t"));
    assert_fails(GN_EUSAGE, "rank", gn_file_add(file, "x", GN_F32, 0, huge, &one));
    assert_fails(GN_EUSAGE, "rank", gn_file_add(file, "x", GN_F32, 6, huge, &one));
    assert_fails(GN_EUSAGE, "larger", gn_file_add(file, "x", GN_F32, 2, huge, &one));
    assert_fails(GN_EUSAGE, "empty", gn_file_add(file, "x", GN_F32, 1, (size_t[]){0}, &one));
    assert_fails(GN_EUSAGE, "name", gn_file_add(file, "x y", GN_F32, 1, (size_t[]){1}, &one));
    assert_ok(gn_file_add(file, "x", GN_F32, 1, (size_t[]){1}, &one));
    assert_fails(GN_EUSAGE, "twice", gn_file_add(file, "x", GN_F32, 1, (size_t[]){1}, &one));
    gn_file_free(file);
}

static void values_are_checked(void **state) {
    fixture *f = *state;
    gn_file *file;
    int64_t integer;
    double real;
    int choice;
    assert_ok(gn_file_read(f->path, NULL, &file));
    assert_ok(gn_file_get_int(file, "recipe.units", 1, 100, &integer));
    assert_int_equal(integer, 100);
    assert_fails(GN_EFILE, "1..99", gn_file_get_int(file, "recipe.units", 1, 99, &integer));
    assert_fails(GN_EFILE, "missing", gn_file_get_int(file, "units", 1, 99, &integer));
    assert_fails(GN_EFILE, "integer", gn_file_get_int(file, "recipe.noise-sd", 0, 9, &integer));
    assert_ok(gn_file_get_real(file, "recipe.noise-sd", 0, 1, &real));
    assert_true(real == 0.1);
    assert_fails(GN_EFILE, "number", gn_file_get_real(file, "note", 0, 1, &real));
    assert_fails(GN_EFILE, "one of a|b", gn_file_get_choice(file, "empty", "a|b", &choice));
    gn_file_free(file);
}

static void types_and_shapes_are_checked(void **state) {
    fixture *f = *state;
    gn_file *file;
    const void *data;
    assert_fails(GN_EFILE, "kind test, expected network", gn_file_read(f->path, "network", &file));
    assert_null(file);
    assert_ok(gn_file_read(f->path, NULL, &file));
    assert_fails(GN_EFILE, "f32 2x3, expected f64 2x3", gn_file_array(file, "rec", GN_F64, 2, (size_t[]){2, 3}, &data));
    assert_fails(GN_EFILE, "f32 2x3, expected f32 Nx4", gn_file_array(file, "rec", GN_F32, 2, (size_t[]){0, 4}, &data));
    assert_fails(GN_EFILE, "f32 2x3, expected f32 N", gn_file_array(file, "rec", GN_F32, 1, (size_t[]){0}, &data));
    assert_fails(GN_EFILE, "missing", gn_file_array(file, "no", GN_F32, 1, (size_t[]){0}, &data));
    gn_file_free(file);
}

static void keys_are_copied_by_prefix(void **state) {
    fixture *f = *state;
    gn_file *from, *to = gn_file_new("probe");
    assert_ok(gn_file_read(f->path, NULL, &from));
    assert_ok(gn_file_copy_keys(to, from, "recipe."));
    assert_string_equal(gn_file_key(to, 1, NULL), "recipe.units");
    assert_string_equal(gn_file_key(to, 2, NULL), "recipe.noise-sd");
    assert_null(gn_file_key(to, 3, NULL));
    assert_string_equal(gn_file_kind(to), "probe");
    gn_file_free(from);
    gn_file_free(to);
}

/* ---- damage ------------------------------------------------------------------------ */

/* Corrects length and hash, so that the reader gets to the checks after them. */
static void seal(unsigned char *bytes, size_t size) {
    XXH128_canonical_t hash;
    uint64_t whole = size;
    memcpy(bytes + 24, &whole, 8);
    XXH128_canonicalFromHash(&hash, XXH3_128bits(bytes, size - 16));
    memcpy(bytes + size - 16, &hash, 16);
}

/* A sealed file with this header text and this many bytes of data. */
static gn_status parse_with(const char *header, uint64_t header_size, size_t data_size) {
    size_t length = strlen(header), data = (32 + length + 63) / 64 * 64;
    size_t size = data + data_size + 16;
    unsigned char *bytes = gn_alloc(size, 1);
    static const unsigned char start[16] = {0x89, 'G',  'N',  'V',  '\r', '\n', 0x1a, '\n',
                                            0x0d, 0x0c, 0x0b, 0x0a, 1,    0,    0,    0};
    gn_file *file;
    memcpy(bytes, start, sizeof start);
    memcpy(bytes + 16, &header_size, 8);
    memcpy(bytes + 32, header, length);
    seal(bytes, size);
    gn_status status = gn_file_parse(bytes, size, "made", NULL, &file);
    if (!status) gn_file_free(file);
    free(bytes);
    return status;
}

static void malformed_headers_are_refused(void **state) {
    (void)state;
#define HEADER(text) text, sizeof(text) - 1
    assert_ok(parse_with(HEADER("kind\tx\n"), 0));
    assert_ok(parse_with(HEADER("kind\tx\narray.a\tf32 2x3 0\narray.b\tu8 1 64\n"), 128));
    static const struct {
        const char *words, *text;
        size_t data;
    } bad[] = {
        {"without a tab", "kind\n", 0},
        {"ends with a line", "kind\tx", 0},
        {"malformed", "\tx\n", 0},
        {"malformed", "name\tx\n", 0},
        {"malformed", "kind\tx\nkind\ty\n", 0},
        {"malformed", "kind\tx\na\t1\na\t1\n", 0},
        {"malformed", "kind\tx\nA\t1\n", 0},
        {"malformed", "kind\tx\na\t1\t2\n", 0},
        {"malformed", "kind\tx\na\t\x01\n", 0},
        {"malformed", "array.a\tu8 1 0\nkind\tx\n", 64},
        {"malformed", "kind\tx\narray.a\tu8 1 0\nb\t1\n", 64},
        {"array 'a'", "kind\tx\narray.a\tu8 1 0\narray.a\tu8 1 64\n", 128},
        {"array ''", "kind\tx\narray.\tu8 1 0\n", 64},
        {"TYPE", "kind\tx\narray.a\tf16 1 0\n", 64},
        {"TYPE", "kind\tx\narray.a\tu8  1 0\n", 64},
        {"TYPE", "kind\tx\narray.a\tu8 1\n", 64},
        {"TYPE", "kind\tx\narray.a\tu8 0 0\n", 64},
        {"TYPE", "kind\tx\narray.a\tu8 01 0\n", 64},
        {"TYPE", "kind\tx\narray.a\tu8 1x 0\n", 64},
        {"TYPE", "kind\tx\narray.a\tu8 x1 0\n", 64},
        {"TYPE", "kind\tx\narray.a\tu8 -1 0\n", 64},
        {"TYPE", "kind\tx\narray.a\tu8 1 0 \n", 64},
        {"TYPE", "kind\tx\narray.a\tu8 1x1x1x1x1x1 0\n", 64},
        {"TYPE", "kind\tx\narray.a\tu8 18446744073709551616 0\n", 64},
        {"TYPE", "kind\tx\narray.a\tf64 4294967296x4294967296 0\n", 64},
        {"TYPE", "kind\tx\narray.a\tf64 2305843009213693952 0\n", 64},
        {"within", "kind\tx\narray.a\tu8 65 0\n", 64},
        {"within", "kind\tx\narray.a\tu8 1 64\n", 64},
        {"within", "kind\tx\narray.a\tu8 1 18446744073709551615\n", 64},
        {"data", "kind\tx\narray.a\tu8 1 0\n", 128},
        {"data", "kind\tx\narray.a\tu8 1 0\n", 63},
        {"data", "kind\tx\n", 64},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_fails(GN_EFILE, bad[i].words, parse_with(bad[i].text, strlen(bad[i].text), bad[i].data));
    assert_fails(GN_EFILE, "header of 0 bytes", parse_with("kind\tx\n", 0, 0));
    assert_fails(GN_EFILE, "header of", parse_with("kind\tx\n", UINT64_MAX, 0));
    assert_fails(GN_EFILE, "header of", parse_with("kind\tx\n", 1000, 0));
    assert_fails(GN_EFILE, "not zero", parse_with("kind\tx\nxyz", 7, 0));
    assert_fails(GN_EFILE, "not text", parse_with("kind\tx\n", 8, 0));
}

static void padding_must_be_zero(void **state) {
    fixture *f = *state;
    gn_file *file;
    f->bytes[f->size - 17] = 1;
    seal(f->bytes, f->size);
    assert_fails(GN_EFILE, "padding", gn_file_parse(f->bytes, f->size, "x", NULL, &file));
}

static void frames_are_checked(void **state) {
    fixture *f = *state;
    gn_file *file;
    static const struct {
        size_t at;
        unsigned char value;
        const char *words;
    } bad[] = {{0, 0x88, "not a gridnav file"},
               {4, '\n', "not a gridnav file"},
               {8, 0x0a, "byte order mark"},
               {12, 2, "version 2.0"},
               {24, 1, "bytes after the end"},
               {26, 1, "cut short"},
               {40, 'X', "hash"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        unsigned char old = f->bytes[bad[i].at];
        f->bytes[bad[i].at] = bad[i].value;
        assert_fails(GN_EFILE, bad[i].words, gn_file_parse(f->bytes, f->size, "x", NULL, &file));
        f->bytes[bad[i].at] = old;
    }
    f->bytes[14] = 7; /* a later minor version is read */
    seal(f->bytes, f->size);
    assert_ok(gn_file_parse(f->bytes, f->size, "x", NULL, &file));
    gn_file_free(file);
}

/* Every single bit of the file, and every length. */
static void any_flipped_bit_or_length_is_refused(void **state) {
    fixture *f = *state;
    gn_file *file;
    for (size_t bit = 0; bit < 8 * f->size; bit++) {
        f->bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        gn_error_clear();
        assert_int_equal(gn_file_parse(f->bytes, f->size, "x", NULL, &file), GN_EFILE);
        assert_null(file);
        f->bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    for (size_t size = 0; size < f->size; size++) {
        gn_error_clear();
        assert_int_equal(gn_file_parse(f->bytes, size, "x", NULL, &file), GN_EFILE);
    }
    gn_error_clear();
    assert_ok(gn_file_parse(f->bytes, f->size, "x", NULL, &file));
    gn_file_free(file);
}

/* ---- writing ----------------------------------------------------------------------- */

static int entries(const char *folder) {
    int count = 0;
    DIR *list = opendir(folder);
    while (readdir(list))
        count++;
    closedir(list);
    return count - 2;
}

static void killed_writers_leave_nothing_for_long(void **state) {
    fixture *f = *state;
    char stale[160], other[160], path[96];
    snprintf(path, sizeof path, "%s/x.gn", f->folder);
    snprintf(stale, sizeof stale, "%s/.x.gn.tmp-1", f->folder);
    snprintf(other, sizeof other, "%s/.y.gn.tmp-1", f->folder);
    close(open(stale, O_CREAT | O_WRONLY, 0600));
    close(open(other, O_CREAT | O_WRONLY, 0600));
    assert_ok(gn_write_whole(path, "abc", 3));
    assert_int_equal(access(stale, F_OK), -1);
    assert_int_equal(access(other, F_OK), 0); /* another target's */
    assert_int_equal(entries(f->folder), 2);
}

/* A writer that is killed leaves nothing under the final name, and the next writer removes its temporary file. */
static void killing_a_writer_leaves_no_partial_file(void **state) {
    fixture *f = *state;
    char path[96], byte;
    int ends[2];
    snprintf(path, sizeof path, "%s/new.gn", f->folder);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        gn_writer *writer;
        static char bytes[1 << 20];
        if (gn_writer_open(path, &writer)) _exit(1);
        gn_writer_add(writer, bytes, sizeof bytes);
        if (write(ends[1], "x", 1) != 1) _exit(1);
        for (;;)
            pause();
    }
    assert_int_equal(read(ends[0], &byte, 1), 1);
    assert_int_equal(entries(f->folder), 2);      /* x.gn and the temporary file */
    assert_ok(gn_write_whole(f->path, "abc", 3)); /* another target's writer leaves it alone */
    assert_int_equal(entries(f->folder), 2);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(ends[0]);
    close(ends[1]);
    assert_int_equal(access(path, F_OK), -1);
    assert_ok(gn_write_whole(path, "abc", 3));
    assert_int_equal(entries(f->folder), 2); /* x.gn and new.gn */
}

static void an_abandoned_write_keeps_the_old_file(void **state) {
    fixture *f = *state;
    gn_writer *writer;
    void *bytes;
    size_t size;
    assert_ok(gn_writer_open(f->path, &writer));
    gn_writer_add(writer, "half", 4);
    assert_int_equal(entries(f->folder), 2);
    gn_writer_abandon(writer);
    assert_int_equal(entries(f->folder), 1);
    assert_ok(gn_read_whole(f->path, &bytes, &size));
    assert_memory_equal(bytes, f->bytes, f->size);
    free(bytes);
}

static void links_are_followed(void **state) {
    fixture *f = *state;
    char link[160];
    struct stat about;
    void *bytes;
    size_t size;
    snprintf(link, sizeof link, "%s/link", f->folder);
    assert_int_equal(symlink("x.gn", link), 0);
    assert_ok(gn_write_whole(link, "new", 3));
    assert_int_equal(lstat(link, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_ok(gn_read_whole(f->path, &bytes, &size));
    assert_int_equal(size, 3);
    free(bytes);
}

static void unwritable_targets_are_told(void **state) {
    fixture *f = *state;
    char path[160];
    assert_fails(GN_EIO, "folder", gn_write_whole(f->folder, "a", 1));
    snprintf(path, sizeof path, "%s/no/such", f->folder);
    assert_fails(GN_EIO, "No such file", gn_write_whole(path, "a", 1));
    assert_fails(GN_EIO, "No such file", gn_writer_check(path));
    snprintf(path, sizeof path, "%s/link", f->folder);
    assert_int_equal(symlink("no/such", path), 0);
    assert_fails(GN_EIO, "is a link to a file that is not there", gn_write_whole(path, "a", 1));
    assert_fails(GN_EIO, "is a link to a file that is not there", gn_writer_check(path));
    unlink(path);
    char name[400];
    snprintf(name, sizeof name, "%s/%0*d", f->folder, 250, 0); /* its temporary file's name has more than 255 bytes */
    assert_fails(GN_EIO, "too long", gn_writer_check(name));
    assert_fails(GN_EIO, "No space", gn_write_whole("/dev/full", "a", 1));
    assert_fails(GN_EUSAGE, "empty", gn_write_whole("", "a", 1));
    assert_ok(gn_write_whole("/dev/null", "a", 1)); /* and is still a device */
    struct stat about;
    assert_int_equal(stat("/dev/null", &about), 0);
    assert_true(S_ISCHR(about.st_mode));
}

static void unreadable_files_are_told(void **state) {
    fixture *f = *state;
    gn_file *file;
    char path[160];
    snprintf(path, sizeof path, "%s/absent", f->folder);
    assert_fails(GN_EIO, "No such file", gn_file_read(path, NULL, &file));
    assert_fails(GN_EIO, "directory", gn_file_read(f->folder, NULL, &file));
    assert_ok(gn_write_whole(path, "", 0));
    assert_fails(GN_EFILE, "not a gridnav file", gn_file_read(path, NULL, &file));
}

static void pipes_are_read_whole(void **state) {
    (void)state;
    int ends[2];
    char path[64];
    void *bytes;
    size_t size;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "12345", 5), 5);
    close(ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    assert_ok(gn_read_whole(path, &bytes, &size));
    assert_int_equal(size, 5);
    assert_string_equal(bytes, "12345");
    free(bytes);
    close(ends[0]);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(reads_back_what_was_written),
        TEST(equal_contents_give_equal_bytes),
        TEST(layout_is_as_documented),
        TEST(golden_file_is_written_and_read),
        TEST(setting_twice_replaces),
        TEST(wrong_contents_are_refused),
        TEST(values_are_checked),
        TEST(types_and_shapes_are_checked),
        TEST(keys_are_copied_by_prefix),
        TEST(malformed_headers_are_refused),
        TEST(padding_must_be_zero),
        TEST(frames_are_checked),
        TEST(any_flipped_bit_or_length_is_refused),
        TEST(killed_writers_leave_nothing_for_long),
        TEST(killing_a_writer_leaves_no_partial_file),
        TEST(an_abandoned_write_keeps_the_old_file),
        TEST(links_are_followed),
        TEST(unwritable_targets_are_told),
        TEST(unreadable_files_are_told),
        TEST(pipes_are_read_whole),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}

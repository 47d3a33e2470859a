/* Damaged copies of whole files: every one must be refused with one line, none accepted. */
#include <stdio.h>

#include "base/random.h"
#include "gn_test.h"
#include "io/container.h"
#include "io/table.h"
#include "io/write.h"

enum { COPIES = 100000, FILES = 4, ON_DISK_EVERY = 200 };

typedef struct {
    const char *name;
    bool is_table;
    uint8_t *bytes;
    size_t size;
} original;

static gn_status parse(const original *from, const uint8_t *bytes, size_t size) {
    gn_file *file = NULL;
    gn_table *table = NULL;
    gn_status status = from->is_table ? gn_table_parse(bytes, size, "copy", NULL, false, &table)
                                      : gn_file_parse(bytes, size, "copy", NULL, &file);
    gn_table_free(table);
    gn_file_free(file);
    return status;
}

static gn_status read_from_disk(const original *from, const char *path) {
    gn_file *file = NULL;
    gn_table *table = NULL;
    gn_status status = from->is_table ? gn_table_read(path, NULL, &table) : gn_file_read(path, NULL, &file);
    gn_table_free(table);
    gn_file_free(file);
    return status;
}

/* Writes a file without syncing it, as the syncs of gn_write_whole() would take half a minute here. */
static void put_on_disk(const char *path, const uint8_t *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static size_t below(gn_stream *random, size_t bound) {
    return gn_stream_below(random, (uint32_t)bound);
}

/* Damages a copy as disks, transfers and editors do. `copy` has room for twice the file; returns its new size. */
static size_t damage(gn_stream *random, uint8_t *copy, size_t size) {
    size_t at = below(random, size), length = 1 + below(random, size - at);
    switch (gn_stream_below(random, 7)) {
        case 0: /* a bit */
            copy[at] ^= (uint8_t)(1U << gn_stream_below(random, 8));
            return size;
        case 1: /* several bits */
            for (uint32_t i = 2 + gn_stream_below(random, 7); i > 0; i--)
                copy[below(random, size)] ^= (uint8_t)(1U << gn_stream_below(random, 8));
            return size;
        case 2: /* cut */
            return at;
        case 3: /* a stretch of zeros, as after a crash */
            memset(copy + at, 0, length);
            return size;
        case 4: /* a stretch is missing */
            memmove(copy + at, copy + at + length, size - at - length);
            return size - length;
        case 5: /* a stretch stands twice */
            memmove(copy + at + length, copy + at, size - at);
            return size + length;
        default: /* random bytes */
            for (size_t i = 0; i < length && i < 64; i++)
                copy[at + i] = (uint8_t)gn_stream_below(random, 256);
            return size;
    }
}

/* Makes a damaged copy; false when the damage happened to change nothing. */
static bool make_copy(gn_stream *random, const original *from, uint8_t *copy, size_t *size) {
    memcpy(copy, from->bytes, from->size);
    *size = damage(random, copy, from->size);
    return *size != from->size || memcmp(copy, from->bytes, from->size) != 0;
}

static void load(original *from, const char *path, bool is_table) {
    void *bytes;
    *from = (original){.name = path, .is_table = is_table};
    assert_ok(gn_read_whole(path, &bytes, &from->size));
    from->bytes = bytes;
    assert_ok(parse(from, from->bytes, from->size));
}

/* Writes files of the size and form of a small network and of its scores. */
static void make_larger(const char *container, const char *table_path) {
    enum { UNITS = 40 };
    static float rec[UNITS][UNITS];
    gn_stream random = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 1, 0);
    gn_file *file = gn_file_new("network");
    gn_tsv *table = gn_tsv_new("scores");
    for (int i = 0; i < 60; i++)
        assert_ok(gn_file_set(file, (char[]){'k', (char)('a' + i / 10), (char)('0' + i % 10), 0}, "%d", i * i));
    assert_ok(gn_tsv_columns(table, "unit\tscore\tz\tclass"));
    for (int i = 0; i < UNITS; i++) {
        for (int k = 0; k < UNITS; k++)
            rec[i][k] = (float)gn_stream_normal(&random);
        gn_tsv_int(table, i);
        gn_tsv_float(table, rec[i][0]);
        gn_tsv_double(table, gn_stream_normal(&random));
        gn_tsv_text(table, "grid");
        assert_ok(gn_tsv_end_row(table));
    }
    assert_ok(gn_file_add(file, "rec", GN_F32, 2, (size_t[]){UNITS, UNITS}, rec));
    assert_ok(gn_file_add(file, "bias", GN_F32, 1, (size_t[]){UNITS}, rec));
    assert_ok(gn_file_write(file, container));
    assert_ok(gn_tsv_write(table, table_path));
    gn_file_free(file);
    gn_tsv_free(table);
}

static void no_damaged_copy_is_accepted(void **state) {
    (void)state;
    gn_test_path folder;
    char path[FILES][64], damaged[64];
    original from[FILES];
    size_t refused = 0, accepted = 0, unchanged = 0, on_disk = 0;
    gn_stream random = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 0, 0);
    gn_test_folder(folder);
    snprintf(path[0], sizeof path[0], "%s/x.gn", folder);
    snprintf(path[1], sizeof path[1], "%s/x.tsv", folder);
    snprintf(damaged, sizeof damaged, "%s/damaged", folder);
    make_larger(path[0], path[1]);
    load(&from[0], path[0], false);
    load(&from[1], path[1], true);
    load(&from[2], "tests/golden/format.gn", false);
    load(&from[3], "tests/golden/format.tsv", true);
    for (size_t i = 0; refused + accepted < COPIES; i++) {
        const original *f = &from[i % FILES];
        size_t size;
        uint8_t *copy =
            malloc(2 * f->size); /* allocated for each copy, so that valgrind sees accesses beyond its end */
        assert_non_null(copy);
        gn_error_clear();
        if (!make_copy(&random, f, copy, &size)) {
            unchanged++;
        } else {
            bool file = i % ON_DISK_EVERY < FILES;
            if (file) put_on_disk(damaged, copy, size);
            on_disk += file;
            gn_status status = file ? read_from_disk(f, damaged) : parse(f, copy, size);
            const char *line = gn_error_message();
            if (status == GN_EFILE && *line && !strchr(line, '\n'))
                refused++;
            else
                accepted++;
        }
        free(copy);
    }
    print_message(
        "# %zu damaged copies (%zu of them as files): %zu refused, %zu accepted; %zu "
        "changes changed nothing\n",
        refused + accepted, on_disk, refused, accepted, unchanged);
    assert_int_equal(accepted, 0);
    assert_int_equal(refused, COPIES);
    for (int i = 0; i < FILES; i++)
        free(from[i].bytes);
    unlink(damaged);
    unlink(path[0]);
    unlink(path[1]);
    rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_damaged_copy_is_accepted)};
    return cmocka_run_group_tests_name("damage", tests, NULL, NULL);
}

#include "gn_test.h"

#include <math.h>
#include <stdio.h>

#include "io/table.h"
#include "io/table_format.h"
#include "io/write.h"

static gn_test_path path;

static int set_up(void **state) {
    (void)state;
    gn_test_file(path);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    unlink(path);
    return 0;
}

static gn_tsv *make(void) {
    gn_tsv *table = gn_tsv_new("test");
    assert_ok(gn_tsv_key(table, "seed", "%d", 7));
    assert_ok(gn_tsv_key(table, "note", "a: b"));
    assert_ok(gn_tsv_columns(table, "unit\tscore\tclass"));
    gn_tsv_int(table, -3);
    gn_tsv_float(table, 0.1f);
    gn_tsv_text(table, "grid");
    assert_ok(gn_tsv_end_row(table));
    gn_tsv_int(table, INT64_MAX);
    gn_tsv_double(table, -NAN);
    gn_tsv_text(table, "");
    assert_ok(gn_tsv_end_row(table));
    gn_tsv_int(table, 0);
    gn_tsv_double(table, -INFINITY);
    gn_tsv_text(table, "\xc3\xa9 #");
    assert_ok(gn_tsv_end_row(table));
    return table;
}

static void written_text_is_as_documented(void **state) {
    (void)state;
    static const char expected[] =
        "# format: gridnav-tsv 1\n# kind: test\n# seed: 7\n# note: a: b\nunit\tscore\tclass\n"
        "-3\t0.100000001\tgrid\n9223372036854775807\tnan\t\n0\t-inf\t\xc3\xa9 #\n";
    char *bytes, end[GN_TABLE_END];
    size_t size;
    gn_tsv *table = make();
    assert_ok(gn_tsv_write(table, path));
    gn_tsv_free(table);
    assert_ok(gn_read_whole(path, (void **)&bytes, &size));
    assert_memory_equal(bytes, expected, sizeof expected - 1);
    gn_table_end_line(end, expected, sizeof expected - 1, 3);
    assert_string_equal(bytes + sizeof expected - 1, end);
    assert_memory_equal(end, "# end: 3 rows, xxh3-128 ", 24);
    free(bytes);
}

static void reads_back_what_was_written(void **state) {
    (void)state;
    gn_table *read;
    int column;
    double value;
    gn_tsv *table = make();
    assert_ok(gn_tsv_write(table, path));
    gn_tsv_free(table);
    assert_ok(gn_table_read(path, "test", &read));
    assert_int_equal(gn_table_rows(read), 3);
    assert_int_equal(gn_table_columns(read), 3);
    assert_string_equal(gn_table_key(read, "note"), "a: b");
    assert_null(gn_table_key(read, "absent"));
    assert_ok(gn_table_column(read, "score", &column));
    assert_int_equal(column, 1);
    assert_ok(gn_table_double(read, 0, column, &value));
    assert_true((float)value == 0.1f);
    assert_ok(gn_table_double(read, 1, column, &value));
    assert_true(isnan(value));
    assert_ok(gn_table_double(read, 2, column, &value));
    assert_true(isinf(value) && value < 0);
    assert_string_equal(gn_table_text(read, 1, 2), "");
    assert_fails(GN_EFILE, "row 1, column class: 'grid'", gn_table_double(read, 0, 2, &value));
    assert_fails(GN_EFILE, "column no is missing", gn_table_column(read, "no", &column));
    gn_table_free(read);
    assert_fails(GN_EFILE, "kind test, expected scores", gn_table_read(path, "scores", &read));
}

static void a_table_without_rows_is_whole(void **state) {
    (void)state;
    gn_table *read;
    gn_tsv *table = gn_tsv_new("test");
    assert_ok(gn_tsv_columns(table, "only"));
    assert_ok(gn_tsv_write(table, path));
    gn_tsv_free(table);
    assert_ok(gn_table_read(path, NULL, &read));
    assert_int_equal(gn_table_rows(read), 0);
    gn_table_free(read);
}

static void doubles_keep_their_bits(void **state) {
    (void)state;
    static const double value[] = {0.1, 1.0 / 3, 4.9406564584124654e-324, 1.7976931348623157e308, -0.0};
    gn_table *read;
    gn_tsv *table = gn_tsv_new("test");
    assert_ok(gn_tsv_columns(table, "x"));
    for (int i = 0; i < 5; i++) {
        gn_tsv_double(table, value[i]);
        assert_ok(gn_tsv_end_row(table));
    }
    assert_ok(gn_tsv_write(table, path));
    gn_tsv_free(table);
    assert_ok(gn_table_read(path, NULL, &read));
    for (size_t i = 0; i < 5; i++) {
        double back;
        assert_ok(gn_table_double(read, i, 0, &back));
        assert_memory_equal(&back, &value[i], sizeof back);
    }
    gn_table_free(read);
}

static void wrong_rows_are_refused(void **state) {
    (void)state;
    gn_tsv *table = gn_tsv_new("test");
    assert_fails(GN_EUSAGE, "without columns", gn_tsv_write(table, path));
    assert_fails(GN_EUSAGE, "twice", gn_tsv_key(table, "kind", "x"));
    assert_fails(GN_EUSAGE, "keys are", gn_tsv_key(table, "Kind", "x"));
    assert_fails(GN_EUSAGE, "keys are", gn_tsv_key(table, "a", "x\ny"));
    assert_fails(GN_EUSAGE, "one name", gn_tsv_columns(table, "a\ta"));
    assert_fails(GN_EUSAGE, "no name", gn_tsv_columns(table, "a\t"));
    assert_fails(GN_EUSAGE, "no name", gn_tsv_columns(table, "#a"));
    assert_ok(gn_tsv_columns(table, "a\tb"));
    assert_fails(GN_EUSAGE, "twice", gn_tsv_columns(table, "c"));
    assert_fails(GN_EUSAGE, "before", gn_tsv_key(table, "late", "x"));
    gn_tsv_int(table, 1);
    assert_fails(GN_EUSAGE, "unfinished", gn_tsv_write(table, path));
    assert_fails(GN_EUSAGE, "1 cells, expected 2", gn_tsv_end_row(table));
    gn_tsv_free(table);
    table = gn_tsv_new("test");
    assert_ok(gn_tsv_columns(table, "a"));
    gn_error_clear();
    gn_tsv_text(table, "x\ty");
    assert_int_equal(gn_tsv_end_row(table), GN_EUSAGE);
    assert_non_null(strstr(gn_error_message(), "control"));
    gn_tsv_free(table);
    gn_error_clear();
}

static gn_status parse(const char *text, bool plain) {
    gn_table *table;
    gn_status status = gn_table_parse(text, strlen(text), "made", NULL, plain, &table);
    if (!status) gn_table_free(table);
    return status;
}

/* Parses a text to which a correct last line is added, so that the reader gets to the checks of the other lines. */
static gn_status parse_sealed(const char *text, size_t rows) {
    char whole[1000], end[GN_TABLE_END];
    gn_table_end_line(end, text, strlen(text), rows);
    snprintf(whole, sizeof whole, "%s%s", text, end);
    return parse(whole, false);
}

static void malformed_tables_are_refused(void **state) {
    (void)state;
#define START "# format: gridnav-tsv 1\n# kind: x\n"
    assert_ok(parse_sealed(START "a\tb\n1\t2\n", 1));
    assert_fails(GN_EFILE, "last line", parse_sealed(START "a\tb\n1\t2\n", 2));
    assert_fails(GN_EFILE, "1 cells, expected 2", parse_sealed(START "a\tb\n1\n", 1));
    assert_fails(GN_EFILE, "3 cells, expected 2", parse_sealed(START "a\tb\n1\t2\t3\n", 1));
    assert_fails(GN_EFILE, "begins with '#'", parse_sealed(START "a\tb\n# x\n1\t2\n", 1));
    assert_fails(GN_EFILE, "one name", parse_sealed(START "a\ta\n", 0));
    assert_fails(GN_EFILE, "no name", parse_sealed(START "a\t\n", 0));
    assert_fails(GN_EFILE, "repeated", parse_sealed(START "# kind: y\na\n", 0));
    assert_fails(GN_EFILE, "no row of column names", parse_sealed(START, 0));
    assert_fails(GN_EFILE, "byte 0d", parse_sealed(START "a\r\n", 0));
    assert_fails(GN_EFILE, "byte 1b", parse_sealed(START "a\n\x1b\n", 1));
    assert_fails(GN_EFILE, "format", parse_sealed("# format: gridnav-tsv 2\na\n", 0));
    assert_fails(GN_EFILE, "# format", parse_sealed("# kind: x\na\n", 0));
    assert_fails(GN_EFILE, "# end", parse(START "a\n1\n", false));
    assert_fails(GN_EFILE, "hash",
                 parse(START "a\n1\n# end: 1 rows, xxh3-128 "
                             "00000000000000000000000000000000\n",
                       false));
    assert_fails(GN_EFILE, "hash", parse(START "# end: x\n", false));
    assert_fails(GN_EFILE, "not a gridnav table", parse("", false));
}

static void hand_written_tables_are_read(void **state) {
    (void)state;
    gn_table *table;
    static const char text[] = "# a comment\n\n# kind: claims\nid\trange\n# between\nC1\t0..1\n\nC2\t-";
    assert_ok(gn_table_parse(text, sizeof text - 1, "made", "claims", true, &table));
    assert_int_equal(gn_table_rows(table), 2);
    assert_string_equal(gn_table_text(table, 1, 0), "C2");
    assert_string_equal(gn_table_text(table, 1, 1), "-");
    gn_table_free(table);
    assert_fails(GN_EFILE, "cells", parse("a\tb\n1\n", true));
    assert_fails(GN_EFILE, "kind (none), expected x", gn_table_parse("a\n", 2, "made", "x", true, &table));
}

static void keys_of_a_file_are_copied_by_their_prefixes(void **state) {
    (void)state;
    static const char expected[] =
        "# format: gridnav-tsv 1\n# kind: test\n# recipe.b: 2\n# update: 7\n# recipe.a: 1\nx\n";
    char *bytes;
    size_t size;
    gn_file *file = gn_file_new("network");
    assert_ok(gn_file_set(file, "recipe.b", "2"));
    assert_ok(gn_file_set(file, "mse", "0.1"));
    assert_ok(gn_file_set(file, "update", "7"));
    assert_ok(gn_file_set(file, "recipe.a", "1"));
    gn_tsv *table = gn_tsv_new("test");
    assert_ok(gn_tsv_copy_keys(table, file, (const char *const[]){"update", "recipe.", NULL}));
    assert_ok(gn_tsv_columns(table, "x"));
    assert_ok(gn_tsv_write(table, path));
    assert_ok(gn_read_whole(path, (void **)&bytes, &size));
    assert_memory_equal(bytes, expected, sizeof expected - 1);
    free(bytes);
    gn_tsv_free(table);
    gn_file_free(file);
}

static void any_flipped_bit_or_length_is_refused(void **state) {
    (void)state;
    char *bytes;
    size_t size;
    gn_table *read;
    gn_tsv *table = make();
    assert_ok(gn_tsv_write(table, path));
    gn_tsv_free(table);
    assert_ok(gn_read_whole(path, (void **)&bytes, &size));
    for (size_t bit = 0; bit < 8 * size; bit++) {
        bytes[bit / 8] ^= (char)(1 << bit % 8);
        gn_error_clear();
        if (gn_table_parse(bytes, size, "x", NULL, false, &read) != GN_EFILE)
            fail_msg("bit %zu of byte %zu: accepted", bit % 8, bit / 8);
        bytes[bit / 8] ^= (char)(1 << bit % 8);
    }
    for (size_t cut = 0; cut < size; cut++) {
        gn_error_clear();
        assert_int_equal(gn_table_parse(bytes, cut, "x", NULL, false, &read), GN_EFILE);
    }
    assert_ok(gn_table_parse(bytes, size, "x", NULL, false, &read));
    gn_table_free(read);
    free(bytes);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(written_text_is_as_documented),
        TEST(reads_back_what_was_written),
        TEST(a_table_without_rows_is_whole),
        TEST(doubles_keep_their_bits),
        TEST(wrong_rows_are_refused),
        TEST(malformed_tables_are_refused),
        TEST(hand_written_tables_are_read),
        TEST(any_flipped_bit_or_length_is_refused),
        TEST(keys_of_a_file_are_copied_by_their_prefixes),
    };
    return cmocka_run_group_tests_name("tsv", tests, NULL, NULL);
}

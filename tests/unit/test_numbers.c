/* Users' tables: files as trackers, R, pandas, NumPy, C and spreadsheets write them give the same numbers, or are
 * refused with the place of the fault. */
#include <math.h>
#include <stdio.h>

#include "gn_test.h"
#include "io/numbers.h"
#include "io/write.h"

static const char *const track_names[] = {"time|t|frame", "x", "y"};
static const gn_numbers_wanted any = {.missing = true};
static const gn_numbers_wanted complete = {0};
static const gn_numbers_wanted track = {.missing = true, .option = "--track-columns", .count = 3, .name = track_names};

static gn_numbers read_text(const char *text, const gn_numbers_wanted *wanted) {
    gn_numbers n;
    gn_error_clear();
    gn_status status = gn_numbers_parse(text, strlen(text), "made", wanted, &n);
    if (status) fail_msg("'%s': %s", text, gn_error_message());
    assert_int_equal(n.rank, 2);
    return n;
}

/* Asserts the values, row after row; nan stands for a missing one. */
static void assert_values(const gn_numbers *n, size_t rows, size_t columns, const double *value) {
    assert_int_equal(n->shape[0], rows);
    assert_int_equal(n->shape[1], columns);
    for (size_t i = 0; i < rows * columns; i++)
        if (isnan(value[i]) ? !isnan(n->value[i]) : n->value[i] != value[i])
            fail_msg("value %zu: %g, expected %g", i, n->value[i], value[i]);
}

static void assert_reads(const char *text, const gn_numbers_wanted *wanted, size_t rows, size_t columns,
                         const double *value) {
    gn_numbers n = read_text(text, wanted);
    assert_values(&n, rows, columns, value);
    gn_numbers_free(&n);
}

static void assert_refused(const char *words, const char *text, const gn_numbers_wanted *wanted) {
    gn_numbers n;
    assert_fails(GN_EFILE, words, gn_numbers_parse(text, strlen(text), "made", wanted, &n));
    assert_null(n.value);
    assert_null(strchr(gn_error_message(), '\n'));
}

/* ---- text ---------------------------------------------------------------------------------- */

static void separators_are_found(void **state) {
    (void)state;
    const double plain[] = {1, 2.5, -300, NAN, 0, 4};
    assert_reads("1 2.5 -3e2\nnan 0 4\n", &any, 2, 3, plain);
    assert_reads("  1   2.5 -3e2  \r\nnan 0 4", &any, 2, 3, plain);
    assert_reads("1\t2.5\t-3e2\n\t0\t4\n", &any, 2, 3, plain);
    assert_reads("1,2.5,-3e2\n,0,4\n", &any, 2, 3, plain);
    assert_reads("1, 2.5, -3e2\n , 0, 4\n", &any, 2, 3, plain);
    assert_reads("1\t2,5\t-3e2\n\t0\t4\n", &any, 2, 3, plain); /* a decimal comma, as of R's write.csv2 below */
    assert_reads("1;2.5;-3e2\n;0;4\n", &any, 2, 3, plain);
    assert_reads("1;2,5;-3e2\n;0;4\n", &any, 2, 3, plain);
    assert_reads("\"1\",\"2.5\",\"-3e2\"\n\"\",\"0\",\"4\"\n", &any, 2, 3, plain);
    assert_reads("\"1\" \"2.5\"  \"-3e2\"\n\"NA\" 0 4\n", &any, 2, 3, plain);
    assert_reads("\xef\xbb\xbf# made\n\n1\t2.5\t-3e2\n#\n\t0\t4\n", &any, 2, 3, plain);
    assert_reads("1 2.5 -3e2\rnan 0 4\r", &any, 2, 3, plain);
}

static void empty_cells_stay_where_they_are(void **state) {
    (void)state;
    const double map[] = {1, NAN, 3, NAN, NAN, NAN, 7, 8, NAN};
    assert_reads("1\t\t3\n\t\t\n7\t8\t\n", &any, 3, 3, map);
    assert_reads("1,,3\n,,\n7,8,\n", &any, 3, 3, map);
    assert_reads("1;;3\n;;\n7;8;\n", &any, 3, 3, map);
    assert_reads("\t\t\n1\t2\t3\n", &any, 2, 3, (double[]){NAN, NAN, NAN, 1, 2, 3});
    assert_refused("line 2: 2 cells, expected 3 as in line 1", "1\t\t3\n1\t3\n", &any);
}

static void missing_and_numbers_in_all_spellings(void **state) {
    (void)state;
    assert_reads(
        "0 0 0 0 0 0 0 0 0 0 0 0\nNA NaN nan -nan +NaN inf -inf Infinity null None N/A 0\n", &any, 2, 12,
        (double[]){0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0});
    assert_reads("#N/A,#N/A,<NA>\n1,2,3\n", &any, 2, 3, (double[]){NAN, NAN, NAN, 1, 2, 3});
    /* A spreadsheet's rate where no time was spent. Such a row is neither a comment nor a header row. */
    assert_reads("#DIV/0!,#DIV/0!\n1,#DIV/0!\n#DIV/0!,2\n", &any, 3, 2, (double[]){NAN, NAN, 1, NAN, NAN, 2});
    assert_reads("0,1,2,3\n-nan(ind),nan(snan),missing,NAN(0x7)\n", &any, 2, 4,
                 (double[]){0, 1, 2, 3, NAN, NAN, NAN, NAN});
    assert_reads("+1e0 +.5 -1E+2 5. 007 -0\n", &any, 1, 6, (double[]){1, 0.5, -100, 5, 7, 0});
}

static void numbers_that_are_none_are_refused_with_their_place(void **state) {
    (void)state;
    static const struct {
        const char *words, *text;
    } bad[] = {{"no numbers", ""},
               {"no numbers", "# x\n\n"},
               {"no numbers", "t x y\n"},
               {"line 3, column 1: '1,5'", "1 2\n\n1,5 2\n"},
               {"line 1, column 1: '0x10'", "0x10\n"},
               {"line 2, column 2 (b): '1e999'", "a b\n1 1e999\n"},
               {"line 1, column 3: 'o'", "0 0 o\n1 1 1\n"}, /* no header row: it has numbers */
               {"line 2, column 1: '+-1'", "1\n+-1\n"},
               {"line 2, column 1: '1 2'", "1\t2\n1 2\t3\n"},
               {"line 2, column 2: '1,234'", "1.5;2\n3.5;1,234\n"}, /* a decimal comma beside decimal points */
               {"line 2, column 1: '1.5'", "1,5;2\n1.5;2\n"},
               {"line 1, column 2: a quote", "1,\"2\n"},
               {"line 1, column 1: 'x,2' behind", "\"1\"x,2\n"},
               {"line 3: 1 cells, expected 2 as in line 1", "a,b\n1,2\n3\n"},
               {"line 2, column 2: '#NUM!'", "1,2\n#N/A,#NUM!\n"},
               {"line 2, column 1: '#REF!'", "1,2\n#REF!,2\n"}, /* a spreadsheet's error, not a comment */
               {"line 1, column 1: '#NUM!'", "#NUM!,#NUM!\n1,2\n"},
               {"line 1, column 1: 'nan(', expected", "nan( 1\n"},
               {"UTF-16",
                "\xff\xfe"
                "1"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_refused(bad[i].words, bad[i].text, &any);
    assert_refused("line 2, column 2: 'NA', expected a finite number", "1 2\n3 NA\n", &complete);
    assert_refused("line 2, column 2: '', expected a finite number", "1\t2\n3\t\n", &complete);
    gn_numbers n;
    assert_fails(GN_EFILE, "NUL byte at 1", gn_numbers_parse("1\0", 3, "made", &any, &n));
    assert_fails(GN_EIO, "absent", gn_numbers_read("/nonexistent/absent", &any, &n));
}

static void header_rows_and_row_names(void **state) {
    (void)state;
    const double two[] = {0.5, 1.5, 2.5, 3.5};
    assert_reads("a,b\n0.5,1.5\n2.5,3.5\n", &any, 2, 2, two);
    assert_reads("\"V1\" \"V2\"\n\"1\" 0.5 1.5\n\"2\" 2.5 3.5\n", &any, 2, 2, two);      /* R's write.table */
    assert_reads("\"\",\"V1\",\"V2\"\n\"1\",0.5,1.5\n\"2\",2.5,3.5\n", &any, 2, 2, two); /* R's write.csv */
    assert_reads(",0,1\n0,0.5,1.5\n1,2.5,3.5\n", &any, 2, 2, two);                       /* pandas' to_csv */
    assert_reads(",0,1\nup,0.5,1.5\ndown,2.5,3.5\n", &any, 2, 2, two);
    /* The first cell of a map, whose bin was not visited, is not taken for a header. */
    assert_reads(",0,1\n0.5,1.5,2.5\n", &any, 2, 3, (double[]){NAN, 0, 1, 0.5, 1.5, 2.5});
    assert_reads(",2,1\n0,1.5,2.5\n", &any, 2, 3, (double[]){NAN, 2, 1, 0, 1.5, 2.5});
    /* A separator at the end of a row is no row name, whose column the header would not name. */
    assert_refused("line 2: 3 cells, expected 2", "a,b\n0.5,1.5,\n2.5,3.5,\n", &any);
    assert_reads("a,b\n,\n1,2\n", &any, 2, 2, (double[]){NAN, NAN, 1, 2});
}

static void columns_are_chosen(void **state) {
    (void)state;
    static const char text[] = "frame,x,y,who\n1,2,3,rat\n4,,6,\"a, b\"\n";
    const double by_name[] = {1, 2, 3, 4, NAN, 6};
    gn_numbers_wanted wanted = track;
    assert_reads(text, &wanted, 2, 3, by_name);
    wanted.columns = "y,1,x";
    assert_reads(text, &wanted, 2, 3, (double[]){3, 1, 2, 6, 4, NAN});
    wanted.columns = " y, 1 ,x ";
    assert_reads(text, &wanted, 2, 3, (double[]){3, 1, 2, 6, 4, NAN});
    wanted.columns = "1-3";
    assert_reads(text, &wanted, 2, 3, by_name);
    /* Columns are found by name in any order, case and unit; without a header row or such names they are taken in
     * order. */
    assert_reads("Y (cm)\tX_cm\tTime [s]\n3\t2\t1\n6\tNA\t4\n", &track, 2, 3, by_name);
    assert_reads("1 2 3\n4 nan 6\n", &track, 2, 3, by_name);
    assert_reads("a b c\n1 2 3\n4 nan 6\n", &track, 2, 3, by_name);
    gn_numbers n = read_text(text, &track);
    assert_string_equal(gn_numbers_where(&n, 5).text, "line 3, column 3 (y)");
    assert_string_equal(gn_numbers_row(&n, 1).text, "line 3");
    assert_int_equal(n.column[2], 3);
    gn_numbers_free(&n);
    assert_refused("3: time, x, y (choose with --track-columns)", "1 2\n3 4\n", &track);
    assert_refused("4 columns, expected 3: time, x, y", "1 2 3 4\n", &track);
    assert_refused("columns 'x', 'y', 'z'", "x y z\n1 2 3\n", &track); /* two of them are known: the third is no time */
    assert_refused("'x', 'x_cm'", "t x x_cm y\n1 2 3 4\n", &track);
    assert_refused("line 2, column 4 (who): 'rat'", text, &any);
    static const struct {
        const char *words, *columns;
    } bad[] = {{"'z' is no column of made, which has columns 'frame', 'x', 'y', 'who'", "frame,x,z"},
               {"'5' is no column", "1,2,5"},
               {"'0' is no column", "0,2,3"},
               {"column 1 of made twice", "1,frame,2"},
               {"2 columns, expected 3", "x,y"},
               {"'' is no column", "1,,2"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        wanted.columns = bad[i].columns;
        assert_fails(GN_EUSAGE, bad[i].words, gn_numbers_parse(text, strlen(text), "made", &wanted, &n));
    }
}

static void what_is_written_reads_back(void **state) {
    (void)state;
    gn_test_path path;
    gn_test_file(path);
    const double value[] = {0.1, NAN, -3e-300, 4};
    gn_numbers n;
    assert_ok(gn_numbers_write(path, 2, 2, value));
    assert_ok(gn_numbers_read(path, &any, &n));
    assert_values(&n, 2, 2, value);
    gn_numbers_free(&n);
    unlink(path);
}

/* ---- NPY ----------------------------------------------------------------------------------- */

typedef struct {
    unsigned char byte[4096];
    size_t size;
} npy;

static void add(npy *f, const void *bytes, size_t size) {
    assert_true(f->size + size <= sizeof f->byte);
    memcpy(f->byte + f->size, bytes, size);
    f->size += size;
}

/* A header of this version, padded as NumPy pads it. */
static npy npy_begin(int version, const char *header) {
    npy f = {.byte = "\x93NUMPY", .size = 6};
    size_t length = strlen(header) + 1, start = version == 1 ? 10 : 12;
    size_t padded = (start + length + 63) / 64 * 64 - start;
    unsigned char head[6] = {(unsigned char)version, 0, (unsigned char)padded, (unsigned char)(padded >> 8), 0, 0};
    add(&f, head, start - 6);
    add(&f, header, length - 1);
    for (size_t i = length - 1; i + 1 < padded; i++)
        add(&f, " ", 1);
    add(&f, "\n", 1);
    return f;
}

/* A number as `size` bytes. */
static void add_bits(npy *f, uint64_t bits, size_t size, bool big) {
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)(bits >> 8 * (big ? size - 1 - i : i));
        add(f, &byte, 1);
    }
}

static uint64_t bits_of(const char *type, double value) {
    uint64_t bits = 0;
    if (strcmp(type, "f8") == 0) memcpy(&bits, &value, 8);
    if (strcmp(type, "f4") == 0) {
        float single = (float)value;
        memcpy(&bits, &single, 4);
    }
    if (strcmp(type, "f2") == 0) bits = value == 1 ? 0x3c00 : value == -2.5 ? 0xc100 : value == 100 ? 0x5640 : 0;
    if (type[0] == 'i') bits = (uint64_t)(int64_t)value;
    if (type[0] == 'u') bits = (uint64_t)value;
    return bits;
}

static void npy_of_all_types_orders_and_versions(void **state) {
    (void)state;
    static const char *const types[] = {"f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"};
    for (size_t t = 0; t < sizeof types / sizeof *types; t++)
        for (int form = 0; form < 12; form++) {
            const bool big = form & 1, fortran = form & 2;
            const int version = 1 + form / 4;
            const double low = types[t][0] == 'f' ? -2.5 : types[t][0] == 'i' ? -2 : 2;
            const double value[] = {1, low, 100, 0, low, 1}; /* 2 x 3 */
            char header[100];
            snprintf(header, sizeof header, "{'descr': '%c%s', 'fortran_order': %s, 'shape': (2, 3), }",
                     big ? '>' : '<', types[t], fortran ? "True" : "False");
            npy f = npy_begin(version, header);
            for (size_t i = 0; i < 6; i++)
                add_bits(&f, bits_of(types[t], value[fortran ? i % 2 * 3 + i / 2 : i]), (size_t)(types[t][1] - '0'),
                         big);
            gn_numbers n;
            assert_ok(gn_numbers_parse(f.byte, f.size, "made", &complete, &n));
            assert_int_equal(n.rank, 2);
            assert_values(&n, 2, 3, value);
            assert_string_equal(gn_numbers_where(&n, 4).text, "element [1, 1]");
            gn_numbers_free(&n);
        }
}

static void npy_of_more_extents_and_chosen_columns(void **state) {
    (void)state;
    gn_numbers n;
    npy f = npy_begin(1, "{\"shape\": (2,3,4), 'fortran_order': True, 'descr': '|u1'}");
    for (uint64_t i = 0; i < 24; i++)
        add_bits(&f, i, 1, false);
    const gn_numbers_wanted maps = {.rank = 3, .missing = true};
    assert_ok(gn_numbers_parse(f.byte, f.size, "made", &maps, &n));
    assert_int_equal(n.rank, 3);
    assert_true(n.shape[0] == 2 && n.shape[1] == 3 && n.shape[2] == 4 && n.column == NULL);
    for (size_t a = 0; a < 2; a++)
        for (size_t b = 0; b < 3; b++)
            for (size_t c = 0; c < 4; c++)
                assert_true(n.value[(a * 3 + b) * 4 + c] == (double)(a + 2 * b + 6 * c));
    assert_string_equal(gn_numbers_where(&n, 23).text, "element [1, 2, 3]");
    gn_numbers_free(&n);
    assert_fails(GN_EFILE, "3 extents, expected 2", gn_numbers_parse(f.byte, f.size, "made", &any, &n));

    f = npy_begin(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4)}");
    for (int i = 0; i < 8; i++)
        add_bits(&f, bits_of("f4", i == 5 ? NAN : i), 4, false);
    gn_numbers_wanted wanted = track;
    wanted.columns = "4,2,1";
    assert_ok(gn_numbers_parse(f.byte, f.size, "made", &wanted, &n));
    assert_values(&n, 2, 3, (double[]){3, 1, 0, 7, NAN, 4});
    assert_string_equal(gn_numbers_where(&n, 4).text, "element [1, 1]");
    assert_string_equal(gn_numbers_row(&n, 1).text, "row 1");
    gn_numbers_free(&n);
    assert_fails(GN_EFILE, "4 columns, expected 3", gn_numbers_parse(f.byte, f.size, "made", &track, &n));
    assert_fails(GN_EFILE, "element [1, 1]", gn_numbers_parse(f.byte, f.size, "made", &complete, &n));
}

static void npy_halves(void **state) {
    (void)state;
    static const uint16_t bits[] = {0x0001, 0x8400, 0x7bff, 0x7c00, 0xfe00, 0x3555};
    const double value[] = {ldexp(1, -24), -ldexp(1, -14), 65504, NAN, NAN, 0.333251953125};
    npy f = npy_begin(2, "{'descr': '>f2', 'fortran_order': False, 'shape': (1, 6)}");
    for (int i = 0; i < 6; i++)
        add_bits(&f, bits[i], 2, true);
    gn_numbers n;
    assert_ok(gn_numbers_parse(f.byte, f.size, "made", &any, &n));
    assert_values(&n, 1, 6, value);
    gn_numbers_free(&n);
}

static void npy_that_is_none_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *words, *header;
        int version;
    } bad[] = {
        {"version 4", "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1)}", 4},
        {"type '<c8', accepted", "{'descr': '<c8', 'fortran_order': False, 'shape': (1, 1)}", 1},
        {"type '<f16'", "{'descr': '<f16', 'fortran_order': False, 'shape': (1, 1)}", 1},
        {"type '|O'", "{'descr': '|O', 'fortran_order': False, 'shape': (1, 1)}", 1},
        {"type [('t'", "{'descr': [('t', '<f8')], 'fortran_order': False, 'shape': (1, 1)}", 1},
        {"fortran_order Maybe", "{'descr': '<f8', 'fortran_order': Maybe, 'shape': (1, 1)}", 1},
        {"1 extents, expected 2", "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", 1},
        {"0 extents", "{'descr': '<f8', 'fortran_order': False, 'shape': ()}", 1},
        {"up to 5", "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1, 1)}", 1},
        {"extent 1 is 0", "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 0)}", 1},
        {"not those of its shape", "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2)}", 1},
        {"not those of its shape", "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296)}", 1},
        {"key 'more'", "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), 'more': 1}", 1},
        {"expected descr", "{'descr': '<f8', 'shape': (1, 1)}", 1},
        {"dictionary", "[]", 1}};
    gn_numbers n;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        npy f = npy_begin(bad[i].version, bad[i].header);
        add_bits(&f, bits_of("f8", 1), 8, false);
        assert_fails(GN_EFILE, bad[i].words, gn_numbers_parse(f.byte, f.size, "made", &any, &n));
    }
    npy whole = npy_begin(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1)}");
    add_bits(&whole, bits_of("f8", 1), 8, false);
    for (size_t size = 6; size < whole.size; size++) /* cut anywhere behind the magic */
        assert_fails(GN_EFILE, "NPY", gn_numbers_parse(whole.byte, size, "made", &any, &n));
    add(&whole, "", 1);
    assert_fails(GN_EFILE, "not those of its shape", gn_numbers_parse(whole.byte, whole.size, "made", &any, &n));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(separators_are_found),
        cmocka_unit_test(empty_cells_stay_where_they_are),
        cmocka_unit_test(missing_and_numbers_in_all_spellings),
        cmocka_unit_test(numbers_that_are_none_are_refused_with_their_place),
        cmocka_unit_test(header_rows_and_row_names),
        cmocka_unit_test(columns_are_chosen),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(npy_of_all_types_orders_and_versions),
        cmocka_unit_test(npy_of_more_extents_and_chosen_columns),
        cmocka_unit_test(npy_halves),
        cmocka_unit_test(npy_that_is_none_is_refused),
    };
    return cmocka_run_group_tests_name("numbers", tests, NULL, NULL);
}

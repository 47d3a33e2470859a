#include "gn_test.h"

#include "cli/options.h"
#include "cli/options_table.h"

static gn_status nothing(const gn_options *options) {
    (void)options;
    return GN_OK;
}

static const gn_option table[] = {
    {.name = "count",
     .type = GN_OPTION_INT,
     .fallback = "3",
     .min = -5,
     .max = 100,
     .unit = "steps",
     .help = "a count"},
    {.name = "counter", .type = GN_OPTION_INT, .fallback = "4", .max = 1e15, .help = "its name begins as another's"},
    {.name = "share", .type = GN_OPTION_REAL, .fallback = "0.5", .max = 1, .help = "a share"},
    {.name = "shape", .type = GN_OPTION_CHOICE, .fallback = "round", .choices = "flat|round", .help = "a shape"},
    {.name = "label", .type = GN_OPTION_TEXT, .fallback = "", .help = "a text"},
    {.name = "map", .type = GN_OPTION_INPUT, .fallback = "", .help = "a file"},
    {.name = "fast", .type = GN_OPTION_FLAG, .fallback = NULL, .help = "a flag"},
    {.name = "size", .type = GN_OPTION_REAL, .fallback = NULL, .max = 9, .help = "must be given"},
    {0}};
static const gn_program program = {.name = "tester",
                                   .purpose = "Tests.",
                                   .operands = "FILE [FILE]",
                                   .operands_min = 1,
                                   .operands_max = 2,
                                   .option = table,
                                   .run = nothing};

/* Parses blank-separated words; the words must live as long as the options. */
static gn_status parse(char *words, gn_options **options, gn_ask *ask) {
    static char *argv[64];
    int argc = 0;
    argv[argc++] = "tester";
    for (char *word; (word = strsep(&words, " "));)
        if (*word) argv[argc++] = word;
    argv[argc] = NULL;
    return gn_options_parse(&program, argc, argv, options, ask);
}

static void values_and_defaults(void **state) {
    (void)state;
    gn_options *o;
    gn_ask ask;
    char words[] =
        "a.gn --count -5 --share=1e-1 --fast --shape flat --size 2.50 --output x --seed 12 "
        "--label=--odd --map m.tsv b.gn";
    assert_ok(parse(words, &o, &ask));
    assert_int_equal(ask, GN_ASK_RUN);
    assert_int_equal(gn_option_int(o, "count"), -5);
    assert_int_equal(gn_option_int(o, "counter"), 4);
    assert_true(gn_option_real(o, "share") == 0.1);
    assert_int_equal(gn_option_choice(o, "shape"), 0);
    assert_true(gn_option_flag(o, "fast"));
    assert_string_equal(gn_option_text(o, "label"), "--odd");
    assert_string_equal(gn_option_text(o, "share"), "0.1"); /* one text a value */
    assert_string_equal(gn_option_text(o, "size"), "2.5");
    assert_string_equal(gn_option_text(o, "fast"), "yes");
    assert_true(gn_option_given(o, "count"));
    assert_false(gn_option_given(o, "counter"));
    assert_int_equal(gn_option_seed(o), 12);
    assert_true(gn_option_threads(o) >= 1);
    assert_string_equal(gn_option_output(o), "x");
    assert_int_equal(gn_option_operands(o), 2);
    assert_string_equal(gn_option_operand(o, 1), "b.gn");
    bool in_place;
    const char *name;
    assert_string_equal(gn_options_input_at(o, 0, &in_place), "m.tsv");
    assert_string_equal(gn_options_input_at(o, 1, &in_place), "a.gn");
    assert_string_equal(gn_options_input_at(o, 2, &in_place), "b.gn");
    assert_null(gn_options_input_at(o, 3, &in_place));
    assert_string_equal(gn_options_output_at(o, 0, &name), "x");
    assert_string_equal(name, "output");
    assert_null(gn_options_output_at(o, 1, &name));
    assert_null(gn_options_folder_at(o, 0));
    gn_options_free(o);
}

static void absent_values(void **state) {
    (void)state;
    gn_options *o;
    gn_ask ask;
    char words[] = "--size 1 --output x -- --a";
    assert_ok(parse(words, &o, &ask));
    assert_null(gn_option_text(o, "label"));
    assert_null(gn_option_text(o, "map"));
    assert_false(gn_option_flag(o, "fast"));
    assert_string_equal(gn_option_text(o, "fast"), "no");
    assert_string_equal(gn_option_operand(o, 0), "--a"); /* what follows -- */
    gn_options_free(o);
}

static void wrong_lines_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *line, *words;
    } bad[] = {
        {"a", "--size X must be given"},
        {"--size 1 a", "--output FILE must be given"},
        {"--size 1 --output x", "0 operands given, expected FILE [FILE]"},
        {"--size 1 --output x a b c", "unexpected operand 'c'"},
        {"--size 1 --output x a --cou 3", "unknown option '--cou'"},
        {"--size 1 --output x a --labe 3", "unknown option '--labe'"},
        {"--size 1 --output x a --labe=3", "unknown option '--labe=3'"},
        {"--size 1 --output x a --fas", "unknown option '--fas'"},
        {"--size 1 --output x a --nonsense", "unknown option '--nonsense'"},
        {"--size 1 --output x a -s 3", "unknown option '-s'"},
        {"--size 1 --output x a -seed 3", "unknown option '-seed'"},
        {"--size 1 --output x a --fast=1", "--fast takes no value ('--fast=1')"},
        {"--size 1 --output x a --count", "--count: its value is missing"},
        {"--size 1 --output --seed a", "--output: its value is missing"},
        {"--size 1 --size 1 --output x a", "--size is given twice"},
        {"--fast --fast --size 1 --output x a", "--fast is given twice"},
        {"--size 1 --output x a --count 101", "--count: '101', expected integer in -5..100 steps"},
        {"--size 1 --output x a --count -6", "--count: '-6'"},
        {"--size 1 --output x a --count 1.0", "--count: '1.0'"},
        {"--size 1 --output x a --count=", "--count: ''"},
        {"--size 1 --output x a --count 99999999999999999999", "--count"},
        {"--size 1 --output x a --share 1.01", "--share: '1.01', expected number in 0..1"},
        {"--size 1 --output x a --share nan", "--share: 'nan'"},
        {"--size 1 --output x a --share 0x1", "--share: '0x1'"},
        {"--size 1 --output x a --shape fl", "--shape: 'fl', expected one of flat|round"},
        {"--size 1 --output x a --map=", "--map: ''"},
        {"--size 1 --output x a --seed -1", "--seed: '-1'"},
        {"--size 1 --output x a --threads 0", "--threads: '0', expected integer in 1..1024"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        gn_options *o;
        gn_ask ask;
        char words[200];
        strcpy(words, bad[i].line);
        assert_fails(GN_EUSAGE, bad[i].words, parse(words, &o, &ask));
        assert_null(o);
    }
}

static void questions_need_nothing_else(void **state) {
    (void)state;
    static const struct {
        const char *line;
        gn_ask ask;
    } question[] = {{"--help", GN_ASK_HELP}, {"--version", GN_ASK_VERSION}, {"--man", GN_ASK_MAN}};
    for (size_t i = 0; i < 3; i++) {
        gn_options *o;
        gn_ask ask;
        char words[20];
        strcpy(words, question[i].line);
        assert_ok(parse(words, &o, &ask));
        assert_int_equal(ask, question[i].ask);
        gn_options_free(o);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_and_defaults),
        cmocka_unit_test(absent_values),
        cmocka_unit_test(wrong_lines_are_refused),
        cmocka_unit_test(questions_need_nothing_else),
    };
    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}

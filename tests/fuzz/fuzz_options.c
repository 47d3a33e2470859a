/* The parser of command lines. The lines of the input are the words. */
#include "cli/options.h"
#include "cli/options_table.h"
#include "fuzz.h"

static gn_status nothing(const gn_options *options) {
    (void)options;
    return GN_OK;
}

static const gn_option rows[] = {
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
    {0}};
static const gn_program program = {
    .name = "fuzz", .purpose = "", .operands = "FILE...", .operands_max = 5, .option = rows, .run = nothing};

static void use_everything(const gn_options *options, gn_ask ask) {
    int64_t count = gn_option_int(options, "count");
    double share = gn_option_real(options, "share");
    MUST(count >= -5 && count <= 100);
    MUST(share >= 0 && share <= 1);
    MUST(gn_option_choice(options, "shape") >= 0 && gn_option_choice(options, "shape") <= 1);
    MUST(gn_option_threads(options) >= 1);
    MUST(gn_option_seed(options) <= 9007199254740991);
    for (const gn_option *row = rows; row->name; row++)
        MUST(gn_option_text(options, row->name) || !*row->fallback);
    if (ask == GN_ASK_RUN) MUST(gn_option_output(options) && gn_option_operands(options) <= 5);
    for (int i = 0; i < gn_option_operands(options); i++)
        MUST(gn_option_operand(options, i) != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    enum { WORDS = 40 };
    char *argv[WORDS + 2] = {"fuzz"}, *text = malloc(size + 1), *rest = text;
    int argc = 1;
    gn_options *options;
    gn_ask ask;
    MUST(text != NULL);
    if (size) memcpy(text, data, size);
    text[size] = '\0';
    while (argc <= WORDS && (argv[argc] = strsep(&rest, "\n")))
        argc++;
    argv[argc] = NULL;
    gn_status status = gn_options_parse(&program, argc, argv, &options, &ask);
    if (status)
        must_refuse(status, GN_EUSAGE);
    else
        use_everything(options, ask);
    gn_options_free(options);
    free(text);
    return 0;
}

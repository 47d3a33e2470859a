/* Recipes: the training that options ask for, what its header says, and options that do not go together. */
#include "gn_test.h"

#include <stdio.h>

#include "cli/options_table.h"
#include "network/recipe.h"

static gn_status nothing(const gn_options *options) {
    (void)options;
    return GN_OK;
}

static const gn_program program = {
    .name = "train", .purpose = "Trains.", .operands = "", .option = gn_training_options, .run = nothing};

/* Makes a training from blank-separated words. Its texts live as long as `words`. */
static gn_status make(const char *line, gn_training *t) {
    char words[512], *rest = words, *argv[64] = {"train", "--output", "no.gn"};
    int argc = 3;
    gn_options *options = NULL;
    gn_ask ask;
    gn_trajectories given = {0};
    *t = (gn_training){0};
    snprintf(words, sizeof words, "--units 7 --steps 30 --trials 20 %s %s", strstr(line, "--seed") ? "" : "--seed 3",
             line);
    for (char *word; (word = strsep(&rest, " "));)
        if (*word) argv[argc++] = word;
    argv[argc] = NULL;
    gn_status status = gn_options_parse(&program, argc, argv, &options, &ask);
    if (!status) status = gn_training_from_options(options, t, &given);
    gn_options_free(options);
    gn_trajectories_free(&given);
    return status;
}

static const char *said(const gn_training *t, const char *key) {
    const char *value = gn_file_get(t->recipe, key);
    return value ? value : "";
}

static void options_become_a_training(void **state) {
    (void)state;
    gn_training t;
    assert_ok(make(
        "--curvature-trials 6 --updates 5 --noise-sd 0.3 --noise-site drive --no-self-connections --cg-tolerance 0.01 "
        "--curvature-growth 12 --damping 0.2 --top-speed 0.1 --cg-start kept",
        &t));
    assert_int_equal(t.net.units, 7);
    assert_int_equal(t.net.outputs, 2);
    assert_int_equal(t.net.steps, 30);
    assert_int_equal(t.net.noise_site, GN_NOISE_DRIVE);
    assert_true(t.net.noise_sd == 0.3f);
    assert_true(t.net.walk.top_speed == 0.1);
    assert_int_equal(t.schedule.trials, 20);
    assert_int_equal(t.schedule.curvature_trials, 6);
    assert_int_equal(t.schedule.curvature_growth, 12);
    assert_int_equal(t.schedule.trial_lifetime, 0);
    assert_true(t.schedule.seed == 3);
    assert_true(t.optimiser.cg_tolerance == 0.01);
    assert_true(t.optimiser.cg_from_kept && t.optimiser.damping_apart && !t.optimiser.self_connections);
    assert_true(t.state.damping == 0.2);
    assert_int_equal(t.update, 0);
    assert_int_equal(t.updates, 5);
    for (size_t i = 0; i < 7; i++)
        for (size_t k = 0; k < 7; k++)
            assert_true((t.net.rec[7 * i + k] == 0) == (i == k));
    gn_training_free(&t);
}

static void the_header_has_what_changes_the_result(void **state) {
    (void)state;
    gn_training t;
    assert_ok(make("--curvature-trials 6 --updates 5 --state-every 2", &t));
    assert_string_equal(said(&t, "recipe.units"), "7");
    assert_string_equal(said(&t, "recipe.noise-sd"), "0.10000000000000001");
    assert_string_equal(said(&t, "recipe.no-self-connections"), "no");
    assert_string_equal(said(&t, "recipe.arena"), "square");
    assert_string_equal(said(&t, "recipe.seed"), "3");
    /* not those that change nothing, and younger options only when they are given */
    assert_string_equal(said(&t, "recipe.updates"), "");
    assert_string_equal(said(&t, "recipe.state-every"), "");
    assert_string_equal(said(&t, "recipe.cg-pairs"), "");
    assert_string_equal(said(&t, "recipe.readout"), "");
    gn_training_free(&t);
    assert_ok(make("--curvature-trials 6 --readout place --place-cells 9 --cg-pairs 4", &t));
    assert_string_equal(said(&t, "recipe.readout"), "place");
    assert_string_equal(said(&t, "recipe.cg-pairs"), "4");
    assert_string_equal(said(&t, "recipe.place-width"), "");
    assert_int_equal(t.net.outputs, 9);
    assert_int_equal(t.net.places.cells, 9);
    gn_training_free(&t);
}

static void what_does_not_go_together_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *line, *words;
    } wrong[] = {{"--curvature-trials 21", "more than --trials 20"},
                 {"--curvature-trials 6 --place-cells 9", "--place-cells: only with --readout place"},
                 {"--curvature-trials 6 --readout place --place-width 0.3 --place-width-first 0.2",
                  "at least --place-width (0.3)"},
                 {"--curvature-trials 6 --readout place --place-width 0.03", "expected at least 0.03125"},
                 {"--curvature-trials 6 --arena polygon", "arena-corners"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        gn_training t;
        assert_fails(GN_EUSAGE, wrong[i].words, make(wrong[i].line, &t));
        gn_training_free(&t);
    }
}

/* The outputs of a network mean a readout and, of place cells, their centres. */
static void only_outputs_of_the_same_meaning_are_continued(void **state) {
    (void)state;
    gn_test_path place, position;
    gn_training t;
    char line[200];
    gn_test_file(place);
    gn_test_file(position);
    assert_ok(make("--curvature-trials 6 --readout place --place-cells 2", &t));
    gn_places_widen(&t.net.walk.arena, 0.25, &t.net.places); /* as an update does */
    assert_ok(gn_training_save(&t, place, false));
    gn_training_free(&t);
    assert_ok(make("--curvature-trials 6", &t));
    assert_ok(gn_training_save(&t, position, false));
    gn_training_free(&t);
    const struct {
        const char *options, *path, *words;
    } wrong[] = {{"", place, "its outputs are place cells (those of the recipe are the position)"},
                 {"--readout place --place-cells 2", position, "its outputs are the position"},
                 {"--readout place --place-cells 3", place, "2 outputs (the recipe has 7, 2 and 3)"},
                 {"--readout place --place-cells 2 --seed 4", place, "other centres"},
                 {"--readout place --place-cells 2 --arena-size 2", place, "other centres"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(line, sizeof line, "--curvature-trials 6 %s --continue %s", wrong[i].options, wrong[i].path);
        assert_fails(GN_EFILE, wrong[i].words, make(line, &t));
        gn_training_free(&t);
    }
    snprintf(line, sizeof line, "--curvature-trials 6 --readout place --place-cells 2 --place-width 1 --continue %s",
             place);
    assert_ok(make(line, &t));
    gn_training_free(&t);
    unlink(place);
    unlink(position);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(options_become_a_training),
                                       cmocka_unit_test(the_header_has_what_changes_the_result),
                                       cmocka_unit_test(what_does_not_go_together_is_refused),
                                       cmocka_unit_test(only_outputs_of_the_same_meaning_are_continued)};
    return cmocka_run_group_tests_name("recipe", tests, NULL, NULL);
}

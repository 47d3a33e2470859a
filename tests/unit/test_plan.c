/* The plan: similar words, quoting, files .args, values of experiments. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "gn_test.h"
#include "io/write.h"
#include "plan/figures.h"
#include "plan/stages.h"

static void nearest_words(void **state) {
    (void)state;
    gn_store store = {0};
    const gn_words keys = gn_words_split(&store, "units steps noise-sd noise-site metabolic", " ");
    assert_int_equal(keys.count, 5);
    assert_string_equal(gn_nearest(&keys, "unitz"), "units");
    assert_string_equal(gn_nearest(&keys, "nose-sd"), "noise-sd");
    assert_string_equal(gn_nearest(&keys, "metab"), "metabolic"); /* cut short */
    assert_null(gn_nearest(&keys, "wavelength"));
    gn_store_free(&store);
}

/* The shell reads a quoted word as the original word. */
static void quoting(void **state) {
    (void)state;
    gn_store store = {0};
    static const char *const words[] = {"plain-0.1", "two words", "it's", "a#b:c(d)", "100%", "semi;colon", ""};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char command[128], line[128] = "";
        snprintf(command, sizeof command, "printf '%%s\\n' %s", gn_shell_quoted(&store, words[i]));
        FILE *pipe = popen(command, "r");
        assert_non_null(pipe);
        if (!fgets(line, sizeof line, pipe)) line[0] = '\0';
        assert_int_equal(pclose(pipe), 0);
        line[strcspn(line, "\n")] = '\0';
        assert_string_equal(line, words[i]);
    }
    assert_string_equal(gn_shell_quoted(&store, "$(threads)"), "$(threads)"); /* make's own */
    assert_string_equal(gn_make_quoted(&store, "a b#c:d"), "a\\ b\\#c\\:d");
    gn_store_free(&store);
}

static void write_text(const char *path, const char *text) {
    assert_ok(gn_write_whole(path, text, strlen(text)));
}

static void assert_holds(const char *path, const char *text) {
    void *bytes;
    size_t size;
    assert_ok(gn_read_whole(path, &bytes, &size));
    assert_int_equal(size, strlen(text));
    assert_memory_equal(bytes, text, size);
    free(bytes);
}

static void remove_folder(const char *folder) {
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

/* Modification times so many seconds after a fixed one. */
static void set_time(const char *path, int seconds) {
    const struct timespec time[2] = {{.tv_sec = 1000000000 + seconds}, {.tv_sec = 1000000000 + seconds}};
    assert_int_equal(utimensat(AT_FDCWD, path, time, 0), 0);
}

static bool newer(const char *a, const char *b) {
    struct stat x, y;
    assert_int_equal(stat(a, &x), 0);
    assert_int_equal(stat(b, &y), 0);
    return x.st_mtim.tv_sec > y.st_mtim.tv_sec;
}

/* Asked for one file .args, the missing ones of its folder are written too, but no existing one and none of a file that
 * has been made. */
static void options_of_a_folder(void **state) {
    (void)state;
    static const char *const name[] = {"asked", "missing", "there", "made", "sub/other"};
    gn_test_path folder;
    gn_test_folder(folder);
    gn_store store = {0};
    gn_rules rules = {.store = &store};
    const char *args[5];
    for (int i = 0; i < 5; i++) {
        const char *target = gn_store_format(&store, "%s/%s", folder, name[i]);
        args[i] = gn_store_format(&store, "%s.args", target);
        assert_ok(gn_rules_add(&rules, (gn_rule){.target = target, .command = "true", .args = "a\n"}));
    }
    write_text(args[2], "old");
    write_text(rules.rule[3].target, "made");
    assert_ok(gn_rules_write_args(&rules, args[0]));
    assert_holds(args[0], "a\n");
    assert_holds(args[1], "a\n");
    assert_holds(args[2], "old");
    assert_int_equal(access(args[3], F_OK), -1);
    assert_int_equal(access(args[4], F_OK), -1);
    assert_ok(gn_rules_write_args(&rules, args[2]));
    assert_holds(args[2], "a\n");
    gn_rules_free(&rules);
    gn_store_free(&store);
    remove_folder(folder);
}

/* Other options make a file stale. When the options with which it was made are wanted again, it is up to date again.
 * When it has been made anew, its old options are forgotten. */
static void options_of_a_file(void **state) {
    (void)state;
    gn_test_path folder;
    gn_test_folder(folder);
    char target[64], args[64];
    snprintf(target, sizeof target, "%s/file", folder);
    snprintf(args, sizeof args, "%s/file.args", folder);
    gn_store store = {0};
    gn_rules rules = {.store = &store};
    assert_ok(gn_rules_add(&rules, (gn_rule){.target = target, .command = "true", .args = "a\n"}));
    gn_rule *rule = &rules.rule[0];

    assert_ok(gn_rules_settle_args(&rules));
    assert_int_equal(access(args, F_OK), -1); /* neither was there: written when make asks for it */
    assert_ok(gn_rules_write_args(&rules, args));
    assert_fails(GN_EUSAGE, "nothing that is planned", gn_rules_write_args(&rules, target));
    set_time(args, 0);
    write_text(target, "made with a");
    set_time(target, 10);
    assert_ok(gn_rules_settle_args(&rules));
    assert_false(newer(args, target)); /* nothing changed */

    rule->args = "b\n";
    assert_ok(gn_rules_settle_args(&rules));
    assert_true(newer(args, target)); /* stale */
    rule->args = "c\n";
    assert_ok(gn_rules_settle_args(&rules));
    assert_true(newer(args, target));
    rule->args = "a\n";
    assert_ok(gn_rules_settle_args(&rules));
    assert_false(newer(args, target)); /* as it was made */

    rule->args = "b\n";
    assert_ok(gn_rules_settle_args(&rules));
    set_time(args, 20);
    write_text(target, "made with b");
    set_time(target, 30);
    rule->args = "a\n";
    assert_ok(gn_rules_settle_args(&rules));
    assert_true(newer(args, target)); /* it is no longer made with a */
    gn_rules_free(&rules);
    gn_store_free(&store);
    remove_folder(folder);
}

/* A study of two programs in a folder. */
typedef struct {
    gn_test_path folder;
    char path[4][64]; /* options, chain, defaults, experiment */
    gn_store store;
    gn_catalogue catalogue;
    gn_study study;
} fixture;

enum { OPTIONS, CHAIN, DEFAULTS, EXPERIMENT };

static void make(fixture *f, bool quick, const char *experiment) {
    static const char *const name[] = {"options.tsv", "chain.tsv", "defaults.mk", "one.mk"};
    *f = (fixture){0};
    gn_test_folder(f->folder);
    for (int i = 0; i < 4; i++)
        snprintf(f->path[i], sizeof f->path[i], "%s/%s", f->folder, name[i]);
    write_text(f->path[OPTIONS],
               "program\talgorithm\toption\ttype\tdefault\tmin\tmax\tchoices\tunit\tnote\thelp\n"
               "train\t1\tunits\tint\t100\t1\t4096\t-\t-\t-\tunits\n"
               "train\t1\tnoise-sd\treal\t0.1\t0\t100\t-\t-\t-\tnoise\n"
               "train\t1\tstill\tchoice\theld\t0\t0\theld|diffusing\t-\t-\tdirection\n"
               "train\t1\tl2-fixed\tflag\t-\t0\t0\t-\t-\t-\tkeep it\n"
               "train\t1\tupdates\tint\t1900\t0\t1000000\t-\t-\t-\twhen to stop\n"
               "probe-tuning\t3\tbins\tint\t32\t1\t512\t-\t-\t-\tbins\n"
               "probe-tuning\t3\tuninterrupted\tflag\t-\t0\t0\t-\t-\t-\tone long walk\n"
               "probe-tuning\t3\ttrack\tinput\t-\t0\t0\t-\t-\t-\ta track\n"
               "probe-tuning\t3\tstill\tchoice\t-\t0\t0\theld|diffusing\t-\t-\tdirection\n"
               "sample-trajectories\t1\ttrack\tinput\t-\t0\t0\t-\t-\t-\ta track\n"
               "sample-trajectories\t1\tstill\tchoice\theld\t0\t0\theld|diffusing\t-\t-\tdirection\n");
    write_text(f->path[CHAIN],
               "stage\tfile\tof\tkeys\tnot\talong\tcommand\n"
               "network\tnetwork.gn\tnetwork\t-\t-\t-\ttrain {options} --output {folder}/network.gn\n"
               "probe\tprobe.gn\tnetwork\tprobe walk\tuninterrupted\t-\tprobe-tuning {options} "
               "--output {folder}/probe.gn {network}\n");
    write_text(f->path[DEFAULTS], "default.still = diffusing\nquick.units = 5\n");
    write_text(f->path[EXPERIMENT], experiment);
    assert_ok(gn_catalogue_read(f->path[OPTIONS], &f->catalogue));
    assert_ok(gn_study_new(&f->catalogue, &f->store, f->path[CHAIN], quick, &f->study));
    assert_ok(gn_study_read_defaults(&f->study, f->path[DEFAULTS]));
    assert_ok(gn_study_read(&f->study, f->path[EXPERIMENT]));
    assert_ok(gn_study_complete(&f->study));
}

static void destroy(fixture *f) {
    gn_study_free(&f->study);
    gn_catalogue_free(&f->catalogue);
    gn_store_free(&f->store);
    for (int i = 0; i < 4; i++)
        unlink(f->path[i]);
    rmdir(f->folder);
}

static const char *value(const fixture *f, const char *name, const char *key) {
    const char *text = gn_study_value(&f->study, gn_study_find(&f->study, name), key);
    return text ? text : "-";
}

/* A stage that cannot be expanded is refused with its name. */
static void faults_of_the_chain(void **state) {
    (void)state;
    static const char *const wrong[][2] = {
        {"train {options} --output {run}/network.gn", "probe: {run}, accepted: options folder"},
        {"train {options} --log {folder}/log.tsv", "probe: the command has no --output"},
        {"trian {options} --output {folder}/network.gn", "probe: 'trian' is no program"},
    };
    fixture f;
    make(&f, false, "one.units = 20\n");
    for (int i = 0; i < 3; i++) {
        char table[256];
        gn_study study;
        snprintf(table, sizeof table, "stage\tfile\tof\tkeys\tnot\talong\tcommand\nprobe\tp.gn\tnetwork\t-\t-\t-\t%s\n",
                 wrong[i][0]);
        write_text(f.path[CHAIN], table);
        assert_fails(GN_EFILE, wrong[i][1], gn_study_new(&f.catalogue, &f.store, f.path[CHAIN], false, &study));
    }
    destroy(&f);
}

/* The order of values: command line, quick profile, own value, value of the experiment it is like, study's default. */
static void values_of_experiments(void **state) {
    (void)state;
    for (int quick = 0; quick < 2; quick++) {
        fixture f;
        make(&f, quick,
             "one.units = 20 # a comment\none.seeds = 1 2\none-more.like = one\none-more.noise-sd = 0.2\n"
             "one-still.like = one-more\none-still.still = -\none.sweep = noise-sd: 0 0.5\n\trecipe of make\nx: y\n");
        assert_string_equal(value(&f, "one", "units"), quick ? "5" : "20");
        assert_string_equal(value(&f, "one-more", "units"), quick ? "5" : "20");
        assert_string_equal(value(&f, "one-more", "noise-sd"), "0.2");
        assert_string_equal(value(&f, "one-still", "noise-sd"), "0.2");
        assert_string_equal(value(&f, "one-more", "still"), "diffusing");
        assert_string_equal(value(&f, "one-still", "still"), "-"); /* the program's own */
        assert_string_equal(value(&f, "one-0.5", "noise-sd"), "0.5");
        assert_string_equal(value(&f, "one", "probe.bins"), "-");
        assert_int_equal(gn_study_list(&f.study, gn_study_find(&f.study, "one-more"), "seeds").count, 2);
        assert_null(gn_study_find(&f.study, "one")->fault);
        assert_int_equal(gn_study_find(&f.study, "one")->sweep.count, 2);
        assert_ok(gn_study_override(&f.study, " one-more.units=7"));
        assert_string_equal(value(&f, "one-more", "units"), "7");
        assert_string_equal(value(&f, "one", "units"), quick ? "5" : "20");
        assert_fails(GN_EUSAGE, "the nearest is one-more", gn_study_override(&f.study, "one-mor.units=7"));
        assert_fails(GN_EUSAGE, "the nearest is units", gn_study_override(&f.study, "one.unit=7"));
        assert_fails(GN_EUSAGE, "out of range: '0'", gn_study_override(&f.study, "one.units=0"));
        assert_fails(GN_EUSAGE, "only in an experiment's file", gn_study_override(&f.study, "one.like=one-more"));
        assert_fails(GN_EUSAGE, "only in an experiment's file", gn_study_override(&f.study, "one.sweep=units: 3 4"));
        assert_fails(GN_EUSAGE, "one.continue: 'nosuch' is no experiment",
                     gn_study_override(&f.study, "one.continue=nosuch"));
        assert_ok(gn_study_override(&f.study, "one-more.continue=one"));
        assert_string_equal(value(&f, "one-more", "continue"), "one");
        destroy(&f);
    }
}

/* walk.KEY is an option of each program that lets the network walk, unless it has one of its own. */
static void keys_of_options(void **state) {
    (void)state;
    fixture f;
    make(&f, false, "one.walk.still = held\none-own.like = one\none-own.probe.still = diffusing\none.probe.bins = 8\n");
    const gn_stage *network = &f.study.stage[0], *probe = &f.study.stage[1];
    const gn_experiment *one = gn_study_find(&f.study, "one"), *own = gn_study_find(&f.study, "one-own");
    assert_string_equal(gn_study_option_key(&f.study, network, one, "still"), "still");
    assert_string_equal(gn_study_option_key(&f.study, probe, one, "still"), "walk.still");
    assert_string_equal(gn_study_option_key(&f.study, probe, own, "still"), "probe.still");
    assert_string_equal(gn_study_option_key(&f.study, probe, one, "bins"), "probe.bins");
    assert_int_equal(network->along.count, 0); /* "-": none */
    assert_null(gn_study_key_option(&f.study, "probe.units"));
    assert_true(gn_study_key_option(&f.study, "probe.bins")->max == 512);
    assert_null(gn_study_key_option(&f.study, "probe.uninterrupted")); /* it would make another file */
    assert_non_null(gn_study_key_option(&f.study, "walk.still"));
    assert_non_null(gn_study_key_option(&f.study, "probe.track"));
    assert_null(gn_study_key_option(&f.study, "walk.track")); /* no way to walk that the training knows */
    destroy(&f);
}

/* The needs of a figure's rule as one text; NULL: it is not drawn. */
static const char *needs_of(const gn_chain *c, const char *figure) {
    gn_store *store = c->study->store;
    const gn_rule *rule = gn_rules_find(&c->rules, gn_store_format(store, "drawn/%s.svg", figure));
    const char *text = "";
    for (int i = 1; rule && i < rule->needs.count; i++) /* after its script */
        text = gn_store_format(store, "%s%s%s", text, i > 1 ? " " : "", rule->needs.word[i]);
    return rule ? text : NULL;
}

/* A figure beyond the paper is drawn when all it needs is there, or (without released networks) can be trained; needs
 * with a ? are left out when they are not there. */
static void figures_of_what_is_there(void **state) {
    (void)state;
    fixture f;
    make(&f, false, "one.units = 20\none-taken.like = one\n");
    char sheets[64], figures[64], network[64], made[96];
    snprintf(sheets, sizeof sheets, "%s/sheets.tsv", f.folder);
    snprintf(figures, sizeof figures, "%s/figures.tsv", f.folder);
    snprintf(network, sizeof network, "%s/one-taken/seed-1/network.gn", f.folder);
    snprintf(made, sizeof made, "%s/one-taken/seed-1/probe.gn", f.folder);
    write_text(sheets, "what\tcommand\n");
    write_text(figures,
               gn_store_format(&f.store,
                               "figure\tof\tneeds\nasked\tpaper\tone/probe.gn\nabsent\tbeyond\tone/probe.gn\n"
                               "there\tbeyond\tone-taken/probe.gn %s\nlost\tbeyond\tone-taken/probe.gn no/file.tsv\n"
                               "perhaps\tbeyond\t%s ?no/file.tsv ?one/probe.gn ?one-taken/all/probe.gn\n"
                               "braces\tpaper\t{one,one-taken}/{probe,network}.gn {figures}/{a,b}.tsv\n",
                               f.path[CHAIN], f.path[CHAIN]));
    assert_ok(gn_make_folders(network));
    write_text(network, "a network");
    for (int released = 0; released < 2; released++) {
        const gn_words none = {0};
        gn_chain c;
        assert_ok(gn_chain_new(&f.study, (gn_folders){"bin", f.folder, "drawn", released ? "released" : NULL}, &c));
        assert_ok(gn_chain_add_stages(&c));
        assert_ok(gn_chain_add_figures(&c, sheets, figures, &none));
        assert_non_null(needs_of(&c, "asked"));
        assert_true(released == !needs_of(&c, "absent"));
        assert_string_equal(needs_of(&c, "there"), gn_store_format(&f.store, "%s %s", made, f.path[CHAIN]));
        assert_null(needs_of(&c, "lost"));
        assert_string_equal(needs_of(&c, "perhaps"), gn_store_format(&f.store, "%s %s", f.path[CHAIN], made));
        assert_string_equal(needs_of(&c, "braces"),
                            gn_store_format(&f.store,
                                            "%s/one/seed-1/probe.gn %s/one/seed-1/network.gn %s %s %s/figures/a.tsv "
                                            "%s/figures/b.tsv",
                                            f.folder, f.folder, made, network, f.folder, f.folder));
        gn_chain_free(&c);
    }
    char command[256];
    snprintf(command, sizeof command, "rm -r %s/one-taken %s %s", f.folder, sheets, figures);
    assert_int_equal(system(command), 0);
    destroy(&f);
}

/* {phases FILE of NAME ...} lists the file of every network of an experiment, and of one network as NAME/seed-S. */
static void lists_of_networks(void **state) {
    (void)state;
    static const struct {
        const char *of;
        int seeds[3];
    } cases[] = {{"one", {1, 2}}, {"one/seed-2", {2}}, {"one/seed-1 one/seed-2", {1, 2}}, {"one/seed-3", {0}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        gn_chain c;
        char sheets[64], figures[64];
        const gn_words none = {0};
        make(&f, false, "one.seeds = 1 2\none-more.like = one\n");
        snprintf(sheets, sizeof sheets, "%s/sheets.tsv", f.folder);
        snprintf(figures, sizeof figures, "%s/figures.tsv", f.folder);
        write_text(sheets, gn_store_format(&f.store,
                                           "what\tcommand\nlist\tprobe-tuning --output {figures}/list.tsv "
                                           "{phases probe.gn of %s}\n",
                                           cases[i].of));
        write_text(figures, "figure\tof\tneeds\nlisted\tpaper\t{figures}/list.tsv\n");
        assert_ok(gn_chain_new(&f.study, (gn_folders){"bin", f.folder, "drawn", NULL}, &c));
        assert_ok(gn_chain_add_stages(&c));
        assert_ok(gn_chain_add_figures(&c, sheets, figures, &none));
        const gn_rule *rule = gn_rules_find(&c.rules, gn_store_format(&f.store, "%s/figures/list.tsv", f.folder));
        assert_non_null(rule);
        int listed = 0;
        for (; cases[i].seeds[listed]; listed++)
            assert_string_equal(rule->needs.word[listed],
                                gn_store_format(&f.store, "%s/one/seed-%d/probe.gn", f.folder, cases[i].seeds[listed]));
        assert_int_equal(rule->needs.count, listed);
        gn_chain_free(&c);
        unlink(sheets);
        unlink(figures);
        destroy(&f);
    }
}

static void faults(void **state) {
    (void)state;
    static const struct {
        const char *line, *words;
    } cases[] = {{"one.units = 0", ":1: one.units: out of range: '0', accepted: int 1..4096"},
                 {"one.units = 1.5", "not an integer"},
                 {"one.noise-sd = nan", "not a number"},
                 {"one.still = running", "no such choice: 'running', accepted: held|diffusing"},
                 {"one.l2-fixed = 1", "not yes or no"},
                 {"one.unitz = 3", "unknown key; the nearest is units (int 1..4096)"},
                 {"one.units := 3", "expected NAME.KEY = VALUE"},
                 {"one.units =", "no value"},
                 {"one.units = 3\none.units = 4", ":2: one.units: given before at"},
                 {"two.units = 3", "expected one.KEY or one-....KEY"},
                 {"one.like = two", "'two' is no experiment"},
                 {"one.like = one", "a circle"},
                 {"one.seeds = 1 -2", "not an integer from 0 (-2)"},
                 {"one.units = $(X)", "plain value"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        make(&f, false, cases[i].line);
        const char *fault = gn_study_find(&f.study, "one")->fault;
        if (!fault || !strstr(fault, cases[i].words)) fail_msg("%s: '%s'", cases[i].line, fault ? fault : "no fault");
        destroy(&f);
    }
}

/* Whatever the order of the lines, a fault reaches every experiment of a chain. */
static void faults_are_handed_on(void **state) {
    (void)state;
    fixture f;
    make(&f, false,
         "one-a.like = one-b\none-b.like = one-c\none-c.like = one-d\none-d.like = one-e\none-e.like = one-f\n"
         "one-f.units = 0\none-g.continue = one-a\n");
    for (const char *name = "abcdefg"; *name; name++) {
        const char *fault = gn_study_find(&f.study, gn_store_format(&f.store, "one-%c", *name))->fault;
        if (!fault || !strstr(fault, "out of range: '0'")) fail_msg("one-%c: '%s'", *name, fault ? fault : "no fault");
    }
    assert_fails(GN_EUSAGE, "out of range: '0'", gn_study_override(&f.study, "one-g.continue=one-b"));
    destroy(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_words),        cmocka_unit_test(quoting),
        cmocka_unit_test(options_of_a_file),    cmocka_unit_test(options_of_a_folder),
        cmocka_unit_test(faults_of_the_chain),  cmocka_unit_test(values_of_experiments),
        cmocka_unit_test(keys_of_options),      cmocka_unit_test(faults),
        cmocka_unit_test(faults_are_handed_on), cmocka_unit_test(figures_of_what_is_there),
        cmocka_unit_test(lists_of_networks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

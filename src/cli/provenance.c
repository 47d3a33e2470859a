#include "cli/provenance.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>

#include "base/text.h"
#include "base/version.h"
#include "cli/options_table.h"
#include "io/write.h"

double gn_wall_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double seconds(struct timeval time) {
    return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

gn_usage gn_usage_since(double wall_start) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (gn_usage){.wall = gn_wall_clock() - wall_start,
                      .cpu = seconds(used.ru_utime) + seconds(used.ru_stime),
                      .memory = (double)used.ru_maxrss / 1024};
}

/* Adds a word, quoted for a shell where necessary. */
static void add_quoted(gn_text *text, const char *word) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+%@";
    if (*word && !word[strspn(word, plain)]) {
        gn_text_add(text, word, strlen(word));
        return;
    }
    gn_text_add(text, "'", 1);
    for (; *word; word++) {
        if (*word == '\'')
            gn_text_add(text, "'\\''", 4);
        else if (*word == '\n')
            gn_text_add(text, "?", 1); /* no control character, so that the command stays one line */
        else
            gn_text_add(text, word, 1);
    }
    gn_text_add(text, "'", 1);
}

static bool is_regular(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

/* Adds "input<TAB>HASH<TAB>NAME" for a regular file; folders and pipes have no hash. */
static gn_status add_hash(gn_text *text, const char *what, const char *path) {
    char hex[33];
    if (!is_regular(path)) return GN_OK;
    gn_status status = gn_hash_file(path, hex);
    if (status) return status;
    gn_text_format(text, "%s\txxh3-128 %s ", what, hex);
    add_quoted(text, path);
    return gn_text_add(text, "\n", 1);
}

static void add_host(gn_text *text) {
    struct utsname host;
    if (uname(&host) == 0) gn_text_format(text, "host\t%s %s %s\n", host.sysname, host.release, host.machine);
#ifdef __clang__
    gn_text_format(text, "compiler\t%s\n", __VERSION__);
#else
    gn_text_format(text, "compiler\tgcc %s\n", __VERSION__);
#endif
}

static void add_times(gn_text *text, const gn_usage *usage) {
    char start[32] = "unknown";
    time_t began = time(NULL) - (time_t)(usage->wall + 0.5);
    struct tm utc;
    if (gmtime_r(&began, &utc)) strftime(start, sizeof start, "%Y-%m-%dT%H:%M:%SZ", &utc);
    gn_text_format(text, "started\t%s\nwall_seconds\t%.3f\ncpu_seconds\t%.3f\npeak_memory_mib\t%.1f\n", start,
                   usage->wall, usage->cpu, usage->memory);
}

gn_status gn_provenance_write(const gn_program *program, const gn_options *options, int argc, char **argv,
                              const gn_usage *usage) {
    const char *output = gn_option_output(options), *input;
    gn_text text = {0}, path = {0};
    bool in_place;
    gn_status status;
    if (!output || !is_regular(output)) return GN_OK;
    gn_text_format(&text, "program\t%s %s\ncommand\t", program->name, GN_VERSION);
    for (int i = 0; i < argc; i++) {
        if (i) gn_text_add(&text, " ", 1);
        add_quoted(&text, argv[i]);
    }
    gn_text_format(&text, "\nthreads\t%d\n", gn_option_threads(options));
    add_host(&text);
    add_times(&text, usage);
    status = text.status;
    for (int i = 0; !status && (input = gn_options_input_at(options, i, &in_place)); i++)
        if (!in_place || strcmp(input, output) != 0) /* an input that the output has replaced no longer exists */
            status = add_hash(&text, "input", input);
    if (!status) status = add_hash(&text, "output", output);
    if (!status) status = gn_text_format(&path, "%s.prov", output);
    if (!status) status = gn_write_whole(path.byte, text.byte, text.size);
    free(text.byte);
    free(path.byte);
    return status;
}

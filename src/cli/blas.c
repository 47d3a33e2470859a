#include "cli/blas.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/text.h"
#include "io/write.h"

/* Weak, so that programs link with another BLAS too; then these are NULL and there is nothing to choose. */
extern char *openblas_get_corename(void) __attribute__((weak));
extern void openblas_set_num_threads(int) __attribute__((weak));

/* Environment variable that is set when a program has started itself anew, so that it does so only once. */
static const char *const restarted = "GN_BLAS_RESTARTED";

__attribute__((unused)) static bool is_one_of(const char *name, const char *const list[]) {
    for (; *list; list++)
        if (strcasecmp(name, *list) == 0) return true;
    return false;
}

static const char *const same_everywhere = "Haswell";

static bool has_avx2(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
}

/* The kernels that use all vector instructions of this processor, NULL when `core` does. Releases older than a
 * processor may not know it and fall back to kernels three to four times slower. */
static const char *faster_than(const char *core) {
#if defined(__x86_64__)
    static const char *const with_avx512[] = {"SkylakeX", "Cooperlake", "SapphireRapids", NULL};
    static const char *const with_avx2[] = {"Haswell", "Zen", "Excavator", NULL};
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl"))
        return is_one_of(core, with_avx512) ? NULL : "SkylakeX";
    if (has_avx2()) return is_one_of(core, with_avx2) || is_one_of(core, with_avx512) ? NULL : "Haswell";
#else
    (void)core;
#endif
    return NULL;
}

/* The kernels to start again with, NULL: go on with these. */
static const char *wanted(const char *core, bool fastest) {
    if (getenv(restarted)) return NULL;
    if (fastest) return getenv("OPENBLAS_CORETYPE") ? NULL : faster_than(core);
    return has_avx2() && strcasecmp(core, same_everywhere) != 0 ? same_everywhere : NULL;
}

/* Starts this program anew with the same arguments; comes back only when that fails. */
static void start_again(void) {
    void *line;
    size_t size, count = 0;
    if (gn_read_whole("/proc/self/cmdline", &line, &size)) {
        gn_error_clear();
        return;
    }
    char **argv = calloc(size + 1, sizeof *argv), *word = line;
    while (argv && word < (char *)line + size) {
        argv[count++] = word;
        word += strlen(word) + 1;
    }
    if (argv) execv("/proc/self/exe", argv);
    free(argv);
    free(line);
}

void gn_blas_setup(bool fastest) {
    if (!openblas_get_corename || !openblas_set_num_threads) return;
    const char *core = openblas_get_corename(), *other = wanted(core, fastest);
    if (other && setenv("OPENBLAS_CORETYPE", other, 1) == 0 && setenv("OPENBLAS_NUM_THREADS", "1", 1) == 0 &&
        setenv(restarted, core, 1) == 0) {
        start_again();
        unsetenv(restarted);
    }
    openblas_set_num_threads(1);
}

void gn_blas_describe(char text[], size_t room) {
    const char *before = getenv(restarted);
    text[0] = '\0';
    if (!openblas_get_corename) return;
    snprintf(text, room, ", BLAS kernels %s%s%s%s", openblas_get_corename(), before ? " (instead of " : "",
             before ? before : "", before ? ")" : "");
}

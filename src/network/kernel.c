#include "network/kernel.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

extern const gn_kernel gn_kernel_portable;
#if defined(__x86_64__)
extern const gn_kernel gn_kernel_avx2, gn_kernel_avx512;
#endif

const gn_kernel *gn_kernel_named(const char *name) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (!strcmp(name, "avx512"))
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                       __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                       __builtin_cpu_supports("fma")
                   ? &gn_kernel_avx512
                   : NULL;
    if (!strcmp(name, "avx2"))
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &gn_kernel_avx2 : NULL;
#endif
    return !strcmp(name, "portable") ? &gn_kernel_portable : NULL;
}

const gn_kernel *gn_kernel_select(void) {
    static const char *const by_preference[] = {"avx512", "avx2", "portable"};
    const char *wanted = getenv("GRIDNAV_KERNEL");
    if (wanted && *wanted) {
        const gn_kernel *kernel = gn_kernel_named(wanted);
        if (!kernel)
            gn_fail(GN_EUSAGE,
                    "GRIDNAV_KERNEL: '%s' is unknown or not for this processor (one of portable, "
                    "avx2, avx512)",
                    wanted);
        return kernel;
    }
    for (int i = 0;; i++) {
        const gn_kernel *kernel = gn_kernel_named(by_preference[i]);
        if (kernel) return kernel;
    }
}

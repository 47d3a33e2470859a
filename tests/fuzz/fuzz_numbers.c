/* The reader of users' tables. The first byte of the input decides what the caller expects of the rest. */
#include <math.h>

#include "fuzz.h"
#include "io/numbers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const name[] = {"time|t", "x", "y"};
    static const char *const columns[] = {NULL, "1,2,3", "y,x,t", "1-2,4"};
    const int mode = size ? data[0] : 0;
    const gn_numbers_wanted wanted = {.rank = mode & 1 ? GN_NUMBERS_RANK_MAX : 0,
                                      .missing = mode & 2,
                                      .columns = columns[mode >> 2 & 3],
                                      .option = "--columns",
                                      .count = mode & 16 ? 3 : 0,
                                      .name = name};
    gn_numbers n;
    gn_status status = gn_numbers_parse(data + (size > 0), size - (size > 0), "fuzz", &wanted, &n);
    if (status) {
        must_refuse(status, wanted.columns && status == GN_EUSAGE ? GN_EUSAGE : GN_EFILE);
        return 0;
    }
    size_t count = 1;
    MUST(n.rank >= 2 && n.rank <= (wanted.rank ? wanted.rank : 2));
    for (int d = 0; d < n.rank; d++)
        count *= n.shape[d];
    MUST(count > 0 && (!wanted.count || n.rank > 2 || n.shape[1] == 3));
    for (size_t i = 0; i < count; i++)
        MUST(isnan(n.value[i]) ? wanted.missing : isfinite(n.value[i]));
    MUST(*gn_numbers_where(&n, count - 1).text);
    gn_numbers_free(&n);
    return 0;
}

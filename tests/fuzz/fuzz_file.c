/* The reader of containers. The input is read as it is, and again with correct magic, length and hash, so that the
 * checks after these are reached. An accepted file must give the same bytes when it is written again. */
#include <unistd.h>
#include <xxhash.h>

#include "fuzz.h"
#include "io/container.h"
#include "io/write.h"

static void use_everything(const gn_file *file, gn_file *copy) {
    const char *key, *name, *value;
    gn_type type;
    int rank;
    size_t shape[GN_RANK_MAX];
    const void *data;
    MUST(gn_file_copy_keys(copy, file, "") == GN_OK);
    for (int i = 0; (key = gn_file_key(file, i, &value)); i++)
        MUST(strcmp(gn_file_get(file, key), value) == 0);
    for (int i = 0; (name = gn_file_array_at(file, i, &type, &rank, shape, &data)); i++) {
        const void *again;
        MUST(gn_file_array(file, name, type, rank, shape, &again) == GN_OK && again == data);
        MUST((uintptr_t)data % 64 == 0);
        MUST(gn_file_add(copy, name, type, rank, shape, data) == GN_OK);
    }
}

static void must_be_canonical(const gn_file *file, const uint8_t *bytes, size_t size) {
    char path[64];
    void *again;
    size_t size_again;
    gn_file *copy = gn_file_new(gn_file_kind(file));
    MUST(copy != NULL);
    use_everything(file, copy);
    snprintf(path, sizeof path, "/dev/shm/gn-fuzz-%ld", (long)getpid());
    MUST(gn_file_write(copy, path) == GN_OK);
    MUST(gn_read_whole(path, &again, &size_again) == GN_OK);
    unlink(path);
    MUST(size_again == size);
    memcpy((uint8_t *)again + 14, bytes + 14, 2); /* the minor version may be a later one */
    MUST(memcmp(again, bytes, size - 16) == 0);
    free(again);
    gn_file_free(copy);
}

static void seal(uint8_t *bytes, size_t size) {
    static const uint8_t start[14] = {0x89, 'G', 'N', 'V', '\r', '\n', 0x1a, '\n', 0x0d, 0x0c, 0x0b, 0x0a, 1, 0};
    XXH128_canonical_t hash;
    uint64_t whole = size;
    memcpy(bytes, start, sizeof start);
    memcpy(bytes + 24, &whole, sizeof whole);
    XXH128_canonicalFromHash(&hash, XXH3_128bits(bytes, size - 16));
    memcpy(bytes + size - 16, &hash, 16);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gn_file *file;
    gn_status status = gn_file_parse(data, size, "fuzz", NULL, &file);
    if (status)
        must_refuse(status, GN_EFILE);
    else
        gn_file_free(file);
    if (size < 48) return 0;
    uint8_t *sealed = malloc(size);
    MUST(sealed != NULL);
    memcpy(sealed, data, size);
    seal(sealed, size);
    status = gn_file_parse(sealed, size, "fuzz", NULL, &file);
    if (status) {
        must_refuse(status, GN_EFILE);
    } else {
        must_be_canonical(file, sealed, size);
        gn_file_free(file);
    }
    free(sealed);
    return 0;
}

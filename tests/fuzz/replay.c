/* Runs a fuzz target on files instead of libFuzzer: the regression test of every kept input. */
#include <dirent.h>

#include "fuzz.h"

int main(int argc, char **argv) {
    int count = 0;
    if (argc != 2) return 2;
    DIR *list = opendir(argv[1]);
    MUST(list != NULL);
    for (struct dirent *entry; (entry = readdir(list));) {
        static uint8_t data[1 << 20];
        char path[1024];
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        FILE *file = fopen(path, "rb");
        MUST(file != NULL);
        size_t size = fread(data, 1, sizeof data, file);
        fclose(file);
        LLVMFuzzerTestOneInput(data, size);
        count++;
    }
    closedir(list);
    MUST(count > 0);
    printf("ok - %s: %d inputs\n", argv[1], count);
    return 0;
}

#!/bin/sh
# Static checks of everything; silent and successful when there is nothing to say.
set -eu
cd "$(dirname "$0")/.."
status=0

find . -name '*.sh' -not -path './build*' -exec shellcheck -x {} + || status=1
shellcheck .ci/run || status=1

cppcheck -q --std=c11 --enable=warning,performance,portability,style --inline-suppr \
    --error-exitcode=1 --suppress=missingIncludeSystem --suppress=unusedStructMember \
    --suppress=variableScope --suppress=constParameter -Isrc src || status=1

# One file at a time: with several, clang-tidy 14 takes every later va_list for uninitialised.
for file in src/*.c src/programs/*.c; do
    case $file in
    src/gn_kernel_impl.c) continue ;; # the wide vector types confuse its analyser
    esac
    clang-tidy --quiet "$file" -- -std=gnu11 -Isrc 2>/dev/null | grep -E 'warning:|error:' && status=1
done
exit "$status"

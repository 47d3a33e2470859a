#!/bin/sh
# Static checks of everything; silent and successful when there is nothing to say.
set -eu
cd "$(dirname "$0")/.."
status=0

find . -name '*.sh' -not -path './build*' -exec shellcheck -x {} + || status=1
shellcheck .ci/run || status=1

# Uninitialised variables are left to the compilers and valgrind: cppcheck takes arrays that a loop
# fills, and what a failed call leaves unset, for mistakes; it does not know vector types at all.
# One step a line, each behind its own if (!status), is how errors are passed on here.
# In units/embed.c it thinks of a sum over no points, which the callers exclude.
cppcheck -q --std=c11 --enable=warning,performance,portability,style --inline-suppr \
    --error-exitcode=1 --suppress=missingIncludeSystem --suppress=unusedStructMember \
    --suppress=variableScope --suppress=constParameter --suppress=uninitvar \
    --suppress=legacyUninitvar --suppress=duplicateCondition --suppress=invalidFunctionArg:src/units/embed.c '--suppress=*:src/network/vector.h' \
    -i src/network/kernel_impl.c -Isrc src || status=1

# One file at a time: with several, clang-tidy 14 takes every later va_list for uninitialised.
for file in src/*/*.c; do
    not=
    case $file in
    src/network/kernel_impl.c) continue ;; # the wide vector types confuse its analyser
    # Ladders and halvings: each step multiplies, so a count would only be a second variable. A
    # correlogram's sides are odd: half of one less is whole.
    src/units/score_grid.c | src/units/score_null.c)
        not=-cert-flp30-c,-clang-analyzer-security.FloatLoopCounter,-bugprone-integer-division
        ;;
    # What is too large for a double becomes infinite, which the program refuses.
    src/programs/score-units.c) not=-cert-err34-c ;;
    esac
    clang-tidy --quiet ${not:+"--checks=$not"} "$file" -- -std=gnu11 -Isrc 2>/dev/null | grep -E 'warning:|error:' && status=1
done
exit "$status"

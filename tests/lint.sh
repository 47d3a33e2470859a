#!/bin/sh
# Static checks of all sources. Prints nothing and succeeds when there is nothing to report.
set -eu
cd "$(dirname "$0")/.."
status=0

for tool in shellcheck cppcheck clang-tidy; do
    command -v "$tool" >/dev/null || {
        echo "lint: $tool is not installed" >&2
        exit 1
    }
done

find . -name '*.sh' -not -path './build*' -exec shellcheck -x {} + || status=1
shellcheck .ci/run || status=1

# Formatting is checked only where clang-format is installed, as building and testing do not need it.
if command -v clang-format >/dev/null; then
    find src tests -name '*.[ch]' -exec clang-format --dry-run -Werror {} + || status=1
else
    echo 'lint: clang-format is not installed, formatting is not checked'
fi

# Compilers and valgrind check for uninitialised variables, as cppcheck also reports arrays that a loop fills and
# variables that are not set after a failed call. It does not know vector types at all.
# Consecutive lines that begin with if (!status) are the way in which errors are passed on here.
# In units/embed.c cppcheck considers a sum over no points, which the callers exclude.
cppcheck -q --std=c11 --enable=warning,performance,portability,style --inline-suppr \
    --error-exitcode=1 --suppress=missingIncludeSystem --suppress=unusedStructMember \
    --suppress=variableScope --suppress=constParameter --suppress=uninitvar \
    --suppress=legacyUninitvar --suppress=duplicateCondition --suppress=invalidFunctionArg:src/units/embed.c '--suppress=*:src/network/vector.h' \
    -i src/network/kernel_impl.c -Isrc src || status=1

# What it says of a file is shown when it fails, as .clang-tidy makes every warning an error.
# One file at a time, as clang-tidy 14 reports every va_list of the files after the first as uninitialised.
for file in src/*/*.c; do
    not=
    case $file in
    src/network/kernel_impl.c) continue ;; # the wide vector types confuse its analyser
    # Ladders and halvings: each step multiplies, so a count would only be a second variable. A
    # correlogram's sides are odd: half of one less is whole.
    src/units/score_grid.c | src/units/score_null.c)
        not=-cert-flp30-c,-clang-analyzer-security.FloatLoopCounter,-bugprone-integer-division
        ;;
    esac
    said=$(clang-tidy --quiet ${not:+"--checks=$not"} "$file" -- -std=gnu11 -Isrc 2>&1) || {
        echo "$said"
        status=1
    }
done
exit "$status"

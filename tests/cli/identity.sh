#!/bin/sh
# One recipe, one network: the same bytes from any number of threads, any vector width, any compiler and
# optimisation, and after an interruption.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
build=${BIN%/bin}
root=$(cd "$(dirname "$0")/../.." && pwd)

# Odd sizes, so that all code paths run: more trials than a chunk has lanes, fewer for the curvature, noise at both sites,
# each nonlinearity.
train() {
    program=$1 name=$2
    shift 2
    for kind in rate drive relu rectified-tanh; do
        case $kind in
        rate | drive) of_kind="--noise-site $kind" ;;
        *) of_kind="--nonlinearity $kind" ;;
        esac
        # shellcheck disable=SC2086 # an option and its value
        "$program" --seed 11 --units 23 --steps 37 --trials 130 --curvature-trials 70 --cg-iterations 12 \
            $of_kind --updates 4 --log "$TMP/$name-$kind.tsv" --output "$TMP/$name-$kind.gn" "$@" \
            2>"$TMP/err" || return 1
    done
}
same() {
    for file in rate.gn rate.tsv drive.gn drive.tsv relu.gn relu.tsv rectified-tanh.gn rectified-tanh.tsv; do
        cmp "$TMP/first-$file" "$TMP/$1-$file" || return 1
    done
}

check 'trains' train "$BIN/train" first --threads 1
for kind in drive relu rectified-tanh; do
    check "$kind differs" sh -c "! cmp -s '$TMP/first-rate.tsv' '$TMP/first-$kind.tsv'"
done
check 'and so do the rectified ones' sh -c "! cmp -s '$TMP/first-relu.tsv' '$TMP/first-rectified-tanh.tsv'"
for threads in 2 3 5; do
    check "$threads threads" train "$BIN/train" threads --threads "$threads"
    check "$threads threads, the same bytes" same threads
done

for kernel in portable avx2 avx512; do
    if GRIDNAV_KERNEL=$kernel train "$BIN/train" kernel --threads 2; then
        check "$kernel kernels ran" grep -q "$kernel kernels" "$TMP/err"
        check "$kernel kernels, the same bytes" same kernel
    else
        check "$kernel kernels are not for this processor" grep -q GRIDNAV_KERNEL "$TMP/err"
    fi
done

# Other builds: the modules that train takes from the library are compiled by each compiler at each level, in folders that
# are kept for the next time. CHECK_IDENTITY_BUILDS= leaves this out.
if [ -n "${CHECK_IDENTITY_BUILDS-yes}" ] && [ -e "$build/libgridnav.a" ]; then
    # The linker prints only the names of the library's members, so their rooms are found by the names of their sources.
    modules=$(cd "$root" && ld -t -t -r -o "$TMP/all.o" "$build/obj/programs/train.o" "$build/libgridnav.a" |
        sed -n 's/.*libgridnav\.a.\([a-z0-9_]*\.o\).*/\1/p' | sort -u | while read -r member; do
            source=$(cd "$root/src" && find . -name "${member%.o}.c" -not -path './programs/*' | sed 's|^\./||')
            if [ -n "$source" ]; then echo "${source%.c}.o"; else echo "network/$member"; fi # a width of the kernels
        done)
    check 'the modules of train are known' test "$(echo "$modules" | wc -l)" -gt 15
    for compiler in gcc clang; do
        command -v "$compiler" >/dev/null || {
            ok "$compiler # SKIP not installed"
            continue
        }
        for level in -O2 -O3; do
            case "$(cat "$build/obj/flags")" in "$compiler -std=gnu11 $level "*)
                ok "$compiler $level is what all of the above ran"
                continue
                ;;
            esac
            other=$build/identity/$compiler$level
            objects=$(echo "$modules programs/train.o" | tr ' ' '\n' | sed "s|^|$other/obj/|")
            # shellcheck disable=SC2086 # a list
            check "$compiler $level compiles" make -s -C "$root" BUILD="$other" CC="$compiler" OPT="$level" \
                SANITIZE= COVERAGE= CFLAGS= $objects
            # shellcheck disable=SC2086
            check "$compiler $level links" "$compiler" -pthread -o "$other/train" $objects -Wl,--as-needed \
                -lopenblas -lgsl -lxxhash -lpthread -lm
            check "$compiler $level trains" train "$other/train" built --threads 2
            check "$compiler $level, the same bytes" same built
            for kernel in portable avx2; do # the widest was chosen above
                GRIDNAV_KERNEL=$kernel train "$other/train" built --threads 2 || continue
                check "$compiler $level $kernel, the same bytes" same built
            done
        done
    done
fi
finish

# Completion of the programs' options, from their own --help:   . env/completion.bash
# Names of options, the choices of an option that has some, else files.

_gridnav() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} help words
    help=$("${COMP_WORDS[0]}" --help 2>/dev/null) || return
    COMPREPLY=()
    if [[ $current == -* ]]; then
        words=$(sed -n 's/^  \(--[a-z0-9-]*\).*/\1/p' <<<"$help")
    elif [[ $previous == --* ]]; then
        # the [one of a|b|c; default a] of this option, before the next one begins
        words=$(awk -v option="$previous" '/^  --/ { here = $1 == option } here && match($0, /\[one of [^];]*/) {
            list = substr($0, RSTART + 8, RLENGTH - 8); gsub(/\|/, " ", list); print list }' <<<"$help")
    fi
    if [[ -n $words ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}

for _program in "$(dirname "${BASH_SOURCE[0]}")"/../src/programs/*.c; do
    complete -o filenames -F _gridnav "$(basename "$_program" .c)" "build/bin/$(basename "$_program" .c)"
done
unset _program

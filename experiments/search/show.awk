# Prints the first rows of the ranking, or those of which the ids are in `rows`, with their places. Exit status 1 when one of
# these is not there or has no scores.
BEGIN { FS = OFS = "\t"; wanted = split(rows, id, " "); for (i in id) named[id[i]] = 1 }
/^#/ { next }
{
    line = $1
    for (i = 2; i <= 12; i++) line = line OFS $i
    if (!head++) { print "place", line; next }
    place++
    name = $1
    sub(/\/seed-[0-9]+$/, "", name)
    if (!wanted && place <= 11) print place, line
    if (!(name in named)) next
    print place, line
    if ($2 != "scored") failed = 1
    if (!seen[name]++) found++
}
END { exit wanted && (failed || found < wanted) }

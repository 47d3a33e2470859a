# Adds the times of trainings to the table that is kept:
#
#   awk -f compute.awk compute.tsv build/NAME/seed-S/network.gn.seconds.tsv ... > new
#
# Threads are those of the companion network.gn.prov, 1 when it says nothing.

function threads(path,    line, part, n) {
    n = 1
    sub(/seconds\.tsv$/, "prov", path)
    while ((getline line < path) > 0)
        if (split(line, part, "\t") == 2 && part[1] == "threads") n = part[2]
    close(path)
    return n
}
BEGIN { FS = "\t" }
FNR == 1 && NR > 1 {
    n = split(FILENAME, part, "/")
    name = part[n - 2] "\t" substr(part[n - 1], 6)
    factor = threads(FILENAME)
    updates[name] = seconds[name] = 0
    if (!(name in known)) { known[name] = 1; order[++names] = name }
}
NR == FNR && /^#/ { print; next }
NR == FNR && $1 != "experiment" { name = $1 "\t" $2; known[name] = 1; order[++names] = name; updates[name] = $3; seconds[name] = $4 }
# Processor time is used where it is known, as it does not depend on what else the machine does.
NR != FNR && /^[0-9]/ { updates[name]++; seconds[name] += $3 ~ /^[0-9]/ ? $3 : factor * $2 }
END {
    print "experiment\tseed\tupdates\tprocessor_seconds"
    for (i = 1; i <= names; i++) if (updates[order[i]] > 0) printf "%s\t%d\t%.0f\n", order[i], updates[order[i]], seconds[order[i]]
}

# Networks beside the paper, as fingerprints.gp draws them:
#
#   awk -v show=columns -f fingerprints.awk paper/fingerprints.tsv              place, figure, label, range (in two lines)
#   awk -v show=rows -f fingerprints.awk paper/fingerprints.tsv TABLE...        place, label, 1 for the search's
#   awk -v show=cells -f fingerprints.awk paper/fingerprints.tsv TABLE...       row, column, text, distance (-1: no value)
#
# Columns are the fingerprints for which the paper gives a range, in its table's order, and the distance in all; rows the
# networks as they come, those of the search (tables in folders so called) last and by their distance. Places count from 1.

function text(id, x) {
    if (x == "nan") return "–"
    if (id == "error_growth") { x = sprintf("%.1e", x); sub(/e-0/, "e-", x); return x }
    return sprintf(id == "error_level" ? "%.3f" : id ~ /^fall_[0-9]/ ? "%+.2f" : id == "wavelength" || id == "total" ? "%.1f" : "%.2f", x)
}
function before(a, b) { return searched[a] != searched[b] ? searched[b] : searched[a] && total[a] + 0 < total[b] + 0 }
BEGIN { FS = "\t" }
FNR == 1 { file++; header = 0; last = "" }
/^#/ { next }
!header || $1 == "recipe" { for (i = 1; i <= NF; i++) at[file, $i] = i; header = 1; next }
file == 1 && $at[1, "low"] != "nan" {
    id[++columns] = $1; place[$1] = columns; figure[columns] = $at[1, "figure"]; label[columns] = $at[1, "label"]
    low = $at[1, "low"]; high = $at[1, "high"]
    range[columns] = low == high ? text($1, low) : text($1, low) "\\nto " text($1, high)
}
file == 1 { next }
{
    one = $at[file, "recipe"] SUBSEP $at[file, "arena"] SUBSEP $at[file, "seed"] SUBSEP $at[file, "update"]
    if (one != last || $at[file, "id"] == id[1]) {
        name[++rows] = $at[file, "recipe"]; seed[rows] = $at[file, "seed"]; times[name[rows]]++
        searched[rows] = FILENAME ~ /search\//
    }
    last = one
    key = $at[file, "id"]
    if (key in place) { value[rows, place[key]] = text(key, $at[file, "value"]); distance[rows, place[key]] = $at[file, "distance"] }
    if (key == "total") total[rows] = $at[file, "distance"]
}
END {
    if (show == "columns") for (k = 1; k <= columns; k++) print k "\t" figure[k] "\t" label[k] "\t" range[k]
    for (i = 1; i <= rows; i++) order[i] = i
    for (i = 2; i <= rows; i++)
        for (j = i; j > 1 && before(order[j], order[j - 1]); j--) {
            k = order[j]; order[j] = order[j - 1]; order[j - 1] = k
        }
    for (i = 1; i <= rows; i++) {
        r = order[i]
        if (show == "rows") print i "\t" name[r] (times[name[r]] > 1 ? ", seed " seed[r] : "") "\t" searched[r]
        for (k = 1; show == "cells" && k <= columns; k++) print i "\t" k "\t" value[r, k] "\t" (distance[r, k] == "nan" ? -1 : distance[r, k])
        if (show == "cells") print i "\t" columns + 1 "\t" text("total", total[r]) "\t" total[r]
    }
}

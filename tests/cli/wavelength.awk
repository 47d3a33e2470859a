# How fine each unit's map is: its effective wavelength 2 pi sqrt(variance / mean squared slope), in arena
# units. A plane wave has its own; a straight ramp across the arena 1.8 times the arena's width.
#
#   map-sheet --columns 1 --gap 0 --cells cells.tsv --output sheet.tsv probe.gn
#   awk -v width=0.0625 -f wavelength.awk cells.tsv scores.tsv sheet.tsv
#
# The sheet is a column of maps, smoothed as in every figure, so a cell's rows begin at its y.

BEGIN { FS = "\t"; pi = atan2(0, -1); print "unit\tclass\twavelength" }
FNR == 1 { file++; header = 0 }
file < 3 && /^#/ { next }
file < 3 && !header { for (i = 1; i <= NF; i++) at[file, $i] = i; header = 1; next }
file == 1 { bottom[$at[1, "unit"]] = int($at[1, "y"] + 0.5); side = $at[1, "size"]; next }
file == 2 { class[$at[2, "unit"]] = $at[2, "class"]; units++; next }
file == 3 && FNR == 1 { FS = "[ \t]+"; $0 = $0 }
{ for (c = 1; c <= side; c++) rate[FNR - 1, c] = $c }

function known(r, c) { return c <= side && rate[r, c] != "nan" }
END {
    for (u = 0; u < units; u++) {
        n = sum = square = pairs = slope = 0
        for (r = bottom[u]; r < bottom[u] + side; r++)
            for (c = 1; c <= side; c++) {
                if (!known(r, c)) continue
                x = rate[r, c]; n++; sum += x; square += x * x
                if (known(r, c + 1)) { d = rate[r, c + 1] - x; pairs++; slope += d * d }
                if (r + 1 < bottom[u] + side && known(r + 1, c)) { d = rate[r + 1, c] - x; pairs++; slope += d * d }
            }
        # pairs along x and along y: together they are half the mean squared slope
        variance = square / n - (sum / n) ^ 2
        printf "%d\t%s\t%s\n", u, class[u], \
                (slope > 0 ? sprintf("%.6g", width * 2 * pi * sqrt(variance / (2 * slope / pairs))) : "nan")
    }
}

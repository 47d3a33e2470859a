# Experiments beyond the paper as rows: reads lines of NAME<TAB>FOLDER<TAB>TITLE, and in each folder what is there of
# log.tsv (its header has the error), errors.tsv or longrun.tsv (of networks that walk along a track, or elsewhere), and
# scores.tsv (classes) and units.tsv (wavelengths of the maps that fingerprints count: median, and what the finest tenth stays below).

function significant(x) { return x == "nan" ? x : sprintf("%.3g", x) }
function sort_numbers(x, n,    i, j, t) {
    for (i = 2; i <= n; i++) { t = x[i]; for (j = i - 1; j && x[j] > t; j--) x[j + 1] = x[j]; x[j + 1] = t }
}

BEGIN {
    FS = "\t"
    print "experiment\tasks\tupdates\terror\tbest_constant\twavelength\tfinest\tgrid\tband\tborder\tirregular\tunmodulated"
}
{
    n = updates = sum = 0; error = constant = median = finest = "-"; delete count
    if (open_table($2 "/log.tsv")) {
        while (next_row($2 "/log.tsv")) updates++
        if (updates) error = significant(header["final_mse"])
    }
    if (!updates) {
        path = $2 "/sample.gn"
        along = (getline line < path) > 0 # a track's trials
        close(path)
        path = $2 (along ? "/errors.tsv" : "/longrun.tsv")
        open_table(path)
        while (next_row(path)) {
            sum += value("error_squared"); n++
            constant = significant("constant" in column ? value("constant") : header["best_constant"])
        }
        if (n) error = significant(sum / n)
    }
    n = 0; delete x
    if (updates && open_table($2 "/units.tsv"))
        while (next_row($2 "/units.tsv"))
            if (value("counted") == 1 && value("wavelength") != "nan") x[++n] = value("wavelength") + 0
    sort_numbers(x, n)
    if (n) { median = significant(x[int((n + 1) / 2)]); finest = significant(x[int((n + 9) / 10)]) }
    scored = updates && open_table($2 "/scores.tsv")
    if (scored) while (next_row($2 "/scores.tsv")) count[value("class")]++
    line = $1 "\t" $3 "\t" updates "\t" error "\t" constant "\t" median "\t" finest
    split("grid band border irregular unmodulated", class, " ")
    for (i = 1; i <= 5; i++) line = line "\t" (scored ? count[class[i]] + 0 : "-")
    print line
}

# Prints a row for each experiment beyond the paper. Reads lines NAME<TAB>FOLDER<TAB>TITLE and, in each folder, those of these
# files that exist: log.tsv (its header has the error), longrun.tsv or figures/along.tsv (for networks that walk elsewhere or
# along a track), scores.tsv (classes) and figures/wavelength.tsv (the median, and the bound of the finest tenth).

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
        path = $2 "/figures/along.tsv"
        if (!open_table(path)) { path = $2 "/longrun.tsv"; open_table(path) }
        while (next_row(path)) {
            sum += value("error_squared"); n++
            constant = significant("constant" in column ? value("constant") : header["best_constant"])
        }
        if (n) error = significant(sum / n)
    }
    n = 0; delete x
    if (updates && open_table($2 "/figures/wavelength.tsv"))
        while (next_row($2 "/figures/wavelength.tsv"))
            if (value("class") != "unmodulated" && value("wavelength") != "nan") x[++n] = value("wavelength") + 0
    sort_numbers(x, n)
    if (n) { median = significant(x[int((n + 1) / 2)]); finest = significant(x[int((n + 9) / 10)]) }
    if (updates && open_table($2 "/scores.tsv")) while (next_row($2 "/scores.tsv")) count[value("class")]++
    line = $1 "\t" $3 "\t" updates "\t" error "\t" constant "\t" median "\t" finest
    split("grid band border irregular unmodulated", class, " ")
    for (i = 1; i <= 5; i++) line = line "\t" (updates ? count[class[i]] + 0 : "-")
    print line
}

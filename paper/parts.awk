# The parts of the report and of the gallery that are made from tables, for LaTeX and for browsers:
#
#   awk -v as=tex|html -v part=PART -f parts.awk TABLES
#
#   numbers      numbers.tsv                  \gnset{KEY}{VALUE} lines, read by report.tex
#   deviations   deviations.tsv               where this differs from the paper, and why
#   recipe       recipe.tsv                   every key of the arenas' experiments
#   networks     networks.tsv                 one row a network
#   verdicts     headings.tsv verdicts.tsv    the claims
#   tests        headings.tsv verdicts.tsv    every test of every claim
#   regime       ranking.tsv                  the search's recipes, best first
#   beyond       beyond.tsv                   experiments beyond the paper
#   figures      captions.tsv                 figures (-v shown='NAME ...' -v folder=PATH) with captions
#   provenance   provenance.tsv               key and value

# ---- the two formats ----------------------------------------------------------------------

function esc(s) {
    if (as == "html") { gsub(/&/, "\\&amp;", s); gsub(/</, "\\&lt;", s); gsub(/>/, "\\&gt;", s); return s }
    gsub(/\\/, "\001", s)
    gsub(/[{}&%#_$]/, "\\\\&", s)
    gsub(/\001/, "\\textbackslash{}", s)
    gsub(/~/, "\\textasciitilde{}", s); gsub(/\^/, "\\textasciicircum{}", s)
    gsub(/<=/, "$\\leq$", s); gsub(/>=/, "$\\geq$", s)
    gsub(/</, "$<$", s); gsub(/>/, "$>$", s)
    gsub(/\+-/, "$\\pm$", s)
    gsub(/(^| )-inf/, " $-\\infty$", s)
    return s
}
function bold(s) { return as == "tex" ? "\\textbf{" s "}" : "<strong>" s "</strong>" }
# A name of code, which may break at its dots and dashes
function code(s) {
    s = esc(s)
    if (as == "html") { gsub(/[_.-]/, "&<wbr>", s); return "<code>" s "</code>" }
    gsub(/[.-]/, "&\\allowbreak{}", s); gsub(/\\_/, "&\\allowbreak{}", s)
    return "\\texttt{" s "}"
}
function verdict(s) {
    return as == "html" ? "<span class=\"" s "\">" s "</span>" : s ~ /^un/ ? s : bold(s)
}

# A key's value; lists may break, and no one reads a third to 18 digits
function setting(s) {
    if (s ~ /^[0-9]*\.[0-9]+$/ && length(s) > 8) s = sprintf("%.4g", s)
    s = esc(s)
    gsub(/,/, as == "html" ? "&<wbr>" : "&\\allowbreak{}", s)
    return s
}

# shares: of the line's width, as many as columns; names separated by tabs
function begin_table(shares, names,    n, i, share, name) {
    n = split(shares, share, " ")
    columns = split(names, name, "\t")
    if (as == "html") print "<div class=\"wide\"><table>\n<thead><tr>"
    else {
        printf "{\\footnotesize\\setlength{\\tabcolsep}{3pt}\\begin{longtable}{@{}"
        for (i = 1; i <= n; i++)
            printf ">{\\raggedright\\arraybackslash}p{\\dimexpr %s\\linewidth-%s\\tabcolsep}", share[i], i == 1 || i == n ? 1 : 2
        print "@{}}\n\\toprule"
    }
    for (i = 1; i <= columns; i++) {
        name[i] = esc(name[i])
        if (as == "html") printf "<th>%s</th>", name[i]
        else printf "%s%s", bold(name[i]), i < columns ? " & " : " \\\\\n\\midrule\\endhead\n\\bottomrule\\endlastfoot\n"
    }
    if (as == "html") print "</tr></thead>\n<tbody>"
}
function add(text) { line[++cells] = text }
function end_row(    i) {
    if (as == "html") printf "<tr>"
    for (i = 1; i <= cells; i++)
        if (as == "html") printf "<td>%s</td>", line[i]
        else printf "%s%s", line[i], i < cells ? " & " : " \\\\\\addlinespace[2pt]\n"
    if (as == "html") print "</tr>"
    cells = 0
}
# A row of one cell across the table
function across(text) {
    if (as == "html") printf "<tr class=\"group\"><td colspan=\"%d\">%s</td></tr>\n", columns, text
    else printf "\\addlinespace\\multicolumn{%d}{@{}p{\\linewidth}@{}}{%s} \\\\\n", columns, text
}
function end_table() { print as == "html" ? "</tbody></table></div>" : "\\end{longtable}}" }
function none(text) { print as == "html" ? "<p class=\"none\">" text "</p>" : "\\emph{" text "}\n" }

function short(x) { return x == "nan" || x == "inf" || x == "-inf" ? x : sprintf("%.3g", x) }
function range(low, high) {
    if (low == "-inf") return "<= " short(high)
    if (high == "inf") return ">= " short(low)
    return short(low) " to " short(high)
}

# A figure half as large again as it was drawn, so that its words are as large as the page's
function drawn_width(svg,    line, box) {
    while ((getline line < svg) > 0)
        if (match(line, /viewBox="[^"]*"/)) {
            split(substr(line, RSTART + 9), box, " ")
            break
        }
    close(svg)
    return box[3] > 0 ? sprintf(" style=\"width:%dpx\"", 1.5 * box[3]) : ""
}

# ---- the parts ----------------------------------------------------------------------------

BEGIN {
    FS = "\t"
    if (part == "deviations") begin_table("0.12 0.24 0.3 0.34", "what\tthe paper\there\twhy")
    if (part == "recipe") begin_table("0.24 0.11 0.11 0.11 0.43", "key\tsquare\ttriangle\thexagon\tmeaning")
    if (part == "networks")
        begin_table("0.17 0.06 0.09 0.08 0.06 0.06 0.08 0.08 0.1 0.11 0.11", \
            "experiment\tseed\tupdates\terror\tgrid\tband\tborder\tirreg.\tunmod.\tmax g60\tmax g90")
    if (part == "beyond")
        begin_table("0.15 0.14 0.08 0.08 0.09 0.11 0.07 0.05 0.05 0.07 0.06 0.05", \
            "experiment\tasks\tupdates\terror\tconstant\twavelength\tfinest\tgrid\tband\tborder\tirreg.\tunm.")
    if (part == "verdicts") begin_table("0.06 0.52 0.28 0.14", "\tclaim\tits tests\tverdict")
    if (part == "tests") begin_table("0.05 0.21 0.12 0.15 0.08 0.18 0.11 0.1", "\ttest\texperiment\tstatistic\tholds\tby chance; power\tfound\tverdict")
    if (part == "provenance") begin_table("0.3 0.7", "what\tvalue")
    if (part == "figures") for (i = split(shown, word, " "); i; i--) drawn[word[i]] = 1
}

FNR == 1 { file++ }
/^#/ && part !~ /verdicts|tests/ { next }

part == "numbers" { printf "\\gnset{%s}{%s}\n", $1, esc($2); next }
part == "provenance" { add(esc($1)); add(code($2)); end_row(); next }

part == "deviations" && $1 != "topic" {
    for (i = 1; i <= 4; i++) add(esc($i == "-" ? "" : $i))
    end_row()
    next
}
part == "recipe" {
    add(code($1)); for (i = 2; i <= 4; i++) add(setting($i)); add(esc($5)); end_row()
    next
}
part == "networks" && $1 != "experiment" {
    networks++
    add(code($1)); for (i = 2; i <= 11; i++) add(esc($i))
    end_row()
    next
}

part == "beyond" && $1 != "experiment" {
    others++
    add(code($1)); for (i = 2; i <= 12; i++) add(esc($i))
    end_row()
    next
}

part ~ /verdicts|tests/ && file == 1 && !/^#/ && $1 != "claim" { heading[$1] = $2; order[++claims] = $1; next }
part ~ /verdicts|tests/ && /^# verdict\.c/ {
    split($0, word, /: | \(|\)/)
    claim = toupper(substr(word[1], 11))
    of_claim[claim] = word[2]; counts[claim] = word[3]
    next
}
part == "tests" && file == 2 && !/^#/ && $1 != "id" {
    claim = $1; sub(/[a-z]+$/, "", claim)
    if (claim != last) across(bold(esc(claim ": " heading[claim])))
    last = claim
    add(esc($1)); add(esc($3 " (" $4 ")")); add(code($5)); add(code($7)); add(esc(range($8, $9)))
    add(esc($18 ($20 == "-" ? "" : "; power: " $20)))
    add($10 == 0 ? "-" : esc(short($12) ($10 > 1 ? " +- " short($13) : "") ", n = " $10)); add(verdict($2))
    end_row()
    next
}

# The ranking's columns: those that are there of a chosen few
part == "regime" && !head {
    head = 1
    wanted = split("network status update mse distance wavelength share_no_ramp saturation grid band border overrides", want, " ")
    for (i = 1; i <= NF; i++) at[$i] = i
    split("0.17 0.065 0.07 0.065 0.075 0.085 0.065 0.085 0.045 0.05 0.06 0.165", share, " ")
    for (i = 1; i <= wanted; i++) if (want[i] in at) {
        kept[++n] = at[want[i]]; names = names (n > 1 ? "\t" : "") want[i]; shares = shares " " share[i]
    }
    gsub(/share_no_ramp/, "no ramp", names); gsub(/saturation/, "saturated", names)
    begin_table(shares, names)
    next
}
part == "regime" {
    rows++
    if ($at["update"] < 0) $at["update"] = "-"
    if ($at["status"] != "scored") $at["grid"] = $at["band"] = $at["border"] = "-"
    for (i = 1; i <= n; i++) {
        x = $kept[i]
        add(kept[i] == at["network"] || kept[i] == at["overrides"] ? code(x) : esc(x ~ /^-?[0-9]*\.[0-9]+(e-?[0-9]+)?$/ ? short(x) : x))
    }
    end_row()
    next
}

part == "figures" && FNR > 1 && ($1 in drawn) {
    if (as == "html") {
        printf "<figure id=\"%s\">\n<h3>%s: %s</h3>\n", $1, esc($2), esc($1)
        printf "<img alt=\"%s\"%s src=\"data:image/svg+xml;base64,", esc($2), drawn_width(folder "/" $1 ".svg")
        fflush() # what was printed comes before what base64 prints
        system("base64 -w 0 " folder "/" $1 ".svg")
        printf "\">\n<figcaption><p><b>Paper.</b> %s</p><p><b>Here.</b> %s</p></figcaption>\n</figure>\n", esc($3), esc($4)
    } else {
        printf "\\begin{figure}[p]\\centering\n\\includegraphics[width=\\linewidth,height=0.8\\textheight,keepaspectratio]{%s/%s.pdf}\n", folder, $1
        printf "\\caption{\\textbf{%s (%s).} \\emph{Paper:} %s \\emph{Here:} %s}\\label{fig:%s}\n\\end{figure}\n", esc($2), esc($1), esc($3), esc($4), $1
    }
    next
}

END {
    if (part == "verdicts")
        for (i = 1; i <= claims; i++) {
            add(esc(order[i])); add(esc(heading[order[i]])); add(esc(counts[order[i]])); add(verdict(of_claim[order[i]])); end_row()
        }
    if (part ~ /deviations|recipe|verdicts|tests|networks|beyond|provenance/ || part == "regime" && head) end_table()
    if (part == "networks" && !networks) none("No network has been trained yet.")
    if (part == "beyond" && !others) none("None of these experiments has been run yet.")
    if (part == "regime" && !rows) none("No recipe of the search has been run yet.")
}

# captions.tsv to a page: one section a figure that is drawn (shown: their names), in the table's order.
BEGIN {
    FS = "\t"
    n = split(shown, word, " ")
    for (i = 1; i <= n; i++) drawn[word[i]] = 1
    print "# Figures"
    print ""
    if (profile == "quick") print "Quick profile: tiny settings, not a result.\n"
    print "Each figure is drawn by the script of its name from small tables; `make NAME` draws one, `make figures` all."
    print "Figures are drawn for the width of two columns (18 cm), fig1c for that of one."
    print "The verdict on each of the paper's claims stands in [claims.md](claims.md)."
}
FNR == 1 || !($1 in drawn) { next }
{
    print "\n## " $2 ": " $1
    print "\n![" $1 "](" $1 ".png)\n"
    print "**Paper.** " $3 "\n"
    print "**Here.** " $4 " [Script](" (profile == "quick" ? "../../../figures/" : "") $1 ".gp), [SVG](" $1 ".svg)"
}

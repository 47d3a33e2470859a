# Prints the ranking of the search as a page in Markdown: a section for each network, with a picture of its maps.
function short(x) { return x == "nan" || x == "" ? "-" : x ~ /^-?[0-9.]+(e-?[0-9]+)?$/ ? sprintf("%.3g", x) : x }
BEGIN {
    FS = "\t"
    print "# The search for the regime of periodic maps\n"
    print "Written by `make search-results` from [ranking.tsv](ranking.tsv), best first. Every row of"
    print "[recipes.tsv](../recipes.tsv) is here, those that failed too; what a row does not name is as in"
    print "[search.mk](../search.mk). First are those with more grid-like and band-like units than chance gives, then those nearest"
    print "to what the paper's figures say of its networks (*distance*, root mean square in tolerances;"
    print "[fingerprints.tsv](../../../paper/fingerprints.tsv)). An untrained network has an error of 0.28: one above 0.2 has learnt"
    print "next to nothing, and its maps say nothing."
    print "*Counted* is the share of units whose map repeats (its halves correlate by 0.8 or more) and changes at all; of these"
    print "*wavelength* is the median, in arena units (a straight ramp has 3.6), *no ramp* the share whose map is none,"
    print "*saturated* the share of the area where rates are beyond 0.9; *gridness* is the largest of any unit at 60° and"
    print "at 90°; the classes are those of `score-units`. The pictures hold the map of every unit, by class.\n"
}
/^#/ { next }
!head { for (i = 1; i <= NF; i++) at[$i] = i; head = 1; next }
{
    network = $at["network"]; seed = "1"
    if (match(network, /\/seed-[0-9]+$/)) { seed = substr(network, RSTART + 6); id = substr(network, 1, RSTART - 1) } else id = network
    printf "## %d. %s\n\n", ++n, network
    print "| changed | updates | error | distance | counted | wavelength | no ramp | saturated | gridness 60°, 90° | grid | band | border | irregular | unmodulated |"
    print "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
    if ($at["update"] < 0) $at["update"] = "-"
    if ($at["status"] != "scored") $at["grid"] = $at["band"] = $at["border"] = $at["irregular"] = $at["unmodulated"] = "-"
    changed = $at["overrides"] == "-" ? "nothing" : "`" $at["overrides"] "`"
    if ($at["status"] != "scored") changed = changed " (" $at["status"] ")"
    printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s, %s | %s | %s | %s | %s | %s |\n\n", changed, $at["update"], short($at["mse"]), \
        short($at["distance"]), short($at["share_counted"]), short($at["wavelength"]), short($at["share_no_ramp"]), short($at["saturation"]), short($at["largest_gridness60"]), short($at["largest_gridness90"]), \
        $at["grid"], $at["band"], $at["border"], $at["irregular"], $at["unmodulated"]
    if ($at["status"] == "scored") printf "![maps of %s](%s-seed-%s.png)\n\n", network, id, seed
}

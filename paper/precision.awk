# From verdicts of several walks of one network to how far each row's value varies over them (awk -f table.awk -f this).
BEGIN {
    path = ARGV[1]
    if (!open_table(path)) exit 1
    print "# How far the value of a row of claims.tsv varies over walks of one network, the first seed of an experiment: number"
    print "# of walks with a value, its mean and standard deviation over them, and in how many it is in the row\047s range."
    print "id\texperiment\twalks\tmean\tsd\tin_range"
    while (next_row(path))
        if (value("seeds") > 1)
            printf "%s\t%s\t%d\t%.6g\t%.3g\t%d\n", value("id"), value("experiment"), value("seeds"), value("mean"), value("sd"),
                value("seeds_in_range")
    exit
}

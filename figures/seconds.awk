# How fast recipes learn: what was measured, and what the figure shows of it.
#
#   awk -v machine='its processor' -f seconds.awk build/NAME/seed-S ...           experiments/speed.tsv
#   awk -v show=curves -f seconds.awk speed.tsv      mean and range over the seeds against the time
#   awk -v show=reached -f seconds.awk speed.tsv     time to reach an error, mean and standard deviation
#
# speed.tsv has a row an update of every network: the error that the update found, and what it had cost to
# come there, in seconds of a processor and in passes of one trial through the network (src/network/gradient.h),
# which `train` counts. Unlike seconds, passes do not depend on what else the machine does.

# value[update, column] <- a table that `train` wrote; returns the number of its rows
function read_table(path, value,    line, cell, name, columns, i, rows) {
    rows = 0
    while ((getline line < path) > 0) {
        if (line ~ /^#/) continue
        if (!columns) { columns = split(line, name, "\t"); continue }
        split(line, cell, "\t")
        for (i = 1; i <= columns; i++) value[rows, name[i]] = cell[i]
        rows++
    }
    close(path)
    return rows
}
function collect(folder,    part, n, log_of, cost, rows, i, used, passes) {
    n = split(folder, part, "/")
    rows = read_table(folder "/log.tsv", log_of)
    if (read_table(folder "/network.gn.seconds.tsv", cost) != rows) rows = 0
    if (!rows) { print folder ": no training, or not with the times of all its updates" > "/dev/stderr"; exit 1 }
    used = passes = 0
    for (i = 0; i < rows; i++) {
        if (cost[i, "processor_seconds"] !~ /^[0-9]/ || cost[i, "passes"] !~ /^[0-9]/) {
            print folder ": what update " i " cost is not known; it must be trained in one go" > "/dev/stderr"
            exit 1
        }
        printf "%s\t%s\t%d\t%.6g\t%.2f\t%.0f\n", part[n - 1], substr(part[n], 6), log_of[i, "update"], log_of[i, "mse"], used, passes
        used += cost[i, "processor_seconds"]
        passes += cost[i, "passes"]
    }
}
BEGIN {
    FS = "\t"
    if (show == "") {
        print "# machine: " machine
        print "experiment\tseed\tupdate\tmse\tprocessor_seconds\tpasses"
        for (i = 1; i < ARGC; i++) collect(ARGV[i])
        exit
    }
}
/^#/ || $1 == "experiment" { next }
{
    if (!($1 in seeds)) order[++experiments] = $1
    if (!($1 in last_seed) || last_seed[$1] != $2) { seeds[$1]++; last_seed[$1] = $2 }
    network = $1 SUBSEP seeds[$1]
    i = rows[network]++
    mse[network, i] = $4; seconds[network, i] = $5; passes[network, i] = $6
}
# Batches differ in difficulty: the mean over the update, two before and two after it
function smooth(network, i,    k, sum, n) {
    for (k = i - 2; k <= i + 2; k++) if (k >= 0 && k < rows[network]) { sum += mse[network, k]; n++ }
    return sum / n
}
function error_at(network, t,    i, w) {
    for (i = 1; i < rows[network] - 2 && seconds[network, i] < t; i++) ;
    if (seconds[network, i] < t) return -1
    w = (t - seconds[network, i - 1]) / (seconds[network, i] - seconds[network, i - 1])
    return (1 - w) * smooth(network, i - 1) + w * smooth(network, i)
}
function curves(name,    t, s, e, n, sum, low, high) {
    for (t = 1; t < 1000; t++) {
        sum = n = 0; low = 1e9; high = 0
        for (s = 1; s <= seeds[name]; s++) {
            e = error_at(name SUBSEP s, t)
            if (e < 0) return
            sum += e; n++
            if (e < low) low = e
            if (e > high) high = e
        }
        printf "%s\t%d\t%.6g\t%.6g\t%.6g\n", name, t, sum / n, low, high
    }
}
# Time and passes at the first crossing; nan when a seed does not come so far
function reached(name, level,    s, network, i, w, t, p, sum, square, work) {
    for (s = 1; s <= seeds[name]; s++) {
        network = name SUBSEP s
        for (i = 1; i < rows[network] - 2 && smooth(network, i) > level; i++) ;
        if (smooth(network, i) > level) { printf "%s\t%g\tnan\tnan\tnan\t%d\n", name, level, seeds[name]; return }
        w = (smooth(network, i - 1) - level) / (smooth(network, i - 1) - smooth(network, i))
        t = seconds[network, i - 1] + w * (seconds[network, i] - seconds[network, i - 1])
        p = passes[network, i - 1] + w * (passes[network, i] - passes[network, i - 1])
        sum += t; square += t * t; work += p
    }
    s = seeds[name]
    printf "%s\t%g\t%.1f\t%.1f\t%.0f\t%d\n", name, level, sum / s, (s > 1 ? sqrt((square - sum * sum / s) / (s - 1) + 1e-9) : 0), work / s, s
}
END {
    if (show == "curves") {
        print "experiment\tseconds\tmse\tlowest\thighest"
        for (k = 1; k <= experiments; k++) curves(order[k])
    } else if (show == "reached") {
        print "experiment\tmse\tseconds\tspread\tpasses\tseeds"
        n_levels = split("0.15 0.1 0.07 0.06 0.05 0.045 0.04", level, " ")
        for (k = 1; k <= experiments; k++) for (i = 1; i <= n_levels; i++) reached(order[k], level[i])
    }
}

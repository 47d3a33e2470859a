# How fast recipes learn: what was measured, and what the figure shows of it.
#
#   awk -v machine='its processor' -f seconds.awk build/NAME/seed-S ...           experiments/speed.tsv
#   awk -v show=curves -f seconds.awk speed.tsv      mean and range over the seeds against the time
#   awk -v show=reached -f seconds.awk speed.tsv     time to reach an error, mean and standard deviation
#
# speed.tsv has a row an update of every run: the error that the update found, and what it had cost to
# come there, in seconds of a processor and in passes. A pass is one trial through all steps of the network
# once, forward or backward: a gradient takes 3 a trial (forward, backward, its sum), a Gauss-Newton
# product 4, the objective 1. Unlike seconds, passes do not depend on what else the machine does.

function collect(folder,    line, cell, column, i, n, log_path, used, passes, part, seconds, passed) {
    n = split(folder, part, "/")
    log_path = folder "/network.gn.seconds.tsv"
    while ((getline line < log_path) > 0) {
        split(line, cell, "\t")
        if (line ~ /^[0-9]/) { seconds[cell[1]] = cell[3]; passed[cell[1]] = cell[4] }
    }
    close(log_path)
    log_path = folder "/log.tsv"
    while ((getline line < log_path) > 0) {
        if (line ~ /^#/) continue
        n_cells = split(line, cell, "\t")
        if (!("mse" in column)) { for (i = 1; i <= n_cells; i++) column[cell[i]] = i; continue }
        if (!(cell[1] in seconds) || seconds[cell[1]] == "nan") {
            print folder ": no seconds of update " cell[1] "; it must be trained in one go" > "/dev/stderr"
            exit 1
        }
        printf "%s\t%s\t%d\t%.6g\t%.2f\t%.0f\n", part[n - 1], substr(part[n], 6), cell[1], cell[column["mse"]], used, passes
        used += seconds[cell[1]]
        passes += passed[cell[1]]
    }
    close(log_path)
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
    run = $1 SUBSEP seeds[$1]
    i = rows[run]++
    mse[run, i] = $4; seconds[run, i] = $5; passes[run, i] = $6
}
# Batches differ in difficulty: the mean over the update, two before and two after it
function smooth(run, i,    k, sum, n) {
    for (k = i - 2; k <= i + 2; k++) if (k >= 0 && k < rows[run]) { sum += mse[run, k]; n++ }
    return sum / n
}
function error_at(run, t,    i, w) {
    for (i = 1; i < rows[run] - 2 && seconds[run, i] < t; i++) ;
    if (seconds[run, i] < t) return -1
    w = (t - seconds[run, i - 1]) / (seconds[run, i] - seconds[run, i - 1])
    return (1 - w) * smooth(run, i - 1) + w * smooth(run, i)
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
function reached(name, level,    s, run, i, w, t, p, sum, square, work) {
    for (s = 1; s <= seeds[name]; s++) {
        run = name SUBSEP s
        for (i = 1; i < rows[run] - 2 && smooth(run, i) > level; i++) ;
        if (smooth(run, i) > level) { printf "%s\t%g\tnan\tnan\tnan\t%d\n", name, level, seeds[name]; return }
        w = (smooth(run, i - 1) - level) / (smooth(run, i - 1) - smooth(run, i))
        t = seconds[run, i - 1] + w * (seconds[run, i] - seconds[run, i - 1])
        p = passes[run, i - 1] + w * (passes[run, i] - passes[run, i - 1])
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

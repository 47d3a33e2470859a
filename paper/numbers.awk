# Results to numbers: reads the audit's manifest (experiment, seed, path), every file in it, and
# then the verdicts; writes
#   numbers (stdout)   KEY<TAB>VALUE, what the report and the gallery quote
#   runs    (-v runs=FILE)   one row a network
#
#   awk -v runs=runs.tsv -f table.awk -f numbers.awk verdicts.tsv compute.tsv manifest.tsv > numbers.tsv

function significant(x) { return x == "nan" ? x : x == int(x) && x < 1e6 && x > -1e6 ? x "" : sprintf("%.3g", x) }
function put(key, x) { print key "\t" x }

# ---- one result file of one network -------------------------------------------------------

# The log's header has the error of the trained network.
function read_log(run, path,    n, mse) {
    n = 0
    while (next_row(path)) mse[++n] = value("mse")
    if (!n) return
    updates[run] = n; first[run] = mse[1]; error[run] = header["final_mse"]
}

function read_scores(run, path,    best60, best90) {
    if (("update" in header) && (run in scored_update) && header["update"] + 0 < scored_update[run]) { close(path); return }
    scored_update[run] = header["update"] + 0
    units[run] = 0
    for (i in class_name) count[run, class_name[i]] = 0
    best60 = best90 = -9
    while (next_row(path)) {
        units[run]++
        count[run, value("class")]++
        if (value("gridness60") != "nan" && value("gridness60") > best60) best60 = value("gridness60")
        if (value("gridness90") != "nan" && value("gridness90") > best90) best90 = value("gridness90")
    }
    gridness60[run] = best60; gridness90[run] = best90
}

function read_longrun(run, path,    n, sum, worst) {
    long_constant[run] = header["best_constant"]
    long_same[run] = ("map_correlation_median" in header) ? header["map_correlation_median"] : "nan"
    while (next_row(path)) {
        n++; sum += value("error_squared")
        if (value("error_squared") + 0 > worst) worst = value("error_squared") + 0
    }
    if (n) { long_error[run] = sum / n; long_worst[run] = worst }
}

# ---- over an experiment's seeds ------------------------------------------------------------

function spread(key, of,    i, n, sum, square, low, high, x, run) {
    n = sum = square = 0
    for (i = 1; i <= runs_n; i++) {
        run = run_name[i]
        if (run_experiment[run] != experiment || !(run in of) || of[run] == "nan") continue
        x = of[run] + 0
        if (!n || x < low) low = x
        if (!n || x > high) high = x
        n++; sum += x; square += x * x
    }
    if (!n) return
    put(experiment "." key, significant(sum / n))
    put(experiment "." key ".lowest", significant(low))
    put(experiment "." key ".highest", significant(high))
    if (n > 1) put(experiment "." key ".sd", significant(sqrt((square - sum * sum / n) / (n - 1) > 0 ? (square - sum * sum / n) / (n - 1) : 0)))
}

BEGIN { FS = "\t"; classes = split("grid band border irregular unmodulated", class_name, " ") }

FNR == 1 { file++ }

file == 1 && /^# verdict\.c/ { # verdict.c1: holds (3 hold, 0 fail, 1 undecided)
    split($0, word, /[ :(]+/)
    claim = toupper(substr(word[2], 9))
    put("verdict." claim, word[3])
    of_verdict[word[3]]++
    list[word[3]] = list[word[3]] (list[word[3]] == "" ? "" : ", ") claim
    next
}
file == 1 && !/^#/ && $1 != "id" { rows++; row_verdict[$2]++ }

file == 2 && !/^#/ && $1 != "experiment" { hours += $4 / 3600; trained++; compute_updates += $3 }

file == 3 && FNR > 1 {
    run = $1 " " $2
    if (!(run in run_experiment)) { run_name[++runs_n] = run; run_experiment[run] = $1; run_seed[run] = $2 }
    if (!($1 in known)) { known[$1] = 1; experiment_name[++experiments] = $1 }
    networks_of[$1 " " $2] = 1
    open_table($3)
    if (header["kind"] == "training-log") read_log(run, $3)
    else if (header["kind"] == "scores") read_scores(run, $3)
    else if (header["kind"] == "long-run-error") read_longrun(run, $3)
    close($3)
}

END {
    put("claims", of_verdict["holds"] + of_verdict["fails"] + of_verdict["undecided"])
    for (v = split("holds fails undecided", verdict, " "); v >= 1; v--) {
        put("claims." verdict[v], of_verdict[verdict[v]] + 0)
        put("claims." verdict[v] ".list", list[verdict[v]] == "" ? "none" : list[verdict[v]])
        put("tests." verdict[v], row_verdict[verdict[v]] + 0)
    }
    put("tests", rows + 0)
    put("networks", runs_n + 0)
    put("experiments", experiments + 0)
    if (trained) { put("compute.hours", significant(hours)); put("compute.networks", trained); put("compute.updates", compute_updates) }
    for (e = 1; e <= experiments; e++) {
        experiment = experiment_name[e]
        n = 0
        for (i = 1; i <= runs_n; i++) n += run_experiment[run_name[i]] == experiment
        put(experiment ".seeds", n)
        spread("updates", updates)
        spread("error", error)
        spread("error.first", first)
        spread("units", units)
        for (c = 1; c <= classes; c++) {
            delete these
            for (i = 1; i <= runs_n; i++) if ((run_name[i], class_name[c]) in count) these[run_name[i]] = count[run_name[i], class_name[c]]
            spread(class_name[c], these)
        }
        spread("gridness60", gridness60)
        spread("gridness90", gridness90)
        spread("longrun.constant", long_constant)
        spread("longrun.error", long_error)
        spread("longrun.worst", long_worst)
        spread("longrun.persistence", long_same)
    }
    if (!runs) exit
    print "experiment\tseed\tupdates\terror\tgrid\tband\tborder\tirregular\tunmodulated\tlargest_gridness60\tlargest_gridness90\tlong_run_error" > runs
    for (i = 1; i <= runs_n; i++) {
        run = run_name[i]
        line = run_experiment[run] "\t" run_seed[run] "\t" (run in updates ? updates[run] : "-") "\t" (run in error ? significant(error[run]) : "-")
        for (c = 1; c <= classes; c++) line = line "\t" ((run, class_name[c]) in count ? count[run, class_name[c]] : "-")
        line = line "\t" (run in gridness60 && gridness60[run] > -9 ? significant(gridness60[run]) : "-") "\t" (run in gridness90 && gridness90[run] > -9 ? significant(gridness90[run]) : "-")
        print line "\t" (run in long_error ? significant(long_error[run]) : "-") > runs
    }
}

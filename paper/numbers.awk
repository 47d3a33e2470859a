# Results to numbers: reads the audit's manifest (experiment, seed, path), every file in it, and
# then the verdicts; writes
#   numbers  (stdout)             KEY<TAB>VALUE, what the report and the gallery quote
#   networks (-v networks=FILE)   one row a network
#
#   awk -v networks=networks.tsv -f table.awk -f numbers.awk verdicts.tsv compute.tsv manifest.tsv > numbers.tsv

function significant(x) { return x == "nan" ? x : x == int(x) && x < 1e6 && x > -1e6 ? x "" : sprintf("%.3g", x) }
function put(key, x) { print key "\t" x }

# ---- one result file of one network -------------------------------------------------------

# The log's header has the error of the trained network.
function read_log(network, path,    n, mse) {
    n = 0
    while (next_row(path)) mse[++n] = value("mse")
    if (!n) return
    updates[network] = n; first[network] = mse[1]; error[network] = header["final_mse"]
}

function read_scores(network, path,    best60, best90) {
    if (("update" in header) && (network in scored_update) && header["update"] + 0 < scored_update[network]) { close(path); return }
    scored_update[network] = header["update"] + 0
    units[network] = 0
    for (i in class_name) count[network, class_name[i]] = 0
    best60 = best90 = -9
    while (next_row(path)) {
        units[network]++
        count[network, value("class")]++
        if (value("gridness60") != "nan" && value("gridness60") > best60) best60 = value("gridness60")
        if (value("gridness90") != "nan" && value("gridness90") > best90) best90 = value("gridness90")
    }
    gridness60[network] = best60; gridness90[network] = best90
}

function read_longrun(network, path,    n, sum, worst) {
    long_constant[network] = header["best_constant"]
    long_same[network] = ("map_correlation_median" in header) ? header["map_correlation_median"] : "nan"
    while (next_row(path)) {
        n++; sum += value("error_squared")
        if (value("error_squared") + 0 > worst) worst = value("error_squared") + 0
    }
    if (n) { long_error[network] = sum / n; long_worst[network] = worst }
}

# ---- over an experiment's seeds ------------------------------------------------------------

function spread(key, of,    i, n, sum, square, low, high, x, network) {
    n = sum = square = 0
    for (i = 1; i <= networks_n; i++) {
        network = network_name[i]
        if (experiment_of[network] != experiment || !(network in of) || of[network] == "nan") continue
        x = of[network] + 0
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

file == 1 && /^# verdict\.c/ { # verdict.c1: holds (3 hold, 0 fail, 1 undecided, 0 untestable)
    split($0, word, /[ :(]+/)
    claim = toupper(substr(word[2], 9))
    put("verdict." claim, word[3])
    claim_name[++claims] = claim; claim_verdict[claim] = word[3]
    next
}
# Our own controls are counted apart from the paper's claims.
file == 1 && !/^#/ && $1 != "id" {
    rows++; row_verdict[$2]++
    if ($12 != "nan") put("test." $1 "." $5, significant($12 + 0)) # the mean over seeds
    if ($4 == "not in the paper") { claim = $1; sub(/[a-z]+$/, "", claim); control[claim] = 1 }
}

file == 2 && !/^#/ && $1 != "experiment" { hours += $4 / 3600; trained++; compute_updates += $3 }

file == 3 && FNR > 1 {
    network = $1 " " $2
    if (!(network in experiment_of)) { network_name[++networks_n] = network; experiment_of[network] = $1; seed_of[network] = $2 }
    if (!($1 in known)) { known[$1] = 1; experiment_name[++experiments] = $1 }
    open_table($3)
    if (header["kind"] == "training-log") read_log(network, $3)
    else if (header["kind"] == "scores") read_scores(network, $3)
    else if (header["kind"] == "long-run-error") read_longrun(network, $3)
    close($3)
}

END {
    for (i = 1; i <= claims; i++) {
        of = (claim_name[i] in control) ? "controls" : "claims"
        v = of "." claim_verdict[claim_name[i]]
        all[of]++; of_verdict[v]++
        list[v] = list[v] (list[v] == "" ? "" : ", ") claim_name[i]
    }
    for (k = split("claims controls", kind, " "); k >= 1; k--) {
        put(kind[k], all[kind[k]] + 0)
        for (v = split("holds fails undecided untestable", verdict, " "); v >= 1; v--) {
            put(kind[k] "." verdict[v], of_verdict[kind[k] "." verdict[v]] + 0)
            put(kind[k] "." verdict[v] ".list", list[kind[k] "." verdict[v]] == "" ? "none" : list[kind[k] "." verdict[v]])
        }
    }
    for (v in verdict) put("tests." verdict[v], row_verdict[verdict[v]] + 0)
    put("tests", rows + 0)
    put("networks", networks_n + 0)
    put("experiments", experiments + 0)
    if (trained) { put("compute.hours", significant(hours)); put("compute.networks", trained); put("compute.updates", compute_updates) }
    for (e = 1; e <= experiments; e++) {
        experiment = experiment_name[e]
        n = 0
        for (i = 1; i <= networks_n; i++) n += experiment_of[network_name[i]] == experiment
        put(experiment ".seeds", n)
        spread("updates", updates)
        spread("error", error)
        spread("error.first", first)
        spread("units", units)
        for (c = 1; c <= classes; c++) {
            delete these
            for (i = 1; i <= networks_n; i++) if ((network_name[i], class_name[c]) in count) these[network_name[i]] = count[network_name[i], class_name[c]]
            spread(class_name[c], these)
        }
        spread("gridness60", gridness60)
        spread("gridness90", gridness90)
        spread("longrun.constant", long_constant)
        spread("longrun.error", long_error)
        spread("longrun.worst", long_worst)
        spread("longrun.persistence", long_same)
    }
    if (!networks) exit
    print "experiment\tseed\tupdates\terror\tgrid\tband\tborder\tirregular\tunmodulated\tlargest_gridness60\tlargest_gridness90\tlong_run_error" > networks
    for (i = 1; i <= networks_n; i++) {
        network = network_name[i]
        line = experiment_of[network] "\t" seed_of[network] "\t" (network in updates ? updates[network] : "-") "\t" (network in error ? significant(error[network]) : "-")
        for (c = 1; c <= classes; c++) line = line "\t" ((network, class_name[c]) in count ? count[network, class_name[c]] : "-")
        line = line "\t" (network in gridness60 && gridness60[network] > -9 ? significant(gridness60[network]) : "-") "\t" (network in gridness90 && gridness90[network] > -9 ? significant(gridness90[network]) : "-")
        print line "\t" (network in long_error ? significant(long_error[network]) : "-") > networks
    }
}

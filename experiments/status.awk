# What is trained, what is stale and why, and how long the rest takes: reads the output of
# `make -n --debug=b`, so that make itself says what it would do.
#
#   make -n --debug=b results | awk -v work=build -v id=build/id -v dump=build/bin/gn-dump \
#       -v released=data/released -v runs='square/seed-1 ...' -f status.awk

function base(path) { sub(/.*\//, "", path); return path }
function folder(path) { sub(/\/[^\/]*$/, "", path); return path }
function newer(a, b) { return system("test '" a "' -nt '" b "'") == 0 }
function exists(path,    line, there) { there = (getline line < path) >= 0; close(path); return there }

# The text of a file as one line.
function slurp(path,    line, text) {
    while ((getline line < path) > 0) text = text (text == "" ? "" : " ") line
    close(path)
    return text
}

function output_of(command,    line, text) {
    while ((command | getline line) > 0) text = text line "\n"
    close(command)
    return text
}

function duration(seconds) {
    if (seconds < 90) return sprintf("%.0f s", seconds)
    if (seconds < 5400) return sprintf("%.0f min", seconds / 60)
    return sprintf("%.1f h", seconds / 3600)
}

# "noise-sd 0.1 -> 0.3": two lists of options compared
function changes(was, now,    a, b, n, i, old, text) {
    if (was == "") return "options"
    n = split(was, a, /(^| )--/)
    for (i = 2; i <= n; i++) old[a[i]] = 1
    n = split(now, b, /(^| )--/)
    for (i = 2; i <= n; i++) {
        if (b[i] in old) delete old[b[i]]
        else text = text (text == "" ? "" : ", ") b[i]
    }
    for (i in old) text = text (text == "" ? "" : ", ") "not " i
    return text == "" ? "options" : "now " text
}

# Why `target` must be made. A program that was compiled to the same code is no reason, though make -n
# cannot know: what follows from it alone is not kept.
function because(target, reason) { if (!(target in why)) why[target] = reason; stale[target] = 1 }

function quoted(line, which,    part, n) { n = split(line, part, "'"); return part[2 * which] }

/^ *File '.*' does not exist\.$/ { because(quoted($0, 1), "missing"); next }
/^ *Prerequisite '.*' of target '.*' does not exist\.$/ {
    if (quoted($0, 1) == "options-changed") because(quoted($0, 2), "options")
    next
}
/^ *Prerequisite '.*' is newer than target '.*'\.$/ {
    from = quoted($0, 1); target = quoted($0, 2)
    if (index(from, id "/") == 1) {
        if (from ~ /\.built$/ || slurp(from) == slurp(from ".built")) next
        because(target, "the program " base(from) " changed")
    } else if (from in stale)
        because(target, "after " base(from))
    else if (newer(from, target))
        because(target, "newer: " (index(from, work "/") == 1 ? base(from) : from))
    next
}
/^printf '%s.n' .*\.args$/ {
    target = $NF; sub(/\.args$/, "", target)
    asked = $0; sub(/^printf '%s.n' /, "", asked); sub(/ > [^>]*$/, "", asked); gsub(/'/, "", asked)
    options[target] = asked
    next
}

# ---- time --------------------------------------------------------------------------------

function option_of(text, key,    part) {
    if (match(text, "--" key " [^ ]*")) {
        split(substr(text, RSTART, RLENGTH), part, " ")
        return part[2]
    }
}

# Operations of an update, up to a factor
function load(text) { return option_of(text, "units") ^ 2 * option_of(text, "steps") * option_of(text, "trials") }

# Of a training log's companion: columns update and seconds
function mean_seconds(path,    line, part, sum, n) {
    while ((getline line < path) > 0)
        if (line ~ /^[0-9]/ && split(line, part, "\t") >= 2) { sum += part[2]; n++ }
    close(path)
    return n ? sum / n : 0
}

# Wall seconds of what was made already, per kind of file (networks: of an update, and its load).
function learn(run, file,    text, name, seconds, part) {
    name = work "/" run "/" file
    if (file == "network.gn") {
        seconds = mean_seconds(name ".seconds.tsv")
        text = slurp(name ".args")
        if (!seconds || !load(text)) return
        known_load[++networks] = load(text)
        known_seconds[networks] = seconds
        return
    } else {
        text = slurp(name ".prov")
        if (!match(text, /wall_seconds\t[0-9.]+/)) return
        split(substr(text, RSTART, RLENGTH), part, "\t")
        seconds = part[2]
    }
    total[file] += seconds; count[file]++
}

# Seconds an update has taken in a training under way, over its last updates; 0: unknown
function pace(state,    line, n, i, last, sum) {
    n = split(output_of(dump " --array seconds " state " 2>/dev/null"), line, "\n") - 1
    last = n > 20 ? 20 : n
    for (i = n - last + 1; i <= n; i++) sum += line[i]
    return last > 0 ? sum / last : 0
}

# Seconds of an update, from the trained network of the nearest load; -1 when none is near
function update_seconds(wanted,    i, ratio, nearest, best) {
    nearest = 10
    for (i = 1; i <= networks; i++) {
        ratio = known_load[i] > wanted ? known_load[i] / wanted : wanted / known_load[i]
        if (ratio < nearest) { nearest = ratio; best = known_seconds[i] * wanted / known_load[i] }
    }
    return best ? best : -1
}

function expected(run, file, from,    asked, each) {
    if (file != "network.gn") return count[file] ? total[file] / count[file] : -1
    asked = options[work "/" run "/" file]
    each = load(asked) ? update_seconds(load(asked)) : -1
    return each < 0 ? -1 : each * (option_of(asked, "updates") - from)
}

function header(path, key,    text, line, n, i, part) {
    if (!(path in dumped)) dumped[path] = output_of(dump " " path " 2>/dev/null")
    n = split(dumped[path], line, "\n")
    for (i = 1; i <= n; i++) if (split(line[i], part, "\t") == 2 && part[1] == key) return part[2]
    return ""
}

# ---- the report --------------------------------------------------------------------------

function report(run,    path, state, taken, at, mse, of, pace_now, seconds, note, i, file, missing, lines, done) {
    path = work "/" run "/network.gn"
    state = exists(path) ? (slurp(work "/" run "/network.from") == "released" ? "released" : "trained") : "no network"
    note = ""
    taken = !exists(path) && released != "" && exists(released "/" run "/network.gn") # by the next make
    if (taken) { state = "released"; note = "not taken yet" }
    if (exists(path)) {
        mse = header(path, "mse")
        note = header(path, "update") " updates" (mse == "" ? "" : sprintf(", error %.4f", mse))
    }
    at = 0
    if (exists(path ".state") && (path in stale)) {
        at = header(path ".state", "update") + 0
        of = option_of(options[path], "updates")
        state = "training"
        mse = header(path ".state", "mse")
        note = at " of " of " updates" (mse == "" ? "" : sprintf(", error %.4f", mse))
        pace_now = pace(path ".state")
    }
    for (i = 1; i <= n_files; i++) {
        file = file_name[i]
        path = work "/" run "/" file
        if (!(path in stale)) {
            if (exists(path)) { done++; continue }
            why[path] = "missing" # make found no way to it
        }
        seconds = file == "network.gn" && taken ? 0 : expected(run, file, at)
        if (file == "network.gn" && pace_now) seconds = pace_now * (of - at)
        if (file == "network.gn" && seconds > 0) note = note (note == "" ? "" : ", ") duration(seconds) " to go"
        if (seconds < 0) unknown++
        else rest += seconds
        todo++
        if (why[path] == "missing") { missing = missing " " file; continue }
        if (why[path] == "options") why[path] = changes(slurp(path ".args"), options[path])
        lines = lines sprintf("    %-18s %s\n", file, why[path])
    }
    if ((taken || state == "no network") && missing != "") missing = ""
    if (missing != "") missing = "    missing:" missing "\n"
    printf "%-30s %-10s %2d of %d files%s\n%s%s", run, state, done, n_files, note == "" ? "" : "; " note, lines, missing
}

END {
    n_files = split(files, file_name, " ")
    n_runs = split(runs, run_name, " ")
    for (i = 1; i <= n_runs; i++) for (j = 1; j <= n_files; j++) learn(run_name[i], file_name[j])
    for (i = 1; i <= n_runs; i++) report(run_name[i])
    if (!todo) print "everything is up to date"
    else printf "to do: %d files, %s one after another%s\n", todo, duration(rest), \
        unknown ? " and " unknown " whose time is not known yet" : ""
}

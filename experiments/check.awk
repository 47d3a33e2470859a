# Reads defaults.mk (first) and experiment files; refuses what does not fit with one line each on
# stderr, FILE:LINE: KEY: what, value, accepted. Prints the names of the experiments, and exits 1
# when anything was refused.
#
#   awk -f check.awk defaults.mk mine.mk ...       check (override="NAME.KEY=VALUE;..." checks these too)
#   awk -v scaffold=mine -f check.awk defaults.mk   a new experiment file, every key explained
#   awk -v table=1 -f check.awk defaults.mk         KEY, default, accepted, meaning

function trim(s) { sub(/^[ \t]+/, "", s); sub(/[ \t\r]+$/, "", s); return s }

function refuse(where, what) { print where ": " what > "/dev/stderr"; refused++ }

function is_int(s) { return s ~ /^-?[0-9]+$/ }
function is_real(s) { return s ~ /^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/ }

# "" when `value` is one number of the type in a..b ("a..b")
function number(type, range, value,    end) {
    split(range, end, /\.\./)
    if (type == "int" && !is_int(value) || !is_real(value))
        return "not " (type == "int" ? "an integer" : "a number")
    if (value + 0 < end[1] + 0 || value + 0 > end[2] + 0) return "out of range"
    return ""
}

# "" when the value fits what `key` accepts, else the reason
function unfit(key, value,    type, range, part, n, i, why, swept) {
    split(accepted[key], part, " ")
    type = part[1]; range = part[2]
    if (value == "") return "no value (leave the line out to take the default)"
    if (value ~ /[$'"`\\]/) return "a plain value is expected"
    if (part[3] == "or" && value == part[4]) return ""
    if (type == "int" || type == "real") return number(type, range, value)
    if (type == "flag") return value ~ /^(yes|no)$/ ? "" : "not yes or no"
    if (type == "choice") {
        n = split(range, part, "|")
        for (i = 1; i <= n; i++) if (value == part[i]) return ""
        return "not one of the choices"
    }
    if (type == "list" || type == "comma") {
        range = part[3]
        n = split(value, part, type == "list" ? "[ \t]+" : ",")
        for (i = 1; i <= n; i++) {
            why = number("int", range, part[i])
            if (why != "") return why " (" part[i] ")"
            if (part[i] in swept) return "given twice (" part[i] ")"
            swept[part[i]] = 1
        }
        return ""
    }
    if (type == "sweep") {
        if (value == "none") return ""
        i = index(value, ":")
        range = trim(substr(value, 1, i - 1))
        if (!i || !(range in accepted) || range ~ /^(sweep|seeds|like)$/) return "no such key to sweep"
        n = split(trim(substr(value, i + 1)), part, /[ \t]+/)
        if (!n) return "no values to sweep"
        for (i = 1; i <= n; i++) {
            why = unfit(range, part[i])
            if (why != "") return why " (" range " = " part[i] ", accepted: " accepted[range] ")"
        }
        return ""
    }
    return "" # text; the names of experiments are checked when all are known
}

function least(a, b, c) { return a < b ? (a < c ? a : c) : (b < c ? b : c) }

# Levenshtein distance: to suggest the key that was meant (or one that begins like it)
function distance(a, b,    i, j, row, last, here) {
    for (j = 0; j <= length(b); j++) row[j] = j
    for (i = 1; i <= length(a); i++) {
        last = row[0]; row[0] = i
        for (j = 1; j <= length(b); j++) {
            here = row[j]
            row[j] = least(row[j] + 1, row[j - 1] + 1, last + (substr(a, i, 1) != substr(b, j, 1)))
            last = here
        }
    }
    return row[length(b)]
}

function nearest(key,    i, d, best, near) {
    best = 1e9
    for (i = 1; i <= keys; i++) {
        d = index(order[i], key) == 1 ? 0.5 : distance(key, order[i])
        if (d < best) { best = d; near = order[i] }
    }
    return near
}

# One assignment of an experiment (or of quick): owner.key = value
function assign(where, owner, key, value,    why, name, part, n, i) {
    name = owner "." key
    if (!(key in accepted)) {
        refuse(where, name ": unknown key; the nearest is " nearest(key) " (accepted: " \
               accepted[nearest(key)] "); `make keys` lists all")
        return
    }
    why = unfit(key, value)
    if (why != "") refuse(where, name ": " why ": '" value "', accepted: " accepted[key])
    if (accepted[key] == "experiment" && value != "none") {
        links++
        link_at[links] = where; link_name[links] = name; link_to[links] = value
        if (key == "like") like[owner] = value
    }
    if (key == "sweep" && value != "none") {
        n = split(trim(substr(value, index(value, ":") + 1)), part, /[ \t]+/)
        sweeps[owner] = 1
        for (i = 1; i <= n; i++) known[owner "-" part[i]] = 1
    }
    if (owner != "quick" && !(owner in known)) { known[owner] = 1; names[++n_names] = owner }
}

FNR == 1 { file = FILENAME; base = FILENAME; sub(/.*\//, "", base); sub(/\.mk$/, "", base); files++ }

# The search's table: id, overrides, note.
FILENAME ~ /\.tsv$/ {
    if (/^#/ || /^[ \t]*$/) next
    where = FILENAME ":" FNR
    n = split($0, cell, "\t")
    if (n != 3 || (!rows_read++) != (cell[1] == "id")) {
        refuse(where, n " columns, or no first row of names: expected id, overrides, note")
        next
    }
    if (cell[1] == "id") next
    if (cell[1] !~ /^[A-Za-z0-9][A-Za-z0-9._-]*$/) refuse(where, "id '" cell[1] "': accepted are letters, digits, . _ -")
    if (cell[1] in seen_id) refuse(where, "id " cell[1] ": given before at line " seen_id[cell[1]])
    seen_id[cell[1]] = FNR
    owner = "search/" cell[1]
    names[++n_names] = owner; known[owner] = 1
    if (cell[2] == "-") next
    n = split(cell[2], part, " ")
    for (i = 1; i <= n; i++) {
        j = index(part[i], "=")
        key = substr(part[i], 1, j - 1); value = substr(part[i], j + 1)
        if (key in accepted && accepted[key] ~ /^list/) gsub(/,/, " ", value) # a row has no blanks within a value
        assign(where, owner, key, value)
    }
    next
}

/^[ \t]*(#|\r?$)/ {
    if (files == 1) heading = /^#/ ? heading (heading == "" ? "" : "\n") $0 : "" # of a group of keys
    next
}

{
    where = file ":" FNR
    line = $0
    comment = ""
    if (i = index(line, "#")) { comment = trim(substr(line, i + 1)); line = substr(line, 1, i - 1) }
    if (line !~ /^[A-Za-z0-9_.\/-]+[ \t]*:?=/) {
        refuse(where, "'" trim(line) "': expected NAME.KEY = VALUE")
        next
    }
    i = index(line, "=")
    left = trim(substr(line, 1, i - 1)); sub(/[ \t]*:$/, "", left)
    value = trim(substr(line, i + 1))
    i = index(left, ".")
    owner = substr(left, 1, i - 1); key = substr(left, i + 1)

    if (left in seen) { refuse(where, left ": given before at " seen[left]); next }
    seen[left] = where

    if (files == 1 && owner == "default") {
        i = index(comment, ";")
        order[++keys] = key
        accepted[key] = trim(substr(comment, 1, i - 1))
        meaning[key] = trim(substr(comment, i + 1))
        fallback[key] = value
        group[key] = heading
        if (!i || accepted[key] !~ /^(int|real|choice|list int|comma int|flag|text|experiment|sweep)/)
            refuse(where, left ": needs a comment ACCEPTED; meaning")
        else if (accepted[key] != "experiment" && unfit(key, value) != "")
            refuse(where, left ": " unfit(key, value) ": '" value "', accepted: " accepted[key])
        next
    }
    if (files == 1 && owner == "quick") { assign(where, owner, key, value); next }
    if (files == 1 || owner == "" || (owner != base && index(owner, base "-") != 1)) {
        refuse(where, left ": expected " (files == 1 ? "default" : base) ".KEY (the file's own name)")
        next
    }
    if (FILENAME !~ /search\/search\.mk$/ && owner ~ /^(bin|obj|id|bench|stress|(search|check|verify|release|setup)-.*|figures|gallery|paper|quick|search|tests|default|setup|check|help|status|verify|release|results|networks|experiment|experiments|keys|clean|src|env|data|audit|compute|fuzz|lint|programs|man|versions|fig[0-9A-D].*|training|arenas|classes|connectivity|scores|development|autocorrelograms|seconds|speed-seconds|sizes|regularising|movement|elsewhere|tracked)$/) {
        refuse(where, left ": this name is taken; name the experiment differently")
        next
    }
    assign(where, owner, key, value)
}

END {
    if (scaffold != "") {
        print "# Experiment " scaffold ": remove the # of a key to change it; every other stays the default."
        print "# Run it: make " scaffold
        for (i = 1; i <= keys; i++) {
            if (group[order[i]] != last) print "\n" (last = group[order[i]])
            printf "#%-36s # %s; %s\n", sprintf("%s.%s = %s", scaffold, order[i], fallback[order[i]]), \
                accepted[order[i]], meaning[order[i]]
        }
        exit refused > 0
    }
    if (table) {
        for (i = 1; i <= keys; i++)
            printf "%s\t%s\t%s\t%s\n", order[i], fallback[order[i]], accepted[order[i]], meaning[order[i]]
        exit refused > 0
    }
    n = split(override, part, ";")
    for (i = 1; i <= n; i++) {
        if (!(j = index(part[i], "="))) continue
        left = trim(substr(part[i], 1, j - 1))
        k = index(left, ".")
        assign("command line", substr(left, 1, k - 1), substr(left, k + 1), trim(substr(part[i], j + 1)))
    }
    for (i = 1; i <= links; i++)
        if (!(link_to[i] in known) || link_to[i] in sweeps && link_name[i] !~ /\.like$/)
            refuse(link_at[i], link_name[i] ": no such experiment: '" link_to[i] "'")
    for (i = 1; i <= n_names; i++) { # a chain of likes must end
        steps = 0
        for (at = names[i]; at in like && steps <= n_names; at = like[at]) steps++
        if (steps > n_names) refuse(seen[names[i] ".like"], names[i] ".like: goes round in a circle")
    }
    if (refused) exit 1
    for (i = 1; i <= n_names; i++) printf "%s%s", names[i], i < n_names ? " " : "\n"
}

# Reading tables of results, for the scripts beside it (awk -f table.awk -f SCRIPT.awk): open_table(path), then
# next_row(path) until it is 0, with value(NAME) of the row; header[KEY] has what stands above the table.

function open_table(path,    line, n, i, part) {
    delete column; delete header
    while ((getline line < path) > 0) {
        if (line ~ /^# /) {
            i = index(line, ": ")
            header[substr(line, 3, i - 3)] = substr(line, i + 2)
            continue
        }
        n = split(line, part, "\t")
        for (i = 1; i <= n; i++) column[part[i]] = i
        return 1
    }
    return 0
}
function next_row(path,    line) {
    while ((getline line < path) > 0)
        if (line !~ /^#/) { split(line, cell, "\t"); return 1 }
    close(path)
    return 0
}
function value(name) { return cell[column[name]] }

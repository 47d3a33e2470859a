# Fills a page: {{KEY}} becomes the number of that key, a line <!--include NAME--> the file
# NAME.html of -v folder=FOLDER. A line <!--if KEY--> drops what follows up to <!--end--> when
# there is no such number.
#
#   awk -v folder=build/paper -f fill.awk numbers.tsv gallery.html

function escape(s) { gsub(/&/, "\\&amp;", s); gsub(/</, "\\&lt;", s); return s }

FNR == 1 { file++ }
file == 1 { i = index($0, "\t"); number[substr($0, 1, i - 1)] = escape(substr($0, i + 1)); next }

/^<!--if .*-->$/ { key = $0; sub(/^<!--if /, "", key); sub(/-->$/, "", key); skip = !(key in number); next }
/^<!--end-->$/ { skip = 0; next }
skip { next }

/^<!--include .*-->$/ {
    name = $0; sub(/^<!--include /, "", name); sub(/-->$/, "", name)
    path = folder "/" name ".html"
    while ((more = getline line < path) > 0) print line
    if (more < 0) { print FILENAME ": cannot include " path > "/dev/stderr"; exit 1 }
    close(path)
    next
}
{
    rest = $0; text = ""
    while (match(rest, /\{\{[^}]*\}\}/)) {
        key = substr(rest, RSTART + 2, RLENGTH - 4)
        text = text substr(rest, 1, RSTART - 1) (key in number ? number[key] : "<em>not available</em>")
        rest = substr(rest, RSTART + RLENGTH)
    }
    print text rest
}

# Common to every figure. A script sets the size in pixels (width, height; 100 pixels print as an
# inch), loads this, and plots; the variables come from figures/rules.mk:
#
#   gnuplot -e "data='build'; out='figures/fig6.svg'; profile='paper'" figures/fig6.gp
#
#   data     folder of the results (data/NAME/seed-S/FILE)
#   out      what is drawn: .svg or .png (at twice the pixels)
#   needs    the tables that the figure is drawn from, in one text
#   profile  paper, or quick, which the figure then says

set encoding utf8
set minussign
is_png = strstrt(out, '.png') > 0
if (is_png) {
    set terminal pngcairo size 2 * width, 2 * height fontscale 2 linewidth 2 pointscale 2 \
        font 'DejaVu Sans,7.5' background rgb 'white'
} else {
    set terminal svg size width, height dynamic font 'DejaVu Sans,10' background rgb 'white' linewidth 1
}
set output out
# Font sizes in pixels (pngcairo counts in points of 4/3 pixels): 10 is the default.
px(n) = sprintf(',%g', is_png ? 0.75 * n : n)
SMALL = px(8)
MEDIUM = px(9)

set datafile separator tab
set datafile columnheaders

# ---- colours -------------------------------------------------------------------------------
# Maps: from blue (low) to yellow (high), even steps of lightness, made in OKLCH.
set palette maxcolors 64 defined ( \
    0 '#1f2198', \
    1 '#1d2a9e', \
    2 '#1a31a4', \
    3 '#1539aa', \
    4 '#0f41af', \
    5 '#0949b2', \
    6 '#0651b3', \
    7 '#075ab2', \
    8 '#0962b0', \
    9 '#0b6aae', \
    10 '#0c72ac', \
    11 '#0e7aaa', \
    12 '#0f81aa', \
    13 '#1088aa', \
    14 '#128faa', \
    15 '#1396aa', \
    16 '#149da9', \
    17 '#16a5a8', \
    18 '#17aca6', \
    19 '#18b3a2', \
    20 '#1abb9c', \
    21 '#1bc392', \
    22 '#26cb84', \
    23 '#47d172', \
    24 '#6ad460', \
    25 '#87d751', \
    26 '#9fd944', \
    27 '#b3db3a', \
    28 '#c4de32', \
    29 '#d5e12c', \
    30 '#e4e32d', \
    31 '#f2e63b', \
    32 '#fee954' )

# Classes of units: Okabe and Ito's colours, told apart by the colour-blind too.
array CLASS[5] = ['grid', 'band', 'border', 'irregular', 'unmodulated']
CLASSES = CLASS[1] . ' ' . CLASS[2] . ' ' . CLASS[3] . ' ' . CLASS[4] . ' ' . CLASS[5]
array CLASS_LABEL[5] = ['grid-like', 'band-like', 'border', 'irregular', 'unmodulated']
array CLASS_COLOUR[5] = [0xd55e00, 0x009e73, 0x0072b2, 0x8a8a8a, 0xc9c9c9]
class_of(name) = name eq CLASS[1] ? 1 : name eq CLASS[2] ? 2 : name eq CLASS[3] ? 3 : name eq CLASS[4] ? 4 : 5
class_colour(name) = CLASS_COLOUR[class_of(name)]
ink = 0x222222
axis = 0x8a8a8a
faint = 0xd9d9d9
red = 0xd1242f
blue = 0x0072b2
orange = 0xe69f00
green = 0x009e73
purple = 0xcc79a7
# Three steps of something ordered (phases of training): blue, cyan, yellow as in the paper.
array PHASE[3] = ['early', 'intermediate', 'late']
array PHASE_COLOUR[3] = [0x2a3aa8, 0x1fb5b5, 0xe8c51c]
phase_of(name) = name eq 'early' ? 1 : name eq 'intermediate' ? 2 : 3
array ARENA[3] = ['square', 'triangle', 'hexagon']
# The seeds of an experiment of which there are tables.
seeds_of(name) = system("printf '%s\n' " . needs . " | awk -F / -v name=" . name . \
    " '$(NF - 2) == name && sub(/^seed-/, \"\", $(NF - 1)) { print $(NF - 1) }' | sort -nu")

# A star where the map that was scored is not quite the one that is shown.
starred(r) = r < 0.9 ? '*' : ''
STARRED = '*: the map that was scored, of one long walk, and the one that is shown correlate by less than 0.9.'

# Words under the map of a unit that pick-units chose: its score, and the null that its class asks to
# exceed. Only a member of the class is said in full ink; a candidate is not of the class, and a typical unit may be of any.
short_name(score) = score eq 'lattice' ? 'L' : score eq 'wave' ? 'W' : score eq 'fall' ? 'F' : score eq 'border' ? 'B' : \
    score eq 'stability' ? 'S' : score
two(x) = x != x ? '–' : sprintf('%.2f', x)
said(status, score, value) = status eq 'none' ? 'no unit' : short_name(score) . ' ' . two(value)
said_why(status, lacks, bound, axes) = status eq 'none' || bound != bound ? '' : \
    status eq 'member' || status eq 'typical' || lacks eq 'null' ? (bound == 0.75 ? 'least ' : 'null ') . two(bound) : \
    lacks eq 'axes' ? sprintf('%g ax%s', axes, axes == 1 ? 'is' : 'es') : lacks eq 'shape' ? 'other shape' : lacks
# Maps have scales of their own: what the scale of one spans that hardly changes over space.
said_range(low, high) = high - low < 0.2 ? sprintf('range %.2f', high - low) : ''
said_colour(status) = status eq 'typical' ? 0x6e6e6e : status eq 'member' || status eq 'ranked' ? ink : 0xa0522d
CANDIDATES = 'Brown: the class has no further unit; this one comes closest.'

# ', N updates' of a network, which its scores know; trainings differ in length.
after(name) = system("awk '/^# update:/ { print \", \" $3 \" updates\"; exit }' " . data . '/' . name . '/seed-1/scores.tsv')
# Whether the rule has the maps of a network that a figure can do without; what to say when it has not.
made(name) = strstrt(' ' . needs, '/' . name . '/seed-1/figures/maps.tsv') > 0
untrained(name) = "not trained yet\n(make " . name . ")"

# How many numbers a table's column has; a plot whose points are all nan is an error to gnuplot.
numbers(file, name) = int(system("awk -F '\\t' -v name=" . name . " '/^#/ { next } \
    !c { for (i = 1; i <= NF; i++) if ($i == name) c = i; next } $c != \"nan\" { n++ } END { print n + 0 }' " . file))

# The share (%) of units whose maps have a wavelength of up to x, of those that are stable (0.5), as a table to plot; from
# the fingerprints of each unit, whose maps have no noise.
finer(file) = "< awk -F '\\t' '/^#/ { next } !w { for (i = 1; i <= NF; i++) { if ($i == \"wavelength\") w = i; if ($i == \"counted\") s = i } next } \\
    $s == 1 && $w != \"nan\" { print $w }' " . file . " | sort -g | awk '{ x[NR] = $1 } END { print \"wavelength\\tshare\"; \\
    if (NR) print x[1] \"\\t0\"; for (i = 1; i <= NR; i++) print x[i] \"\\t\" 100 * i / NR; if (NR) print \"99\\t100\" }'"
# What the paper's figures say of its networks: `low` or `high` of a fingerprint.
paper(id, what) = real(system("awk -F '\t' -v what=" . what . " '/^#/ { next } !c { for (i = 1; i <= NF; i++) if ($i == what) c = i; next } \
    $1 == \"" . id . "\" { print $c }' paper/fingerprints.tsv"))
paper_tint = 0xdcebf7 # of the paper's range
# The wavelength of a straight ramp across the square.
RAMP = 3.6

# A round step between tics for about four of them over a range.
round_up(x) = x <= 1 ? 1 : x <= 2 ? 2 : x <= 5 ? 5 : 10
step(range) = range > 0 ? 10**floor(log10(range / 4)) * round_up(range / 4 / 10**floor(log10(range / 4))) : 1

# ---- axes ----------------------------------------------------------------------------------
set border 3 linecolor rgb axis linewidth 0.6
set tics nomirror out scale 0.5 textcolor rgb ink font MEDIUM
set xtics offset 0, 0.3
set ytics offset 0.4, 0
set xlabel textcolor rgb ink offset 0, 0.4
set ylabel textcolor rgb ink offset 1, 0
set key font MEDIUM textcolor rgb ink samplen 1.2 spacing 1.1 noautotitle
unset colorbox
set style fill solid noborder
set style line 1 linecolor rgb ink linewidth 1
set bars small
set multiplot

# What sheet.gp and legend.gp look at.
MARK = 0
WALLS = 1
BELOW = 0
VERTICAL = 0
SCALE = 1

# ---- places --------------------------------------------------------------------------------
# The next plot's frame, in pixels from the upper left corner: X = 60; Y = 20; DX = 200; DY = 100; @PLACE
PLACE = "set lmargin at screen real(X) / width; set rmargin at screen real(X + DX) / width; \
set tmargin at screen 1 - real(Y) / height; set bmargin at screen 1 - real(Y + DY) / height"
# The whole canvas as the frame, its coordinates in pixels.
WHOLE = "unset logscale; unset grid; set lmargin at screen 0; set rmargin at screen 1; set tmargin at screen 1; set bmargin at screen 0; \
set xrange [0:width] noextend; set yrange [height:0] noextend"
# Text at a place in pixels.
text_x(x) = real(x) / width
text_y(y) = 1 - real(y) / height
# A plot without axes.
BARE = "unset border; unset tics; unset xlabel; unset ylabel; unset title; unset key; unset label"
AXES = "set border 3 linecolor rgb axis linewidth 0.6; set tics nomirror out scale 0.5 textcolor rgb ink font MEDIUM; \
set xtics nomirror offset 0, 0.3; set ytics nomirror offset 0.4, 0; set format '%h'; \
set xlabel textcolor rgb ink offset 0, 0.4; set ylabel textcolor rgb ink offset 1, 0"

if (profile eq 'quick') {
    @BARE
    set label 9999 'quick profile: tiny settings, not a result' at 4, height - 7 left \
        font MEDIUM textcolor rgb red
    @WHOLE
    plot NaN
    unset label 9999
    set xrange [*:*]; set yrange [*:*]
    @AXES
}

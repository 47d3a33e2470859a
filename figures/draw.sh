#!/bin/sh
# Draws a figure as FILE.svg and FILE.png: draw.sh SCRIPT FILE [VARIABLE=TEXT...] [TABLE...]. The script is gnuplot's. It has
# the variables, `needs` with the tables, and `out`. gnuplot's own words about gaps in a matrix are no news; everything else it
# says is shown. Browsers may have other fonts, and would smooth the maps' bins. Settings of the user's own (~/.gnuplot) are not
# read.
set -eu
script=$1 file=$2
shift 2
variables='' tables=''
for word in "$@"; do
    case $word in
    *=*) variables="$variables${word%%=*}='${word#*=}'; " ;;
    *) tables="$tables${tables:+ }$word" ;;
    esac
done
mkdir -p "$(dirname "$file")"
echo "gnuplot $script"
for type in svg png; do
    LC_ALL=C.UTF-8 gnuplot --default-settings -e "${variables}needs='$tables'; out='$file.new.$type'" "$script" 2>"$file.new.log" || {
        cat "$file.new.log" >&2
        exit 1
    }
    grep -E -v 'missing or undefined values|^$' "$file.new.log" >&2 || :
done
sed -e 's/font-family="DejaVu Sans"/font-family="DejaVu Sans, Verdana, sans-serif"/g' \
    -e "s/<image /<image style='image-rendering:pixelated' /g" "$file.new.svg" >"$file.svg.part"
mv "$file.new.png" "$file.png"
mv "$file.svg.part" "$file.svg"
rm -f "$file.new.svg" "$file.new.log"

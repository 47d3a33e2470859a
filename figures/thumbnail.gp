# All maps of one network as a small picture, for tables of many networks:
#
#   gnuplot -e "maps='maps.tsv'; width=360; height=90; out='maps.png'" figures/thumbnail.gp
#
#   maps           the image, as map-sheet writes it
#   width, height  of the picture, half as many pixels as it gets
profile = ''
load 'figures/style.gp'
@BARE
@WHOLE
set xrange [*:*] noextend; set yrange [*:*] noextend
set cbrange [0:1]
unset datafile columnheaders
plot maps matrix with image

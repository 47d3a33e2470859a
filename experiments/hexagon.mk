# The regular hexagon, circumradius 1 (Figs. 2, C, D).
hexagon.title = the hexagonal arena
hexagon.seeds = 1 2 3
hexagon.arena = hexagon
hexagon.initialisation = gaussian

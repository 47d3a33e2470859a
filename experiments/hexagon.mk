# The regular hexagon, circumradius 1 (Figs. 2, C, D).
hexagon.title = the hexagonal arena
hexagon.arena = hexagon
hexagon.initialisation = gaussian
hexagon.seeds = 1 2 3
hexagon.updates = 400
hexagon.checkpoint-updates = 0,25,50,100,200,390
hexagon.phases = 50,200

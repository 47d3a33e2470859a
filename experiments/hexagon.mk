# The regular hexagon, circumradius 1 (Figs. 2, C, D).
hexagon.title = the hexagonal arena
hexagon.arena = hexagon
hexagon.initialisation = gaussian
hexagon.seeds = 1 2 3
hexagon.updates = 200
hexagon.checkpoint-updates = 0,25,50,100,190
hexagon.phases = 25,100

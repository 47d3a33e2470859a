# The regular hexagon, circumradius 1 (Figs. 2, C, D).
hexagon.title = the hexagonal arena
hexagon.arena = hexagon
hexagon.initialisation = gaussian
hexagon.checkpoint-updates = 0,25,50,100,200,400,600,800,1000,1200,1400,1600,1800,1890
hexagon.phases = 50,400

# The spread over seeds, of networks trained a fifth as long: the error is then within the paper's range.
# Seed 1 is the beginning of the training above.
hexagon-seeds.title = the hexagonal arena, three seeds of 400 updates
hexagon-seeds.like = hexagon
hexagon-seeds.seeds = 1 2 3
hexagon-seeds.updates = 400
hexagon-seeds.checkpoint-updates = 0,25,50,100,200,390
hexagon-seeds.phases = 50,200

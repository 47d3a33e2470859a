# The regular hexagon, circumradius 1 (Figs. 2, C, D).
hexagon.title = the hexagonal arena
hexagon.like = triangle
hexagon.arena = hexagon
hexagon.initialisation = gaussian

# As triangle-seeds.
hexagon-seeds.title = the hexagonal arena, three seeds of 400 updates
hexagon-seeds.like = triangle-seeds
hexagon-seeds.arena = hexagon
hexagon-seeds.initialisation = gaussian

# The regular hexagon, circumradius 1 (Figs. 2, C, D); its W_rec starts Gaussian (section 2.3).
hexagon.title = the hexagonal arena
hexagon.like = triangle
hexagon.seeds = 1 2 3
hexagon.arena = hexagon
hexagon.initialisation = gaussian

# The other positive control: networks that report grid cells.
NETWORKS = 'lattice-square lattice-triangle lattice-hexagon lattice-square-relu'
load 'figures/controls.gp'

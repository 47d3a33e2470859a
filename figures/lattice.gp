# The other positive control: networks that report grid cells.
NETWORKS = 'lattice-square lattice-triangle lattice-hexagon'
load 'figures/controls.gp'

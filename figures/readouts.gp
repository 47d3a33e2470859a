# Units, noise, cost and optimiser of the paper, three readouts: the position, place cells, grid cells.
NETWORKS = 'square lattice-square-position place-square-tanh lattice-square'
load 'figures/controls.gp'

# The other half of the positive control: are grids found where a network is known to have some? The same units, noise, cost
# and optimiser, but the network reports 64 grid cells instead of place cells (experiments/place.mk): triangular lattices
# of one spacing and random phases, two periods across the square. Its units need three plane waves to report them,
# and have mixtures of these: grids where the three are about equally strong, bands where one is.
# How many units that have all three waves (the weakest at least half of the strongest) are grid-like, and of how many:
#   awk -F '\t' '$1 ~ /^[0-9]/ && $7 >= 0.5 { n++; grid += $2 == "grid" } END { print grid, n }' build/lattice-*/seed-1/figures/waves.tsv
# Those are classes of the long walk's maps. Of the maps shown, to which the waves are fitted (ARENA square, triangle, hexagon):
#   build/bin/score-units --seed 1 --output shown.tsv build/lattice-ARENA/seed-1/probe.gn
#   awk -F '\t' '!/^[0-9]/ { next } NR == FNR { class[$1] = $2; next } $7 >= 0.5 { n++; grid += class[$1] == "grid" } END { print grid, n }' \
#       shown.tsv build/lattice-ARENA/seed-1/figures/waves.tsv
# And of a walk of 200,000 steps: make build/lattice-ARENA/seed-1/scores.tsv with lattice-square.run.steps=200000 and
# lattice-square.run.every=10 on the command line, then as for the maps shown.
# The walk is that of the networks with place cells, for the same reason. Phases repeat, so that nothing tells the network
# when its phases have drifted by a whole period: over the run of 200,000 steps by which units are else scored they do, and the
# maps blur (of 100 units with all three waves 54 would be grid-like, in the square none of 32). So the run is shorter, and its rates
# are written more often.
lattice-square.title = the square, grid cells as readout
lattice-square.like = place-square-tanh
lattice-square.place-kind = lattice
lattice-square.place-width = 1
lattice-square.place-width-first = 0
lattice-square.place-narrowing = 400
lattice-square.updates = 200
lattice-square.checkpoint-updates = 0,50,100,150,190
lattice-square.phases = 50,100
lattice-square.run.steps = 20000
lattice-square.run.every = 2

lattice-triangle.title = the triangle, grid cells as readout
lattice-triangle.like = lattice-square
lattice-triangle.arena = triangle

lattice-hexagon.title = the hexagon, grid cells as readout
lattice-hexagon.like = lattice-square
lattice-hexagon.arena = hexagon
lattice-hexagon.initialisation = gaussian

# The same again with the position as readout, so that nothing but the readout differs.
lattice-square-position.title = the square, the walk and training of the networks with grid cells, position as readout
lattice-square-position.like = lattice-square
lattice-square-position.readout = position
lattice-square-position.place-kind = gaussian
lattice-square-position.place-width = 0.25

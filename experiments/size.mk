# Beyond the paper: do finer patterns appear with more units (its own conjecture)?
#
# An update's time grows with the square of the units, so all sizes share a short recipe: half the trials,
# half the trials of the curvature, half the steps of CG and 100 updates. About 20 seconds of one processor
# for 50 units, one minute for 100, three for 200, a quarter of an hour for 400. What the sizes show is to be
# compared with one another, not with the square's own networks, whose training has nineteen times as many
# updates, each several times as long. (size-100 is also what regularisation.mk and moving.mk compare with.)
size.title = the size of the network
size.like = square
size.seeds = 1
size.sweep = units: 50 100 200 400
size-100.seeds = 1 2 3
size.trials = 250
size.curvature-trials = 48
size.cg-iterations = 25
size.updates = 100
size.checkpoint-updates = 0,25,50,90
size.phases = 25,50

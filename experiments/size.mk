# Beyond the paper: do finer patterns appear with more units (its own conjecture)?
#
# The time of an update grows with the square of the number of units, so all sizes have the same short recipe: half the
# trials, half the trials for curvature products, half the CG iterations, and 100 updates. On one processor it takes about
# 20 seconds for 50 units, one minute for 100, four for 200, a quarter of an hour for 400. Compare the sizes with each
# other, not with the networks of `square`, whose training has nineteen times as many updates, each of which takes several
# times as long. (regularisation.mk and robust.mk compare with size-100.)
size.title = the size of the network
size.like = square
size.seeds = 1
size-100.seeds = 1 2 3
size.sweep = units: 50 100 200 400
size.trials = 250
size.curvature-trials = 48
size.cg-iterations = 25
size.updates = 100
size.checkpoint-updates = 0,25,50,90
size.phases = 25,50
# Their fingerprints are asked for the wavelengths of maps only.
size.fingerprints.trials = 2000
size.fingerprints.contact-trials = 0
# A tenth of the paper's million steps is enough to see whether the error drifts.
size.longrun.steps = 100000

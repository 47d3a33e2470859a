# Which changes of the training reach the same error in fewer seconds? Each experiment differs from the recipe of held-square
# in what its title says, and has so many updates that they take 44 to 79 seconds. `make speed-seconds` trains
# them one after the other and writes experiments/speed.tsv, from which the figure is drawn. (The times in that file were
# measured on two busy processors with up to a dozen trainings at once; the numbers of passes do not depend on that. They are
# older than the trainer's own count, and lack the second gradient of an update that changes a weight of the objective, 1500
# passes: the first update of every network, and in these of the recipe one more, so together 0.3% of a network's.)
#
# After a test with one seed, these changes were dropped and are not in the table: 192 trials, a diagonal preconditioner, and
# taking half of each step.
#
# Over these updates, growing the number of trials for curvature products and 48 trials with a CG that stops sooner gain
# most, then 48 trials. The recipe of the square is not changed, as its released networks were trained with it and later
# updates were not compared.
speed-recipe.title = the recipe of held-square, for the comparison of speed
speed-recipe.like = held-square
speed-recipe.seeds = 1 2 3
speed-recipe.updates = 40
speed-recipe.checkpoint-updates = 0,10,20
speed-recipe.phases = 10,20

speed-trials-48.title = half the trials in the curvature
speed-trials-48.like = speed-recipe
speed-trials-48.updates = 45
speed-trials-48.curvature-trials = 48

speed-steps-25.title = half the steps of CG
speed-steps-25.like = speed-recipe
speed-steps-25.updates = 45
speed-steps-25.cg-iterations = 25

speed-pairs.title = fewer steps of CG, preconditioned by the pairs of three updates
speed-pairs.like = speed-recipe
speed-pairs.updates = 45
speed-pairs.cg-iterations = 20
speed-pairs.cg-pairs = 60

speed-pairs-48.title = preconditioned, and half the trials in the curvature
speed-pairs-48.like = speed-pairs
speed-pairs-48.updates = 60
speed-pairs-48.curvature-trials = 48

speed-growth.title = curvature of few trials at first
speed-growth.like = speed-recipe
speed-growth.updates = 45
speed-growth.curvature-growth = 40

speed-tolerance.title = CG of adaptive length, and half the trials in the curvature
speed-tolerance.like = speed-trials-48
speed-tolerance.cg-tolerance = 0.005

speed-lifetime.title = batches that overlap
speed-lifetime.like = speed-recipe
speed-lifetime.updates = 45
speed-lifetime.trial-lifetime = 4

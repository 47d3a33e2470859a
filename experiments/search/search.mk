# What every row of recipes.tsv starts from: the square arena, trained shortly and, so that many rows
# can be tried, on fewer trials with fewer CG steps (about a quarter of the time of a full update).
search.like = square
search.seeds = 1
search.trials = 250
search.curvature-trials = 48
search.cg-iterations = 40
search.updates = 400
search.checkpoint-updates = 0,50,100,200
search.phases = 50

# Coarser looks suffice to rank them.
search.probe.trials = 1000
search.run.steps = 100000
search.scores.shifts = 100
search.scores.noise-maps = 200

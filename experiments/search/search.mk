# The experiment that every row of recipes.tsv is like: the square arena with a short training. So that many rows can be
# tried, updates have fewer trials and fewer CG iterations and take about two fifths of the time.
# The ranking takes rows that are not trained here from results/, where they have the same overrides. They were trained with
# the keys below: who changes these removes results/ first.
search.like = square
search.seeds = 1
search.trials = 250
search.curvature-trials = 48
search.cg-iterations = 40
search.updates = 400
search.checkpoint-updates = 0,50,100,200
search.phases = 50

# Less precise results are enough to rank the rows.
search.probe.trials = 1000
search.run.steps = 100000
search.scores.shifts = 100
search.scores.noise-maps = 200
# But they are ranked by their fingerprints.
search.fingerprints.trials = 10000
search.fingerprints.contact-trials = 30000

# The paper's main network: square arena, noise and metabolic cost (Figs. 1c, 2, 4, 5b, 6, B, D). Figures that show one
# network show seed 1.
square.title = the square arena
square.seeds = 1 2 3
# A third to a half of the trials by which the search's networks are measured: enough for errors below half of a tolerance.
square.fingerprints.trials = 3000
square.fingerprints.contact-trials = 15000

# Fig. 5a: the same arena without the regularisation.
square-free.title = the square without noise and without metabolic cost
square-free.like = square
square-free.seeds = 1
square-free.noise-sd = 0
square-free.metabolic = 0
square-free.metabolic-fixed = yes
square-free.longrun.steps = 100000

# As in the authors' own code, curvature products use all trials and CG starts from the iterate that backtracking chose. An
# update takes between four and five times as long, so there are 800 of them: to be held against square after as many.
square-all.title = the square, curvature on all trials
square-all.like = square
square-all.seeds = 1
square-all.curvature-trials = 500
square-all.cg-start = kept
square-all.updates = 800
square-all.checkpoint-updates = 0,25,50,100,200,400,790
square-all.longrun.steps = 100000

# How much it matters whether the direction is given as a fraction of a turn instead of in radians.
square-turns.title = the square, direction in turns
square-turns.like = square
square-turns.seeds = 1
square-turns.coding = turns
square-turns.longrun.steps = 100000

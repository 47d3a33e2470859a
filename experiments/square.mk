# The paper's main network: square arena, noise and metabolic cost (Figs. 1c, 2, 4, 5b, 6, B, D).
# Figures of one network show seed 1.
square.title = the square arena
square.seeds = 1 2 3
square.checkpoint-updates = 0,25,50,100,200,400,600,800,1000,1200,1400,1600,1800,1890
square.phases = 50,400

# Fig. 5a: the same arena without the regularisation.
square-free.title = the square without noise and without metabolic cost
square-free.like = square
square-free.seeds = 1
square-free.updates = 100
square-free.checkpoint-updates = 0,25,50,90
square-free.phases = 25,50
square-free.noise-sd = 0
square-free.metabolic = 0
square-free.metabolic-fixed = yes

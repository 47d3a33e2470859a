# The equilateral triangle, circumradius 1.3 (Figs. 2, 3, A, D).
triangle.title = the triangular arena
triangle.like = square
triangle.seeds = 1
triangle.arena = triangle

# The spread over seeds, of networks trained a fifth as long: the error is then within the paper's range.
# Seed 1 is the beginning of the training above.
triangle-seeds.title = the triangular arena, three seeds of 400 updates
triangle-seeds.like = triangle
triangle-seeds.seeds = 1 2 3
triangle-seeds.updates = 400
triangle-seeds.checkpoint-updates = 0,25,50,100,200,390
triangle-seeds.phases = 50,200

# Appendix A: what each regulariser does alone.
triangle-noise.title = the triangle with noise and without metabolic cost
triangle-noise.like = triangle
triangle-noise.updates = 100
triangle-noise.checkpoint-updates = 0,25,50,90
triangle-noise.phases = 25,50
triangle-noise.metabolic = 0
triangle-noise.metabolic-fixed = yes

triangle-cost.title = the triangle without noise and with metabolic cost
triangle-cost.like = triangle-noise
triangle-cost.noise-sd = 0
triangle-cost.metabolic = 0.05
triangle-cost.metabolic-fixed = no

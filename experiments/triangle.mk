# The equilateral triangle, circumradius 1.3 (Figs. 2, 3, A, D).
triangle.title = the triangular arena
triangle.arena = triangle
triangle.seeds = 1 2 3
triangle.updates = 400
triangle.checkpoint-updates = 0,25,50,100,200,390
triangle.phases = 50,200

# Appendix A: what each regulariser does alone.
triangle-noise.title = the triangle with noise and without metabolic cost
triangle-noise.like = triangle
triangle-noise.seeds = 1
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

# The equilateral triangle, circumradius 1.3 (Figs. 2, 3, A, D).
triangle.title = the triangular arena
triangle.like = square
triangle.seeds = 1 2 3
triangle.arena = triangle
# The paper walks a million steps in the square only (Fig. 6b); a tenth shows whether the error drifts here.
triangle.longrun.steps = 100000

# Appendix A: what each regulariser does alone.
triangle-noise.title = the triangle with noise and without metabolic cost
triangle-noise.like = triangle
triangle-noise.seeds = 1
triangle-noise.metabolic = 0
triangle-noise.metabolic-fixed = yes

triangle-cost.title = the triangle without noise and with metabolic cost
triangle-cost.like = triangle
triangle-cost.seeds = 1
triangle-cost.noise-sd = 0

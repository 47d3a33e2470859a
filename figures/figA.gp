# Appendix A: every unit of a network trained in the triangle.
arena = 'triangle'
letter = 'A'
ablations = 'triangle-noise triangle-cost'
load 'figures/appendix.gp'

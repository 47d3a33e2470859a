# Appendix B: every unit of a network trained in the square.
arena = 'square'
letter = 'B'
ablations = ''
load 'figures/appendix.gp'

# Appendix C: every unit of a network trained in the hexagon.
arena = 'hexagon'
letter = 'C'
ablations = ''
load 'figures/appendix.gp'

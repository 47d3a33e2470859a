# The paper's main network: square arena, noise and metabolic cost (Figs. 1c, 2, 4, 5b, 6, B, D).
square.title = the square arena
square.seeds = 1 2 3

# Beyond the paper: do finer patterns appear with more units (its own conjecture)?
size.title = the size of the network
size.like = square
size.seeds = 1
size.sweep = units: 50 200 400

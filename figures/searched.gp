# The recipes of the search, held against the paper's figures as in fingerprints.gp.
load 'figures/fingerprints.gp'

# The positive control: networks that report place cells, below one that reports the position.
NETWORKS = 'square place-square-tanh place-triangle-tanh place-hexagon-tanh place-square-relu'
load 'figures/controls.gp'

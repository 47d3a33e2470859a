# Choices that should not matter (sections 2.2, 2.3 and 3.2, claim C12). Each experiment differs in one choice from size-100,
# the square arena with a short recipe, so that three seeds of each can be trained and compared with it. Only trained networks are
# compared, so no phases are analysed.
robust-start.title = another fixed start, halfway to a corner
robust-start.like = size-100
robust-start.seeds = 1 2 3
robust-start.phases = -
robust-start.start = halfway

robust-init.title = the other initialisation of W_rec
robust-init.like = size-100
robust-init.seeds = 1 2 3
robust-init.phases = -
robust-init.initialisation = gaussian

robust-quiet.title = half the noise
robust-quiet.like = size-100
robust-quiet.seeds = 1 2 3
robust-quiet.phases = -
robust-quiet.noise-sd = 0.05

robust-loud.title = double noise
robust-loud.like = size-100
robust-loud.seeds = 1 2 3
robust-loud.phases = -
robust-loud.noise-sd = 0.2

robust-blocks.title = standing still in blocks instead of single steps
robust-blocks.like = size-100
robust-blocks.seeds = 1 2 3
robust-blocks.phases = -
robust-blocks.zero-speed-mode = blocks

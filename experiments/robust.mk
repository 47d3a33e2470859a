# Section 3.2 and claim C12: what should not matter. Each differs from the square in one thing.
robust-start.title = starting anywhere instead of at the centre
robust-start.like = square
robust-start.seeds = 1
robust-start.start = uniform

robust-init.title = the other initialisation of W_rec
robust-init.like = square
robust-init.seeds = 1
robust-init.initialisation = gaussian

robust-quiet.title = half the noise
robust-quiet.like = square
robust-quiet.seeds = 1
robust-quiet.noise-sd = 0.05

robust-loud.title = double noise
robust-loud.like = square
robust-loud.seeds = 1
robust-loud.noise-sd = 0.2

robust-blocks.title = standing still in blocks instead of single steps
robust-blocks.like = square
robust-blocks.seeds = 1
robust-blocks.zero-speed-mode = blocks

# Beyond the paper: regularisation between and beyond the extremes of Fig. 5. The noise and the bounds of the metabolic cost
# are scaled together: by zero, a quarter, a half and two. Everything else is as in size-100, where the factor is one.
regularisation-0.title = no noise, no metabolic cost
regularisation-0.like = size-100
regularisation-0.seeds = 1
regularisation-0.noise-sd = 0
regularisation-0.metabolic = 0
regularisation-0.metabolic-fixed = yes

regularisation-25.title = a quarter of noise and metabolic cost
regularisation-25.like = size-100
regularisation-25.seeds = 1
regularisation-25.noise-sd = 0.025
regularisation-25.metabolic = 0.0125
regularisation-25.metabolic-ceiling = 0.0625
regularisation-25.metabolic-floor = 0.00625

regularisation-50.title = half of noise and metabolic cost
regularisation-50.like = size-100
regularisation-50.seeds = 1
regularisation-50.noise-sd = 0.05
regularisation-50.metabolic = 0.025
regularisation-50.metabolic-ceiling = 0.125
regularisation-50.metabolic-floor = 0.0125

regularisation-200.title = double noise and metabolic cost
regularisation-200.like = size-100
regularisation-200.seeds = 1
regularisation-200.noise-sd = 0.2
regularisation-200.metabolic = 0.1
regularisation-200.metabolic-ceiling = 0.5
regularisation-200.metabolic-floor = 0.05

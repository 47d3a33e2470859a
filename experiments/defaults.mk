# Values of keys for all experiments that do not set them. Keys that are not here have the program's default (make keys).
# The first four are the authors' recipe as far as it is known; they differ from the program's defaults.
default.still = diffusing
default.coding = radians
default.zero-speed-mode = density
default.no-self-connections = yes

default.checkpoint-updates = 0,25,50,100,200,400,800,1200,1600,1890
default.phases = 50,400
default.probe.record = 20

# With PROFILE=quick all experiments have these values, whatever their files say.
quick.seeds = 1
quick.units = 40
quick.steps = 100
quick.trials = 100
quick.curvature-trials = 32
quick.updates = 15
quick.checkpoint-updates = 0,2,5,10
quick.state-every = 5
quick.phases = 2,5
quick.probe.trials = 100
quick.probe.record = 4
quick.run.steps = 20000
quick.scores.shifts = 99
quick.scores.noise-maps = 99
quick.tsne.iterations = 300
quick.boundary.trials = 200
quick.longrun.steps = 10000
quick.longrun.bin = 1000
quick.connectivity.shuffles = 99

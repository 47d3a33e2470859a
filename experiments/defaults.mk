# Every key an experiment may set, with its default: the paper's square arena.
#
#   default.KEY = VALUE  # ACCEPTED; meaning
#
# ACCEPTED is int A..B, real A..B, choice x|y, flag (yes|no), list int A..B, comma int A..B,
# or text; a number may be "or WORD" instead, and - leaves an option out. Keys without a dot are options of `train`; STAGE.KEY is an option of the stage's
# program (rules.mk says which). experiments/check.awk reads this table: an experiment's key
# that is not here, or a value that does not fit, stops make.

# What to run
default.seeds                  = 1            # list int 0..4294967295; one network a seed
default.like                   = none         # experiment; take the keys not set here from that experiment
default.sweep                  = none         # sweep; KEY: VALUE VALUE ... makes experiments NAME-VALUE
default.continue               = none         # experiment; start from that experiment's network of the same seed
default.title                  = untitled     # text; what the experiment asks, in a few words

# The animal
default.arena                  = square       # choice square|hexagon|triangle; shape of the arena
default.arena-size             = 0            # real 0..100; half side or circumradius in arena units, 0: 1, 1 and 1.3
default.still                  = held         # choice held|diffusing; what the direction does on steps of zero speed
default.zero-speed             = 0.9          # real 0..1; share of a trial's steps with zero speed
default.zero-speed-mode        = steps        # choice steps|blocks|density; zero speed drawn in steps, in blocks, or each step by itself
default.zero-speed-block       = 50           # int 1..1000000; length of such a block in steps
default.turn-sd                = 0.333333333333333315 # real 0..100; standard deviation of a turn in radians
default.top-speed              = 0.2          # real 0..100; speed is uniform from 0 to this, arena units per step
default.start                  = centre       # choice centre|uniform; where a trial starts

# The network and its trials
default.units                  = 100          # int 1..4096; recurrent units N
default.steps                  = 500          # int 1..1000000; steps of a trial T
default.trials                 = 500          # int 1..1000000; trials of an update
default.curvature-trials       = 96           # int 1..1000000; of these, trials in the Gauss-Newton product
default.coding                 = turns        # choice turns|radians|cossin; how the direction enters the network
default.noise-sd               = 0.1          # real 0..100; standard deviation of the noise
default.noise-site             = rate         # choice rate|drive; noise added to the rate or (Eq. 1) to the drive
default.initialisation         = orthogonal   # choice orthogonal|gaussian; W_rec before training
default.gain                   = 0            # real 0..100; its gain, 0: 1 for orthogonal, 1.5 for gaussian
default.no-self-connections    = no           # flag; keep the diagonal of W_rec at zero

# The objective and the optimiser
default.metabolic              = 0.05         # real 0..1000000; first weight of the metabolic cost (Eq. 5)
default.metabolic-ceiling      = 0.25         # real 0..1000000; its term is kept below this share of the error's
default.metabolic-floor        = 0.025        # real 0..1000000; and above this share
default.metabolic-fixed        = no           # flag; keep the first weight instead
default.l2                     = 0.25         # real 0..1000000; first weight of the penalty on W_in and W_out (Eq. 4)
default.l2-fixed               = no           # flag; keep the first weight instead
default.damping-scale          = 3000         # real 0..1000000000; structural damping over the L2 weight
default.gradient-clip          = 10           # real 0.000000001..1000000000; largest norm of the gradient
default.cg-iterations          = 50           # int 1..10000; conjugate gradient steps at most
default.cg-decay               = 0.95         # real 0..1; share of the last step that starts the next search
default.cg-pairs               = -            # int 1..1000 or -; pairs of earlier CG runs that precondition CG, - : none
default.cg-tolerance           = -            # real 0.000000001..1 or -; CG stops when its steps gain less than this share, - : 0.0005
default.curvature-growth       = -            # int 1..1000000 or -; updates until which curvature-trials grow from 16, - : from the start
default.trial-lifetime         = -            # int 1..1000000 or -; updates that a trial stays in the batch, - : 1
default.nonlinearity           = -            # choice -|tanh|rectified-tanh|relu; the rate of an activation
default.noise-rise             = -            # int 0..1000000 or -; until this update the noise rises evenly from zero
default.contraction            = -            # real 0..1000000 or -; first weight of the contraction penalty, - : none
default.contraction-ceiling    = -            # real 0..1000000 or -; its term is kept below this share of the error's, - : 0.25
default.contraction-floor      = -            # real 0..1000000 or -; and above this share, - : 0.025
default.contraction-rise       = -            # int 0..1000000 or -; until this update these rise evenly from zero
default.readout                = -            # choice -|position|place; what the network reports, - : position
default.place-cells            = -            # int 1..1024 or -; number of place cells, - : 64
default.place-kind             = -            # choice -|gaussian|difference; their fields, - : gaussian
default.place-width            = -            # real 0.01..100 or -; their standard deviation in arena units, - : 0.25
default.place-width-first      = -            # real 0..100 or -; the same at update 0
default.place-narrowing        = -            # int 1..1000000 or -; until this update they narrow, - : 400
default.cg-start               = -            # choice -|last|kept; the iterate that the next CG starts from, - : last
default.damping                = -            # real 0..1000000000 or -; structural damping apart from the L2 weight
default.optimiser              = hf           # choice hf|adam; Hessian-free or Adam
default.learning-rate          = 0.001        # real 0..100; of Adam
default.updates                = 1900         # int 0..1000000; parameter updates
default.checkpoint-updates     = 0,25,50,100,200,400,800,1200,1600,1890 # comma int 0..1000000; networks kept on the way
default.state-every            = 10           # int 1..1000000; updates between resumable states

# How the animal walks when the trained network is probed; - : as it was trained
default.walk.arena             = -            # choice -|square|hexagon|triangle; shape of the arena
default.walk.arena-size        = -            # real 0..100 or -; half side or circumradius in arena units
default.walk.still             = -            # choice -|held|diffusing; direction on steps of zero speed
default.walk.zero-speed        = -            # real 0..1 or -; share of a trial's steps with zero speed
default.walk.zero-speed-mode   = -            # choice -|steps|blocks|density; how they are drawn
default.walk.zero-speed-block  = -            # int 1..1000000 or -; length of a block in steps
default.walk.turn-sd           = -            # real 0..100 or -; standard deviation of a turn in radians
default.walk.top-speed         = -            # real 0..100 or -; arena units per step
default.walk.start             = -            # choice -|centre|uniform; where a trial starts

# A real animal's track (sample-trajectories --track): with one, maps, tuning curves and the tracked path are of its
# trials, in the shape of walk.arena; what needs longer walks (nulls, Fig. 6) still samples them
default.sample.track           = -            # text; a table of time, x, y
default.sample.track-step      = 0            # real 0..1000000000; time that a step takes, 0: the median between rows
default.sample.track-gap       = 0            # real 0..1000000000; a longer time between rows is a gap, 0: five medians
default.sample.track-fit       = scale        # choice scale|none; scaled into the arena, or taken as it is
default.sample.track-near      = 0            # real 0..100; trials begin this close to the centre, 0: anywhere
default.sample.steps           = 500          # int 1..100000000; steps of its trials

# Rate maps and tuning curves (probe-tuning): probe.gn
default.probe.trials           = 2000         # int 1..10000000; fresh trials
default.probe.steps            = 0            # int 0..100000000; steps of a trial, 0: as trained
default.probe.bins             = 32           # int 1..512; bins along a side of a map
default.probe.skip             = 50           # int 0..100000000; first steps of a trial left out
default.probe.record           = 20           # int 1..10000000; of these, trials whose rates are kept for Fig. 4
default.probe.noise-sd         = 0            # real 0..100 or trained; noise while probing

# One uninterrupted walk for the null of the scores (probe-tuning --uninterrupted): run.gn
default.run.steps              = 200000       # int 1..100000000; its steps
default.run.every              = 10           # int 1..100000000; steps between two kept
default.run.skip               = 50           # int 0..100000000; first steps left out
default.run.noise-sd           = 0            # real 0..100 or trained; noise meanwhile

# Scores, their nulls and the classes (score-units): scores.tsv
default.scores.shifts          = 200          # int 20..1000000; circular shifts of each unit's null
default.scores.smoothing       = 1            # real 0..32; standard deviation of the smoothing in bins
default.scores.noise-maps      = 400          # int 20..1000000; smoothed-noise maps of each width

# The embedding of three phases of training for Fig. 4 (tsne): the first and the last of these
# checkpoints, which are probed and scored too, and the network itself
default.phases                 = 50,400       # comma int 0..1000000; two or more of checkpoint-updates
default.tsne.perplexity        = 30           # real 1.001..1000; effective neighbours of a point
default.tsne.iterations        = 1000         # int 1..1000000; gradient steps

# Errors around the boundary and over a long walk (Fig. 6), one tracked path (Fig. 1c)
default.boundary.trials        = 5000         # int 1..1000000; fresh trials
default.boundary.steps         = 0            # int 0..1000000; steps of a trial, 0: as trained
default.boundary.first         = excluded     # choice excluded|included; whether the first interaction counts
default.boundary.noise-sd      = trained      # real 0..100 or trained; noise meanwhile
default.longrun.steps          = 1000000      # int 1..1000000000; steps of the walk
default.longrun.bin            = 10000        # int 1..100000000; steps of a row
default.longrun.animals        = 16           # int 1..100000; walks at once
default.longrun.noise-sd       = trained      # real 0..100 or trained; noise meanwhile
default.track.trial            = 0            # int 0..1000000; which trial
default.track.steps            = 0            # int 0..100000000; its steps, 0: as trained
default.track.noise-sd         = trained      # real 0..100 or trained; noise meanwhile

# The weights against an attractor model's (connectivity, claim C13)
default.connectivity.shuffles  = 999          # int 99..1000000; shuffled maps of the null

# PROFILE=quick replaces these in every experiment.
quick.seeds                    = 1
quick.units                    = 40
quick.steps                    = 100
quick.trials                   = 100
quick.curvature-trials         = 32
quick.updates                  = 15
quick.checkpoint-updates       = 0,2,5,10
quick.state-every              = 5
quick.phases                   = 2,5
quick.probe.trials             = 100
quick.probe.record             = 4
quick.run.steps                = 20000
quick.scores.shifts            = 20
quick.scores.noise-maps        = 20
quick.tsne.iterations          = 300
quick.boundary.trials          = 200
quick.longrun.steps            = 10000
quick.longrun.bin              = 1000
quick.connectivity.shuffles    = 99

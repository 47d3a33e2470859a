# Every key an experiment may set, with its default: the paper's square arena.
#
#   default.KEY = VALUE  # ACCEPTED; meaning
#
# ACCEPTED is int A..B, real A..B, choice x|y, flag (yes|no), list int A..B, comma int A..B,
# or text. Keys without a dot are options of `train`; STAGE.KEY is an option of the stage's
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
default.zero-speed-mode        = steps        # choice steps|blocks; zero speed drawn step by step or in blocks
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
default.damping-scale          = 3000         # real 0..1000000000; structural damping over the L2 weight
default.gradient-clip          = 10           # real 0..1000000000; largest norm of the gradient
default.cg-iterations          = 50           # int 1..10000; conjugate gradient steps at most
default.cg-decay               = 0.95         # real 0..1; share of the last step that starts the next search
default.optimiser              = hf           # choice hf|adam; Hessian-free or Adam
default.learning-rate          = 0.001        # real 0..100; of Adam
default.updates                = 1900         # int 0..1000000; parameter updates
default.checkpoint-updates     = 0,25,50,100,200,400,800,1200,1600,1900 # comma int 0..1000000; networks kept on the way
default.state-every            = 10           # int 1..1000000; updates between resumable states

# The three phases of training that Fig. 4 embeds: updates of checkpoints
default.checkpoint.early        = 25          # int 0..1000000; one of checkpoint-updates
default.checkpoint.intermediate = 200         # int 0..1000000; one of checkpoint-updates
default.checkpoint.late         = 1900        # int 0..1000000; one of checkpoint-updates

# PROFILE=quick replaces these in every experiment.
quick.seeds                    = 1
quick.units                    = 40
quick.steps                    = 100
quick.trials                   = 100
quick.curvature-trials         = 32
quick.updates                  = 15
quick.checkpoint-updates       = 0,2,5,10,15
quick.state-every              = 5
quick.checkpoint.early         = 2
quick.checkpoint.intermediate  = 5
quick.checkpoint.late          = 15

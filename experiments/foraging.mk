# Beyond the paper: a network walks along an animal's track. The track of this example is made up (data/made-up-track.tsv
# says how); replace it by a file of time, x and y in any units. In steps of a tenth of a second the animal goes 0.04 arena
# units a step. Moving steps in training have 0.1 on average, but there only one step in ten moves: in steps of 0.26 s, which
# are as long, this network is lost, as no step of the track stands still. Trials begin near the centre, as in training.
foraging.title = along a track, trained on standing still
foraging.continue = square
foraging.updates = 0
foraging.checkpoint-updates = 0
foraging.sample.track = data/made-up-track.tsv
foraging.sample.track-step = 0.1
foraging.sample.track-gap = 1
foraging.sample.track-near = 0.2
foraging.sample.steps = 200
foraging.probe.record = 5
foraging.run.every = 1

# The same with the network whose animal never stood still, as the animal of this track hardly does. The track is divided
# into steps that are on average as long as those of its training, 0.01 arena units; trials last five seconds.
foraging-moving.title = along a track, trained on always moving
foraging-moving.like = foraging
foraging-moving.continue = moving
foraging-moving.sample.track-step = 0.026
foraging-moving.sample.steps = 190

# Beyond the paper: along an animal's track. The example is made up (data/made-up-track.tsv says how): put
# your own file of time, x and y in its place, in any units. A tenth of a second a step makes steps about as long
# as those of the training; trials begin near the centre, as in training.
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

# The same of the network whose animal never stood still, as this one hardly does; it was trained on steps a tenth
# as long, so the track is cut into such.
foraging-moving.title = along a track, trained on always moving
foraging-moving.like = foraging
foraging-moving.continue = moving
foraging-moving.sample.track-step = 0.01
foraging-moving.sample.steps = 500

# Beyond the paper: a network walks along an animal's track. The track of this example is made up (data/made-up-track.tsv
# says how); replace it by a file of time, x and y in any units. With a tenth of a second per step, steps are about as long
# as in training. Trials begin near the centre, as in training.
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

# The same with the network whose animal never stood still, as the animal of this track hardly does. It was trained on steps
# a tenth as long, so the track is divided into such steps.
foraging-moving.title = along a track, trained on always moving
foraging-moving.like = foraging
foraging-moving.continue = moving
foraging-moving.sample.track-step = 0.01
foraging-moving.sample.steps = 500

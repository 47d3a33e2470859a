# Beyond the paper: an animal that never stands still, as in most other models of path integration. Ten times as
# many moving steps, a tenth as long, with turns that keep the path's shape: sd 1/3 radian over
# sqrt(10). All else as in size-100.
moving.title = always moving
moving.like = size-100
moving.seeds = 1
moving.zero-speed = 0
moving.top-speed = 0.02
moving.turn-sd = 0.105409255338945983

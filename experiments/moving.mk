# Beyond the paper: an animal that never stands still, as in most other models of path integration. There are ten times as
# many moving steps, each a tenth as long, and the standard deviation of turns is 1/3 radian divided by sqrt(10), so that
# paths have the same shape. Everything else is as in size-100.
moving.title = always moving
moving.like = size-100
moving.seeds = 1
moving.zero-speed = 0
moving.top-speed = 0.02
moving.turn-sd = 0.105409255338945983

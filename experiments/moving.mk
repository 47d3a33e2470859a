# Beyond the paper: an animal that never stands still, as in most other models of path integration.
moving.title = always moving
moving.like = square
moving.seeds = 1
moving.zero-speed = 0
moving.top-speed = 0.02

# Another reading of the paper's text: the animal holds its direction while it stands still, exactly nine steps of ten stand
# still, the direction is given in turns, and units can have connections to themselves.
held-square.title = the square, direction held while standing still
held-square.like = square
held-square.seeds = 1 2 3
held-square.still = held
held-square.coding = turns
held-square.zero-speed-mode = steps
held-square.no-self-connections = no
held-square.longrun.steps = 100000

held-triangle.title = the triangle, direction held while standing still
held-triangle.like = held-square
held-triangle.seeds = 1
held-triangle.arena = triangle

held-hexagon.title = the hexagon, direction held while standing still
held-hexagon.like = held-triangle
held-hexagon.arena = hexagon
held-hexagon.initialisation = gaussian

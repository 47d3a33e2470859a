# Beyond the paper: networks that were trained in one arena are probed in another. No update is made: each experiment takes
# the network of another one as it is. The network can notice the new arena only by the turns that its walls force on the
# animal.
transfer-square.title = trained in the square, walking elsewhere
transfer-square.continue = square
transfer-square.updates = 0
transfer-square.checkpoint-updates = 0
transfer-square.longrun.steps = 100000
transfer-square.sweep = walk.arena: triangle hexagon

transfer-triangle.like = transfer-square
transfer-triangle.title = trained in the triangle, walking elsewhere
transfer-triangle.continue = triangle
transfer-triangle.arena = triangle
transfer-triangle.sweep = walk.arena: square hexagon

transfer-hexagon.like = transfer-square
transfer-hexagon.title = trained in the hexagon, walking elsewhere
transfer-hexagon.continue = hexagon
transfer-hexagon.arena = hexagon
transfer-hexagon.sweep = walk.arena: square triangle

# Beyond the paper: trained in one arena, probed in another. No update is made: each takes the network of
# another experiment as it is and lets it walk elsewhere. Nothing tells the network so but the turns
# that the new walls force on the animal.
transfer-square.title = trained in the square, walking elsewhere
transfer-square.continue = square
transfer-square.updates = 0
transfer-square.checkpoint-updates = 0
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

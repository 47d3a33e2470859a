# What every row of recipes.tsv starts from: the square arena, trained shortly.
search.like = square
search.seeds = 1
search.updates = 400
search.checkpoint-updates = 0,100,200

# Beyond the paper: an animal that never stands still, as in most other models of path integration. There are ten times as
# many moving steps, each a tenth as long, and the standard deviation of turns is 1/3 radian divided by sqrt(10), so that
# paths have the same shape. Everything else is as in square. It is the search's recipe `always` at full length, when it was
# chosen the short training nearest to the paper's figures of all.
# The error after a contact over that before, by further contacts (`none`: without any):
#   awk -F '\t' '$3 >= -20 && $3 < 0 { b[$1, $2] += $4 / 20 } $3 >= 25 { a[$1, $2] += $4 / 16 }
#       END { for (k in a) print k, a[k] / b[k] }' build/moving/seed-1/boundary.tsv
# The same a few steps before and from 25 steps after the contact, over the control:
#   awk -F '\t' '$1 != "redraws" { next } $3 >= -8 && $3 <= -4 { b[$2] += $4 / 5 } $3 >= 25 { a[$2] += $4 / 16 }
#       END { for (k in a) print k, b[k] / b["none"], a[k] / a["none"] }' build/moving/seed-1/boundary.tsv
# Maps that are no ramps during the training, from the checkpoints that it keeps (those of a release are fewer):
#   build/bin/fingerprints --contact-trials 0 --trials 3000 --paper paper/fingerprints.tsv --output early.tsv \
#       build/moving/seed-1/checkpoints/update-000400.gn
moving.title = always moving
moving.like = square
moving.zero-speed = 0
moving.top-speed = 0.02
moving.turn-sd = 0.105409255338945983
moving.phases = 50
moving.checkpoint-updates = 0,50,100,200,400,800,1200,1600,1890
moving.seeds = 1 2 3

# The error around the first boundary interaction, in the current place: table CONTACTS of boundary-error, a curve a group by the
# interactions of the next 50 steps, counted as COUNT says (steps or redraws), of ENOUGH trials or more. FIRST = 1 names the axis of
# errors. Leaves GROUP, GROUP_SAYS and COLOUR of the groups, and trials(count, group).
array GROUP[5] = ['none', '0', '1', '2-5', '6-50']
array GROUP_SAYS[5] = ['none yet (control)', 'no further', '1', '2 to 5', '6 to 50']
array COLOUR[5] = [axis, blue, 0x56b4e9, orange, red]
ENOUGH = 100
trials(count, group) = int(system(sprintf("awk -F '\t' '$1 == \"%s\" && $2 == \"%s\" && $6 > most { most = $6 } END { print most + 0 }' %s", \
    count, group, CONTACTS)))
# The range of what is shown, not from 0: the groups differ by some percent.
set xrange [*:*]; set yrange [*:*]
least = 1e9; most = 0
shown(e) = (least = e < least ? e : least, most = e > most ? e : most, 0)
stats CONTACTS using (column('count') >= ENOUGH ? shown(column('error_squared')) : 0) nooutput
spread = most > least ? most - least : 0
set xlabel 'steps from the first interaction'
if (FIRST) { set ylabel 'squared error (arena units^2)' } else { unset ylabel }
set xrange [-40:40] noextend
set xtics 20
set yrange [(spread > 0 ? least - 0.06 * spread : 0):(spread > 0 ? most + 0.06 * spread : 1)] noextend
set ytics step(spread > 0 ? spread : 1.0)
set format y '%.3f'
set arrow 1 from 0, graph 0 to 0, graph 1 nohead lc rgb axis lw 0.6 dt 3
unset key
if (most == 0) { set label 2 'too few trials' at 0, graph 0.5 center font MEDIUM }
plot for [g = 1:5] CONTACTS using (strcol('counted') eq COUNT && strcol('group') eq GROUP[g] && column('count') >= ENOUGH ? column('step') : NaN):'error_squared' with lines \
     lc rgb COLOUR[g] lw 1.4
unset arrow 1
unset label 2

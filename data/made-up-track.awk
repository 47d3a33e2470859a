# Makes data/made-up-track.tsv, an example of the format that --track reads. No animal walked it: it is
# a random walk in a box of 100 cm that looks a little like a foraging rat (runs, pauses, smooth turns, turning away
# from walls), sampled unevenly about ten times a second, with rows lost.
#
#   awk -f data/made-up-track.awk > data/made-up-track.tsv

function uniform() { state = (state * 16807) % 2147483647; return state / 2147483647 }
function normal() { return sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform()) }

BEGIN {
    state = 20180430; minutes = 20; box = 100; dt = 0.02
    x = 50; y = 50; heading = 1; speed = 15; turning = 0
    print "# A made-up track, no animal's: 20 minutes of a random walk in a box of 100 cm (data/made-up-track.awk)."
    print "# time (s)\tx (cm)\ty (cm)"
    for (t = 0; t < 60 * minutes; t += dt) {
        # running, or now and then a pause of about two seconds
        if (paused > 0) paused -= dt
        else if (uniform() < dt / 12) paused = 0.5 + 3 * uniform()
        goal = paused > 0 ? 0 : 22
        speed += (goal - speed) * dt / 0.5 + 14 * sqrt(dt) * normal() * (paused <= 0)
        if (speed < 0) speed = 0
        if (speed > 60) speed = 60
        turning += -turning * dt / 0.4 + 3.5 * sqrt(dt) * normal()
        heading += turning * dt
        # within 8 cm of a wall that it heads for, it turns along it
        dx = cos(heading); dy = sin(heading)
        if (x < 8 && dx < 0 || x > box - 8 && dx > 0) heading += (dx * dy > 0 ? 1 : -1) * 6 * dt
        if (y < 8 && dy < 0 || y > box - 8 && dy > 0) heading += (dx * dy > 0 ? -1 : 1) * 6 * dt
        x += speed * dt * cos(heading); y += speed * dt * sin(heading)
        if (x < 1) x = 1
        if (x > box - 1) x = box - 1
        if (y < 1) y = 1
        if (y > box - 1) y = box - 1
        if (t < next_row) continue
        next_row = t + 0.08 + 0.04 * uniform()
        if (uniform() < 0.0006) lost = t + 5 * uniform() # the tracker loses it for a while
        if (t < lost) { if (uniform() < 0.3) printf "%.2f\tnan\tnan\n", t; continue }
        printf "%.2f\t%.2f\t%.2f\n", t, x, y
    }
}

#!/bin/sh
# Kills a training a few times; `make stress` does so more often.
KILLS=6 exec sh "$(dirname "$0")/../stress/kill_train.sh"

#!/bin/sh
# A few of the kills of `make stress`.
KILLS=6 exec sh "$(dirname "$0")/../stress/kill_train.sh"

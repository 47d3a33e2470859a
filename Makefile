# gridnav: the paper as a Makefile. Settings and includes only; `make help` lists the targets.
#   PROFILE=paper|quick   the paper's scale, or the whole chain in minutes at tiny settings
#   RETRAIN=1             train every network, use none of data/released
#   LAUNCH='srun -c 8'    goes before every heavy command
#   THREADS=N             threads a program may use (default: all processors)
#   NAME.KEY=VALUE        a key of an experiment, for this time
# A setting that is =1 when it is on is off when it is empty, 0 or no.

PROFILE ?= paper
RETRAIN ?=
LAUNCH  ?=
THREADS ?=

MAKEFLAGS += --no-builtin-rules
SHELL := /bin/sh
export LC_ALL := C
export TZ := UTC
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := figures

# These are handed to the shell: none may have a character that means something there. (LAUNCH, CC and
# CFLAGS are parts of commands and may.)
define newline


endef
special := ' " ` \ $$ ; & | < > * ? [ ] { } ! ~ ( )
$(foreach v,BUILD PROFILE THREADS NAME A B ROWS SEED ONLY FUZZ_SECONDS KILLS INTERRUPTIONS,\
    $(if $(findstring $(newline),$($v)),$(error $v has several lines, expected is one word))\
    $(foreach c,$(special),$(if $(findstring $c,$($v)),$(error $v='$($v)': a character the shell takes for its own, $c))))

comma := ,
yes = $(if $(filter-out 0 no,$1),yes)
BUILD ?= build$(if $(SANITIZE),/sanitize-$(subst $(comma),-,$(SANITIZE)))$(if $(call yes,$(COVERAGE)),/coverage)
WORK.paper := $(BUILD)
WORK.quick := $(BUILD)/quick
FIGURES.paper := figures
FIGURES.quick := $(BUILD)/quick/figures
WORK := $(or $(WORK.$(PROFILE)),$(error PROFILE=$(PROFILE): accepted are paper and quick))
FIGURES := $(FIGURES.$(PROFILE))
BIN := $(BUILD)/bin
# Results of the quick profile are not kept beside the sources.
$(foreach goal,$(if $(filter quick,$(PROFILE)),$(filter release compute search-results speed-seconds,$(MAKECMDGOALS))),\
    $(error $(goal): PROFILE=quick gives no results to keep))

.PHONY: help
help: ## the targets
	@awk -F ':[^#]*## ' '/^[a-z][a-z -]*:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  make NAME           an experiment: train, probe, score, draw (make status lists them); make fig3: one figure;"
	@echo "                      make build/NAME/seed-1/scores.tsv: any file"
	@echo "  settings: PROFILE=paper|quick RETRAIN=1 LAUNCH='srun ...' THREADS=N NAME.KEY=VALUE"

.PHONY: clean
clean: ## remove everything that was made (build/), networks you trained included
	rm -rf $(BUILD)

first := $(filter clean setup,$(MAKECMDGOALS))
others := $(filter-out clean setup,$(MAKECMDGOALS))
ifneq ($(and $(first),$(others)),)
# `make setup figures` on a bare machine, `make clean figures`: first the one, then make again for the rest.
.PHONY: $(others) others
$(others): others ;
others: $(first)
	@$(MAKE) --no-print-directory $(others)
include env/rules.mk
else
-include src/rules.mk experiments/rules.mk figures/rules.mk paper/rules.mk tests/rules.mk env/rules.mk
endif

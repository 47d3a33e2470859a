# The chain of every experiment. What is made of what, and how, is no mystery of this file: the program `plan` reads the
# experiments (experiments/*.mk), the stages (chain.tsv) and the figures (figures/*.tsv) and writes $(WORK)/plan.mk, with one
# plain rule for every file: the file, what it is made of, the whole command. It is included here.

PLAN := $(WORK)/plan.mk
experiment-files := $(filter-out experiments/defaults.mk experiments/rules.mk,\
    experiments/square.mk experiments/triangle.mk experiments/hexagon.mk \
    $(filter-out experiments/square.mk experiments/triangle.mk experiments/hexagon.mk,$(sort $(wildcard experiments/*.mk))))
search-recipes := $(wildcard experiments/search/recipes.tsv)
RELEASED := $(if $(RETRAIN)$(filter quick,$(PROFILE)),,data/released)

# NAME.KEY=VALUE on make's command line.
settings = $(strip $(foreach v,$(.VARIABLES),$(if $(findstring .,$v),$(if $(filter command,$(origin $v)),$v=$($v);))))

# All options of all programs, from the programs themselves.
OPTIONS := $(BUILD)/options.tsv
$(OPTIONS): $(programs)
	@mkdir -p $(@D) && for program in $(BIN)/*; do $$program --options || exit 1; done | awk '!seen[$$0]++' > $@.new && mv $@.new $@

planning = $(BIN)/plan --programs $(OPTIONS) --defaults experiments/defaults.mk --chain experiments/chain.tsv \
    $(addprefix --sheets ,$(wildcard figures/sheets.tsv)) $(addprefix --figures-table ,$(wildcard figures/figures.tsv)) \
    $(addprefix --claims ,$(wildcard paper/claims.tsv)) --developing square,triangle,hexagon \
    $(if $(and $(A),$(B)),--compare $(A)$(comma)$(B)) $(addprefix --search ,$(search-recipes)) $(addprefix --released ,$(RELEASED)) $(if $(filter quick,$(PROFILE)),--quick) \
    --set '$(subst ','\'',$(settings))' --bin $(BIN) --work $(WORK) --figures $(FIGURES)
planned = $(experiment-files) $(if $(search-recipes),experiments/search/search.mk)

# The plan is looked through each time (it takes some hundredths of a second) and written when it differs.
.PHONY: always
$(PLAN): $(OPTIONS) always
	@$(planning) --rules $@ $(planned)
	@printf '%s\n' "exec $$(echo '$(subst ','\'',$(planning))') \"\$$@\" $(planned)" > $@.sh

# FILE.args: all that decides the file's bytes beside what it is made of. The plan keeps those that are there.
%.args:
	@sh $(PLAN).sh --args $@

threads = $(addprefix --threads ,$(THREADS))
# What a command writes besides: there already, and older than what it writes last.
comes-with = @test -e $@ || { echo "$@: lost; remove $< to make it again" >&2; exit 1; }; touch $@

# Goals that need no plan, and no compiler or not yet.
unplanned := help setup setup-paper versions clean programs unit-tests check check-unit check-cli fuzz lint stress bench man \
    verify verify-hashes compute calibrate
ifneq ($(filter-out $(unplanned) $(OBJ)/% $(BIN)/% $(LIBRARY) $(BUILD)/tests/%,$(or $(MAKECMDGOALS),figures)),)
include $(PLAN)
endif
# A user's own rules may stand in an experiment's file.
include $(experiment-files)

# ---- targets -----------------------------------------------------------------------------

.PHONY: results networks keys experiment status plan clean
results: $(experiments) ## every file of every experiment
networks: $(foreach n,$(experiments),$(seeds.$n:%=$(WORK)/$n/seed-%/network.gn)) ## train (or take) every network
plan: ## write build/plan.mk: every file, what it is made of, the whole command
	@echo $(PLAN)
keys: ## every key of an experiment: default, accepted values, meaning
	@$(planning) --keys $(planned)
experiment: ## NAME=mine: a new experiment file, every key explained
	@test ! -e 'experiments/$(NAME).mk' || { echo "experiments/$(NAME).mk: is there already" >&2; exit 2; }
	@$(planning) --scaffold '$(NAME)' $(planned) > $(WORK)/scaffold.mk && mv $(WORK)/scaffold.mk experiments/$(NAME).mk
	@echo "experiments/$(NAME).mk: set keys there, then: make $(NAME)"
status: ## what is there, what is stale and why, how long the rest takes
	@$(planning) --status $(planned)
clean: ## remove everything that was made (build/)
	rm -rf $(BUILD)

# ---- released networks ---------------------------------------------------------------------

# Everyone can check them: training is bit for bit the same on every machine.
released-runs := $(patsubst data/released/%/network.gn,%,$(wildcard data/released/*/seed-*/network.gn))
hash-released = @cd data/released && find */seed-* -type f | sort | xargs sha256sum > SHA256SUMS
.PHONY: verify verify-hashes release
verify: $(released-runs:%=$(BUILD)/verify/%/verdict) ## train a stretch of every released run again (WHOLE=1: all of it)
verify-hashes:
	@cd data/released && sha256sum --check --quiet SHA256SUMS && echo "data/released: as SHA256SUMS says"
$(released-runs:%=$(BUILD)/verify/%/verdict): $(BUILD)/verify/%/verdict: verify-hashes $(BIN)/train $(BIN)/gn-dump
	@mkdir -p $(@D)
	@BIN=$(BIN) LAUNCH='$(LAUNCH)' THREADS='$(THREADS)' sh experiments/verify.sh data/released/$* $(@D)/run \
	    $(if $(WHOLE),whole) > $@.new && cat $@.new && mv $@.new $@

# Released are the network, its log, and of the checkpoints those of its phases and the last, from which it is verified.
release: $(seeds.$(NAME):%=$(WORK)/$(NAME)/seed-%/network.gn) ## NAME=square: copy its runs to data/released
	@sh experiments/release.sh '$(NAME)' $(WORK) $(seeds.$(NAME))
	$(hash-released)

# ---- the search ----------------------------------------------------------------------------

# `make -j2 search THREADS=1` trains, probes, scores and ranks every row of search/recipes.tsv. It may be stopped at any
# moment and goes on where it was; a run that fails stays in the ranking with its reason.
ranking := $(WORK)/search/ranking.tsv
search-files := scores.tsv fingerprints.tsv
.PHONY: search search-runs search-results
search-runs: $(foreach f,$(search-files),$(search-runs:%=%/$f))
search: ## train, probe, score and rank every row of experiments/search/recipes.tsv
	-@$(MAKE) --no-print-directory --keep-going search-runs
	@$(MAKE) --no-print-directory $(ranking)
$(ranking): $(search-recipes) $(wildcard $(foreach f,network.gn $(search-files),$(search-runs:%=%/$f))) | $(BIN)/rank-search
	$(BIN)/rank-search --recipes $(search-recipes) $(addprefix --chance ,$(wildcard paper/chance.tsv)) --output $@ $(search-runs)
	@awk -F '\t' '!/^#/' $@ | cut -f 1-12 | head -n 12

# Kept are the ranking, a picture of every network's maps, and a page that shows both.
kept-search := experiments/search/results
rows-of-maps = $$(awk -F '\t' '!/^\#/ { n++ } END { print int((n - 1 + 19) / 20) }' $(@D)/scores.tsv)
$(search-runs:%=%/maps.png): %/maps.png: %/probe.gn %/scores.tsv figures/thumbnail.gp | $(BIN)/map-sheet
	@$(BIN)/map-sheet --order class --scores $*/scores.tsv --columns 20 --output $*/maps.tsv $<
	@gnuplot -e "maps='$*/maps.tsv'; width=360; height=18*$(rows-of-maps); out='$@.new.png'" figures/thumbnail.gp \
	    2> $*/maps.log && mv $@.new.png $@
thumbnails := $(patsubst %/scores.tsv,%/maps.png,$(wildcard $(search-runs:%=%/scores.tsv)))
search-results: $(ranking) $(thumbnails) ## keep the ranking and pictures of all maps in experiments/search/results
	@sh experiments/search/keep.sh $(ranking) $(WORK)/search $(kept-search)

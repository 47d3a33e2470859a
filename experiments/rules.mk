# The chain of every experiment. The program `plan` reads the experiments (experiments/*.mk), the stages (chain.tsv) and the
# figures (figures/*.tsv), and writes $(WORK)/plan.mk, which is included here. It has one plain rule for every file: the file,
# what it is made of, the whole command.

PLAN := $(WORK)/plan.mk
experiment-files := $(filter-out experiments/defaults.mk experiments/rules.mk,\
    experiments/square.mk experiments/triangle.mk experiments/hexagon.mk \
    $(filter-out experiments/square.mk experiments/triangle.mk experiments/hexagon.mk,$(sort $(wildcard experiments/*.mk))))
search-recipes := $(wildcard experiments/search/recipes.tsv)
RELEASED := $(if $(call yes,$(RETRAIN))$(filter quick,$(PROFILE)),,data/released)

# All NAME.KEY=VALUE of make's command line, for the program `plan`.
settings = $(strip $(foreach v,$(.VARIABLES),$(if $(findstring .,$v),$(if $(filter command,$(origin $v)),$v=$($v);))))

# The options of all programs, printed by the programs: those that there are sources of, or, without sources, all of $(BIN).
OPTIONS := $(BUILD)/options.tsv
$(OPTIONS): $(programs)
	@mkdir -p $(@D)
	@for program in $(or $(programs),$(BIN)/*); do $$program --options || exit 1; done > $@.all
	@awk '!seen[$$0]++' $@.all > $@.new && rm $@.all && mv $@.new $@

# Names that no experiment may have: the targets of these files, and folders of $(BUILD) that have something else in them.
reserved = $(filter-out $$%,$(shell sed -n 's/^\.PHONY: *//p' \
    $(wildcard Makefile $(addsuffix /rules.mk,src experiments figures paper tests env)))) bin obj quick default defaults rules

planning = $(BIN)/plan --programs $(OPTIONS) --defaults experiments/defaults.mk --chain experiments/chain.tsv \
    $(addprefix --sheets ,$(wildcard figures/sheets.tsv)) $(addprefix --figures-table ,$(wildcard figures/figures.tsv)) \
    $(addprefix --claims ,$(wildcard paper/claims.tsv)) --developing square \
    $(if $(and $(A),$(B)),--compare $(A)$(comma)$(B)) $(addprefix --search ,$(search-recipes)) $(addprefix --released ,$(RELEASED)) $(if $(filter quick,$(PROFILE)),--quick) \
    --reserved '$(strip $(reserved))' --set '$(subst ','\'',$(settings))' --bin $(BIN) --work $(WORK) --figures $(FIGURES)
planned = $(experiment-files) $(if $(search-recipes),experiments/search/search.mk)

# The plan is made at every call of make, which takes some hundredths of a second, and written only when it differs.
# $(PLAN).sh keeps the command, to which the rule below adds options: make need not put it together again for each of
# hundreds of files. It is replaced whole, as another make may be reading it.
.PHONY: always
$(PLAN): $(OPTIONS) always
	@$(planning) --rules $@ $(planned)
	@printf '%s\n' 'exec $(subst ','\'',$(planning)) "$$@" $(planned)' > $@.sh.$$$$ && mv $@.sh.$$$$ $@.sh

# FILE.args has all options of the command that makes FILE. The program `plan` keeps existing ones up to date; this rule
# makes missing ones.
%.args:
	@sh $(PLAN).sh --args $@

threads = $(addprefix --threads ,$(THREADS))
# For files that a command writes before its target: they exist already, and are only touched so that they are newer than it.
comes-with = @test -e $@ || { echo "$@: lost; remove $< to make it again" >&2; exit 1; }; touch $@

# Goals that need no plan, and therefore no compiled programs.
unplanned := help setup setup-paper versions clean programs unit-tests check check-unit check-cli fuzz lint stress bench man \
    verify verify-hashes compute calibrate precision
ifneq ($(filter-out $(unplanned) $(OBJ)/% $(BIN)/% $(LIBRARY) $(BUILD)/tests/%,$(or $(MAKECMDGOALS),figures)),)
include $(PLAN)
endif
# Included because an experiment's file may have rules of make as well.
include $(experiment-files)

# ---- targets -----------------------------------------------------------------------------

.PHONY: results networks keys experiment status plan
results: $(experiments) ## every file of every experiment
networks: $(foreach n,$(experiments),$(seeds.$n:%=$(WORK)/$n/seed-%/network.gn)) ## train every network, or take the released one
plan: ## write build/plan.mk: every file, what it is made of, the whole command
	@echo $(PLAN)
keys: ## every key of an experiment: default, accepted values, meaning
	@$(planning) --keys $(planned)
experiment: ## NAME=mine: write a new experiment file that explains every key
	@test ! -e 'experiments/$(NAME).mk' || { echo "experiments/$(NAME).mk: exists already" >&2; exit 2; }
	@$(planning) --scaffold '$(NAME)' $(planned) > $(WORK)/scaffold.mk && mv $(WORK)/scaffold.mk experiments/$(NAME).mk
	@echo "experiments/$(NAME).mk: set keys there, then: make $(NAME)"
status: ## which files are there, which are stale and why, and, of trainings under way, how long they still take
	@$(planning) --status $(planned)

# ---- released networks ---------------------------------------------------------------------

# Anyone can verify them, as training gives the same bytes on every machine.
released-networks := $(patsubst data/released/%/network.gn,%,$(wildcard data/released/*/seed-*/network.gn))
hash-released = @cd data/released && find */seed-* -type f | sort | xargs sha256sum > SHA256SUMS
.PHONY: verify verify-hashes release
verify: $(released-networks:%=$(BUILD)/verify/%/verdict) ## train a stretch of every released network again (WHOLE=1: all of it)
verify-hashes:
	@cd data/released && sha256sum --check --quiet SHA256SUMS && echo "data/released: as SHA256SUMS says"
$(released-networks:%=$(BUILD)/verify/%/verdict): $(BUILD)/verify/%/verdict: verify-hashes $(BIN)/train $(BIN)/gn-dump
	@mkdir -p $(@D)
	@BIN=$(BIN) LAUNCH='$(LAUNCH)' THREADS='$(THREADS)' sh experiments/verify.sh data/released/$* $(@D)/again \
	    $(if $(call yes,$(WHOLE)),whole) > $@.new && cat $@.new && mv $@.new $@

# A release has the network, its log, the checkpoints of its phases and the last checkpoint, from which it is verified.
release: $(seeds.$(NAME):%=$(WORK)/$(NAME)/seed-%/network.gn) ## NAME=square: copy its networks to data/released
	@BIN=$(BIN) sh experiments/release.sh '$(NAME)' $(WORK) '$(phases.$(NAME))' $(seeds.$(NAME))
	$(hash-released)

# ---- the search ----------------------------------------------------------------------------

# `make -j2 search THREADS=1` trains, probes, scores and ranks every row of search/recipes.tsv; with ROWS='cost weak' only
# these, and ranks them among those of results/. It can be stopped at any moment; the next call resumes it. What fails has a
# row in the ranking with the reason.
ranking := $(WORK)/search/ranking.tsv
search-files := scores.tsv fingerprints.tsv
.PHONY: search search-networks search-results
folders-of-row = $(filter $(WORK)/search/$1/seed-%,$(search-folders))
refused-row = $(filter search/$1,$(search-refused))
searched-folders = $(if $(ROWS),$(foreach r,$(ROWS),$(call folders-of-row,$r)),$(search-folders))
search-networks: $(if $(ROWS),$(foreach r,$(ROWS),$(call refused-row,$r)),$(search-refused)) \
    $(foreach f,$(search-files),$(searched-folders:%=%/$f))
search: ## train, probe, score and rank every row of experiments/search/recipes.tsv, or ROWS='ID ID'
	@: $(foreach r,$(ROWS),$(or $(call folders-of-row,$r)$(call refused-row,$r),$(error ROWS='$(ROWS)': '$r' is no id of $(search-recipes))))
	-@$(MAKE) --no-print-directory --keep-going search-networks
	@$(MAKE) --no-print-directory $(ranking)
	@awk -v rows='$(ROWS)' -f experiments/search/show.awk $(ranking)

# `make search-results` keeps the ranking, a picture of the maps of every network, and a page that shows both.
kept-search := experiments/search/results
rows-of-maps = $$(awk -F '\t' '!/^\#/ { n++ } END { print int((n - 1 + 19) / 20) }' $(@D)/scores.tsv)
$(search-folders:%=%/maps.png): %/maps.png: %/maps.tsv figures/thumbnail.gp
	@gnuplot -e "maps='$<'; width=360; height=18*$(rows-of-maps); out='$@.new.png'" figures/thumbnail.gp \
	    2> $*/maps.log || { cat $*/maps.log >&2; exit 1; }
	@mv $@.new.png $@
thumbnails := $(patsubst %/scores.tsv,%/maps.png,$(wildcard $(search-folders:%=%/scores.tsv)))
search-results: $(ranking) $(thumbnails) ## keep the ranking and pictures of all maps in experiments/search/results
	@sh experiments/search/keep.sh $(ranking) $(WORK)/search $(kept-search)

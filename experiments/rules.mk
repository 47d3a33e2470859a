# The chain: per experiment NAME and seed S, in $(WORK)/NAME/seed-S,
#
#   train -> network.gn -> probe-tuning -> probe.gn, run.gn -> scores, selectivity, tsne
#                       -> boundary-error, long-run-error, track, connectivity
#
# and, of checkpoints on the way, in update-NNNNNN beside these: network.gn, probe.gn, run.gn, scores.
# A file is made again when its own options, its inputs or its program's code change, and only
# then. Beside each lies FILE.args, the options it was made with. Other rule files name a result as
# $(call result,NAME,SEED,FILE), and all of an experiment's as $(call results,NAME,FILE).

# ---- the experiments ---------------------------------------------------------------------

experiment-files := $(filter-out experiments/defaults.mk experiments/rules.mk,$(wildcard experiments/*.mk))
overrides := $(foreach v,$(.VARIABLES),$(if $(findstring .,$v),$(if $(filter command,$(origin $v)),$v=$($v);)))
searching := $(if $(findstring search,$(MAKECMDGOALS)),experiments/search/search.mk experiments/search/recipes.tsv)
names := $(shell awk -v override='$(strip $(subst ','\'',$(overrides)))' -f experiments/check.awk \
    experiments/defaults.mk $(experiment-files) $(searching))
ifneq ($(.SHELLSTATUS),0)
$(error an experiment was refused (see above))
endif
include experiments/defaults.mk $(experiment-files)

# An experiment's value of a key: quick profile's, its own, that of the one it is like, the default.
own = $(or $(strip $($1.$2)),$(if $(filter-out none,$(strip $($1.like))),$(call own,$(strip $($1.like)),$2)))
get = $(or $(if $(filter quick,$(PROFILE)),$(strip $(quick.$2))),$(call own,$1,$2),$(strip $(default.$2)))

# NAME.sweep = KEY: VALUE ... stands for experiments NAME-VALUE.
swept = $(filter-out none,$(subst :, ,$($1.sweep)))
define add-swept
$1-$3.like := $1
$1-$3.$2 := $3
endef
sweeping := $(foreach n,$(names),$(if $(call swept,$n),$n))
$(foreach n,$(sweeping),$(foreach v,$(wordlist 2,999,$(call swept,$n)),\
    $(eval $(call add-swept,$n,$(firstword $(call swept,$n)),$v))\
    $(eval $n.experiments += $n-$v)))
EXPERIMENTS := $(filter-out $(sweeping) search search/%,$(names)) $(foreach n,$(sweeping),$($n.experiments))

ID := $(BUILD)/id
seeds = $(call get,$1,seeds)
result = $(WORK)/$1/seed-$2/$3
results = $(foreach s,$(call seeds,$1),$(call result,$1,$s,$2))
include experiments/search/rules.mk
runs := $(foreach n,$(EXPERIMENTS) $(SEARCH),$(foreach s,$(call seeds,$n),$n/seed-$s))

# ---- options -----------------------------------------------------------------------------

# Keys without a dot are options of train, STAGE.KEY those of the stage's program, walk.KEY those
# of every program that lets the trained network walk. The value - leaves an option out.
keys := $(sort $(patsubst default.%,%,$(filter default.%,$(.VARIABLES))))
keys.network := $(filter-out seeds like sweep continue title phases,$(foreach k,$(keys),$(if $(findstring .,$k),,$k)))
walking := probe run phase boundary longrun track
keys-of = $(or $(keys.$1),$(filter $1.% $(if $(filter $1,$(walking)),walk.%),$(keys)))
option = $(if $(filter no -,$2),,--$(lastword $(subst ., ,$1))$(if $(filter yes,$2),, $2))
options-of = $(strip $(foreach k,$(call keys-of,$2),$(call option,$k,$(call get,$1,$k))))

# Along an animal's track, the trials of probe and track are those of sample.gn.
track-of = $(filter-out -,$(call get,$1,sample.track))
arena-of = $(foreach k,arena arena-size,--$k $(or $(filter-out -,$(call get,$1,walk.$k)),$(if \
    $(filter-out -,$(call get,$1,walk.arena)),0,$(call get,$1,$k))))
own-keys.probe := bins skip record noise-sd
own-keys.track := trial noise-sd
options-along = $(strip $(foreach k,$(own-keys.$2),$(call option,$2.$k,$(call get,$1,$2.$k))))

files := network.gn probe.gn run.gn scores.tsv selectivity.tsv tsne.tsv boundary.tsv boundary-redraws.tsv \
    longrun.tsv track.tsv connectivity.tsv
phase-files := probe.gn run.gn scores.tsv
stages := network sample probe run scores selectivity tsne boundary longrun track connectivity
stage-of = $(firstword $(subst -, ,$(basename $1)))
$(foreach n,$(EXPERIMENTS) $(SEARCH),$(foreach s,$(stages),$(eval options.$n.$s := $(call options-of,$n,$s))))
tracked := $(foreach n,$(EXPERIMENTS),$(if $(call track-of,$n),$n))
$(foreach n,$(tracked),$(eval options.$n.sample += $(call arena-of,$n))\
    $(foreach s,probe track,$(eval options.$n.$s := $(call options-along,$n,$s))))

# The phases of an experiment's training: update-000050 ...
updates-of = $(subst $(comma), ,$(call get,$1,phases))
all-updates := $(sort $(foreach n,$(EXPERIMENTS),$(call updates-of,$n)))
$(foreach p,$(join $(addsuffix =,$(all-updates)),$(shell printf 'update-%06d ' $(all-updates))),\
    $(eval update.$(subst =, := ,$p)))
$(foreach n,$(EXPERIMENTS),$(eval phases.$n := $(foreach u,$(call updates-of,$n),$(update.$u))))
run-name = $(firstword $(subst /seed-, ,$1))
phases-of = $(phases.$(call run-name,$1))

# What a file's .args says: the options of its stage, and which other run or phases it takes.
continued = $(filter-out none,$(call get,$1,continue))
args = $(strip $(options.$1.$(call stage-of,$2)) $(if $(filter network.gn,$2),$(addprefix --continue ,$(call continued,$1)),\
    $(if $(filter tsne.tsv,$2),--phases $(phases.$1))))

# Within a recipe, all read off the target's path.
name = $(call run-name,$(patsubst $(WORK)/%,%,$@))
seed = $(firstword $(subst /, ,$(lastword $(subst /seed-, ,$@))))
options = $(options.$(name).$(call stage-of,$(@F))) --seed $(seed) $(addprefix --threads ,$(THREADS))
space := $(subst ,, )
# Here as everywhere: a file gets its name when it is whole, so that a killed make leaves no part of one.
record = @printf '%s\n' '$(subst $(space)--,' '--,$(call args,$(name),$(@F)))' > $@.args.part && mv $@.args.part $@.args

# Options that differ from the recorded ones make a file stale.
.PHONY: options-changed
same = $(and $(findstring <$1>,<$2>),$(findstring <$2>,<$1>))
recorded = $(strip $(file <$(WORK)/$1.args))
check-options = $(if $(call same,$(call recorded,$1/$2),$(call args,$(call run-name,$1),$2)),,\
    $(eval $(WORK)/$1/$2: options-changed))
$(foreach r,$(runs),$(foreach f,$(files),$(call check-options,$r,$f)))
$(foreach r,$(runs),$(foreach p,$(call phases-of,$r),$(foreach f,$(phase-files),$(call check-options,$r/$p,$f))))

# ---- a program's identity ----------------------------------------------------------------

# $(ID)/NAME holds the hash of the program without symbols and debugging text; its time changes
# only when the hash does, so compiling to the same code redoes nothing. (After such a compilation
# `make -n`, which cannot look, still names what it would redo; `make status` knows better.)
$(ID)/%.built: $(BIN)/%
	@mkdir -p $(@D)
	@strip --remove-section=.note.gnu.build-id --remove-section=.comment -o $@.tmp $<
	@sha256sum < $@.tmp > $@.part && rm -f $@.tmp && mv $@.part $@
	@cmp -s $@ $(ID)/$* || { cp $@ $@.part && mv $@.part $(ID)/$*; }
$(ID)/%: $(ID)/%.built ;
.PRECIOUS: $(ID)/% $(ID)/%.built

# ---- what is released ---------------------------------------------------------------------

RELEASED := $(if $(RETRAIN)$(filter quick,$(PROFILE)),,data/released)
released-runs := $(patsubst data/released/%/network.gn,%,$(wildcard data/released/*/seed-*/network.gn))
hash-released = @cd data/released && find */seed-* -type f | sort | xargs sha256sum > SHA256SUMS

# Beside a released network may lie the tables that take long to compute, each with TABLE.made: all options
# on the way to it. Such a table is taken while these are the options asked for and the programs'
# sources are those of data/released/made-by. RESCORE=1 computes them; `make verify-tables` compares.
RESCORE ?=
# Whose phases are scored, for figures and claims (C8: which class comes first).
developing := square triangle hexagon
chain.scores.tsv := network.gn probe.gn run.gn scores.tsv
chain.longrun.tsv := network.gn longrun.tsv
made = $(foreach f,$(chain.$(notdir $2)),$f $(subst $(space)--, --,$(call args,$(call run-name,$1),$f)))
note-made = $(if $(chain.$(@F)),@printf '%s\n' '$(call made,$(name),$(@F))' > $@.made.part && mv $@.made.part $@.made)
tables-of = longrun.tsv scores.tsv $(addsuffix /scores.tsv,$(if $(filter $(developing),$(call run-name,$1)),$(phases.$(call run-name,$1))))

not-analysing := src/gn_hessian_free% src/gn_conjgrad% src/gn_pairs% src/gn_draw% src/gn_initialise% src/gn_track% src/gn_sheet%
analysis-sources := $(filter-out $(not-analysing),$(sort $(wildcard src/*.c src/*.h))) \
    $(wildcard $(foreach p,probe-tuning score-units long-run-error,src/programs/$p.c))
made-by := $(if $(RELEASED),$(firstword $(shell cat $(analysis-sources) /dev/null | sha256sum)))
tables-taken := $(strip $(if $(RESCORE)$(findstring release-tables,$(MAKECMDGOALS)),,\
    $(and $(RELEASED),$(call same,$(made-by),$(strip $(file <$(RELEASED)/made-by))))))
define table-rule
$(WORK)/$1/$2: $(RELEASED)/$1/$2
	@mkdir -p $$(@D)
	@cp $$<.prov $$@.part && mv $$@.part $$@.prov && cp $$< $$@.part && mv $$@.part $$@ && echo "$$@: taken from $$<" >&2
	$$(record)
	$$(note-made)
endef
check-table = $(if $(wildcard $(RELEASED)/$1/$2),\
    $(if $(call same,$(strip $(call made,$1,$2)),$(strip $(file <$(RELEASED)/$1/$2.made))),$(eval $(call table-rule,$1,$2))))
$(if $(tables-taken),$(foreach r,$(filter $(released-runs),$(runs)),$(foreach f,$(call tables-of,$r),$(call check-table,$r,$f))))

tables := $(foreach r,$(filter $(released-runs),$(runs)),$(addprefix $r/,$(call tables-of,$r)))
.PHONY: release-tables verify-tables
release-tables: $(tables:%=$(WORK)/%) ## compute the long tables of released runs and keep them beside these
	@for table in $(tables); do \
	    mkdir -p "data/released/$${table%/*}" && for suffix in '' .prov .made; do \
	    cp "$(WORK)/$$table$$suffix" "data/released/$$table$$suffix" || exit 1; done; done
	@echo $(made-by) > data/released/made-by
	$(hash-released)
released-tables := $(patsubst data/released/%.made,%,$(foreach f,* update-*/*,$(wildcard data/released/*/seed-*/$f.made)))
verify-tables: ## compute the released tables again and compare
	@$(MAKE) --no-print-directory WORK=$(BUILD)/verify-tables RESCORE=1 $(released-tables:%=$(BUILD)/verify-tables/%)
	@for table in $(released-tables); do cmp data/released/$$table $(BUILD)/verify-tables/$$table || differ=1; done; \
	    test -z "$$differ" && echo "$(words $(released-tables)) tables: the same bytes"

# ---- the rules ---------------------------------------------------------------------------

# The released network of a run when there is one (its header's recipe must also be the one asked
# for: released.sh), else training. A killed training goes on from network.gn.state.
released = $(if $(RELEASED),$(wildcard $(RELEASED)/$1/network.gn))
came-from = $(strip $(file <$(WORK)/$1/network.from))
# A network taken from data/released does not depend on train's code, but on being allowed.
training-inputs = $(if $(filter released,$(came-from)),$(if $(RELEASED),,options-changed),$(ID)/train)
$(foreach r,$(runs),$(eval $(WORK)/$r/network.gn: $(call released,$r) $(call training-inputs,$r)))
continue-from = $(addprefix $(WORK)/,$(addsuffix /$(notdir $1)/network.gn,$(call continued,$(call run-name,$1))))
$(foreach r,$(runs),$(if $(call continue-from,$r),$(eval $(WORK)/$r/network.gn: $(call continue-from,$r))))

train = $(LAUNCH) $(BIN)/train $(options) $(addprefix --continue ,$(call continue-from,$*)) $(extended) \
    --log $(@D)/log.tsv --checkpoints $(@D)/checkpoints --output $@
# A row of the search that asks for more updates goes on from its network. (Its log then begins there;
# experiments, whose logs are results, start anew.)
glued = $(subst --updates ,--updates=,$(subst --checkpoint-updates ,--checkpoint-updates=,$1))
essence = $(filter-out --updates=% --checkpoint-updates=%,$(call glued,$1))
last-update = $(patsubst --updates=%,%,$(filter --updates=%,$(call glued,$1)))
more-only = $(and $(call same,$(call essence,$1),$(call essence,$2)),\
    $(shell test $(call last-update,$1) -lt $(call last-update,$2) && echo yes))
extended = $(if $(filter search/%,$(name)),$(if $(wildcard $@),$(if $(wildcard $@.state)$(filter $(ID)/train,$?),,\
    $(if $(call more-only,$(call recorded,$*/network.gn),$(call args,$(name),network.gn)),--resume $@))))
take = GN_DUMP=$(BIN)/gn-dump sh experiments/released.sh $(RELEASED)/$* $(@D) $(seed) '$(call args,$(name),network.gn)'
$(WORK)/%/network.gn: | $(BIN)/train $(BIN)/gn-dump
	@mkdir -p $(@D)/checkpoints && rm -f $(@D)/network.from
	$(if $(call released,$*),@$(take) || { set -x; $(train); },$(train))
	$(record)

# A phase of a training: one of its checkpoints, probed and scored like the network itself.
phase-networks := $(foreach r,$(runs),$(foreach p,$(call phases-of,$r),$(WORK)/$r/$p/network.gn))
$(foreach r,$(runs),$(foreach p,$(call phases-of,$r),$(eval $(WORK)/$r/$p/network.gn: $(WORK)/$r/network.gn)))
phase-checkpoint = $(dir $(@D))checkpoints/$(notdir $(@D)).gn
$(phase-networks):
	@test -e $(phase-checkpoint) || { echo "$(name).phases: $(phase-checkpoint) is missing;" \
	    "accepted are updates of $(name).checkpoint-updates ($(call get,$(name),checkpoint-updates))" >&2; exit 2; }
	@mkdir -p $(@D)
	@cp $(phase-checkpoint) $@.part && mv $@.part $@

# An animal's track, cut into trials.
tracked-runs := $(foreach n,$(tracked),$(filter $n/%,$(runs)))
along = $(if $(call track-of,$(name)),--trajectories $(WORK)/$(name)/seed-$(seed)/sample.gn)
$(foreach r,$(tracked-runs),$(eval $(WORK)/$r/sample.gn: $(call track-of,$(call run-name,$r)))\
    $(foreach f,probe.gn track.tsv $(addsuffix /probe.gn,$(call phases-of,$r)),$(eval $(WORK)/$r/$f: $(WORK)/$r/sample.gn)))
$(foreach r,$(tracked-runs),$(call check-options,$r,sample.gn))
$(tracked-runs:%=$(WORK)/%/sample.gn): $(ID)/sample-trajectories
	@mkdir -p $(@D)
	$(BIN)/sample-trajectories $(options) --output $@
	$(record)

$(WORK)/%/probe.gn: $(WORK)/%/network.gn $(ID)/probe-tuning
	$(LAUNCH) $(BIN)/probe-tuning $(options) $(along) --output $@ $<
	$(record)

$(WORK)/%/run.gn: $(WORK)/%/network.gn $(ID)/probe-tuning
	$(LAUNCH) $(BIN)/probe-tuning --uninterrupted $(options) --output $@ $<
	$(record)

$(WORK)/%/scores.tsv: $(WORK)/%/probe.gn $(WORK)/%/run.gn $(ID)/score-units
	$(LAUNCH) $(BIN)/score-units $(options) --output $@ $(@D)/probe.gn $(@D)/run.gn
	$(record)
	$(note-made)

$(WORK)/%/selectivity.tsv: $(WORK)/%/probe.gn $(ID)/selectivity
	$(BIN)/selectivity $(options) --output $@ $<
	$(record)

# Fig. 4: the first phase is the early one, the last the intermediate one, the network the late one.
tsne-inputs = $(foreach p,$(firstword $(phases.$(name))) $(lastword $(phases.$(name))),$(@D)/$p/probe.gn) $(@D)/probe.gn
$(foreach r,$(runs),$(eval $(WORK)/$r/tsne.tsv: $(foreach p,$(call phases-of,$r),$(WORK)/$r/$p/probe.gn)))
$(WORK)/%/tsne.tsv: $(WORK)/%/probe.gn $(ID)/tsne
	$(BIN)/tsne $(options) --output $@ $(tsne-inputs)
	$(record)

# Fig. 6a, counting interactions as steps at the wall or as redrawn turns.
$(WORK)/%/boundary.tsv: $(WORK)/%/network.gn $(ID)/boundary-error
	$(LAUNCH) $(BIN)/boundary-error --count steps $(options) --output $@ $<
	$(record)

$(WORK)/%/boundary-redraws.tsv: $(WORK)/%/network.gn $(ID)/boundary-error
	$(LAUNCH) $(BIN)/boundary-error --count redraws $(options) --output $@ $<
	$(record)

$(WORK)/%/longrun.tsv: $(WORK)/%/network.gn $(ID)/long-run-error
	$(LAUNCH) $(BIN)/long-run-error $(options) --output $@ $<
	$(record)
	$(note-made)

$(WORK)/%/track.tsv: $(WORK)/%/network.gn $(ID)/track
	$(BIN)/track $(options) $(along) --output $@ $<
	$(record)

$(WORK)/%/connectivity.tsv: $(WORK)/%/network.gn $(WORK)/%/probe.gn $(WORK)/%/scores.tsv $(ID)/connectivity
	$(BIN)/connectivity $(options) --output $@ $(@D)/network.gn $(@D)/probe.gn $(@D)/scores.tsv
	$(record)

# The log and the checkpoints come with the network.
$(WORK)/%/log.tsv: $(WORK)/%/network.gn
	@test -f $@ || { echo "$@: lost; remove $< to train again" >&2; exit 1; }
	@touch -r $< $@

# The arenas, and experiments whose networks are there or released: the tables over many experiments and the
# figures beyond the paper are of these, so that `make figures` trains what a figure of the paper shows and not
# all that could be tried. `make results`, then again `make figures`, has them all; so have the quick profile
# and RETRAIN=1 (but for speed.mk, whose table is kept).
# (A network of no updates is there as soon as the one is that it goes on from.)
base-of = $(if $(filter 0,$(call get,$(call run-name,$1),updates)),$(call continued,$(call run-name,$1)))
is-there = $(strip $(wildcard $(WORK)/$1/network.gn) $(call released,$1) $(if $(call base-of,$1),\
    $(call is-there,$(call base-of,$1)/$(notdir $1))))
missing-seeds = $(foreach s,$(call seeds,$1),$(if $(call is-there,$1/seed-$s),,$s))
READY := $(if $(RETRAIN)$(filter quick,$(PROFILE)),$(filter-out speed-%,$(EXPERIMENTS)),\
    $(foreach n,$(EXPERIMENTS),$(if $(strip $(call missing-seeds,$n)),$(filter square triangle hexagon,$n),$n)))

# ---- targets -----------------------------------------------------------------------------

# Naming every file here also keeps make from treating it as intermediate.
outputs := network.gn log.tsv $(filter-out network.gn,$(files))
all-results = $(foreach f,$(outputs) $(foreach p,$(phases.$1),$(phase-files:%=$p/%)),$(call results,$1,$f))
.PHONY: results networks $(EXPERIMENTS) $(sweeping)
results: $(EXPERIMENTS) ## every file of every experiment
networks: $(foreach n,$(EXPERIMENTS),$(call results,$n,network.gn)) ## train (or take) every network
$(foreach n,$(EXPERIMENTS),$(eval $n: $(call all-results,$n)))
$(foreach n,$(sweeping),$(eval $n: $($n.experiments)))

.PHONY: keys experiment
keys: ## every key of an experiment: default, accepted values, meaning
	@awk -v table=1 -f experiments/check.awk experiments/defaults.mk | \
	    awk -F '\t' '{ printf "%-24s %-22s %-30s %s\n", $$1, $$2, $$3, $$4 }'

experiment: ## NAME=mine: a new experiment file, every key explained
	@case '$(NAME)' in ''|*[!A-Za-z0-9_-]*) \
	    echo "NAME='$(NAME)': accepted are letters, digits, - and _ (make experiment NAME=mine)" >&2; exit 2;; esac
	@test ! -e experiments/$(NAME).mk || { echo "experiments/$(NAME).mk: is there already" >&2; exit 2; }
	@awk -v scaffold='$(NAME)' -f experiments/check.awk experiments/defaults.mk > experiments/$(NAME).mk
	@echo "experiments/$(NAME).mk: set keys there, then: make $(NAME)"

# make itself says what it would do and why; status.awk adds how far and how long.
status-of = $(MAKE) --no-print-directory --keep-going -n --debug=b $1 2>&1 | awk -v work=$(WORK) -v id=$(ID) \
    -v dump=$(BIN)/gn-dump -v released=$(RELEASED) -v runs='$2' -v files='$3' -f experiments/status.awk
.PHONY: status
status: ## what is trained, what is stale and why, how long the rest takes
	@$(call status-of,results,$(filter-out search/%,$(runs)),$(files))

# ---- released networks ---------------------------------------------------------------------

# Everyone can check them: training is bit for bit the same on every machine.
.PHONY: verify verify-hashes release
verify: $(released-runs:%=$(BUILD)/verify/%/verdict) ## train a stretch of every released run again (WHOLE=1: all of it)
verify-hashes:
	@cd data/released && sha256sum --check --quiet SHA256SUMS && echo "data/released: as SHA256SUMS says"
$(BUILD)/verify/%/verdict: verify-hashes $(BIN)/train $(BIN)/gn-dump
	@mkdir -p $(@D)
	@BIN=$(BIN) LAUNCH='$(LAUNCH)' THREADS='$(THREADS)' sh experiments/verify.sh data/released/$* $(@D)/run \
	    $(if $(WHOLE),whole) > $@.new && cat $@.new && mv $@.new $@

# Released are the network, its log and its checkpoints; times are kept, so that nothing is redone.
releasing := $(if $(filter release,$(MAKECMDGOALS)),$(if $(filter $(NAME),$(EXPERIMENTS)),\
    $(foreach s,$(call seeds,$(NAME)),$(NAME)/seed-$s),$(error NAME='$(NAME)': accepted are $(EXPERIMENTS))))
release: $(foreach r,$(releasing),$(WORK)/$r/network.gn $(WORK)/$r/log.tsv) ## NAME=square: copy its runs to data/released
	@for run in $(releasing); do \
	    if [ -e $(WORK)/$$run/network.from ]; then echo "$$run: is the released one"; continue; fi; \
	    to=data/released/$$run; rm -rf $$to && mkdir -p $$to/checkpoints && \
	    cp -p $(WORK)/$$run/checkpoints/update-*.gn $$to/checkpoints/ && \
	    cp -p $(WORK)/$$run/log.tsv $(WORK)/$$run/network.gn $$to/ && echo "$$to" || exit 1; \
	done
	$(hash-released)

# Figures: what each is drawn from, the small tables made for it, and gnuplot.
#
# A run's sheets (maps, tuning curves, examples) lie in $(WORK)/NAME/seed-S/figures, tables over many
# runs in $(WORK)/figures. The paper profile's figures are committed beside their scripts.

sheet = $(call result,$1,$(firstword $(call seeds,$1)),figures/$2)
first = $(call result,$1,$(firstword $(call seeds,$1)),$2)
arenas := square triangle hexagon
SHEETS := $(WORK)/%/figures

# ---- the small tables --------------------------------------------------------------------

$(SHEETS)/picks.tsv: $(WORK)/%/scores.tsv $(ID)/pick-units
	@mkdir -p $(@D)
	$(BIN)/pick-units --output $@ $<

# All units, by class; the three sheets show a unit in the same place.
$(SHEETS)/maps.tsv $(SHEETS)/maps-walls.tsv $(SHEETS)/maps-cells.tsv: \
    $(WORK)/%/probe.gn $(WORK)/%/scores.tsv $(ID)/map-sheet
	@mkdir -p $(@D)
	$(BIN)/map-sheet --order class --scores $(WORK)/$*/scores.tsv --outline $(@D)/maps-walls.tsv \
	    --cells $(@D)/maps-cells.tsv --output $(@D)/maps.tsv $<
curve-sheet = $(BIN)/curve-sheet --curve $1 --order class --scores $(WORK)/$*/scores.tsv \
    --cells $(@D)/$1-cells.tsv --output $(@D)/$1.tsv $<
$(SHEETS)/direction.tsv $(SHEETS)/direction-cells.tsv: \
    $(WORK)/%/probe.gn $(WORK)/%/scores.tsv $(ID)/curve-sheet
	@mkdir -p $(@D)
	$(call curve-sheet,direction)
$(SHEETS)/speed.tsv $(SHEETS)/speed-cells.tsv: \
    $(WORK)/%/probe.gn $(WORK)/%/scores.tsv $(ID)/curve-sheet
	@mkdir -p $(@D)
	$(call curve-sheet,speed)

# The picked units of Figs. 2, 3 and 4.
picked = --picks $(@D)/picks.tsv --figure $1
map-sheet = $(BIN)/map-sheet $1 --outline $(@D)/$2-walls.tsv --cells $(@D)/$2-cells.tsv --output $(@D)/$2.tsv $<
$(SHEETS)/fig2.tsv $(SHEETS)/fig2-walls.tsv $(SHEETS)/fig2-cells.tsv: \
    $(WORK)/%/probe.gn $(SHEETS)/picks.tsv $(ID)/map-sheet
	$(call map-sheet,--columns 4 --below 14 $(call picked,2),fig2)
$(SHEETS)/sac.tsv $(SHEETS)/sac-cells.tsv: $(WORK)/%/probe.gn $(SHEETS)/picks.tsv $(ID)/map-sheet
	$(BIN)/map-sheet --show autocorrelogram --columns 4 --gap 8 --below 28 $(call picked,2) \
	    --cells $(@D)/sac-cells.tsv --output $(@D)/sac.tsv $<
$(SHEETS)/fig3.tsv $(SHEETS)/fig3-walls.tsv $(SHEETS)/fig3-cells.tsv: \
    $(WORK)/%/probe.gn $(SHEETS)/picks.tsv $(ID)/map-sheet
	$(call map-sheet,--columns 3 --fill column $(call picked,3),fig3)
$(SHEETS)/fig3-direction.tsv: $(WORK)/%/probe.gn $(SHEETS)/picks.tsv $(ID)/curve-sheet
	$(BIN)/curve-sheet --curve direction --columns 3 --fill column $(call picked,3) --output $@ $<
$(SHEETS)/fig3-speed.tsv: $(WORK)/%/probe.gn $(SHEETS)/picks.tsv $(ID)/curve-sheet
	$(BIN)/curve-sheet --curve speed --columns 3 --fill column $(call picked,3) --output $@ $<
$(SHEETS)/fig4.tsv $(SHEETS)/fig4-walls.tsv $(SHEETS)/fig4-cells.tsv: \
    $(WORK)/%/probe.gn $(SHEETS)/picks.tsv $(ID)/map-sheet
	$(call map-sheet,--columns 8 $(call picked,4),fig4)

# The arena, where its animal was, and three of its walks.
$(SHEETS)/walls.tsv: $(WORK)/%/probe.gn $(ID)/arena-walls
	@mkdir -p $(@D)
	$(BIN)/arena-walls --output $@ $<
$(SHEETS)/occupancy.tsv $(SHEETS)/occupancy-walls.tsv $(SHEETS)/occupancy-cells.tsv: \
    $(WORK)/%/probe.gn $(ID)/map-sheet
	@mkdir -p $(@D)
	$(call map-sheet,--show occupancy,occupancy)
walk-keys := arena arena-size still zero-speed zero-speed-mode zero-speed-block turn-sd top-speed start
walk-of = $(patsubst $(WORK)/%/,%,$(dir $(patsubst %/,%,$(dir $(@D)))))
$(SHEETS)/walk.gn: $(WORK)/%/network.gn $(ID)/sample-trajectories
	@mkdir -p $(@D)
	$(BIN)/sample-trajectories --trials 3 \
	    $(foreach k,$(walk-keys),--$k $(call get,$(walk-of),$k)) --output $@
$(SHEETS)/paths.tsv: $(SHEETS)/walk.gn $(ID)/gn-dump
	$(BIN)/gn-dump --array position --output $@ $<

$(SHEETS)/spectrum.tsv: $(WORK)/%/network.gn $(WORK)/%/probe.gn $(ID)/connectivity
	@mkdir -p $(@D)
	$(BIN)/connectivity --table spectrum --output $@ $< $(WORK)/$*/probe.gn
$(SHEETS)/weights.tsv: $(WORK)/%/network.gn $(WORK)/%/probe.gn $(WORK)/%/scores.tsv $(ID)/connectivity
	@mkdir -p $(@D)
	$(BIN)/connectivity --table weights --output $@ $< $(WORK)/$*/probe.gn $(WORK)/$*/scores.tsv

# (Not those that only let another's network walk elsewhere.)
all-scores := $(foreach n,$(READY),$(if $(call base-of,$n),,$(call results,$n,scores.tsv)))
$(WORK)/figures/classes.tsv: $(all-scores) $(ID)/count-classes
	@mkdir -p $(@D)
	$(BIN)/count-classes --output $@ $(all-scores)

# Phases of training.
phase-scores := $(foreach a,$(arenas),$(foreach f,$(addsuffix /scores.tsv,$(phases.$a)) scores.tsv,$(call results,$a,$f)))
$(WORK)/figures/development.tsv: $(phase-scores) $(ID)/count-classes
	@mkdir -p $(@D)
	$(BIN)/count-classes --output $@ $(phase-scores)

# Beyond the paper: how fine each unit's map is, and the finest of those that are modulated.
$(SHEETS)/wavelength.tsv: $(WORK)/%/probe.gn $(WORK)/%/scores.tsv figures/wavelength.awk $(ID)/map-sheet $(ID)/gn-dump
	@mkdir -p $(@D)
	@$(BIN)/map-sheet --columns 1 --gap 0 --cells $(@D)/column-cells.tsv --output $(@D)/column.tsv $<
	@awk -v width="$$($(BIN)/gn-dump $< | awk '$$1 == "bin_width" { print $$2 }')" -f figures/wavelength.awk \
	    $(@D)/column-cells.tsv $(WORK)/$*/scores.tsv $(@D)/column.tsv > $@.new && mv $@.new $@
	@rm -f $(@D)/column.tsv $(@D)/column-cells.tsv $(@D)/column.tsv.prov
finest = $$(tail -n +2 $(WORK)/$1/figures/wavelength.tsv | \
    awk -F '\t' '{ print ($$2 == "unmodulated" || $$3 == "nan") "\t" $$0 }' | sort -s -k 1,1 -k 4,4g | head -n $2 | cut -f 2 | paste -s -d , -)
$(SHEETS)/finest.tsv $(SHEETS)/finest-walls.tsv $(SHEETS)/finest-cells.tsv: $(WORK)/%/probe.gn $(SHEETS)/wavelength.tsv $(ID)/map-sheet
	$(BIN)/map-sheet --columns 12 --units $(call finest,$*,12) --scores $(WORK)/$*/scores.tsv --outline $(@D)/finest-walls.tsv \
	    --cells $(@D)/finest-cells.tsv --output $(@D)/finest.tsv $<

# The same ten units where their network was trained, and where it walks in another experiment.
origin = $(or $(call continued,$(name)),$(name))/seed-$(seed)
elsewhere-sheets := elsewhere.tsv elsewhere-walls.tsv elsewhere-cells.tsv
$(foreach r,$(foreach n,$(EXPERIMENTS),$(foreach s,$(call seeds,$n),$n/seed-$s)),$(foreach f,$(elsewhere-sheets),\
    $(eval $(WORK)/$r/figures/$f: $(WORK)/$(or $(call continued,$(call run-name,$r)),$(call run-name,$r))/$(notdir $r)/figures/wavelength.tsv)))
$(SHEETS)/elsewhere.tsv $(SHEETS)/elsewhere-walls.tsv $(SHEETS)/elsewhere-cells.tsv: $(WORK)/%/probe.gn $(ID)/map-sheet
	@mkdir -p $(@D)
	$(BIN)/map-sheet --columns 5 --units $(call finest,$(origin),10) --outline $(@D)/elsewhere-walls.tsv \
	    --cells $(@D)/elsewhere-cells.tsv --output $(@D)/elsewhere.tsv $<

# Along an animal's track: the squared error of every step, mean over the trials.
$(SHEETS)/along.tsv: $(WORK)/%/network.gn $(WORK)/%/sample.gn $(ID)/track
	@mkdir -p $(@D)
	$(BIN)/track --trajectories $(WORK)/$*/sample.gn --trials 0 --output $@.steps $<
	@awk -F '\t' 'BEGIN { print "step\terror_squared\tconstant\tcount" } /^#/ || $$1 == "trial" { next } \
	    { e[$$2] += (($$5 - $$3) ^ 2 + ($$6 - $$4) ^ 2) / 2; n[$$2]++; p[++rows] = $$3; q[rows] = $$4; x += $$3; y += $$4; last = $$2 } \
	    END { x /= rows; y /= rows; for (i = 1; i <= rows; i++) v += ((p[i] - x) ^ 2 + (q[i] - y) ^ 2) / 2 / rows; \
	        for (s = 0; s <= last; s++) printf "%d\t%.9g\t%.9g\t%d\n", s + 1, e[s] / n[s], v, n[s] }' $@.steps > $@.new && mv $@.new $@
	@rm -f $@.steps $@.steps.prov

# Made on the way to others, yet worth keeping: make would delete them.
.PRECIOUS: $(SHEETS)/picks.tsv $(SHEETS)/walk.gn

# ---- what each figure needs --------------------------------------------------------------

with-sides = $1.tsv $1-walls.tsv $1-cells.tsv
maps-of = $(foreach f,$(call with-sides,maps),$(call sheet,$1,$f))
curves-of = $(foreach f,direction.tsv direction-cells.tsv speed.tsv speed-cells.tsv,$(call sheet,$1,$f))
of-arenas = $(foreach a,$(arenas),$(foreach f,$1,$(call sheet,$a,$f)))

needs.arenas = $(call of-arenas,walls.tsv paths.tsv $(call with-sides,occupancy))
needs.training = $(foreach a,$(arenas),$(call results,$a,log.tsv))
needs.fig1c = $(call first,square,track.tsv) $(call sheet,square,walls.tsv)
needs.fig2 = $(call of-arenas,$(call with-sides,fig2))
needs.autocorrelograms = $(call of-arenas,sac.tsv sac-cells.tsv)
needs.fig3 = $(foreach f,$(call with-sides,fig3) fig3-direction.tsv fig3-speed.tsv,$(call sheet,triangle,$f))
needs.fig4 = $(call first,square,tsne.tsv) $(foreach f,$(call with-sides,fig4),$(call sheet,square,$f))
needs.fig5 = $(call maps-of,square-free) $(call maps-of,square)
needs.fig6 = $(call first,square,boundary-redraws.tsv) $(call first,square,boundary.tsv) $(call first,square,longrun.tsv)
needs.figA = $(call maps-of,triangle) $(call curves-of,triangle) $(call maps-of,triangle-noise) \
    $(call maps-of,triangle-cost)
needs.figB = $(call maps-of,square) $(call curves-of,square)
needs.figC = $(call maps-of,hexagon) $(call curves-of,hexagon)
needs.figD = $(foreach a,$(arenas),$(call first,$a,selectivity.tsv) $(call first,$a,scores.tsv))
needs.scores = $(foreach a,$(arenas),$(call results,$a,scores.tsv))
needs.classes = $(WORK)/figures/classes.tsv
needs.development = $(WORK)/figures/development.tsv
needs.connectivity = $(call first,square,connectivity.tsv) \
    $(foreach f,spectrum.tsv weights.tsv,$(call sheet,square,$f))

# Beyond the paper: drawn of the experiments that are there (READY, experiments/rules.mk), and not drawn when there is
# nothing to compare.
sizes-ready := $(foreach n,size-50 size-100 size-200 size-400,$(filter $n,$(READY)))
levels-ready := $(foreach n,regularisation-0 regularisation-25 regularisation-50 size-100 regularisation-200,$(filter $n,$(READY)))
tracks-ready := $(filter foraging foraging-moving,$(READY))
ifneq ($(word 2,$(sizes-ready)),)
needs.sizes = $(foreach n,$(sizes-ready),$(call first,$n,log.tsv) $(call sheet,$n,wavelength.tsv) \
    $(foreach f,$(call with-sides,finest),$(call sheet,$n,$f)))
endif
ifneq ($(word 2,$(levels-ready)),)
needs.regularising = $(foreach n,$(levels-ready),$(call first,$n,log.tsv) $(call sheet,$n,wavelength.tsv) $(call maps-of,$n))
endif
ifneq ($(and $(filter size-100,$(READY)),$(filter moving,$(READY))),)
needs.movement = $(foreach n,size-100 moving,$(call first,$n,log.tsv) $(call sheet,$n,wavelength.tsv) $(call maps-of,$n) $(call sheet,$n,paths.tsv))
endif
crossings := square-triangle square-hexagon triangle-square triangle-hexagon hexagon-square hexagon-triangle
ifeq ($(filter-out $(READY),$(crossings:%=transfer-%)),)
needs.elsewhere = $(foreach n,$(arenas) $(crossings:%=transfer-%),$(call first,$n,longrun.tsv) $(foreach f,$(elsewhere-sheets),$(call sheet,$n,$f)))
endif
ifneq ($(tracks-ready),)
needs.tracked = $(foreach n,$(tracks-ready),$(call first,$n,track.tsv) $(call sheet,$n,along.tsv) $(call sheet,$n,walls.tsv) \
    $(foreach m,$n $(call continued,$n),$(foreach f,$(elsewhere-sheets),$(call sheet,$m,$f))))
endif

# The search takes hours: its figure is of the ranking that was kept, or of one's own.
kept-ranking := experiments/search/results/ranking.tsv
$(WORK)/figures/ranking.tsv: $(or $(wildcard $(ranking)),$(wildcard $(kept-ranking)))
	@mkdir -p $(@D)
	cp $< $@.part && mv $@.part $@
ifneq ($(wildcard $(ranking) $(kept-ranking)),)
needs.search = $(WORK)/figures/ranking.tsv
endif

# So do the trainings that are compared for speed, and times differ from machine to machine: its figure is of
# the table that was kept.
kept-seconds := experiments/speed.tsv
speed-runs := $(foreach n,$(filter speed-%,$(EXPERIMENTS)),$(foreach s,$(call seeds,$n),$n/seed-$s))
$(WORK)/figures/seconds-%.tsv: $(kept-seconds) figures/seconds.awk
	@mkdir -p $(@D)
	@awk -v show=$* -f figures/seconds.awk $< > $@.new && mv $@.new $@
ifneq ($(wildcard $(kept-seconds)),)
needs.seconds = $(WORK)/figures/seconds-curves.tsv $(WORK)/figures/seconds-reached.tsv
endif
.PHONY: speed-seconds
speed-seconds: ## train the speed-* experiments here, one after the other, and keep their times
	@$(MAKE) --no-print-directory -j1 THREADS=1 $(speed-runs:%=$(WORK)/%/network.gn)
	@awk -v machine="$$(lscpu | sed -n 's/^Model name: *//p')" -f figures/seconds.awk $(speed-runs:%=$(WORK)/%) \
	    > $(kept-seconds).new && mv $(kept-seconds).new $(kept-seconds)

figure-names := $(patsubst needs.%,%,$(filter needs.%,$(.VARIABLES)))

# ---- drawing -----------------------------------------------------------------------------

# gnuplot's own words about gaps in a matrix are no news; everything else it says is shown. Browsers
# may have other fonts, and would smooth the maps' bins. Settings of the user's own (~/.gnuplot) are not read.
no-news := missing or undefined values|^$$
gnuplot-variables = data='$(WORK)'; profile='$(PROFILE)'; $(foreach a,$(arenas),seeds_$a='$(call seeds,$a)';) \
    sizes='$(sizes-ready)'; levels='$(levels-ready)'; tracks='$(tracks-ready)'; origins='$(foreach n,$(tracks-ready),$(call continued,$n))'
draw = @mkdir -p $(FIGURES) $(WORK)/figures && echo "gnuplot figures/$1.gp" && \
    for type in svg png; do \
	LC_ALL=C.UTF-8 gnuplot --default-settings -e "$(gnuplot-variables); out='$(WORK)/figures/$1.new.$$type'" figures/$1.gp \
	    2> $(WORK)/figures/$1.log || { cat $(WORK)/figures/$1.log >&2; exit 1; }; \
	grep -E -v '$(no-news)' $(WORK)/figures/$1.log >&2; done; \
    sed -e 's/font-family="DejaVu Sans"/font-family="DejaVu Sans, Verdana, sans-serif"/g' \
	-e "s/<image /<image style='image-rendering:pixelated' /g" \
	$(WORK)/figures/$1.new.svg > $(FIGURES)/$1.svg.part && \
    cp $(WORK)/figures/$1.new.png $(FIGURES)/$1.png.part && \
    mv $(FIGURES)/$1.png.part $(FIGURES)/$1.png && mv $(FIGURES)/$1.svg.part $(FIGURES)/$1.svg && \
    rm -f $(WORK)/figures/$1.new.svg $(WORK)/figures/$1.new.png $(WORK)/figures/$1.log

helpers := style sheet curves legend appendix
define figure-rule
$(FIGURES)/$1.svg $(FIGURES)/$1.png &: figures/$1.gp $(helpers:%=figures/%.gp) $(needs.$1)
	$$(call draw,$1)
endef
$(foreach f,$(figure-names),$(eval $(call figure-rule,$f)))

.PHONY: figures $(filter-out search,$(figure-names))
figures: $(foreach f,$(figure-names),$(FIGURES)/$f.svg) ## every figure of the paper, and beyond
$(foreach f,$(filter-out search,$(figure-names)),$(eval $f: $(FIGURES)/$f.svg))

# The gallery: every figure with what the paper shows and what ours shows, and the verdicts.
figures: $(FIGURES)/README.md $(FIGURES)/claims.md
$(FIGURES)/README.md: figures/captions.tsv figures/gallery.awk $(figure-names:%=$(FIGURES)/%.svg)
	@mkdir -p $(@D)
	@awk -f figures/gallery.awk -v shown='$(figure-names)' -v profile='$(PROFILE)' $< > $@.tmp && mv $@.tmp $@

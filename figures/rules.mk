# Drawing. Which files each figure is of stands in figures.tsv, how the small tables among them are made in sheets.tsv;
# $(PLAN) has a rule for each, and draw.sh draws them. The paper profile's figures are committed beside their scripts.

# The trainings that are compared for speed take long, and times differ from machine to machine: that figure is of a table
# that is kept. `make speed-seconds` writes it anew.
$(WORK)/figures/seconds-curves.tsv $(WORK)/figures/seconds-reached.tsv: \
    $(WORK)/figures/seconds-%.tsv: experiments/speed.tsv figures/seconds.awk
	@mkdir -p $(@D)
	@awk -v show=$* -f figures/seconds.awk $< > $@.new && mv $@.new $@
.PHONY: speed-seconds
speed-folders = $(foreach n,$(filter speed-%,$(experiments)),$(seeds.$n:%=$(WORK)/$n/seed-%))
speed-seconds: ## train the speed-* experiments here, one after the other, and keep their times
	@$(MAKE) --no-print-directory -j1 THREADS=1 $(speed-folders:%=%/network.gn)
	@awk -v machine="$$(lscpu | sed -n 's/^Model name: *//p')" -f figures/seconds.awk $(speed-folders) \
	    > experiments/speed.tsv.new && mv experiments/speed.tsv.new experiments/speed.tsv

# `make fig3` draws Fig. 3.
figure-names := $(basename $(notdir $(figure-files)))
.PHONY: figures $(figure-names)
figures: $(figure-files) ## every figure of the paper, and beyond
$(figure-names): %: $(FIGURES)/%.svg

# Two experiments side by side, in one figure and one table.
.PHONY: compare
ifeq ($(and $(A),$(B)),)
compare:
	@echo "compare: say which two experiments: make compare A=square B=mine" >&2; exit 2
else
compare: $(WORK)/compare/$(A)-$(B).svg $(WORK)/compare/$(A)-$(B).tsv ## A=square B=mine: two experiments in one figure and table
	@echo $^
endif

# The gallery: every figure with what the paper shows and what ours shows, and the verdicts.
figures: $(FIGURES)/README.md $(FIGURES)/claims.md
$(FIGURES)/README.md: figures/captions.tsv figures/gallery.awk $(figure-files)
	@mkdir -p $(@D)
	@awk -f figures/gallery.awk -v shown='$(figure-names)' -v profile='$(PROFILE)' $< > $@.tmp && mv $@.tmp $@

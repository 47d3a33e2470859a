# The audit: every claim of paper/claims.tsv judged by the results of the experiments it names. Which these are, the plan
# says (build/audit/manifest.tsv), and it has the rule of build/audit/verdicts.tsv.
AUDIT := $(WORK)/audit

# The verdicts beside the figures: as a page, and the table that the page is made of.
judged-by = --power paper/power.tsv --precision paper/precision.tsv paper/claims.tsv $(AUDIT)/manifest.tsv paper/chance.tsv
$(FIGURES)/claims.md: $(FIGURES)/verdicts.tsv
	@$(BIN)/audit-claims --output $(AUDIT)/page.tsv --print markdown $(judged-by) > $@.tmp && mv $@.tmp $@
$(FIGURES)/verdicts.tsv: $(AUDIT)/verdicts.tsv
	@mkdir -p $(@D) && cp $< $@

.PHONY: audit
audit: $(BIN)/audit-claims ## every claim's verdict, from the results that are there
	@$(BIN)/audit-claims --present --output $(AUDIT)/now.tsv --print text $(judged-by)

# ---- false positives, power and precision --------------------------------------------------
#
# Written once for a version of the scores and committed, since the audit goes by them: a quarter of an hour of one processor.
# False positives and power are measured along the walks of untrained networks, as every network's units are.
CALIBRATION := $(BUILD)/calibration
calibration-seeds := 1 2 3 4 5 6
calibration-runs = $(foreach arena,square triangle hexagon,$(addprefix $(CALIBRATION)/$(arena)-,$(addsuffix .gn,$1)))
calibration-start.hexagon := --initialisation gaussian
$(call calibration-runs,$(calibration-seeds)): $(CALIBRATION)/%.gn: $(BIN)/train $(BIN)/probe-tuning
	@mkdir -p $(@D)
	$(BIN)/train --updates 0 --trials 10 --curvature-trials 10 --arena $(word 1,$(subst -, ,$*)) \
	    --seed $(word 2,$(subst -, ,$*)) $(calibration-start.$(word 1,$(subst -, ,$*))) --still diffusing --coding radians \
	    --zero-speed-mode density --no-self-connections --output $(CALIBRATION)/untrained-$*.gn
	$(BIN)/probe-tuning --uninterrupted --steps 200000 --seed $(word 2,$(subst -, ,$*)) --output $@ \
	    $(CALIBRATION)/untrained-$*.gn

# How far the numbers of one network vary from walk to walk: those rows of the claims whose power is `walks`, judged with ten
# other walks of the first seed's network instead of its seeds.
WALKS := $(CALIBRATION)/walks
ten-walks = $(foreach k,1 2 3 4 5 6 7 8 9 10,$(WALKS)/$1/seed-$k/$2.tsv)
errors-of-walks := $(foreach arena,square triangle hexagon,$(call ten-walks,$(arena),errors))
contacts-of-walks := $(call ten-walks,square,boundary)
long-walks := $(call ten-walks,square,longrun)
walks := $(errors-of-walks) $(contacts-of-walks) $(long-walks)
# A new release makes its walks anew.
$(filter $(WALKS)/square/%,$(walks)): data/released/square/seed-1/network.gn
$(filter $(WALKS)/triangle/%,$(walks)): data/released/triangle/seed-1/network.gn
$(filter $(WALKS)/hexagon/%,$(walks)): data/released/hexagon/seed-1/network.gn
network-of-walk = $(filter data/released/%,$^)
$(errors-of-walks): $(WALKS)/%/errors.tsv: $(BIN)/track
	@mkdir -p $(@D)
	$(BIN)/track --table errors --seed $(lastword $(subst -, ,$*)) --output $@ $(network-of-walk)
$(contacts-of-walks): $(WALKS)/%/boundary.tsv: $(BIN)/boundary-error
	@mkdir -p $(@D)
	$(BIN)/boundary-error --seed $(lastword $(subst -, ,$*)) --output $@ $(network-of-walk)
$(long-walks): $(WALKS)/%/longrun.tsv: $(BIN)/long-run-error
	@mkdir -p $(@D)
	$(BIN)/long-run-error --seed $(lastword $(subst -, ,$*)) --output $@ $(network-of-walk)
.PHONY: precision
precision: $(walks) | $(BIN)/audit-claims
	@printf 'experiment\tseed\tpath\n' > $(WALKS)/manifest.tsv
	@for path in $^; do \
	    walk=$${path#$(WALKS)/}; walk=$${walk%/*}; printf '%s\t%s\t%s\n' "$${walk%/*}" "$${walk##*-}" $$path; done >> $(WALKS)/manifest.tsv
	@awk -F '\t' -v OFS='\t' '/^#/ { next } !at++ { for (i = 1; i <= NF; i++) c[$$i] = i; print; next } \
	    $$c["power"] == "walks" { $$c["seeds"] = 1; print }' paper/claims.tsv > $(WALKS)/claims.tsv
	@$(BIN)/audit-claims --output $(WALKS)/verdicts.tsv $(WALKS)/claims.tsv $(WALKS)/manifest.tsv paper/chance.tsv
	@awk -f paper/table.awk -f paper/precision.awk $(WALKS)/verdicts.tsv > $(WALKS)/precision.tsv
	cp $(WALKS)/precision.tsv paper

.PHONY: calibrate
calibrate: $(BIN)/calibrate-scores $(call calibration-runs,$(calibration-seeds)) ## measure false positives, power and precision again
	$(LAUNCH) $(BIN)/calibrate-scores $(threads) --table chance --units 60 --every-unit $(CALIBRATION)/chance-units.tsv \
	    --output $(CALIBRATION)/chance.tsv $(call calibration-runs,$(calibration-seeds))
	$(LAUNCH) $(BIN)/calibrate-scores $(threads) --table power --units 40 --every-unit $(CALIBRATION)/power-units.tsv \
	    --output $(CALIBRATION)/power.tsv $(call calibration-runs,1 2)
	cp $(CALIBRATION)/chance.tsv $(CALIBRATION)/power.tsv paper
	rm -rf $(WALKS) && $(MAKE) --no-print-directory precision

# ---- the report and the gallery ------------------------------------------------------------
#
# Both are made of the same tables: results and captions become numbers.tsv and, by parts.awk, one LaTeX and one HTML
# file a part.

PAPER := $(WORK)/paper
GALLERY := $(WORK)/gallery
.PHONY: setup-paper compute paper gallery
setup-paper: ## install TeX for `make paper` (paper/packages.txt)
	@sh env/setup.sh paper/packages.txt

# Processor time of the trainings done here, kept with the report since results hold no times.
compute: ## note in paper/compute.tsv how long the trainings done here took
	@awk -f paper/compute.awk paper/compute.tsv $(wildcard $(WORK)/*/seed-*/network.gn.seconds.tsv) > $(WORK)/compute.tsv
	@cp $(WORK)/compute.tsv paper/compute.tsv && tail -n +2 paper/compute.tsv

$(PAPER)/numbers.tsv $(PAPER)/networks.tsv &: $(AUDIT)/verdicts.tsv paper/compute.tsv paper/numbers.awk paper/table.awk
	@mkdir -p $(@D)
	@awk -v networks=$(PAPER)/networks.tsv -f paper/table.awk -f paper/numbers.awk $(AUDIT)/verdicts.tsv paper/compute.tsv \
	    $(AUDIT)/manifest.tsv > $(PAPER)/numbers.tsv.new
	@$(if $(filter quick,$(PROFILE)),printf 'quick\tyes\n' >> $(PAPER)/numbers.tsv.new;) mv $(PAPER)/numbers.tsv.new $(PAPER)/numbers.tsv

# KEY, the three arenas' values, what is accepted, meaning.
$(PAPER)/recipe.tsv: $(experiment-files) experiments/defaults.mk $(OPTIONS)
	@mkdir -p $(@D)
	@$(planning) --values square,triangle,hexagon $(planned) > $@.new && mv $@.new $@

# The files that everything above comes from: the networks, and the claims.
$(PAPER)/provenance.tsv: $(AUDIT)/verdicts.tsv
	@mkdir -p $(@D)
	@{ printf 'programs\t%s\n' "$$($(BIN)/audit-claims --version)"; sha256sum paper/claims.tsv paper/chance.tsv \
	    $$(awk -F '\t' '$$3 ~ /\/log.tsv$$/ { sub(/log.tsv$$/, "network.gn", $$3); print $$3 }' $(AUDIT)/manifest.tsv) | \
	    awk '{ sub(/^$(subst /,\/,$(WORK))\//, "", $$2); print $$2 "\t" $$1 }'; } > $@.new && mv $@.new $@

# Experiments beyond the paper that figures are drawn of.
$(PAPER)/beyond.tsv: paper/beyond.awk paper/table.awk figures/figures.tsv $(figure-files) $(planned) experiments/defaults.mk
	@mkdir -p $(@D)
	@$(planning) --beyond $(planned) | awk -f paper/table.awk -f $< > $@.new && mv $@.new $@

# Parts of the report: $(call part,PART) of the inputs before the script.
part = @mkdir -p $(@D) && awk -v as=$(if $(filter %.html,$@),html,tex) -v part=$(basename $(@F)) -f paper/parts.awk $1 > $@.new && mv $@.new $@
both = $(PAPER)/$1.tex $(PAPER)/$1.html
$(call both,deviations): paper/deviations.tsv paper/parts.awk
	$(call part,$<)
$(call both,recipe): $(PAPER)/recipe.tsv paper/parts.awk
	$(call part,$<)
$(call both,networks): $(PAPER)/networks.tsv paper/parts.awk
	$(call part,$<)
$(call both,verdicts) $(call both,tests): paper/headings.tsv $(AUDIT)/verdicts.tsv paper/parts.awk
	$(call part,paper/headings.tsv $(AUDIT)/verdicts.tsv)
$(call both,regime): $(wildcard experiments/search/results/ranking.tsv) paper/parts.awk
	$(call part,$(or $(wildcard experiments/search/results/ranking.tsv),/dev/null))
$(call both,beyond): $(PAPER)/beyond.tsv paper/parts.awk
	$(call part,$<)
$(call both,provenance): $(PAPER)/provenance.tsv paper/parts.awk
	$(call part,$<)
$(call both,figures): figures/captions.tsv paper/parts.awk $(figure-files)
	$(call part,-v shown='$(figure-names)' -v folder=$(if $(filter %.html,$@),$(FIGURES),.) $<)
$(PAPER)/numbers.tex: $(PAPER)/numbers.tsv paper/parts.awk
	$(call part,$<)

$(figure-names:%=$(PAPER)/%.pdf): $(PAPER)/%.pdf: $(FIGURES)/%.svg
	@mkdir -p $(@D)
	@SOURCE_DATE_EPOCH=0 rsvg-convert --format pdf --output $@ $<

parts := deviations recipe networks verdicts tests regime beyond figures provenance
paper: $(PAPER)/gridnav.pdf ## the replication report as PDF (make setup-paper installs TeX)
$(PAPER)/gridnav.pdf: paper/report.tex paper/discussion.tex paper/references.bib $(PAPER)/numbers.tex \
    $(parts:%=$(PAPER)/%.tex) $(figure-names:%=$(PAPER)/%.pdf)
	@command -v latexmk > /dev/null || { echo "latexmk is not installed: make setup-paper" >&2; exit 1; }
	@cp paper/report.tex paper/discussion.tex paper/references.bib $(PAPER)
	@cd $(PAPER) && SOURCE_DATE_EPOCH=0 FORCE_SOURCE_DATE=1 latexmk -pdf -g -silent -halt-on-error \
	    -interaction=nonstopmode report.tex > latexmk.log 2>&1 || { grep -A 5 '^!' report.log >&2; tail -n 5 latexmk.log >&2; exit 1; }
	@mv $(PAPER)/report.pdf $@ && echo $@

gallery: $(GALLERY)/index.html ## one page with every figure, claim and deviation
$(GALLERY)/index.html: paper/gallery.html paper/fill.awk $(PAPER)/numbers.tsv $(parts:%=$(PAPER)/%.html)
	@mkdir -p $(@D)
	@awk -v folder=$(PAPER) -f paper/fill.awk $(PAPER)/numbers.tsv paper/gallery.html > $@.new && mv $@.new $@ && echo $@

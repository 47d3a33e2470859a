# The audit: every claim of paper/claims.tsv judged by the results of the experiments it names.

# Experiments that the claims name (columns experiment and reference) and that exist; of each the
# final results, and of the arenas' networks the scores of their phases (claim C8: which class comes first).
audited := $(filter $(shell awk -F '\t' '!/^#/ && $$1 != "id" { print $$5, $$6 }' paper/claims.tsv),$(READY))
audited-files = log.tsv scores.tsv selectivity.tsv tsne.tsv boundary.tsv longrun.tsv connectivity.tsv \
    $(if $(filter $(developing),$1),$(addsuffix /scores.tsv,$(phases.$1)))
audited-results := $(foreach n,$(audited),$(foreach f,$(call audited-files,$n),$(call results,$n,$f)))

# Lists the results that are there; of the others the audit says that they are missing.
manifest = @mkdir -p $(WORK)/audit && { printf 'experiment\tseed\tpath\n'; \
    for file in $(audited-results); do \
        test ! -e "$$file" || { run=$${file\#$(WORK)/}; seed=$${run\#*/seed-}; \
            printf '%s\t%s\t%s\n' "$${run%%/*}" "$${seed%%/*}" "$$file"; }; \
    done; } > $(WORK)/audit/manifest.$$$$.part && mv $(WORK)/audit/manifest.$$$$.part $(WORK)/audit/manifest.tsv
judge = $(BIN)/audit-claims --output $1 paper/claims.tsv $(WORK)/audit/manifest.tsv

$(WORK)/audit/verdicts.tsv: paper/claims.tsv $(if $(DRAFT),always,$(audited-results)) $(ID)/audit-claims
	$(manifest)
	$(call judge,$@)

# The same as a page beside the figures.
$(FIGURES)/claims.md: $(WORK)/audit/verdicts.tsv
	@mkdir -p $(@D)
	@$(call judge,$(WORK)/audit/page.tsv) --print markdown > $@.tmp && mv $@.tmp $@

.PHONY: audit
audit: $(BIN)/audit-claims ## every claim's verdict, from the results that are there
	$(manifest)
	@$(call judge,$(WORK)/audit/now.tsv) --print text

# ---- the report and the gallery ------------------------------------------------------------
#
# Both are made of the same tables: results and captions become numbers.tsv and, by parts.awk, one
# LaTeX and one HTML file a part. DRAFT=1 takes the results and figures that are there as they are,
# into folders of its own.

DRAFT ?=
PAPER := $(WORK)/paper$(if $(DRAFT),-draft)
GALLERY := $(WORK)/gallery$(if $(DRAFT),-draft)
drawn := $(if $(DRAFT),$(filter $(figure-names),$(patsubst $(FIGURES)/%.svg,%,$(wildcard $(FIGURES)/*.svg))),$(figure-names))
figure-inputs := $(if $(DRAFT),always,$(figure-names:%=$(FIGURES)/%.svg))
tex-parts := deviations recipe networks verdicts tests regime beyond figures provenance
parts = awk -v as=$(if $(filter %.html,$@),html,tex) -v part=$(basename $(@F)) -f paper/parts.awk
.PHONY: always

.PHONY: setup-paper
setup-paper: ## install TeX for `make paper` (paper/packages.txt)
	@sh env/setup.sh paper/packages.txt

# Processor time of the trainings done here, kept with the report since results hold no times.
.PHONY: compute
compute: ## note in paper/compute.tsv how long the trainings done here took
	@awk -f paper/compute.awk paper/compute.tsv $(wildcard $(WORK)/*/seed-*/network.gn.seconds.tsv) > $(WORK)/compute.tsv
	@cp $(WORK)/compute.tsv paper/compute.tsv && tail -n +2 paper/compute.tsv

$(PAPER)/numbers.tsv $(PAPER)/runs.tsv &: $(WORK)/audit/verdicts.tsv paper/compute.tsv paper/numbers.awk paper/table.awk
	@mkdir -p $(@D)
	@awk -v runs=$(PAPER)/runs.tsv -f paper/table.awk -f paper/numbers.awk $(WORK)/audit/verdicts.tsv paper/compute.tsv \
	    $(WORK)/audit/manifest.tsv > $(PAPER)/numbers.tsv.new
	@$(if $(filter quick,$(PROFILE)),printf 'quick\tyes\n' >> $(PAPER)/numbers.tsv.new;) \
	    $(if $(DRAFT),printf 'draft\tyes\n' >> $(PAPER)/numbers.tsv.new;) mv $(PAPER)/numbers.tsv.new $(PAPER)/numbers.tsv

# KEY, the three arenas' values, meaning
line-of = printf '%s\t%s\t%s\t%s\n' $1 $(foreach a,square triangle hexagon,'$(call get,$a,$1)');
$(PAPER)/recipe.tsv: $(experiment-files) experiments/defaults.mk
	@mkdir -p $(@D)
	@{ $(foreach k,$(filter-out like sweep continue,$(keys)),$(call line-of,$k)) } | awk -F '\t' ' \
	    NR == FNR { values[$$1] = $$2 "\t" $$3 "\t" $$4; next } \
	    $$1 in values { print $$1 "\t" values[$$1] "\t" $$4 }' - $(PAPER)/keys.tsv > $@.new && mv $@.new $@
$(PAPER)/recipe.tsv: $(PAPER)/keys.tsv
$(PAPER)/keys.tsv: experiments/defaults.mk experiments/check.awk
	@mkdir -p $(@D)
	@awk -v table=1 -f experiments/check.awk $< > $@.new && mv $@.new $@

# Experiments beyond the paper that are there, with what their figures are drawn from.
beyond := $(sizes-ready) $(filter-out $(sizes-ready),$(levels-ready)) $(if $(needs.movement),moving) \
    $(if $(needs.elsewhere),$(crossings:%=transfer-%)) $(tracks-ready)
$(PAPER)/beyond.tsv: paper/beyond.awk paper/table.awk $(figure-inputs)
	@mkdir -p $(@D)
	@{ true; $(foreach n,$(beyond),printf '%s\t%s\t%s\n' '$n' '$(patsubst %/,%,$(dir $(call first,$n,network.gn)))' '$(call get,$n,title)';) } | \
	    awk -f paper/table.awk -f $< > $@.new && mv $@.new $@

# The files that everything above comes from: the networks, and the claims.
$(PAPER)/provenance.tsv: $(WORK)/audit/verdicts.tsv
	@mkdir -p $(@D)
	@{ printf 'programs\t%s\n' "$$($(BIN)/audit-claims --version)"; sha256sum paper/claims.tsv \
	    $(patsubst %/log.tsv,%/network.gn,$(wildcard $(filter %/log.tsv,$(audited-results)))) | \
	    awk '{ sub(/^$(subst /,\/,$(WORK))\//, "", $$2); print $$2 "\t" $$1 }'; } > $@.new && mv $@.new $@

# One file a part and format.
inputs.deviations := paper/deviations.tsv
inputs.recipe := $(PAPER)/recipe.tsv
inputs.networks := $(PAPER)/runs.tsv
inputs.verdicts := paper/headings.tsv $(WORK)/audit/verdicts.tsv
inputs.tests := $(inputs.verdicts)
inputs.regime := $(wildcard experiments/search/results/ranking.tsv)
inputs.beyond := $(PAPER)/beyond.tsv
inputs.figures := figures/captions.tsv
inputs.provenance := $(PAPER)/provenance.tsv
define part-rule
$(PAPER)/$1.tex $(PAPER)/$1.html: $(inputs.$1) paper/parts.awk $(if $(filter figures,$1),$(figure-inputs))
	@mkdir -p $$(@D)
	@$$(parts) $(if $(filter figures,$1),-v shown='$(drawn)' -v folder=$$(if $$(filter %.html,$$@),$(FIGURES),.)) \
	    $(or $(inputs.$1),/dev/null) > $$@.new && mv $$@.new $$@
endef
$(foreach p,$(tex-parts),$(eval $(call part-rule,$p)))
$(PAPER)/numbers.tex: $(PAPER)/numbers.tsv paper/parts.awk
	@$(parts) $< > $@.new && mv $@.new $@

paper-figures := $(drawn:%=$(PAPER)/%.pdf)
$(paper-figures): $(PAPER)/%.pdf: $(if $(DRAFT),,$(FIGURES)/%.svg)
	@mkdir -p $(@D)
	@SOURCE_DATE_EPOCH=0 rsvg-convert --format pdf --output $@ $(FIGURES)/$*.svg

.PHONY: paper gallery
paper: $(PAPER)/gridnav.pdf ## the replication report as PDF (make setup-paper installs TeX; DRAFT=1: of what is there)
$(PAPER)/gridnav.pdf: paper/report.tex paper/discussion.tex paper/references.bib $(PAPER)/numbers.tex \
    $(tex-parts:%=$(PAPER)/%.tex) $(paper-figures)
	@command -v latexmk > /dev/null || { echo "latexmk is not installed: make setup-paper" >&2; exit 1; }
	@cp paper/report.tex paper/discussion.tex paper/references.bib $(PAPER)
	@cd $(PAPER) && SOURCE_DATE_EPOCH=0 FORCE_SOURCE_DATE=1 latexmk -pdf -g -silent -halt-on-error \
	    -interaction=nonstopmode report.tex > latexmk.log 2>&1 || { grep -A 5 '^!' report.log >&2; tail -n 5 latexmk.log >&2; exit 1; }
	@mv $(PAPER)/report.pdf $@ && echo $@

gallery: $(GALLERY)/index.html ## one page with every figure, claim and deviation (DRAFT=1: of what is there)
$(GALLERY)/index.html: paper/gallery.html paper/fill.awk $(PAPER)/numbers.tsv $(tex-parts:%=$(PAPER)/%.html)
	@mkdir -p $(@D)
	@awk -v folder=$(PAPER) -f paper/fill.awk $(PAPER)/numbers.tsv paper/gallery.html > $@.new && mv $@.new $@ && echo $@

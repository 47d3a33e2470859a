# The audit: every claim of paper/claims.tsv judged by the results of the experiments it names.

# Experiments that the claims name (columns experiment and reference) and that exist; of each the
# final results, and the scores of its phases (claim C8: which class comes first).
audited := $(filter $(shell awk -F '\t' '!/^#/ && $$1 != "id" { print $$5, $$6 }' paper/claims.tsv),$(EXPERIMENTS))
audited-files = log.tsv scores.tsv selectivity.tsv tsne.tsv boundary.tsv longrun.tsv connectivity.tsv \
    $(addsuffix /scores.tsv,$(phases.$1))
audited-results := $(foreach n,$(audited),$(foreach f,$(call audited-files,$n),$(call results,$n,$f)))

# Lists the results that are there; of the others the audit says that they are missing.
manifest = @mkdir -p $(WORK)/audit && { printf 'experiment\tseed\tpath\n'; \
    for file in $(audited-results); do \
        test ! -e "$$file" || { run=$${file\#$(WORK)/}; seed=$${run\#*/seed-}; \
            printf '%s\t%s\t%s\n' "$${run%%/*}" "$${seed%%/*}" "$$file"; }; \
    done; } > $(WORK)/audit/manifest.tsv
judge = $(BIN)/audit-claims --output $1 paper/claims.tsv $(WORK)/audit/manifest.tsv

$(WORK)/audit/verdicts.tsv: paper/claims.tsv $(audited-results) $(ID)/audit-claims
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

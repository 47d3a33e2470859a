# The search for the regime in which periodic maps appear: `make -j2 search THREADS=1` trains,
# probes and scores one short run a row of recipes.tsv and ranks them. It may be stopped at any
# moment and goes on where it was. Only goals with `search` in their name read the table.

search-recipes := experiments/search/recipes.tsv
ranking := $(WORK)/search/ranking.tsv
include experiments/search/search.mk
search-names := $(filter search/%,$(names))
$(foreach n,$(search-names),$(eval $n.like := search))
set-key = $(eval $(subst =, := ,$1))
$(foreach a,$(if $(search-names),$(shell awk -F '\t' '!/^#/ && $$1 != "id" && $$2 != "-" { \
    n = split($$2, word, " "); for (i = 1; i <= n; i++) print "search/" $$1 "." word[i] }' \
    $(search-recipes))),$(call set-key,$a))
SEARCH := $(search-names)

# A run that fails stays in the table with its reason, so the others go on without it.
.PHONY: search search-runs search-status search-results
search-files := network.gn probe.gn run.gn scores.tsv
search-runs: $(foreach n,$(SEARCH),$(foreach f,$(search-files),$(call results,$n,$f)))
search: ## train, probe, score and rank every row of experiments/search/recipes.tsv
	-@$(MAKE) --no-print-directory --keep-going search-runs
	@$(MAKE) --no-print-directory $(ranking)

$(ranking): search-rows := $(patsubst %/network.gn,%,$(foreach n,$(SEARCH),$(call results,$n,network.gn)))
$(ranking): $(search-recipes) $(ID)/rank-search \
    $(wildcard $(foreach n,$(SEARCH),$(call results,$n,network.gn) $(call results,$n,scores.tsv)))
	@mkdir -p $(@D)
	$(BIN)/rank-search --recipes $(search-recipes) --output $@ $(search-rows)
	@awk -F '\t' '!/^#/' $@ | cut -f 1-15 | head -n 12

search-status: ## as status, of the search
	@$(call status-of,search-runs,$(filter search/%,$(runs)),$(search-files))
search-results: $(ranking) ## copy the ranking to experiments/search/results
	@mkdir -p experiments/search/results
	cp $(ranking) experiments/search/results/ranking.tsv

# The search for the regime in which periodic maps appear: `make -j2 search THREADS=1` trains,
# probes and scores the short runs of every row of recipes.tsv, one a seed, and ranks them. It may be stopped at any
# moment and goes on where it was. Only goals with `search` in their name read the table.

search-recipes := experiments/search/recipes.tsv
ranking := $(WORK)/search/ranking.tsv
include experiments/search/search.mk
search-names := $(filter search/%,$(names))
$(foreach n,$(search-names),$(eval $n.like := search))
# (seeds=1,2,3 stands for a list: blanks separate keys)
set-key = $(eval $(subst =, := ,$(if $(findstring .seeds=,$1),$(subst $(comma), ,$1),$1)))
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

# Kept are the ranking, a picture of every network's maps, and a page that shows both.
kept-search := experiments/search/results
thumbnails = $(patsubst %/scores.tsv,%/maps.png,$(wildcard $(foreach n,$(SEARCH),$(call results,$n,scores.tsv))))
rows-of-maps = $$(awk -F '\t' '!/^\#/ { n++ } END { print int((n - 1 + 19) / 20) }' $(@D)/scores.tsv)
$(WORK)/search/%/maps.png: $(WORK)/search/%/probe.gn $(WORK)/search/%/scores.tsv $(ID)/map-sheet figures/thumbnail.gp
	@$(BIN)/map-sheet --order class --scores $(@D)/scores.tsv --columns 20 --output $(@D)/maps.tsv $<
	@gnuplot -e "maps='$(@D)/maps.tsv'; width=360; height=18*$(rows-of-maps); out='$@.new.png'" figures/thumbnail.gp \
	    2> $(@D)/maps.log && mv $@.new.png $@
search-results: $(ranking) $(thumbnails) ## keep the ranking and pictures of all maps in experiments/search/results
	@rm -rf $(kept-search) && mkdir -p $(kept-search)
	@cp $(ranking) $(kept-search)/ranking.tsv
	@for png in $(thumbnails); do run=$${png#$(WORK)/search/}; run=$${run%/maps.png}; \
	    cp $$png "$(kept-search)/$${run%%/*}-$${run#*/}.png"; done
	@awk -f experiments/search/page.awk $(ranking) > $(kept-search)/README.md && echo $(kept-search)/README.md

# make bench: how fast training is on this machine, as a table and as build/bench.tsv.
# `make check` does not run it, as a benchmark is not a test.
#   BENCH=--quick   fewer measurements, in half a minute

BENCH ?=
bench-widths := $(widths:%=$(TESTS)/bench_width_%.o)

.PHONY: bench
bench: $(TESTS)/bench ## measure how fast the training kernels are on this machine
	$(TESTS)/bench $(BENCH) --output '$(BUILD)/bench.tsv'

$(bench-widths): $(TESTS)/bench_width_%.o: tests/bench/width.c tests/bench/width.h src/network/vector.h $(OBJ)/flags
	@mkdir -p $(@D)
	$(quiet)$(compile) -O3 $(kernel.$*) -DGN_KERNEL_NAME=$* -Itests/bench -c -o $@ $<
$(TESTS)/bench: tests/bench/bench.c tests/bench/width.h $(bench-widths) $(LIBRARY)
	@mkdir -p $(@D)
	$(quiet)$(compile) -Itests/bench -MMD -MP -o $@ $(filter-out %.h,$^) $(libraries)

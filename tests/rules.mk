# Tests: tests/unit/test_*.c (cmocka, one program each), tests/cli/*.sh (programs through their
# files). Other C files of tests/unit are shared by all unit tests.
#   SEED=N       another seed than the fixed one     ONLY=word    tests whose name has the word
#   VALGRIND=1   every program under valgrind

SEED ?= 20180430
ONLY ?=
TESTS := $(BUILD)/tests
unit-tests := $(patsubst tests/unit/%.c,$(TESTS)/%,$(wildcard tests/unit/test_*.c))
unit-shared := $(patsubst tests/unit/%.c,$(TESTS)/%.o,$(filter-out tests/unit/test_%.c,$(wildcard tests/unit/*.c)))
cli-tests := $(filter-out tests/cli/lib.sh,$(wildcard tests/cli/*.sh))

# Fuzz targets: `make fuzz` runs them with libFuzzer on new inputs, `make check` on the inputs in tests/fuzz/corpus.
FUZZ_SECONDS ?= 60
fuzz-targets := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
fuzz-replays := $(fuzz-targets:%=$(TESTS)/fuzz_%)
fuzzers := $(fuzz-targets:%=$(BUILD)/fuzz/fuzz_%)
fuzzed := $(addprefix src/,base/error.c base/text.c io/write.c io/numbers.c io/numbers_text.c io/numbers_npy.c io/container.c io/table_write.c io/table.c cli/options.c cli/help.c)

# `make stress` kills a training KILLS times and the whole chain INTERRUPTIONS times, at random moments. `make check`
# kills a training a few times (tests/cli/kill.sh).
KILLS ?= 100
INTERRUPTIONS ?= 20

run-tests = COVERAGE=$(call yes,$(COVERAGE)) VALGRIND=$(call yes,$(VALGRIND)) sh tests/run.sh '$(BUILD)' '$(SEED)' '$(ONLY)'
.PHONY: check check-unit check-cli unit-tests fuzz lint stress
check: $(programs) $(unit-tests) $(fuzz-replays) ## all tests; ends with "N passed, N failed"
	@$(run-tests) $(unit-tests) $(fuzz-replays) $(cli-tests)
check-unit: $(unit-tests) ## the unit tests only
	@$(run-tests) $(unit-tests)
check-cli: $(programs) ## the tests of the programs only
	@$(run-tests) $(cli-tests)
unit-tests: $(unit-tests) $(TESTS)/bench # the bench is compiled, not run

$(TESTS)/%.o: tests/unit/%.c $(OBJ)/flags
	@mkdir -p $(@D)
	$(quiet)$(compile) -Itests/unit -MMD -MP -c -o $@ $<
$(unit-tests): $(TESTS)/%: $(TESTS)/%.o $(unit-shared) $(LIBRARY)
	$(quiet)$(compile) -o $@ $^ -lcmocka $(libraries)
.PRECIOUS: $(TESTS)/%.o

$(fuzz-replays): $(TESTS)/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c tests/fuzz/fuzz.h $(LIBRARY)
	@mkdir -p $(@D)
	$(quiet)$(compile) -Itests/fuzz -o $@ $(filter-out %.h,$^) $(libraries)

fuzz: $(fuzzers) ## fuzz the readers and the options, FUZZ_SECONDS each (needs clang)
	@for target in $(fuzz-targets); do \
	    mkdir -p '$(BUILD)/fuzz/'$$target && echo "fuzz $$target" && \
	    '$(BUILD)/fuzz/fuzz_'$$target -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -verbosity=0 \
	        -print_final_stats=1 -artifact_prefix='$(BUILD)/fuzz/'$$target-found- \
	        '$(BUILD)/fuzz/'$$target tests/fuzz/corpus/$$target || exit 1; \
	done
$(fuzzers): $(BUILD)/fuzz/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.h $(fuzzed) $(wildcard src/*/*.h)
	@mkdir -p $(@D)
	$(quiet)clang -std=gnu11 -g -O1 -Isrc -Itests/fuzz -fsanitize=fuzzer,address,undefined \
	    -fno-sanitize-recover=all -o $@ $(filter %.c,$^) -lxxhash

stress: $(programs) ## kill a training KILLS times and make figures INTERRUPTIONS times; the bytes must not change
	@GN_TEST_SEED='$(SEED)' KILLS='$(KILLS)' BIN="$$(cd '$(BIN)' && pwd)" sh tests/stress/kill_train.sh
	@GN_TEST_SEED='$(SEED)' INTERRUPTIONS='$(INTERRUPTIONS)' BIN="$$(cd '$(BIN)' && pwd)" sh tests/stress/kill_figures.sh

lint: ## shellcheck, cppcheck and clang-tidy
	@sh tests/lint.sh
-include $(wildcard tests/*/rules.mk)
-include $(wildcard $(TESTS)/*.d)

# Tests: tests/unit/test_*.c (cmocka, one program each), tests/cli/*.sh (programs through their
# files). Other C files of tests/unit are shared by all unit tests.
#   SEED=N       another seed than the fixed one     ONLY=word    tests whose name has the word

SEED ?= 20180430
ONLY ?=
TESTS := $(BUILD)/tests
unit-tests := $(patsubst tests/unit/%.c,$(TESTS)/%,$(wildcard tests/unit/test_*.c))
unit-shared := $(patsubst tests/unit/%.c,$(TESTS)/%.o,$(filter-out tests/unit/test_%.c,$(wildcard tests/unit/*.c)))
cli-tests := $(filter-out tests/cli/lib.sh,$(wildcard tests/cli/*.sh))

.PHONY: check check-unit check-cli unit-tests
check: $(programs) $(unit-tests) ## all tests; ends with "N passed, N failed"
	@sh tests/run.sh '$(BUILD)' '$(SEED)' '$(ONLY)' $(unit-tests) $(cli-tests)
check-unit: $(unit-tests) ## the unit tests only
	@sh tests/run.sh '$(BUILD)' '$(SEED)' '$(ONLY)' $(unit-tests)
check-cli: $(programs) ## the tests of the programs only
	@sh tests/run.sh '$(BUILD)' '$(SEED)' '$(ONLY)' $(cli-tests)
unit-tests: $(unit-tests)

$(TESTS)/%.o: tests/unit/%.c $(OBJ)/flags
	@mkdir -p $(@D)
	$(quiet)$(compile) -Itests/unit -MMD -MP -c -o $@ $<
$(unit-tests): $(TESTS)/%: $(TESTS)/%.o $(unit-shared) $(LIBRARY)
	$(quiet)$(compile) -o $@ $^ -lcmocka $(libraries)
.PRECIOUS: $(TESTS)/%.o
-include $(wildcard $(TESTS)/*.d)

# The library and the programs. Objects, dependencies and programs lie in $(BUILD).
#   CC=clang  OPT=-O3  CFLAGS='more flags'  BUILD=folder
#   V=1 prints the commands
#   SANITIZE=address,undefined or thread   COVERAGE=1      (each builds in a folder of its own)

ifneq ($(words $(BUILD)),1)
$(error BUILD='$(BUILD)': make cannot work in a folder whose name has spaces)
endif
ifeq ($(origin CC),default)
CC := gcc
endif
AR ?= ar
OPT ?= -O2
warnings := -Wall -Wextra -Wshadow -Wstrict-prototypes -Werror
# Without contraction a compiler uses fused multiply-adds only where the code asks for them, so that all
# compilers compute the same bits. No code asks for the error number of a square root, so several can be taken at once.
compile := $(CC) -std=gnu11 $(OPT) -g $(warnings) -ffp-contract=off -fno-math-errno -pthread -Isrc \
    $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer) \
    $(if $(call yes,$(COVERAGE)),--coverage -fprofile-update=atomic) $(CFLAGS)
# With --as-needed only programs that call BLAS load it.
libraries := -Wl,--as-needed -lopenblas -lgsl -lxxhash -lpthread -lm

quiet = $(if $(call yes,$(V)),,@echo '  $(@:$(BUILD)/%=%)' && )

OBJ := $(BUILD)/obj
LIBRARY := $(BUILD)/libgridnav.a
programs := $(patsubst src/programs/%.c,$(BIN)/%,$(wildcard src/programs/*.c))
# The rooms of src: files of a room include only files of the same room and of those before it (tests/cli/rooms.sh).
rooms := base io cli walk network units audit plan
modules := $(patsubst src/%.c,$(OBJ)/%.o,$(filter-out src/network/kernel_impl.c,$(wildcard $(rooms:%=src/%/*.c))))

# The kernels are compiled from one source for each vector width; a program chooses one when it starts.
kernel.portable := -DGN_VECTOR=4
kernel.avx2 := -mavx2 -mfma -DGN_VECTOR=8
kernel.avx512 := -mavx512f -mavx512vl -mavx512bw -mavx512dq -mfma -DGN_VECTOR=16
widths := portable $(if $(findstring x86_64,$(shell $(CC) -dumpmachine 2> /dev/null)),avx2 avx512)
kernels := $(widths:%=$(OBJ)/network/kernel_%.o)

.PHONY: programs
programs: $(programs) ## compile everything

# When the flags differ from those of the last time, every object is compiled again.
ifneq ($(strip $(file <$(OBJ)/flags)),$(strip $(compile)))
$(shell mkdir -p '$(OBJ)' '$(BIN)')
$(file >$(OBJ)/flags,$(strip $(compile)))
endif

folders := $(addprefix $(OBJ)/,$(rooms) programs)
$(folders):
	@mkdir -p $@

$(modules): $(OBJ)/%.o: src/%.c $(OBJ)/flags | $(folders)
	$(quiet)$(compile) -MMD -MP -c -o $@ $<

$(kernels): $(OBJ)/network/kernel_%.o: src/network/kernel_impl.c $(OBJ)/flags | $(folders)
	$(quiet)$(compile) -O3 $(kernel.$*) -DGN_KERNEL_NAME=$* -MMD -MP -c -o $@ $<

$(LIBRARY): $(modules) $(kernels)
	@rm -f $@
	$(quiet)$(AR) qcsD $@ $^

$(programs): $(BIN)/%: $(OBJ)/programs/%.o $(LIBRARY)
	$(quiet)$(compile) -o $@ $^ $(libraries)

$(programs:$(BIN)/%=$(OBJ)/programs/%.o): $(OBJ)/programs/%.o: src/programs/%.c $(OBJ)/flags | $(folders)
	$(quiet)$(compile) -MMD -MP -c -o $@ $<

-include $(wildcard $(OBJ)/*/*.d)

.PHONY: man
man: $(programs:$(BIN)/%=$(BUILD)/man/%.1) ## man pages, from the option tables
$(BUILD)/man/%.1: $(BIN)/%
	@mkdir -p $(@D)
	$< --man > $@

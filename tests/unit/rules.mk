# The elementary functions of network/vector.h, at each vector width of the kernels.
$(TESTS)/vector_avx2.o: private compile += $(if $(filter avx2,$(widths)),$(kernel.avx2))
$(TESTS)/vector_avx512.o: private compile += $(if $(filter avx512,$(widths)),$(kernel.avx512))

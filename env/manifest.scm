;; The environment for Guix: guix shell --pure -m env/manifest.scm -- make figures
(specifications->manifest
 '("bash-minimal" "coreutils" "findutils" "gawk" "grep" "sed" "diffutils" "binutils" "make"
   "gcc-toolchain" "openblas" "gsl" "xxhash" "cmocka" "gnuplot" "librsvg" "fontconfig"
   "font-dejavu"))

.PHONY: setup
setup: ## install missing Debian packages (env/packages.txt); as root or through sudo
	@sh env/setup.sh env/packages.txt

.PHONY: versions
versions: ## compare the installed packages with those tested (env/versions.tsv)
	@sed 's/#.*//' env/packages.txt | xargs dpkg-query -W -f='$${Package}\t$${Version}\n' | sort | \
	    awk -F '\t' '/^#/ { next } NR == FNR { tested[$$1] = $$2; next } \
	    $$1 in tested && tested[$$1] != $$2 { print $$1 ": " $$2 ", tested " tested[$$1]; other = 1 } \
	    END { if (!other) print "all as tested" }' env/versions.tsv -

.PHONY: setup
setup: ## install missing Debian packages (env/packages.txt); as root or through sudo
	@sh env/setup.sh env/packages.txt

.PHONY: versions
versions: ## compare the installed packages with those tested (env/versions.tsv)
	@sed 's/#.*//' env/packages.txt | xargs dpkg-query -W -f='$${Package}\t$${Version}\t$${db:Status-Status}\n' 2> /dev/null | \
	    awk -F '\t' '/^#/ { next } NR == FNR { package[++n] = $$1; tested[$$1] = $$2; next } \
	    { installed[$$1] = $$3 == "installed" ? $$2 : "" } \
	    END { for (i = 1; i <= n; i++) { p = package[i]; is = installed[p] == "" ? "not installed" : installed[p]; \
	              if (is != tested[p]) { print p ": " is ", tested " tested[p]; other = 1 } } \
	          if (!other) print "all as tested" }' env/versions.tsv -

.PHONY: setup
setup: ## install missing Debian packages (env/packages.txt); as root or through sudo
	@sh env/setup.sh env/packages.txt

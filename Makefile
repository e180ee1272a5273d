# One command checks everything: make check. Each step alone: make lint, make types …
UV ?= uv
STEPS = format lint types contracts rules tests

.PHONY: check demo lock pictures $(STEPS)

check:
	python3 run.py test

$(STEPS):
	python3 run.py test $@

demo pictures:
	python3 run.py $@

# The locked lists of packages, with hashes, without the address of any registry.
lock:
	$(UV) pip compile --universal --generate-hashes --no-header --no-annotate pyproject.toml --group build -o requirements.txt
	$(UV) pip compile --universal --generate-hashes --no-header --no-annotate pyproject.toml --group build --group dev -c requirements.txt -o requirements-dev.txt

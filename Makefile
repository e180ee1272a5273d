# One command checks everything: make check. PYTHON may name another interpreter.
PYTHON ?= .venv/bin/python
UV ?= uv

.PHONY: check format lint types contracts test rules lock

check: format lint types contracts test rules

format:
	$(PYTHON) -m ruff format --check .

lint:
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy

contracts:
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

test:
	$(PYTHON) -m pytest

rules:
	$(PYTHON) -m tui rules check rules/dan-van-kheo-minh-hoa
	$(PYTHON) -m tui rules test rules/dan-van-kheo-minh-hoa

# The locked lists of packages, with hashes, without the address of any registry.
lock:
	$(UV) pip compile --universal --generate-hashes --no-header --no-annotate pyproject.toml --group build -o requirements.txt
	$(UV) pip compile --universal --generate-hashes --no-header --no-annotate pyproject.toml --group build --group dev -c requirements.txt -o requirements-dev.txt

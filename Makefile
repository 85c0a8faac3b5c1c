PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.run ## Make, check and convert the sample invoices; look in out/
	@$(BIN)/python -m demo.run out

test: $(VENV)/.dev ## Run the tests
	@$(BIN)/pytest -n auto

check: $(VENV)/.dev ## Tests, lint, types and import contracts
	$(BIN)/pytest -n auto
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.bench ## Measure speed and memory beside the alternatives
	@$(BIN)/python -m benchmarks

shots: $(VENV)/.dev ## Make the pictures of the README from out/
	@$(BIN)/python -m demo.run out
	@$(BIN)/python tools/shots.py out docs/images

format: $(VENV)/.dev ## Format the code
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

lock: $(VENV)/.dev ## Renew the lock files
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --all-extras pyproject.toml --group run -o requirements/run.txt
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --group pyproject.toml:node -o requirements/node.txt
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --all-extras pyproject.toml --group run --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --all-extras pyproject.toml --group run --group dev --group bench -o requirements/bench.txt

clean: ## Remove everything that make has made
	rm -rf $(VENV) out

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Réglo needs Python 3.11 (say PYTHON=/path/to/python3.11 if it has another name)"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.%: requirements/%.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what '$*' needs into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$*.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

.PHONY: help demo test check bench shots format lock clean

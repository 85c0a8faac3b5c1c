PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

# What the pages are built from: everything below src that is no Python, and what npm brings.
PAGE_SOURCES := package.json package-lock.json tools/build_static.py $(shell find src/reglo -path '*/static-built' -prune -o -path '*/static/built' -prune -o \( -name '*.html' -o -name '*.scss' -o -name '*.js' -o -name '*.css' -o -name '*.svg' \) -print)
CATALOGUES := $(wildcard src/reglo/*/locale/fr/LC_MESSAGES/django.po)
STATIC := src/reglo/web/static-built/staticfiles.json
DEMO := var/demo.sqlite3
PAGES := $(STATIC) $(VENV)/.messages

.DEFAULT_GOAL := help

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.run $(PAGES) ## Make the sample documents in out/ and two years of a small firm for make serve
	@$(BIN)/python -m demo.run out
	@echo
	@$(BIN)/python -m demo.site $(DEMO)

serve: $(VENV)/.run $(PAGES) $(DEMO) ## Open the site with the demonstration data on http://127.0.0.1:8000
	@$(BIN)/python -m demo.login
	@REGLO_DATABASE=sqlite:$(DEMO) $(BIN)/reglo serve

# Made once: what one does on the site is kept.
$(DEMO):
	@echo "Making the demonstration: two years of a small firm, which takes some minutes …"
	@$(BIN)/python -m demo.site $@

worker: $(VENV)/.run ## Do the background jobs of that site, beside a `reglo web`
	@REGLO_DATABASE=sqlite:$(DEMO) $(BIN)/reglo worker

test: $(VENV)/.dev $(PAGES) ## Run the tests, and on PostgreSQL again what differs there
	@$(BIN)/pytest -n auto --dist worksteal
	@$(BIN)/python -m tests.on_postgresql

check: $(VENV)/.dev $(PAGES) ## Tests, lint, types and import contracts
	$(BIN)/pytest -n auto --dist worksteal
	$(BIN)/python -m tests.on_postgresql
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.bench ## Measure speed and memory beside the alternatives
	@$(BIN)/python -m benchmarks

shots: $(VENV)/.dev $(PAGES) $(DEMO) ## Make the pictures of the README from documents and site of the demonstration
	@$(BIN)/python -m demo.run out
	@$(BIN)/python tools/shots.py out docs/images
	@$(BIN)/python tools/site_shots.py docs/images

format: $(VENV)/.dev ## Format the code
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

lock: $(VENV)/.dev ## Renew the lock files
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --all-extras pyproject.toml --group run -o requirements/run.txt
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --group pyproject.toml:node -o requirements/node.txt
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --all-extras pyproject.toml --group run --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --all-extras pyproject.toml --group run --group dev --group bench -o requirements/bench.txt

pages: $(VENV)/.run $(PAGES) ## Build style sheet, icons and translations of the pages

messages: $(VENV)/.dev ## Collect the texts of all rooms into their catalogues
	$(BIN)/python tools/messages.py

clean: ## Remove everything that make has made
	rm -rf $(VENV) out node_modules src/reglo/web/static/built src/reglo/web/static-built

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Réglo needs Python 3.11 (say PYTHON=/path/to/python3.11 if it has another name)"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.%: requirements/%.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what '$*' needs into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$*.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(STATIC): $(PAGE_SOURCES) | $(VENV)/bin/python
	@echo "Building style sheet and icons …"
	@$(BIN)/python tools/build_static.py --has-node || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt
	@$(BIN)/python tools/build_static.py
	@rm -rf $(dir $@)
	@REGLO_DATA=$(VENV)/data REGLO_SECRET_KEY=only-to-collect-files-not-to-serve DJANGO_SETTINGS_MODULE=reglo.web.settings $(BIN)/django-admin collectstatic --no-input --verbosity 0 --ignore 'django_htmx/ext/*'
	@touch $@

$(VENV)/.messages: $(CATALOGUES) tools/messages.py | $(VENV)/bin/python
	@$(BIN)/python tools/messages.py --compile
	@touch $@

# In the order in which they are named: the environment first, then what is built with it.
.NOTPARALLEL:
.PHONY: pages messages help demo serve worker test check bench shots format lock clean

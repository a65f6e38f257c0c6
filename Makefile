# Needs python3 (3.11 or later), node (20 or later) and make; everything else it fetches.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
DASHBOARD := src/deedbook/web/static/dashboard/index.html
DASHBOARD_SOURCES := $(shell find dashboard -type f -not -path '*/node_modules/*' -not -path '*/test-results/*' 2>/dev/null)

.PHONY: help install run test check format api bench lock clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

install: .venv/installed $(DASHBOARD) ## Make the environment and build the dashboard

run: install ## Serve a demo on http://localhost:8000 and print a sign-in link
	$(BIN)/deedbook serve --demo

test: .venv/tested check ## Everything: checks, then the tests on SQLite, PostgreSQL and in a browser
	tools/chromium.sh
	$(BIN)/python tools/longest.py
	npm --prefix dashboard test
	$(BIN)/python -m pytest -n 2 --dist loadgroup

bench: .venv/tested var/bench/installed ## Measure, and print tables: MODE=quick in minutes, MODE=full in hours, MODE=size ENTRIES=1000000, MODE=load SECONDS=600, MODE=layouts
	$(BIN)/python -m bench --mode $(or $(MODE),quick) --seconds $(or $(SECONDS),600) $(if $(ENTRIES),--entries $(ENTRIES))

check: .venv/tested $(DASHBOARD) ## Lint, types, imports, and what must be in step
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/reference.py --check
	npm --prefix dashboard run check

format: .venv/tested ## Let the formatter and the linter mend what they can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	npm --prefix dashboard run format

api: .venv/tested dashboard/node_modules ## Write docs/reference, and the dashboard's types, from the code
	$(BIN)/python tools/reference.py
	npm --prefix dashboard run api

lock: ## Lock the dependencies anew (needs uv)
	uv pip compile -q --universal --generate-hashes --no-header pyproject.toml --group dev -o requirements/dev.txt
	uv pip compile -q --universal --generate-hashes --no-header pyproject.toml --group build -c requirements/dev.txt -o requirements/run.txt

clean: ## Remove everything that was made
	rm -rf .venv var dashboard/node_modules src/deedbook/web/static/dashboard

.venv/installed: requirements/run.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/tested: .venv/installed requirements/dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	touch $@

var/bench/installed: bench/requirements.txt
	$(PYTHON) -m venv var/bench
	var/bench/bin/python -m pip install --quiet --require-hashes -r bench/requirements.txt
	touch $@

dashboard/node_modules: dashboard/package-lock.json
	npm --prefix dashboard ci
	touch $@

$(DASHBOARD): dashboard/node_modules $(DASHBOARD_SOURCES)
	npm --prefix dashboard run build

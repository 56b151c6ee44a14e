VENV ?= .venv
PYTHON ?= python3
JOBS ?= 2
PY = $(VENV)/bin/python
UV ?= $(VENV)/bin/uv
EXPORT = $(UV) export --quiet --format requirements-txt --no-emit-project --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help setup run demo test check bench shots mutation torture lock

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make .venv and install the pinned packages (instant when already done)
	@PYTHON="$(PYTHON)" sh tools/setup.sh "$(VENV)"

run: setup ## Open the program
	$(PY) main.py

demo: setup ## Open a made-up clinic with synthetic patients
	$(PY) -m scs_trial.cli demo

test: setup ## Run the tests
	$(PY) -m pytest -n $(JOBS)

check: setup ## Formatting, lint, types, layers, then the tests
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) -m pytest -n $(JOBS)

bench: setup ## Measure speed and size against the named floors (writes bench.json)
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
		-r requirements/bench.txt
	$(PY) -m tests.benchmarks

shots: setup ## Draw every screen, light and dark, into shots/
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.shots

mutation: setup ## Mutation score of the exact parts, by group
	SCS_TRIAL_ORACLE_TRIALS=80 QT_QPA_PLATFORM=offscreen $(PY) -m tests.mutation run $(JOBS)

torture: setup ## Every promise of the record at its full figure (an hour or more)
	$(PY) -m tests.torture

lock: ## Pin the newest allowed packages again (needs uv)
	$(EXPORT) --upgrade -o requirements/run.txt >/dev/null
	$(EXPORT) --extra server -o requirements/server.txt >/dev/null
	$(EXPORT) --extra server --extra dev -o requirements/dev.txt >/dev/null
	$(UV) pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate \
		-c requirements/dev.txt --extra bench pyproject.toml -o requirements/bench.txt

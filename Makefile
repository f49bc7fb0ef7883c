# Not One Less: `make` alone says what it can do. Needs Python 3.11 or later, nothing else
# (`make test-kafka` also Java 17 and Maven).

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# The first Python on this machine that is new enough; `make PYTHON=/path/to/python …` takes another.
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$each" && break; done)
BIN := .venv/bin
INSTALLED := .venv/.installed
# More for pytest, e.g. `make test ARGS="-k absence -x"`.
ARGS ?=
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links --quiet
# Tests side by side; each worker has its own database server.
WORKERS ?= auto

.PHONY: help
help: ## say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(INSTALLED) ## start the whole suite with a sample county; Ctrl-C stops it, ./var keeps its data
	@exec $(BIN)/nol up --sample

.PHONY: test
test: $(INSTALLED) ## run every test that needs no Kafka
	$(BIN)/python -m pytest -m "not kafka" -n $(WORKERS) $(ARGS)

.PHONY: test-kafka
test-kafka: $(INSTALLED) ## fetch Apache Kafka and run the tests that need it (Java 17, Maven)
	@# kafka-python closes no socket whose connecting is broken off, as when its broker is killed: not our leak
	$(BIN)/python -m pytest -m kafka -W "ignore:unclosed <socket.socket:ResourceWarning" $(ARGS)

.PHONY: check
check: $(INSTALLED) ## lint, format, types, import contracts, dependencies, examples in the documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m pytest tests/documents

.PHONY: demo
demo: $(INSTALLED) ## play the story of a few children on a fresh suite in a temporary folder
	@exec $(BIN)/nol demo --fresh

.PHONY: bench
bench: $(INSTALLED) ## measure against bare libraries and write docs/benchmarks.md
	@PYTHONPATH=. exec $(BIN)/nol bench $(ARGS)

.PHONY: rules
rules: $(INSTALLED) ## list the numbered rules of the plans and how many tests show each
	@$(BIN)/python -m tests.rules

.PHONY: lock
lock: $(INSTALLED) ## pin every package anew, for development and for the image
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) --upgrade --extra embedded --extra dev --output-file requirements.lock
	$(COMPILE) --constraint requirements.lock --output-file deploy/requirements.lock

.PHONY: clean
clean: ## remove the virtual environment and everything that can be made again; ./var stays
	rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist *.egg-info
	find services shared tests -name __pycache__ -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed, and none was found." >&2; exit 1; }
	@echo "Preparing .venv with $(PYTHON); this takes about a minute, once."
	"$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

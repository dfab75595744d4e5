# make package: check, build and package the dataset into dist/
# make test:    lint, types, and the tests that need no system tools and are not long: less than 3 minutes on two cores
# make test-all: also long tests, and those that need programs from Debian and npm (tests/system/packages.txt); laws are
#               tried five times as hard

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: package test test-all lint system docs interop lock clean
.DEFAULT_GOAL := package

$(READY): requirements-dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("eventpack needs Python 3.11 or newer: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

package: $(READY)
	$(BIN)/eventpack build
	$(BIN)/eventpack package

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# Many tests run the command as a process of its own, which should not read sources anew where Python may write no caches.
test: lint
	$(BIN)/python -m compileall -q scripts tests/*.py
	$(BIN)/pytest -n auto --dist worksteal

system: $(READY)
	sh tests/system/install

test-all: export EFFORT = full
test-all: test system
	$(BIN)/pytest -n auto --dist worksteal -m long
	$(BIN)/pytest -m system

# The pages that are written from the tool itself.
docs: $(READY)
	$(BIN)/eventpack explain --markdown >docs/guide/findings.md
	$(BIN)/python -m tests.docs.commands >docs/guide/commands.md

# The page of what other tools see; needs what tests/system/install installs.
interop: system
	$(BIN)/python -m tests.system.opened >docs/interop.md

# Renew the lock file after a change of dependencies in pyproject.toml.
lock:
	$(PYTHON) -m pip install --quiet uv
	$(PYTHON) -m uv pip compile pyproject.toml --all-extras --group dev --universal --generate-hashes --no-header --quiet -o requirements-dev.lock

clean:
	rm -rf .venv dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

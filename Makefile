# courtcms: `make run` starts everything, `make test` checks everything. Needs Python 3.11 or newer and make.

PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(p) -c 'import sys; sys.version_info >= (3, 11) and print("$(p)")' 2>/dev/null)) python3)
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := .ci/lock/runtime.txt
DEV := .ci/lock/dev.txt
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
MANAGE := $(BIN)/python manage.py

# An environment that was moved with its folder, or whose Python is gone, is made anew like one whose lock changed.
$(shell [ "$$(cat $(VENV)/runtime.stamp 2>/dev/null)" = "$(CURDIR)" ] && $(BIN)/python -c "" 2>/dev/null \
	|| rm -f $(VENV)/runtime.stamp $(VENV)/dev.stamp)

.PHONY: help setup run test check lint format bench clean lock

help:
	@echo "make run      start the court: staff site, public site, worker, beat, with a demo court"
	@echo "make test     all checks and tests"
	@echo "make setup    installation alone (the others call it)"
	@echo "make lint     style, types and import contracts;  make format  rewrite to the style"
	@echo "make bench    measurements as JSON"
	@echo "make lock     renew the locked requirements from pyproject.toml"
	@echo "make clean    stop leftovers, remove .venv and var (the demo court with them)"

setup: $(VENV)/runtime.stamp

run: setup
	@exec $(MANAGE) up

# A changed lock makes the environment anew, so that nothing stays behind that the lock does not name.
$(VENV)/runtime.stamp: $(RUNTIME)
	@$(PYTHON) .ci/bootstrap.py $(VENV)
	$(PIP) install --require-hashes --only-binary :all: -r $(RUNTIME)
	@echo "$(CURDIR)" > $@

$(VENV)/dev.stamp: $(DEV) $(VENV)/runtime.stamp
	$(PIP) install --require-hashes --only-binary :all: -r $(DEV)
	@touch $@

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

check: lint
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) translations

test: check
	$(BIN)/pytest -n 2 --dist worksteal

bench: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.bench

clean:
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m courtcms.embedded.clean; fi
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache

lock: $(VENV)/dev.stamp
	$(BIN)/python .ci/lock.py

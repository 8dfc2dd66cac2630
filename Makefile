# Two commands on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# Fonts and templates of the user; kept inside the environment so that nothing is left behind.
export KEXIE_DOCS_HOME ?= $(CURDIR)/$(VENV)/share
APT_PACKAGES := libreoffice-writer-nogui poppler-utils cups cups-client

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: demo test check lint types unit fuzz bench tools fonts lock catalogue clean

demo: $(VENV)/.runtime fonts
	$(BIN)/kexie-docs build inputs/zhangye-2025.yaml inputs/qingyang-2024.yaml

test: check

check: lint types unit

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

unit: $(VENV)/.dev tools fonts
	$(BIN)/python -m pytest -n auto --dist loadgroup

# Hypothesis at length (FUZZ examples of each property), and the faults with a new seed.
FUZZ ?= 20000
fuzz: $(VENV)/.dev tools fonts
	KEXIE_FUZZ=$(FUZZ) $(BIN)/python -m pytest -n auto tests/hostile/test_fuzz.py
	$(BIN)/python -m tests.support.faults --kills 1000 --full 200 --pairs 100

bench: $(VENV)/.bench tools fonts
	$(BIN)/python -m benchmarks

# Open fonts (Fandol); a machine that cannot reach them prints with Noto, which pip has installed.
fonts: $(VENV)/.runtime
	@test -f $(KEXIE_DOCS_HOME)/fonts/FandolFang-Regular.otf || $(BIN)/kexie-docs fonts install || true

# What only the tests need from the system; a machine without apt runs the tests that it can.
tools:
	@if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
	  for package in $(APT_PACKAGES); do \
	    dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; \
	  done; \
	  if [ -n "$$missing" ]; then \
	    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $$missing; \
	  fi; \
	fi

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/build.txt requirements/runtime.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q kexie_docs
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install -q --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.bench: requirements/bench.txt $(VENV)/.dev
	$(BIN)/python -m pip install -q --require-hashes -r requirements/bench.txt
	@touch $@

# Pin all dependencies again (needs uv).
lock:
	$(LOCK) requirements/build.in -o requirements/build.txt
	$(LOCK) pyproject.toml -c requirements/build.txt -o requirements/runtime.txt
	$(LOCK) requirements/dev.in -o requirements/dev.txt
	$(LOCK) requirements/bench.in -o requirements/bench.txt

# Collect the messages, and compile the Chinese catalogue.
catalogue: $(VENV)/.dev
	$(BIN)/python tests/catalogue/update.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache
	find outputs -type f ! -name .gitkeep -delete

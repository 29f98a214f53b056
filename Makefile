# daily commands; `make` lists them
.PHONY: help setup test quick lint types format demo bench archive
VENV ?= .venv
BIN := $(VENV)/bin

help:
	@grep -E '^[a-z]+:.*#' $(MAKEFILE_LIST) | sed -E 's/:.*# /\t/'
setup: # make the virtual environment with all that development needs
	python3 -m venv $(VENV) && $(BIN)/pip install -q -e '.[dev]'
test: # all tests
	$(BIN)/python -m pytest -n auto
quick: # the tests that take no seconds
	$(BIN)/python -m pytest -q -m 'not slow' -x
lint: # style and layers
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports
types: # mypy --strict
	$(BIN)/mypy
format: # put the code in its form
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
demo: # the whole job on the built-in site
	$(BIN)/archiver demo
archive: # make the committed sample archive again
	$(BIN)/python tools/make_archive.py

# The verbs people and CI share. `make run` and `make test` need nothing but Python 3.11 to 3.13.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
DATA ?= data

.PHONY: install run test check bench format

install: .venv/.installed

.venv/.installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@

run: install
	$(BIN)/python -m examples.portal --port $(PORT) --data $(DATA)

test: install
	$(BIN)/python -m tests.machine
	$(BIN)/python -m pytest -n auto --dist loadfile

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/formkit check forms
	$(BIN)/formkit test forms --complete

bench: install
	$(BIN)/python -m benchmarks

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

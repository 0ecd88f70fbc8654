# One verb each. `make demo` and `make test` do all the set-up by themselves on a fresh machine.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test check fix bench run lock environment

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: ## installs, loads the real case and a fictitious continuation, starts the server, prints address and accounts
	@scripts/demo.sh

test: ## the whole suite on SQLite (browser included) and on a private PostgreSQL, with coverage
	@scripts/test.sh

check: environment ## style, types, templates, arrows between the rooms, migrations, production settings, locks
	@scripts/check.sh

fix: environment ## rewrites what ruff can rewrite
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix . && .venv/bin/ruff format --quiet .

bench: environment ## the measurements, each with its ratio
	@scripts/bench.sh

run: environment ## the development server on this work tree, with its own database under var/
	@DEBUG=1 .venv/bin/python manage.py migrate --verbosity 0
	@DEBUG=1 .venv/bin/python manage.py runserver

lock: environment ## compiles requirements*.txt from pyproject.toml (UPGRADE=1 for newer versions)
	@scripts/lock.sh

environment:
	@scripts/environment.sh dev

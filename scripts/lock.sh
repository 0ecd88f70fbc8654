#!/usr/bin/env bash
# Compiles the locked requirements for every platform, with hashes and without hosts. `make lock UPGRADE=1` takes newer versions.
set -eu
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never
upgrade=
[ -z "${UPGRADE:-}" ] || upgrade=--upgrade
common="--universal --python-version 3.12 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --quiet"
# shellcheck disable=SC2086
.venv/bin/uv pip compile pyproject.toml $common $upgrade -o requirements.txt
# shellcheck disable=SC2086
.venv/bin/uv pip compile --group dev $common $upgrade -c requirements.txt -o requirements-dev.txt
.venv/bin/python scripts/check_locks.py

#!/usr/bin/env bash
# Runs the benchmarks on a database of their own. `make bench` on PostgreSQL: DATABASE_URL=postgres://… make bench.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export DEBUG=0 DEMO=1 SECRET_KEY=for-benchmarks-only DATA_DIR="$scratch" DATABASE_URL="${DATABASE_URL:-sqlite:///$scratch/bench.sqlite3}"
.venv/bin/python -m benchmarks

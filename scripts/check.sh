#!/usr/bin/env bash
# Everything that can be said without running the application. Stops at the first fault.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin

step() {
    echo "== $*"
}

step locked requirements
$bin/python scripts/check_locks.py

step ruff
$bin/ruff check .
$bin/ruff format --check --quiet .

step templates
$bin/djlint templates --lint --quiet

step French typography
$bin/python scripts/check_typography.py

step arrows between the rooms
$bin/lint-imports --no-cache

step types
DEBUG=1 $bin/mypy

step migrations
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
DEBUG=1 DATA_DIR="$scratch" DATABASE_URL="sqlite:///$scratch/check.sqlite3" $bin/python manage.py makemigrations --check --dry-run

step production settings
key=$($bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')
DEBUG=0 DEMO=0 HTTPS=1 SECRET_KEY=$key ALLOWED_HOSTS=organigramme.exemple.fr DATA_DIR="$scratch" \
    DATABASE_URL="sqlite:///$scratch/check.sqlite3" $bin/python manage.py check --deploy --fail-level WARNING

echo "== all good"

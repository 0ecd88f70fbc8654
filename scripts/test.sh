#!/usr/bin/env bash
# The whole suite on SQLite, browser tests included, then on a private PostgreSQL; then the promises on coverage.
# `scripts/test.sh tests/accounts -k …` runs a part of it on both databases, without those promises.
# THOROUGH=1: Hypothesis looks much further (tests/conftest.py); WORKERS=4 where there are more than two cores.
set -eu
cd "$(dirname "$0")/.."
. scripts/system_packages.sh

need python pango postgresql chromium poppler
scripts/environment.sh dev

python=.venv/bin/python
postgresql=$(postgresql_bin)
private=$(mktemp -d)
export COVERAGE_FILE="$private/coverage"

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

# bash answers a signal only between two commands, or while it waits: tests run beside it, so that a stop is a stop.
run() {
    "$@" &
    running=$!
    wait "$running"
    running=
}
running=

stop() {
    code=$?
    trap - EXIT INT TERM HUP
    if [ -n "$running" ]; then
        kill "$running" 2>/dev/null || true
        wait "$running" 2>/dev/null || true
    fi
    if [ -e "$private/data/postmaster.pid" ]; then
        (cd / && as_postgres "$postgresql/pg_ctl" stop -D "$private/data" -m immediate -s) || true
    fi
    rm -rf "$private"
    exit $code
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

echo "== starting a private PostgreSQL ($postgresql)"
mkdir "$private/data" "$private/socket"
$python -c 'import secrets; print(secrets.token_hex(16), end="")' >"$private/password"
password=$(cat "$private/password")
port=$($python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
[ "$(id -u)" != 0 ] || chown -R postgres "$private"
chmod 755 "$private"
(
    cd /
    as_postgres "$postgresql/initdb" -D "$private/data" -U organigramme --pwfile="$private/password" \
        --auth=scram-sha-256 -E UTF8 --locale=C.UTF-8 >/dev/null
    as_postgres "$postgresql/pg_ctl" start -w -s -D "$private/data" -l "$private/data/log" -o \
        "-p $port -k $private/socket -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"
) || { cat "$private/data/log" >&2 || true; exit 1; }

# Whoever has nothing left takes from the other: the long walks in the browser come in one file.
workers="-n ${WORKERS:-2} --dist worksteal"
# What tests leave behind goes with the rest.
mkdir "$private/scratch"
export TMPDIR="$private/scratch"
CHROMIUM=$(command -v chromium || command -v chromium-browser)
export CHROMIUM
unset DATABASE_URL
echo "== tests on SQLite, browser included"
run $python -m pytest $workers --cov --cov-report= "$@"

echo "== tests on PostgreSQL $(cat "$private/data/PG_VERSION")"
export DATABASE_URL="postgres://organigramme:$password@127.0.0.1:$port/organigramme"
# Counting lines costs two thirds more time, and SQLite has been through all of them but a lock: that alone is counted.
# Of the whole suite, the rules of the chart know no database: once is enough.
[ $# = 0 ] && once="--ignore tests/orgchart" || once=
run $python -m pytest $workers -m "not browser" $once "$@"

if [ $# = 0 ]; then
    echo "== coverage"
    run $python -m pytest -q tests/missions/test_locking.py --cov --cov-append --cov-report=
    $python -m coverage report --include='orgchart/*,*/actions.py,*/actions/*,*/permissions.py' --fail-under=100
    $python -m coverage report --format=total | sed 's/^/of everything: /; s/$/ %/'
fi

#!/usr/bin/env bash
# environment.sh run|dev: makes .venv, or brings it up to the locked requirements, by hash. Quick when nothing changed.
set -eu
cd "$(dirname "$0")/.."
. scripts/system_packages.sh
# The PDF library loads Pango as soon as the addresses are read.
need python pango
export PIP_DISABLE_PIP_VERSION_CHECK=1

# The stamp holds two lines: what is installed for running, what is installed for developing (or nothing).
stamp=.venv/.installed
run=$(cksum <requirements.txt)
dev=$(cat requirements.txt requirements-dev.txt | cksum)
case $1 in
    run) line=1 wanted=$run files="-r requirements.txt" record=$run ;;
    dev) line=2 wanted=$dev files="-r requirements.txt -r requirements-dev.txt" record="$run
$dev" ;;
    *) echo "usage: environment.sh run|dev" >&2; exit 2 ;;
esac
if has_environment && [ -e "$stamp" ] && [ "$(sed -n ${line}p "$stamp")" = "$wanted" ]; then
    exit 0
fi

if ! has_environment; then
    python=$(find_python)
    echo "Making .venv with $python"
    "$python" -m venv --clear .venv
fi
echo "Installing the locked requirements ($1)"
# shellcheck disable=SC2086
.venv/bin/python -m pip install --quiet --require-hashes $files
echo "$record" >"$stamp"

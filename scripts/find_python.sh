#!/usr/bin/env bash
# Prints the path of a Python ≥ 3.12 that can make a virtual environment; else says what to install.
#
# Looked at in turn: $PYTHON, python3.x on the PATH, pyenv's versions, uv's, Debian's packages. pyenv's shims answer
# only for the version chosen in the folder, so its versions are looked up on disk, from the place of the shim.
set -eu
cd "$(dirname "$0")/.."
. scripts/system_packages.sh

is_new_enough() {
    [ -n "$1" ] && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

makes_environments() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

pyenv_roots() {
    [ -z "${PYENV_ROOT:-}" ] || echo "$PYENV_ROOT"
    for program in pyenv python3 python; do
        type -ap "$program" 2>/dev/null | while read -r found; do
            case $found in */shims/* | */pyenv/bin/* | */.pyenv/bin/*) dirname "$(dirname "$found")" ;; esac
        done
    done
    [ -z "${HOME:-}" ] || echo "$HOME/.pyenv"
}

candidates() {
    [ -z "${PYTHON:-}" ] || command -v "$PYTHON" || true
    for version in 3.13 3.12 3.14 3; do
        type -ap "python$version" 2>/dev/null || true
    done
    for version in 3.13 3.12 3.14; do
        pyenv_roots | while read -r root; do
            ls -d "$root"/versions/"$version"*/bin/"python$version" 2>/dev/null || true
        done
    done
    if command -v uv >/dev/null; then
        UV_PYTHON_DOWNLOADS=never uv python find --no-project '>=3.12' 2>/dev/null || true
    fi
}

without_venv=
while read -r candidate; do
    is_new_enough "$candidate" || continue
    if makes_environments "$candidate"; then
        echo "$candidate"
        exit 0
    fi
    without_venv=${without_venv:-$candidate}
done <<EOF
$(candidates)
EOF

# Debian keeps venv in a package of its own, and Debian 13's own Python is new enough.
if [ -n "$without_venv" ]; then
    package=$("$without_venv" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
else
    package="python3-venv"
fi
if can_install && apt_install "$package"; then
    for candidate in ${without_venv:-} /usr/bin/python3; do
        if is_new_enough "$candidate" && makes_environments "$candidate"; then
            echo "$candidate"
            exit 0
        fi
    done
fi
if [ -n "$without_venv" ]; then
    echo "$without_venv cannot make a virtual environment. Install it, then start again:" >&2
    echo "    sudo apt-get install $package" >&2
else
    echo "No Python 3.12 or newer here. Install one (Debian 13: sudo apt-get install python3 python3-venv;" >&2
    echo "elsewhere pyenv or uv), or name it: make PYTHON=/path/to/python3.12 …" >&2
fi
exit 1

# Sourced. `find_python` prints the path of a Python ≥ 3.12 that can make a virtual environment, or fails;
# `python_package` then names Debian's package to install.
#
# Looked at in turn: $PYTHON, python3.x on the PATH, pyenv's versions, uv's. pyenv's shims answer only for the version
# chosen in the folder, so its versions are looked up on disk, from the place of the shim.

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

python_candidates() {
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

find_python() {
    while read -r candidate; do
        if is_new_enough "$candidate" && makes_environments "$candidate"; then
            echo "$candidate"
            return 0
        fi
    done < <(python_candidates)
    return 1
}

python_package() {
    # Debian keeps venv in a package of its own, one for each version of Python.
    while read -r candidate; do
        if is_new_enough "$candidate"; then
            "$candidate" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])'
            return 0
        fi
    done < <(python_candidates)
    echo "python3-venv"
}

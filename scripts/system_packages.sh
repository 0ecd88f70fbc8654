# Sourced. `need NAME…` makes sure that each system piece is there: installs the missing ones as root on Debian,
# else names them all at once and stops. Nothing is ever skipped.
. scripts/find_python.sh

has_environment() {
    # Moved or copied with its folder, .venv would still run the programs of its first place.
    [ "$(sed -n 's/^command = .* -m venv --clear //p' .venv/pyvenv.cfg 2>/dev/null)" -ef .venv ] \
        && .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

has_library() {
    { /sbin/ldconfig -p 2>/dev/null || ldconfig -p 2>/dev/null; } | grep -q "$1"
}

postgresql_bin() {
    # The newest PostgreSQL ≥ 15 of the machine: its folder of programs.
    for version in 20 19 18 17 16 15; do
        for folder in "/usr/lib/postgresql/$version/bin" "/usr/pgsql-$version/bin"; do
            if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then
                echo "$folder"
                return 0
            fi
        done
    done
    return 1
}

is_there() {
    case $1 in
        python) has_environment || find_python >/dev/null ;;
        pango) has_library libpango-1.0.so.0 && has_library libpangoft2-1.0.so.0 && has_library libharfbuzz-subset.so.0 ;;
        postgresql) postgresql_bin >/dev/null ;;
        chromium) command -v chromium >/dev/null || command -v chromium-browser >/dev/null ;;
        poppler) command -v pdftotext >/dev/null && command -v pdftoppm >/dev/null ;;
        *) echo "Unknown system piece: $1" >&2; return 2 ;;
    esac
}

debian_packages() {
    case $1 in
        python) python_package ;;
        pango) echo "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" ;;
        postgresql) echo "postgresql" ;;
        chromium) echo "chromium" ;;
        poppler) echo "poppler-utils" ;;
    esac
}

can_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

apt_install() {
    echo "Installing $* …" >&2
    # A package's own complaint is shown only when it fails.
    log=$(mktemp)
    if apt-get update >"$log" 2>&1 \
        && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1; then
        rm -f "$log"
    else
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
}

missing_packages() {
    for piece in "$@"; do
        is_there "$piece" || debian_packages "$piece"
    done | xargs
}

need() {
    missing=$(missing_packages "$@")
    # shellcheck disable=SC2086
    if [ -n "$missing" ] && can_install && apt_install $missing; then
        missing=$(missing_packages "$@")
    fi
    [ -n "$missing" ] || return 0
    echo "Missing on this machine. Install, then start again:" >&2
    echo "    sudo apt-get install $missing" >&2
    echo "(Debian 13's names. Python must be 3.12 or newer: pyenv's or uv's will do, or name one with" >&2
    echo "make PYTHON=/path/to/python3.12 …; PostgreSQL must be 15 or newer.)" >&2
    exit 1
}

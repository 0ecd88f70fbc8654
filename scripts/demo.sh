#!/usr/bin/env bash
# A demonstration on this machine: everything is installed, loaded and started; Ctrl-C stops it. Can be started again.
# HOST and PORT choose the address; `FRESH=1 make demo` forgets what was done in the one before.
set -eu
cd "$(dirname "$0")/.."
scripts/environment.sh run

python=.venv/bin/python
host=${HOST:-127.0.0.1}
data=$PWD/var/demo
[ -z "${FRESH:-}" ] || rm -rf "$data"
mkdir -p "$data"
[ -s "$data/secret-key" ] || $python -c 'import secrets; print(secrets.token_urlsafe(64))' >"$data/secret-key"
chmod 600 "$data/secret-key"

export DEBUG=0 DEMO=1 DATA_DIR="$data" DATABASE_URL="sqlite:///$data/demo.sqlite3"
SECRET_KEY=$(cat "$data/secret-key")
export SECRET_KEY
[ "$host" = 127.0.0.1 ] || export ALLOWED_HOSTS="${ALLOWED_HOSTS:-localhost,127.0.0.1,$host,$(hostname)}"

port=$($python - "$host" ${PORT:-$(seq 8000 8020) 0} <<'PY'
import socket, sys
host, *ports = sys.argv[1:]
for port in ports:
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind((host, int(port)))
        except OSError as error:
            reason = error.strerror
            continue
        print(s.getsockname()[1])
        break
else:
    sys.exit(f"Cannot serve http://{host}:{port}/: {reason}. Choose another: PORT=8100 make demo")
PY
)
# Where the links of the letters lead.
export SITE_URL="${SITE_URL:-http://${host/#0.0.0.0/localhost}:$port}"

# A loading that was interrupted starts again from nothing.
[ -e "$data/loaded" ] || rm -f "$data"/demo.sqlite3*
$python manage.py migrate --verbosity 0
accounts=$($python manage.py create_demo_accounts)
if [ ! -e "$data/loaded" ]; then
    echo "Loading the reference data, the real case and its fictitious continuation"
    $python manage.py load_reference >/dev/null
    $python manage.py import_case fixtures/proch_orientation.yaml >/dev/null
    $python manage.py import_case fixtures/suite_fictive.yaml >/dev/null
    $python manage.py import_bourse fixtures/bourse_fictive.yaml >/dev/null
    $python manage.py import_case fixtures/suite_fictive_2023.yaml >/dev/null
    touch "$data/loaded"
fi
$python manage.py link_demo_accounts
$python manage.py collectstatic --no-input --verbosity 0

# Each in a process group of its own: Ctrl-C reaches this script alone, which stops both in order.
set -m
$python manage.py db_worker &
worker=$!
server=
stop() {
    trap - EXIT INT TERM HUP
    kill "$worker" $server 2>/dev/null || true
    wait 2>/dev/null || true
}
trap stop EXIT
trap 'exit 0' INT TERM HUP
.venv/bin/granian --interface wsgi --host "$host" --port "$port" --workers 2 --blocking-threads 3 --no-access-log --log-level warning config.wsgi:application &
server=$!

ready=
for _ in $(seq 100); do
    if $python - "$host" "$port" <<'PY'
import socket, sys
sys.exit(socket.socket().connect_ex((sys.argv[1].replace("0.0.0.0", "127.0.0.1"), int(sys.argv[2]))) != 0)
PY
    then
        ready=yes
        break
    fi
    kill -0 "$server" 2>/dev/null || break
    sleep 0.2
done
[ -n "$ready" ] || { echo "The server did not start." >&2; exit 1; }

cat <<EOF

  Organigramme : http://$host:$port/

$accounts

  Ctrl-C pour arrêter.
EOF
wait "$server"

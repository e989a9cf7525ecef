#!/bin/sh
# A MongoDB on data of its own, until standard input ends.
# Usage: mongod.sh <mongod> <port>
set -eu
data=$(mktemp -d "${TMPDIR:-/tmp}/parley-mongodb-XXXXXX")
"$1" --dbpath "$data" --port "$2" --bind_ip 127.0.0.1 --nounixsocket --quiet < /dev/null > "$data.log" 2>&1 &
server=$!
trap '' INT TERM HUP
cat > /dev/null
kill "$server" 2> /dev/null || true
wait "$server" || tail -n 20 "$data.log" >&2
rm -rf "$data" "$data.log"

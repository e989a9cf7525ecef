#!/bin/sh
# A MongoDB on data of its own, until standard input or the server ends. What it said is shown where it failed.
# Usage: mongod.sh <mongod> <port>
set -u
trap '' INT TERM HUP PIPE
data=$(mktemp -d "${TMPDIR:-/tmp}/parley-mongodb-XXXXXX")
"$1" --dbpath "$data" --port "$2" --bind_ip 127.0.0.1 --nounixsocket --quiet < /dev/null > "$data.log" 2>&1 &
server=$!
exec 3<&0
(cat <&3 > /dev/null && kill "$server") 2> /dev/null &
watch=$!
wait "$server" || tail -n 20 "$data.log" >&2
rm -rf "$data" "$data.log"
kill "$watch" 2> /dev/null

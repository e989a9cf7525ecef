#!/bin/sh
# FerretDB in front of PostgreSQL with DocumentDB, until standard input or FerretDB ends. The first process of namespaces of its own: with it every
# process and every mount is gone, the data in memory too.
# Usage: unshare --mount --pid --fork --kill-child sh ferretdb.sh <root of PostgreSQL> <ferretdb> <port of PostgreSQL> <port>
set -eu
root=$1 ferretdb=$2 postgres_port=$3 port=$4

mount --make-rprivate /
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"

chroot "$root" su postgres -s /bin/sh <<PREPARE >&2
set -eu
cd /tmp
bin=/usr/lib/postgresql/18/bin
\$bin/initdb -D data -A trust -U postgres --no-sync > initdb.log
cat >> data/postgresql.conf <<CONF
shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb'
cron.database_name = 'postgres'
listen_addresses = '127.0.0.1'
port = $postgres_port
unix_socket_directories = '/tmp'
max_connections = 200
fsync = off
CONF
\$bin/pg_ctl -D data -w -l postgres.log start > /dev/null || { cat postgres.log; exit 1; }
psql -q -h /tmp -p $postgres_port -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION documentdb CASCADE'
PREPARE

FERRETDB_POSTGRESQL_URL="postgres://postgres@127.0.0.1:$postgres_port/postgres" \
  FERRETDB_LISTEN_ADDR="127.0.0.1:$port" \
  FERRETDB_STATE_DIR="$root/tmp" \
  FERRETDB_AUTH=false \
  FERRETDB_TELEMETRY=disable \
  FERRETDB_DEBUG_ADDR=- \
  FERRETDB_LOG_LEVEL=error \
  "$ferretdb" < /dev/null >&2 &
server=$!
exec 3<&0
(cat <&3 > /dev/null && kill "$server") &
wait "$server"

#!/bin/sh
# Starts a server that speaks MongoDB's wire protocol, for machines without MongoDB, and prints its mongodb:// URL.
# It shows that the protocol and our code path work: not atomicity, durability, query plans or write concern of mongod.
#
#   sh test/support/mongo-stand-in.sh CACHE_DIR
#       fetches mongo-java-server into CACHE_DIR (once; needs mvn and java), starts it in the background, prints
#       its URL on stdout and leaves its process id in CACHE_DIR/pid
#   kill "$(cat CACHE_DIR/pid)"
#       ends it, and with it all that it kept
set -eu
cache=${1:?give the folder that the server is kept in}
here=$(cd "$(dirname "$0")" && pwd)/mongo-stand-in
mkdir -p "$cache"
if [ ! -e "$cache/complete" ]; then
  mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$(cd "$cache" && pwd)/lib" >&2
  touch "$cache/complete"
fi
: > "$cache/url"
java -Xmx512m -cp "$cache/lib/*" "$here/MongoStandIn.java" > "$cache/url" 2> "$cache/log" < /dev/null &
pid=$!
echo "$pid" > "$cache/pid"
waited=0
until grep -q '^mongodb://' "$cache/url"; do
  if ! kill -0 "$pid" 2> /dev/null || [ "$waited" -ge 60 ]; then
    cat "$cache/log" >&2
    echo 'the MongoDB stand-in did not start' >&2
    kill "$pid" 2> /dev/null || true
    exit 1
  fi
  sleep 1
  waited=$((waited + 1))
done
cat "$cache/url"

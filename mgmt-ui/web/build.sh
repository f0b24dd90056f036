#!/bin/sh
# Builds or tests the pages: sh build.sh build | test
#
# Where Node.js is missing, or the packages cannot be had, it says so and the build goes on without pages: the firewall does
# not need them. With CI=true or SLUICE_WEB=required that is an error.
set -eu
cd "$(dirname "$0")"
what=${1:-build}
out=target/classes/web
contract=../server/src/main/resources/openapi.yaml

without() {
    echo "web: $1; the management pages are left out of this build"
    if [ "${CI:-}" = true ] || [ "${SLUICE_WEB:-}" = required ]; then exit 1; fi
    exit 0
}

command -v node >/dev/null 2>&1 || without "Node.js is not installed (20.19 or later is needed)"
command -v npm >/dev/null 2>&1 || without "npm is not installed"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || a === 20 && b >= 19 ? 0 : 1)' ||
    without "Node.js $(node -v) is too old (20.19 or later is needed)"

sum() { cksum | tr -d ' \t'; }
lock=$(cat package.json package-lock.json | sum)
contents=$(find src test test-pages dev public index.html build.sh ./*.json ./*.ts ./*.mjs "$contract" -type f 2>/dev/null | LC_ALL=C sort |
    while read -r file; do echo "$file"; cat "$file"; done | sum)

mkdir -p target
same() { [ "$(cat "target/$1.done" 2>/dev/null)" = "$contents" ]; }

if same "$what" && [ -f "$out/index.html" ]; then
    exit 0
fi
if [ "$(cat node_modules/.lock-sum 2>/dev/null)" != "$lock" ]; then
    fetch() { npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; }
    fetch || fetch || without "the packages of package-lock.json could not be fetched"
    echo "$lock" >node_modules/.lock-sum
fi
case $what in
build)
    npm run --silent contract -- --check
    npm run --silent types
    npm run --silent build -- --logLevel warn
    ;;
test)
    npm run --silent test
    THEMES=light npm run --silent test:pages
    ;;
*)
    echo "usage: sh build.sh build | test" >&2
    exit 2
    ;;
esac
echo "$contents" >"target/$what.done"

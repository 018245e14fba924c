#!/bin/sh
# Makes a virtual environment from a hash-pinned lock and installs the project into it, compiled.
# usage: locks/install.sh FOLDER LOCK   (LOCK: runtime, test or lab). A second call finds nothing to do.
# PYTHON names the interpreter (default python3).
set -eu
folder=$1 lock=$2 python=${PYTHON:-python3}
cd "$(dirname "$0")/.."
fail() { echo "setup: $1" >&2; exit 2; }

command -v "$python" >/dev/null 2>&1 ||
  fail "no '$python' found; install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.11"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "'$python' is $("$python" -V 2>&1); Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"
"$python" -c 'import venv, ensurepip' 2>/dev/null ||
  fail "'$python' has no venv module; on Debian and Ubuntu: apt-get install python3-venv"

wanted=$(cat "locks/$lock.txt" pyproject.toml | "$python" -c 'import hashlib,sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')
stamp="$folder/.installed"
[ -x "$folder/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted $PWD" ] && exit 0

echo "setup: installing locks/$lock.txt into $folder (once; a minute or two)"
rm -rf "$folder"
"$python" -m venv "$folder"
log="$folder/install.log"
"$folder/bin/python" -m pip install --disable-pip-version-check --no-input --require-hashes --only-binary :all: \
    -r "locks/$lock.txt" >"$log" 2>&1 || {
  grep -qiE 'connection|resolve host|name resolution|unreachable|timed out|retrying' "$log" &&
    fail "the Python package registry cannot be reached; check the network and call again (details: $log)"
  grep -qi 'no matching distribution' "$log" &&
    fail "the package registry has no file for a locked package, or cannot be reached (details: $log)"
  grep -qi 'hash' "$log" && fail "a package does not match its locked hash; nothing was trusted (details: $log)"
  fail "installing failed; the reason is at the end of $log"
}
"$folder/bin/python" -m pip install --disable-pip-version-check --no-input --no-deps --no-build-isolation -e . >>"$log" 2>&1 ||
  fail "installing the project itself failed; the reason is at the end of $log"
"$folder/bin/python" -m compileall -q analysis
printf '%s %s' "$wanted" "$PWD" >"$stamp"

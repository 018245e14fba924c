#!/bin/sh
# Rebuilds the locks from pyproject.toml (needs uv; `python3 -m pip install uv`). Hashes, no download addresses.
# test and lab are locked on top of runtime: what they share has the same version.
set -eu
cd "$(dirname "$0")/.."
common="--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet"
uv pip compile $common "$@" pyproject.toml --group build -o locks/runtime.txt
for group in test lab; do
  uv pip compile $common "$@" -c locks/runtime.txt pyproject.toml --group build --group "$group" -o "locks/$group.txt"
done

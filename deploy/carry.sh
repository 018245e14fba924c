#!/usr/bin/env bash
# Carries from one ephemeral machine to the next what git does not: the reports with their links, and snapshots
# that a refresh brought. Tables are built from snapshots, so they stay behind: call `reckon data build` after.
# usage: deploy/carry.sh save ARCHIVE | deploy/carry.sh restore ARCHIVE     (in a checkout)
set -euo pipefail
archive=$(realpath -m "${2:?usage: carry.sh save|restore ARCHIVE}")
cd "$(git -C "$(dirname "$0")" rev-parse --show-toplevel)"
base=reports/.schedule/commit

# The lock belongs to a machine, results of cells are for a warm run.
save() {
  mkdir -p reports/.schedule
  git rev-parse HEAD >"$base"
  {
    git ls-files -z --modified --others -- data/snapshots
    find reports -mindepth 1 \( -name .cache -o -path reports/explore -o -path reports/.schedule/lock \) -prune \
      -o \( -type f -o -type l \) -print0
  } | while IFS= read -r -d '' path; do
    if [ -e "$path" ] || [ -L "$path" ]; then printf '%s\0' "$path"; fi
  done >"$archive.list"
  tar --null --files-from="$archive.list" -czf "$archive"
  rm "$archive.list"
}

# Whether the commit has the file as the machine that saved it found it.
untouched() {
  ! git cat-file -e "HEAD:$1" 2>/dev/null || git diff --quiet "$(cat "$base")" HEAD -- "$1" 2>/dev/null
}

restore() {
  # What is committed (the summary) is never overwritten.
  tar -xzf "$archive" --skip-old-files reports
  tar -tzf "$archive" | { grep '^data/snapshots/' || true; } | while IFS= read -r path; do
    if untouched "$path"; then tar -xzf "$archive" "$path"; else echo "kept as committed: $path" >&2; fi
  done
}

case $1 in
save | restore) "$1" ;;
*) echo "usage: carry.sh save|restore ARCHIVE" >&2 && exit 2 ;;
esac

#!/bin/sh
# Tells git, in this clone only, how to compare, merge and strip notebooks; .gitattributes names them.
# usage: .jupyter/config/git.sh set VENV   or   .jupyter/config/git.sh unset
set -eu
unset_all() {
  for section in diff.jupyternotebook merge.jupyternotebook filter.reckon-notebook; do
    git config --local --remove-section "$section" 2>/dev/null || true
  done
}
case $1 in
unset) unset_all ;;
set)
  bin=$(cd "$2/bin" && pwd)
  unset_all
  # An environment that is gone must not stand in the way of git.
  git config --local diff.jupyternotebook.command "'$bin/git-nbdiffdriver' diff"
  git config --local merge.jupyternotebook.name "notebooks cell by cell (nbdime)"
  git config --local merge.jupyternotebook.driver "'$bin/git-nbmergedriver' merge %O %A %B %L %P"
  git config --local filter.reckon-notebook.clean \
    "if test -x '$bin/python'; then '$bin/python' -m analysis.run.strip; else cat; fi"
  ;;
esac

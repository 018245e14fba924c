# Each target sets up what it needs. `make report` and `make test` are all a reader has to know.
VENV     ?= .venv
LAB_VENV ?= .venv-lab
BIN      := $(VENV)/bin
LAB_ENV  := IPYTHONDIR="$(CURDIR)/.jupyter" JUPYTER_CONFIG_PATH="$(CURDIR)/.jupyter/config"

.DEFAULT_GOAL := help
.PHONY: help setup setup-lab report test test-faults test-browser check nbval lab test-lab setup-git unset-git summary benchmark calibration lock clean

help:           ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

setup:          ## make .venv from the hash-pinned lock, once
	@locks/install.sh $(VENV) test

setup-lab:      ## make .venv-lab, which has JupyterLab on top
	@locks/install.sh $(LAB_VENV) lab

report: setup   ## run every notebook and write reports/latest/index.html
	$(BIN)/reckon run

test: setup check  ## lint, types, spelling, all tests, and nbval on the notebooks
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not faults" tests
	@$(MAKE) --no-print-directory nbval

test-faults: setup  ## the faults that take minutes: signals at every stage, power cuts, 1,000 runs
	$(BIN)/python -m pytest -n 2 -m faults tests/faults

test-browser: setup  ## pages in a real Chromium; pictures of them go to reports/screenshots
	@for name in chromium chromium-browser google-chrome-stable google-chrome; do \
	  command -v $$name >/dev/null && exit; done; \
	  echo "no Chromium on the PATH, so these tests are skipped; on Debian: apt-get install chromium"
	RECKON_SCREENSHOTS="$(CURDIR)/reports/screenshots" \
	  $(BIN)/python -m pytest -n 2 --dist worksteal tests/browser

check: setup    ## lint (code and notebooks), format, types, spelling, ledger
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/codespell
	$(BIN)/reckon lint
	$(BIN)/reckon claims --check
	$(BIN)/reckon data verify

nbval: setup    ## execute the notebooks and compare their kept outputs
	$(BIN)/python -m pytest -p no:cacheprovider --nbval-lax -n 2 --dist loadfile notebooks docs/start.ipynb

lab: setup-lab  ## open JupyterLab on the collection, at a start page that has just run
	@mkdir -p reports
	@$(LAB_VENV)/bin/jupyter nbconvert --log-level=ERROR --execute --to=notebook --output-dir=reports docs/start.ipynb || \
	  cp docs/start.ipynb reports/start.ipynb
	@$(LAB_VENV)/bin/jupyter trust reports/start.ipynb >/dev/null
	$(LAB_ENV) $(LAB_VENV)/bin/jupyter lab $(LAB_OPTIONS)

test-lab: setup-lab  ## in a real browser: Run All in every notebook, and one scheduled job
	$(LAB_VENV)/bin/python -m pytest -p no:cacheprovider tests/lab

setup-git: setup-lab  ## in this clone: notebooks compared and merged by cell, outputs stripped from commits
	@.jupyter/config/git.sh set "$(LAB_VENV)"

unset-git:      ## undo setup-git
	@.jupyter/config/git.sh unset

summary: report ## write reports/summary.json from the last full run
	$(BIN)/reckon summary --write

# PARTS of the engine's benchmark: reference, collection, kernel, sweep. All of them take minutes.
benchmark: report  ## speed of methods, run engine and front page, as ratios within one run
	$(BIN)/python -m benchmarks.methods
	$(BIN)/python -m benchmarks.run_engine $(PARTS)
	$(BIN)/python -m benchmarks.first_paint
	$(BIN)/python -m benchmarks.site

calibration: setup  ## rebuild docs/calibration.md by simulation
	$(BIN)/python -m benchmarks.calibration

lock:           ## rebuild the locks (needs uv)
	locks/lock.sh

clean:          ## remove what was installed and what was run; nothing that is committed
	rm -rf $(VENV) $(LAB_VENV) reports/.sets reports/.cache reports/explore reports/failed reports/diff reports/sweeps reports/screenshots \
	  reports/.schedule reports/.publishing.lock reports/heartbeat.json reports/scheduled.log \
	  reports/.jobs reports/jobs reports/start.ipynb
	find reports -maxdepth 1 -type l -delete
	@! test -x .jupyter/config/git.sh || .jupyter/config/git.sh unset

"""The ``reckon`` command. Each subcommand imports what it needs when it is called.

Exit codes: 0 done, 1 a notebook failed or a comparison found differences, 2 bad input,
3 and 4 those of ``reckon run --scheduled``, 130 interrupted.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
from typing import NoReturn

import click

from analysis.cli.data import data
from analysis.cli.diff import diff
from analysis.cli.group import Group
from analysis.cli.ledger import claims, history, predictions, summary
from analysis.cli.lint import lint
from analysis.cli.new import new
from analysis.cli.run import cache, plan, run
from analysis.cli.sweep import sweep


@click.group(cls=Group)
@click.version_option(package_name="compute-reckoning", prog_name="reckon")
def reckon() -> None:
    """Puts one article's claims about AI compute costs to the test, on dated public data."""


commands = (run, plan, sweep, cache, diff, claims, predictions, history, data, summary, lint, new)
for command in commands:
    reckon.add_command(command)


def main() -> None:
    """Entry point of the ``reckon`` command."""
    gc.set_threshold(100_000)  # next to nothing of what is imported and parsed becomes garbage
    try:
        reckon()
    except SystemExit as ended:
        if not isinstance(ended.code, int):
            raise
        _leave(ended.code)


def _leave(code: int) -> NoReturn:
    """Ends the process without taking apart all that was imported, which takes a third of a second.

    What is registered to happen at the end happens.
    """
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # the reader is gone
            if stream is not None:  # nor was there ever one
                stream.flush()
    os._exit(code)

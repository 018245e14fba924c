"""``reckon new``: skeletons that pass every check as they are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from analysis.cli.group import Group


@click.group(cls=Group)
def new() -> None:
    """A skeleton that passes all checks, to be filled in. Nothing is ever overwritten."""


@new.command()
@click.argument("name")
def notebook(name: str) -> None:
    """A notebook with the next free number, and the model of its parameters.

    NAME is what it is about, as in gpu_lead_times.
    """
    from analysis.new import notebook

    files = notebook.create(name)
    stem = next(path.stem for path in files if path.suffix == ".ipynb")
    _tell(files, f"`reckon run {stem}` shows it; `reckon lint {stem}` says what is missing")


@new.command()
@click.argument("name", metavar="ID")
@click.option("--section", default="Lead", show_default=True, help="Of the article.")
@click.option("--notebook", metavar="NOTEBOOK", help="The notebook that will test it.")
def claim(name: str, section: str, notebook: str | None) -> None:
    """A draft of a claim at the end of data/claims.yaml. ID is letters and a number, as in c94."""
    from analysis.new import claim

    files = claim.create(name, section=section, notebook=notebook)
    _tell(files, "write its rule, take out `draft: true`, then `reckon claims --freeze`")


@new.command()
@click.argument("name")
def table(name: str) -> None:
    """A table of facts typed by hand: file, sidecar, module and registry; it is built at once.

    NAME is what its rows are, as in gpu_lead_times.
    """
    from analysis.new import table

    _tell(table.create(name), f"edit data/curated/{name}.csv, then `reckon data build {name}`")


def _tell(files: Iterable[Path], next_step: str) -> None:
    for path in files:
        click.echo(str(path))
    click.echo(f"next: {next_step}")

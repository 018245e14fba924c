"""``reckon run``."""

from __future__ import annotations

import os

import click

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

"""``reckon sweep``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from analysis.errors import ParameterError, RunError

_SHOWN = 5  # failed runs named at the end


@click.command()
@click.argument("notebook")
@click.option(
    "--grid",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="YAML or JSON (lists to combine, or a list of points) or CSV (a point a row).",
)
@click.option(
    "-p", "parameters", multiple=True, metavar="NAME=V1,V2,…", help="Values of a parameter."
)
@click.option("--jobs", type=click.IntRange(1), help="Runs at once (default: processors).")
@click.option("--force", is_flag=True, help="Execute again what is in the cache.")
@click.option(
    "--cell-timeout", type=click.IntRange(1), default=300, show_default=True, help="Seconds a cell."
)
@click.option(
    "--timeout", type=click.IntRange(1), default=900, show_default=True, help="Seconds a run."
)
@click.option(
    "--executor",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Processes of this machine, or a Dask cluster.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Dask scheduler, as tcp://host:8786 (default: workers on this machine).",
)
def sweep(
    notebook: str,
    grid: Path | None,
    parameters: tuple[str, ...],
    jobs: int | None,
    force: bool,
    cell_timeout: int,
    timeout: int,
    executor: str,
    scheduler: str | None,
) -> None:
    """Run one notebook for every point of a grid of parameters.

    Points in the cache are not run again, so that an interrupted sweep goes on where it was. All
    recorded evidence and forecasts become one table, reports/sweeps/KEY/results.parquet and .csv,
    with a page beside it. A failed run is a row of the table, and the exit code is then 1. The
    newest 50 sweeps stay: copy elsewhere what has to last.
    """
    from analysis.run import plan
    from analysis.run.handover import Limits
    from analysis.run.sweep import grid as grids
    from analysis.run.sweep import sweep as sweeps

    if grid is None and not parameters:
        raise ParameterError("no grid; give --grid FILE or -p name=v1,v2")
    if scheduler is not None and executor != "dask":
        raise ParameterError("--scheduler goes with --executor dask")
    (name,) = plan.select([notebook])
    points = grids.points(grid, parameters)
    limits = Limits(jobs or os.cpu_count() or 1, cell_timeout, timeout)
    options = sweeps.Options(
        name, points, force, limits, "dask" if executor == "dask" else "local", scheduler
    )
    done = sweeps.run(options)
    if done.failures:
        more = len(done.failures) - _SHOWN
        lines = done.failures[:_SHOWN] + [f"and {more} more"] * (more > 0)
        raise RunError("\n".join([*lines, f"see {done.page}"]))
    click.echo(str(done.page))

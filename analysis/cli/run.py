"""``reckon run``."""

from __future__ import annotations

import os
import re
from typing import Any

import click
from click.core import ParameterSource

from analysis.cli.group import Group
from analysis.errors import RunError

_ADDRESSES = "RECKON_ON_CHANGE"
_SCHEDULE = ("refresh", "every", "keep", "on_change", "lock_wait")


class Step(click.ParamType):
    """A step of days: ``7d``, ``2w``."""

    name = "step"

    def convert(self, value: Any, *context: Any) -> int:
        found = re.fullmatch(r"([1-9]\d{0,3})([dw])", str(value))
        if found is None:
            self.fail(f"{value!r} is not a step; write days or weeks, as in 7d or 2w", *context)
        return int(found[1]) * (7 if found[2] == "w" else 1)


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
@click.option("--scheduled", is_flag=True, help="Unattended: one at a time, with what follows.")
@click.option("--refresh", is_flag=True, help="Fetch new data first.")
@click.option("--every", type=Step(), metavar="7d", help="Step of the schedule, for missed days.")
@click.option("--keep", type=click.IntRange(1), metavar="N", help="Good days that stay.")
@click.option(
    "--on-change",
    multiple=True,
    metavar="URL",
    envvar=_ADDRESSES,
    help=f"Tell this address (of apprise) of failures and changed verdicts; repeatable, or "
    f"{_ADDRESSES} with blanks between.",
)
@click.option(
    "--lock-wait",
    type=click.FloatRange(0),
    default=0,
    show_default=True,
    metavar="SECONDS",
    help="Wait for another scheduled run.",
)
@click.pass_context
def run(
    context: click.Context,
    notebooks: tuple[str, ...],
    parameters: tuple[str, ...],
    as_of: str | None,
    jobs: int | None,
    force: bool,
    cell_timeout: int,
    timeout: int,
    scheduled: bool,
    **schedule: Any,
) -> None:
    """Execute the collection, or the named notebooks, and write the report.

    A full run with default parameters becomes reports/latest; anything else goes to
    reports/explore, and a run with a failed notebook to reports/failed.

    --scheduled runs the whole collection, with one such run at a time on these reports. It
    compares the report with the last one it told about, sends a message where a verdict changed
    or something failed, and keeps reports/heartbeat.json for a monitor. With --every it first
    makes the reports of missed days, the newest 8 of them: days of the data, at that step since
    the last good report and at least one whole step before the newest.

    \b
    Exit codes:
      0    done, or nothing had changed
      1    a notebook failed; the last good report is still in place
      2    bad input: arguments, parameters or data
      3    a verdict changed (only with --scheduled)
      4    another scheduled run is at work (only with --scheduled)
      130  interrupted
    """
    _only_scheduled(context, scheduled)
    os.environ.pop(_ADDRESSES, None)  # secrets that no notebook has to see
    if scheduled:
        from analysis.run.schedule import scheduled as unattended
        from analysis.run.schedule.asked import Schedule

        schedule |= {"force": force, "jobs": jobs or os.cpu_count() or 1}
        schedule |= {"cell_timeout": cell_timeout, "timeout": timeout}
        ended = unattended.run(Schedule(**schedule))
        if ended.page is not None:
            click.echo(str(ended.page))
        context.exit(ended.code)
    from analysis.run import unchanged

    request = [notebooks, sorted(parameters), as_of]
    if not force and (found := unchanged.find(request)) is not None:
        click.echo(f"{len(found['notebooks'])} notebooks unchanged", err=True)
        click.echo(found["page"])
        return
    from analysis.run import ahead

    with ahead.begun(notebooks, force=force) as warm:
        from analysis.run import runner
        from analysis.run.handover import Limits
        from analysis.run.parameters import parse_assignments

        before = unchanged.stamp()
        limits = Limits(jobs or os.cpu_count() or 1, cell_timeout, timeout)
        options = runner.Options(notebooks, parse_assignments(parameters), as_of, force, limits)
        done = runner.run(options, warm=warm)
    if done.run.failed:
        raise RunError(done.problems)
    names = [result.name for result in done.run.notebooks]
    unchanged.keep(request, before, done.link, page=str(done.page), notebooks=names)
    click.echo(str(done.page))


def _only_scheduled(context: click.Context, scheduled: bool) -> None:
    """UsageError for an option on the command line that has no meaning for this kind of run."""
    for name in ("notebooks", "parameters", "as_of") if scheduled else _SCHEDULE:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            how = "cannot be given with" if scheduled else "is for"
            raise click.UsageError(f"{_shown(name)} {how} --scheduled")


def _shown(name: str) -> str:
    option = f"--{name.replace('_', '-')}"
    return {"notebooks": "NOTEBOOK", "parameters": "-p"}.get(name, option)


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

"""``reckon lint``."""

from __future__ import annotations

import click

from analysis.errors import RunError


@click.command()
@click.argument("notebooks", nargs=-1, metavar="[NOTEBOOK]...")
def lint(notebooks: tuple[str, ...]) -> None:
    """What to mend in the notebooks before they are committed; nothing is executed.

    Leaves with 1 if there is anything.
    """
    from analysis.run import lint

    names, findings = lint.check_all(notebooks)
    if findings:
        raise RunError("\n".join(["notebooks have something to mend:", *map(str, findings)]))
    click.echo(f"{len(names)} notebooks, nothing to mend")

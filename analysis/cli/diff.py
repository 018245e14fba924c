"""``reckon diff``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option(
    "--threshold",
    type=click.FloatRange(0),
    default=0.1,
    show_default=True,
    help="Tell of an estimate that moved by more than this share of the larger value.",
)
@click.option("--json", "as_json", is_flag=True, help="All that differs, as JSON.")
@click.option(
    "--html",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the page goes (default: reports/diff/A..B).",
)
def diff(before: str, after: str, threshold: float, as_json: bool, folder: Path | None) -> None:
    """What differs between two reports, and why: verdicts, estimates, data, parameters.

    A and B are dates of reports, "latest", keys of reports/explore, or paths of report sets. Of
    a part of the collection, or one with other parameters, the claims are compared that both
    reports put to the test.

    Also writes a page that shows each claim in both reports side by side,
    reports/diff/A..B/index.html, and prints its path.
    """
    from analysis.run.diff import comparison, reports, text

    sides = reports.find(before), reports.find(after)
    found = comparison.between(*sides, threshold)
    page = None
    if not found.one_report:
        from analysis.report.site import compare_page

        page = compare_page.write(found, folder)
    if as_json:
        import json

        content = text.as_dict(found) | {"page": page and str(page)}
        click.echo(json.dumps(content, indent=1, ensure_ascii=False))
        return
    for line in text.lines(found):
        click.echo(line)
    if page is not None:
        click.echo(f"\n{page}")

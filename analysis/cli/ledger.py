"""Commands on the ledger: claims, predictions, history, summary."""

from __future__ import annotations

import os

import click

from analysis.errors import RunError


@click.command()
@click.option("--json", "as_json", is_flag=True, help="All fields, as a JSON list.")
@click.option("--check", is_flag=True, help="Hold the rules against data/*.lock.")
@click.option("--freeze", is_flag=True, help="Write data/*.lock for new rules.")
def claims(as_json: bool, check: bool, freeze: bool) -> None:
    """The ledger, with the verdicts of the last good report."""
    from analysis.claims import lock, predictions, store, summary

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
    lines = [(row["id"], row["verdict"], row["says"]) for row in rows]
    lines += [(name, "draft", claim.says) for name, claim in store.drafts().items()]
    width = max(len(name) for name, *_ in lines)
    for name, verdict, says in lines:
        click.echo(f"{name:<{width}}  {verdict:<14}  {says}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="All dates and verdicts, as JSON.")
@click.option("--jobs", type=click.IntRange(1), help="Notebooks at once (default: processors).")
def history(as_json: bool, jobs: int | None) -> None:
    """Verdicts at the end of each quarter since 2024: computed once a date, kept in
    reports/history.json, and computed again when code, rules or data of that date changed."""
    from analysis.claims import history as past
    from analysis.claims import store
    from analysis.run import history as runs
    from analysis.run.handover import Limits

    for day, computed in runs.compute(Limits(jobs or os.cpu_count() or 1)):
        click.echo(f"{day}: {'computed' if computed else 'unchanged'}", err=True)
    entries = past.read()
    if as_json:
        import json

        click.echo(json.dumps(entries, indent=1, ensure_ascii=False))
        return
    for line in past.as_lines(entries, store.claims()):
        click.echo(line)


@click.command()
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


@click.command()
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

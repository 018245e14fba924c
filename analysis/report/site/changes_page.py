"""What changed: every change of a verdict from one date of the data to the next, with why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

from analysis.claims import history, why
from analysis.claims.movement import of_history
from analysis.report import numbers, verdict_dates
from analysis.report.site import pages, scoreboard
from analysis.report.site.background import Background
from analysis.run.runset import RunSet

PAGE = "changes.html"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Arrived:
    """Rows of a table that became known between two dates."""

    table: str
    rows: int


@dataclass(frozen=True)
class Change:
    """A verdict that is another one at ``as_of`` than at ``before``, the date before it.

    ``measured`` is the quantity that decides; ``first`` tells a claim that had no estimate then;
    ``data`` what became known meanwhile in the tables that the claim names; ``marks`` why the date
    counts less than one of its own day.
    """

    as_of: str
    before: str
    id: str
    says: str
    measured: str
    was: str
    now: str
    why: str
    first: bool
    data: tuple[Arrived, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Day:
    """The changes of one date: first what moved, then what got its first estimate."""

    as_of: str
    before: str
    moved: tuple[Change, ...]
    first: tuple[Change, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.moved + self.first


def days(run: RunSet, background: Background) -> list[Day]:
    """The dates on which a verdict changed, newest first, up to that of the run.

    They depend on the history, the ledger, the tables and the run alone, and not on which reports
    there were before.
    """
    found: dict[str, list[Change]] = {}
    for change in _changes(run, background):
        found.setdefault(change.as_of, []).append(change)
    return [
        Day(
            as_of,
            changes[0].before,
            tuple(change for change in changes if not change.first),
            tuple(change for change in changes if change.first),
        )
        for as_of, changes in sorted(found.items(), reverse=True)
    ]


def page(run: RunSet, background: Background, found: Sequence[Day]) -> str:
    """The page of all changes."""
    known = sorted({str(row["as_of"]) for row in background.past} | {run.as_of.isoformat()})
    return pages.render(
        "changes.html.j2",
        title=f"What changed · {pages.SITE}",
        run=run,
        days=found,
        dates=known,
        total=sum(len(day.changes) for day in found),
    )


def _changes(run: RunSet, background: Background) -> Iterator[Change]:
    past, today = verdict_dates.by_claim(background.past), _today(run, background.past)
    between = partial(_between, run, background, {})
    for verdict in run.verdicts:
        name = str(verdict["id"])
        rows = sorted(past.get(name, ()), key=lambda row: str(row["as_of"]))
        rows = [row for row in rows if row["as_of"] < run.as_of.isoformat()]
        for was, now in pairwise([*rows, *([today[name]] if name in today else [])]):
            if was["verdict"] != now["verdict"]:
                yield _change(verdict, was, now, background, between)


def _today(run: RunSet, past: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """The run as a date of the history; nothing where it leaves out claims that were tested."""
    last = max((str(row["as_of"]) for row in past), default="")
    tested = {r["id"] for r in past if r["as_of"] == last and r["verdict"] != scoreboard.UNTESTED}
    if any(r["verdict"] == scoreboard.UNTESTED and r["id"] in tested for r in run.verdicts):
        return {}
    kept = (*history.KEPT, "pseudo_vintage")
    day = {"as_of": run.as_of.isoformat()}
    return {str(row["id"]): {name: row[name] for name in kept} | day for row in run.verdicts}


def _change(verdict: Row, was: Row, now: Row, background: Background, between: Any) -> Change:
    name, before, as_of = str(verdict["id"]), str(was["as_of"]), str(now["as_of"])
    claim = background.claims.get(name)
    hindcast = verdict_dates.HINDCAST if as_of < str(verdict["frozen_on"]) else ""
    pseudo = verdict_dates.PSEUDO if now["pseudo_vintage"] else ""
    return Change(
        as_of=as_of,
        before=before,
        id=name,
        says=str(verdict["says"]),
        measured=str(verdict["quantity"] or ""),
        was=str(was["verdict"]),
        now=str(now["verdict"]),
        why=why.explain(of_history(was, claim), of_history(now, claim)),
        first=was["estimate"] is None,
        data=tuple(between(claim.tables if claim else (), before, as_of)),
        marks=tuple(mark for mark in (hindcast, pseudo) if mark),
    )


def _between(
    run: RunSet,
    background: Background,
    known: dict[str, Mapping[str, int]],
    tables: Sequence[str],
    before: str,
    as_of: str,
) -> Iterator[Arrived]:
    """Of those tables the ones with new rows; ``known`` keeps what was counted already."""
    for table in tables:
        if table not in run.tables:
            continue
        if table not in known:
            known[table] = background.arrivals(table, run.as_of)
        rows = sum(many for day, many in known[table].items() if before < day <= as_of)
        if rows:
            yield Arrived(table, rows)


def latest(found: Sequence[Day], as_of: date) -> str:
    """The last date with changes in a few words, for the front page; empty without any."""
    if not found:
        return ""
    last, many = found[0], len(found[0].changes)
    told, before = f"{many} verdict{'s' if many > 1 else ''}", numbers.day(last.before)
    if last.as_of == as_of.isoformat():
        return f"{told} since {before}"
    return f"{told} on {numbers.day(last.as_of)}, against {before}"

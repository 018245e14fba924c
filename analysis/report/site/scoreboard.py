"""The verdicts as a reader sees them: grouped by section of the article, written out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.report import numbers

UNTESTED = "not yet tested"
VERDICTS = {
    "supported": "The evidence lies beyond the claim's threshold on every source declared "
    "beforehand, and at least 80 % of the specifications agree.",
    "contradicted": "The same, beyond the opposite threshold.",
    "mixed": "Sources or readings declared beforehand are decisive in opposite directions.",
    "undecided": "Tested, but the evidence does not reach a threshold, or not on every source.",
    "untestable": "No public series can decide it.",
    UNTESTED: "No evidence has been recorded so far.",
}
_KNEW = {
    "nothing": "before anything was known",
    "literature": "knowing the literature, not the data",
    "data": "knowing the data",
}


@dataclass(frozen=True)
class Row:
    """One claim on the scoreboard; every field is plain text."""

    id: str
    says: str
    kind: str
    verdict: str
    value: str
    interval: str
    size: str
    sure: tuple[str, ...]
    pseudo_vintage: bool
    since: str = ""
    hindcast: bool = False


@dataclass(frozen=True)
class Section:
    """A section of the article with its claims."""

    title: str
    anchor: str
    tested: tuple[Row, ...]
    untested: tuple[Row, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Claims by verdict, in the order of ``VERDICTS``."""
        return counts(row.verdict for row in (*self.tested, *self.untested))


def counts(verdicts: Iterable[str]) -> dict[str, int]:
    """How many of each verdict, in fixed order, zeros included."""
    found = Counter(verdicts)
    return {verdict: found[verdict] for verdict in (*VERDICTS, *sorted(set(found) - set(VERDICTS)))}


def sections(
    verdicts: Iterable[Mapping[str, Any]], since: Mapping[str, str] | None = None
) -> list[Section]:
    """The scoreboard in the order of the article.

    Args:
        verdicts: rows of ``analysis.claims.verdicts.table``.
        since: by claim, the date from which its verdict stands.
    """
    grouped: dict[str, list[Row]] = {}
    for verdict in verdicts:
        shown = row(verdict, (since or {}).get(str(verdict["id"]), ""))
        grouped.setdefault(str(verdict["section"]), []).append(shown)
    return [
        Section(
            title,
            f"section-{number}",
            tuple(row for row in rows if row.verdict != UNTESTED),
            tuple(row for row in rows if row.verdict == UNTESTED),
        )
        for number, (title, rows) in enumerate(grouped.items(), start=1)
    ]


def row(verdict: Mapping[str, Any], since: str = "") -> Row:
    """One row of ``analysis.claims.verdicts.table``, written out."""
    value, span = numbers.parts(
        verdict["estimate"], verdict["low"], verdict["high"], verdict["unit"] or ""
    )
    level = verdict.get("level")
    return Row(
        id=str(verdict["id"]),
        says=str(verdict["says"]),
        kind=str(verdict["kind"]).replace("_", " "),
        verdict=str(verdict["verdict"]),
        value="" if verdict["estimate"] is None else value,
        interval=f"{numbers.share(level)} interval {span}" if span and level else span,
        size=f"n = {verdict['n']:,}" if verdict["n"] else "",
        sure=_sure(verdict),
        pseudo_vintage=bool(verdict.get("pseudo_vintage")),
        since=since,
        hindcast=bool(since) and since < str(verdict["frozen_on"] or ""),
    )


def _sure(verdict: Mapping[str, Any]) -> tuple[str, ...]:
    agree, q = verdict["agree_share"], verdict.get("q")
    lines = (
        f"{numbers.share(agree)} of specifications agree" if agree is not None else "",
        f"source grade {verdict['grade']}" if verdict["grade"] else "",
        f"q = {numbers.plain(q, 2)}" if q is not None else "",
    )
    return tuple(line for line in lines if line)


def frozen(verdict: Mapping[str, Any]) -> str:
    """When the rule was frozen, and what was known then."""
    if not verdict["frozen_on"]:
        return ""
    known = _KNEW.get(str(verdict["knew"]), str(verdict["knew"] or ""))
    return f"frozen on {numbers.day(str(verdict['frozen_on']))}, {known}"


def cell(notebook: str | None, anchor: str | None, linked: Container[str]) -> str:
    """Where the site shows a cell; empty where no page of it does.

    Args:
        notebook: the notebook that recorded something.
        anchor: the id of the cell in it.
        linked: names of the notebooks that have a page.
    """
    if notebook not in linked:
        return ""
    return f"{notebook}.html#{anchor}" if anchor else f"{notebook}.html"

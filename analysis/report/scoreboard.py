"""The verdicts as a reader sees them: grouped by section of the article, written out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
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
    verdict: str
    value: str
    interval: str
    size: str
    why: str
    sure: tuple[str, ...]
    rule: str
    frozen: str
    would_change: str
    readings: tuple[str, ...]
    amended: tuple[str, ...]
    pseudo_vintage: bool
    href: str

    @property
    def mark(self) -> str:
        """Name of the symbol and the colour of the verdict."""
        return self.verdict.replace(" ", "-")


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


def sections(verdicts: Iterable[Mapping[str, Any]], pages: Iterable[str]) -> list[Section]:
    """The scoreboard in the order of the article.

    Args:
        verdicts: rows of ``analysis.claims.verdicts.table``.
        pages: names of the notebooks that have a page to link to.
    """
    known = set(pages)
    grouped: dict[str, list[Row]] = {}
    for verdict in verdicts:
        grouped.setdefault(str(verdict["section"]), []).append(_row(verdict, known))
    return [
        Section(
            title,
            f"section-{number}",
            tuple(row for row in rows if row.verdict != UNTESTED),
            tuple(row for row in rows if row.verdict == UNTESTED),
        )
        for number, (title, rows) in enumerate(grouped.items(), start=1)
    ]


def _row(verdict: Mapping[str, Any], pages: set[str]) -> Row:
    value, span = numbers.parts(
        verdict["estimate"], verdict["low"], verdict["high"], verdict["unit"] or ""
    )
    level = verdict.get("level")
    return Row(
        id=str(verdict["id"]),
        says=str(verdict["says"]),
        verdict=str(verdict["verdict"]),
        value="" if verdict["estimate"] is None else value,
        interval=f"{numbers.share(level)} interval {span}" if span and level else span,
        size=f"n = {verdict['n']:,}" if verdict["n"] else "",
        why=str(verdict["reason"] or ""),
        sure=_sure(verdict),
        rule=str(verdict["rule"] or ""),
        frozen=_frozen(verdict),
        would_change=str(verdict["would_change"] or ""),
        readings=_readings(verdict),
        amended=tuple(
            f"{numbers.day(change['date'])}: {change['reason']}"
            for change in verdict.get("amendments") or ()
        ),
        pseudo_vintage=bool(verdict.get("pseudo_vintage")),
        href=_href(verdict, pages),
    )


def _sure(verdict: Mapping[str, Any]) -> tuple[str, ...]:
    agree, q = verdict["agree_share"], verdict.get("q")
    lines = (
        f"{numbers.share(agree)} of specifications agree" if agree is not None else "",
        f"source grade {verdict['grade']}" if verdict["grade"] else "",
        f"q = {numbers.plain(q, 2)}" if q is not None else "",
    )
    return tuple(line for line in lines if line)


def _readings(verdict: Mapping[str, Any]) -> tuple[str, ...]:
    """What each declared source said, where there is more than one."""
    found = [
        (estimand["id"], source)
        for estimand in verdict.get("estimands") or ()
        for source in estimand["sources"]
    ]
    several = len(found) > 1
    return tuple(_reading(*reading) for reading in found) if several else ()


def _reading(estimand: str, source: Mapping[str, Any]) -> str:
    place = f"{estimand} on {source['source']}".replace("_", " ").removesuffix(" on main")
    if source["estimate"] is None:
        return f"{place}: {source['reason'] or 'no evidence'}"
    value = numbers.estimate(
        source["estimate"], source["low"], source["high"], source["unit"] or ""
    )
    points = {"supported": "supports", "contradicted": "contradicts"}
    return f"{place}: {value}, {points.get(source['direction'], 'decides nothing')}"


def _frozen(verdict: Mapping[str, Any]) -> str:
    if not verdict["frozen_on"]:
        return ""
    known = _KNEW.get(str(verdict["knew"]), str(verdict["knew"] or ""))
    return f"frozen on {numbers.day(str(verdict['frozen_on']))}, {known}"


def _href(verdict: Mapping[str, Any], pages: set[str]) -> str:
    """The cell that shows the evidence, or nothing where no page does."""
    if verdict["notebook"] not in pages or verdict["verdict"] == UNTESTED:
        return ""
    cell = verdict.get("cell")
    return f"{verdict['notebook']}.html#{cell}" if cell else f"{verdict['notebook']}.html"

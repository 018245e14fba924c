"""Two reports side by side: every claim with its verdict, estimate and sources in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from analysis import paths
from analysis.files import write_atomic
from analysis.report.charts import reading as reading_chart
from analysis.report.site import claim_page, pages, scoreboard, sides
from analysis.report.site.claim_page import Reading
from analysis.report.site.sides import Side
from analysis.run.diff import text
from analysis.run.diff.comparison import Comparison

FOLDER, SCRIPT = "diff", "filter.js"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """One source of one estimand in both reports, and how it was measured where that differs."""

    label: str
    was: Reading | None
    now: Reading | None


@dataclass(frozen=True)
class Pair:
    """One claim in both reports; ``verdict`` tells whether it is judged otherwise."""

    id: str
    says: str
    kind: str
    section: str
    anchor: str
    verdict: bool
    moved: bool
    first: bool
    was: scoreboard.Row
    now: scoreboard.Row
    why: str
    causes: tuple[str, ...]
    sources: tuple[Source, ...]
    charts: tuple[tuple[str, Markup], ...]
    methods: tuple[str, ...]


def write(found: Comparison, folder: Path | None = None) -> Path:
    """Writes the page with its script into ``folder``, by default below ``reports/diff``.

    Each file is replaced in one step.
    """
    name = f"{found.before.name}..{found.after.name}"
    target = folder or paths.reports() / FOLDER / name
    shown = page(found, target)
    write_atomic(target / SCRIPT, (pages.TEMPLATES / SCRIPT).read_bytes())
    write_atomic(target / "index.html", shown.encode())
    return target / "index.html"


def page(found: Comparison, folder: Path) -> str:
    """The page as it lies in ``folder``, from which it leads to both reports."""
    both = sides.of(found, folder)
    pairs = list(_pairs(found, both))
    return pages.render(
        "compare.html.j2",
        root=both[1].href,
        scripted=True,
        title=f"{(heading := sides.title(found, both))} · {pages.SITE}",
        heading=heading,
        found=found,
        sides=both,
        summary=_capital(text.summary(found)),
        share=text.share(found),
        groups=_groups(pairs, text.share(found)),
        same=[pair for pair in pairs if not (pair.verdict or pair.moved)],
        tables=[(one, text.counted(one)) for one in found.rows.changed],
        counts=scoreboard.counts(pair.now.verdict for pair in pairs),
        kinds=sorted({pair.kind for pair in pairs}),
        sections=list(dict.fromkeys((pair.anchor, pair.section) for pair in pairs)),
    )


def _capital(told: str) -> str:
    return told[:1].upper() + told[1:]


def _groups(pairs: list[Pair], share: str) -> list[tuple[str, str, list[Pair]]]:
    """What changed: the evidence of a verdict, then its first estimate, then estimates alone."""
    verdicts = [pair for pair in pairs if pair.verdict]
    groups = [
        ("verdicts", "Verdicts that moved", [one for one in verdicts if not one.first]),
        ("first", "Verdicts on a first estimate", [one for one in verdicts if one.first]),
        (
            "estimates",
            f"Same verdict, an estimate more than {share} away",
            [pair for pair in pairs if pair.moved and not pair.verdict],
        ),
    ]
    return [group for group in groups if group[2]]


def _pairs(found: Comparison, both: tuple[Side, Side]) -> Iterator[Pair]:
    was, now = found.before.state.claims, found.after.state.claims
    verdicts = {one.claim: one for one in found.changes.verdicts}
    moved = {one.claim for one in found.changes.estimates}
    sections = list(dict.fromkeys(str(one.row["section"]) for one in now.values()))
    for name in now:
        if name in was:
            a, b = was[name].row, now[name].row
            changed = verdicts.get(name)
            yield Pair(
                id=name,
                says=str(b["says"]),
                kind=str(b["kind"]).replace("_", " "),
                section=str(b["section"]),
                anchor=f"section-{sections.index(str(b['section'])) + 1}",
                verdict=changed is not None,
                moved=name in moved,
                first=not was[name].has_evidence,
                was=scoreboard.row(a),
                now=scoreboard.row(b),
                why=changed.why if changed else "",
                causes=changed.causes if changed else (),
                sources=tuple(_sources(a, b)),
                charts=tuple(_charts(name, a, b, both)) if changed or name in moved else (),
                methods=tuple(_methods(a, b)),
            )


def _sources(a: Row, b: Row) -> Iterator[Source]:
    was, now = (
        {(one.quantity, one.source): one for one in claim_page.readings(row["estimands"], set())}
        for row in (a, b)
    )
    for key in dict.fromkeys([*now, *was]):
        one = now.get(key) or was[key]
        yield Source(one.label, was.get(key), now.get(key))


def _methods(a: Row, b: Row) -> list[str]:
    """How it was measured, once where both sides did it alike."""
    return list(
        dict.fromkeys(
            str(source["method"])
            for row in (b, a)
            for estimand in row["estimands"]
            for source in estimand["sources"]
            if source["method"]
        )
    )


def _charts(name: str, a: Row, b: Row, both: tuple[Side, Side]) -> Iterator[tuple[str, Markup]]:
    """Both reports on one scale, an estimand each with its caption; none where only one of them
    has an estimate or they are judged by other limits."""
    was = {estimand["id"]: estimand for estimand in a["estimands"]}
    for number, estimand in enumerate(b["estimands"], start=1):
        before = was.get(estimand["id"])
        if before is None or _limits(before) != _limits(estimand):
            continue
        pairs = _known_on_both(before["sources"], estimand["sources"])
        sources = [
            source | {"source": _told(source, side)}
            for pair in pairs
            for side, source in zip(both, pair, strict=True)
        ]
        several = f": {str(estimand['id']).replace('_', ' ')}" if len(b["estimands"]) > 1 else ""
        measured = f"{_capital(str(b['quantity'] or 'What each source says'))}{several}"
        for chart in reading_chart.draw(
            [estimand | {"sources": sources}], measured, f"{name}-{number}"
        ):
            yield measured, chart


def _known_on_both(was: Sequence[Row], now: Sequence[Row]) -> list[tuple[dict[str, Any], ...]]:
    before = {one["source"]: one for one in was if one["estimate"] is not None}
    found = [one for one in now if one["estimate"] is not None and one["source"] in before]
    return [(dict(before[one["source"]]), dict(one)) for one in found]


def _limits(estimand: Row) -> tuple[Any, Any]:
    return estimand["supported_if"], estimand["contradicted_if"]


def _told(source: Row, side: Side) -> str:
    name = str(source["source"])
    return side.short if name == "main" else f"{name}, {side.short}"

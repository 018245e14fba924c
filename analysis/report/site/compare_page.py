"""Two reports side by side: every claim with its verdict, estimate and sources in both."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from analysis import paths
from analysis.files import write_atomic
from analysis.report import numbers
from analysis.report.charts import reading as reading_chart
from analysis.report.site import claim_page, pages, scoreboard
from analysis.report.site.claim_page import Reading
from analysis.run.diff import text
from analysis.run.diff.comparison import Comparison
from analysis.run.diff.reports import Report

FOLDER, SCRIPT = "diff", "filter.js"
_PARAMETERS = 2  # that can stand in a heading
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Side:
    """One of the two reports: what its columns are called, and the way to its pages."""

    label: str
    short: str
    about: str
    href: str
    claims: bool


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
    measured: str
    verdict: bool
    moved: bool
    first: bool
    was: scoreboard.Row
    now: scoreboard.Row
    why: str
    causes: tuple[str, ...]
    sources: tuple[Source, ...]
    charts: tuple[Markup, ...]
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
    sides = _sides(found, folder)
    pairs = list(_pairs(found, sides))
    return pages.render(
        "compare.html.j2",
        root=sides[1].href,
        scripted=True,
        title=f"{(heading := _title(found, sides))} · {pages.SITE}",
        heading=heading,
        found=found,
        sides=sides,
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


def _title(found: Comparison, sides: tuple[Side, Side]) -> str:
    if not _one_day(found):
        return f"{sides[0].label} and {sides[1].label}, side by side"
    return f"Two {'sets of parameters' if found.parameters else 'reports'}, side by side"


def _one_day(found: Comparison) -> bool:
    return found.before.state.as_of == found.after.state.as_of


def _sides(found: Comparison, folder: Path) -> tuple[Side, Side]:
    first, second = (
        Side(
            label=label,
            short=label.partition(":")[0] if _one_day(found) else report.name,
            about=_about(report),
            href=posixpath.join(*Path(_way(report, folder)).parts, ""),
            claims=(report.folder / "claims").is_dir(),
        )
        for report, label in zip((found.before, found.after), _labels(found), strict=True)
    )
    return first, second


def _way(report: Report, folder: Path) -> str:
    """Through the link and not to the set, so that the page leads to the report of that name."""
    return os.path.relpath(report.folder.absolute(), folder.absolute())


def _labels(found: Comparison) -> tuple[str, str]:
    """Days; of two reports of one day letters, with up to two parameters that tell them apart."""
    if not _one_day(found):
        return _day(found.before), _day(found.after)
    by_name = {one.name: one for one in found.parameters}
    if not 1 <= len(by_name) <= _PARAMETERS:
        return f"A: {found.before.name}", f"B: {found.after.name}"
    was = ", ".join(f"{name} = {one.was}" for name, one in sorted(by_name.items()))
    now = ", ".join(f"{name} = {one.now}" for name, one in sorted(by_name.items()))
    return f"A: {was}", f"B: {now}"


def _day(report: Report) -> str:
    day = numbers.day(report.state.as_of)
    return day if report.name == report.state.as_of else f"{day} ({report.name})"


def _about(report: Report) -> str:
    day, code = numbers.day(report.state.as_of), report.state.commit
    kind = "" if report.kind == "published" else f", {report.kind}"
    return f"Report {report.name}{kind}, data as of {day}, code {code}"


def _pairs(found: Comparison, sides: tuple[Side, Side]) -> Iterator[Pair]:
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
                measured=_capital(str(b["quantity"] or "")),
                verdict=changed is not None,
                moved=name in moved,
                first=not was[name].has_evidence,
                was=scoreboard.row(a),
                now=scoreboard.row(b),
                why=changed.why if changed else "",
                causes=changed.causes if changed else (),
                sources=tuple(_sources(a, b)),
                charts=_charts(name, a, b, sides) if changed or name in moved else (),
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


def _charts(name: str, a: Row, b: Row, sides: tuple[Side, Side]) -> tuple[Markup, ...]:
    """Both reports on one scale, an estimand each; none where they are judged by other limits."""
    was = {estimand["id"]: estimand for estimand in a["estimands"]}
    drawn: list[Markup] = []
    for number, estimand in enumerate(b["estimands"], start=1):
        before = was.get(estimand["id"])
        if before is not None and _limits(before) != _limits(estimand):
            continue
        both = [(sides[0], before), (sides[1], estimand)]
        sources = [
            source | {"source": _told(source, side)}
            for place in range(max(len(one["sources"]) for _, one in both if one))
            for side, one in both
            if one and place < len(one["sources"])
            for source in [one["sources"][place]]
        ]
        several = f", {str(estimand['id']).replace('_', ' ')}" if len(b["estimands"]) > 1 else ""
        measured = f"{b['quantity'] or b['says']}{several}"
        key = f"{name}-{number}"
        drawn += reading_chart.draw([estimand | {"sources": sources}], measured, key)
    return tuple(drawn)


def _limits(estimand: Row) -> tuple[Any, Any]:
    return estimand["supported_if"], estimand["contradicted_if"]


def _told(source: Row, side: Side) -> str:
    name = str(source["source"])
    return side.short if name == "main" else f"{name}, {side.short}"

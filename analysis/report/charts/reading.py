"""The evidence on one estimand against its thresholds: a line a source, drawn as SVG by hand.

A page a claim needs a figure each; these have a value, an interval and thresholds, and take a
thousandth of the time that a plotting library needs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from analysis.claims import rules
from analysis.errors import ClaimError
from analysis.report import numbers

WIDTH, EDGE, STEP, LINE, LETTER = 400.0, 12.0, 44.0, 15.0, 7.2
_DECADE = 10.0


def draw(
    estimands: Sequence[Mapping[str, Any]], quantity: str, key: str = "readings"
) -> list[Markup]:
    """Figures of what each source says, one for all estimands with the same unit and thresholds.

    The scale is logarithmic where all numbers are positive and span a decade or more. There
    is no figure without a number to draw, or where every number is the same.

    Args:
        estimands: those of a row of ``analysis.claims.verdicts.table``.
        quantity: what is measured.
        key: how the ids of the figures begin, another one for each call on a page.
    """
    groups: dict[tuple[str, tuple[float, ...]], list[tuple[str, Mapping[str, Any]]]] = {}
    for estimand in estimands:
        limits = _thresholds(estimand)
        name = str(estimand["id"]).replace("_", " ") if len(estimands) > 1 else ""
        for source in estimand["sources"] if limits else ():
            if source["estimate"] is not None and source["unit"] != numbers.TRUTH:
                alike = (str(source["unit"] or ""), limits)
                groups.setdefault(alike, []).append((_told(name, source), source))
    return [
        _figure(f"{key}-{number}", quantity, unit, limits, found)
        for number, ((unit, limits), found) in enumerate(groups.items(), start=1)
        if len({*limits, *(x for _, source in found for x in _ends(source))}) > 1
    ]


def _figure(
    key: str,
    quantity: str,
    unit: str,
    limits: Sequence[float],
    found: Sequence[tuple[str, Mapping[str, Any]]],
) -> Markup:
    place = _scale([x for _, source in found for x in _ends(source)] + list(limits))
    step = STEP + LINE * (max(len(_lines(told)) for told, _ in found) - 1)
    labels, bottom = _labels(limits, unit, place), step * len(found)
    height = bottom + LINE * max(label.row + 1 for label in labels) + 4
    body = _limits(labels, bottom)
    for number, (told, source) in enumerate(found):
        body += _source(_lines(told), source, place, step * (number + 1) - STEP)
    marks = " and ".join(numbers.quantity(limit, unit) for limit in limits)
    return Markup(
        '<svg class="readings" role="img" aria-labelledby="{0}-title {0}-desc" '
        'viewBox="0 0 {1:g} {2:g}" width="640"><title id="{0}-title">{3}</title>'
        '<desc id="{0}-desc">{4}. The rule compares with {5}.</desc>{6}</svg>'
    ).format(key, WIDTH, height, quantity, ". ".join(told for told, _ in found), marks, body)


def _thresholds(estimand: Mapping[str, Any]) -> tuple[float, ...]:
    texts = (estimand["supported_if"], estimand["contradicted_if"])
    try:
        found = [x for text in texts if text for x in rules.parse(text).numbers]
    except ClaimError:
        return ()
    return tuple(sorted(set(found)))


def _ends(source: Mapping[str, Any]) -> list[float]:
    values = (source["low"], source["estimate"], source["high"])
    return [value for value in values if value is not None]


def _scale(values: Sequence[float]) -> Any:
    """Where a value lies across the figure; a missing one lies at the side it is open to."""
    low, high = min(values), max(values)
    logs = low > 0 and high / low >= _DECADE
    turn = math.log10 if logs else float
    start, span = turn(low), turn(high) - turn(low)
    room = WIDTH - 4 * EDGE

    def place(value: float | None, side: float = 0.0) -> float:
        if value is None:
            return side
        return 2 * EDGE + room * ((turn(value) - start) / span if span else 0.5)

    return place


def _limits(labels: Sequence[_Label], bottom: float) -> Markup:
    return Markup("").join(
        Markup(
            '<path class="limit" d="M{0:.1f} 22V{1:.1f}"/>'
            '<text class="limit" x="{2:.1f}" y="{3:.1f}">{4}</text>'
        ).format(one.line, bottom + 4, one.at, bottom + LINE * (one.row + 1), one.text)
        for one in labels
    )


@dataclass(frozen=True)
class _Label:
    """A threshold: where its line and its text stand, and in which row below the figure."""

    text: str
    line: float
    at: float
    row: int


def _labels(limits: Sequence[float], unit: str, place: Any) -> list[_Label]:
    """Thresholds in as many rows as they need to leave each other room."""
    found: list[_Label] = []
    ends: list[float] = []
    for limit in limits:
        x, text = place(limit), numbers.tick(limit, unit)
        half = LETTER * (len(text) + 1) / 2
        at = min(max(x, half), WIDTH - half)
        row = next((r for r, end in enumerate(ends) if at - half > end), len(ends))
        ends[row : row + 1] = [at + half]
        found.append(_Label(text, x, at, row))
    return found


def _lines(told: str) -> list[str]:
    """What a source says, its name on a line of its own where both need more than the width."""
    name, colon, value = told.rpartition(": ")
    return [f"{name}:", value] if colon and LETTER * len(told) > WIDTH else [told]


def _source(lines: Sequence[str], source: Mapping[str, Any], place: Any, top: float) -> Markup:
    direction = source["direction"] or "open"
    line, x = top + 32, place(source["estimate"])
    span = Markup("")
    if source["level"] is not None:
        span = Markup('<path d="M{:.1f} {:.1f}H{:.1f}"/>').format(
            place(source["low"], 0.0), line, place(source["high"], WIDTH)
        )
    told = Markup("").join(
        Markup('<text x="0" y="{:.1f}">{}</text>').format(top + 14 - LINE * above, text)
        for above, text in enumerate(reversed(lines))
    )
    return told + Markup('<g class="{}">{}<circle cx="{:.1f}" cy="{:.1f}" r="5"/></g>').format(
        direction, span, x, line
    )


def _told(estimand: str, source: Mapping[str, Any]) -> str:
    value = numbers.estimate(
        source["estimate"], source["low"], source["high"], source["unit"] or ""
    )
    return f"{place}: {value}" if (place := label(estimand, source)) else value


def label(estimand: str, source: Mapping[str, Any]) -> str:
    """Estimand and source, as far as they have names: ``"cloud rental, dated facts"``."""
    name = str(source["source"]).replace("_", " ")
    return ", ".join(part for part in (estimand, "" if name == "main" else name) if part)

"""Table 1 cell by cell, for readers: what each cell matches, and at which tolerance."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from analysis.economics.audit.cells import Compared
from analysis.economics.audit.facts import Fact, Facts, listed
from analysis.economics.audit.text import (
    AGENT,
    CHAT,
    COMPUTE,
    GPT4,
    PRICE,
    VIDEO,
    Article,
    Span,
)
from analysis.errors import InputError

TOLERANCES = (1.25, 1.5, 2.0, 3.0)
ROWS, COLUMNS = (CHAT, GPT4, VIDEO, AGENT), (COMPUTE, PRICE, "cost_driver")
UNDISCLOSED = "architecture undisclosed by the maker"


def numbers_table(compared: Sequence[Compared]) -> pd.DataFrame:
    """What the cells with numbers match: the row's own model, and the nearest of all."""
    rows = []
    for found in compared:
        best = found.nearest[0]
        names = sorted({fact.subject for fact in found.nearest})
        rows.append(
            {
                "cell": found.cell.label,
                "stated": _range(found.stated),
                "own figure": found.own_value,
                "times off": round(found.own_off, 2),
                "nearest figure": best.value,
                "of": listed(names) if len(names) < 4 else f"{len(names)} models",
                "times off (nearest)": round(found.nearest_off, 2),
                "day": best.day.isoformat(),
                "grade": best.grade,
                "source": best.cited,
            }
        )
    return pd.DataFrame(rows)


def cells_table(article: Article, facts: Facts, compared: Sequence[Compared]) -> pd.DataFrame:
    """All cells of table 1: what they say, the unit stated and meant, what they match."""
    matched = {(found.cell.row, found.cell.column): _match(found) for found in compared}
    rows = article.cells[article.cells["table"] == 1] if article.published else article.cells
    order = [_order(row, column) for row, column in zip(rows["row"], rows["column"], strict=True)]
    rows = rows.iloc[sorted(range(len(rows)), key=order.__getitem__)]
    return pd.DataFrame(
        {
            "row": rows["row"],
            "column": rows["column"].str.replace("_", " "),
            "stated": rows["stated"],
            "unit stated": rows["unit_stated"],
            "unit meant": rows["unit_meant"],
            "what published figures say": [
                matched.get(_place(row, column)) or _remark(facts, *_place(row, column))
                for row, column in zip(rows["row"], rows["column"], strict=True)
            ],
        }
    ).reset_index(drop=True)


def _place(row: str, column: str) -> tuple[str, str]:
    return next(name for name in ROWS if row.startswith(name)), column


def _order(row: str, column: str) -> tuple[int, int]:
    name, _ = _place(row, column)
    return ROWS.index(name), COLUMNS.index(column)


def _match(found: Compared) -> str:
    names = listed(sorted({fact.subject for fact in found.nearest}))
    if not found.cell.own:
        inside = sum(found.stated.distance(fact.value) == 1 for fact in found.own)
        median, stated = found.own_value, found.stated
        side = "below" if median < stated.low else "above" if median > stated.high else "in"
        return f"{inside} of {len(found.own)} list prices lie in the range; the median is {side} it"
    if found.own_off < TOLERANCES[1]:
        return f"matches the published figure of {found.cell.own}"
    return f"{found.own_off:.1f} times off for {found.cell.own}; matches {names}"


def _remark(facts: Facts, row: str, column: str) -> str:
    """What there is to say of a cell without a number, or without a figure in its unit."""
    if column == "cost_driver" and row in (CHAT, GPT4):
        return UNDISCLOSED
    remarks: dict[tuple[str, str], Callable[[], str]] = {
        (VIDEO, COMPUTE): lambda: (
            f"{_count(facts, 'video_generator_on_sale')} developers sell a generator they trained"
        ),
        (VIDEO, "cost_driver"): lambda: (
            "the makers of both named models describe diffusion of a clip, not of single frames"
        ),
        (AGENT, COMPUTE): lambda: "no training compute of agents is published",
        (AGENT, PRICE): lambda: "no published figure per session-hour",
        (AGENT, "cost_driver"): lambda: "not tested here",
    }
    return remarks.get((row, column), lambda: "no published figure was known by then")()


def _count(facts: Facts, topic: str) -> int:
    try:
        return len({fact.subject for fact in facts.about(topic)})
    except InputError:
        return 0


def tolerance_table(compared: Sequence[Compared]) -> pd.DataFrame:
    """How many cells match, for every tolerance: their own model's figure, or any figure."""
    own, any_figure = [c.own_off for c in compared], [c.nearest_off for c in compared]
    return pd.DataFrame(
        [
            {
                "tolerance": f"{limit:g} times",
                "cells": len(compared),
                "match their own model": sum(off <= limit for off in own),
                "match some figure": sum(off <= limit for off in any_figure),
                "miss their own model": "; ".join(
                    c.cell.label for c in compared if c.own_off > limit
                ),
            }
            for limit in TOLERANCES
        ]
    )


def figure_data(compared: Sequence[Compared]) -> pd.DataFrame:
    """Every published figure as a multiple of what its cell states (middle of a range)."""
    return pd.DataFrame(
        [
            {
                "cell": found.cell.label,
                "published": fact.subject,
                "value": fact.value,
                "unit": fact.unit,
                "day": fact.day.isoformat(),
                "grade": fact.grade,
                "times_stated": fact.value / found.stated.middle,
                "own_model": fact in found.own and found.cell.own != "",
                "stated_low": found.stated.low / found.stated.middle,
                "stated_high": found.stated.high / found.stated.middle,
            }
            for found in compared
            for fact in _distinct(found.published)
        ]
    )


def _distinct(published: Sequence[Fact]) -> list[Fact]:
    """The first fact of every model and value."""
    seen = {(fact.subject, fact.value): fact for fact in reversed(published)}
    return sorted(seen.values(), key=lambda fact: (fact.day, fact.name))


def _range(span: Span) -> str:
    ends = [f"{end:,.2f}" if end < 1000 else f"{end:.2g}" for end in (span.low, span.high)]
    return ends[0] if span.low == span.high else f"{ends[0]} to {ends[1]}"

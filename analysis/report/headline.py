"""What the data say in three sentences, written from the verdicts of the run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from analysis.report import numbers, scoreboard

ARTICLE = (
    "“The Great AI Compute Reckoning” (April 2026) says that the costs of artificial intelligence "
    "have stopped falling and now rise with every step in ability, that running models has become "
    "the heaviest burden, and that those who own the hardware gain while everyone else pays."
)
# A sentence for a claim whose estimate carries the story; one without an estimate is left out.
SENTENCES = (
    (
        "c38",
        "The cost of training the largest models {change}; "
        "that it has grown by orders of magnitude is {verdict}.",
    ),
    (
        "c01",
        "The price of a given ability {change}; that AI gets dearer and no longer cheaper "
        "is {verdict}.",
    ),
)


def sentences(verdicts: Iterable[Mapping[str, Any]]) -> list[str]:
    """The count of verdicts, then one sentence for each headline claim that has an estimate."""
    rows = {str(row["id"]): row for row in verdicts}
    told = [
        text.format(change=change(row), verdict=row["verdict"])
        for claim, text in SENTENCES
        if (row := rows.get(claim)) is not None and row["estimate"] is not None
    ]
    return [_tally(rows.values()), *told]


def change(row: Mapping[str, Any]) -> str:
    """An estimate as a verb phrase: ``"grew 2.4× a year (2.1 to 2.8)"``.

    A yearly factor below 1 is told as a loss, ``"fell 88 % a year (81 % to 92 %)"``, and one
    whose interval holds 1 as neither.
    """
    value, low, high, unit = row["estimate"], row["low"], row["high"], row["unit"] or ""
    if unit != "factor per year":
        return f"is {numbers.estimate(value, low, high, unit)}"
    if high is not None and max(value, high) < 1:
        loss = (1 - value, 1 - high, None if low is None else 1 - low)
        return f"fell {numbers.estimate(*loss, 'share per year')}"
    verb = "grew" if low is not None and min(value, low) > 1 else "changed by"
    return f"{verb} {numbers.estimate(value, low, high, unit)}"


def _tally(rows: Iterable[Mapping[str, Any]]) -> str:
    counts = scoreboard.counts(str(row["verdict"]) for row in rows)
    total, waiting = sum(counts.values()), counts[scoreboard.UNTESTED]
    closed = counts["untestable"]
    tried = total - waiting - closed
    if not tried:
        return f"None of the {total} statements has been put to the test yet."
    parts = [
        f"{counts[verdict]} {verdict}"
        for verdict in ("supported", "contradicted", "mixed", "undecided")
        if counts[verdict]
    ]
    have = "has" if tried == 1 else "have"
    start = f"Of {total} statements, {tried} {have} been put to the test: {_listed(parts)}."
    return f"{start[:-1]}; {closed} cannot be tested with public data." if closed else start


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"

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
# (claim, estimand, sentence): one for each quantity that carries the story.
SENTENCES = (
    (
        "c38",
        "growth",
        "The cost of training the largest models {change}; "
        "the claim that it has grown by orders of magnitude is {verdict}.",
    ),
    (
        "c04",
        "frontier_price",
        "The list price of running the best model {change}; "
        "the claim that the cost curve has turned upwards is {verdict}.",
    ),
    (
        "c24",
        "fixed_capability",
        "The cheapest price of what GPT-4 could do in March 2023 {change}; "
        "the claim that efficiency brings only small gains is {verdict}.",
    ),
    (
        "c84",
        "matched",
        "The list price of one and the same model {change}; "
        "the claim that API prices are rising is {verdict}.",
    ),
    (
        "c01",
        "hedonic",
        "The launch price of models of equal ability {change}; "
        "the claim that AI gets dearer and no longer cheaper is {verdict}.",
    ),
)
SOURCES = {
    "cottier2024": "the 45 models of the paper of 2024",
    "epoch2026": "Epoch AI's data of 2026",
    "price_lists": "price lists",
    "router": "OpenRouter",
}


def sentences(verdicts: Iterable[Mapping[str, Any]]) -> list[str]:
    """The count of verdicts, then one sentence for each headline quantity with an estimate."""
    rows = {str(row["id"]): row for row in verdicts}
    told = [
        text.format(change=change, verdict=rows[claim]["verdict"])
        for claim, estimand, text in SENTENCES
        if (change := _changes(rows.get(claim, {}), estimand))
    ]
    return [_tally(rows.values()), *told]


def _changes(row: Mapping[str, Any], estimand: str) -> str:
    """What each source says: ``"fell 92 % a year (…) on price lists and … on OpenRouter"``."""
    sources = [
        source
        for found in row.get("estimands", ())
        if found["id"] == estimand
        for source in found["sources"]
        if source["estimate"] is not None
    ]
    return " and ".join(
        f"{change(source)} on {SOURCES.get(source['source'], source['source'])}"
        for source in sources
    )


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
    if low is not None and min(value, low) > 1:
        return f"grew {numbers.estimate(value, low, high, unit)}"
    factor, span = numbers.parts(value, low, high, unit)
    times = factor.partition("×")[0]
    return f"moved to {times} times the year before's ({span}: neither fall nor rise is shown)"


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

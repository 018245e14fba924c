"""What the data say in three sentences, written from the verdicts of the run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis.report import numbers
from analysis.report.site import scoreboard

ARTICLE = (
    "“The Great AI Compute Reckoning” (April 2026) says that the costs of artificial intelligence "
    "have stopped falling and now rise with every step in ability, that running models has become "
    "the heaviest burden, and that those who own the hardware gain while everyone else pays."
)
# (claim, estimand, what is measured, what the article claims): the quantities of the story.
SENTENCES = (
    (
        "c38",
        "growth",
        "The cost of training the largest models",
        "it has grown by orders of magnitude",
    ),
    ("c04", "frontier_price", "The list price of running the best model", "costs now rise"),
    (
        "c24",
        "fixed_capability",
        "The cheapest price of what GPT-4 could do in March 2023",
        "efficiency brings only small gains",
    ),
    ("c84", "matched", "The list price of one and the same model", "API prices are rising"),
    (
        "c01",
        "hedonic",
        "The launch price of models of equal ability",
        "AI gets dearer and no longer cheaper",
    ),
)
SOURCES = {
    "cottier2024": "for the 45 models of a study of 2024",
    "epoch2026": "in Epoch AI's data of 2026",
    "price_lists": "on price lists",
    "router": "on OpenRouter",
}


def sentences(verdicts: Iterable[Mapping[str, Any]]) -> list[str]:
    """The count of verdicts, then one sentence for each headline quantity with an estimate."""
    rows = {str(row["id"]): row for row in verdicts}
    told = [
        f"{measured} {changes(found)}. The claim that {claimed} is {_judged(rows[claim], found)}."
        for claim, estimand, measured, claimed in SENTENCES
        if (found := _sources(rows.get(claim, {}), estimand))
    ]
    return [_tally(rows.values()), *told]


def _sources(row: Mapping[str, Any], estimand: str) -> list[Mapping[str, Any]]:
    return [
        source
        for found in row.get("estimands", ())
        if found["id"] == estimand
        for source in found["sources"]
        if source["estimate"] is not None
    ]


def changes(sources: Sequence[Mapping[str, Any]]) -> str:
    """Yearly factors of one quantity on each source, as a verb phrase.

    A fall is told as a loss, ``"fell 92 % a year on price lists (95 % interval 21 % to 99 %)"``;
    a factor whose interval holds 1 is neither rise nor fall: ``"shows no clear change: 0.8 times
    the year before's on price lists (0.3 to 1.9)"``.
    """
    clear = [source for source in sources if _direction(source)]
    unclear = [source for source in sources if not _direction(source)]
    told = " and ".join(f"{_direction(s)} {_size(s)} a year {_where(s)}" for s in clear)
    times = " and ".join(f"{_size(s)} times the year before's {_where(s)}" for s in unclear)
    if not told:
        return f"shows no clear rise or fall: {times}"
    return f"{told}; elsewhere no clear change: {times}" if times else told


def _direction(row: Mapping[str, Any]) -> str:
    low, high = row["low"], row["high"]
    if high is not None and max(row["estimate"], high) < 1:
        return "fell"
    return "grew" if low is not None and min(row["estimate"], low) > 1 else ""


def _size(row: Mapping[str, Any]) -> str:
    return _written(row)[0]


def _where(row: Mapping[str, Any]) -> str:
    place, span = SOURCES.get(row["source"], f"on {row['source']}"), _written(row)[1]
    return f"{place} ({numbers.share(row['level'])} interval {span})" if span else place


def _written(row: Mapping[str, Any]) -> tuple[str, str]:
    """An estimate and its interval: a loss for a fall, a factor otherwise."""
    value, low, high = row["estimate"], row["low"], row["high"]
    if _direction(row) == "fell":
        return numbers.parts(1 - value, 1 - high, None if low is None else 1 - low, "share")
    factor, span = numbers.parts(value, low, high, "factor")
    return (factor if _direction(row) else factor.removesuffix("×")), span


def _judged(row: Mapping[str, Any], sources: Sequence[Mapping[str, Any]]) -> str:
    """The verdict, and for an undecided one what is missing."""
    verdict = str(row["verdict"])
    if verdict != "undecided":
        return verdict
    decisive = all(source["direction"] for source in sources)
    why = "too few specifications agree" if decisive else "the intervals are too wide"
    return f"{verdict}, because {why}"


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

"""One source of a claim on two sides: what it was, what it is, and where that lies by its rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.claims import rules, wording
from analysis.claims.digits import plain, span
from analysis.claims.judge import UNTESTED
from analysis.claims.model import Claim
from analysis.errors import ClaimError

Row = Mapping[str, Any]
POINTS = {"supported": "support", "contradicted": "contradict"}
UNTESTABLE = "untestable"
OPEN = "The window is open"
"""How the reason of a prediction begins that cannot have come true or failed yet."""
_TRUTH = "yes or no"


@dataclass(frozen=True)
class Move:
    """One source of one estimand on both sides; ``None`` where a side does not have it."""

    place: str
    was: Row | None
    now: Row | None

    @property
    def gained(self) -> bool:
        return not known(self.was) and known(self.now)

    @property
    def lost(self) -> bool:
        return known(self.was) and not known(self.now)

    @property
    def turned(self) -> bool:
        both = known(self.was) and known(self.now)
        return both and direction(self.was) != direction(self.now)


def moves(was: Row, now: Row) -> Iterator[Move]:
    """Every source of every estimand that either side has, in the order of ``now``."""
    before, after = _sources(was), _sources(now)
    estimands = {estimand for estimand, _ in (before | after)}
    for key in [*after, *(key for key in before if key not in after)]:
        yield Move(_place(*key, several=len(estimands) > 1), before.get(key), after.get(key))


def _sources(row: Row) -> dict[tuple[str, str], Row]:
    return {
        (str(estimand["id"]), str(source["source"])): {
            "supported_if": estimand["supported_if"],
            "contradicted_if": estimand["contradicted_if"],
            **source,
        }
        for estimand in row["estimands"]
        for source in estimand["sources"]
    }


def _place(estimand: str, source: str, *, several: bool) -> str:
    name = f" for “{estimand.replace('_', ' ')}”" if several else ""
    return f"{name}{wording.on(source)}"


def of_history(row: Row, claim: Claim | None) -> dict[str, Any]:
    """A row of the history in the form of ``verdicts.table``.

    The history keeps one reading of each claim, its first; ``readings`` is how many the ledger
    declares.
    """
    waits = claim is not None and claim.is_open(date.fromisoformat(str(row["as_of"])))
    reason = f"{OPEN}." if waits and row["verdict"] == "undecided" else ""
    found = {"reason": reason, "q": None, "rule": "", "amendments": [], "level": None, **row}
    many = sum(len(one.sources) for one in claim.estimands) if claim else 0
    tested = many and row["verdict"] not in (UNTESTED, UNTESTABLE)
    kept = [_estimand(claim, row)] if claim and tested else []
    family = claim.family if claim else None
    return found | {"estimands": kept, "readings": many, "family": family}


def _estimand(claim: Claim, row: Row) -> dict[str, Any]:
    """The reading kept: the code of all dates is the same and records the first one on each."""
    one = claim.estimands[0]
    source = {
        "source": one.sources[0], "level": None, "reason": "", "clause": "",
        **{name: row[name] for name in ("estimate", "low", "high", "unit", "n", "agree_share")},
    }  # fmt: skip
    texts = {"supported": one.supported_if, "contradicted": one.contradicted_if}
    held = (name for name, text in texts.items() if text and rules.parse(text).holds(_Ends(source)))
    points = next(held, None) if row["estimate"] is not None else None
    return {
        "id": one.id,
        **{f"{name}_if": text for name, text in texts.items()},
        "sources": [source | {"direction": points}],
    }


class _Ends:
    """What a rule compares, from a row."""

    def __init__(self, row: Row) -> None:
        self.estimate, self.low, self.high = row["estimate"], row["low"], row["high"]


def note(row: Row) -> str:
    """What the notebook says about an exact value or a fact, which is more than its number."""
    return reason(row) if row["level"] is None else ""


def stands(source: Row) -> str:
    """Where it lies by its own rule: ``, above 1``, ``, with 1 inside``."""
    if source["unit"] == _TRUTH:
        return ""
    try:
        conditions = {
            name: rules.parse(text) for name in POINTS if (text := source[f"{name}_if"]) is not None
        }
    except ClaimError:
        return ""
    points = direction(source)
    if points in conditions:
        return f", {conditions[points].words()}"
    low, high = source["low"], source["high"]
    inside = {
        x
        for one in conditions.values()
        for x in one.numbers
        if low is not None and high is not None and low <= x <= high
    }
    if inside:
        return f", with {' and '.join(plain(x, 6) for x in sorted(inside))} inside the interval"
    words = " nor ".join(one.words() for one in conditions.values())
    return f", {'neither' if len(conditions) == 2 else 'not'} {words}" if words else ""


def subject(source: Row | None) -> str:
    return "answer" if (source or {}).get("unit") == _TRUTH else "estimate"


def value(row: Row) -> str:
    """``2.4× per year (95 % interval 2.04 to 3.09, n = 45)``."""
    unit, value = str(row["unit"] or ""), row["estimate"]
    if unit == _TRUTH:
        return "yes" if value else "no"
    parts = []
    if row["low"] is not None or row["high"] is not None:
        level = f"{wording.percent(row['level'])} " if row["level"] else ""
        parts.append(f"{level}interval {span(row['low'], row['high'], wording.SHOWN)}")
    if row["n"]:
        parts.append(f"n = {row['n']:,}")
    text = wording.quantity(plain(value, wording.SHOWN), unit)
    return f"{text} ({', '.join(parts)})" if parts else text


def known(row: Row | None) -> bool:
    return row is not None and row["estimate"] is not None


def direction(row: Row | None) -> str:
    return str((row or {}).get("direction") or "")


def reason(row: Row | None) -> str:
    return str((row or {}).get("reason") or "").rstrip(". ")

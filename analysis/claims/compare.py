"""Differences between two summaries, in words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.claims.digits import DIGITS

# Recorded at a rule's change or by the runner; wording follows from the numbers it would repeat.
_SILENT = {"reason", "method", "reference_class", "would_change", "cell", "notebook"}


def compare(before: Mapping[str, Any], after: Mapping[str, Any], rel: float = 1e-6) -> list[str]:
    """What differs between a committed summary and a fresh one; empty when they agree.

    Numbers agree within ``rel``, or within one unit of the sixth significant digit, so that a
    last digit that rounds the other way on another machine is no difference. Texts that only
    explain are not compared.
    """
    found = list(_dates(before, after))
    found += _walk("headline", before["headline"], after["headline"], rel)
    old, new = ({row["id"]: row for row in side["verdicts"]} for side in (before, after))
    for name in sorted(old.keys() | new.keys()):
        was, now = (rows.get(name, {}).get("verdict", "not in the ledger") for rows in (old, new))
        if was != now:
            found.append(f"claim {name}: the verdict is {now}, it was {was}")
    for part, key in (("evidence", _key), ("forecasts", _made)):
        recorded = [{key(row): row for row in side.get(part, ())} for side in (before, after)]
        found += _rows(recorded[0], recorded[1], rel)
    return found


def _rows(old: Mapping[str, Any], new: Mapping[str, Any], rel: float) -> Iterator[str]:
    for key in sorted(old.keys() | new.keys()):
        if key not in new:
            yield f"{key}: no longer recorded"
        elif key not in old:
            yield f"{key}: new"
        else:
            yield from _walk(key, old[key], new[key], rel)


def _dates(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    if before["as_of"] != after["as_of"]:
        yield f"as_of: {after['as_of']}, it was {before['as_of']}"


def _key(row: Mapping[str, Any]) -> str:
    return f"evidence {row['claim']} {row['estimand']}/{row['source']}"


def _made(row: Mapping[str, Any]) -> str:
    return f"forecast {row['prediction']} {row['rule']} by {row['window_end']}"


def _walk(place: str, was: Any, now: Any, rel: float) -> Iterator[str]:
    if isinstance(was, dict) and isinstance(now, dict):
        for name in sorted(was.keys() | now.keys()):
            if name not in _SILENT:
                yield from _walk(f"{place}, {name}", was.get(name), now.get(name), rel)
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for index, (old, new) in enumerate(zip(was, now, strict=True), start=1):
            yield from _walk(f"{place}, item {index}", old, new, rel)
    elif not _same(was, now, rel):
        yield f"{place}: {now!r}, it was {was!r}"


def _same(was: Any, now: Any, rel: float) -> bool:
    if not all(isinstance(x, int | float) and not isinstance(x, bool) for x in (was, now)):
        return bool(was == now)
    if was == now:
        return True
    size = max(abs(was), abs(now))
    last_digit = 10.0 ** (math.floor(math.log10(size)) - DIGITS + 1)
    return abs(was - now) <= max(rel * size, 1.01 * last_digit)

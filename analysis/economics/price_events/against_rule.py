"""Dated price events held against the conditions of the third prediction.

Readings, fixed before the odds were computed. *Strict* asks that every condition be on record: a
consumer product of a kind the rule names (assistant, image or writing tool; tools for design and
office suites make images and texts and count, video does not), large, the price of a tier up by
more than 100 % or free use cut by half or more, not undone, and three national outlets. Free use
that ends in one part of a service counts, and a variant sets it aside. *Lenient* drops the kind
and the size of the service, developer tools and their free tiers included, and takes the coverage
as given, since a row of the list is a report of somebody; a variant asks for it on record. The
close of a product cuts no tier of it; a variant of the lenient reading counts it. An event that was
undone counts under neither.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from analysis.errors import InputError

KINDS = ("assistant", "image generator", "assistant and images", "design", "office suite")
"""Kinds of the list that are an assistant, an image tool or a writing tool."""
RISE_PERCENT, CUT_PERCENT, OUTLETS = 100, 50, 3
"""Thresholds of the frozen rule: more than, at least, at least."""
CLOSED = "app closed"
WINDOW_START, WINDOW_END = date(2026, 4, 1), date(2027, 10, 31)
STRICT = ("strict", "strict, whole service", "strict, coverage as given")
LENIENT = ("lenient", "lenient, coverage on record", "lenient, closings too")
CONDITIONS = {
    "tier": "closed, not cut",
    "kind": "not of the kind named",
    "size": "size not on record or too small",
    "lasting": "undone",
    "large": "users and rank not on record",
    "covered": "fewer outlets on record",
}
COLUMNS = {
    "tier": "goes_on",
    "kind": "kind_meets",
    "size": "size",
    "lasting": "lasting",
    "large": "large_enough",
    "covered": "covered",
}


def held(events: pd.DataFrame) -> pd.DataFrame:
    """Each event with the conditions it meets, in order of its day.

    Columns beside those of the table: ``kind_meets``, ``size``, ``goes_on`` (not closed),
    ``lasting``, ``large_enough``, ``covered`` and ``whole`` (free use did not go on elsewhere in
    the service).

    Raises:
        InputError: when no event is known.
    """
    if events.empty:
        raise InputError("events", "has no price event known by this day")
    dearer = events["price_change_percent"] > RISE_PERCENT
    cut = (events["free_cut_percent"] >= CUT_PERCENT) & (events["free_tier_cut"] == "yes")
    kinds = events["kind"].isin(KINDS) & (events["consumer"] == "yes")
    frame = events.assign(
        kind_meets=kinds,
        size=dearer | cut,
        goes_on=events["event"] != CLOSED,
        lasting=events["reversed"] != "yes",
        large_enough=events["large"] == "yes",
        covered=events["national_outlets"] >= OUTLETS,
        whole=events["part_only"] != "yes",
    )
    frame.attrs = {}
    return frame.sort_values(["refers_to", "service"], ignore_index=True)


def meets(frame: pd.DataFrame, definition: str) -> pd.Series:
    """Whether each event of ``held`` counts under a definition of ``STRICT`` or ``LENIENT``.

    Raises:
        InputError: for another definition.
    """
    if definition not in STRICT + LENIENT:
        raise InputError("definition", f"must be one of {', '.join(STRICT + LENIENT)}")
    sized = frame["goes_on"] & frame["size"]
    if definition == "lenient, closings too":
        sized |= ~frame["goes_on"]
    counts = sized & frame["lasting"]
    if definition in STRICT:
        counts &= frame["kind_meets"] & frame["large_enough"]
    if definition in ("strict", "strict, whole service", "lenient, coverage on record"):
        counts &= frame["covered"]
    return counts & (frame["whole"] | (definition != "strict, whole service"))


def events(
    frame: pd.DataFrame, definition: str, start: pd.Timestamp, end: pd.Timestamp
) -> pd.DataFrame:
    """The events of ``held`` that count, from ``start`` to ``end``."""
    return frame[meets(frame, definition) & frame["refers_to"].between(start, end)]


def table(frame: pd.DataFrame) -> pd.DataFrame:
    """Each event, which reading it meets, and the first condition of the strict one it fails."""
    strict, lenient = meets(frame, "strict"), meets(frame, "lenient")
    failed = [_first_failed(row) for row in frame.to_dict("records")]
    counts = [
        "strict and lenient" if s else f"lenient: {why}" if w else f"neither: {why}"
        for s, w, why in zip(strict, lenient, failed, strict=True)
    ]
    return pd.DataFrame(
        {
            "service": frame["service"],
            "day": frame["refers_to"].dt.strftime("%Y-%m-%d"),
            "event": frame["event"],
            "rise_percent": frame["price_change_percent"],
            "free_cut_percent": frame["free_cut_percent"],
            "national_outlets": frame["national_outlets"],
            "grade": frame["grade"],
            "counts_as": counts,
        }
    )


def by_half_year(frame: pd.DataFrame) -> pd.DataFrame:
    """How many rows the list has of each half-year, and how many of them rest on grade C."""
    half = (frame["refers_to"].dt.month > 6).map({False: "H1", True: "H2"})
    name = frame["refers_to"].dt.year.astype(str) + " " + half
    counted = frame.assign(half_year=name, weakest=frame["grade"] == "C").groupby("half_year")
    found = counted.agg(rows=("service", "size"), of_grade_c=("weakest", "sum"))
    return found.reset_index()


def _first_failed(row: Mapping[Hashable, Any]) -> str:
    """What speaks against the lenient reading, else the first condition of the strict one."""
    order = ("tier", "size", "lasting", "kind", "large", "covered")
    return next((CONDITIONS[name] for name in order if not row[COLUMNS[name]]), "")

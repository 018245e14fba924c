"""Tokens that go to open or small models on a public router (c60).

Readings chosen before the shares were computed:

- A model is *open* where the table says that its weights were public by that week. Sizes are
  hardly published, so neither parameters nor "tuned" can be read, and the rule does not say what
  *small* is. Three readings answer for it (``READINGS``): what the developer sells as a lesser
  sibling (``SMALL``, a part of its name), the same without names that mark a middle size or a
  speed (``SMALLEST``), and what is listed at ``CHEAP_USD`` or less. The estimate is that of the
  first; its interval spans the intervals of all three, so that it decides only where all do.
- A model that nobody looked up is neither open nor closed: unless its name makes it small it is
  left out, of the numerator and the denominator. Both extremes are in the specifications.
- Shares are of the tokens of the fifteen models that the router's ranking shows.
- The latest twelve months are calendar months up to the last one observed; a month without a
  capture is missing. The mean of the monthly shares has the interval of months that resemble
  their neighbours (``average``, sieve).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.columns import require
from analysis.errors import InputError
from analysis.methods.average import average

SMALL = ("air", "fast", "flash", "haiku", "lite", "mini", "nano", "small")
"""Parts of a name that mark the lesser sibling of a larger model."""
SMALLEST = tuple(part for part in SMALL if part not in ("fast", "flash"))
"""Gemini's flash stands above a lite one, and Grok's code-fast has no larger sibling."""
MONTHS = 12
FEWEST = 3
READINGS = ("open or small", "open or smallest", "open or cheap")
KINDS = ("open", *READINGS)
NAMES = {"open or small": SMALL, "open or smallest": SMALLEST}
UNCHECKED = ("left out", "closed", "open")
CHEAP_USD = 1.0
"""USD per million output tokens; c57 draws its line at one dollar too, on the blended price."""


def is_small(models: pd.Series, names: Sequence[str] = SMALL) -> pd.Series:
    """Whether a name has a part of ``names``: ``gpt-4o-mini`` has, ``gemini`` has not."""
    parts = models.str.split("/").str[-1].str.split(r"[-_:.]", regex=True)
    return parts.map(lambda found: bool(set(found) & set(names)))


def is_cheap(usage: pd.DataFrame, prices: pd.DataFrame, line: float = CHEAP_USD) -> pd.Series:
    """Whether the router last listed the model at ``line`` USD per million output tokens or less.

    The listing is the model's name, with or without its date; without one it is not cheap.
    """
    listed = prices[(prices["variant"] == "") & prices["output_usd_per_million_tokens"].notna()]
    last = listed.sort_values("refers_to", kind="stable").drop_duplicates("listing", keep="last")
    known = last.set_index("listing")["output_usd_per_million_tokens"]
    dated = usage["model"].map(known)
    return dated.fillna(usage["model"].map(_undated).map(known)) <= line


def monthly(
    usage: pd.DataFrame,
    *,
    kind: str = "open or small",
    unchecked: str = "left out",
    top: int = 15,
    cheap: pd.Series | None = None,
) -> pd.DataFrame:
    """Share of a month's tokens that went to the ``kind``, with the tokens counted.

    Args:
        usage: rows of the table of the router's usage.
        kind: one of ``KINDS``; ``open or cheap`` needs ``cheap``, from ``is_cheap``.
        unchecked: what a model counts as that nobody looked up, one of ``UNCHECKED``.
        top: how far down the ranking.

    Raises:
        InputError: for an unknown choice, or no row.
    """
    for name, value, valid in (("kind", kind, KINDS), ("unchecked", unchecked, UNCHECKED)):
        if value not in valid:
            raise InputError(name, f"must be one of {', '.join(valid)}")
    require("usage", usage, ["month", "rank", "model", "tokens", "open_weights"])
    rows = usage[usage["rank"] <= top]
    if rows.empty:
        raise InputError("usage", "has no month known by this day")
    inside = rows["open_weights"].eq("yes")
    unknown = rows["open_weights"].eq("not checked")
    if kind in NAMES:
        inside |= is_small(rows["model"], NAMES[kind])
    elif kind == "open or cheap":
        if cheap is None:
            raise InputError("cheap", "must say which models are cheap")
        inside |= cheap.reindex(rows.index).fillna(False).astype(bool)
    if unchecked == "open":
        inside |= unknown
    kept = inside | ~unknown if unchecked == "left out" else rows["tokens"] > 0
    tokens = rows["tokens"].astype(float).where(kept, 0.0)
    frame = pd.DataFrame({"month": rows["month"], "to": tokens.where(inside, 0.0)})
    sums = frame.assign(tokens=tokens).groupby("month", sort=True).sum().reset_index()
    return sums[sums["tokens"] > 0].assign(share=lambda month: month["to"] / month["tokens"])


def latest(shares: pd.DataFrame, months: int = MONTHS, *, whole: bool = False) -> pd.DataFrame:
    """The last calendar ``months`` up to the newest observed.

    ``whole`` leaves the newest one out first: it is a live week in the middle of its month.
    """
    seen = shares.iloc[:-1] if whole else shares
    periods = pd.PeriodIndex(seen["month"], freq="M")
    return seen[periods > periods.max() - months]


def by_reading(
    usage: pd.DataFrame, prices: pd.DataFrame, *, level: float = 0.95, seed: int = 0
) -> pd.DataFrame:
    """Mean monthly share of the latest twelve months, with its interval, under each reading.

    Raises:
        InputError: when fewer than three months are known.
    """
    cheap, rows = is_cheap(usage, prices), []
    for kind in READINGS:
        recent = latest(monthly(usage, kind=kind, cheap=cheap))
        if len(recent) < FEWEST:
            raise InputError("usage", f"has {len(recent)} of the {FEWEST} months that a mean needs")
        found = average(recent["share"].to_numpy(), level=level, seed=seed)
        low, high = found.interval
        rows.append(
            {
                "counts_as": kind,
                "months": found.n,
                "share": found.mean,
                "low": max(0.0, low),
                "high": min(1.0, high),
            }
        )
    return pd.DataFrame(rows)


def share(
    usage: pd.DataFrame, prices: pd.DataFrame, *, level: float = 0.95, seed: int = 0
) -> Answer:
    """Mean monthly share of tokens that go to open or small models, latest twelve months (c60).

    The estimate of the first of ``READINGS``, the interval of all.

    Raises:
        InputError: when fewer than three months are known.
    """
    found = by_reading(usage, prices, level=level, seed=seed)
    head, months = found["share"].iloc[0], int(found["months"].iloc[0])
    reason = (
        f"Mean over {months} months of the fifteen most used models of one router, whose users"
        " choose by price. The rule does not say what small is; the interval spans three readings"
        f" of it, whose means run from {found['share'].min():.2f} to {found['share'].max():.2f}."
    )
    return Answer(
        float(head), (float(found["low"].min()), float(found["high"].max())), months,
        "mean of monthly shares, sieve bootstrap-t; models not looked up left out", reason, "B",
        detail=dict(zip(found["counts_as"], found["share"].map(float), strict=True)),
    )  # fmt: skip


def bounds(usage: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Monthly shares with the ends that models not looked up leave open: none open, or all."""
    ways = {"share": "left out", "low": "closed", "high": "open"}
    found = {
        name: monthly(usage, kind=kind, unchecked=how).set_index("month")["share"]
        for name, how in ways.items()
    }
    return pd.DataFrame(found).dropna().reset_index()


def _undated(name: str) -> str:
    return re.sub(r"-(\d{8}|\d{4}-\d{2}-\d{2}|\d{4})$", "", name)

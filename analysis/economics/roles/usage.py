"""Tokens that go to open or small models on a public router (c60).

Readings chosen before the shares were computed:

- A model is *open* where the table says that its weights were public by that week, *small* where
  its developer sells it as the lesser sibling (``SMALL``, a part of its name). Sizes are hardly
  published, so neither parameters nor "tuned" can be read.
- A model that nobody looked up is neither open nor closed: unless its name makes it small it is
  left out, of the numerator and the denominator. Both extremes are in the specifications.
- Shares are of the tokens of the fifteen models that the router's ranking shows.
- The latest twelve months are calendar months up to the last one observed; a month without a
  capture is missing. The mean of the monthly shares has the interval of months that resemble
  their neighbours (``average``, sieve).
"""

from __future__ import annotations

import re

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.columns import require
from analysis.errors import InputError
from analysis.methods.average import average

SMALL = ("air", "fast", "flash", "haiku", "lite", "mini", "nano", "small")
"""Parts of a name that mark the lesser sibling of a larger model."""
MONTHS = 12
FEWEST = 3
KINDS = ("open", "open or small", "open or cheap")
UNCHECKED = ("left out", "closed", "open")
CHEAP_USD = 1.0
"""USD per million output tokens; c57 draws its line at one dollar too, on the blended price."""


def is_small(models: pd.Series) -> pd.Series:
    """Whether a name has a part of ``SMALL``: ``gpt-4o-mini`` has, ``gemini`` has not."""
    parts = models.str.split("/").str[-1].str.split(r"[-_:.]", regex=True)
    return parts.map(lambda found: bool(set(found) & set(SMALL)))


def is_cheap(usage: pd.DataFrame, prices: pd.DataFrame, line: float = CHEAP_USD) -> pd.Series:
    """Whether the router last listed the model at ``line`` USD per million output tokens or less.

    The listing is the model's name, with or without its date; without one it is not cheap.
    """
    listed = prices[(prices["variant"] == "") & prices["output_usd_per_million_tokens"].notna()]
    last = listed.sort_values("refers_to").drop_duplicates("listing", keep="last")
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
    if kind == "open or small":
        inside |= is_small(rows["model"])
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

    ``whole`` leaves the newest one out: it is a live week in the middle of its month.
    """
    periods = pd.PeriodIndex(shares["month"], freq="M")
    kept = shares[periods > periods.max() - months]
    return kept.iloc[:-1] if whole else kept


def share(usage: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> Answer:
    """Mean monthly share of tokens that go to open or small models, latest twelve months (c60).

    Raises:
        InputError: when fewer than three months are known.
    """
    recent = latest(monthly(usage))
    if len(recent) < FEWEST:
        raise InputError("usage", f"has {len(recent)} of the {FEWEST} months that a mean needs")
    found = average(recent["share"].to_numpy(), level=level, seed=seed)
    low, high = found.interval
    reason = (
        f"Mean over {found.n} months of the fifteen most used models of one router, whose users"
        " choose by price; why they choose cannot be read from it."
    )
    return Answer(
        found.mean, (max(0.0, low), min(1.0, high)), found.n,
        "mean of monthly shares, sieve bootstrap-t; models not looked up left out", reason, "B",
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

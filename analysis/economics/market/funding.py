"""Money for foundation model labs by quarter, and its growth."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.errors import InputError
from analysis.methods import multiverse, trend
from analysis.methods.multiverse import Multiverse
from analysis.methods.trend import LogLinear

FIRST = "2023-01-01"
LISTED = ("MiniMax", "Z.ai")
LISTED_ON = pd.Timestamp("2026-01-08")
LEADERS = ("OpenAI", "Anthropic")
EPOCH = "Epoch AI"
FEWEST = 4
NEGLIGIBLE = 0.05
"""Share of the money below which a grade of sources is not needed for the estimate."""


def closed(rounds: pd.DataFrame) -> pd.DataFrame:
    """Rounds that brought new equity: no talks, no sales between holders, no debt alone."""
    return rounds[(rounds["status"] == "closed") & (rounds["equity_usd"] > 0)]


def by_period(rounds: pd.DataFrame, through: Any, *, months: int = 3) -> pd.DataFrame:
    """Equity by complete quarter (or half-year) from 2023 to ``through``.

    A period without a recorded round is absent, not zero: no source lists the silence.

    Returns:
        ``refers_to`` (middle of the period), ``equity_usd``, ``rounds``.
    """
    frame = closed(rounds)
    frame = frame[frame["refers_to"].between(pd.Timestamp(FIRST), pd.Timestamp(through))]
    steps = (frame["refers_to"].dt.year - 2023) * 12 + frame["refers_to"].dt.month - 1
    groups = frame.groupby(steps // months)["equity_usd"]
    sums = pd.DataFrame({"equity_usd": groups.sum(), "rounds": groups.size()})
    starts = [pd.Timestamp(FIRST) + pd.DateOffset(months=int(k) * months) for k in sums.index]
    ends = [start + pd.DateOffset(months=months, days=-1) for start in starts]
    sums["refers_to"] = [s + (e - s) / 2 for s, e in zip(starts, ends, strict=True)]
    complete = [end <= pd.Timestamp(through) for end in ends]
    columns = ["refers_to", "equity_usd", "rounds"]
    return sums.loc[complete, columns].reset_index(drop=True)


def fit(periods: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> LogLinear:
    """Log-linear trend of money by period, Newey-West with critical values by sieve bootstrap."""
    if len(periods) < FEWEST:
        raise InputError("funding rounds", f"fill {len(periods)} periods; at least {FEWEST}")
    return trend.log_linear(periods["refers_to"], periods["equity_usd"], level=level, seed=seed)


def lab_money(
    rounds: pd.DataFrame, through: Any, later: Any, *, level: float = 0.95, seed: int = 0
) -> Answer:
    """Growth of equity raised by labs from 2023, per year (c61).

    ``through`` is the last day that decides, ``later`` that of the figure shown beside it.
    """
    periods = by_period(rounds, through)
    found = fit(periods, level=level, seed=seed)
    beside = fit(by_period(rounds, later), level=level, seed=seed)
    reason = (
        f"equity in {int(periods['rounds'].sum())} closed rounds by quarter to"
        f" {pd.Timestamp(through):%B %Y}; to {pd.Timestamp(later):%B %Y} it is"
        f" {beside.growth_per_year:.3g} times a year; small and late rounds are listed less often"
    )
    return Answer(
        estimate=found.growth_per_year,
        interval=found.interval,
        n=found.n,
        method="log-linear trend of quarterly equity, Newey-West with sieve bootstrap",
        reason=reason,
        grade=_weakest(closed(rounds)),
        p_value=found.p_value,
        detail={"to_run_date": beside.growth_per_year, "rounds": int(periods["rounds"].sum())},
    )


def money_curve(rounds: pd.DataFrame, through: Any, later: Any) -> Multiverse:
    """Growth of labs' equity under every defensible choice.

    Axes: who lists the rounds, which labs, first year, last day, length of a period, estimator.
    """
    axes: dict[str, Sequence[Any]] = {
        "listed_by": ("all", EPOCH),
        "labs": ("all", "without OpenAI", "without the two leaders", "without stock listings"),
        "start": (2023, 2024),
        "end": ("2025-12-31", str(pd.Timestamp(through).date()), str(pd.Timestamp(later).date())),
        "months": (3, 6),
        "estimator": ("least squares", "Theil-Sen"),
    }
    plain = closed(rounds).copy()
    plain.attrs = {}

    def estimate(**choice: Any) -> tuple[float, float, float]:
        periods = by_period(_sample(plain, choice), choice["end"], months=choice["months"])
        periods = periods[periods["refers_to"] >= f"{choice['start']}-01-01"]
        if len(periods) < FEWEST:
            raise InputError("funding rounds", f"fill {len(periods)} periods")
        if choice["estimator"] == "Theil-Sen":
            ranks = trend.theil_sen(periods["refers_to"], periods["equity_usd"])
            return ranks.growth_per_year, *ranks.interval
        found = trend.log_linear(periods["refers_to"], periods["equity_usd"], covariance="HC3")
        return found.growth_per_year, *found.interval

    specs = [dict(zip(axes, choice, strict=True)) for choice in product(*axes.values())]
    curve = multiverse.run(specs, estimate, group="listed_by")
    if curve.n == 0:
        raise InputError("funding rounds", "allow no specification")
    return curve


def _weakest(rounds: pd.DataFrame) -> str:
    """The weakest grade that carries more than a negligible share of the money."""
    shares = rounds.groupby("grade")["equity_usd"].sum() / rounds["equity_usd"].sum()
    return str(shares.index[shares > NEGLIGIBLE].max())


def _sample(rounds: pd.DataFrame, choice: dict[str, Any]) -> pd.DataFrame:
    listed = rounds if choice["listed_by"] == "all" else rounds[rounds["dataset"] == EPOCH]
    if choice["labs"] == "without OpenAI":
        return listed[listed["company"] != "OpenAI"]
    if choice["labs"] == "without the two leaders":
        return listed[~listed["company"].isin(LEADERS)]
    if choice["labs"] == "without stock listings":
        offered = listed["company"].isin(LISTED) & (listed["refers_to"] == LISTED_ON)
        return listed[~offered]
    return listed

"""Volume of compute sold, and whether chips improve as fast as demand grows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.errors import InputError
from analysis.methods import trend

DATA_CENTRE, REVENUE = "data_centre_revenue", "revenue"
QUARTER = pd.DateOffset(months=3)


def quarters(accounts: pd.DataFrame, measure: str, start: Any) -> pd.Series:
    """NVIDIA's quarterly figure in USD, of quarters that begin on ``start`` or later.

    Its quarters end on the last Sunday of a month, so three months before the end is near enough.
    """
    rows = accounts[
        (accounts["company"] == "NVDA")
        & (accounts["measure"] == measure)
        & (accounts["period"] == "quarter")
    ]
    begun = rows[rows["refers_to"] >= pd.Timestamp(start) + QUARTER]
    return begun.set_index("refers_to")["value_usd"].sort_index()


def chips_sold(
    sold: pd.DataFrame, start: Any, column: str = "h100_equivalents_median"
) -> pd.Series:
    """NVIDIA's chips sold by quarter, from running totals; quarters as in ``quarters``."""
    totals = sold[sold["designer"] == "NVIDIA"].set_index("refers_to")[column].sort_index()
    steps = totals.diff().dropna()
    return steps[(steps.index >= pd.Timestamp(start) + QUARTER) & (steps > 0)]


def growth(series: pd.Series, *, level: float = 0.95, seed: int = 0) -> Answer:
    """Growth of quarterly revenue, a factor per year (c08, volume)."""
    if len(series) < 4:
        raise InputError("series", f"has {len(series)} quarters known by then, 4 are needed")
    fit = trend.log_linear(series.index, series, covariance="sieve", level=level, seed=seed)
    return Answer(
        estimate=fit.growth_per_year,
        interval=fit.interval,
        n=fit.n,
        grade="B",
        method="log-linear trend by quarter, Newey-West with sieve-bootstrap critical values",
        reason=(
            f"Data-centre revenue of NVIDIA over {fit.n} quarters to"
            f" {series.index.max():%B %Y}; dollars are price times volume, and growth was fastest"
            " in the first year"
        ),
    )


def by_first_quarter(series: pd.Series, *, level: float = 0.95, seed: int = 0) -> pd.DataFrame:
    """The same growth with one quarter more left off the start, up to four."""
    rows = []
    for left in range(min(5, max(0, len(series) - 5))):
        answer = growth(series.iloc[left:], level=level, seed=seed)
        low, high = answer.interval or (float("nan"),) * 2
        rows.append(
            {
                "first_quarter_ends": series.index[left],
                "quarters": answer.n,
                "growth_per_year": answer.estimate,
                "low": low,
                "high": high,
            }
        )
    return pd.DataFrame(rows)


def pace(
    improvements: pd.DataFrame, answers: Mapping[str, Answer], rates: pd.DataFrame
) -> pd.DataFrame:
    """Growth of what chips do for money beside growth of what is asked of them, with intervals.

    ``improvements`` is ``chips.growth_table``, ``rates`` the table published_rates.
    """
    kinds = ("16-bit FLOP/s per dollar", "16-bit FLOP/s per watt", "memory bytes/s per dollar")
    chips = improvements[
        improvements["quantity"].isin(kinds) & improvements["growth_per_year"].notna()
    ]
    rows: list[dict[str, Any]] = [
        {"side": "supply", "quantity": row.quantity, "growth_per_year": row.growth_per_year,
         "low": row.low, "high": row.high, "source": "this notebook"}
        for row in chips.itertuples()
    ]  # fmt: skip
    for name, answer in answers.items():
        if answer.estimate is not None and answer.interval is not None:
            low, high = answer.interval
            rows.append({"side": "demand", "quantity": name, "growth_per_year": answer.estimate,
                         "low": low, "high": high, "source": "this notebook"})  # fmt: skip
    asked = rates[rates["rate"].isin(("training compute", "training cost"))]
    for row in asked.sort_values("known_from").drop_duplicates("rate", keep="last").itertuples():
        rows.append({"side": "demand", "quantity": f"{row.rate}, {row.subject}",
                     "growth_per_year": row.value, "low": row.low, "high": row.high,
                     "source": row.source})  # fmt: skip
    columns = ["side", "quantity", "growth_per_year", "low", "high", "source"]
    return pd.DataFrame(rows, columns=columns)

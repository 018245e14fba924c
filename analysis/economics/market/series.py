"""The series nearest to the article's market segments, and their growth over a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.methods.trend import decimal_year

START = "2023-01-01"
CAPEX_FIRMS = ("AMZN", "GOOGL", "META", "MSFT")
LONGEST_GAP = 1.02
"""Years between two figures beyond which nothing is read off between them."""
SAME_DAY = 3.5 / 365.25
"""Years by which fiscal quarters and leap years may shift a date."""


@dataclass(frozen=True, eq=False)
class Series:
    """Dated levels of one publisher and definition.

    ``frame`` has ``refers_to``, ``value_usd`` and ``grade``, in time order; ``growth_percent``
    where the publisher states growth over a year. ``near`` says why it is not the segment.
    """

    name: str
    near: str
    frame: pd.DataFrame

    @property
    def grade(self) -> str:
        """The weakest of its rows."""
        return str(self.frame["grade"].max())


def cloud(market: pd.DataFrame) -> Series:
    """Quarterly spending on cloud infrastructure services, with growth as published."""
    frame = market.assign(value_usd=market["spend_usd_bn"] * 1e9)
    near = "all cloud services that customers rent, of which AI is a part"
    return _series("All cloud (Synergy)", near, frame)


def chips(accounts: pd.DataFrame) -> Series:
    """NVIDIA's quarterly data-centre revenue."""
    near = "one maker's chips and networks, sold to clouds and to others"
    return _series("NVIDIA data centre", near, _quarters(accounts, "NVDA", "data_centre_revenue"))


def capex(accounts: pd.DataFrame, firms: Sequence[str] = CAPEX_FIRMS) -> Series:
    """Quarterly cash capital expenditure of the named firms, where all have reported."""
    parts = [_quarters(accounts, firm, "capital_expenditure") for firm in firms]
    rows = pd.concat(parts)
    groups = rows.groupby("refers_to")
    frame = groups.agg(value_usd=("value_usd", "sum"), grade=("grade", "max"), n=("grade", "size"))
    complete = frame[frame["n"] == len(firms)].reset_index()
    return _series("Cloud capex", "buildings and all machines of four firms", complete)


def run_rate(accounts: pd.DataFrame, company: str) -> Series:
    """Annualised revenue of a lab; of two figures for one day the one known later."""
    rows = accounts[
        (accounts["company"] == company)
        & (accounts["measure"] == "revenue")
        & (accounts["scope"] == "company")
        & (accounts["period"] == "rate")
    ]
    frame = rows.sort_values(["refers_to", "known_from"]).drop_duplicates("refers_to", keep="last")
    near = "one lab's whole revenue, consumers and subscriptions included"
    return _series(f"{company} revenue", near, frame.rename(columns={"value": "value_usd"}))


def growth(series: Series, *, lag: float = 1.0, start: str = START) -> pd.DataFrame:
    """Growth over ``lag`` years at each date, in percent per year.

    100 ((y(t) / y(t - lag))^(1/lag) - 1). Where the earlier date has no figure its logarithm is
    read off the line between its two neighbours, unless they lie more than a year apart; growth
    over one year is the publisher's where stated.

    Returns:
        ``refers_to``, ``growth_percent``, ``basis`` (published or computed), from ``start`` on.

    Raises:
        InputError: when no figure has one a year before it.
    """
    frame = series.frame
    years = decimal_year(frame["refers_to"])
    logs = np.log(frame["value_usd"].to_numpy(dtype=float))
    known = np.isfinite(logs)
    earlier = _between(years - lag, years[known], logs[known])
    computed = pd.Series(100 * np.expm1((logs - earlier) / lag), index=frame.index)
    stated = frame.get("growth_percent", pd.Series(np.nan, index=frame.index)).astype(float)
    stated = stated if lag == 1 else stated * np.nan
    rates = pd.DataFrame(
        {
            "refers_to": frame["refers_to"],
            "growth_percent": stated.fillna(computed),
            "basis": np.where(stated.notna(), "published", "computed"),
        }
    )
    rates = rates[rates["growth_percent"].notna() & (rates["refers_to"] >= start)]
    if rates.empty:
        raise InputError(series.name, "has no two figures a year apart")
    return rates.reset_index(drop=True)


def year_end(series: Series, year: int, *, days: int = 15) -> float:
    """The figure nearest to the last day of a year.

    Raises:
        InputError: when none lies within ``days`` of it.
    """
    frame = series.frame[series.frame["value_usd"].notna()]
    away = (frame["refers_to"] - pd.Timestamp(year, 12, 31)).abs()
    if away.empty or away.min() > pd.Timedelta(days=days):
        raise InputError(series.name, f"has no figure for the end of {year}")
    return float(frame["value_usd"].to_numpy()[away.to_numpy().argmin()])


def _series(name: str, near: str, frame: pd.DataFrame) -> Series:
    columns = [c for c in ("refers_to", "value_usd", "grade", "growth_percent") if c in frame]
    kept = frame[columns].sort_values("refers_to").reset_index(drop=True)
    kept.attrs = {}
    if kept.empty:
        raise InputError(name, "has no figure that was known by then")
    return Series(name, near, kept)


def _quarters(accounts: pd.DataFrame, firm: str, measure: str) -> pd.DataFrame:
    wanted = (accounts["company"] == firm) & (accounts["measure"] == measure)
    return accounts[wanted & (accounts["period"] == "quarter")]


def _between(at: np.ndarray, years: np.ndarray, logs: np.ndarray) -> np.ndarray:
    """Values at ``at``: a figure of that day, else on the line between near neighbours."""
    if len(years) < 2:
        return np.full(at.shape, np.nan)
    after = np.clip(np.searchsorted(years, at), 1, len(years) - 1)
    closer = np.where(years[after] - at < at - years[after - 1], after, after - 1)
    same = np.abs(years[closer] - at) <= SAME_DAY
    spanned = (at > years[0]) & (at < years[-1])
    inside = spanned & (years[after] - years[after - 1] <= LONGEST_GAP)
    read = np.where(inside, np.interp(at, years, logs), np.nan)
    return np.where(same, logs[closer], read)

"""Table 3 cell by cell: published growth and funding against the stated ones."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.market import series as series_of
from analysis.economics.market.series import Series
from analysis.errors import InputError

TABLE = 3
ROWS = {
    "infrastructure": "Cloud AI Infrastructure Spend",
    "enterprise": "Enterprise AI Software (API-based)",
    "consumer": "Consumer AI App Revenue",
    "chip_startups": "AI Chip Startup Funding",
}
COLUMNS = {"2023": "growth_2023", "2024_25": "growth_2024_2025"}
START_UPS = "AI chip start-ups"


def stated(article: pd.DataFrame, segment: str, period: str) -> float:
    """A cell of table 3: percent per year, or USD for chip start-ups.

    Raises:
        InputError: before the article was published.
    """
    rows = article[
        (article["table"] == TABLE)
        & (article["row"] == ROWS[segment])
        & (article["column"] == COLUMNS[period])
    ]
    if rows.empty:
        raise InputError("article", "was not published by then, so nothing was stated")
    return float(rows["value_low"].iloc[0])


def cloud_2023(cloud: Series) -> Answer:
    """Mean of the four published growth rates of 2023, in percent."""
    rates = series_of.growth(cloud)
    rates = rates[rates["refers_to"].dt.year == 2023]
    if len(rates) != 4:
        raise InputError(cloud.name, f"has {len(rates)} of the four quarters of 2023")
    return _found(float(rates["growth_percent"].mean()), cloud, 4, "mean of the four quarters")


def cloud_2024_25(cloud: Series) -> Answer:
    """Growth per year of a calendar year's spending from 2023 to 2025, in percent."""
    frame = cloud.frame
    year = frame["refers_to"].dt.year
    sums = frame.groupby(year)["value_usd"].agg(["sum", "count"])
    if not {2023, 2024, 2025} <= set(sums.index[sums["count"] == 4]):
        raise InputError(cloud.name, "lacks a quarter of 2023, 2024 or 2025")
    ratio = float(sums["sum"].loc[2025]) / float(sums["sum"].loc[2023])
    found = _found(_per_year(ratio), cloud, 12, "growth per year from 2023 to 2025")
    alone = 100 * (float(sums["sum"].loc[2025]) / float(sums["sum"].loc[2024]) - 1)
    return replace(found, reason=f"{found.reason}; 2025 alone {alone:.3g} %")


def lab_growth(lab: Series, first: int, last: int) -> Answer:
    """Growth per year between the run rates at the end of two years, in percent."""
    ratio = series_of.year_end(lab, last) / series_of.year_end(lab, first)
    method = f"growth per year of the run rate, end of {first} to end of {last}"
    return _found(100 * (ratio ** (1 / (last - first)) - 1), lab, 2, method)


def chip_money(funding: pd.DataFrame, years: tuple[int, ...]) -> Answer:
    """Published funding of AI chip start-ups in the named years together, in USD.

    Raises:
        InputError: when a year has no figure.
    """
    rows = funding[(funding["scope"] == START_UPS) & funding["year"].isin(years)]
    if len(rows) != len(years):
        named = " and ".join(map(str, years))
        raise InputError("funding of AI chip start-ups (Omdia)", f"has no figure for {named}")
    return Answer(
        estimate=float(rows["value_usd_bn"].sum()) * 1e9,
        interval=None,
        n=len(rows),
        method="sum of the years, disclosed funding after Omdia",
        reason="Omdia, disclosed rounds of AI chip start-ups, known from a blog",
        grade=str(rows["grade"].max()),
    )


def difference(published: Answer, claimed: float) -> Answer:
    """Published less stated growth, absolute, in percentage points."""
    seen = _value(published)
    return _against(published, abs(seen - claimed), f"{seen:,.3g} %", f"{claimed:g} %")


def apart(published: Answer, claimed: float) -> Answer:
    """Published over stated sum, the larger over the smaller."""
    seen = _value(published)
    ratio = max(seen / claimed, claimed / seen)
    return _against(published, ratio, f"${seen / 1e9:.3g} billion", f"${claimed / 1e9:g} billion")


def _found(percent: float, series: Series, n: int, method: str) -> Answer:
    reason = f"{series.name}: {series.near}"
    return Answer(percent, None, n, method=method, reason=reason, grade=series.grade)


def _against(published: Answer, distance: float, seen: str, claimed: str) -> Answer:
    reason = f"{seen} published against {claimed} stated ({published.reason})"
    detail = {"published": published.estimate}
    return replace(published, estimate=distance, reason=reason, detail=detail)


def _value(answer: Answer) -> float:
    if answer.estimate is None:
        raise InputError("published figure", answer.reason)
    return answer.estimate


def _per_year(ratio: float, years: int = 2) -> float:
    return 100 * (float(ratio) ** (1 / years) - 1)

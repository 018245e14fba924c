"""The same question at other abilities, and how sure it is that the cheapest model is able."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from scipy import special

from analysis.claims.answer import attempt
from analysis.economics import listings
from analysis.economics.prices import series as price_series
from analysis.economics.prices.capability import monthly_growth
from analysis.economics.prices.panels import Panel

# One model a year or less apart, each the best of its developer when it came out.
RUNGS = ("gpt-4-0314", "gpt-4o-2024-05-13", "o1-2024-12-17", "gpt-5-2025-08-07")


def ladder(
    panels: dict[str, Panel],
    quality: pd.DataFrame,
    rungs: Sequence[str] = RUNGS,
    *,
    level: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Growth per year of the cheapest price at each rung's ability, since it was first on sale.

    Columns: ability_of, source, first_month, last_month, first_price, last_price, cheapest_now,
    growth_per_year, low, high, n.
    """
    rows = []
    for rung, source, series in _climb(panels, quality, rungs):
        found = attempt(monthly_growth, series, "price", level=level, seed=seed)
        first, last = series.iloc[0], series.iloc[-1]
        low, high = found.interval or (None, None)
        rows.append(
            {
                "ability_of": rung,
                "source": source,
                "first_month": f"{first['month']:%Y-%m}",
                "last_month": f"{last['month']:%Y-%m}",
                "first_price": first["price"],
                "last_price": last["price"],
                "cheapest_now": last["model"],
                "growth_per_year": found.estimate,
                "low": low,
                "high": high,
                "n": len(series),
            }
        )
    return pd.DataFrame(rows)


def ladder_series(
    panels: dict[str, Panel], quality: pd.DataFrame, rungs: Sequence[str] = RUNGS
) -> pd.DataFrame:
    """Cheapest price at each rung and month end: ability_of, source, month, model, host, price."""
    parts = [
        series.assign(ability_of=rung, source=source)
        for rung, source, series in _climb(panels, quality, rungs)
    ]
    names = ["ability_of", "source", "month", "model", "host", "price"]
    return pd.concat(parts)[names].reset_index(drop=True) if parts else pd.DataFrame(columns=names)


def able_at_all(series: pd.DataFrame, quality: pd.DataFrame, reference: str) -> pd.DataFrame:
    """How likely it is that each model that set the price is as able as the reference.

    P = Φ((a - r) / √(se_a² + se_r²)) with the abilities and standard errors of both.

    Columns: model, months (that it set the price), margin, error, probability.
    """
    scored = listings.best_effort(quality).set_index("model")
    bar, bar_error = (float(scored[name][reference]) for name in ("ability", "standard_error"))
    setters = series.groupby("model", sort=False).agg(
        months=("month", "size"), ability=("ability", "first"), own=("standard_error", "first")
    )
    error = (setters["own"] ** 2 + bar_error**2).pow(0.5).where(setters.index != reference, 0.0)
    margin = setters["ability"] - bar
    sure = margin.div(error.where(error > 0)).apply(special.ndtr).fillna(1.0)
    return (
        pd.DataFrame(
            {"months": setters["months"], "margin": margin, "error": error, "probability": sure}
        )
        .rename_axis("model")
        .reset_index()
    )


def _climb(
    panels: dict[str, Panel], quality: pd.DataFrame, rungs: Sequence[str]
) -> list[tuple[str, str, pd.DataFrame]]:
    scored = listings.best_effort(quality).set_index("model")["ability"]
    found = [
        (rung, source, price_series.cheapest(panel, float(scored[rung])))
        for rung in rungs
        if rung in scored.index
        for source, panel in panels.items()
    ]
    return [(rung, source, series) for rung, source, series in found if len(series)]

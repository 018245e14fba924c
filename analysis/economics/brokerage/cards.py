"""The same graphics card at many clouds: how far apart they ask, and whether that grows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.methods import trend

LEAST_CLOUDS = 3
LEAST_MONTHS = 12
PRICE = "usd_per_gpu_hour"


def by_month(quotes: pd.DataFrame, *, least_clouds: int = LEAST_CLOUDS) -> pd.DataFrame:
    """Dispersion of the rent of each card over the clouds of a month that quote it.

    Columns: gpu, month (a day), clouds, cheapest, middle, dearest, dispersion (dearest over
    cheapest), saving (1 - cheapest / middle).

    Args:
        quotes: ``gpu_rental_quotes`` as loaded.
        least_clouds: months with fewer are left out.

    Raises:
        InputError: when no card has enough clouds in any month.
    """
    plain = pd.DataFrame({name: quotes[name] for name in ("gpu", "month", PRICE)})
    found = plain.groupby(["gpu", "month"])[PRICE].agg(["size", "min", "median", "max"])
    found.columns = pd.Index(["clouds", "cheapest", "middle", "dearest"])
    found = found[found["clouds"] >= least_clouds].reset_index()
    if found.empty:
        raise InputError("quotes", f"no card has {least_clouds} clouds in a month")
    found["month"] = pd.to_datetime(found["month"])
    found["dispersion"] = found["dearest"] / found["cheapest"]
    return found.assign(saving=1 - found["cheapest"] / found["middle"])


def growth_table(months: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> pd.DataFrame:
    """Growth of the dispersion of each card, factor per year with interval; blank below a year.

    The clouds that quote change from month to month, so a growth can be a change of who is asked.
    """
    rows = []
    for gpu, part in months.groupby("gpu"):
        moves = len(part) >= LEAST_MONTHS and part["dispersion"].nunique() > 1
        fit = (
            trend.log_linear(part["month"], part["dispersion"], level=level, seed=seed)
            if moves
            else None
        )
        rows.append(
            {
                "gpu": gpu,
                "months": len(part),
                "clouds": part["clouds"].median(),
                "median_dispersion": part["dispersion"].median(),
                "last_dispersion": part["dispersion"].iloc[-1],
                "last_saving": part["saving"].iloc[-1],
                "growth_per_year": fit.growth_per_year if fit else np.nan,
                "low": fit.interval[0] if fit else np.nan,
                "high": fit.interval[1] if fit else np.nan,
            }
        )
    return pd.DataFrame(rows)


def large_clouds(instances: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """The last list prices of the large clouds beside those of the specialised ones.

    One row a card that both kinds list: the cheapest instance of each large cloud on the last day,
    and the quotes of the last month. 40 and 80 GB cards of one name are both in the first.

    Raises:
        InputError: when either table is empty.
    """
    if instances.empty or quotes.empty:
        raise InputError("instances", "has no price known by this day")
    day, month = instances["refers_to"].max(), quotes["month"].max()
    lowest = instances[instances["refers_to"] == day].groupby(["gpu", "cloud"])[PRICE].min()
    large = lowest.groupby("gpu").agg(["size", "min", "max"])
    small = quotes[quotes["month"] == month].groupby("gpu")[PRICE].agg(["size", "min", "max"])
    both = small.add_suffix("_special").join(large.add_suffix("_large"), how="inner")
    if both.empty:
        raise InputError("instances", "share no card with the quotes")
    return pd.DataFrame(
        {
            "gpu": both.index,
            "specialised_clouds": both["size_special"].to_numpy(),
            "special_low_usd": both["min_special"].to_numpy(),
            "special_high_usd": both["max_special"].to_numpy(),
            "large_clouds": both["size_large"].to_numpy(),
            "large_low_usd": both["min_large"].to_numpy(),
            "large_high_usd": both["max_large"].to_numpy(),
            "dearest_over_cheapest": (
                both[["max_special", "max_large"]].max(axis=1)
                / both[["min_special", "min_large"]].min(axis=1)
            ).to_numpy(),
        }
    )


def beside_points(points: pd.DataFrame, index: pd.DataFrame) -> pd.DataFrame:
    """Single rents from the press over the middle list price of the same card and month.

    Raises:
        InputError: when no point has a list price beside it.
    """
    rents = pd.DataFrame({name: points[name] for name in ("gpu", "market", "grade", PRICE)})
    rents["month"] = points["refers_to"].dt.strftime("%Y-%m")
    rents["card"] = points["gpu"].str.split().str[0]
    lists = pd.DataFrame(
        {"card": index["gpu"], "month": index["month"], "list_usd": index[PRICE]}
    ).dropna()
    found = rents.merge(lists, on=["card", "month"])
    if found.empty:
        raise InputError("points", "have no list price of their month beside them")
    found["over_list"] = found[PRICE] / found["list_usd"]
    return found[["month", "gpu", "market", "grade", PRICE, "list_usd", "over_list"]].sort_values(
        ["month", "gpu"], ignore_index=True
    )

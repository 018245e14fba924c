"""What the same open weights cost over time: only serving, hardware and margin can move it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.prices.panels import Panel
from analysis.economics.prices.series import FIRST_MONTH
from analysis.errors import InputError
from analysis.methods import trend, validate

LEAST_MODELS = 5
STILL = 1e-3  # log10 a year below which a price has not moved


def same_open_models(
    panel: Panel, *, least_months: int = 12, draws: int = 4999, level: float = 0.95, seed: int = 0
) -> Answer:
    """Growth of the cheapest price of unchanged open-weight models, a factor per year (c24).

    log10 price = a model's level + common slope × years over month ends at which the model is on
    sale; percentile interval over resampled models.

    Raises:
        InputError: for fewer than 5 models with ``least_months`` months.
    """
    sums = slopes_by_model(open_months(panel, least_months))
    if len(sums) < LEAST_MODELS:
        raise InputError("least_months", f"{len(sums)} open models have {least_months} months")
    pairs = sums[["xy", "xx"]].to_numpy()
    picks = np.random.default_rng(seed).integers(0, len(pairs), (draws, len(pairs)))
    totals = pairs[picks].sum(axis=1)
    tail = (1 - validate.level("level", level)) / 2
    low, high = np.quantile(totals[:, 0] / totals[:, 1], [tail, 1 - tail])
    slope = float(sums["xy"].sum() / sums["xx"].sum())
    return Answer(
        estimate=float(10**slope),
        interval=(float(10**low), float(10**high)),
        n=len(sums),
        method="common trend with model effects, cheapest host, bootstrap over models",
        reason=(
            f"{len(sums)} unchanged open-weight models over {int(sums['months'].sum())} month"
            " ends, cheapest host each month; new and leaving hosts count"
        ),
        detail={"model_months": int(sums["months"].sum())},
    )


def slope_table(panels: dict[str, Panel], least_months: int = 12) -> pd.DataFrame:
    """How unchanged open models moved: models, cheaper, dearer, and the middle growth a year.

    Columns: source, models, cheaper, unchanged, dearer, lower_quartile, median, upper_quartile.
    """
    rows = []
    for source, panel in panels.items():
        slopes = slopes_by_model(open_months(panel, least_months))["slope"]
        growth = 10**slopes
        rows.append(
            {
                "source": source,
                "models": len(slopes),
                "cheaper": int((slopes < -STILL).sum()),
                "unchanged": int((slopes.abs() <= STILL).sum()),
                "dearer": int((slopes > STILL).sum()),
                "lower_quartile": growth.quantile(0.25),
                "median": growth.median(),
                "upper_quartile": growth.quantile(0.75),
            }
        )
    return pd.DataFrame(rows)


def open_months(
    panel: Panel, least_months: int, *, start: Any = FIRST_MONTH, end: Any = None
) -> pd.DataFrame:
    """Cheapest price of open-weight models with enough months: month, model, price."""
    rows = panel.offers(start, end)
    lowest = rows[rows["open_weights"]].groupby(["model", "month"], as_index=False)["price"].min()
    months = lowest.groupby("model")["month"].transform("size")
    return lowest[months >= least_months].reset_index(drop=True)


def slopes_by_model(months: pd.DataFrame) -> pd.DataFrame:
    """Within each model, Σ(t - t̄)(y - ȳ) and Σ(t - t̄)², y in log10 and t in years.

    Columns: xy, xx, slope, months; one row a model.
    """
    frame = pd.DataFrame(
        {
            "model": months["model"],
            "x": np.asarray(trend.decimal_year(months["month"])) if len(months) else [],
            "y": np.log10(months["price"]),
        }
    )
    centred = frame[["x", "y"]] - frame.groupby("model")[["x", "y"]].transform("mean")
    products = pd.DataFrame(
        {
            "model": frame["model"],
            "xy": centred["x"] * centred["y"],
            "xx": centred["x"] ** 2,
            "months": 1,
        }
    )
    sums = products.groupby("model").sum()
    return sums.assign(slope=sums["xy"] / sums["xx"])

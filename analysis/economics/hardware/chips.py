"""What chips do for a dollar and for a watt, by release date and number format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.errors import InputError
from analysis.methods import breaks, trend
from analysis.methods.breaks import SupF

VALUE = "value"
DOLLAR, WATT = "release_price_usd", "tdp_w"
HALF, SINGLE = "fp16_flop_per_s", "fp32_flop_per_s"
BANDWIDTH = "memory_bandwidth_bytes_per_s"
WHAT = {
    SINGLE: "32-bit FLOP/s",
    HALF: "16-bit FLOP/s",
    "fp8_flop_per_s": "8-bit FLOP/s",
    "fp4_flop_per_s": "4-bit FLOP/s",
    BANDWIDTH: "memory bytes/s",
}
PER = {DOLLAR: "per dollar", WATT: "per watt"}
WORKSTATION = "GeForce|RTX|Quadro|Titan|TITAN|Radeon RX|Jetson"
TENSOR_UNITS = "2017-01-01"
MINIMUM = 8


def sample(
    accelerators: pd.DataFrame,
    numerator: str,
    denominator: str,
    *,
    start: Any = "2012-01-01",
    workstation: bool = False,
    earlier_single: bool = False,
) -> pd.DataFrame:
    """Released chips with ``value`` = numerator over denominator, by release date.

    Args:
        accelerators: the table of that name; chips without a release date are left out.
        numerator: a rate in FLOP/s or bytes/s.
        denominator: release price in USD or thermal design power in W.
        start: first release day.
        workstation: whether chips for desks and games count too.
        earlier_single: 32-bit rates for chips from before tensor units without a 16-bit rate.
    """
    chips = accelerators[accelerators["released"].notna()]
    if not workstation:
        chips = chips[~chips["accelerator"].str.contains(WORKSTATION)]
    rate = chips[numerator]
    if earlier_single:
        early = chips["refers_to"] < pd.Timestamp(TENSOR_UNITS)
        rate = rate.where(rate.notna() | ~early, chips[SINGLE])
    found = chips.assign(**{VALUE: rate / chips[denominator]})
    kept = found[VALUE].notna() & (found["refers_to"] >= pd.Timestamp(start))
    return found[kept].sort_values(["refers_to", "accelerator"], kind="stable")


def growth_table(
    accelerators: pd.DataFrame, *, start: Any, level: float = 0.95, seed: int = 0
) -> pd.DataFrame:
    """Growth per year of every rate per dollar and per watt, wild bootstrap-t intervals.

    Series of fewer than 8 chips have a count and no growth.
    """
    rows = []
    for denominator, per in PER.items():
        for numerator, what in WHAT.items():
            chips = sample(accelerators, numerator, denominator, start=start)
            row: dict[str, Any] = {"quantity": f"{what} {per}", "chips": len(chips)}
            fit = _fit(chips, level, seed)
            if fit is not None:
                low, high = fit.interval
                row |= {"growth_per_year": fit.growth_per_year, "low": low, "high": high,
                        "doubling_years": fit.doubling_time_years}  # fmt: skip
            rows.append(row)
    columns = ["quantity", "chips", "growth_per_year", "low", "high", "doubling_years"]
    return pd.DataFrame(rows, columns=columns)


def break_table(
    accelerators: pd.DataFrame, numerators: Sequence[str], *, start: Any, seed: int = 0
) -> pd.DataFrame:
    """Tests of one break in level and slope at any date, one row a series that allows one."""
    rows = []
    for denominator, per in PER.items():
        for numerator in numerators:
            chips = sample(accelerators, numerator, denominator, start=start)
            try:
                found = unknown_break(chips, seed)
            except InputError:
                continue
            rows.append(
                {
                    "quantity": f"{WHAT[numerator]} {per}",
                    "sup_f": found.statistic,
                    "first_release_after_break": chips["refers_to"].iloc[found.index],
                    "p_wild_bootstrap": found.p_value_bootstrap,
                    "chips": found.n,
                }
            )
    return pd.DataFrame(rows)


def unknown_break(chips: pd.DataFrame, seed: int = 0) -> SupF:
    """Sup-F test of one break in the trend of log10 ``value``."""
    years = np.asarray(trend.decimal_year(chips["refers_to"]))
    return breaks.sup_f(np.log10(chips[VALUE]), years - years.mean(), seed=seed)


def efficiency_change(
    chips: pd.DataFrame, at: Any, *, level: float = 0.95, seed: int = 0
) -> Answer:
    """Later less earlier slope of log10 FLOP/s per watt, two separate lines (c13)."""
    found = trend.slope_change(
        chips["refers_to"], chips[VALUE], at, covariance="wild", level=level, seed=seed
    )
    first, last = chips["refers_to"].min(), chips["refers_to"].max()
    return Answer(
        estimate=found.difference_log10,
        interval=found.interval,
        n=len(chips),
        method="two separate lines of log10 FLOP/s per watt, wild bootstrap-t interval",
        reason=(
            f"Peak 16-bit rates per watt grew {found.growth_before:.3g}x a year over"
            f" {found.before.n} chips and {found.growth_after:.3g}x over the {found.after.n} later"
            f" ones, to {last:%B %Y}; the first chip with such a rate is of {first:%Y}, and peak"
            " rates are not what models get"
        ),
        detail={"growth_before": found.growth_before, "growth_after": found.growth_after,
                "n_before": found.before.n, "n_after": found.after.n},
    )  # fmt: skip


def _fit(chips: pd.DataFrame, level: float, seed: int) -> trend.LogLinear | None:
    if len(chips) < MINIMUM:
        return None
    try:
        return trend.log_linear(
            chips["refers_to"], chips[VALUE], covariance="wild", level=level, seed=seed
        )
    except InputError:
        return None

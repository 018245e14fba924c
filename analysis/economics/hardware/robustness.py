"""Specification curves of rents, of volume and of efficiency."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pandas as pd

from analysis.economics.hardware import chips, demand, rents
from analysis.economics.training.robustness import Estimate, bare, grid
from analysis.methods import multiverse, regression, trend
from analysis.methods.multiverse import Multiverse

RANKS, LEAST_SQUARES = "Theil-Sen", "least squares"
ESTIMATORS = (LEAST_SQUARES, RANKS)
CHIPS = {"chips": "units_median", "H100 equivalents": "h100_equivalents_median"}
MEASURES = ("data-centre revenue", "all revenue", *CHIPS)


def rent_curve(index: pd.DataFrame, quotes: pd.DataFrame, start: Any) -> Multiverse:
    """Growth per year of the rent of a fixed chip.

    Axes: source, how months are compared, chip, first month (two around ``start``), months left
    off the end, estimator.
    """
    first = pd.Timestamp(start)
    starts = [str((first + pd.DateOffset(months=m)).date()) for m in (-2, -1, 0, 1, 2)]
    raw: dict[str, Sequence[Any]] = {
        "source": (rents.PRINTED,),
        "comparison": ("printed", "restated"),
        "chip": ("H100", "H200"),
        "start": starts,
        "months_off": (0, 2),
        "estimator": ESTIMATORS,
    }
    matched = raw | {"source": (rents.MATCHED,), "comparison": ("dummies", "chained")}
    methods = {"dummies": "tpd", "chained": "chained"}
    columns = {"printed": rents.RAW, "restated": rents.RESTATED}

    @cache
    def series(source: str, comparison: str, chip: str, begin: str) -> pd.Series:
        if source == rents.MATCHED:
            return rents.matched(quotes, chip, begin, method=methods[comparison])
        return rents.since(rents.monthly_median(index, chip, columns[comparison]), begin)

    def estimate(**choice: Any) -> Estimate:
        values = series(choice["source"], choice["comparison"], choice["chip"], choice["start"])
        return _growth(values.iloc[: len(values) - choice["months_off"]], choice["estimator"])

    return multiverse.run([*grid(raw), *grid(matched)], estimate, group="source")


def volume_curve(accounts: pd.DataFrame, sold: pd.DataFrame) -> Multiverse:
    """Growth per year of the volume of NVIDIA's chips.

    Axes: measure (revenue of two scopes, chips by number or in H100 equivalents), first quarter,
    quarters left off the end, estimator.
    """
    axes: dict[str, Sequence[Any]] = {
        "measure": MEASURES,
        "start": ("2022-01-01", "2023-01-01", "2023-07-01", "2024-01-01"),
        "quarters_off": (0, 1, 2),
        "estimator": ESTIMATORS,
    }
    plain = bare(accounts), bare(sold)

    @cache
    def series(measure: str, start: str) -> pd.Series:
        if measure in CHIPS:
            return demand.chips_sold(plain[1], start, CHIPS[measure])
        column = demand.REVENUE if measure == "all revenue" else demand.DATA_CENTRE
        return demand.quarters(plain[0], column, start)

    def estimate(**choice: Any) -> Estimate:
        values = series(choice["measure"], choice["start"])
        return _growth(values.iloc[: len(values) - choice["quarters_off"]], choice["estimator"])

    return multiverse.run(axes, estimate)


def efficiency_curve(accelerators: pd.DataFrame, at: Any) -> Multiverse:
    """Change of the log10 slope of FLOP/s per watt.

    Axes: day of the change (half a year around ``at``), first year, chips for desks, 32-bit rates
    before tensor units, variants of a chip (all, or the best of a maker and quarter), maker,
    separate or joined lines.
    """
    axes: dict[str, Sequence[Any]] = {
        "months": (-6, 0, 6),
        "start": ("2012-01-01", "2018-01-01"),
        "workstation": ("left out", "kept"),
        "before_tensor_units": ("left out", "32-bit"),
        "variants": ("all", "best of a quarter"),
        "makers": ("all", "NVIDIA"),
        "lines": ("separate", "joined"),
    }
    plain = bare(accelerators)

    @cache
    def sample(start: str, workstation: str, early: str, variants: str, makers: str) -> Any:
        found = chips.sample(
            plain, chips.HALF, chips.WATT, start=start,
            workstation=workstation == "kept", earlier_single=early == "32-bit",
        )  # fmt: skip
        if makers != "all":
            found = found[found["manufacturer"] == makers]
        if variants != "all":
            quarter = found["refers_to"].dt.to_period("Q")
            best = found.groupby([found["manufacturer"], quarter])[chips.VALUE].idxmax()
            found = found.loc[sorted(best)].sort_values("refers_to", kind="stable")
        return found

    def estimate(**choice: Any) -> Estimate:
        day = pd.Timestamp(at) + pd.DateOffset(months=choice.pop("months"))
        joined = choice.pop("lines") == "joined"
        found = sample(*choice.values())
        return _change(found, day, joined)

    return multiverse.run(axes, estimate)


def _change(found: pd.DataFrame, day: Any, joined: bool) -> Estimate:
    days, values = found["refers_to"], found[chips.VALUE]
    if joined:
        change = regression.joined_slopes(days, values, day, covariance="HC3").change
        return change.value, *change.interval
    apart = trend.slope_change(days, values, day, covariance="HC3")
    return apart.difference_log10, *apart.interval


def _growth(values: pd.Series, estimator: str) -> Estimate:
    if estimator == RANKS:
        ranks = trend.theil_sen(values.index, values)
        return ranks.growth_per_year, *ranks.interval
    fit = trend.log_linear(values.index, values, covariance="HAC")
    return fit.growth_per_year, *fit.interval

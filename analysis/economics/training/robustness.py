"""Specification curves of growth and of changes in growth: every defensible choice.

Point estimates are those of the rule's method or of a stated alternative, with HC3 intervals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any

import pandas as pd

from analysis.economics.training import samples
from analysis.economics.training.samples import COMPUTE, COST
from analysis.methods import multiverse, regression, trend
from analysis.methods.multiverse import Multiverse

Estimate = tuple[float, float, float]
RANKS, LEAST_SQUARES = "Theil-Sen", "least squares"
CONFIDENCE = ("all", "not speculative")
TUNED = ("left out", "kept")
BREAK_MONTHS = (-6, 0, 6)
DAWN = "1900-01-01"
RANKED = ("source", "k", "fine_tunes", "dollars", "estimates", "models")


def growth_curve(
    runs: pd.DataFrame, links: pd.DataFrame, costs: pd.DataFrame, column: str
) -> Multiverse:
    """Growth per year of cost or compute.

    Axes: source, size of the frontier, fine-tunes, first and last year, kind of model, estimator,
    dollars (paper) and confidence of the estimates (export).
    """
    dollars = ("constant", "nominal") if column == COST else ("constant",)
    paper: dict[str, Sequence[Any]] = {
        "source": ("cottier2024",),
        "k": (5, 10),
        "fine_tunes": TUNED,
        "start": (2016, 2017, 2018, 2019),
        "end": ("last",),
        "models": ("all",),
        "estimator": (LEAST_SQUARES, RANKS),
        "dollars": dollars,
        "estimates": ("all",),
    }
    export = paper | {
        "source": ("epoch2026",),
        "k": (5, 10, 20),
        "end": ("2023", "last"),
        "models": ("all", "language"),
        "dollars": ("constant",),
        "estimates": CONFIDENCE,
    }

    plain = bare(runs), bare(links), bare(costs)

    @cache
    def ranked(source: str, k: int, tuned: str, dollars: str, *pool: str) -> pd.DataFrame:
        return _ranked(*plain, column, source, k, tuned == "kept", dollars, pool)

    def estimate(**choice: Any) -> Estimate:
        sample = ranked(*(choice[axis] for axis in RANKED))
        end = None if choice["end"] == "last" else f"{choice['end']}-12-31"
        sample = samples.released(sample, f"{choice['start']}-01-01", end)
        if choice["estimator"] == RANKS:
            ranks = trend.theil_sen(sample["refers_to"], sample[column])
            return ranks.growth_per_year, *ranks.interval
        fit = trend.log_linear(sample["refers_to"], sample[column], covariance="HC3")
        return fit.growth_per_year, *fit.interval

    return multiverse.run([*grid(paper), *grid(export)], estimate, group="source")


def _ranked(
    runs: pd.DataFrame,
    links: pd.DataFrame,
    costs: pd.DataFrame,
    column: str,
    source: str,
    k: int,
    kept: bool,
    dollars: str,
    pool: tuple[str, ...],
) -> pd.DataFrame:
    """The frontier of a specification from the first run on."""
    if source == "cottier2024":
        paper = samples.paper_runs(costs, "2023-12" if dollars == "constant" else "nominal")
        return samples.frontier_runs(paper, links, k=k, start=DAWN, fine_tunes=kept)
    models = samples.sure(runs) if "not speculative" in pool else runs
    models = samples.language(models) if "language" in pool else models
    sample = samples.frontier_runs(models, links, k=k, start=DAWN, fine_tunes=kept)
    return samples.with_cost(sample, costs) if column == COST else sample


def bend_curve(
    runs: pd.DataFrame,
    links: pd.DataFrame,
    at: Any,
    *,
    column: str = COMPUTE,
    starts: Sequence[int] = (2016, 2018, 2020),
    models: Sequence[str] = ("all", "language"),
) -> Multiverse:
    """Change of the log10 slope of ``column``.

    Axes: date of the break (half a year around ``at``), size of the frontier, fine-tunes, first
    year, kind of model, joined or separate lines, confidence of the estimates.
    """
    axes: dict[str, Sequence[Any]] = {
        "break_months": BREAK_MONTHS,
        "k": (5, 10, 20),
        "fine_tunes": TUNED,
        "start": starts,
        "models": models,
        "lines": ("joined", "separate"),
        "estimates": CONFIDENCE,
    }

    plain = bare(runs), bare(links)

    @cache
    def ranked(k: int, tuned: str, estimates: str, models: str) -> pd.DataFrame:
        pool = samples.sure(plain[0]) if estimates != "all" else plain[0]
        leading = samples.frontier_runs(pool, plain[1], k=k, start=DAWN, fine_tunes=tuned == "kept")
        leading = samples.language(leading) if models == "language" else leading
        return leading[leading[column].notna()]

    def estimate(**choice: Any) -> Estimate:
        sample = ranked(choice["k"], choice["fine_tunes"], choice["estimates"], choice["models"])
        sample = samples.released(sample, f"{choice['start']}-01-01")
        day = pd.Timestamp(at) + pd.DateOffset(months=choice["break_months"])
        return _change(sample, column, day, joined=choice["lines"] == "joined")

    return multiverse.run(axes, estimate)


def bare(frame: pd.DataFrame) -> pd.DataFrame:
    """Without its provenance, which pandas would copy at every step."""
    plain = frame.copy()
    plain.attrs = {}
    return plain


def _change(known: pd.DataFrame, column: str, day: Any, *, joined: bool) -> Estimate:
    days, values = known["refers_to"], known[column]
    if joined:
        change = regression.joined_slopes(days, values, day, covariance="HC3").change
        return change.value, *change.interval
    apart = trend.slope_change(days, values, day, covariance="HC3")
    return apart.difference_log10, *apart.interval


def grid(axes: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """All combinations of the choices."""
    return [dict(zip(axes, choices, strict=True)) for choices in product(*axes.values())]

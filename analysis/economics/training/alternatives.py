"""Specification curves of comparisons: fixed ability, open weights, chips, newcomers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.training import chips, entrants, samples
from analysis.economics.training.robustness import CONFIDENCE, DAWN, TUNED, Estimate, bare
from analysis.economics.training.samples import ABILITY, COMPUTE
from analysis.methods import multiverse, regression, trend
from analysis.methods.multiverse import Multiverse

NEWER = (*chips.CHIPS, "B300", "GB300")


def ability_curve(runs: pd.DataFrame, links: pd.DataFrame, quality: pd.DataFrame) -> Multiverse:
    """Growth per year of the compute of a given ability.

    Axes: benchmarks behind a score, first year, fine-tunes, confidence, weights, shape of
    ability.
    """
    axes: dict[str, Sequence[Any]] = {
        "benchmarks": (3, 5, 7),
        "start": ("first", 2022, 2023, 2024),
        "fine_tunes": TUNED,
        "estimates": CONFIDENCE,
        "weights": ("all", "open"),
        "ability": ("linear", "quadratic"),
    }
    scored = {
        least: samples.with_ability(runs, links, quality, benchmarks=least) for least in (3, 5, 7)
    }

    def estimate(**choice: Any) -> Estimate:
        sample = scored[choice["benchmarks"]]
        if choice["start"] != "first":
            sample = samples.released(sample, f"{choice['start']}-01-01")
        sample = _pool(sample, links, choice)
        if choice["weights"] == "open":
            sample = sample[sample["open_weights"] == "Yes"]
        return _at_ability(sample, square=choice["ability"] == "quadratic")

    return multiverse.run(axes, estimate)


def _at_ability(sample: pd.DataFrame, *, square: bool) -> Estimate:
    years, score = np.asarray(trend.decimal_year(sample["refers_to"])), sample[ABILITY]
    columns = {"date": years - years.mean(), "ability": score}
    if square:
        columns["ability_squared"] = score**2
    fit = regression.effect(sample[COMPUTE], columns, "date", covariance="HC3")
    return fit.factor, *fit.factor_interval


def open_curve(runs: pd.DataFrame, links: pd.DataFrame) -> Multiverse:
    """Compute of leading open over leading closed models.

    Axes: size of the groups, first year, last year, fine-tunes, confidence, how the date enters.
    """
    axes: dict[str, Sequence[Any]] = {
        "k": (5, 10, 20),
        "start": (2022, 2023, 2024),
        "end": ("2025-06-30", "last"),
        "fine_tunes": TUNED,
        "estimates": CONFIDENCE,
        "date": ("linear", "quadratic"),
    }

    plain = bare(runs), bare(links)

    @cache
    def leaders(k: int, tuned: str, estimates: str) -> pd.DataFrame:
        pool = samples.sure(plain[0]) if estimates != "all" else plain[0]
        kept = tuned == "kept"
        return samples.open_and_closed(pool, plain[1], k=k, start=DAWN, fine_tunes=kept)

    def estimate(**choice: Any) -> Estimate:
        groups = leaders(choice["k"], choice["fine_tunes"], choice["estimates"])
        end = None if choice["end"] == "last" else choice["end"]
        groups = samples.released(groups, f"{choice['start']}-01-01", end)
        years = np.asarray(trend.decimal_year(groups["refers_to"]))
        columns = {"open": groups["open"], "date": years - years.mean()}
        if choice["date"] == "quadratic":
            columns["date_squared"] = columns["date"] ** 2
        fit = regression.effect(groups[COMPUTE], columns, "open", covariance="HC3")
        return fit.factor, *fit.factor_interval

    return multiverse.run(axes, estimate)


def chip_curve(runs: pd.DataFrame, links: pd.DataFrame, end: Any) -> Multiverse:
    """Share of models on H100-class or B200-class chips.

    Axes: first and last day, fine-tunes, kind of model, least compute, chips that count.
    """
    axes: dict[str, Sequence[Any]] = {
        "start": ("2023-07-01", "2024-01-01", "2024-07-01", "2025-01-01"),
        "end": ("2025-12-31", str(end)),
        "fine_tunes": TUNED,
        "models": ("all", "language"),
        "least_flop": (0.0, 1e23, 1e24),
        "chips": ("as listed", "with B300 and GB300"),
    }

    def estimate(**choice: Any) -> Estimate:
        sample = _pool(samples.released(runs, choice["start"], choice["end"]), links, choice)
        if choice["least_flop"]:
            sample = sample[sample[COMPUTE] >= choice["least_flop"]]
        counted = chips.CHIPS if choice["chips"] == "as listed" else NEWER
        found = chips.chip_share(sample, chips=counted)
        return _numbers(found.estimate, found.interval)

    return multiverse.run(axes, estimate)


def entry_curve(runs: pd.DataFrame, links: pd.DataFrame, observed_through: Any) -> Multiverse:
    """Rate of first-time developers from 2024 over the years before.

    Axes: least compute, who counts as developer, parts of one company, fine-tunes, first year,
    kind of model, last day (half a year off for late entries to the data).
    """
    last = pd.Timestamp(observed_through)
    axes: dict[str, Sequence[Any]] = {
        "least_flop": (1e23, 3e23, 1e24),
        "developers": ("every organisation", "first named"),
        "companies": ("merged", "as named"),
        "fine_tunes": TUNED,
        "since": (2020, 2021, 2022),
        "models": ("all", "language"),
        "last_day": (str(last.date()), str((last - pd.DateOffset(months=6)).date())),
    }

    plain = bare(runs), bare(links)

    @cache
    def firsts(flop: float, developers: str, companies: str, tuned: str, kind: str) -> pd.DataFrame:
        choice = {"fine_tunes": tuned, "models": kind}
        return entrants.newcomers(
            _pool(*plain, choice),
            least_flop=flop,
            merged=companies == "merged",
            everyone=developers == "every organisation",
        )

    def estimate(**choice: Any) -> Estimate:
        since, last_day = f"{choice.pop('since')}-01-01", choice.pop("last_day")
        found = entrants.entry_rate_ratio(firsts(*choice.values()), last_day, since=since)
        return _numbers(found.estimate, found.interval)

    return multiverse.run(axes, estimate)


def _pool(models: pd.DataFrame, links: pd.DataFrame, choice: dict[str, Any]) -> pd.DataFrame:
    if choice["fine_tunes"] == "left out":
        models = samples.without_fine_tunes(models, links)
    if choice.get("estimates", "all") != "all":
        models = samples.sure(models)
    return samples.language(models) if choice.get("models") == "language" else models


def _numbers(estimate: float | None, interval: tuple[float, float] | None) -> Estimate:
    assert estimate is not None and interval is not None
    return estimate, *interval

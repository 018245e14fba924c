"""Specification curves of the open questions: algorithms against cost, and returns to compute."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

import pandas as pd

from analysis.economics.hardware import questions, returns
from analysis.economics.training import samples
from analysis.economics.training.robustness import CONFIDENCE, Estimate, bare
from analysis.errors import InputError
from analysis.methods import multiverse
from analysis.methods.multiverse import Multiverse

Triple = tuple[float, float, float]
GAINS = {
    "Ho, preprint": (questions.HALVING, 95.0),
    "Ho, printed": (questions.HALVING, 90.0),
    "Gundlach": ("algorithmic part of the price fall", None),
}
GROWTHS = {
    "cost, first version": (questions.COST, 95.0),
    "cost, second version": (questions.COST, 90.0),
    "compute": ("training compute", 90.0),
    "power": ("power of the training run", 90.0),
}


def gain_curve(rates: pd.DataFrame) -> Multiverse:
    """Yearly gain from algorithms over yearly growth of what it must make up for.

    Axes: source of the gain, of the growth, which value of the gain and of the growth (as
    stated, or the middle of the interval on logarithms), ratio of factors or of their logarithms,
    how intervals combine. A rate without an interval counts as exact.
    """
    axes: dict[str, Sequence[Any]] = {
        "gain": tuple(GAINS),
        "growth": tuple(GROWTHS),
        "value_of_gain": ("stated", "middle"),
        "value_of_growth": ("stated", "middle"),
        "ratio": ("of factors", "of logarithms"),
        "intervals": ("independent", "extremes"),
    }

    def estimate(**choice: Any) -> Estimate:
        over = _rate(rates, *GAINS[choice["gain"]], choice["value_of_gain"])
        under = _rate(rates, *GROWTHS[choice["growth"]], choice["value_of_growth"])
        if choice["ratio"] == "of logarithms":
            over, under = (tuple(map(math.log, t)) for t in (over, under))  # type: ignore[assignment]
        if choice["intervals"] == "extremes":
            return over[0] / under[0], over[1] / under[2], over[2] / under[1]
        return questions.quotient(over, under)

    return multiverse.run(axes, estimate)


def return_curve(
    runs: pd.DataFrame, links: pd.DataFrame, quality: pd.DataFrame, at: Any
) -> Multiverse:
    """Later over earlier slope of ability on log10 compute.

    Axes: day of the change (half a year around ``at``), size of the frontier, benchmarks behind a
    score, confidence of the estimates, first year. Intervals by the delta method.
    """
    axes: dict[str, Sequence[Any]] = {
        "months": (-6, 0, 6),
        "k": (5, 10, 20),
        "benchmarks": (3, 5),
        "estimates": CONFIDENCE,
        "start": ("first", "2021-01-01", "2022-01-01"),
    }
    plain = bare(runs), bare(links), bare(quality)

    @cache
    def leaders(k: int, benchmarks: int, estimates: str) -> pd.DataFrame:
        pool = plain[0] if estimates == "all" else samples.sure(plain[0])
        return returns.leaders(pool, *plain[1:], k=k, benchmarks=benchmarks)

    def estimate(**choice: Any) -> Estimate:
        models = leaders(choice["k"], choice["benchmarks"], choice["estimates"])
        if choice["start"] != "first":
            models = samples.released(models, choice["start"])
        found = returns.sides(models, pd.Timestamp(at) + pd.DateOffset(months=choice["months"]))
        after, before, ratio = found.after, found.before, found.ratio
        spread = math.hypot(after.standard_error, ratio * before.standard_error)
        half = 1.96 * spread / abs(before.value)
        return ratio, ratio - half, ratio + half

    return multiverse.run(axes, estimate)


def _rate(rates: pd.DataFrame, rate: str, percent: float | None, which: str) -> Triple:
    rows = rates[rates["rate"] == rate]
    if percent is not None:
        rows = rows[rows["level_percent"] == percent]
    if rows.empty:
        raise InputError("rates", f"have no {rate} that was published by then")
    row = rows.iloc[-1]
    ends = ("value", "low", "high")
    value, low, high = (float(row[end]) for end in ends)
    if math.isnan(low):
        low = high = value
    if rate == questions.HALVING:
        value, low, high = (questions.yearly_gain(months) for months in (value, high, low))
    return (value if which == "stated" else math.sqrt(low * high)), low, high

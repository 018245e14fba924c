"""Answers on the price of running the best model there is, alone and against training it."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from scipy import special

from analysis.claims.answer import Answer
from analysis.economics.prices import series as price_series
from analysis.economics.prices.capability import monthly_growth, moved
from analysis.errors import InputError
from analysis.methods import validate

WHAT = "price of the best model on sale"


def frontier_price(
    series: pd.DataFrame, *, start: Any = price_series.FIRST_MONTH, **options: Any
) -> Answer:
    """Growth of the price of the best model, a factor per year; p tests 1 (c04, c17, c80).

    ``series`` is from ``price_series.best``.
    """
    return monthly_growth(series[series["month"] >= pd.Timestamp(start)], WHAT, **options)


def against_training(running: Answer, *, training: Answer, level: float = 0.95) -> Answer:
    """Growth of the running price over growth of training cost (c17).

    log r = log g - log h, its error the root of the sum of both squared; an error is half the
    log width of its interval over the normal quantile, so that the critical values of both
    bootstraps carry over.

    Args:
        running: growth of the running price, a factor per year, with its interval.
        training: growth of training cost, a factor per year, with its interval.
        level: coverage of both intervals and of the result.

    Raises:
        InputError: when either has no estimate.
    """
    reach = float(special.ndtri((1 + validate.level("level", level)) / 2))
    parts = [_log_error(answer, reach) for answer in (running, training)]
    (run, run_error), (train, train_error) = parts
    ratio, half = run - train, reach * math.hypot(run_error, train_error)
    return Answer(
        estimate=math.exp(ratio),
        interval=(math.exp(ratio - half), math.exp(ratio + half)),
        n=running.n,
        method="ratio of two growth rates, independent log errors",
        reason=(
            f"The price of the best model {moved(math.exp(run))} a year while amortised training"
            f" cost of the ten largest runs {moved(math.exp(train))}; a list price is no cost and"
            " says nothing on volume"
        ),
        detail={"training_growth": math.exp(train), "training_runs": training.n},
    )


def _log_error(answer: Answer, reach: float) -> tuple[float, float]:
    if answer.estimate is None or answer.interval is None:
        raise InputError("growth", f"one of the two has no estimate: {answer.reason}")
    low, high = (math.log(end) for end in answer.interval)
    return math.log(answer.estimate), (high - low) / (2 * reach)


def turns(rows: pd.DataFrame) -> pd.DataFrame:
    """Which model set a monthly series from when to when, at which price.

    Columns: from, to (months), model, developer, host, ability, standard_error, price,
    months.
    """
    turn = (rows[["model", "price"]] != rows[["model", "price"]].shift()).any(axis=1).cumsum()
    grouped = rows.groupby(turn.rename("turn"))
    shown = grouped[["model", "developer", "host", "ability", "standard_error", "price"]].first()
    shown.insert(0, "from", grouped["month"].min().dt.strftime("%Y-%m"))
    shown.insert(1, "to", grouped["month"].max().dt.strftime("%Y-%m"))
    return shown.assign(months=grouped.size()).reset_index(drop=True)

"""Scores of forecasts once a prediction has resolved: ours, the article's "will", the base rate.

A forecast counts if it was stated after the rule was frozen, by that rule, before the day on which
the resolution became known, and on no row dated back from a later vintage. The last one is scored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analysis.claims.forecasting import Forecast
from analysis.claims.predictions import Prediction, Resolution, RuleName, rule_hash

_DAYS_A_MONTH = 365.25 / 12
OURS, BASE_RATE = "our last forecast", "base rate"


@dataclass(frozen=True)
class Score:
    """How one forecaster did; lower is better, and without a probability there is no score."""

    forecaster: str
    probability: float | None
    brier: float | None
    log_score: float | None


def scores(
    prediction: Prediction, resolution: Resolution, forecasts: Iterable[Forecast]
) -> list[Score]:
    """Brier and log score of every forecaster; nothing for a prediction that was annulled.

    Ours comes first, then "will" at each stated probability, then the base rate.
    """
    if resolution.outcome == "annulled":
        return []
    happened = resolution.outcome == "happened"
    last = scored_forecast(prediction, resolution, forecasts)
    base = base_rate(prediction, resolution.rule, resolution.window_end)
    return [
        _score(OURS, last.probability if last else None, happened),
        *(_score(will(stated), stated, happened) for stated in prediction.stated_probability),
        _score(BASE_RATE, base, happened),
    ]


def will(stated: float) -> str:
    """The name of a reading of the article's "will"."""
    return f"article, will = {stated:g}"


def scored_forecast(
    prediction: Prediction, resolution: Resolution, forecasts: Iterable[Forecast]
) -> Forecast | None:
    """The forecast that is scored, if there is one."""
    key, frozen = (prediction.id, resolution.rule, resolution.window_end), rule_hash(prediction)
    eligible = [
        made
        for made in forecasts
        if made.key == key
        and made.probability is not None
        and not made.pseudo_vintage
        and made.rule_hash == frozen
        and prediction.frozen_on <= made.as_of < resolution.date
    ]
    return max(eligible, key=lambda made: made.as_of, default=None)


def base_rate(prediction: Prediction, rule: RuleName, window_end: date) -> float | None:
    """What the frozen count of the reference class says on the first day of the window.

    1 - (T / (T + w))^(k + ½): k events in T months, w months from the window's start to its end.
    """
    count = prediction.base_rate.lenient if rule == "lenient" else prediction.base_rate.strict
    if count is None:
        return None
    from analysis.methods.events import probability_at_least_one  # brings scipy

    ahead = ((window_end - prediction.window_start).days + 1) / _DAYS_A_MONTH
    return probability_at_least_one(count.events, count.months, ahead).probability


def expected(stated: float, probability: float) -> tuple[float, float]:
    """Brier and log score to expect of ``stated`` if ``probability`` is right.

    p s(q, 1) + (1 - p) s(q, 0), q the stated and p the right probability.
    """
    brier, log = zip(*(_both(stated, happened) for happened in (True, False)), strict=True)
    # A side that cannot happen counts for nothing, even where its score would be infinite.
    chances = probability, 1 - probability
    means = [sum(p * s for p, s in zip(chances, side, strict=True) if p) for side in (brier, log)]
    return means[0], means[1]


def _score(forecaster: str, probability: float | None, happened: bool) -> Score:
    if probability is None:
        return Score(forecaster, None, None, None)
    return Score(forecaster, probability, *_both(probability, happened))


def _both(probability: float, happened: bool) -> tuple[float, float]:
    from analysis.methods.forecast import brier, log_score  # brings scipy

    return brier(probability, happened), log_score(probability, happened)

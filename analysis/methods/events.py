"""Counts of events and times to events: exact intervals, prediction, survival."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods._survival import LogRank, Survival, kaplan_meier, log_rank
from analysis.methods.results import Result

__all__ = [
    "Chance",
    "EventRate",
    "LogRank",
    "RateRatio",
    "Survival",
    "kaplan_meier",
    "log_rank",
    "probability_at_least_one",
    "rate",
    "rate_ratio",
]

Interval = tuple[float, float]
PRIORS = {"jeffreys": 0.5, "uniform": 1.0}


@dataclass(frozen=True, repr=False)
class EventRate(Result):
    """Events per unit of exposure, with an exact interval."""

    rate: float
    interval: Interval
    count: int
    exposure: float
    level: float

    def summary(self) -> str:
        low, high = self.interval
        return (
            f"{self.rate:.4g} events per unit of exposure "
            f"({self.level:.0%}: {low:.4g} to {high:.4g}; {self.count} in {self.exposure:.4g})"
        )


def rate(count: int, exposure: float, *, level: float = 0.95) -> EventRate:
    """Poisson rate with Garwood's exact interval.

    [χ²(α/2, 2k) / 2T, χ²(1 - α/2, 2k + 2) / 2T] for k events in exposure T: covers at least
    ``level``. The lower end is 0 for k = 0.

    Raises:
        InputError: for a negative or broken count, an exposure that is not positive, or a
            level outside (0, 1).

    Source: Garwood (1936), Biometrika 28:437.
    """
    events, time = validate.count("count", count, minimum=0), _positive("exposure", exposure)
    low, high = _garwood(events, time, validate.level("level", level))
    return EventRate(events / time, (low, high), events, time, level)


@dataclass(frozen=True, repr=False)
class Chance(Result):
    """Probability of at least one event in a window, with the interval the rate implies."""

    probability: float
    interval: Interval
    count: int
    exposure: float
    window: float
    prior: str
    level: float

    def summary(self) -> str:
        low, high = self.interval
        return (
            f"P(at least one event in {self.window:.4g}) = {self.probability:.3f} "
            f"({self.level:.0%}: {low:.3f} to {high:.3f}; "
            f"{self.count} in {self.exposure:.4g}, {self.prior} prior)"
        )


def probability_at_least_one(
    count: int, exposure: float, window: float, prior: str = "jeffreys", *, level: float = 0.95
) -> Chance:
    """Chance of one event or more in a window, after ``count`` events in ``exposure``.

    The rate λ of a Poisson process has the posterior Gamma(k + a, T), a = ½ (``jeffreys``) or
    1 (``uniform``); the probability is predictive, 1 - (T / (T + w))^(k + a), the interval
    1 - exp(-λ w) at the posterior's equal-tailed quantiles; far ahead (w several times T) the
    first, a mean, can leave the second. ``none`` plugs in k / T, with Garwood's interval for λ.

    Args:
        count, exposure: events seen and time (or other exposure) at risk.
        window: length of the window ahead, in the unit of ``exposure``.
        prior: ``jeffreys``, ``uniform`` or ``none``.

    Raises:
        InputError: as ``rate``, or for a window that is not positive or an unknown prior.
    """
    validate.choice("prior", prior, [*PRIORS, "none"])
    events, time = validate.count("count", count, minimum=0), _positive("exposure", exposure)
    ahead, tail = _positive("window", window), (1 - validate.level("level", level)) / 2
    if prior == "none":
        probability = -np.expm1(-events / time * ahead)
        rates = np.array(_garwood(events, time, level))
    else:
        shape = events + PRIORS[prior]
        probability = -np.expm1(-shape * np.log1p(ahead / time))
        rates = special.gammaincinv(shape, [tail, 1 - tail]) / time
    low, high = -np.expm1(-rates * ahead)
    return Chance(float(probability), (float(low), float(high)), events, time, ahead, prior, level)


@dataclass(frozen=True, repr=False)
class RateRatio(Result):
    """Ratio of two event rates (first over second), exact interval and two-sided p-value."""

    ratio: float
    interval: Interval
    p_value: float
    level: float

    def summary(self) -> str:
        low, high = self.interval
        return (
            f"rate ratio {self.ratio:.4g} "
            f"({self.level:.0%}: {low:.4g} to {high:.4g}; p = {self.p_value:.3g})"
        )


def rate_ratio(
    count1: int, exposure1: float, count2: int, exposure2: float, *, level: float = 0.95
) -> RateRatio:
    """Ratio (k1 / T1) / (k2 / T2) of two Poisson rates, conditional on their sum.

    Given k1 + k2, k1 is binomial with π = ρ T1 / (ρ T1 + T2); Clopper-Pearson bounds of π
    give those of ρ. ``p_value`` doubles the smaller binomial tail at ρ = 1, so it is below
    1 - level when the interval excludes 1. With k2 = 0 the ratio and its upper end are
    infinite.

    Raises:
        InputError: as ``rate``, or when neither process has an event.

    Source: Przyborowski and Wilenski (1940), Biometrika 31:313.
    """
    first, second = (
        validate.count("count1", count1, minimum=0),
        validate.count("count2", count2, minimum=0),
    )
    time1, time2 = _positive("exposure1", exposure1), _positive("exposure2", exposure2)
    tail, total = (1 - validate.level("level", level)) / 2, first + second
    if total == 0:
        raise InputError("count1, count2", "one of them must be above 0, or there is no ratio")
    low = special.betaincinv(first, second + 1, tail) if first else 0.0
    high = special.betaincinv(first + 1, second, 1 - tail) if second else 1.0
    share = time1 / (time1 + time2)
    below = special.bdtr(first, total, share)
    above = special.bdtrc(first - 1, total, share) if first else 1.0
    return RateRatio(
        ratio=first / time1 / (second / time2) if second else float("inf"),
        interval=(_odds(float(low)) * time2 / time1, _odds(float(high)) * time2 / time1),
        p_value=float(min(1.0, 2 * min(below, above))),
        level=level,
    )


def _garwood(count: int, exposure: float, level: float) -> Interval:
    tail = (1 - level) / 2
    low = special.gammaincinv(count, tail) / exposure if count else 0.0
    return float(low), float(special.gammaincinv(count + 1, 1 - tail) / exposure)


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")


def _positive(argument: str, value: float) -> float:
    (number,) = validate.vector(argument, [value])
    if number <= 0:
        raise InputError(argument, f"must be above 0, not {value}")
    return float(number)

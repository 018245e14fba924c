"""Times to events with incomplete follow-up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods.results import Result


@dataclass(frozen=True, repr=False, eq=False)
class Survival(Result):
    """Kaplan-Meier curve at the times of events; follow-up ends at ``last``."""

    times: np.ndarray
    survival: np.ndarray
    standard_error: np.ndarray
    low: np.ndarray
    high: np.ndarray
    at_risk: np.ndarray
    events: np.ndarray
    n: int
    last: float
    level: float

    @property
    def median(self) -> float | None:
        """First time at which half or fewer survive; None while more than half do."""
        below = self.survival <= 0.5 + 1e-12
        return float(self.times[below.argmax()]) if below.any() else None

    def at(self, time: float) -> float:
        """Share surviving beyond ``time``; InputError after the last follow-up."""
        if not 0 <= time <= self.last and not (len(self.times) and self.survival[-1] == 0):
            raise InputError("time", f"{time} is outside the follow-up, 0 to {self.last:g}")
        return float(np.prod(1 - (self.events / self.at_risk)[self.times <= time]))

    def summary(self) -> str:
        middle = "not reached" if self.median is None else f"{self.median:g}"
        return f"Kaplan-Meier: {self.events.sum()} events of {self.n}, median {middle}"

    def table(self) -> pd.DataFrame:
        names = ("times", "at_risk", "events", "survival", "standard_error", "low", "high")
        return pd.DataFrame({name: getattr(self, name) for name in names})


def kaplan_meier(durations: ArrayLike, observed: ArrayLike, *, level: float = 0.95) -> Survival:
    """Kaplan-Meier survival with Greenwood errors.

    S(t) = Π (1 - d_j / n_j) over event times t_j ≤ t, se = S √(Σ d_j / (n_j (n_j - d_j))).
    The interval is log(-log S) ± z · se / (S |log S|), within [0, 1]. Where S reaches 0 that
    error does not exist: it is given as 0 and the interval keeps the upper end it had.

    Args:
        durations: time to the event or to the end of follow-up, not negative, one a subject.
        observed: 1 or True where the event happened, 0 where follow-up ended without it.

    Raises:
        InputError: for empty, mismatched, non-finite or negative input, or flags other
            than 0 and 1.

    Source: Kaplan and Meier (1958), JASA 53:457; Kalbfleisch and Prentice (2002), section 1.4.
    """
    time, happened = _follow_up(durations, observed)
    quantile = float(special.ndtri((1 + validate.level("level", level)) / 2))
    times, events = np.unique(time[happened], return_counts=True)
    at_risk = len(time) - np.searchsorted(np.sort(time), times, side="left")
    survival = np.cumprod(1 - events / at_risk)
    alive = survival > 0
    terms = events[alive] / (at_risk[alive] * (at_risk[alive] - events[alive]))
    relative = np.sqrt(np.cumsum(terms))  # standard error of log S
    error, low, high = np.zeros(len(times)), np.zeros(len(times)), np.ones(len(times))
    error[alive] = survival[alive] * relative
    log_survival = np.log(survival[alive])
    reach = np.exp(quantile * relative / np.abs(log_survival))
    low[alive], high[alive] = np.exp(log_survival * reach), np.exp(log_survival / reach)
    if len(times) > 1 and not alive[-1]:
        high[-1] = high[-2]
    return Survival(
        times, survival, error, low, high, at_risk, events, len(time), float(time.max()), level
    )


@dataclass(frozen=True, repr=False)
class LogRank(Result):
    """Log-rank test of equal survival."""

    statistic: float
    degrees_of_freedom: int
    p_value: float

    def summary(self) -> str:
        return (
            f"log-rank chi-squared {self.statistic:.4g} on {self.degrees_of_freedom} "
            f"degrees of freedom, p = {self.p_value:.3g}"
        )


def log_rank(durations: ArrayLike, observed: ArrayLike, group: ArrayLike) -> LogRank:
    """Log-rank test that groups share one survival curve.

    Σ over event times of observed less expected events of each group, squared by the inverse
    of the hypergeometric covariance: chi-squared with groups - 1 degrees of freedom.

    Raises:
        InputError: as ``kaplan_meier``, for fewer than two groups, without an event, or where a
            group was never at risk at an event that some outlived.

    Source: Mantel (1966), Cancer Chemother. Rep. 50:163 (statsmodels ``survdiff``).
    """
    from statsmodels.duration.survfunc import survdiff

    time, happened = _follow_up(durations, observed)
    codes, groups = pd.factorize(np.asarray(group))
    validate.same_length(durations=time, group=codes)
    if len(groups) < 2 or (codes < 0).any():
        raise InputError("group", "must name at least two groups, and none may be missing")
    if not happened.any():
        raise InputError("observed", "has no event to compare")
    try:
        statistic, _ = survdiff(time, happened.astype(int), codes)
    except np.linalg.LinAlgError:
        rule = "leaves nothing to compare: every group needs followers at an event others outlive"
        raise InputError("durations", rule) from None
    freedom = len(groups) - 1
    return LogRank(float(statistic), freedom, float(special.chdtrc(freedom, statistic)))


def _follow_up(durations: ArrayLike, observed: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    time = validate.vector("durations", durations)
    if (time < 0).any():
        raise InputError("durations", f"must not be negative; one is {time.min():g}")
    flags = validate.vector("observed", observed)
    validate.same_length(durations=time, observed=flags)
    if not np.isin(flags, (0, 1)).all():
        raise InputError("observed", "must be 0 or 1 (censored or seen)")
    return time, flags.astype(bool)

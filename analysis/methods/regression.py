"""Least squares of log10 y on several series: one coefficient at a time, and joined slopes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import InputError
from analysis.methods import _inference, _ols, validate
from analysis.methods._inference import Coefficient
from analysis.methods._ols import Ols
from analysis.methods._time import years_of
from analysis.methods._trend_results import power
from analysis.methods.results import Result
from analysis.methods.validate import Vector

DEFAULT = "wild"


@dataclass(frozen=True, eq=False, repr=False)
class Effect(Result):
    """Coefficient of one regressor of log10 y, all others held.

    ``factor`` and ``factor_interval`` are what one unit more multiplies y by.
    """

    value: float
    standard_error: float
    interval: tuple[float, float]
    n: int
    covariance: str
    level: float
    _coefficient: Coefficient

    @property
    def factor(self) -> float:
        return power(self.value)

    @property
    def factor_interval(self) -> tuple[float, float]:
        return power(self.interval[0]), power(self.interval[1])

    def p_value(self, null: float = 0.0) -> float:
        """Two-sided p-value of the coefficient being ``null``."""
        return self._coefficient.p_value(null)

    def summary(self) -> str:
        low, high = self.interval
        return (
            f"{self.value:.4g} in log10 ({self.level:.0%} {low:.4g} to {high:.4g}, "
            f"{self.covariance}, n = {self.n})"
        )


@dataclass(frozen=True, eq=False, repr=False)
class JoinedSlopes(Result):
    """Two slopes of log10 y that meet at ``at``: ``change`` is the later less the earlier."""

    at: float
    level_at: float
    before: Effect
    after: Effect
    change: Effect
    n_before: int
    n_after: int

    @property
    def n(self) -> int:
        return self.change.n

    def line(self, t: Any) -> Vector:
        """Fitted y at dates or decimal years."""
        since = years_of("t", np.atleast_1d(np.asarray(t))) - self.at
        earlier, later = np.minimum(since, 0), np.maximum(since, 0)
        logs = np.log10(self.level_at) + self.before.value * earlier + self.after.value * later
        return np.asarray(10**logs)

    def summary(self) -> str:
        low, high = self.change.interval
        return (
            f"growth {self.before.factor:.4g}x, then {self.after.factor:.4g}x per year: log10 "
            f"slope changes by {self.change.value:.4g} ({self.change.level:.0%} {low:.4g} to "
            f"{high:.4g}, {self.change.covariance}, n = {self.n_before} + {self.n_after})"
        )


def effect(
    y: ArrayLike,
    columns: Mapping[str, ArrayLike],
    of: str,
    *,
    covariance: str = DEFAULT,
    level: float = 0.95,
    seed: int = 0,
) -> Effect:
    """Coefficient of the column ``of`` in log10 y = a + Σ b_j x_j + e.

    Args:
        y: positive values, shape (n,).
        columns: regressors by name, each of shape (n,); the constant is added.
        of: the name of the regressor to read.
        covariance: as in ``trend.log_linear``; ``wild`` is the bootstrap-t with HC3. ``HAC`` and
            ``sieve`` take the rows in the order given.
        level: of the interval.
        seed: of the bootstraps.

    Raises:
        InputError: for values that are not finite or positive, lengths that differ, columns that
            do not identify the coefficient, or too few rows.
    """
    validate.choice("of", of, tuple(columns))
    ols = _fit(y, columns)
    return _effect(ols, 1 + list(columns).index(of), covariance, level, seed)


def joined_slopes(
    t: Any,
    y: ArrayLike,
    at: Any,
    *,
    covariance: str = DEFAULT,
    level: float = 0.95,
    seed: int = 0,
) -> JoinedSlopes:
    """Growth before and from ``at`` on a line that bends there but does not jump.

    log10 y = a + b min(u, 0) + c max(u, 0) + e, u = t - at; the change is c - b.

    Args:
        t: dates, or years as decimals, shape (n,).
        y: positive values, shape (n,).
        at: the date, or year as a decimal, fixed beforehand.
        covariance, level, seed: as in ``effect``; rows are put in time order first.

    Raises:
        InputError: as in ``effect``, and when either side has fewer than 3 different times.
    """
    years, bend = years_of("t", t), float(years_of("at", [at])[0])
    values = validate.vector("y", y, minimum=6, positive=True)
    validate.same_length(t=years, y=values)
    order = np.lexsort((values, years))
    since, values = years[order] - bend, values[order]
    late = since >= 0
    if min(np.unique(since[late]).size, np.unique(since[~late]).size) < 3:
        raise InputError("at", "needs at least 3 different times before it and 3 from it on")
    earlier, later = np.minimum(since, 0), np.maximum(since, 0)
    sides = _fit(values, {"before": earlier, "after": later})
    change = _fit(values, {"all": since, "change": later})
    return JoinedSlopes(
        at=bend,
        level_at=power(float(sides.coefficients[0])),
        before=_effect(sides, 1, covariance, level, seed),
        after=_effect(sides, 2, covariance, level, seed),
        change=_effect(change, 2, covariance, level, seed),
        n_before=int((~late).sum()),
        n_after=int(late.sum()),
    )


def _fit(y: ArrayLike, columns: Mapping[str, ArrayLike]) -> Ols:
    values = validate.vector("y", y, minimum=len(columns) + 2, positive=True)
    checked = {name: validate.vector(name, column) for name, column in columns.items()}
    validate.same_length(y=values, **checked)
    design = np.column_stack([np.ones(values.size), *checked.values()])
    return _ols.fit("columns", design, np.log10(values))


def _effect(ols: Ols, index: int, covariance: str, level: float, seed: int) -> Effect:
    validate.level("level", level)
    read = _inference.coefficient("columns", ols, index, covariance, seed)
    return Effect(
        value=read.value,
        standard_error=read.standard_error,
        interval=read.interval(level),
        n=ols.n,
        covariance=covariance,
        level=level,
        _coefficient=read,
    )

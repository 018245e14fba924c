"""Growth curves with or without a ceiling, and tests of slowing growth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import InputError
from analysis.methods import _curve_fit, _inference, _ols, validate
from analysis.methods._curve_fit import Problem
from analysis.methods._curves import CURVES, Curve
from analysis.methods._growth_results import Deceleration, GrowthFit, IntersectionUnion
from analysis.methods._time import years_of
from analysis.methods.results import Named
from analysis.methods.validate import Vector

__all__ = [
    "Deceleration",
    "GrowthFit",
    "IntersectionUnion",
    "deceleration",
    "fit",
    "intersection_union",
]


def fit(
    t: Any,
    y: ArrayLike,
    *,
    curve: str = "logistic",
    scale: str = "level",
    start: Sequence[float] | None = None,
    level: float = 0.95,
) -> GrowthFit:
    """Nonlinear least squares of a growth curve.

    ==============  ============================================  =============================
    curve           y                                             parameters
    ==============  ============================================  =============================
    exponential     exp(a + b t)                                  log_level a, rate b
    logistic        c / (1 + exp(a - b t))                        ceiling c, offset a, rate b
    gompertz        c exp(-exp(a - b t))                          ceiling c, offset a, rate b
    richards        c / (1 + exp(a - b t))^(1/d)                  … and shape d
    bass            m (s²/p) e^(-s t) / (1 + (q/p) e^(-s t))²     m, p, q; s = p + q
    ==============  ============================================  =============================

    Bass describes new adopters per unit of time, t counted from the introduction; m is the number
    of all who will ever adopt, its ceiling. Errors are of y on the ``level`` scale, of ln y on the
    ``log`` scale (growth in percent). Standard errors are s² (J'J)⁻¹; intervals are profiles of
    the likelihood, which need not be symmetric. For a logistic, nominal 95 % intervals cover 93 to
    98 % in simulations, but that of the rate 88 % in 20 points that end well before the inflection
    (docs/calibration.md). With fewer than about ten points before the
    inflection a ceiling is rarely identified; then its interval ends at infinity.

    Args:
        t: strictly increasing times or dates, shape (n,).
        y: positive values, shape (n,).
        curve: one of the five.
        scale: ``level`` or ``log``.
        start: parameters to start from, in the order above; found from the data unless given.
        level: of the intervals.

    Raises:
        InputError: for no more points than parameters, lengths that differ, values that are not
            finite, not positive or constant, times out of order or repeated, calendar years for
            Bass, or a start of the wrong length or sign.

    Source: Bass (1969), Management Science 15:215; Bates and Watts (1988), Nonlinear Regression.
    """
    shape = CURVES[validate.choice("curve", curve, tuple(CURVES))]
    validate.choice("scale", scale, ("level", "log"))
    validate.level("level", level)
    times, values = _series(t, y, minimum=len(shape.names) + 1)
    if curve == "bass" and times[0] > 1000:
        raise InputError("t", f"must count from the introduction for Bass; it starts {times[0]}")
    names, middle = shape.names, float(times.mean()) if shape.origin else 0.0
    centred = Problem(shape, times - middle, values, log=scale == "log")  # calendar years are far
    starts = centred.starts() if start is None else [shape.shifted(_start(shape, start), -middle)]
    near = _curve_fit.best(centred, starts)
    problem, free = replace(centred, t=times), shape.shifted(near, middle)
    found = [
        _curve_fit.profile(problem, free, i, level)
        if shape.origin and i == shape.origin[0]
        else _curve_fit.profile(centred, near, i, level)
        for i in range(len(names))
    ]
    identified = not shape.ceiling or bool(np.isfinite(found[0][1]))
    return GrowthFit(
        curve=curve,
        parameters=_named(names, shape.from_free(free), identified),
        standard_errors=_named(names, _curve_fit.standard_errors(problem, free), identified),
        intervals=Named(dict(zip(names, found, strict=True))),
        identified=identified,
        rss=centred.rss(near) * centred.unit**2,
        n=times.size,
        scale=scale,
        level=level,
        _free=free,
    )


def deceleration(
    t: Any,
    y: ArrayLike,
    *,
    method: str = "rates",
    covariance: str = "sieve",
    level: float = 0.95,
) -> Deceleration:
    """Does growth in percent fall?

    ``rates``: growth rates ln(y_i / y_{i-1}) / (t_i - t_{i-1}) on the middle of their interval; the
    test is of the slope. Right where shocks to the level last, as in market sizes, and cautious
    where they do not. ``quadratic``: ln y on t and t²; the change is twice the coefficient of t².
    Sharper, and only right where shocks to the level do not last. The default pair rejects steady
    growth in at most 7 % of cases at a nominal 5 % (docs/calibration.md).

    Args:
        t: strictly increasing times or dates, shape (n,).
        y: positive values, shape (n,).
        method: ``rates`` or ``quadratic``.
        covariance: as in ``trend.log_linear``.
        level: of the two-sided interval.

    Raises:
        InputError: for fewer than 4 points, lengths that differ, values that are not finite or
            positive, or times out of order or repeated.
    """
    validate.choice("method", method, ("rates", "quadratic"))
    validate.level("level", level)
    times, values = _series(t, y, minimum=4, varying=False)
    logs = np.log(values)
    rates = np.diff(logs) / np.diff(times)
    middles = (times[1:] + times[:-1]) / 2
    centre = times.mean()
    if method == "rates":
        ols = _ols.fit("t", np.column_stack([np.ones(rates.size), middles - centre]), rates)
        factor, base = 1.0, ols.coefficients[0]
    else:
        since = times - centre
        ols = _ols.fit("t", np.column_stack([np.ones(since.size), since, since**2]), logs)
        factor, base = 2.0, ols.coefficients[1]
    term = _inference.coefficient("t", ols, ols.coefficients.size - 1, covariance)
    change = factor * term.value
    steady = abs(change) * np.ptp(times) <= 1e-10 * np.abs(rates).max()  # but for rounding
    two_sided = 1.0 if steady else term.p_value()
    low, high = term.interval(level)
    return Deceleration(
        change=0.0 if steady else change,
        standard_error=factor * term.standard_error,
        interval=(factor * low, factor * high),
        p_value=1.0 if steady else two_sided / 2 if change < 0 else 1 - two_sided / 2,
        growth_first=float(np.exp(base + change * (middles[0] - centre))),
        growth_last=float(np.exp(base + change * (middles[-1] - centre))),
        n=times.size,
        method=method,
        covariance=covariance,
        level=level,
    )


def intersection_union(
    results: Mapping[str, Deceleration] | Sequence[Deceleration],
) -> IntersectionUnion:
    """Test that every segment decelerates, against at least one that does not.

    The p-value is the largest of the segments', with no correction for their number.

    Args:
        results: of ``deceleration``, by segment name or in order.

    Raises:
        InputError: when there is none, or one is something else.

    Source: Berger (1982), Technometrics 24:295.
    """
    named = (
        dict(results)
        if isinstance(results, Mapping)
        else {str(i): found for i, found in enumerate(results)}
    )
    if not named:
        raise InputError("results", "needs at least one test")
    for name, found in named.items():
        if not isinstance(found, Deceleration):
            raise InputError("results", f"must be results of deceleration; {name} is {found!r}")
    weakest = max(named, key=lambda name: named[name].p_value)
    return IntersectionUnion(named[weakest].p_value, weakest, len(named))


def _series(t: Any, y: ArrayLike, *, minimum: int, varying: bool = True) -> tuple[Vector, Vector]:
    times = years_of("t", t)
    values = validate.vector("y", y, minimum=minimum, positive=True, varying=varying)
    validate.same_length(t=times, y=values)
    validate.increasing("t", times, strict=True)
    return times, values


def _start(shape: Curve, start: Sequence[float]) -> Vector:
    values = validate.vector("start", start)
    if values.size != len(shape.names):
        raise InputError("start", f"needs {len(shape.names)} values: {', '.join(shape.names)}")
    for name, value, up in zip(shape.names, values, shape.positive, strict=True):
        if up and value <= 0:
            raise InputError("start", f"{name} must be positive; it is {value}")
    return shape.to_free(values)


def _named(names: Sequence[str], values: Vector, identified: bool) -> Named:
    """Values by name; a ceiling that is not identified, the first, is not a number."""
    shown = values if identified else np.append(np.nan, values[1:])
    return Named(dict(zip(names, map(float, shown), strict=True)))

"""Many tests at once, and tests of equivalence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods.results import Result

METHODS = ("BH", "BY", "Holm", "Bonferroni")


def adjust(p: ArrayLike, method: str = "BH") -> np.ndarray:
    """Adjusted p-values, in the order given; reject where they are at most the wanted level.

    With p_(1) ≤ … ≤ p_(m): Bonferroni m p; Holm max over j ≤ i of (m - j + 1) p_(j);
    BH min over j ≥ i of m p_(j) / j; BY the same times Σ 1/k. All are capped at 1.
    Bonferroni and Holm hold the chance of any false rejection, BH (independent or positively
    dependent tests) and BY (any dependence) the expected share of false ones.

    Args:
        p: p-values in [0, 1].
        method: ``BH``, ``BY``, ``Holm`` or ``Bonferroni``, in any case.

    Raises:
        InputError: for no p-values, values outside [0, 1], or an unknown method.

    Source: Benjamini and Hochberg (1995), JRSS B 57:289; Benjamini and Yekutieli (2001),
    Ann. Stat. 29:1165; Holm (1979), Scand. J. Stat. 6:65.
    """
    known = {name.lower(): name for name in METHODS}
    name = validate.choice("method", known.get(str(method).lower(), method), METHODS)
    values = validate.vector("p", p)
    if ((values < 0) | (values > 1)).any():
        raise InputError("p", "must lie in [0, 1]")
    order = np.argsort(values, kind="stable")
    ranked, count = values[order], len(values)
    rank = np.arange(1, count + 1)
    if name == "Bonferroni":
        adjusted = count * ranked
    elif name == "Holm":
        adjusted = np.maximum.accumulate((count - rank + 1) * ranked)
    else:
        penalty = (1 / rank).sum() if name == "BY" else 1.0
        adjusted = np.minimum.accumulate((penalty * count * ranked / rank)[::-1])[::-1]
    result = np.empty(count)
    result[order] = np.minimum(adjusted, 1.0)
    return result


@dataclass(frozen=True, repr=False)
class Equivalence(Result):
    """Two one-sided tests: ``equivalent`` when ``interval`` lies between ``low`` and ``high``."""

    estimate: float
    low: float
    high: float
    p_value: float
    equivalent: bool
    interval: tuple[float, float]
    level: float

    def summary(self) -> str:
        verb = "is" if self.equivalent else "is not shown to be"
        return (
            f"{self.estimate:.4g} {verb} within ({self.low:.4g}, {self.high:.4g}): "
            f"p = {self.p_value:.3g}"
        )


def equivalence(
    estimate: float,
    standard_error: float,
    low: float,
    high: float,
    df: float | None = None,
    level: float = 0.95,
) -> Equivalence:
    """Test that the true value lies between ``low`` and ``high`` (two one-sided tests).

    p = max(P(T > (estimate - low) / se), P(T < (estimate - high) / se)), T normal, or
    Student's t with ``df`` degrees of freedom. Equivalence at 1 - ``level`` is the same as the
    interval of coverage 2 ``level`` - 1 (90 % for 0.95) lying inside the bounds.

    Raises:
        InputError: for non-finite numbers, a standard error or ``df`` that is not positive,
            bounds in the wrong order, or a level outside (0.5, 1).

    Source: Schuirmann (1987), J. Pharmacokinetics and Biopharmaceutics 15:657.
    """
    validate.vector("estimate", [estimate])
    validate.vector("standard_error", [standard_error], positive=True)
    validate.vector("low and high", [low, high])
    if low >= high:
        raise InputError("low", f"must be below high, not {low} and {high}")
    if df is not None:
        validate.vector("df", [df], positive=True)
    if validate.level("level", level) <= 0.5:
        raise InputError("level", f"must lie between 0.5 and 1, not {level}")
    scores = [(estimate - low) / standard_error, (high - estimate) / standard_error]
    tails = (
        special.ndtr(np.negative(scores)) if df is None else special.stdtr(df, np.negative(scores))
    )
    quantile = special.ndtri(level) if df is None else special.stdtrit(df, level)
    reach = float(quantile) * standard_error
    p_value = float(np.max(tails))
    return Equivalence(
        estimate=float(estimate),
        low=float(low),
        high=float(high),
        p_value=p_value,
        equivalent=p_value < 1 - level,
        interval=(float(estimate) - reach, float(estimate) + reach),
        level=level,
    )

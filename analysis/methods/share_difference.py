"""The difference of two shares, with its exact interval."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import special

from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods.results import Result
from analysis.methods.validate import Vector

Matrix = np.ndarray
NUISANCE = np.linspace(0.0, 1.0, 81)
STEPS = 15  # halvings: the ends are found to 2 / 2^15
TIE = 1e-9


@dataclass(frozen=True, repr=False)
class Difference(Result):
    """``count1`` of ``n1`` less ``count2`` of ``n2``, as shares, and the interval."""

    difference: float
    interval: tuple[float, float]
    count1: int
    n1: int
    count2: int
    n2: int
    level: float

    def summary(self) -> str:
        low, high = self.interval
        return (
            f"{self.count1} of {self.n1} less {self.count2} of {self.n2}: {self.difference:.3g}"
            f" ({self.level:.0%} {low:.3g} to {high:.3g})"
        )


def difference(count1: int, n1: int, count2: int, n2: int, *, level: float = 0.95) -> Difference:
    """count1 / n1 - count2 / n2 with an exact unconditional interval.

    The lower end is the smallest δ that the one-sided test of p1 - p2 ≤ δ does not reject at
    (1 - level) / 2. Its p-value is the largest, over the unknown p2, of the chance of tables whose
    score statistic is at least the one seen; the variance of that statistic is the one of
    maximum likelihood under p1 - p2 = δ. The upper end follows by exchanging the samples.

    Raises:
        InputError: for n below 1, or counts that are not whole numbers from 0 to n.

    Source: Chan and Zhang (1999), Biometrics 55:1202; Farrington and Manning (1990), Statistics
    in Medicine 9:1447 (the constrained estimates).
    """
    cases = []
    for name, count, n in (("count1", count1, n1), ("count2", count2, n2)):
        hits, size = validate.count(name, count, minimum=0), validate.count("n" + name[-1], n)
        if hits > size:
            raise InputError(name, f"must be at most {size}; it is {hits}")
        cases += [hits, size]
    tail = (1 - validate.level("level", level)) / 2
    low, high = _low(*cases, tail), -_low(*cases[2:], *cases[:2], tail)
    gap = cases[0] / cases[1] - cases[2] / cases[3]
    return Difference(gap, (low, high), count1, n1, count2, n2, level)


@cache
def _low(count1: int, n1: int, count2: int, n2: int, tail: float) -> float:
    rejected, kept = -1.0, count1 / n1 - count2 / n2
    if one_sided_p(count1, n1, count2, n2, -1.0 + TIE) > tail:
        return -1.0
    for _ in range(STEPS):
        middle = (rejected + kept) / 2
        if one_sided_p(count1, n1, count2, n2, middle) > tail:
            kept = middle
        else:
            rejected = middle
    return float(rejected)


def one_sided_p(count1: int, n1: int, count2: int, n2: int, delta: float) -> float:
    """Exact p-value of p1 - p2 ≤ ``delta`` against a larger difference (see ``difference``)."""
    first, second = np.arange(n1 + 1), np.arange(n2 + 1)
    score = _score(first[:, None], n1, second[None, :], n2, delta)
    as_far = (score >= score[count1, count2] - TIE).astype(float)
    least, most = max(0.0, -delta), min(1.0, 1.0 - delta)
    p2 = least + (most - least) * NUISANCE
    chance1, chance2 = _binomial(first, n1, p2 + delta), _binomial(second, n2, p2)
    return float(((chance1 @ as_far) * chance2).sum(axis=1).max())


def _score(x1: Matrix, n1: int, x2: Matrix, n2: int, delta: float) -> Matrix:
    p1, p2 = x1 / n1, x2 / n2
    null1 = constrained(p1, n1, p2, n2, delta)
    null2 = np.clip(null1 - delta, 0.0, 1.0)
    variance = null1 * (1 - null1) / n1 + null2 * (1 - null2) / n2
    gap = p1 - p2 - delta
    with np.errstate(divide="ignore", invalid="ignore"):
        score = gap / np.sqrt(variance)
    return np.where(
        variance > TIE**2, score, np.where(np.abs(gap) < TIE, 0.0, np.copysign(np.inf, gap))
    )


def constrained(p1: Matrix, n1: int, p2: Matrix, n2: int, delta: float) -> Matrix:
    """Maximum-likelihood estimate of the first share given p1 - p2 = ``delta``."""
    ratio = n2 / n1
    a = 1 + ratio
    b = -(1 + ratio + p1 + ratio * p2 + delta * (ratio + 2))
    c = delta**2 + delta * (2 * p1 + ratio + 1) + p1 + ratio * p2
    d = -p1 * delta * (1 + delta)
    third = b / (3 * a)
    v = third**3 - b * c / (6 * a**2) + d / (2 * a)
    u = np.copysign(np.sqrt(np.maximum(third**2 - c / (3 * a), 0.0)), v)
    with np.errstate(divide="ignore", invalid="ignore"):
        cosine = np.where(u == 0, 0.0, v / u**3)
    angle = (np.pi + np.arccos(np.clip(cosine, -1.0, 1.0))) / 3
    return np.clip(2 * u * np.cos(angle) - third, max(0.0, delta), min(1.0, 1.0 + delta))


def _binomial(counts: Matrix, n: int, shares: Vector) -> Matrix:
    p = np.clip(shares, 0.0, 1.0)[:, None]
    ways = np.exp(
        special.gammaln(n + 1) - special.gammaln(counts + 1) - special.gammaln(n - counts + 1)
    )
    return np.asarray(ways * p**counts * (1 - p) ** (n - counts))

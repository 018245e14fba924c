"""A share of counted cases, with its exact interval."""

from __future__ import annotations

from dataclasses import dataclass

from scipy import special

from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods.results import Result


@dataclass(frozen=True, repr=False)
class Share(Result):
    """``count`` of ``n`` cases and the interval of the share."""

    share: float
    interval: tuple[float, float]
    count: int
    n: int
    level: float

    def summary(self) -> str:
        low, high = self.interval
        return (
            f"{self.count} of {self.n}: {self.share:.3g} ({self.level:.0%} {low:.3g} to {high:.3g})"
        )


def share(count: int, n: int, *, level: float = 0.95) -> Share:
    """count / n with the Clopper-Pearson interval.

    Its ends are quantiles of the beta distribution, B(α/2; k, n - k + 1) and
    B(1 - α/2; k + 1, n - k).

    Raises:
        InputError: for n below 1, or a count that is not a whole number from 0 to n.

    Source: Clopper and Pearson (1934), Biometrika 26:404.
    """
    cases = validate.count("n", n)
    hits = validate.count("count", count, minimum=0)
    if hits > cases:
        raise InputError("count", f"must be at most n = {cases}; it is {hits}")
    tail = (1 - validate.level("level", level)) / 2
    low = special.betaincinv(hits, cases - hits + 1, tail) if hits else 0.0
    high = special.betaincinv(hits + 1, cases - hits, 1 - tail) if hits < cases else 1.0
    return Share(hits / cases, (float(low), float(high)), hits, cases, level)

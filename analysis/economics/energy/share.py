"""Share of inference in world electricity in 2030: draws from the published ranges."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.energy import terms
from analysis.economics.energy.published import Range
from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods.validate import Vector

SHAPES = ("triangular", "uniform", "log-uniform")
DEPENDENCE = ("independent", "together")
TERMS = ("data centres", "world", "AI part", "inference part")
THRESHOLDS = (0.005, 0.01, 0.02, 0.05)
"""Shares asked about: half, one, two and five percent."""


@dataclass(frozen=True, eq=False)
class Shares:
    """Draws of the share with the ranges of their terms."""

    draws: Vector
    ranges: dict[str, Range]
    level: float

    @property
    def median(self) -> float:
        return float(np.median(self.draws))

    @property
    def interval(self) -> tuple[float, float]:
        """Equal-tailed interval of the draws."""
        tail = (1 - self.level) / 2
        low, high = np.quantile(self.draws, [tail, 1 - tail])
        return float(low), float(high)

    def above(self, thresholds: Sequence[float] = THRESHOLDS) -> pd.DataFrame:
        """Part of the draws at or above each share."""
        parts = [float((self.draws >= t).mean()) for t in thresholds]
        return pd.DataFrame({"at_least_share": thresholds, "part_of_draws": parts})


def quantile(span: Range, shape: str, at: Vector) -> Vector:
    """Values of a range at probabilities ``at``, shape (n,).

    Triangular with its mode, uniform, or uniform in the logarithm.

    Raises:
        InputError: for an unknown shape.
    """
    validate.choice("shape", shape, SHAPES)
    if span.fixed:
        return np.full_like(at, span.mode)
    width = span.high - span.low
    if shape == "uniform":
        return span.low + width * at
    if shape == "log-uniform":
        return np.asarray(span.low * (span.high / span.low) ** at)
    left = (span.mode - span.low) / width
    up = span.low + np.sqrt(at * width * (span.mode - span.low))
    down = span.high - np.sqrt((1 - at) * width * (span.high - span.mode))
    return np.where(at < left, up, down)


def simulate(
    facts: pd.DataFrame,
    *,
    path: str = terms.HEADLINE["path"],
    spread: str = terms.HEADLINE["spread"],
    ai_part: str = terms.HEADLINE["ai_part"],
    building: str = terms.HEADLINE["building"],
    inference_part: str = terms.HEADLINE["inference_part"],
    world: str = terms.HEADLINE["world"],
    shape: str = SHAPES[0],
    dependence: str = DEPENDENCE[0],
    draws: int = 100_000,
    level: float = 0.95,
    seed: int = 0,
) -> Shares:
    """Draws of D / E x a x i: the choices name the sources of ``terms``.

    ``together`` draws data centres, AI part and inference part from one number: a world in which
    all three run high, or low.

    Raises:
        InputError: when a source had published nothing.
    """
    validate.choice("dependence", dependence, DEPENDENCE)
    ranges = {
        TERMS[0]: terms.path(facts, path, spread),
        TERMS[1]: terms.world(facts, world),
        TERMS[2]: terms.ai_part(facts, ai_part, building),
        TERMS[3]: terms.inference_part(facts, inference_part),
    }
    return Shares(product(ranges, path, ai_part, shape, dependence, draws, seed), ranges, level)


def product(
    ranges: dict[str, Range],
    path: str,
    ai_part: str,
    shape: str,
    dependence: str,
    draws: int,
    seed: int,
) -> Vector:
    """Draws of the share from the ranges; ``path`` and ``ai_part`` say what these are parts of."""
    at = uniforms(draws, seed)
    if dependence == "together":
        at = at[[0, 1, 0, 0]]
    use, total, ai, inference = (
        quantile(ranges[name], shape, row) for name, row in zip(TERMS, at, strict=True)
    )
    centres = use if path == terms.SHARES else use / total
    return centres * ai if ai_part == terms.JOINT else centres * ai * inference


@cache
def uniforms(draws: int, seed: int) -> Vector:
    """The same numbers for every specification, so that they differ by their choices alone."""
    return np.random.default_rng(seed).random((len(TERMS), draws))


def by_building(facts: pd.DataFrame, **options: Any) -> pd.DataFrame:
    """The share with AI's servers alone and with the building around them.

    ``options`` as in ``simulate``. The second row is absent before the survey was known.
    """
    rows = []
    for name in terms.BUILDINGS:
        with contextlib.suppress(InputError):
            found = simulate(facts, building=name, **options)
            low, high = found.interval
            rows.append(
                {"servers_for_ai": name, "median": found.median, "low": low, "high": high,
                 "part_of_draws_at_1_percent": float((found.draws >= THRESHOLDS[1]).mean())}
            )  # fmt: skip
    return pd.DataFrame(rows)


def most_likely(shares: Shares) -> float:
    """The share with every term at its most likely value."""
    return _at({name: span.mode for name, span in shares.ranges.items()})


def one_at_a_time(shares: Shares) -> pd.DataFrame:
    """The share with one term at its ends and the others at their most likely value."""
    middle = {name: span.mode for name, span in shares.ranges.items()}
    rows = []
    for name, span in shares.ranges.items():
        ends = [_at(middle | {name: end}) for end in (span.low, span.high)]
        rows.append(
            {"term": name, "low": span.low, "most_likely": span.mode, "high": span.high,
             "share_at_low": ends[0], "share_at_high": ends[1]}
        )  # fmt: skip
    frame = pd.DataFrame(rows)
    width = (frame["share_at_high"] - frame["share_at_low"]).abs()
    return frame.loc[width.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def _at(values: dict[str, float]) -> float:
    return values[TERMS[0]] / values[TERMS[1]] * values[TERMS[2]] * values[TERMS[3]]

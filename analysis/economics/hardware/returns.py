"""Ability gained per tenfold training compute, later over earlier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.training import samples
from analysis.economics.training.samples import ABILITY, COMPUTE
from analysis.errors import InputError
from analysis.methods import regression
from analysis.methods.regression import Effect

HALVINGS = 20
FAR = 1e3
LEAST = 4


@dataclass(frozen=True)
class Sides:
    """Slopes of ability on log10 compute before a date and from it on, and the rows behind."""

    before: Effect
    after: Effect
    n_before: int
    n_after: int

    @property
    def ratio(self) -> float:
        return self.after.value / self.before.value


def leaders(
    runs: pd.DataFrame, links: pd.DataFrame, quality: pd.DataFrame, *, k: int, benchmarks: int = 3
) -> pd.DataFrame:
    """Models among the ``k`` largest runs at their release that have an ability score."""
    scored = samples.with_ability(runs, links, quality, benchmarks=benchmarks)
    largest = samples.frontier_runs(runs, links, k=k, start="1900-01-01")
    found = scored[scored["model"].isin(largest["model"])] if len(largest) else scored.iloc[:0]
    return found.sort_values(["refers_to", "model"], kind="stable")


def sides(models: pd.DataFrame, at: Any, covariance: str = "HC3", seed: int = 0) -> Sides:
    """Two lines with their own levels.

    Raises:
        InputError: for fewer than 4 models on either side.
    """
    late = (models["refers_to"] >= pd.Timestamp(at)).to_numpy()
    if min(late.sum(), (~late).sum()) < LEAST:
        raise InputError("models", f"need {LEAST} with ability and compute on either side of {at}")
    before, after = (_slope(models[rows], covariance, seed) for rows in (~late, late))
    return Sides(before, after, int((~late).sum()), int(late.sum()))


def return_ratio(models: pd.DataFrame, at: Any, *, level: float = 0.95, seed: int = 0) -> Answer:
    """Later slope over earlier slope (c94).

    The interval holds the ratios r for which later - r · earlier = 0 is not rejected by a wild
    bootstrap-t (the manner of Fieller 1954), and is open where none far out is.
    """
    found = sides(models, at)
    logs = np.log10(models[COMPUTE]).to_numpy()
    logs = logs - logs.mean()
    late = (models["refers_to"] >= pd.Timestamp(at)).to_numpy().astype(float)

    def held(ratio: float) -> bool:
        columns = {
            "late": late,
            "common": logs * (1 - late) + ratio * logs * late,
            "excess": logs * late,
        }
        excess = regression.effect(
            10 ** models[ABILITY], columns, "excess", covariance="wild", level=level, seed=seed
        )
        return excess.interval[0] <= 0 <= excess.interval[1]

    return Answer(
        estimate=found.ratio,
        interval=(_end(held, found.ratio, -1), _end(held, found.ratio, 1)),
        n=len(models),
        method="two lines of ability on log10 compute, ratio of slopes, inverted wild bootstrap-t",
        reason=(
            f"Ability gained per tenfold compute was {found.before.value:.2g} over"
            f" {found.n_before} frontier models and {found.after.value:.2g} over the"
            f" {found.n_after} later ones; dates and methods moved along with compute, and few"
            " runs since then disclose it"
        ),
        detail={"before": found.before.value, "after": found.after.value,
                "n_before": found.n_before, "n_after": found.n_after},
    )  # fmt: skip


def _slope(models: pd.DataFrame, covariance: str, seed: int) -> Effect:
    columns = {"compute": np.log10(models[COMPUTE]) - 24}
    return regression.effect(
        10 ** models[ABILITY], columns, "compute", covariance=covariance, seed=seed
    )


def _end(held: Callable[[float], bool], inside: float, sign: int) -> float:
    step = max(abs(inside), 0.1)
    outside = inside + sign * step
    while held(outside):
        step *= 2
        if step > FAR:
            return sign * float("inf")
        inside, outside = outside, outside + sign * step
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if held(middle) else (inside, middle)
    return (inside + outside) / 2

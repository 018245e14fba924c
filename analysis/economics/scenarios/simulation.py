"""From draws of the inputs to what compute costs in each year.

Every input is a quantile between 0 and 1, so that draws, swings and variance shares use one model:

    rate of an output = sum of the rates of its inputs (``PARTS``), log10 per year
    log10 change to T = rate x years + scatter of its series

No reading of *inflation* is the right one. Three stand side by side: the price of a token at fixed
ability, the cost of a task at fixed ability and that of a task for the best model is higher at the
end of the horizon than in the last month known. The cost of a task is the price times the tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from analysis.economics.scenarios.inputs import GOOD_TO, Inputs
from analysis.economics.scenarios.paths import AROUND, Path
from analysis.errors import InputError
from analysis.methods import proportion, validate
from analysis.methods.validate import Vector

COMPUTE, UNIT_COST, ABLE, BEST, TOKENS, SPEND = (
    "training compute", "dollars per operation", "price at fixed ability",
    "price of the best model", "tokens a task", "capital spending",
)  # fmt: skip
PERIOD, LEVEL = "weight of the recent months", "cost of the dearest run"
SCATTER = {name: f"scatter of the {name}" for name in (ABLE, BEST)} | {
    SPEND: "scatter of capital spending"
}
INPUTS = (COMPUTE, UNIT_COST, ABLE, BEST, TOKENS, SPEND, PERIOD, LEVEL, *SCATTER.values())
TRAINING, TOKEN, ABLE_TASK, BEST_TASK, SPENDING = (
    "cost of the largest run", "price of a token at fixed ability",
    "cost of a task at fixed ability", "cost of a task, best model", "spending of four firms",
)  # fmt: skip
PARTS: dict[str, dict[str, float]] = {
    TRAINING: {COMPUTE: 1.0, UNIT_COST: 1.0},
    TOKEN: {ABLE: 1.0},
    ABLE_TASK: {ABLE: 1.0, TOKENS: 1.0},
    BEST_TASK: {BEST: 1.0, TOKENS: 1.0},
    SPENDING: {SPEND: 1.0},
}
UNITS = {
    TRAINING: "USD", TOKEN: "USD per million tokens", ABLE_TASK: "times now",
    BEST_TASK: "times now", SPENDING: "USD per year",
}  # fmt: skip
MEANINGS = (TOKEN, ABLE_TASK, BEST_TASK)
SHARES = {"q5": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "q95": 0.95}
EDGE = 1e-6
Draws = dict[str, Vector]


@dataclass(frozen=True, eq=False)
class Model:
    """Inputs, the last year, and how a series scatters (one of ``paths.SHOCKS``)."""

    known: Inputs
    horizon: int
    scatter: str = AROUND

    @property
    def outputs(self) -> list[str]:
        """The outputs whose inputs are all known."""
        return [name for name in PARTS if self.has(name)]

    def has(self, output: str) -> bool:
        k = self.known
        by_input = {COMPUTE: k.compute, UNIT_COST: k.unit_cost, ABLE: k.able, BEST: k.best,
                    TOKENS: k.tokens, SPEND: k.spend}  # fmt: skip
        parts = [by_input[name] for name in PARTS[output]]
        return all(part is not None for part in parts) and (output != TRAINING or k.run is not None)

    def series(self, output: str) -> Path | None:
        """The series whose scatter an output has; the cost of a run has none."""
        k = self.known
        by = {TOKEN: k.able, ABLE_TASK: k.able, BEST_TASK: k.best, SPENDING: k.spend}
        return by.get(output)

    def inputs_of(self, output: str) -> list[str]:
        """Names of the inputs that an output depends on."""
        parts = list(PARTS[output])
        if output == TRAINING:
            return [*parts, LEVEL]
        own = next(name for name in parts if name in SCATTER)
        return [*parts, PERIOD, SCATTER[own]]

    def start(self, output: str) -> tuple[float, float]:
        """Decimal year and value from which an output goes on; tasks start at 1."""
        if output == TRAINING:
            assert self.known.run is not None
            return self.known.run.now, self.known.run.usd
        series = self.series(output)
        assert series is not None
        return series.now, 1.0 if "task" in output else series.value

    def rate(self, name: str, draws: Draws) -> Vector:
        """Growth of one input in log10 per year at its quantiles."""
        k = self.known
        if name in (COMPUTE, UNIT_COST):
            fit = k.compute if name == COMPUTE else k.unit_cost
            assert fit is not None
            return fit.slope_quantile(draws[name])
        if name == TOKENS:
            assert k.tokens is not None
            low, high = k.tokens
            return np.asarray(low + (high - low) * draws[name])
        path = {ABLE: k.able, BEST: k.best, SPEND: k.spend}[name]
        assert path is not None
        return path.slope(draws[name], draws[PERIOD])

    def growth(self, output: str, draws: Draws) -> Vector:
        """Growth of an output in log10 per year, without scatter."""
        parts = [sign * self.rate(name, draws) for name, sign in PARTS[output].items()]
        return np.asarray(np.sum(parts, axis=0))

    def change(self, output: str, draws: Draws, year: int | None = None) -> Vector:
        """log10 change of an output from its start to the end of a year, by default the last."""
        ahead = (self.horizon if year is None else year) + 1 - self.start(output)[0]
        found = self.growth(output, draws) * ahead
        if output == TRAINING:
            return np.asarray(found + level_error(draws[LEVEL]))
        series, name = self.series(output), self.inputs_of(output)[-1]
        assert series is not None
        return np.asarray(found + series.shock(draws[name], draws[PERIOD], ahead, self.scatter))


def level_error(quantile: Vector, good_to: float = GOOD_TO) -> Vector:
    """Error of log10 of the cost of a known run, normal, within ``good_to`` nine times in ten."""
    return np.asarray(np.log10(good_to) / special.ndtri(0.95) * special.ndtri(quantile))


def draw(n: int, seed: int = 0) -> Draws:
    """Independent uniform quantiles of every input."""
    values = np.random.default_rng(seed).random((validate.count("n", n), len(INPUTS)))
    return dict(zip(INPUTS, np.clip(values, EDGE, 1 - EDGE).T, strict=True))


def medians(n: int = 1) -> Draws:
    """Every input at its median."""
    return {name: np.full(n, 0.5) for name in INPUTS}


def fans(model: Model, draws: Draws, years: Sequence[int]) -> pd.DataFrame:
    """Quantiles of every output at the end of each year: output, unit, year, and one a share.

    Raises:
        InputError: when nothing can be simulated.
    """
    if not model.outputs:
        raise InputError("inputs", "allow no output to be simulated")
    rows = []
    for output in model.outputs:
        for year in years:
            values = model.start(output)[1] * 10 ** model.change(output, draws, year)
            row = {"output": output, "unit": UNITS[output], "year": year}
            rows.append(
                row | dict(zip(SHARES, np.quantile(values, list(SHARES.values())), strict=True))
            )
    return pd.DataFrame(rows)


def chances(model: Model, draws: Draws, *, level: float = 0.95) -> pd.DataFrame:
    """Share of draws in which each output is higher at the end than at its start.

    low and high are the exact interval of the share over draws: the error of the simulation, and
    nothing else. Columns: rises, share_of_draws, low, high, draws, median_factor_per_year.
    """
    rows = []
    for output in [name for name in model.outputs if name in MEANINGS]:
        higher = model.change(output, draws) > 0
        found = proportion.share(int(higher.sum()), len(higher), level=level)
        middle = float(np.median(model.growth(output, draws)))
        rows.append(
            {"rises": output, "share_of_draws": found.share, "low": found.interval[0],
             "high": found.interval[1], "draws": found.n, "median_factor_per_year": 10**middle}
        )  # fmt: skip
    return pd.DataFrame(rows)

"""How far the share of inference hangs on the sources and choices behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pandas as pd

from analysis.economics.energy import terms
from analysis.economics.energy.published import Range
from analysis.economics.energy.share import DEPENDENCE, SHAPES, TERMS, Shares, product
from analysis.errors import InputError
from analysis.methods import multiverse
from analysis.methods.multiverse import Multiverse

DRAWS = 2_000
REPEATS = ("Gartner", "growth of 2025 goes on")


def curve(facts: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> Multiverse:
    """The share under every choice of source, spread, shape and dependence.

    Gartner's path, four percent from the IEA's, the growth of 2025 carried on, which ends at
    Deloitte's figure, the inference forecasts alone and the single denominators of the IEA are left
    out: they nearly repeat others.

    Raises:
        InputError: when no specification has all its figures.
    """
    axes: dict[str, Sequence[Any]] = {
        "path": [name for name in terms.PATHS if name not in REPEATS],
        "spread": terms.SPREADS,
        "ai_part": terms.AI_PARTS,
        "building": terms.BUILDINGS,
        "inference_part": [terms.INFERENCE_PARTS[0], *terms.INFERENCE_PARTS[2:]],
        "world": terms.WORLDS[2:],
        "shape": SHAPES[:2],
        "dependence": DEPENDENCE,
    }
    functions: dict[str, Callable[..., Range]] = {
        TERMS[0]: terms.path, TERMS[1]: terms.world,
        TERMS[2]: terms.ai_part, TERMS[3]: terms.inference_part,
    }  # fmt: skip

    @cache
    def span(term: str, *names: str) -> Range | InputError:
        try:
            return functions[term](facts, *names)
        except InputError as error:
            return error

    def known(term: str, *names: str) -> Range:
        found = span(term, *names)
        if isinstance(found, InputError):
            raise found
        return found

    def one(
        path: str,
        spread: str,
        ai_part: str,
        building: str,
        inference_part: str,
        world: str,
        **rest: str,
    ) -> tuple[float, float, float]:
        ranges = {
            TERMS[0]: known(TERMS[0], path, spread),
            TERMS[1]: known(TERMS[1], world),
            TERMS[2]: known(TERMS[2], ai_part, building),
            TERMS[3]: known(TERMS[3], inference_part),
        }
        draws = product(ranges, path, ai_part, **rest, draws=DRAWS, seed=seed)
        found = Shares(draws, ranges, level)
        return found.median, *found.interval

    return multiverse.run(axes, one)


def upper_ends(found: Multiverse, axis: str = "ai_part", at: float = 0.01) -> pd.DataFrame:
    """By choice of one axis: specifications, median estimate, and those whose upper end is high.

    Args:
        found: as ``curve``.
        at: the share that the upper end is compared with.
    """
    rows = found.estimates.assign(reaches=found.estimates["high"] >= at)
    groups = rows.groupby(axis, sort=False)
    table = groups.agg(
        specifications=("estimate", "size"), median_share=("estimate", "median"),
        estimates_above=("estimate", lambda values: float((values >= at).mean())),
        upper_ends_above=("reaches", "mean"),
    )  # fmt: skip
    return table.reset_index()

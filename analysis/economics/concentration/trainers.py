"""How many organisations train within reach of the largest run, by date (c73).

Readings chosen before the result was seen. Every organisation named on a run counts, parts of one
company as one; fine-tunes are left out, since most of their compute was spent by others. The
estimate is the count at the published compute; the interval holds the counts of redrawn compute,
each run's logarithm normal around the published value, with the spread that the publisher's
confidence stands for, and independent of the others. The p-value is that of the hypothesis "five
or fewer", as the rule says: the share of redrawn counts of at most five. It is small only where
more than five are sure, so it can carry a contradiction through false-discovery control and never
a support.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.training.entrants import parent
from analysis.economics.training.samples import COMPUTE
from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods.validate import Vector

LAST_DAY = date(2026, 4, 30)
"""Day of the count that the rule names."""
FEWEST, STATED = 3, 5
REACH = 0.1
WITHIN: Mapping[str, float] = {"Confident": 3.0, "Likely": 10.0, "Speculative": 30.0}
"""Factor within which the true compute lies with 90 % likelihood, by published confidence:
Epoch AI, AI Models documentation, https://epoch.ai/data/ai-models-documentation/estimation. The
figures were not checked against the page; ``training_choices.NARROW`` tries smaller ones."""
NORMAL_90 = 1.6448536  # half-width in standard deviations of a normal's middle 90 %


@dataclass(frozen=True, eq=False)
class Window:
    """Runs of some months up to ``end``: log10 compute, its spread, and whose they are.

    ``member`` has one row a run and one column an organisation (``names``).
    """

    end: pd.Timestamp
    models: list[str]
    logs: Vector
    spread: Vector
    names: list[str]
    member: np.ndarray


def window(
    runs: pd.DataFrame,
    end: Any,
    *,
    months: int = 12,
    merged: bool = True,
    everyone: bool = True,
    within: Mapping[str, float] = WITHIN,
) -> Window:
    """The runs released in the ``months`` up to and including ``end``.

    Args:
        runs: training runs with compute, fine-tunes left out or not.
        merged, everyone: as in ``entrants.newcomers``.
        within: factor of the middle 90 % by confidence.

    Raises:
        InputError: when there are none.
    """
    last = pd.Timestamp(end)
    days = runs["refers_to"]
    inside = (days > last - pd.DateOffset(months=months)) & (days <= last)
    rows = runs[inside & runs[COMPUTE].notna()]
    if rows.empty:
        raise InputError("runs", f"none of known compute in the {months} months to {last:%Y-%m-%d}")
    named = [_organisations(text, merged, everyone) for text in rows["developer"]]
    names = sorted({name for part in named for name in part})
    member = np.array([[name in part for name in names] for part in named])
    factor = rows["compute_confidence"].map(within).fillna(max(within.values())).to_numpy(float)
    logs = np.log10(rows[COMPUTE].to_numpy(dtype=float))
    return Window(last, list(rows["model"]), logs, np.log10(factor) / NORMAL_90, names, member)


def holders(found: Window, reach: float = REACH) -> list[str]:
    """Organisations with a run of at least ``reach`` of the largest, as published."""
    near = found.logs >= found.logs.max() + np.log10(reach)
    return [name for name, own in zip(found.names, found.member.T, strict=True) if own[near].any()]


def redrawn(found: Window, reach: float = REACH, *, draws: int = 4999, seed: int = 0) -> Vector:
    """Counts of such organisations under redrawn compute."""
    noise = np.random.default_rng(seed).standard_normal((draws, len(found.logs)))
    logs = found.logs + found.spread * noise
    near = logs >= logs.max(axis=1, keepdims=True) + np.log10(reach)
    return np.asarray((near.astype(float) @ found.member.astype(float) > 0).sum(axis=1))


def ends(counts: Vector, level: float) -> tuple[float, float]:
    """Middle ``level`` of the counts, as whole numbers that were drawn."""
    tail = (1 - validate.level("level", level)) / 2
    low, high = np.quantile(counts, [tail, 1 - tail], method="inverted_cdf")
    return float(low), float(high)


def trainers(
    runs: pd.DataFrame,
    as_of: Any,
    able: pd.DataFrame | None = None,
    *,
    level: float = 0.95,
    seed: int = 0,
    **options: Any,
) -> Answer:
    """Organisations within ten times of the largest run of the last year (c73).

    Args:
        runs: training runs, fine-tunes left out.
        as_of: day of the count, at most ``LAST_DAY``.
        able: developers of equally able models (``able_developers``), for the reason.
        options: of ``window``.

    Raises:
        InputError: as ``window``.
    """
    found = window(runs, min(pd.Timestamp(as_of), pd.Timestamp(LAST_DAY)), **options)
    counts, names = redrawn(found, seed=seed), holders(found)
    largest = found.models[int(found.logs.argmax())]
    more = "" if able is None else f"; {len(able)} developers have models as able"
    return Answer(
        estimate=len(names),
        interval=ends(counts, level),
        n=len(found.models),
        method="count at published compute; interval by redrawing compute by its confidence",
        reason=(
            f"{', '.join(names)}: within ten times of {largest}. Runs of undisclosed compute"
            f" are not in the data: a lower bound{more}"
        ),
        p_value=float(((counts <= STATED).sum() + 1) / (len(counts) + 1)),
        detail={"median_redrawn": float(np.median(counts)), "largest": largest},
    )


def _organisations(text: str, merged: bool, everyone: bool) -> set[str]:
    parts = [part.strip() for part in text.split(",")]
    chosen = parts if everyone else parts[:1]
    return {parent(part) for part in chosen} if merged else set(chosen)

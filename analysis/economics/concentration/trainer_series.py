"""The count of frontier trainers by date, and who else is as able."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.concentration.trainers import REACH, Window, ends, redrawn, window
from analysis.errors import InputError


def by_date(
    runs: pd.DataFrame, through: Any, *, start: Any = "2018-12-31", level: float = 0.95
) -> pd.DataFrame:
    """The count at each quarter end: date, organisations, low, high, runs, herfindahl, largest.

    ``herfindahl`` is that of the shares of organisations in the runs within reach, 0 to 10,000.

    Raises:
        InputError: when no quarter has a run.
    """
    rows = []
    for end in pd.date_range(start, pd.Timestamp(through), freq="QE"):
        try:
            found = window(runs, end)
        except InputError:
            continue
        low, high = ends(redrawn(found, draws=999), level)
        near = found.logs >= found.logs.max() + np.log10(REACH)
        held = found.member[near].sum(axis=0)
        rows.append(
            {
                "date": end,
                "organisations": int((held > 0).sum()),
                "low": low,
                "high": high,
                "runs": int(near.sum()),
                "herfindahl": float(((100 * held / held.sum()) ** 2).sum()),
                "largest": found.models[int(found.logs.argmax())],
            }
        )
    if not rows:
        raise InputError("runs", "no quarter has a run of known compute")
    return pd.DataFrame(rows)


def recent(counts: pd.DataFrame, quarters: int = 12) -> pd.DataFrame:
    """The last rows of ``by_date``, with days as text."""
    return counts.tail(quarters).assign(date=lambda rows: rows["date"].dt.strftime("%Y-%m-%d"))


def ability_floor(found: Window, scored: pd.DataFrame, reach: float = REACH) -> float:
    """Ability of the least able run within reach of the largest.

    Args:
        scored: runs with ability, as ``samples.with_ability`` gives them.

    Raises:
        InputError: when none of them has a score.
    """
    near = found.logs >= found.logs.max() + np.log10(reach)
    names = [model for model, counts in zip(found.models, near, strict=True) if counts]
    abilities = scored.loc[scored["model"].isin(names), "ability"]
    if abilities.empty:
        raise InputError("scored", f"none of {', '.join(names)} has an ability score")
    return float(abilities.min())


def able_developers(
    models: pd.DataFrame, floor: float, end: Any, *, months: int = 12
) -> pd.DataFrame:
    """Developers with a model of at least ``floor`` released in the months up to ``end``.

    Their count bounds from above how many organisations of undisclosed compute could be missing,
    as far as ability follows compute. Columns developer, model, ability; one row a developer.

    Args:
        models: one row a model with ability (``listings.best_effort``).
        floor: ability of the weakest run that counts.
    """
    last = pd.Timestamp(end)
    inside = (models["released"] > last - pd.DateOffset(months=months)) & (
        models["released"] <= last
    )
    able = models[inside & (models["ability"] >= floor)].sort_values(
        "ability", ascending=False, kind="stable"
    )
    return able.drop_duplicates("developer")[["developer", "model", "ability"]].reset_index(
        drop=True
    )

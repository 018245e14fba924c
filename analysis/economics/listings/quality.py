"""Ability of what a listing sells: the crosswalk in time, and one score a model."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.economics.columns import LISTING, require
from analysis.methods import validate
from analysis.methods.results import Result

_SCORE = ["ability", "standard_error", "benchmarks", "effort", "developer", "released"]
UNKNOWN = "unknown"


@dataclass(frozen=True, repr=False, eq=False)
class QualityMatch(Result):
    """Spells with ability, and how many of them there were: ``frame`` holds the matched ones."""

    frame: pd.DataFrame
    spells: int
    matched_spells: int
    listings: int
    matched_listings: int
    models: int

    def summary(self) -> str:
        share = self.matched_listings / max(self.listings, 1)
        return (
            f"{self.matched_listings} of {self.listings} listings ({share:.0%}) sell one of "
            f"{self.models} scored models"
        )


def best_effort(
    quality: pd.DataFrame, *, least_benchmarks: int = 3, declared_first: bool = True
) -> pd.DataFrame:
    """One row a model: the configuration of highest ability, so verbosity is not priced in.

    Configurations whose effort is unknown mix scaffolds of many evaluators; they serve only
    models that have no other (``declared_first``).

    Args:
        quality: ``model_quality`` as loaded.
        least_benchmarks: configurations with fewer are left out.
        declared_first: prefer efforts that are stated.

    Raises:
        InputError: for missing columns.
    """
    require("quality", quality, ["model", *_SCORE])
    least = validate.count("least_benchmarks", least_benchmarks)
    rows = quality[quality["benchmarks"] >= least]
    vague = (rows["effort"] == UNKNOWN) & declared_first
    ranked = rows.assign(vague=vague).sort_values(
        ["model", "vague", "ability", "benchmarks"], ascending=[True, True, False, False]
    )
    return ranked.drop_duplicates("model").drop(columns="vague").reset_index(drop=True)


def with_quality(
    spells: pd.DataFrame,
    quality: pd.DataFrame,
    crosswalk: pd.DataFrame,
    *,
    least_benchmarks: int = 3,
    declared_first: bool = True,
) -> QualityMatch:
    """Spells of scored models with their ability, cut where an alias moved to another model.

    Args:
        spells: from ``intervals``, usually after ``clean``.
        quality: ``model_quality`` as loaded.
        crosswalk: ``model_crosswalk`` as loaded.
        least_benchmarks, declared_first: see ``best_effort``.

    Returns:
        A match whose ``frame`` has the columns of ``spells`` with ``model`` as of each spell,
        and ability, standard_error, benchmarks, effort, developer, released.

    Raises:
        InputError: for missing columns.
    """
    require("spells", spells, [*LISTING, "date", "until"])
    require("crosswalk", crosswalk, [*LISTING, "model", "valid_from"])
    best = best_effort(quality, least_benchmarks=least_benchmarks, declared_first=declared_first)
    moved = _follow(spells.drop(columns="model", errors="ignore"), crosswalk)
    frame = moved.merge(best[["model", *_SCORE]], on="model", how="inner")
    frame = frame.sort_values(["date", *LISTING], kind="stable").reset_index(drop=True)
    return QualityMatch(
        frame=frame,
        spells=len(spells),
        matched_spells=len(frame),
        listings=len(spells.drop_duplicates(LISTING)),
        matched_listings=len(frame.drop_duplicates(LISTING)),
        models=frame["model"].nunique(),
    )


def _follow(spells: pd.DataFrame, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Each spell once for every model that its listing stood for during it."""
    pointers = crosswalk.sort_values([*LISTING, "valid_from"])[[*LISTING, "model", "valid_from"]]
    ends = pointers.groupby(LISTING, sort=False)["valid_from"].shift(-1)
    pairs = spells.merge(pointers.assign(valid_until=ends), on=LISTING, how="inner")
    start = pairs[["date", "valid_from"]].max(axis=1)
    until = pairs[["until", "valid_until"]].min(axis=1)
    overlap = ~(until <= start) & (pairs["model"] != "")
    cut = pairs.assign(date=start, until=until)[overlap]
    return cut.drop(columns=["valid_from", "valid_until"])

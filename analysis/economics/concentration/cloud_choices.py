"""How far the trend of the clouds' concentration hangs on the choices behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.concentration import clouds
from analysis.economics.training.robustness import Estimate, bare, grid
from analysis.methods import multiverse, trend
from analysis.methods.multiverse import Multiverse

OTHER_PAGES = {
    ("2023Q1", "amazon"): 33.0,
    ("2023Q3", "amazon"): 33.0,
    ("2024Q3", "google"): 12.0,
    ("2025Q4", "google"): 15.0,
}
"""Where the sources of cloud_shares disagree: the other figure, or the middle of the range given
(column note of the table)."""
MARKET, THREE = "all clouds", "the three"
LINE, RANKS = "least squares", "Theil-Sen"


def hhi_curve(shares: pd.DataFrame) -> Multiverse:
    """Yearly change of the Herfindahl index of cloud shares, in points.

    Axes: of which sum the shares are, firms without a published share (nothing, or 4 % each),
    source where pages disagree, restatement of 2024 (ignored, or a jump of the level), first
    quarter, quarters left off the end, estimator. Shares of the three leave the others out, and
    ranks know no jump.
    """
    common: dict[str, Sequence[Any]] = {
        "source": ("as tabulated", "other pages"),
        "start": ("2022-10-01", "2023-01-01", "2023-07-01", "2024-01-01"),
        "quarters_off": (0, 2),
    }
    ways = (("ignored", LINE), ("jump", LINE), ("ignored", RANKS))
    bases = ((MARKET, 0.0), (MARKET, 4.0), (THREE, 0.0))
    specs = [
        {"shares_of": base, "others": rest, "restatement": step, "estimator": how, **choice}
        for base, rest in bases
        for step, how in ways
        for choice in grid(common)
    ]
    plain = bare(shares)

    def estimate(**choice: Any) -> Estimate:
        wide = clouds.by_quarter(_pages(plain, choice["source"]), choice["start"])
        wide = wide.iloc[: len(wide) - choice["quarters_off"]]
        if choice["shares_of"] == THREE:
            wide = wide.mul(100 / wide.sum(axis=1), axis=0)
        index = clouds.herfindahl(wide, choice["others"])
        return _change(index, choice["estimator"], choice["restatement"] == "jump")

    return multiverse.run(specs, estimate)


def _pages(shares: pd.DataFrame, source: str) -> pd.DataFrame:
    if source == "as tabulated":
        return shares
    keys = list(zip(shares["quarter"].astype(str), shares["provider"], strict=True))
    values = [OTHER_PAGES.get(k, v) for k, v in zip(keys, shares["share_percent"], strict=True)]
    return shares.assign(share_percent=values)


def _change(index: pd.Series, estimator: str, jump: bool) -> Estimate:
    if estimator == RANKS:
        ranks = trend.theil_sen(index.index, 10 ** (index.to_numpy() / clouds.POINTS))
        low, high = (clouds.POINTS * np.log10(end) for end in ranks.interval)
        return clouds.POINTS * ranks.slope_log10, float(low), float(high)
    found = clouds.slope(index, restated=jump, covariance="HAC")
    low, high = found.interval
    return clouds.POINTS * found.value, clouds.POINTS * low, clouds.POINTS * high

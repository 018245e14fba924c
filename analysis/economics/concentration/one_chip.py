"""How able the open models are whose weights fit on one chip.

``models`` has one row a model, as in ``openness``.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from analysis.economics.concentration.openness import behind, best_by_month
from analysis.errors import InputError

FREE = 0.9
"""Share of a chip's memory that weights may fill; the rest holds the cache and buffers."""
BYTES = {"16 bits": 2.0, "4 bits": 0.5}


def parameters(models: pd.DataFrame) -> pd.Series:
    """Number of parameters as tabulated, else as the name says (``8x7b``, ``qwen-1_8b``)."""
    named = models["model"].map(_parameters_in)
    return models["parameters"].fillna(named)


def fitting(models: pd.DataFrame, memory_bytes: float, bytes_each: float) -> pd.DataFrame:
    """Open models whose weights fill at most ``FREE`` of a memory; unknown sizes are left out."""
    open_ones = models[models["open_weights"]]
    return open_ones[parameters(open_ones) * bytes_each <= FREE * memory_bytes]


def on_one_chip(
    models: pd.DataFrame, accelerators: pd.DataFrame, chips: tuple[str, ...], through: Any
) -> pd.DataFrame:
    """Lag of the best open model on one chip, by month: chip, weights, and as ``behind``.

    A chip counts from its release on.

    Raises:
        InputError: when no chip has a model that fits.
    """
    closed = models[~models["open_weights"]]
    rows = accelerators[accelerators["accelerator"].isin(chips)]
    parts = []
    for chip in rows[rows["memory_bytes"].notna()].to_dict("records"):
        for weights, each in BYTES.items():
            fits = fitting(models, chip["memory_bytes"], each)
            if fits.empty:
                continue
            best = best_by_month(fits, through)
            best = best[best["month"] >= chip["refers_to"]].reset_index(drop=True)
            if len(best):
                size = chip["memory_bytes"] / 1e9
                lag = behind(best, closed)
                parts.append(lag.assign(chip=chip["accelerator"], weights=weights, gigabytes=size))
    if not parts:
        raise InputError("accelerators", "no chip is known whose memory holds a scored model")
    return pd.concat(parts, ignore_index=True)


def chip_groups(on_chip: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows of ``on_one_chip`` that differ most: the smallest memory at 16 bits, and the
    largest at 4 bits."""
    chosen = {
        "16 bits": on_chip["gigabytes"].min(),
        "4 bits": on_chip["gigabytes"].max(),
    }
    groups = {}
    for weights, size in chosen.items():
        rows = on_chip[(on_chip["gigabytes"] == size) & (on_chip["weights"] == weights)]
        groups[f"open, on one chip of {size:.0f} GB at {weights}"] = rows.reset_index(drop=True)
    return groups


def _parameters_in(name: str) -> float:
    if several := re.search(r"(\d+)x(\d+(?:[._]\d+)?)b", name):
        return int(several[1]) * float(several[2].replace("_", ".")) * 1e9
    if one := re.search(r"(?<![\da-z._])(\d+(?:[._]\d+)?)b(?![a-z])", name):
        return float(one[1].replace("_", ".")) * 1e9
    return float("nan")

"""Answers to the claims on chips: what a competitive cluster costs, and which chips are used."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.training.samples import COMPUTE, released
from analysis.errors import InputError
from analysis.methods import proportion

SERVERS_AND_NETWORK = 1.25
ROUND_PRICE = 1e8
CHIPS = ("H100", "H800", "H200", "H20", "GH200", "B200", "GB200")


def clusters(
    runs: pd.DataFrame,
    accelerators: pd.DataFrame,
    end: Any,
    *,
    k: int = 10,
    disclosed_only: bool = False,
) -> pd.DataFrame:
    """The ``k`` largest disclosed runs of the 24 months to ``end``, and what their clusters cost.

    cluster_usd = chips · release price of the chip · 1.25; missing where the chip, its number or
    its price is not known. ``disclosed_only`` looks for the largest among the runs that disclose
    chip and number, instead of pricing those of the largest that do.
    """
    last = pd.Timestamp(end)
    window = released(runs, last - pd.DateOffset(months=24) + pd.DateOffset(days=1), last)
    if disclosed_only:
        named = window["training_hardware"].fillna("") != ""
        window = window[named & window["hardware_count"].notna()]
    largest = window.nlargest(k, COMPUTE).copy()
    price = accelerators.set_index("accelerator")["release_price_usd"]
    largest["chip_usd"] = largest["training_hardware"].map(price)
    largest["cluster_usd"] = largest["hardware_count"] * largest["chip_usd"] * SERVERS_AND_NETWORK
    return largest


def shown(priced: pd.DataFrame) -> pd.DataFrame:
    """The columns of ``clusters`` that a reader wants to see."""
    columns = ["model", "refers_to", COMPUTE, "training_hardware", "hardware_count"]
    return priced[[*columns, "chip_usd", "cluster_usd"]]


def cheapest_cluster(priced: pd.DataFrame) -> Answer:
    """Cheapest of the clusters against 100 million dollars, larger over smaller (c46)."""
    known = priced[priced["cluster_usd"].notna()].sort_values("cluster_usd", kind="stable")
    if known.empty:
        raise InputError("priced", "has no run with a known chip, number and price")
    cheapest = float(known["cluster_usd"].iloc[0])
    return Answer(
        estimate=max(cheapest, ROUND_PRICE) / min(cheapest, ROUND_PRICE),
        interval=None,
        n=len(known),
        method="chips × release price × 1.25, cheapest of the ten largest disclosed runs",
        reason=(
            f"The cheapest known cluster among the ten largest runs, that of"
            f" {known['model'].iloc[0]}, cost about {cheapest / 1e6:,.0f} million dollars; only"
            f" {len(known)} of the ten disclose chip and number"
        ),
        grade="B",
        detail={"cluster_usd": cheapest, "disclosed": len(known)},
    )


def chip_share(
    models: pd.DataFrame, *, chips: tuple[str, ...] = CHIPS, level: float = 0.95
) -> Answer:
    """Share of models with known hardware that used one of the chips (c98)."""
    known = models[models["training_hardware"].fillna("") != ""]
    used = known["training_hardware"].str.contains(rf"\b(?:{'|'.join(chips)})\b")
    found = proportion.share(int(used.sum()), len(known), level=level)
    return Answer(
        estimate=found.share,
        interval=found.interval,
        n=found.n,
        method="share of models, exact interval",
        reason=(
            f"{found.count} of {found.n} models with known hardware;"
            f" {len(models) - len(known)} others disclose none"
        ),
        detail={"undisclosed": len(models) - len(known)},
    )

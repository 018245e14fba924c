"""The article's open questions on hardware and methods: what can be counted, and what to watch."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.training.samples import COMPUTE
from analysis.errors import InputError

STATE_SPACE = ("state space", "hybrid")
FLOP_PER_PARAMETER_AND_TOKEN = 6
OWN_SILICON = "TPU|Trainium|Inferentia|Maia|MTIA"
HALVING, COST = "compute for a fixed result halves", "training cost"
NO_PAIRS = (
    "No pair of the same model and task: the MLPerf inference rounds held here have no language"
    " or speech result on TPU, Trainium or another chip of a cloud provider's own; the missing"
    " series is throughput on own silicon beside that on a GPU of the same year"
)


def hybrids(models: pd.DataFrame, runs: pd.DataFrame, end: Any) -> pd.DataFrame:
    """State-space and hybrid models released by ``end``, over the largest run of any kind then.

    ``estimated_flop`` is the data set's estimate, ``counted_flop`` 6 × active parameters ×
    tokens where both are published.
    """
    kept = models[models["kind"].isin(STATE_SPACE) & (models["refers_to"] <= pd.Timestamp(end))]
    if kept.empty:
        raise InputError("models", "have no state-space or hybrid model that was known by then")
    known = runs[runs["refers_to"] <= pd.Timestamp(end)].set_index("model")[COMPUTE]
    counted = FLOP_PER_PARAMETER_AND_TOKEN * kept["active_parameters"] * kept["training_tokens"]
    table = kept[["model", "developer", "kind", "refers_to"]].assign(
        estimated_flop=kept["training_run"].map(known), counted_flop=counted
    )
    table["over_largest"] = table["estimated_flop"] / known.max()
    table["counted_over_largest"] = counted / known.max()
    return table.sort_values("refers_to", kind="stable")


def largest_hybrid(models: pd.DataFrame, runs: pd.DataFrame, end: Any) -> Answer:
    """Largest run of the data set that is state-space or hybrid over the largest run (c78)."""
    table = hybrids(models, runs, end)
    known = table[table["over_largest"].notna()]
    if known.empty:
        raise InputError("models", "have no state-space or hybrid run with an estimate of compute")
    top = known.nlargest(1, "over_largest").iloc[0]
    counted = table["counted_over_largest"].max()
    return Answer(
        estimate=float(top["over_largest"]),
        interval=None,
        n=len(known),
        method="largest estimated run of the kind over the largest run of any kind",
        reason=(
            f"{top['model']} is the largest such run with an estimate; counted from parameters"
            f" and tokens the largest is {counted:.2g} of the largest run, whose own compute is"
            " an outside guess"
        ),
        detail={"model": top["model"], "counted_ratio": float(counted)},
    )


def own_silicon(results: pd.DataFrame) -> Answer:
    """Throughput per dollar on own silicon over GPU; no pair is public (c42)."""
    named = results["accelerator"].fillna("") + " " + results["system"].fillna("")
    found = int(named.str.contains(OWN_SILICON).sum())
    if found:
        raise InputError("results", f"now have {found} on own silicon: pair them with GPUs")
    return Answer(
        None, None, 0, method="pairs of the same model and task", reason=NO_PAIRS,
        detail={"results_searched": len(results)},
    )  # fmt: skip


def latest(rates: pd.DataFrame, rate: str) -> pd.Series:
    """The newest publication of a rate, with value, low, high and level_percent."""
    rows = rates[(rates["rate"] == rate) & rates["low"].notna()]
    if rows.empty:
        raise InputError("rates", f"have no {rate} that was published by then")
    return rows.sort_values("known_from", kind="stable").iloc[-1]


def yearly_gain(months: float) -> float:
    """Factor a year of something that doubles in ``months``."""
    return float(2 ** (12 / months))


def quotient(
    over: tuple[float, float, float], under: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Ratio of two independent estimates (value, low, high), all positive.

    On logarithms, d ± √(u² + v²), where u and v are the arms of the two intervals on the sides
    that make the ratio lower, or higher.

    Source: Zou and Donner (2008), Statistics in Medicine 27:1693.
    """
    (a, al, ah), (b, bl, bh) = ([math.log(x) for x in triple] for triple in (over, under))
    low = a - b - math.hypot(a - al, bh - b)
    high = a - b + math.hypot(ah - a, b - bl)
    return math.exp(a - b), math.exp(low), math.exp(high)


def gain_over_growth(rates: pd.DataFrame) -> Answer:
    """Yearly gain from algorithms over yearly growth of training cost (c95).

    The newest publication of each; ``gain_level`` has the level.
    """
    halving, cost = latest(rates, HALVING), latest(rates, COST)
    gain = tuple(yearly_gain(halving[end]) for end in ("value", "high", "low"))
    growth = (cost["value"], cost["low"], cost["high"])
    estimate, low, high = quotient(gain, growth)  # type: ignore[arg-type]
    return Answer(
        estimate=estimate,
        interval=(low, high),
        n=2,
        method="ratio of two published factors, intervals combined on logarithms",
        reason=(
            f"Compute for a fixed result falls {gain[0]:.3g}x a year by one paper and the cost of"
            f" frontier runs grows {growth[0]:.3g}x by another; the first ends with 2023 and its"
            " interval is very wide"
        ),
        detail={"gain": gain[0], "gain_low": gain[1], "gain_high": gain[2]},
    )


def gain_level(rates: pd.DataFrame) -> float:
    """Level of the two published intervals; where they differ, the lower one."""
    return min(float(latest(rates, rate)["level_percent"]) for rate in (HALVING, COST)) / 100

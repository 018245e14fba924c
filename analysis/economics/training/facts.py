"""Answers to two claims that the data decide alone: dearer than GPT-4, a trillion weights."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.training.samples import COST, PARAMETERS, language, released
from analysis.errors import InputError

GPT4 = "GPT-4 (Mar 2023)"
TRILLION = 1e12
UNPUBLISHED = ("GPT-4 (Mar 2023)", "GPT-4 (Jun 2023)", "Grok 3", "Grok 4")


def dearest_over_gpt4(costs: pd.DataFrame, since: Any = "2025-01-01") -> Answer:
    """Largest cost among models released from ``since`` over that of GPT-4 (c06).

    ``costs`` are the estimates of one vintage and price year.
    """
    base = costs.loc[costs["model"] == GPT4, COST]
    recent = released(costs, since).sort_values(COST, ascending=False, kind="stable")
    if base.empty or recent.empty:
        raise InputError("costs", f"has no cost of {GPT4} or of a model released from {since}")
    ratios = recent[COST] / float(base.iloc[0])
    return Answer(
        estimate=float(ratios.iloc[0]),
        interval=None,
        n=len(recent),
        method="largest amortised cost released from 2025 over that of GPT-4, same data",
        reason=(
            f"{recent['model'].iloc[0]} is the dearest of {len(recent)} runs since"
            f" {pd.Timestamp(since):%Y} with a known cost, the last of them of"
            f" {recent['refers_to'].max():%B %Y}; each estimate is good to a factor of two"
        ),
        detail=dict(zip(recent["model"], ratios.astype(float), strict=True)),
    )


def trillion_parameters(runs: pd.DataFrame, end: Any = "2026-04-30") -> Answer:
    """Language and multimodal models with a published size of a trillion or more (c89).

    Sizes that are outside estimates or a remark, not published with the model, do not count.
    """
    sized = language(released(runs, "1900-01-01", end))
    large = sized[sized[PARAMETERS] >= TRILLION]
    published = large[~large["model"].isin(UNPUBLISHED)]
    return Answer(
        estimate=len(published),
        interval=None,
        n=int(sized[PARAMETERS].notna().sum()),
        method="count of models with 1e12 parameters or more",
        reason=(
            f"{len(published)} models of published size, {len(large) - len(published)} more by"
            " estimate only"
        ),
        detail={"by_estimate_only": len(large) - len(published)},
    )

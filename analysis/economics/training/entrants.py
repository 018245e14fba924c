"""Who trains large models for the first time: the claim that small outfits no longer can."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.training.samples import COMPUTE
from analysis.errors import InputError
from analysis.methods import events

PARENTS = {
    "Google": ("Google", "DeepMind"),
    "Meta": ("Facebook", "Meta AI"),
    "Microsoft": ("Microsoft",),
    "Alibaba": ("Alibaba",),
    "Huawei": ("Huawei",),
}


def newcomers(
    models: pd.DataFrame,
    *,
    least_flop: float = 1e23,
    merged: bool = True,
    everyone: bool = True,
) -> pd.DataFrame:
    """Each developer's first run of ``least_flop`` or more.

    Columns developer, refers_to, model.
    ``merged`` counts parts of a company as one; ``everyone`` counts each organisation that took
    part, not only the one named first.
    """
    large = models[models[COMPUTE] >= least_flop].sort_values("refers_to", kind="stable")
    names = large["developer"].str.split(",")
    named = large.assign(developer=names if everyone else names.str[:1]).explode("developer")
    named["developer"] = named["developer"].str.strip()
    if merged:
        named["developer"] = named["developer"].map(parent)
    return named.drop_duplicates("developer")[["developer", "refers_to", "model"]]


def entry_rate_ratio(
    firsts: pd.DataFrame,
    observed_through: Any,
    *,
    since: Any = "2021-01-01",
    split: Any = "2024-01-01",
    level: float = 0.95,
) -> Answer:
    """Newcomers per year from ``split`` to the last day observed over those before it (c47)."""
    start, middle, last = (pd.Timestamp(day) for day in (since, split, observed_through))
    earlier = int(((firsts["refers_to"] >= start) & (firsts["refers_to"] < middle)).sum())
    later = int(((firsts["refers_to"] >= middle) & (firsts["refers_to"] <= last)).sum())
    years = [(b - a).days / 365.25 for a, b in ((start, middle), (middle, last))]
    if years[1] <= 0:
        raise InputError("observed_through", f"must lie after {middle:%Y-%m-%d}")
    found = events.rate_ratio(later, years[1], earlier, years[0], level=level)
    return Answer(
        estimate=found.ratio,
        interval=found.interval,
        n=earlier + later,
        method="ratio of two Poisson rates, exact interval",
        reason=(
            f"{earlier} developers entered in {years[0]:.1f} years before {middle:%Y} and {later}"
            f" in {years[1]:.1f} years since; developers that disclose no compute are not seen"
        ),
        detail={"earlier": earlier, "later": later},
    )


def parent(name: str) -> str:
    """The company that an organisation is part of, or itself."""
    for parent, parts in PARENTS.items():
        if name.startswith(parts):
            return parent
    return name

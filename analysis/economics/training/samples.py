"""Samples of training runs, as the frozen rules name them.

``runs`` is the table training_runs, ``links`` run_links, ``costs`` training_costs and ``quality``
model_quality; dates are in ``refers_to``.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.economics import frontier, listings

COMPUTE, PARAMETERS, COST = "training_compute_flop", "parameters", "cost_usd"
ABILITY = "ability"
PAPER, EXPORT, METHODS = "cottier2024_v1", "epoch_2026_07", "epoch_2025_methods"
AMORTISED = "amortised_hardware_energy"


def without_fine_tunes(models: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Models that no link names a base for; the name is in ``model``."""
    tuned = links.loc[links["relation"] == "base", "run"]
    return models[~models["model"].isin(tuned)]


def language(models: pd.DataFrame) -> pd.DataFrame:
    """Language and multimodal models."""
    return models[models["domain"].str.contains("Language|Multimodal")]


def released(models: pd.DataFrame, start: Any, end: Any = None) -> pd.DataFrame:
    """Models released from ``start``, up to and including ``end`` if there is one."""
    kept = models["refers_to"] >= pd.Timestamp(start)
    if end is not None:
        kept &= models["refers_to"] <= pd.Timestamp(end)
    return models[kept]


def sure(models: pd.DataFrame) -> pd.DataFrame:
    """Models whose compute estimate is more than speculation."""
    return models[models["compute_confidence"] != "Speculative"]


def frontier_runs(
    runs: pd.DataFrame,
    links: pd.DataFrame,
    *,
    k: int = 10,
    start: Any = "2016-01-01",
    end: Any = None,
    fine_tunes: bool = False,
) -> pd.DataFrame:
    """Models that were among the ``k`` largest runs known at their own release, all domains.

    Fine-tunes are left out before runs are ranked, since their compute is mostly that of their
    base and would count one run several times. No runs give no frontier.
    """
    known = runs[runs[COMPUTE].notna()]
    ranked = known if fine_tunes else without_fine_tunes(known, links)
    if ranked.empty:
        return ranked
    leading = frontier.top_k_at_release(ranked, k=k, metric=COMPUTE)
    return released(leading.sort_values(["refers_to", COMPUTE], kind="stable"), start, end)


def paper_runs(costs: pd.DataFrame, price_year: str = "2023-12") -> pd.DataFrame:
    """The frontier models of Cottier et al. (2024, v1) with cost and compute."""
    return _estimates(costs, PAPER, price_year)


def export_costs(costs: pd.DataFrame) -> pd.DataFrame:
    """Amortised hardware and energy costs of the export of 2026, all models."""
    return _estimates(costs, EXPORT, "2023")


def with_cost(models: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    """Models with an amortised hardware and energy cost in the export of 2026."""
    found = export_costs(costs)[["model", COST]]
    return models.merge(found, on="model", how="inner", validate="one_to_one")


def open_and_closed(
    runs: pd.DataFrame,
    links: pd.DataFrame,
    *,
    k: int = 10,
    start: Any = "2023-01-01",
    fine_tunes: bool = False,
) -> pd.DataFrame:
    """Leading language and multimodal models of two groups, ``open`` 1 (open weights) or 0.

    Each group is ranked by itself: the ``k`` largest known at release. Models of unknown
    openness belong to neither.
    """
    known = language(runs)
    parts = []
    for weights, mark in (("Yes", 1.0), ("No", 0.0)):
        group = known[known["open_weights"] == weights]
        leading = frontier_runs(group, links, k=k, start=start, fine_tunes=fine_tunes)
        parts.append(leading.assign(open=mark))
    return pd.concat(parts).sort_values("refers_to", kind="stable")


def with_ability(
    runs: pd.DataFrame, links: pd.DataFrame, quality: pd.DataFrame, *, benchmarks: int = 3
) -> pd.DataFrame:
    """Runs with known compute and an ability from at least ``benchmarks`` benchmarks.

    Where a run was scored at several efforts, or as base and chat version, the highest ability
    counts.
    """
    scored = listings.best_effort(quality, least_benchmarks=benchmarks)
    pairs = links.loc[links["relation"] == "score", ["run", "target"]]
    found = pairs.merge(scored, left_on="target", right_on="model")
    best = found.groupby("run")[ABILITY].max()
    joined = runs.assign(ability=runs["model"].map(best))
    return joined[joined[ABILITY].notna() & joined[COMPUTE].notna()]


def _estimates(costs: pd.DataFrame, dataset: str, price_year: str) -> pd.DataFrame:
    chosen = (
        (costs["dataset"] == dataset)
        & (costs["method"] == AMORTISED)
        & (costs["price_year"] == price_year)
    )
    return costs[chosen].sort_values("refers_to", kind="stable")


def tuned_frontier(
    runs: pd.DataFrame, links: pd.DataFrame, *, k: int = 10, start: Any = "2016-01-01"
) -> pd.DataFrame:
    """Fine-tunes that would be frontier runs if they were ranked: model, base, source."""
    everything = frontier_runs(runs, links, k=k, start=start, fine_tunes=True)
    base = links[links["relation"] == "base"].set_index("run")[["target", "source"]]
    tuned = everything[everything["model"].isin(base.index)]
    found = tuned[["model", "refers_to", COMPUTE]].join(base, on="model")
    return found.rename(columns={"target": "base"}).sort_values("refers_to", kind="stable")


def disclosure(runs: pd.DataFrame, leading: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    """What is known of each year's runs: all in the data, frontier runs, and of those with cost."""
    priced = with_cost(leading, costs)
    years = {
        "runs_in_data": runs["refers_to"].dt.year.value_counts(),
        "frontier_runs": leading["refers_to"].dt.year.value_counts(),
        "frontier_runs_with_cost": priced["refers_to"].dt.year.value_counts(),
        "largest_flop": leading.groupby(leading["refers_to"].dt.year)[COMPUTE].max(),
    }
    table = pd.DataFrame(years).loc[leading["refers_to"].dt.year.min() :]
    counts = list(years)[:3]
    table[counts] = table[counts].fillna(0).astype(int)
    return table.rename_axis("year")

"""Specification curves hold the rule's own specification, and enough others."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis import tables
from analysis.claims.answer import Answer, attempt
from analysis.economics.prices import ability_curves, accessible_ability, equal_ability
from analysis.economics.prices import answers as price_claims
from analysis.economics.prices import capability as capability_claims
from analysis.economics.prices import curves as price_curves
from analysis.economics.prices import frontier as frontier_claims
from analysis.economics.prices import open_models as open_model_prices
from analysis.economics.prices import series as price_series
from analysis.economics.prices.panels import SOURCES
from analysis.economics.prices.variants import LEAST_SQUARES, NOMINAL, REFERENCE, Variants
from analysis.economics.training import claims as training_claims
from analysis.economics.training import samples as training_samples
from analysis.methods.multiverse import Multiverse

NAMES = ("api_prices", "router_prices", "model_quality", "model_crosswalk", "cpi")
SERIES = {"blend": "3:1", "threshold": REFERENCE, "rank": 1}
ALL = {"dollars": NOMINAL, "start": "2023-04-01"}
MODELS = {"blend": "3:1", "benchmarks": 3}


@pytest.fixture(scope="module")
def variants() -> Variants:
    return Variants({name: tables.load(name) for name in NAMES}, "gpt-4-0314")


@pytest.fixture(scope="module")
def training() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    runs, links, costs = (
        tables.load(name) for name in ("training_runs", "run_links", "training_costs")
    )
    return runs, links, costs


def holds(curve: Multiverse, headlines: dict[str, Answer], **choice: Any) -> None:
    """The curve is large enough, and has each source's headline among its specifications."""
    assert curve.n >= 50
    assert len(curve.axes) >= 4
    assert set(curve.estimates["source"]) == set(SOURCES)
    table = curve.specifications
    for source, answer in headlines.items():
        rows = table
        for axis, value in {**choice, "source": source}.items():
            rows = rows[rows[axis] == value]
        assert rows["estimate"].tolist() == pytest.approx([answer.estimate], rel=1e-6)


def test_price_of_a_fixed_ability(variants: Variants) -> None:
    series = {source: variants.cheapest(source) for source in SOURCES}
    curve = price_curves.fixed_ability_curve(variants)
    whole = {s: capability_claims.fixed_ability(one) for s, one in series.items()}
    holds(curve, whole, **SERIES, **ALL, estimator=LEAST_SQUARES)
    for part, answer in (
        ("after", price_claims.later_slope),
        ("change", price_claims.slope_change),
    ):
        bent = {s: answer(one) for s, one in series.items()}
        curve = price_curves.bend_curve(variants, part)
        holds(curve, bent, **SERIES, bend="2025-01-01", lines="joined", end="panel")
    errors = {s: capability_claims.forecast_error(one, null=0.301) for s, one in series.items()}
    curve = price_curves.forecast_curve(variants, 0.301)
    holds(curve, errors, **SERIES, known_to="2024-12-31", last="2026-08-31")


def test_price_of_the_best_model(variants: Variants, training: Any) -> None:
    running = {s: frontier_claims.frontier_price(variants.best(s)) for s in SOURCES}
    chosen = {**MODELS, "host": "own", "end": "panel", "start": "2023-04-01"}
    curve = price_curves.frontier_curve(variants)
    holds(curve, running, **chosen, dollars=NOMINAL, estimator=LEAST_SQUARES)
    runs, links, costs = training
    priced = training_samples.with_cost(training_samples.frontier_runs(runs, links), costs)
    cost = attempt(training_claims.cost_growth, priced)
    against = {
        s: frontier_claims.against_training(one, training=cost) for s, one in running.items()
    }
    curve = price_curves.against_training_curve(variants, runs, links, costs)
    holds(curve, against, **chosen, k=10, since=2016)


def test_launch_prices_at_equal_ability(variants: Variants) -> None:
    launched = {s: equal_ability.launches(variants.panel(s)) for s in SOURCES}
    found = {s: equal_ability.hedonic(sample) for s, sample in launched.items()}
    chosen = {"day": "first listed", "ability": "linear", "weights": "all"}
    holds(ability_curves.hedonic_curve(variants), found, **MODELS, **ALL, **chosen)
    recent = {
        s: equal_ability.hedonic(sample[sample["date"] >= price_series.BREAK])
        for s, sample in launched.items()
    }
    curve = ability_curves.hedonic_curve(variants, ability_curves.LATER_STARTS)
    holds(curve, recent, **MODELS, **chosen, dollars=NOMINAL, start="2025-01-01")


def test_same_open_models_and_the_best_cheap_model(variants: Variants) -> None:
    same = {s: open_model_prices.same_open_models(variants.panel(s)) for s in SOURCES}
    curve = ability_curves.open_model_curve(variants)
    holds(curve, same, **MODELS, least_months=12, start="2023-04-01", weights="months")
    gains = {
        s: accessible_ability.gain_ratio(variants.panel(s), scored_to=variants.scored_to)
        for s in SOURCES
    }
    curve = ability_curves.gain_curve(variants)
    holds(curve, gains, **MODELS, cap=1.0, bend="2025-01-01", start="2023-04-01")

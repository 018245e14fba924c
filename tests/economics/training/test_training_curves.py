"""Specification curves of the training notebook, on the real tables."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import tables
from analysis.economics.training import alternatives, chips, claims, entrants, robustness, samples
from analysis.methods import trend
from analysis.methods.multiverse import Multiverse

NAMES = ("training_runs", "run_links", "training_costs", "model_quality")


@pytest.fixture(scope="module")
def real() -> dict[str, pd.DataFrame]:
    return {name: tables.load(name) for name in NAMES}


def estimate(curve: Multiverse, **choice: object) -> float:
    rows = curve.specifications
    for axis, wanted in choice.items():
        rows = rows[rows[axis] == wanted]
    assert len(rows) == 1
    return float(rows["estimate"].iloc[0])


def sized(curve: Multiverse) -> None:
    assert curve.n >= 50
    assert len(curve.axes) >= 4
    assert (curve.estimates["low"] <= curve.estimates["estimate"]).all()


HEADLINE = {
    "k": 10, "fine_tunes": "left out", "start": 2016, "models": "all",
    "estimator": robustness.LEAST_SQUARES, "estimates": "all", "dollars": "constant",
}  # fmt: skip


def test_cost_curve_holds_the_headline_of_each_source(real: dict[str, pd.DataFrame]) -> None:
    runs, links, costs, _ = real.values()
    curve = robustness.growth_curve(runs, links, costs, samples.COST)
    sized(curve)
    priced = samples.with_cost(samples.frontier_runs(runs, links), costs)
    headline = claims.cost_growth(priced).estimate
    export = estimate(curve, source="epoch2026", end="last", **HEADLINE)
    assert export == pytest.approx(headline)
    paper = samples.released(
        samples.without_fine_tunes(samples.paper_runs(costs), links), "2016-01-01"
    )
    whole = trend.log_linear(paper["refers_to"], paper["cost_usd"], covariance="HC3")
    found = estimate(curve, source="cottier2024", end="last", **HEADLINE)
    assert found == pytest.approx(whole.growth_per_year)


def test_compute_curve_holds_the_headline(real: dict[str, pd.DataFrame]) -> None:
    runs, links, costs, _ = real.values()
    curve = robustness.growth_curve(runs, links, costs, samples.COMPUTE)
    sized(curve)
    headline = claims.compute_growth(samples.frontier_runs(runs, links)).estimate
    assert estimate(curve, source="epoch2026", end="last", **HEADLINE) == pytest.approx(headline)


def test_bend_curve_holds_the_headline(real: dict[str, pd.DataFrame]) -> None:
    runs, links, *_ = real.values()
    curve = robustness.bend_curve(runs, links, "2024-01-01")
    sized(curve)
    headline = claims.slope_change(samples.frontier_runs(runs, links), "2024-01-01").estimate
    choice = {
        "break_months": 0, "k": 10, "fine_tunes": "left out", "start": 2016, "models": "all",
        "lines": "joined", "estimates": "all",
    }  # fmt: skip
    assert estimate(curve, **choice) == pytest.approx(headline)


def test_ability_curve_holds_the_headline(real: dict[str, pd.DataFrame]) -> None:
    runs, links, _, quality = real.values()
    curve = alternatives.ability_curve(runs, links, quality)
    sized(curve)
    headline = claims.compute_at_fixed_ability(samples.with_ability(runs, links, quality)).estimate
    choice = {
        "benchmarks": 3, "start": "first", "fine_tunes": "kept", "estimates": "all",
        "weights": "all", "ability": "linear",
    }  # fmt: skip
    assert estimate(curve, **choice) == pytest.approx(headline)


def test_open_curve_holds_the_headline(real: dict[str, pd.DataFrame]) -> None:
    runs, links, *_ = real.values()
    curve = alternatives.open_curve(runs, links)
    sized(curve)
    headline = claims.open_over_closed(samples.open_and_closed(runs, links)).estimate
    choice = {
        "k": 10, "start": 2023, "end": "last", "fine_tunes": "left out", "estimates": "all",
        "date": "linear",
    }  # fmt: skip
    assert estimate(curve, **choice) == pytest.approx(headline)


def test_chip_and_entry_curves_hold_their_headlines(real: dict[str, pd.DataFrame]) -> None:
    runs, links, *_ = real.values()
    originals = samples.without_fine_tunes(runs, links)
    curve = alternatives.chip_curve(runs, links, "2026-04-30")
    sized(curve)
    recent = samples.released(originals, "2024-01-01", "2026-04-30")
    choice = {
        "start": "2024-01-01", "end": "2026-04-30", "fine_tunes": "left out", "models": "all",
        "least_flop": 0.0, "chips": "as listed",
    }  # fmt: skip
    assert estimate(curve, **choice) == pytest.approx(chips.chip_share(recent).estimate)
    last = runs.attrs["observed_through"]
    entry = alternatives.entry_curve(runs, links, last)
    sized(entry)
    headline = entrants.entry_rate_ratio(entrants.newcomers(originals), last).estimate
    choice = {
        "least_flop": 1e23, "developers": "every organisation", "companies": "merged",
        "fine_tunes": "left out", "since": 2021, "models": "all", "last_day": last,
    }  # fmt: skip
    assert estimate(entry, **choice) == pytest.approx(headline)

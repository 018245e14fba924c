"""Samples that the frozen rules name."""

from __future__ import annotations

import pandas as pd
import pytest
from training_frames import links, runs

from analysis import tables
from analysis.economics.training import samples


@pytest.fixture(scope="module")
def real() -> dict[str, pd.DataFrame]:
    names = ("training_runs", "run_links", "training_costs", "model_quality")
    return {name: tables.load(name) for name in names}


def three() -> pd.DataFrame:
    return runs(
        model=["base", "tuned", "next"],
        refers_to=["2020-01-01", "2020-06-01", "2021-01-01"],
        training_compute_flop=[10.0, 11.0, 9.0],
    )


TUNED = links(("tuned", "base", "base"))


def test_a_fine_tune_neither_qualifies_nor_displaces() -> None:
    assert list(samples.frontier_runs(three(), TUNED, k=2)["model"]) == ["base", "next"]
    kept = samples.frontier_runs(three(), TUNED, k=2, fine_tunes=True)
    assert list(kept["model"]) == ["base", "tuned"]


def test_runs_before_the_start_still_displace() -> None:
    found = samples.frontier_runs(three(), TUNED, k=1, start="2021-01-01")
    assert found.empty


def test_no_runs_give_no_frontier() -> None:
    assert samples.frontier_runs(three().iloc[:0], TUNED).empty


def test_the_frontier_is_in_time_order_whatever_the_order_of_rows() -> None:
    found = samples.frontier_runs(three().iloc[::-1], TUNED, k=3)
    assert found["refers_to"].is_monotonic_increasing


def test_end_is_inclusive() -> None:
    found = samples.released(three(), "2020-01-01", "2020-06-01")
    assert list(found["model"]) == ["base", "tuned"]


def test_open_and_closed_are_ranked_apart_and_unknown_openness_left_out() -> None:
    frame = runs(
        model=["big", "small", "open", "unknown", "seen"],
        refers_to=["2023-01-02", "2023-02-01", "2023-03-01", "2023-04-01", "2023-05-01"],
        training_compute_flop=[100.0, 50.0, 1.0, 500.0, 70.0],
        open_weights=["No", "No", "Yes", "", "No"],
        domain=["Language", "Language", "Multimodal", "Language", "Vision"],
    )
    found = samples.open_and_closed(frame, links(), k=1)
    assert dict(zip(found["model"], found["open"], strict=True)) == {"big": 0.0, "open": 1.0}


def test_the_highest_ability_of_a_run_counts() -> None:
    quality = pd.DataFrame(
        {
            "model": ["a-base", "a-chat", "b"],
            "ability": [1.0, 2.0, 5.0],
            "benchmarks": [3, 3, 2],
            "effort": "high",
            "standard_error": 0.1,
            "developer": "Lab",
            "released": pd.Timestamp("2023-01-01"),
        }
    )
    frame = runs(model=["A", "B"], refers_to=["2023-01-01", "2023-01-01"])
    pairs = links(("A", "score", "a-base"), ("A", "score", "a-chat"), ("B", "score", "b"))
    found = samples.with_ability(frame, pairs, quality)
    assert list(found["model"]) == ["A"]
    assert list(found["ability"]) == [2.0]


def test_the_paper_has_its_45_models_and_its_four_later_removed_fine_tunes(
    real: dict[str, pd.DataFrame],
) -> None:
    """Version 2 of Cottier et al. (2024) has 41 models: four fine-tunes were removed."""
    paper = samples.paper_runs(real["training_costs"])
    assert len(paper) == 45
    assert len(samples.without_fine_tunes(paper, real["run_links"])) == 41


def test_every_scored_run_is_matched_once(real: dict[str, pd.DataFrame]) -> None:
    found = samples.with_ability(real["training_runs"], real["run_links"], real["model_quality"])
    assert found["model"].is_unique
    assert len(found) >= 60


def test_costs_are_joined_to_each_frontier_run_at_most_once(real: dict[str, pd.DataFrame]) -> None:
    leading = samples.frontier_runs(real["training_runs"], real["run_links"])
    priced = samples.with_cost(leading, real["training_costs"])
    assert priced["model"].is_unique
    assert set(priced["model"]) <= set(leading["model"])
    years = samples.disclosure(real["training_runs"], leading, real["training_costs"])
    assert years["frontier_runs"].sum() == len(leading)
    assert years["frontier_runs_with_cost"].sum() == len(priced)


def test_fine_tunes_that_would_lead_are_named_with_their_base(
    real: dict[str, pd.DataFrame],
) -> None:
    tuned = samples.tuned_frontier(real["training_runs"], real["run_links"])
    base = dict(zip(tuned["model"], tuned["base"], strict=True))
    assert base["Minerva (540B)"] == "PaLM (540B)"
    assert base["Composer 2.5"] == "Kimi K2.5"

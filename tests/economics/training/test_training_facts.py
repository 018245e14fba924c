"""Answers that count or divide: dearer than GPT-4, sizes, clusters, chips, newcomers."""

from __future__ import annotations

import pandas as pd
import pytest
from training_frames import runs

from analysis import tables
from analysis.economics.training import chips, entrants, facts, samples
from analysis.errors import InputError


def costs(**by_model: tuple[str, float]) -> pd.DataFrame:
    rows = [(name, pd.Timestamp(day), usd) for name, (day, usd) in by_model.items()]
    frame = pd.DataFrame(rows, columns=["model", "refers_to", "cost_usd"])
    return frame.replace({"model": {"gpt4": facts.GPT4}})


def test_the_dearest_recent_run_is_divided_by_gpt4() -> None:
    frame = costs(gpt4=("2023-03-15", 40.0), a=("2025-02-01", 300.0), b=("2024-12-31", 900.0))
    answer = facts.dearest_over_gpt4(frame)
    assert (answer.estimate, answer.n, answer.interval) == (7.5, 1, None)
    assert "the last of them of February 2025" in answer.reason


@pytest.mark.parametrize("frame", [costs(a=("2025-02-01", 1.0)), costs(gpt4=("2023-03-15", 1.0))])
def test_without_gpt4_or_a_recent_run_there_is_no_ratio(frame: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="no cost of"):
        facts.dearest_over_gpt4(frame)


def test_real_ratio_uses_one_vintage() -> None:
    export = samples.export_costs(tables.load("training_costs"))
    assert set(export["dataset"]) == {"epoch_2026_07"}
    assert facts.dearest_over_gpt4(export).estimate == pytest.approx(387842700 / 37334300, rel=1e-4)


def test_trillions_count_published_sizes_of_language_models_up_to_the_day() -> None:
    frame = runs(
        model=["a", "b", "vision", "late", "GPT-4 (Mar 2023)", "small"],
        refers_to=["2024-01-01"] * 3 + ["2026-05-01", "2023-03-15", "2024-01-01"],
        parameters=[1e12, 2e12, 9e12, 9e12, 1.8e12, 1e11],
        domain=["Language", "Multimodal,Language", "Vision", "Language", "Language", "Language"],
    )
    answer = facts.trillion_parameters(frame)
    assert answer.estimate == 2
    assert answer.detail == {"by_estimate_only": 1}
    assert answer.n == 4


def cluster_runs() -> pd.DataFrame:
    return runs(
        model=["giant", "nameless", "lab", "old"],
        refers_to=["2025-01-01", "2025-02-01", "2025-03-01", "2024-04-30"],
        training_compute_flop=[1e26, 5e25, 1e24, 1e27],
        training_hardware=["H", "", "H", "H"],
        hardware_count=[10_000, 9_000, 100, 1],
    )


PRICES = pd.DataFrame({"accelerator": ["H"], "release_price_usd": [32_000.0]})


def test_a_cluster_is_chips_times_price_and_a_quarter() -> None:
    priced = chips.clusters(cluster_runs(), PRICES, "2026-04-30", k=2)
    assert list(priced["model"]) == ["giant", "nameless"]
    assert priced["cluster_usd"].iloc[0] == 10_000 * 32_000 * 1.25
    answer = chips.cheapest_cluster(priced)
    assert (answer.estimate, answer.n) == (4.0, 1)


def test_a_cluster_may_be_off_on_either_side() -> None:
    priced = chips.clusters(cluster_runs(), PRICES, "2026-04-30", disclosed_only=True)
    assert list(priced["model"]) == ["giant", "lab"]
    assert chips.cheapest_cluster(priced).estimate == 25.0


def test_the_window_is_24_months() -> None:
    priced = chips.clusters(cluster_runs(), PRICES, "2026-04-29")
    assert "old" in set(priced["model"])


def test_without_a_priced_cluster_there_is_no_answer() -> None:
    with pytest.raises(InputError, match="known chip"):
        chips.cheapest_cluster(chips.clusters(cluster_runs(), PRICES.iloc[:0], "2026-04-30"))


def test_chip_classes_are_whole_words_and_unknown_hardware_is_left_out() -> None:
    names = ["NVIDIA H100 SXM5 80GB", "NVIDIA A100,NVIDIA H800", "NVIDIA HGX H20", "NVIDIA GB200"]
    others = ["NVIDIA A100", "NVIDIA GB300 (Blackwell Ultra)", "Google TPU v5p", ""]
    hardware = names + others
    frame = runs(
        model=[str(i) for i in range(8)], refers_to=["2025-01-01"] * 8, training_hardware=hardware
    )
    answer = chips.chip_share(frame)
    assert (answer.estimate, answer.n) == (pytest.approx(4 / 7), 7)
    assert answer.detail == {"undisclosed": 1}


def entry_runs() -> pd.DataFrame:
    return runs(
        model=["a", "b", "c", "d", "small"],
        refers_to=["2021-05-01", "2022-05-01", "2024-07-01", "2025-07-01", "2021-01-01"],
        training_compute_flop=[1e23, 2e23, 3e23, 4e23, 1e22],
        developer=["Google Brain,Uni", "Google DeepMind", "New Lab", "New Lab,Google", "Newer"],
    )


def test_a_developer_enters_once_and_parts_of_a_company_are_one() -> None:
    firsts = entrants.newcomers(entry_runs())
    assert list(firsts["developer"]) == ["Google", "Uni", "New Lab"]
    apart = entrants.newcomers(entry_runs(), merged=False, everyone=False)
    assert list(apart["developer"]) == ["Google Brain", "Google DeepMind", "New Lab"]


def test_rates_are_per_year_of_each_period() -> None:
    firsts = entrants.newcomers(entry_runs())
    answer = entrants.entry_rate_ratio(firsts, "2026-07-02")
    years = [(pd.Timestamp(b) - pd.Timestamp(a)).days for a, b in
             (("2021-01-01", "2024-01-01"), ("2024-01-01", "2026-07-02"))]  # fmt: skip
    assert answer.estimate == pytest.approx((1 / years[1]) / (2 / years[0]))
    assert answer.n == 3
    assert answer.detail == {"earlier": 2, "later": 1}


def test_nothing_observed_after_the_split_is_refused() -> None:
    with pytest.raises(InputError, match="must lie after 2024-01-01"):
        entrants.entry_rate_ratio(entrants.newcomers(entry_runs()), "2023-12-31")

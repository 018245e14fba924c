"""Cost trends, forecasts and accounts; the published trend of Cottier et al. (2024)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from training_frames import steady

from analysis import tables
from analysis.economics.deflate import deflate
from analysis.economics.training import accounting as training_accounting
from analysis.economics.training import cost as training
from analysis.economics.training import samples
from analysis.errors import InputError
from analysis.methods import trend


@pytest.fixture(scope="module")
def costs() -> pd.DataFrame:
    return tables.load("training_costs")


@pytest.fixture(scope="module")
def deflator() -> pd.DataFrame:
    return tables.load("deflator")


def priced(per_year: float = 3.0) -> pd.DataFrame:
    return steady(per_year, jitter=0.1).assign(
        cost_usd=lambda frame: frame["training_compute_flop"]
    )


def test_published_trend(costs: pd.DataFrame) -> None:
    """arXiv 2405.21015 v1: 2.4x a year, 95 % 2.0 to 3.1, n = 45; saved output: 0.3888 (0.0476)."""
    table = training.intervals(samples.paper_runs(costs))
    classical = table.loc["classical"]
    assert classical["slope_log10"] == pytest.approx(0.3888, abs=5e-5)
    assert classical["standard_error"] == pytest.approx(0.0476, abs=5e-5)
    assert round(classical["growth_per_year"], 1) == 2.4
    assert (round(classical["low"], 1), round(classical["high"], 1)) == (2.0, 3.1)
    assert table.loc["HC3", "standard_error"] == pytest.approx(0.0676, abs=5e-5)
    assert table.loc["Theil-Sen", "slope_log10"] == pytest.approx(0.462, abs=5e-4)


def test_constant_dollars_of_the_paper_are_its_nominal_ones_deflated(
    costs: pd.DataFrame, deflator: pd.DataFrame
) -> None:
    """The paper deflates with the producer price index of data processing to December 2023."""
    constant = samples.paper_runs(costs).set_index("model")["cost_usd"]
    nominal = samples.paper_runs(costs, "nominal").set_index("model")
    index = deflator.set_index("month")["index"]
    months = nominal["refers_to"].dt.strftime("%Y-%m")
    ours = deflate(nominal["cost_usd"], months, index, base="2023-12")
    assert ours == pytest.approx(constant[nominal.index].to_numpy(), rel=1e-3)


def test_every_kind_of_interval_holds_the_one_slope() -> None:
    table = training.intervals(priced())
    kinds = table.drop(index="Theil-Sen")
    assert kinds["growth_per_year"].nunique() == 1
    assert (table["low"] < table["growth_per_year"]).all()
    assert (table["growth_per_year"] < table["high"]).all()


def test_forecast_goes_on_from_the_trend_and_widens() -> None:
    fit = training.line(priced())
    band = training.forecast(fit, "2026-01-01", 2029)
    assert band["date"].iloc[-1] == pd.Timestamp("2029-12-31")
    yearly = band["expected"].iloc[-1] / band["expected"].iloc[-5]
    assert yearly == pytest.approx(fit.growth_per_year, rel=1e-6)
    width = np.log(band["high"] / band["low"])
    assert (np.diff(width) > 0).all()


def test_a_forecast_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(InputError, match="last_year"):
        training.forecast(training.line(priced()), "2030-01-01", 2029)


def test_the_year_of_a_value_is_on_the_line() -> None:
    frame = priced()
    fit = training.line(frame)
    assert fit.predict([training.reaches(fit, 1e25)]).level[0] == pytest.approx(1e25)
    dearest = frame["cost_usd"].max()
    last = trend.decimal_year(frame.nlargest(1, "cost_usd")["refers_to"])[0]
    a_year_on = training.keeps_pace(frame, fit, dearest * fit.growth_per_year)
    assert a_year_on == pytest.approx(last + 1)


def test_a_larger_run_costs_in_proportion_and_less_each_year() -> None:
    frame = priced().assign(cost_usd=lambda f: f["training_compute_flop"] ** 0.6)
    per_flop = training.unit_cost(frame)
    table = training.next_generation(per_flop, 1e26, ["2027-01-01", "2028-01-01"])
    cost = table.pivot(index="date", columns="compute_factor", values="expected_million_usd")
    assert cost[100.0].to_numpy() == pytest.approx(100 * cost[1.0].to_numpy())
    fall = cost[1.0].iloc[1] / cost[1.0].iloc[0]
    assert fall == pytest.approx(per_flop.growth_per_year, rel=1e-3)


def test_a_break_is_found_where_it_is() -> None:
    frame = priced()
    frame.loc[frame["refers_to"] >= "2021-01-01", "cost_usd"] *= 1000
    found, day = training.unknown_break(frame, "cost_usd")
    assert day == pd.Timestamp("2021-01-01")
    assert found.p_value_bootstrap < 0.01
    table = training.searches({"cost": (found, day), "nothing": None})
    assert list(table["series"]) == ["cost"]


def test_published_break_of_the_paper(costs: pd.DataFrame) -> None:
    """Recomputed elsewhere with statsmodels: sup F 12.8, regimes part after AlphaZero (2017-12)."""
    found, day = training.unknown_break(samples.paper_runs(costs), "cost_usd")
    assert found.statistic == pytest.approx(12.8, abs=0.05)
    assert day == pd.Timestamp("2018-09-28")


def test_the_run_that_moves_growth_most_comes_first() -> None:
    frame = priced()
    frame.loc[0, "cost_usd"] *= 1e4
    table = training.without_each(frame)
    assert len(table) == training.MOST
    assert table["model"].iloc[0] == "m0"
    without = trend.log_linear(frame["refers_to"][1:], frame["cost_usd"][1:], covariance="HC3")
    assert table["growth_without"].iloc[0] == pytest.approx(without.growth_per_year)


def test_the_model_that_moves_fixed_ability_most_comes_first() -> None:
    frame = priced()
    ability = np.sin(np.arange(len(frame)))
    frame = frame.assign(ability=ability)
    frame.loc[3, "training_compute_flop"] *= 1e8
    assert training.ability_without_each(frame)["model"].iloc[0] == "m3"


def test_accounts_of_gpt4(costs: pd.DataFrame, deflator: pd.DataFrame) -> None:
    """Epoch AI, training-cost-trends: 40.6 (2024), 78.6 cloud and 778 acquisition, million USD."""
    table = training_accounting.accounts(costs, deflator)
    stated = table.set_index(["method", "dataset"])["stated_usd"] / 1e6
    amortised = training_accounting.NAMES["amortised_hardware_energy"]
    assert stated[amortised, "paper of 2024"] == pytest.approx(40.6, abs=0.05)
    assert stated["chips rented in the cloud", "authors' file of 2025"] == pytest.approx(
        78.6, abs=0.05
    )
    assert stated["cluster bought outright", "authors' file of 2025"] == pytest.approx(778, abs=0.5)
    low, high = training_accounting.span(table)
    assert high / low > 15
    later = table["price_year"] == "2024-12"
    assert (table.loc[later, "usd_2023_12"] < table.loc[later, "stated_usd"]).all()
    same = table["price_year"].isin(["2023", "2023-12"])
    assert (table.loc[same, "usd_2023_12"] == table.loc[same, "stated_usd"]).all()


def test_an_unknown_model_has_no_account(costs: pd.DataFrame, deflator: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="GPT-9"):
        training_accounting.accounts(costs, deflator, ("GPT-9",))

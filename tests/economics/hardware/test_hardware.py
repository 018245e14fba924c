"""Chips, rents, volume and the open questions."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis import tables
from analysis.claims.answer import attempt
from analysis.economics.hardware import chips, demand, questions, rents, returns, watch
from analysis.errors import InputError
from analysis.methods import trend


def made(days: pd.DatetimeIndex, **columns: object) -> pd.DataFrame:
    usual = {
        "accelerator": [f"Chip {i}" for i in range(len(days))], "manufacturer": "Maker",
        "released": days, "refers_to": days, chips.DOLLAR: 1e4, chips.WATT: 500.0,
        chips.HALF: 1e14, chips.SINGLE: 1e13, chips.BANDWIDTH: 1e12,
        "fp8_flop_per_s": np.nan, "fp4_flop_per_s": np.nan,
    }  # fmt: skip
    return pd.DataFrame(usual | columns)


def bent(before: float, after: float) -> pd.DataFrame:
    days = pd.date_range("2017-01-01", "2026-06-01", freq="QS")
    years = np.asarray(trend.decimal_year(pd.Series(days))) - 2023
    rate = np.where(years < 0, before**years, after**years) * 1e14
    wobble = 1 + 0.01 * (-1.0) ** np.arange(len(days))
    return made(days, **{chips.HALF: rate * wobble})


def test_the_change_of_slope_of_efficiency_is_recovered() -> None:
    found = chips.sample(bent(1.3, 2.0), chips.HALF, chips.WATT)
    answer = chips.efficiency_change(found, "2023-01-01")
    assert answer.estimate == pytest.approx(math.log10(2.0 / 1.3), abs=0.01)
    assert answer.interval is not None and answer.interval[0] > 0


def test_growth_per_dollar_is_recovered_and_short_series_have_none() -> None:
    frame = bent(1.4, 1.4)
    frame.loc[:4, "fp8_flop_per_s"] = 1e15
    table = chips.growth_table(frame, start="2012-01-01").set_index("quantity")
    row = table.loc["16-bit FLOP/s per dollar"]
    assert row["growth_per_year"] == pytest.approx(1.4, rel=0.01)
    assert row["doubling_years"] == pytest.approx(math.log(2) / math.log(1.4), rel=0.03)
    short = table.loc["8-bit FLOP/s per dollar"]
    assert short["chips"] == 5 and math.isnan(short["growth_per_year"])


def test_gaming_cards_and_chips_to_come_are_left_out() -> None:
    frame = made(pd.date_range("2020-01-01", periods=3, freq="YS"))
    frame["accelerator"] = ["NVIDIA GeForce RTX 4090", "NVIDIA H100", "NVIDIA Rubin"]
    frame.loc[2, "released"] = pd.NaT
    assert list(chips.sample(frame, chips.HALF, chips.WATT)["accelerator"]) == ["NVIDIA H100"]
    both = chips.sample(frame, chips.HALF, chips.WATT, workstation=True)
    assert len(both) == 2


def test_earlier_chips_may_count_by_their_32_bit_rate() -> None:
    frame = made(pd.to_datetime(["2015-01-01", "2018-01-01"]), **{chips.HALF: np.nan})
    assert chips.sample(frame, chips.HALF, chips.WATT).empty
    early = chips.sample(frame, chips.HALF, chips.WATT, earlier_single=True)
    assert list(early[chips.VALUE]) == [1e13 / 500]


def quotes(prices: dict[str, list[float]]) -> pd.DataFrame:
    months = pd.date_range("2025-10-01", periods=len(next(iter(prices.values()))), freq="MS")
    rows = [
        {"gpu": "H100", "provider": provider, "month": f"{day:%Y-%m}", "refers_to": day,
         "usd_per_gpu_hour": price}
        for provider, series in prices.items()
        for day, price in zip(months, series, strict=True)
        if not math.isnan(price)
    ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.mark.parametrize("method", ["tpd", "chained"])
def test_providers_that_come_and_go_do_not_move_the_matched_index(method: str) -> None:
    nan = math.nan
    frame = quotes({"cheap": [2, 2.2, 2.42, 2.662], "dear": [nan, 8.8, 9.68, nan]})
    found = rents.matched(frame, "H100", "2025-10-01", method=method)
    assert list(found) == pytest.approx([1, 1.1, 1.21, 1.331])


def test_a_change_during_a_gap_counts_with_dummies_only() -> None:
    frame = quotes({"a": [2.0] * 4, "b": [2.0, math.nan, 4.0, 4.0]})
    assert rents.matched(frame, "H100", "2025-10-01").iloc[-1] == pytest.approx(math.sqrt(2))
    chained = rents.matched(frame, "H100", "2025-10-01", method="chained")
    assert chained.iloc[-1] == pytest.approx(1)


def months(values: list[float]) -> pd.Series:
    return pd.Series(values, index=pd.date_range("2024-01-01", periods=len(values), freq="MS"))


def test_growth_of_rent_is_a_factor_a_year() -> None:
    wobble = [1.001 if i % 3 else 0.998 for i in range(24)]
    series = months([2 * 1.5 ** (i / 12) * w for i, w in enumerate(wobble)])
    answer = rents.growth(series, rents.PRINTED)
    assert answer.estimate == pytest.approx(1.5, rel=0.01)
    assert answer.p_value is not None and answer.p_value < 0.01
    few = attempt(rents.growth, series[:3], rents.PRINTED)
    assert few.estimate is None and "3 months" in few.reason


def test_the_valley_lies_between_two_peaks() -> None:
    row = rents.turning_points({"V": months([1, 4, 3, 2, 3, 3.5])}).iloc[0]
    assert (row["peak_before"], row["valley"], row["latest"]) == (4, 2, 3.5)
    assert row["valley_month"] == "2024-04"
    assert row["latest_over_valley"] == pytest.approx(1.75)


def test_quarters_begin_from_the_day_given() -> None:
    accounts = tables.load("company_accounts")
    found = demand.quarters(accounts, demand.DATA_CENTRE, "2023-01-01")
    assert found.index[0] == pd.Timestamp("2023-04-30")
    assert found.iloc[0] == 4.28e9


def test_chips_sold_are_differences_of_running_totals() -> None:
    days = pd.to_datetime(["2023-03-31", "2023-06-30", "2023-09-30"])
    sold = pd.DataFrame({"designer": "NVIDIA", "refers_to": days, "units_median": [5, 9, 19]})
    assert list(demand.chips_sold(sold, "2023-01-01", "units_median")) == [4, 10]


def test_published_intervals_combine_on_logarithms() -> None:
    """Zou and Donner (2008): with one exact number the other's interval is what remains."""
    assert questions.quotient((4, 2, 8), (2, 2, 2)) == pytest.approx((2, 1, 4))
    value, low, high = questions.quotient((4, 2, 8), (2, 1, 4))
    assert (value, math.log2(high / value)) == pytest.approx((2, math.sqrt(2)))
    assert low * high == pytest.approx(value**2)


def test_compute_that_halves_in_eight_months_gains_2_83_a_year() -> None:
    """Ho et al. (2024) and Cottier et al. (2024): 2^(12/8) over 2.4."""
    answer = questions.gain_over_growth(tables.load("published_rates"))
    assert answer.estimate == pytest.approx(2**1.5 / 2.4)
    assert questions.gain_level(tables.load("published_rates")) == 0.9


def test_the_largest_hybrid_of_april_2026() -> None:
    """Hunyuan-TurboS: 5.4e24 in the data set, 6 × 56e9 × 16e12 by count."""
    models, runs = tables.load("ssm_models"), tables.load("training_runs")
    table = questions.hybrids(models, runs, "2026-04-30").set_index("model")
    assert table.loc["Hunyuan-TurboS", "counted_flop"] == pytest.approx(5.376e24)
    assert "MiniMax-M1" not in table.index and "Nemotron 3 Ultra" not in table.index
    answer = questions.largest_hybrid(models, runs, "2026-04-30")
    assert answer.estimate == pytest.approx(5.4e24 / 5e26)


def test_a_result_on_own_silicon_would_ask_for_a_pair() -> None:
    results = pd.DataFrame({"accelerator": ["NVIDIA H100"], "system": ["DGX"]})
    assert questions.own_silicon(results).estimate is None
    with pytest.raises(InputError, match="pair them"):
        questions.own_silicon(results.assign(accelerator="TPU v6e"))


def frontier(later: float, noise: float, n: int = 20) -> pd.DataFrame:
    """Ability rises by 1 per tenfold compute before 2024 and by ``later`` from then on."""
    generator = np.random.default_rng(1)
    logs = np.concatenate([np.linspace(22, 25, n), np.linspace(24.5, 26.5, n)])
    late = np.repeat([False, True], n)
    ability = np.where(late, later, 1.0) * (logs - 25) + noise * generator.normal(size=2 * n)
    days = pd.date_range("2021-01-01", "2023-12-01", periods=n).append(
        pd.date_range("2024-02-01", "2026-01-01", periods=n)
    )
    return pd.DataFrame(
        {"model": [f"m{i}" for i in range(2 * n)], "refers_to": days,
         "training_compute_flop": 10**logs, "ability": ability}
    )  # fmt: skip


def test_the_ratio_of_returns_is_recovered_with_an_interval_around_it() -> None:
    answer = returns.return_ratio(frontier(0.5, 0.05), "2024-01-01")
    assert answer.estimate == pytest.approx(0.5, abs=0.05)
    assert answer.interval is not None
    assert answer.interval[0] < 0.5 < answer.interval[1] < 0.8


def test_an_earlier_slope_near_nothing_leaves_the_ratio_open() -> None:
    models = frontier(0.5, 0.05)
    early = models["refers_to"] < "2024-01-01"
    models.loc[early, "ability"] = np.random.default_rng(3).normal(size=int(early.sum()))
    answer = returns.return_ratio(models, "2024-01-01")
    assert answer.interval is not None and any(map(math.isinf, answer.interval))


def test_too_few_models_are_refused() -> None:
    with pytest.raises(InputError, match="need 4"):
        returns.return_ratio(frontier(1, 0.1, n=3), "2024-01-01")


def test_indicators_leave_out_what_is_not_known() -> None:
    nothing = attempt(returns.return_ratio, frontier(1, 0.1, n=3), "2024-01-01")
    efficient = chips.sample(bent(1.3, 1.3), chips.HALF, chips.WATT)
    rent = months([2, 2, 2, 2, 2, 2, 3.0])
    table = watch.indicators(None, nothing, nothing, rent, efficient, "2023-01-01")
    reading = table.set_index("question")["reading"]
    assert reading["efficiency against demand"] == pytest.approx(1.5)
    assert reading["efficiency of new chips"] == pytest.approx(1, abs=0.05)
    assert reading["new kinds of chip"] == watch.NONE
    assert "state-space models at scale" not in reading.index

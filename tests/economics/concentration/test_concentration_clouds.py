"""Shares of the clouds, the trend of their concentration, and who owns AI compute."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.economics.concentration import cloud_choices, clouds, owners
from analysis.errors import InputError

QUARTERS = pd.date_range("2023-03-31", periods=12, freq="QE")


def shares(amazon: np.ndarray | float = 30.0) -> pd.DataFrame:
    wide = pd.DataFrame({"amazon": amazon, "google": 10.0, "microsoft": 20.0}, index=QUARTERS)
    long = wide.rename_axis("refers_to").reset_index().melt("refers_to", var_name="provider")
    quarter = long["refers_to"].dt.year.astype(str) + "Q" + long["refers_to"].dt.quarter.astype(str)
    return long.rename(columns={"value": "share_percent"}).assign(quarter=quarter, grade="B")


def wobbling(slope: float) -> pd.DataFrame:
    """Amazon's share such that the index changes by ``slope`` points a year, with noise."""
    years = np.arange(12) / 4
    noise = np.random.default_rng(1).normal(0, 5, 12)
    return shares(np.sqrt(900 + slope * years + noise))


def test_the_index_sums_squares_and_adds_small_firms() -> None:
    wide = clouds.by_quarter(shares())
    assert (clouds.herfindahl(wide) == 1400).all()
    assert (clouds.herfindahl(wide, rest=4.0) == 1400 + 4 * 40).all()


def test_a_known_slope_is_recovered_with_its_sign() -> None:
    found = clouds.hhi_slope(wobbling(-100.0))
    assert found.interval is not None and found.p_value is not None and found.estimate is not None
    assert found.estimate == pytest.approx(-100, abs=8) and found.interval[1] < 0
    assert found.interval[0] < found.estimate and found.p_value < 0.05 and found.n == 12


def test_a_step_at_the_restatement_is_not_a_slope() -> None:
    index = pd.Series(np.where(QUARTERS >= clouds.RESTATED, 1300.0, 1600.0), QUARTERS)
    index += np.random.default_rng(2).normal(0, 1, 12)
    plain, stepped = (clouds.slope(index, restated=step) for step in (False, True))
    assert plain.value * clouds.POINTS < -80
    assert stepped.value * clouds.POINTS == pytest.approx(0, abs=5)


def test_rounding_moves_the_slope_about_its_value() -> None:
    low, high = clouds.rounding(wobbling(-100.0), draws=500)
    assert low < -100 < high and high - low < 60
    table = clouds.slopes(wobbling(-100.0))
    assert list(table["low"] <= table["high"]) == [True] * 4
    published, _, plain, _ = (table["high"] - table["low"]).round(6)
    assert plain < published and table["slope"].nunique() < 4


def test_too_few_quarters_are_refused() -> None:
    with pytest.raises(InputError, match="5 quarters"):
        clouds.by_quarter(shares()[lambda rows: rows["refers_to"].isin(QUARTERS[:5])])


def test_every_choice_of_the_curve_is_tried_and_signs_agree() -> None:
    curve = cloud_choices.hhi_curve(wobbling(-100.0))
    assert curve.n >= 50 and curve.agree(0.0, "below") > 0.95
    assert set(curve.axes) >= {"shares_of", "source", "restatement", "estimator", "start"}


def market() -> pd.DataFrame:
    return pd.DataFrame({"refers_to": QUARTERS, "spend_usd_bn": 100.0})


def accounts(period: str = "year") -> pd.DataFrame:
    row = {"company": "CRWV", "measure": "revenue", "period": period, "value_usd": 8e9}
    return pd.DataFrame([row]).assign(refers_to=pd.Timestamp("2025-12-31"))


def facts(*subjects: str) -> pd.DataFrame:
    rows = pd.DataFrame({"subject": subjects, "value": 2e6, "topic": "compute_ownership"})
    power = pd.DataFrame({"subject": ["CoreWeave"], "value": [500.0], "topic": ["active_power"]})
    return pd.concat([rows, power]).assign(refers_to=pd.Timestamp("2025-12-31"), grade="C")


def sold() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "designer": ["NVIDIA", "Google"],
            "refers_to": pd.Timestamp("2025-12-31"),
            "h100_equivalents_median": [8e6, 2e6],
            "megawatts_median": [4000.0, 1000.0],
        }
    )


def test_without_published_stocks_all_cloud_services_count() -> None:
    found = owners.four_firms(shares(), market(), accounts(), facts("Amazon"), sold())
    assert found.estimate == pytest.approx(0.60 + 8 / 400) and found.grade == "B" and found.n == 4
    assert "all cloud services" in found.reason


def test_a_quarter_is_set_against_its_own_quarter() -> None:
    share, words = owners.coreweave(market(), accounts("quarter"))
    assert share == pytest.approx(8 / 100) and "quarter to December 2025" in words
    late = accounts().assign(refers_to=pd.Timestamp("2026-12-31"))
    assert owners.coreweave(market(), late)[0] == 0


def test_published_stocks_are_set_against_all_sold() -> None:
    known = facts("Amazon", "Google", "Microsoft", "Meta")
    found = owners.four_firms(shares(), market(), accounts(), known, sold())
    # three clouds with a fifth each, and 500 MW at 2000 equivalents a MW: a tenth
    assert found.estimate == pytest.approx(0.7) and found.grade == "C" and found.n == 4
    table = owners.ai_compute(known, sold()).set_index("firm")
    assert table.loc["CoreWeave", "share"] == pytest.approx(0.1) and "Meta" in table.index

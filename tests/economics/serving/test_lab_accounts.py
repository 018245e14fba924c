"""Shares of labs by hand, and intervals that own up to how few labs there are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from account_frames import accounts, labs

from analysis.economics.serving import account_answers
from analysis.economics.serving import accounts as books
from analysis.economics.serving.accounts import COMPUTE_RATIO, COST_SHARE, INFERENCE_SHARE, MARGIN
from analysis.errors import InputError


def _years(**choices):  # type: ignore[no-untyped-def]
    return books.lab_years(accounts(), labs(), **choices).set_index(["lab", "year"])


def test_stated_inference_comes_first() -> None:
    alpha = _years().loc[("Alpha", 2025)]
    assert alpha[INFERENCE_SHARE] == pytest.approx(60 / 150)
    assert alpha[COST_SHARE] == pytest.approx(0.6)
    assert alpha[COMPUTE_RATIO] == pytest.approx(1.5)
    assert alpha["basis"] == "stated"


def test_half_a_year_becomes_a_year_and_cost_of_revenue_stands_in() -> None:
    """Revenue 100, margin 50 %, research 350: inference 50 of 400."""
    beta = _years().loc[("Beta", 2025)]
    assert beta["revenue"] == pytest.approx(100)
    assert beta[INFERENCE_SHARE] == pytest.approx(50 / 400)
    assert beta[COMPUTE_RATIO] == pytest.approx(4.0)
    assert np.isnan(_years(stand_in=False).loc[("Beta", 2025), INFERENCE_SHARE])


def test_quarters_weigh_by_revenue() -> None:
    """20 % of 100 and 60 % of 300 are 50 %."""
    assert _years().loc[("Delta", 2025), MARGIN] == pytest.approx(0.5)


def test_a_years_revenue_is_no_weight_of_its_last_quarter() -> None:
    """A year ends with its last quarter; its revenue is not that quarter's."""
    year = accounts().query("company == 'Alpha' and measure == 'revenue'")
    year = year.assign(company="Delta", refers_to=pd.Timestamp("2025-06-30"), value=900.0)
    years = books.lab_years(pd.concat([accounts(), year]), labs()).set_index(["lab", "year"])
    assert years.loc[("Delta", 2025), MARGIN] == pytest.approx(0.5)


def test_a_total_stands_where_parts_are_missing() -> None:
    assert _years().loc[("Gamma", 2024), COMPUTE_RATIO] == pytest.approx(2.0)


def test_only_independent_labs_count() -> None:
    """A purchase ends independence, a listing does not; a cloud is no lab."""
    assert {lab for lab, _ in _years().index} == {"Alpha", "Beta", "Gamma", "Delta"}


def test_grade_c_counts_only_where_asked() -> None:
    """90 in three quarters are 120 a year."""
    found = _years(grades="ABC", figures=books.HIGHEST).loc[("Alpha", 2025)]
    assert found["inference_compute_spend"] == pytest.approx(120)
    assert found["grade"] == "C"
    assert _years(grades="ABC").loc[("Alpha", 2025), COST_SHARE] == pytest.approx(0.6)


def test_the_latest_year_is_the_labs_own() -> None:
    years = books.lab_years(accounts(), labs())
    found = books.latest(years, COMPUTE_RATIO).set_index("lab")
    assert found["year"].to_dict() == {"Alpha": 2025, "Beta": 2025, "Gamma": 2024}
    with pytest.raises(InputError):
        books.latest(years, COMPUTE_RATIO, before=3)


def test_the_bootstrap_t_of_three_labs_has_no_end() -> None:
    """One resample in nine repeats one lab, more than the one in twenty that may be outside."""
    estimate, interval, kind = account_answers.over_labs([0.30, 0.31, 0.32], INFERENCE_SHARE)
    assert estimate == pytest.approx(0.31)
    assert interval == (0.0, 1.0) and kind.endswith("without end")
    assert account_answers.over_labs([1.2, 1.5, 6.0], COMPUTE_RATIO)[1] == (0.0, np.inf)


def test_students_t_beside() -> None:
    """Mean 0.4, standard error 0.1 / sqrt(3), t with two degrees of freedom 4.3027."""
    reach = 4.3027 * 0.1 / np.sqrt(3)
    found = account_answers.student(np.array([0.3, 0.4, 0.5]), MARGIN, 0.95)
    assert found == pytest.approx((0.4 - reach, 0.4 + reach), rel=1e-4)


def test_more_labs_get_the_bootstrap_t_wider_than_percentiles() -> None:
    values = [0.1, 0.2, 0.4, 0.5, 0.6, 0.7]
    _, (low, high), kind = account_answers.over_labs(values, MARGIN)
    short = account_answers.percentile(values, MARGIN, 0.95)
    assert kind.startswith("bootstrap-t")
    assert low < short[0] and high > short[1]


def test_shares_stay_within_their_bounds_and_ratios_are_geometric() -> None:
    assert account_answers.over_labs([0.1, 0.5, 0.9], INFERENCE_SHARE)[1] == (0.0, 1.0)
    assert account_answers.over_labs([1.0, 2.0, 4.0], COMPUTE_RATIO)[0] == pytest.approx(2.0)


def test_bootstrap_t_over_six_labs_covers() -> None:
    """Of 300 samples of six labs, at least nine in ten intervals hold the mean."""
    rng = np.random.default_rng(0)
    held = 0
    for values in rng.normal(0.4, 0.15, (300, 6)):
        low, high = account_answers.over_labs(values, MARGIN)[1]
        held += low <= 0.4 <= high
    assert held >= 270


def test_two_labs_are_no_sample() -> None:
    with pytest.raises(InputError):
        account_answers.answer(accounts(), labs(), "c07")


def test_an_answer_carries_the_weakest_grade_and_its_labs() -> None:
    found = account_answers.answer(accounts(), labs(), "c82")
    assert found.grade == "B"
    assert found.detail is not None
    assert found.detail["labs"] == {"Alpha": 0.3, "Beta": 0.5, "Delta": 0.5}
    assert found.estimate == pytest.approx(1.3 / 3)


def test_curves_leave_each_lab_out() -> None:
    curve = account_answers.curves(accounts(), labs())["c59"]
    assert curve is not None
    assert set(curve.specifications["left_out"]) == {"nobody", "Alpha", "Beta", "Gamma"}
    assert curve.agree(1.0) == 1.0


def test_a_rate_meets_the_run_rate_nearest_to_its_quarter() -> None:
    """A quarter to the end of March has its middle in February; 20 over 25 billion."""
    rows = accounts().iloc[:1].assign(company="Alpha", how="run rate", unit="USD")
    spent = rows.assign(
        measure="compute_spend", period="rate", value=20e9, refers_to=pd.Timestamp("2026-03-31")
    )
    days = pd.to_datetime(["2026-02-10", "2026-04-10"])
    sold = pd.concat([rows, rows]).assign(period="rate", value=[25e9, 99e9], refers_to=days)
    found = books.newest_rates(pd.concat([spent, sold]))
    assert list(found["ratio"]) == pytest.approx([0.8])
    assert list(found["compute_billion_usd_a_year"]) == [20.0]


def test_tables_to_read_are_in_billions() -> None:
    shown = books.in_billions(books.lab_years(accounts(), labs())).set_index(["lab", "year"])
    assert shown.loc[("Alpha", 2025), "revenue_billion_usd"] == pytest.approx(1e-7)
    told = books.reported(accounts())
    assert told["percent"].notna().sum() == 6 and "revenue" not in set(told["measure"])


@pytest.mark.parametrize(("year", "before"), [("latest", 0), ("year before", 1)])
def test_the_curve_takes_the_years_that_latest_does(year: str, before: int) -> None:
    earlier = accounts().query("company == 'Alpha'")
    earlier = earlier.assign(
        value=earlier["value"] / 2, refers_to=earlier["refers_to"] - pd.DateOffset(years=1)
    )
    both = pd.concat([accounts(), earlier])
    names, values, _ = account_answers._Books(both, labs()).known(COMPUTE_RATIO, "AB", year)
    found = books.latest(books.lab_years(both, labs()), COMPUTE_RATIO, before=before)
    assert list(names) == list(found["lab"])
    assert list(values) == list(found[COMPUTE_RATIO])

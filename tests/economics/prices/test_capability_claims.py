"""Growth, bend and forecast of a monthly price: known series give known answers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.claims.answer import Answer
from analysis.economics.prices import answers as price_claims
from analysis.economics.prices import capability as claims
from analysis.economics.prices import frontier as frontier_claims
from analysis.errors import InputError


def monthly(logs: np.ndarray, start: str = "2023-04-30") -> pd.DataFrame:
    """A series with given log10 prices."""
    months = pd.date_range(start, periods=len(logs), freq="ME")
    return pd.DataFrame({"month": months, "price": 10.0**logs, "model": "m"})


def falling(per_year: float, n: int = 43) -> pd.DataFrame:
    """Steady but for a wobble that has no trend."""
    years = np.arange(n) / 12
    return monthly(np.log10(per_year) * years + 0.02 * np.sin(np.arange(n)))


def test_growth_is_recovered_and_units_do_not_matter() -> None:
    found = claims.monthly_growth(falling(0.25), "price")
    assert found.estimate == pytest.approx(0.25, rel=0.03)
    assert found.interval and found.interval[0] < 0.25 < found.interval[1]
    assert found.n == 43
    dearer = claims.monthly_growth(falling(0.25).assign(price=lambda f: 7 * f["price"]), "price")
    assert dearer.interval == pytest.approx(found.interval)


def test_a_start_leaves_earlier_months_out() -> None:
    series = monthly(np.r_[np.zeros(20), -np.arange(1, 21) / 12 + 0.01 * np.cos(np.arange(20))])
    found = claims.fixed_ability(series, start="2024-12-01")
    assert found.n == 20
    assert found.estimate == pytest.approx(0.1, rel=0.05)


def test_too_few_months_or_one_price_give_no_trend() -> None:
    with pytest.raises(InputError, match="needs 6"):
        claims.monthly_growth(falling(0.5, 5), "price")
    with pytest.raises(InputError, match="one price"):
        claims.monthly_growth(monthly(np.zeros(12)), "price")


def test_both_slopes_of_a_bend_are_recovered() -> None:
    years = (np.arange(43) - 20) / 12  # December 2024 is the 21st month end
    wobble = 0.01 * np.sin(np.arange(43))
    logs = np.where(years < 0, -2.0 * years, -0.3 * years) + wobble
    series = monthly(logs)
    later = price_claims.later_slope(series)
    change = price_claims.slope_change(series)
    assert later.estimate == pytest.approx(-0.3, abs=0.05)
    assert change.estimate == pytest.approx(1.7, abs=0.1)
    assert later.p_value is not None and later.p_value < 0.05


def test_the_forecast_error_is_that_of_a_random_walk_with_drift() -> None:
    past = np.cumsum(np.r_[0.0, np.tile([-0.2, 0.1], 10)])
    series = monthly(np.r_[past, np.full(20, 1.0)])
    found = claims.forecast_error(series, null=0.301)
    drift = (past[-1] - past[0]) / 20
    assert found.estimate == pytest.approx(1.0 - (past[-1] + 20 * drift))
    low, high = found.interval or (0, 0)
    assert (low + high) / 2 == pytest.approx(found.estimate)
    at_estimate = claims.forecast_error(series, null=found.estimate or 0)
    assert at_estimate.p_value == pytest.approx(1.0)
    assert claims.forecast_error(series, null=low).p_value == pytest.approx(0.05)


def test_the_band_is_the_interval_of_the_error() -> None:
    series = monthly(np.cumsum(np.r_[0.0, np.tile([-0.2, 0.1], 20)]))
    band = claims.forecast_band(series)
    found = claims.forecast_error(series, null=0.0)
    actual = np.log10(series.set_index("month")["price"][band["month"].iloc[-1]])
    last = np.log10(band.iloc[-1][["low", "median", "high"]].astype(float))
    low, high = found.interval or (0, 0)
    assert (actual - last).tolist() == pytest.approx([high, found.estimate, low])


def test_a_forecast_needs_every_month_and_a_month_to_compare() -> None:
    series = monthly(np.cumsum(np.r_[0.0, np.tile([-0.2, 0.1], 20)]))
    with pytest.raises(InputError, match="gaps"):
        claims.forecast_error(series.drop(index=3), null=0.0)
    with pytest.raises(InputError, match="nothing to compare"):
        claims.forecast_error(series.iloc[:21], null=0.0)


def test_growth_against_training_adds_the_squares_of_log_errors() -> None:
    running = Answer(0.5, (0.25, 1.0), 40)
    training = Answer(2.0, (1.0, 4.0), 60)
    found = frontier_claims.against_training(running, training=training)
    assert found.estimate == pytest.approx(0.25)
    half = np.hypot(np.log(2), np.log(2))
    assert found.interval == pytest.approx((0.25 * np.exp(-half), 0.25 * np.exp(half)))
    exact = frontier_claims.against_training(running, training=Answer(2.0, (2.0, 2.0), 60))
    assert exact.interval == pytest.approx((0.125, 0.5))
    with pytest.raises(InputError, match="no estimate"):
        frontier_claims.against_training(running, training=Answer(None, None, 0, reason="none"))


def test_turns_name_each_model_once_as_long_as_it_and_its_price_stay() -> None:
    rows = monthly(np.array([1.0, 1.0, 0.0, 1.0])).assign(
        model=["a", "a", "a", "b"], developer="d", host="h", ability=0.0, standard_error=0.1
    )
    found = frontier_claims.turns(rows)
    assert found["model"].tolist() == ["a", "a", "b"]
    assert found["months"].tolist() == [2, 1, 1]
    assert found["from"].tolist() == ["2023-04", "2023-06", "2023-07"]


def test_agreement_is_counted_at_the_threshold_that_decides() -> None:
    inside = Answer(0.6, (0.5, 0.7), 40)
    assert price_claims.decisive("c24", "fixed_capability", inside) == 0.8333
    below = Answer(0.1, (0.05, 0.2), 40)
    assert price_claims.decisive("c24", "fixed_capability", below) == 0.4167


def test_only_members_of_the_family_keep_a_p_value() -> None:
    series = {"price_lists": falling(0.5), "router": falling(0.5, 3)}
    kept = price_claims.answers(claims.fixed_ability, series, None, "c17", "frontier_price")
    assert kept["price_lists"].p_value is not None
    assert kept["router"].estimate is None
    bare = price_claims.answers(claims.fixed_ability, series, None, "c86", "later_growth")
    assert bare["price_lists"].p_value is None

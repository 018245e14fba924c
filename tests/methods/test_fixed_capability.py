"""Price at a fixed capability: what is live, what is a record, what cannot be answered."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.methods import price_index, trend
from benchmarks import calibration_index


def listings(rows: list[tuple[str, float, float, str | None]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["date", "price", "score", "until"])
    return frame.assign(date=pd.to_datetime(frame["date"]), until=pd.to_datetime(frame["until"]))


def falling(months: int = 18, factor: float = 10.0, seed: int | None = None) -> pd.DataFrame:
    """One new listing a month; the price falls ``factor``-fold a year."""
    dates = pd.date_range("2023-01-01", periods=months, freq="MS")
    noise = 0 if seed is None else np.random.default_rng(seed).normal(size=months) * 0.2
    prices = 30 * factor ** -(np.arange(months) / 12) * np.exp(noise)
    return pd.DataFrame({"date": dates, "price": prices, "score": 60.0})


@pytest.mark.parametrize("estimator", ["available", "records"])
def test_recovers_a_steady_fall(estimator: str) -> None:
    found = price_index.fixed_capability(
        falling(), score="score", threshold=50, estimator=estimator
    )
    assert found.reduction_per_year == pytest.approx(10)
    assert found.growth_per_year == pytest.approx(0.1)
    assert found.interval == pytest.approx((10, 10))
    assert found.n == 18
    assert (found.first, found.last) == (pd.Timestamp("2023-01-01"), pd.Timestamp("2024-06-01"))


def test_currency_and_order_of_rows_do_not_matter() -> None:
    models = falling(seed=1)
    other = models.assign(price=models["price"] * 7).sample(frac=1, random_state=2)
    for estimator in ("available", "records"):
        ours, theirs = (
            price_index.fixed_capability(m, score="score", threshold=50, estimator=estimator)
            for m in (models, other)
        )
        assert ours.reduction_per_year == pytest.approx(theirs.reduction_per_year)
        assert ours.interval == pytest.approx(theirs.interval)


MODELS = listings(
    [
        ("2023-01-15", 10.0, 70, None),
        ("2023-02-10", 4.0, 70, "2023-04-01"),
        ("2023-02-20", 0.1, 40, None),
        ("2023-04-05", 6.0, 80, None),
        ("2023-05-01", 5.0, 69, None),
        ("2023-06-30", 3.0, 75, "2023-07-01"),
    ]
)


def test_the_price_rises_when_the_cheapest_listing_ends() -> None:
    found = price_index.fixed_capability(MODELS, score="score", threshold=70)
    assert found.series.tolist() == [10, 4, 4, 6, 6, 3]
    assert found.series.index[0] == pd.Timestamp("2023-01-01")


def test_until_is_exclusive() -> None:
    later = MODELS.assign(until=MODELS["until"] + pd.Timedelta(days=1))
    found = price_index.fixed_capability(later, score="score", threshold=70)
    assert found.series.tolist() == [10, 4, 4, 4, 6, 3, 3]


def test_the_last_day_observed_ends_the_series_and_hides_what_came_later() -> None:
    longer = price_index.fixed_capability(MODELS, score="score", threshold=70, end="2023-09-10")
    assert longer.series.tolist() == [10, 4, 4, 6, 6, 3, 6, 6, 6]
    shorter = price_index.fixed_capability(MODELS, score="score", threshold=70, end="2023-04-30")
    assert shorter.series.tolist() == [10, 4, 4, 6]


def test_second_cheapest_counts_an_item_once() -> None:
    second = price_index.fixed_capability(MODELS, score="score", threshold=70, rank=2)
    assert second.series.tolist() == [10, 10, 10, 10, 6]
    assert second.series.index[0] == pd.Timestamp("2023-02-01")
    same = MODELS.assign(item=["a", "a", "b", "c", "d", "e"])
    second = price_index.fixed_capability(same, score="score", threshold=70, rank=2)
    assert second.series.tolist() == [10, 10, 6]


def test_months_without_a_listing_are_left_out() -> None:
    gap = listings([("2023-01-01", 9, 1, "2023-03-01"), ("2023-05-01", 3, 1, "2023-06-02")])
    found = price_index.fixed_capability(gap, score="score", threshold=1)
    assert found.series.index.month.tolist() == [1, 2, 5, 6]


def test_records_are_new_lows_at_release() -> None:
    found = price_index.fixed_capability(MODELS, score="score", threshold=69, estimator="records")
    assert found.series.tolist() == [10, 4, 3]
    years = trend.decimal_year(found.series.index)
    slope = np.polyfit(years, np.log10(found.series), 1)[0]
    assert found.reduction_per_year == pytest.approx(10**-slope)


def test_errors_are_newey_west_for_months_and_ordinary_for_records() -> None:
    from statsmodels.regression.linear_model import OLS

    newey_west = {"cov_type": "HAC", "cov_kwds": {"maxlags": 2, "use_correction": True}}
    for estimator, covariance, fit in (("available", "HAC", newey_west), ("records", None, {})):
        found = price_index.fixed_capability(
            falling(24, seed=5),
            score="score",
            threshold=50,
            estimator=estimator,
            covariance=covariance,
        )
        years = trend.decimal_year(found.series.index)
        design = np.column_stack([np.ones(found.n), years - years.mean()])
        ols = OLS(np.log(found.series.to_numpy()), design).fit(use_t=True, **fit)
        assert found.interval == pytest.approx(tuple(np.exp(-ols.conf_int()[1][::-1])))
        assert found.p_value == pytest.approx(ols.pvalues[1])


def test_the_default_interval_covers_where_plain_newey_west_does_not() -> None:
    rows = calibration_index.fixed_capability(60, months=(32,), entries=(1.0,))
    coverage = {row["covariance"]: row["coverage"] for row in rows}
    assert coverage["sieve"] >= 0.88
    assert coverage["HAC"] <= 0.85


def test_prints_one_line_and_a_table() -> None:
    found = price_index.fixed_capability(MODELS, score="score", threshold=70)
    assert "\n" not in str(found) and "2023-01 to 2023-06" in str(found)
    assert "reduction per year" in found.table().index


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"threshold": 81}, "threshold: no model reaches 81; the best has 80"),
        ({"threshold": 80, "end": "2023-05-31"}, "threshold: 2 available prices at 80"),
        ({"threshold": 70, "estimator": "cheapest"}, "estimator"),
        ({"threshold": 70, "rank": 0}, "rank"),
        ({"threshold": 70, "rank": 9}, "threshold: 0 available prices"),
        ({"threshold": 70, "rank": 2, "estimator": "records"}, "rank: must be 1"),
        ({"threshold": 70, "end": "2022-12-31"}, "end: no model is listed"),
        ({"threshold": np.nan}, "threshold: must be finite"),
        ({"threshold": 70, "level": 0}, "level"),
    ],
)
def test_bad_choices(change: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        price_index.fixed_capability(MODELS, score="score", **change)


@pytest.mark.parametrize(
    ("models", "message"),
    [
        (MODELS.iloc[:0], "models: has no rows"),
        (MODELS.drop(columns="price"), "models: lacks .*price"),
        (MODELS.assign(price=0.0), "price: must be positive"),
        (MODELS.assign(score=np.nan), "score: must be finite"),
        (MODELS.assign(date=None), "date: must not be missing"),
        (MODELS.assign(until="soon"), "until: must be dates"),
        (MODELS.assign(until=pd.Timestamp("2023-01-01")), "until: a listing ends before"),
        (MODELS.assign(item=None), "item: must not be missing"),
        (MODELS.assign(until=MODELS["date"]), "threshold: 0 available prices"),
        (MODELS.assign(price=2.0), "threshold: the lowest price at 70 never changes"),
    ],
)
def test_bad_models(models: pd.DataFrame, message: str) -> None:
    with pytest.raises(InputError, match=message):
        price_index.fixed_capability(models, score="score", threshold=70)

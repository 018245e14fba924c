"""Monthly series: cheapest, best, best for little money, deflated."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.economics.prices import series as price_series
from analysis.economics.prices.panels import Panel
from analysis.errors import InputError
from tests.economics.price_frames import crosswalk, events, history, panel, quality

SCORES = quality(
    ("weak", "2023-01-01", -1.0), ("able", "2023-01-01", 0.0), ("best", "2023-01-01", 2.0)
)
SOLD = {"weak": "weak", "able": "able", "best": "best", "b2": "best"}
WALK = crosswalk(*((listing, model, "2023-01-01") for listing, model in SOLD.items()))
BLEND = 1.75


def _panel(*histories: list[dict[str, object]]) -> Panel:
    return panel(events(*histories, through="2024-06-30"), SCORES, WALK)


def _prices(series: pd.DataFrame) -> dict[str, float]:
    pairs = zip(series["month"], series["price"], strict=True)
    return {f"{month:%Y-%m}": round(price / BLEND, 9) for month, price in pairs}


MARKET = (
    history("weak", ("2024-01-05", 0.1)),
    history("able", ("2024-02-05", 1.0), ("2024-04-10", None), host="small"),
    history("best", ("2024-01-05", 8.0), ("2024-05-05", 6.0)),
    history("b2", ("2024-03-05", 7.0), host="other"),
)


def test_the_cheapest_rises_when_a_cheap_offer_ends() -> None:
    series = price_series.cheapest(_panel(*MARKET), 0.0)
    expected = {"2024-01": 8, "2024-02": 1, "2024-03": 1, "2024-04": 7, "2024-05": 6, "2024-06": 6}
    assert _prices(series) == expected


def test_rank_two_is_the_second_offer_and_months_without_one_are_left_out() -> None:
    series = price_series.cheapest(_panel(*MARKET), 0.0, rank=2)
    assert _prices(series) == {
        "2024-02": 8, "2024-03": 7, "2024-04": 8, "2024-05": 7, "2024-06": 7
    }  # fmt: skip
    with pytest.raises(InputError, match="rank"):
        price_series.cheapest(_panel(*MARKET), 0.0, rank=0)


def test_the_best_model_is_taken_at_its_developers_own_price() -> None:
    own = price_series.best(_panel(*MARKET))
    assert set(own["model"]) == {"best"}
    assert _prices(own)["2024-03"] == 8
    assert _prices(price_series.best(_panel(*MARKET), own=False))["2024-03"] == 7


def test_the_best_for_little_money_can_get_worse() -> None:
    series = price_series.best_under(_panel(*MARKET), 1.0 * BLEND)
    assert series["model"].tolist() == ["weak", "able", "able", "weak", "weak", "weak"]


def test_records_only_fall() -> None:
    found = price_series.records(_panel(*MARKET), 0.0)
    assert (found["price"] / BLEND).tolist() == pytest.approx([8.0, 1.0])


def test_start_and_end_bound_the_months() -> None:
    series = price_series.cheapest(_panel(*MARKET), 0.0, start="2024-02-01", end="2024-03-31")
    assert list(_prices(series)) == ["2024-02", "2024-03"]


def test_real_prices_are_in_dollars_of_the_last_month_of_the_index() -> None:
    months = ["2024-01", "2024-02", "2024-04"]
    cpi = pd.DataFrame({"series": "all_items", "month": months, "index": [100.0, 110.0, 121.0]})
    series = price_series.cheapest(_panel(*MARKET), 0.0)
    ratio = price_series.real(series, cpi)["price"] / series["price"]
    # March has no index and takes February's; May and June come after it and take April's
    assert ratio.tolist() == pytest.approx([1.21, 1.1, 1.1, 1, 1, 1])
    with pytest.raises(InputError, match="all_items"):
        price_series.real(series, cpi.iloc[:0])

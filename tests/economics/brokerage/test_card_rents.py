"""The same card at several clouds."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.economics.brokerage import cards
from analysis.errors import InputError

PRICE = "usd_per_gpu_hour"


def quotes(growth: float = 1.0, months: int = 24) -> pd.DataFrame:
    days = pd.date_range("2024-01-01", periods=months, freq="MS")
    rows = [
        {"gpu": "H100", "provider": f"p{place}", "month": f"{day:%Y-%m}",
         PRICE: 2.0 * (2 * growth ** (month * 30.4375 / 365.25)) ** (place / 2)}
        for month, day in enumerate(days) for place in range(3)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_dispersion_of_a_card() -> None:
    row = cards.by_month(quotes(months=1)).iloc[0]
    assert (row["clouds"], row["cheapest"], row["dearest"]) == (3, 2.0, 4.0)
    assert row["dispersion"] == 2 and row["saving"] == pytest.approx(1 - 0.5**0.5)
    with pytest.raises(InputError, match="4 clouds"):
        cards.by_month(quotes(), least_clouds=4)


def test_growth_of_the_dispersion_needs_a_year_and_a_move() -> None:
    found = cards.growth_table(cards.by_month(quotes(1.5))).iloc[0]
    assert found["growth_per_year"] == pytest.approx(1.5, rel=0.01)
    short = cards.growth_table(cards.by_month(quotes(1.5, months=6))).iloc[0]
    still = cards.growth_table(cards.by_month(quotes(1.0))).iloc[0]
    assert pd.isna(short["growth_per_year"]) and pd.isna(still["growth_per_year"])


def test_large_clouds_beside_specialised_ones() -> None:
    day = pd.Timestamp(2024, 5, 17)
    instances = pd.DataFrame(
        {
            "gpu": ["H100", "H100", "H100", "T4"], "cloud": ["aws", "aws", "gcp", "gcp"],
            PRICE: [7.0, 6.0, 10.0, 0.5], "refers_to": [day] * 4,
        }
    )  # fmt: skip
    row = cards.large_clouds(instances, quotes(months=1)).iloc[0]
    assert (row["large_clouds"], row["large_low_usd"], row["large_high_usd"]) == (2, 6.0, 10.0)
    assert row["dearest_over_cheapest"] == 5 and row["specialised_clouds"] == 3
    with pytest.raises(InputError):
        cards.large_clouds(instances[:0], quotes())
    with pytest.raises(InputError, match="no card"):
        cards.large_clouds(instances[3:], quotes())


def test_single_rents_over_the_list_price_of_their_month() -> None:
    points = pd.DataFrame(
        {
            "gpu": ["H100 SXM", "B200"], "market": "spot", "grade": "C", PRICE: [1.5, 9.0],
            "refers_to": pd.to_datetime(["2025-03-31", "2025-03-31"]),
        }
    )  # fmt: skip
    index = pd.DataFrame({"gpu": ["H100", "B200"], "month": "2025-03", PRICE: [3.0, None]})
    found = cards.beside_points(points, index)
    assert found["gpu"].tolist() == ["H100 SXM"] and found["over_list"].tolist() == [0.5]
    with pytest.raises(InputError):
        cards.beside_points(points[1:], index)

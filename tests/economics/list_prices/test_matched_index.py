"""The chained Jevons index of unchanged products."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.economics.list_prices.item_links import live
from analysis.economics.list_prices.lists import ListPrices
from analysis.economics.list_prices.matched_curve import growth_curve
from analysis.economics.list_prices.matched_index import matched_growth, matched_index, month_ends
from analysis.economics.listings import blended
from analysis.errors import InputError
from analysis.methods import price_index
from tests.economics.price_frames import history, market


def falling(models: int = 12, factor: float = 0.5) -> ListPrices:
    """Models that cost ``factor`` after one year and its square after two, each in its month."""
    days = pd.date_range("2024-05-31", periods=12, freq="ME")
    return market(
        *(
            history(
                f"m{i}",
                ("2024-01-31", 8.0),
                (f"{days[i % 12]:%Y-%m-%d}", 8 * factor),
                (f"{days[i % 12] + pd.DateOffset(years=1):%Y-%m-%d}", 8 * factor**2),
            )
            for i in range(models)
        )
    )


def test_growth_of_unchanged_products_is_recovered() -> None:
    found = matched_index(falling(factor=0.7))
    assert found.growth_per_year == pytest.approx(0.7)
    assert found.interval == pytest.approx((0.7, 0.7))
    assert found.matched.tolist() == [12] * 24
    assert found.moved == pytest.approx(24 / (12 * 24))


def test_the_index_is_that_of_price_index() -> None:
    prices = market(
        history("a", ("2024-01-31", 1.0), ("2025-01-31", 0.6), ("2026-01-31", 0.9)),
        history("b", ("2024-01-31", 4.0), ("2024-11-30", 5.0), ("2025-08-31", None)),
        history("c", ("2025-02-28", 2.0), ("2025-12-31", 1.1)),
    )
    rows = live(prices, month_ends(prices))
    panel = rows.assign(period=rows["date"], price=blended(rows))
    expected = price_index.bilateral(panel, method="jevons", chained=True).series
    assert np.allclose(matched_index(prices).series, expected, rtol=1e-12)


def test_entry_and_exit_do_not_move_it() -> None:
    prices = market(
        history("dear", ("2024-01-31", 60.0), ("2025-06-30", None)),
        history("steady", ("2024-01-31", 1.0)),
        history("cheap", ("2025-06-30", 0.1)),
    )
    assert matched_index(prices).growth_per_year == 1.0


def test_interval_widens_with_models_that_differ() -> None:
    alike, few = matched_index(falling()), falling()
    mixed = market(
        *(history(f"m{i}", ("2024-01-31", 8.0), ("2025-05-31", 8.0 * (0.4 + i % 4 / 2)))
          for i in range(12))
    )  # fmt: skip
    low, high = matched_index(mixed).interval
    assert low < matched_index(mixed).growth_per_year < high
    assert alike.interval == matched_index(few).interval


def test_the_answer_counts_models_and_describes_itself() -> None:
    found = matched_growth(falling())
    assert found.n == 12
    assert "2024-04-30 to 2026-04-30" in found.reason


def test_a_month_without_listings_is_an_error() -> None:
    with pytest.raises(InputError, match="0 listings are live on both 2024-04-30"):
        matched_index(market(history("late", ("2025-01-31", 1.0))))


def test_month_ends_stay_month_ends() -> None:
    days = month_ends(falling(), 2)
    assert [f"{day:%Y-%m-%d}" for day in days] == ["2026-02-28", "2026-03-31", "2026-04-30"]


def test_every_specification_of_a_steady_fall_gives_it() -> None:
    rows = growth_curve(falling(models=24, factor=0.7)).specifications
    yearly = rows[rows["months"].isin([12, 24]) & (rows["skipped"] == "")]
    assert np.allclose(yearly["estimate"], 0.7)
    assert set(rows["index"]) == {"chained", "two ends", "multilateral"}

"""Which two prices of a listing may be compared."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.economics.list_prices.item_links import links, ratio
from analysis.economics.list_prices.lists import FLAGS_ONLY, ListPrices
from analysis.errors import InputError
from tests.economics.price_frames import crosswalk, history, market

YEAR = pd.DatetimeIndex(["2025-04-30", "2026-04-30"])


def compared(prices: ListPrices, **options: object) -> dict[str, float]:
    found = links(prices, YEAR, **options)  # type: ignore[arg-type]
    return dict(zip(found["listing"], ratio(found), strict=True))


def test_listings_live_on_both_days_are_compared() -> None:
    prices = market(
        history("stays", ("2024-12-31", 2.0), ("2025-09-30", 3.0)),
        history("came-late", ("2025-06-30", 1.0)),
        history("left", ("2024-12-31", 1.0), ("2025-12-31", None)),
        history("away-and-back", ("2024-12-31", 1.0), ("2025-12-31", None), ("2026-02-28", 4.0)),
    )
    assert compared(prices) == pytest.approx({"stays": 1.5, "away-and-back": 4.0})


def test_a_change_that_is_no_price_move_leaves_the_listing_out() -> None:
    slipped = history("slipped", ("2024-12-31", 1.0), ("2025-09-30", 10.0))
    prices = market(slipped, history("plain", ("2024-12-31", 1.0)))
    assert compared(prices) == {"plain": 1.0}
    assert compared(prices, reasons=FLAGS_ONLY) == pytest.approx({"plain": 1.0, "slipped": 10.0})


def test_a_price_taken_back_within_the_window_leaves_both_ends_comparable() -> None:
    back = [("2024-12-31", 1.0), ("2025-07-31", 3.0), ("2025-09-30", 1.0), ("2026-02-28", 1.5)]
    assert compared(market(history("back", *back))) == pytest.approx({"back": 1.5})


def test_a_price_taken_back_across_the_end_leaves_the_listing_out() -> None:
    walk = [("2024-12-31", 3.0), ("2025-03-31", 1.0), ("2025-06-30", 3.0)]
    prices = market(history("back", *walk), history("plain", ("2024-12-31", 1.0)))
    assert compared(prices) == {"plain": 1.0}


def test_an_alias_that_moved_in_the_window_is_left_out_and_one_that_moved_before_is_not() -> None:
    walk = crosswalk(
        ("early", "a", "2023-06-01"), ("early", "b", "2024-10-22"),
        ("late", "a", "2023-06-01"), ("late", "b", "2025-08-01"),
    )  # fmt: skip
    moves = ("2024-05-31", 3.0), ("2025-12-31", 6.0)
    prices = market(history("early", *moves), history("late", *moves), walk=walk)
    assert compared(prices, one_a_host=False) == pytest.approx({"early": 2.0})
    reasons = prices.moves.set_index("listing")["reason"]
    assert reasons["early"] == ""


def test_one_row_a_model_and_host_is_that_of_the_plainest_listing() -> None:
    walk = crosswalk(("o3", "o3", "2024-01-01"), ("o3-2025-04-16", "o3", "2024-01-01"))
    moves = ("2024-12-31", 5.0), ("2025-06-30", 1.0)
    prices = market(
        history("o3-2025-04-16", *moves), history("o3", *moves),
        history("azure/o3", *moves, host="azure"), walk=walk,
    )  # fmt: skip
    assert set(compared(prices)) == {"o3", "azure/o3"}
    assert len(compared(prices, one_a_host=False)) == 3


def test_lists_are_not_compared_with_each_other() -> None:
    prices = market(
        history("gone", ("2024-12-31", 5.0), ("2025-12-31", None), name="tokencost"),
        history("gone", ("2025-12-31", 1.0)),
        history("plain", ("2024-12-31", 1.0)),
    )
    assert set(compared(prices)) == {"plain"}


def test_rows_that_copy_a_router_go_with_its_endpoints() -> None:
    prices = market(
        history("openrouter/m", ("2024-12-31", 1.0), ("2025-12-31", 1.3), host="openrouter"),
        history("plain", ("2024-12-31", 1.0)),
    )
    assert set(compared(prices)) == {"plain"}
    assert set(compared(prices, reasons=FLAGS_ONLY)) == {"plain", "openrouter/m"}


def test_no_common_listing_is_an_error() -> None:
    prices = market(history("late", ("2025-06-30", 1.0)))
    with pytest.raises(InputError, match="0 listings are live on both 2025-04-30 and 2026-04-30"):
        links(prices, YEAR)


def test_units_of_money_do_not_matter() -> None:
    one = market(history("a", ("2024-12-31", 2.0), ("2025-09-30", 3.0)))
    cents = market(history("a", ("2024-12-31", 200.0), ("2025-09-30", 300.0)))
    assert compared(one) == pytest.approx(compared(cents))

"""Share of raises among steep changes, counts by year and what was removed."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.economics.list_prices import move_counts
from analysis.economics.list_prices.lists import ListPrices
from analysis.economics.list_prices.steep_changes import share_curve, share_raised, steep_changes
from analysis.errors import InputError
from tests.economics.price_frames import crosswalk, history, market, quality


def moves(**ratios: float) -> ListPrices:
    """One listing a ratio, each of which changes its price once in September 2025."""
    return market(
        *(
            history(name, ("2024-12-31", 1.0), ("2025-09-30", value))
            for name, value in ratios.items()
        )
    )


def test_a_fifth_up_and_a_sixth_down_are_the_edges() -> None:
    prices = moves(a=1.2, b=1.21, c=1 / 1.2, d=1 / 1.21, e=1.05)
    found = steep_changes(prices)
    assert found["listing"].tolist() == ["b", "d"]
    assert found.attrs["n"] == 5


def test_share_raised_counts_listings_and_names_them() -> None:
    found = share_raised(moves(a=2.0, b=0.5, c=0.4, d=0.6))
    assert (found.estimate, found.n) == (0.25, 4)
    # Clopper-Pearson, 1 of 4: R binom.test(1, 4)$conf.int
    assert found.interval == pytest.approx((0.006309463, 0.8058796), rel=1e-6)
    assert found.detail is not None
    assert found.detail["raised"] == ["a"]
    assert found.detail["listings_compared"] == 4


def test_no_steep_change_is_no_answer() -> None:
    with pytest.raises(InputError, match="0 steep changes"):
        share_raised(moves(a=1.05))


def test_the_curve_varies_what_the_rule_leaves_open() -> None:
    ratios = {f"m{i}": value for i, value in enumerate((2, 1.3, 1.15, 0.5, 0.6, 0.7, 0.85, 3))}
    curve = share_curve(moves(**ratios))
    assert set(curve.axes) == {"change", "months", "screen", "row", "steep", "output_share"}
    rows = curve.specifications
    same = rows[(rows["steep"] == 1.2) & (rows["months"] == 12) & (rows["change"] == "net")]
    assert same["estimate"].nunique() == 1
    assert same["estimate"].iloc[0] == 0.5


def test_changes_are_counted_by_year_after_removal() -> None:
    prices = market(
        history("up", ("2024-12-31", 1.0), ("2025-09-30", 1.5)),
        history("down", ("2024-12-31", 1.0), ("2025-09-30", 0.6), ("2026-01-31", 0.4)),
        history("slipped", ("2024-12-31", 1.0), ("2025-09-30", 10.0)),
    )
    counts = move_counts.by_year(prices).set_index("year")
    assert counts.loc[2025, ["raises", "cuts"]].tolist() == [1, 1]
    assert counts.loc[2026, ["raises", "cuts"]].tolist() == [0, 1]
    removed = move_counts.removed(prices)
    slipped = removed[removed["listing"] == "slipped"]
    assert slipped["reason"].tolist() == ["a price changed by a power of ten"]
    assert move_counts.reasons_by_year(prices).loc["a price changed by a power of ten", 2025] == 1


def test_every_reason_has_words() -> None:
    from analysis.economics.list_prices.lists import RULED

    assert RULED | {"rounding", "same_model", "other_list"} == set(move_counts.REASONS)


def test_later_changes_do_not_matter_to_an_earlier_day() -> None:
    early = market(history("a", ("2024-12-31", 1.0), ("2025-09-30", 2.0)))
    assert early.end == pd.Timestamp("2026-04-30")
    assert share_raised(early).estimate == 1.0


def test_a_move_told_by_two_lists_is_counted_once() -> None:
    cut = ("2024-12-31", 1.0), ("2025-06-30", 0.5)
    late = ("2024-12-31", 1.0), ("2025-09-30", 0.5)
    prices = market(history("a", *cut, name="tokencost"), history("a", *late))
    reasons = prices.moves[prices.moves["listing"] == "a"].set_index("list")["reason"]
    assert reasons.to_dict() == {"tokencost": "", "litellm": "other_list"}
    assert move_counts.by_year(prices).set_index("year").loc[2025, "cuts"] == 1


def test_a_move_made_again_on_one_list_counts_again() -> None:
    again = [("2024-01-31", 1.0), ("2024-08-31", 0.5), ("2025-05-31", 1.0), ("2025-12-31", 0.5)]
    moves = market(history("a", *again)).moves
    assert moves.loc[moves["listing"] == "a", "reason"].tolist() == ["", "", ""]


def test_moves_are_told_apart_by_weights() -> None:
    walk = crosswalk(("a", "a", "2024-01-01"), ("b", "b", "2024-01-01"))
    prices = market(
        history("a", ("2024-12-31", 1.0), ("2025-09-30", 2.0), ("2026-01-31", 1.5)),
        history("b", ("2024-12-31", 1.0), ("2025-09-30", 0.5)),
        history("unscored", ("2024-12-31", 1.0), ("2025-09-30", 0.6)),
        walk=walk,
    )
    scores = quality(("a", "2024-01-01", 1.0), ("b", "2024-01-01", 1.0))
    scores["open_weights"] = [True, False]
    found = move_counts.by_weights(prices, scores).set_index("weights")
    assert found.loc["open", ["models", "raises", "cuts"]].tolist() == [1, 1, 1]
    assert found.loc["closed", ["models", "raises", "cuts"]].tolist() == [1, 0, 1]

"""The monthly index and the quotes of its providers agree."""

from __future__ import annotations

import pytest

from analysis import tables


def test_an_h100_cost_3_79_dollars_in_september_2026() -> None:
    index = tables.load("gpu_rental_index")
    row = index[(index["gpu"] == "H100") & (index["month"] == "2026-09")].iloc[0]
    assert row["usd_per_gpu_hour"] == 3.789
    assert row["known_from"].strftime("%Y-%m-%d") == "2026-09-30"


def test_the_quotes_make_the_index() -> None:
    """Number, lowest, highest and median of the quotes are those that the index states."""
    quotes = tables.load("gpu_rental_quotes").groupby(["gpu", "month"])["usd_per_gpu_hour"]
    index = tables.load("gpu_rental_index").set_index(["gpu", "month"])
    assert quotes.size().eq(index["providers"].reindex(quotes.size().index)).all()
    for taken, column in (
        (quotes.min(), "lowest_usd_per_gpu_hour"),
        (quotes.max(), "highest_usd_per_gpu_hour"),
    ):
        assert (taken - index[column].reindex(taken.index)).abs().max() < 0.001
    published = index[index["status"] == "published"]["usd_per_gpu_hour"]
    medians = quotes.median().reindex(published.index)
    assert (medians - published).abs().max() < 0.001


@pytest.mark.parametrize("name", ["gpu_rental_index", "gpu_rental_quotes"])
def test_a_month_is_not_known_before_it_ends(name: str) -> None:
    table = tables.load(name, "2026-03-30")
    assert table["month"].max() == "2026-02"

"""Two vintages of a table compared."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import DataError
from analysis.refresh import diff
from analysis.schemas import Column, Table
from analysis.sources.live import Live

TABLE = Table(
    name="prices",
    title="t",
    description="d",
    build=lambda snapshots: pd.DataFrame(),
    key=("item",),
    columns=(Column("item", "text", "name"), Column("usd", "number", "price", "USD")),
)
LIVE = Live(path="snapshots/x.csv")


def table(**prices: str) -> pd.DataFrame:
    """Prices by item, known since one day."""
    rows = [(item, usd, "2026-01-01", "2026-01-01", "vintage") for item, usd in prices.items()]
    return pd.DataFrame(rows, columns=TABLE.column_names, dtype=str)


def many(factor: float = 1, count: int = 20, start: int = 0) -> pd.DataFrame:
    return table(**{f"i{n}": str((n + 1) * factor) for n in range(start, start + count)})


def test_added_changed_and_gone_rows_are_counted_by_key() -> None:
    found = diff.compare(TABLE, table(a="1", b="2", c="3"), table(d="4", b="2", a="1.5"))
    assert (found.held, found.added, found.changed, found.gone) == (3, 1, 1, 1)


def test_the_size_of_a_change_is_a_factor_in_either_direction() -> None:
    found = diff.compare(TABLE, table(a="1", b="2", c="3"), table(a="4", b="1", c="3"))
    (change,) = found.numbers
    assert (change.column, change.cells) == ("usd", 2)
    assert change.largest == pytest.approx(4)
    assert "usd in 2 rows, by at most 300.00%" in str(found)


def test_equal_tables_differ_in_nothing() -> None:
    found = diff.compare(TABLE, many(), many().iloc[::-1])
    assert (found.added, found.changed, found.gone, found.numbers) == (0, 0, 0, ())
    diff.check(found, LIVE)


def test_a_filled_gap_is_a_change_without_a_factor() -> None:
    found = diff.compare(TABLE, table(a="", b="2"), table(a="1", b="2"))
    assert found.changed == 1 and found.numbers == ()


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        (many(count=17), "3 of 20 rows are gone"),
        (many(count=31), "11 rows are new, 20 were held"),
        (many(factor=1000), "factor of 1e.03 .median.: another unit"),
        (many(factor=0.4), "factor of 2.5 .median.: another unit"),
        (many(start=100), "20 of 20 rows are gone"),
    ],
)
def test_too_much_of_a_change_is_refused(new: pd.DataFrame, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        diff.check(diff.compare(TABLE, many(), new), LIVE)


@pytest.mark.parametrize("new", [many(count=18), many(count=30), many(factor=1.9)])
def test_a_change_within_bounds_passes(new: pd.DataFrame) -> None:
    diff.check(diff.compare(TABLE, many(), new), LIVE)

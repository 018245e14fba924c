"""Loading: what was known on a day, and nothing else; bad cells are named."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from analysis import tables
from analysis.errors import DataError, InputError, UnknownNameError

EARLY = "2025-06-30"
Rows = list[dict[str, str]]


def edit(file: Path, change: Callable[[Rows], Rows | None]) -> None:
    """Rewrite a CSV file after ``change`` (in place, or by returning the new rows)."""
    with file.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    rows = change(rows) or rows
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def put(line: int, column: str, value: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[line - 2][column] = value

    return change


@pytest.mark.parametrize("name", tables.names())
def test_every_table_loads_with_its_attributes(name: str) -> None:
    frame = tables.load(name)
    assert len(frame) > 0
    assert pd.api.types.is_datetime64_any_dtype(frame["refers_to"])
    assert frame.attrs["table"] == name
    assert frame.attrs["observed_through"] <= frame.attrs["as_of"]
    assert frame.attrs["sources"]
    assert {"title", "producer", "licence", "url", "vintage"} <= set(frame.attrs["sources"][0])


@pytest.mark.parametrize("as_of", [EARLY, date(2025, 6, 30), datetime(2025, 6, 30, 12)])
def test_rows_known_later_are_left_out(as_of: str | date) -> None:
    runs = tables.load("training_runs", as_of)
    assert runs["known_from"].max() <= pd.Timestamp(EARLY)
    assert 0 < len(runs) < len(tables.load("training_runs"))
    assert runs.attrs["observed_through"] == EARLY


def test_a_day_before_everything_gives_no_rows_but_the_same_columns_and_types() -> None:
    none, all_ = tables.load("deflator", "1990-01-01"), tables.load("deflator")
    assert none.empty
    assert none.dtypes.to_dict() == all_.dtypes.to_dict()


def test_the_default_day_is_the_newest_in_the_tables() -> None:
    newest = max(tables.load(name)["known_from"].max() for name in tables.names())
    assert tables.default_as_of() == newest.date()


def test_estimates_dated_back_are_pseudo_vintage_only_before_their_vintage() -> None:
    assert tables.load("training_runs", EARLY).attrs["pseudo_vintage"] is True
    assert tables.load("training_runs", "2026-07-19").attrs["pseudo_vintage"] is False
    assert tables.load("article_tables", "2026-04-30").attrs["pseudo_vintage"] is False


def test_provenance_names_only_sources_known_by_then() -> None:
    early = {
        source["title"] for source in tables.provenance("training_costs", "2024-12-31")["sources"]
    }
    late = {source["title"] for source in tables.provenance("training_costs")["sources"]}
    assert early < late
    assert not any("accounting methods" in title for title in early)


def test_describe_gives_units_and_extent() -> None:
    about = tables.describe("training_runs")
    assert about["columns"]["training_compute_flop"]["unit"] == "FLOP"
    assert about["rows"] == 468
    assert about["refers_to"][0] == "2010-05-13"
    assert "gpt4_training_compute_is_2.1e25" in about["checks"]


def test_gpt4_cost_differs_twentyfold_between_accounting_methods() -> None:
    costs = tables.load("training_costs")
    gpt4 = costs[(costs["model"] == "GPT-4") & (costs["dataset"] == "epoch_2025_methods")]
    millions = (gpt4.set_index("method")["cost_usd"] / 1e6).round(1).to_dict()
    # model_costs.csv of epoch-research/training-cost-trends
    assert millions == {
        "amortised_hardware_energy": 40.7,
        "cloud_rental": 78.6,
        "hardware_acquisition": 778.1,
    }


@pytest.mark.parametrize(
    ("name", "change", "row", "column", "problem"),
    [
        ("training_costs", put(7, "cost_usd", "many"), 7, "cost_usd", "'many' is not a number"),
        ("training_costs", put(7, "cost_usd", "inf"), 7, "cost_usd", "'inf' is not a number"),
        ("training_costs", put(8, "cost_usd", "-5"), 8, "cost_usd", "'-5' is not above 0"),
        ("training_costs", put(8, "cost_usd", "0"), 8, "cost_usd", "'0' is not above 0"),
        ("training_costs", put(3, "cost_usd", ""), 3, "cost_usd", "is empty"),
        ("training_costs", put(3, "model", ""), 3, "model", "is empty"),
        ("dated_facts", put(5, "unit", "furlongs"), 5, "unit", "'furlongs' is not one of"),
        ("dated_facts", put(5, "known_basis", "guess"), 5, "known_basis", "'guess' is not one of"),
        ("deflator", put(9, "known_from", "soon"), 9, "known_from", "'soon' is not a date"),
        ("deflator", put(9, "refers_to", "2001-13-01"), 9, "refers_to", "is not a date"),
        ("article_tables", put(2, "table", "1.5"), 2, "table", "'1.5' is not a integer"),
        (
            "deflator",
            put(9, "known_from", "2099-01-01"),
            9,
            "known_from",
            "lies in the future: the data were accessed on",
        ),
        ("deflator", lambda rows: rows + rows[3:4], 5, "series, month", "has the same key"),
    ],
)
def test_a_bad_cell_is_named_by_file_row_and_column(
    data_copy: Path,
    name: str,
    change: Callable[[Rows], Rows | None],
    row: int,
    column: str,
    problem: str,
) -> None:
    file = data_copy / "tables" / f"{name}.csv"
    edit(file, change)
    with pytest.raises(DataError) as caught:
        tables.load(name)
    message = str(caught.value)
    assert message.startswith(f"{file}, row {row}, column {column!r}: ")
    assert problem in message
    assert caught.value.exit_code == 2


def test_a_missing_column_is_named(data_copy: Path) -> None:
    file = data_copy / "tables" / "cpi.csv"

    def drop(rows: Rows) -> None:
        for row in rows:
            del row["index"]

    edit(file, drop)
    with pytest.raises(DataError, match=r"cpi\.csv, row 1, column 'index': .* missing"):
        tables.load("cpi")


def test_a_column_that_is_not_declared_is_named(data_copy: Path) -> None:
    edit(data_copy / "tables" / "cpi.csv", lambda rows: [row | {"extra": "1"} for row in rows])
    with pytest.raises(DataError, match=r"column 'extra': .* not declared"):
        tables.load("cpi")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"series,month,index,refers_to,known_from,known_basis\n", "is empty"),
        (b"a,b\n1\n", "row 2: has 1 cells, the header has 2"),
        (b"a,a\n1,2\n", "row 1, column 'a': this column appears twice"),
        (b'a,b\n"1,2\n', "is not a CSV file"),
        (b"a\n\xff\n", "is not UTF-8 text"),
    ],
)
def test_a_broken_file_is_named(data_copy: Path, content: bytes, problem: str) -> None:
    (data_copy / "tables" / "cpi.csv").write_bytes(content)
    with pytest.raises(DataError) as caught:
        tables.load("cpi", EARLY)
    assert "cpi.csv" in str(caught.value)
    assert problem in str(caught.value)


@pytest.mark.parametrize("suffix", [".csv", ".meta.yaml"])
def test_a_missing_file_says_how_to_get_it(data_copy: Path, suffix: str) -> None:
    (data_copy / "tables" / f"cpi{suffix}").unlink()
    with pytest.raises(DataError, match="reckon data build"):
        tables.load("cpi")


def _absurd(row: dict[str, str]) -> dict[str, str]:
    kept = ("refers_to", "known_from")
    return {name: cell if name in kept else f"absurd -1e300 {name}" for name, cell in row.items()}


@pytest.mark.parametrize("name", tables.names())
def test_rows_known_later_cannot_matter(data_copy: Path, name: str) -> None:
    file = data_copy / "tables" / f"{name}.csv"
    with file.open(newline="", encoding="utf-8") as stream:
        days = sorted({row["known_from"] for row in csv.DictReader(stream)})
    as_of = days[max(0, len(days) // 2 - 1)]
    before = (
        tables.load(name, as_of),
        tables.provenance(name, as_of),
        tables.fingerprint(name, as_of),
    )

    def spoil(rows: Rows) -> Rows:
        early = [row for row in rows if row["known_from"] <= as_of]
        return early + [_absurd(row) for row in rows if row["known_from"] > as_of] * 2

    edit(file, spoil)
    pd.testing.assert_frame_equal(tables.load(name, as_of), before[0])
    assert tables.load(name, as_of).attrs == before[0].attrs
    assert tables.provenance(name, as_of) == before[1]
    assert tables.fingerprint(name, as_of) == before[2]


def test_rows_known_in_time_do_matter(data_copy: Path) -> None:
    file = data_copy / "tables" / "deflator.csv"
    before = tables.load("deflator", EARLY), tables.fingerprint("deflator", EARLY)
    edit(file, put(10, "index", "200"))
    assert not tables.load("deflator", EARLY).equals(before[0])
    assert tables.fingerprint("deflator", EARLY) != before[1]


@pytest.mark.parametrize("as_of", ["yesterday", "2025-02-30", "20250630", 7])
def test_a_day_that_is_none_is_refused(as_of: str) -> None:
    with pytest.raises(InputError, match="as_of"):
        tables.load("cpi", as_of)


def test_an_unknown_table_gets_the_nearest_name() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'training_costs'"):
        tables.load("training_cost")


def test_a_table_that_was_good_is_looked_at_again_when_it_is_edited(data_copy: Path) -> None:
    before = tables.fingerprint("cpi")
    tables.check("cpi")
    edit(data_copy / "tables" / "cpi.csv", put(2, "index", "-1"))
    with pytest.raises(DataError, match=r"cpi\.csv"):
        tables.check("cpi")
    assert tables.fingerprint("cpi") != before

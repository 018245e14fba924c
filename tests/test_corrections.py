"""Corrections change, flag or drop rows by name, with a reason, and say when they found nothing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml

from analysis import corrections
from analysis.errors import DataError

ENTRY = {
    "id": "unit_error",
    "table": "prices",
    "match": {"listing": "a"},
    "column": "price",
    "from": 300,
    "to": 3,
    "reason": "cents",
    "evidence": "the price page",
}


@pytest.fixture
def text() -> pd.DataFrame:
    rows = {
        "listing": ["a", "a", "b"],
        "price": ["300", "3", "300"],
        "flag": "",
        "flag_reason": "",
        "refers_to": ["2025-01-01", "2025-02-01", "2025-01-01"],
        "known_from": ["2025-01-05", "2025-02-05", "2025-01-05"],
    }
    return pd.DataFrame(rows, index=range(3), dtype=str)


def applied(
    tmp_path: Path, text: pd.DataFrame, *entries: dict[str, object]
) -> tuple[pd.DataFrame, list[corrections.Applied]]:
    path = tmp_path / "corrections.yaml"
    path.write_text(yaml.safe_dump(list(entries)))
    return corrections.apply(text, "prices", corrections.read(path), path)


def test_a_value_is_replaced_where_all_cells_match(tmp_path: Path, text: pd.DataFrame) -> None:
    corrected, (done,) = applied(tmp_path, text, ENTRY)
    assert list(corrected["price"]) == ["3", "3", "300"]
    assert list(text["price"]) == ["300", "3", "300"]
    assert (done.correction.id, done.rows, done.known_from) == ("unit_error", 1, "2025-01-05")


def test_a_row_is_dropped(tmp_path: Path, text: pd.DataFrame) -> None:
    entry = {name: ENTRY[name] for name in ("id", "table", "match", "reason", "evidence")}
    corrected, (done,) = applied(tmp_path, text, entry | {"action": "drop"})
    assert list(corrected["listing"]) == ["b"]
    assert done.rows == 2


def test_a_row_is_flagged_with_its_reason(tmp_path: Path, text: pd.DataFrame) -> None:
    entry = {name: ENTRY[name] for name in ("id", "table", "match", "reason", "evidence")}
    corrected, _ = applied(tmp_path, text, entry | {"action": "flag"})
    assert list(corrected["flag"]) == ["unit_error", "unit_error", ""]
    assert list(corrected["flag_reason"]) == ["cents", "cents", ""]


def test_a_correction_holds_in_its_interval_only(tmp_path: Path, text: pd.DataFrame) -> None:
    later = ENTRY | {"effective_from": "2025-01-02"}
    corrected, (done,) = applied(tmp_path, text, later)
    assert list(corrected["price"]) == list(text["price"])
    assert (done.rows, done.known_from) == (0, "")
    ending = ENTRY | {"effective_until": "2025-01-01"}
    assert applied(tmp_path, text, ending)[1][0].rows == 1


def test_corrections_of_other_tables_are_left_alone(tmp_path: Path, text: pd.DataFrame) -> None:
    assert applied(tmp_path, text, ENTRY | {"table": "other"})[1] == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"reason": None}, "lacks"),
        ({"to": None}, "needs column, from and to"),
        ({"action": "guess"}, "unknown action 'guess'"),
        ({"why": "because"}, "unknown fields"),
        ({"column": "cost"}, "names a column that prices lacks"),
        ({"match": {"model": "a"}}, "names a column that prices lacks"),
    ],
)
def test_a_correction_that_is_not_well_formed_is_refused(
    tmp_path: Path, text: pd.DataFrame, change: dict[str, object], problem: str
) -> None:
    entry = {name: value for name, value in (ENTRY | change).items() if value is not None}
    with pytest.raises(DataError, match=problem):
        applied(tmp_path, text, entry)


def test_an_id_is_used_once(tmp_path: Path, text: pd.DataFrame) -> None:
    with pytest.raises(DataError, match="used twice"):
        applied(tmp_path, text, ENTRY, ENTRY)


@pytest.mark.parametrize("content", ["a: [", "just: words", "- words"])
def test_a_file_that_is_no_list_of_corrections_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(content)
    with pytest.raises(DataError, match="is not"):
        corrections.read(path)


def test_without_a_file_there_are_no_corrections(tmp_path: Path) -> None:
    assert corrections.read(tmp_path / "corrections.yaml") == ()

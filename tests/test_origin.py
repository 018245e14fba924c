"""A bad cell is named where the reader can mend it: in the file as received, not in the table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from test_build import rewrite, state
from test_tables import Rows, edit, put

from analysis import build, origin
from analysis.errors import DataError


def without(column: str) -> Callable[[Rows], Rows]:
    return lambda rows: [
        {name: text for name, text in row.items() if name != column} for row in rows
    ]


@pytest.mark.parametrize(
    ("file", "table", "change", "message"),
    [
        ("dated_facts", "dated_facts", put(9, "unit", "furlongs"), "row 9, column 'unit': 'furl"),
        ("dated_facts", "dated_facts", put(9, "value", "lots"), "row 9, column 'value': 'lots'"),
        ("dated_facts", "dated_facts", put(9, "source", ""), "row 9, column 'source': is empty"),
        (
            "dated_facts",
            "dated_facts",
            put(9, "known_from", "2099-01-01"),
            "row 9, column 'known_from': 2099-01-01 lies in the future",
        ),
        (
            "dated_facts",
            "dated_facts",
            without("unit"),
            "row 1, column 'unit': this column is missing",
        ),
        ("acquisitions", "acquisitions", without("period"), "row 1, column 'period': this column"),
        ("acquisitions", "acquisitions", put(4, "period", "soon"), "row 4, column 'period': 'soon"),
        ("labs", "labs", put(3, "valued_1bn_on", "2020-13"), "row 3, column 'valued_1b"),
        ("gpu_rental_points", "gpu_rental_points", put(4, "usd", "x?"), "row 4, column 'usd': 'x?"),
        (
            "ai_index_training_costs",
            "training_costs",
            without("known_from"),
            "row 1, column 'known_from': this column is missing",
        ),
    ],
)
def test_a_bad_cell_is_named_in_the_curated_file(
    data_copy: Path, file: str, table: str, change: Callable[[Rows], Rows | None], message: str
) -> None:
    edit(data_copy / "curated" / f"{file}.csv", change)
    before = state(data_copy)
    with pytest.raises(DataError) as caught:
        build.build([table])
    assert f"curated/{file}.csv, {message}" in str(caught.value)
    assert state(data_copy) == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (put(5, "step_ms", "quick"), "row 5, column 'step_ms': 'quick' is not a number"),
        (put(5, "step_ms", "-1"), "row 5, column 'step_ms': '-1' is not above 0"),
        # the table calls this column known_from
        (put(5, "measured_on", "2099-01-01"), "row 5, column 'measured_on': 2099-01-01 lies in"),
        (without("measured_on"), "row 1, column 'measured_on': this column is missing"),
    ],
)
def test_a_bad_cell_is_named_in_the_snapshot(
    data_copy: Path, change: Callable[[Rows], Rows | None], message: str
) -> None:
    rewrite(data_copy, "snapshots/measured/h100_inference.csv", change)
    with pytest.raises(DataError) as caught:
        build.build(["h100_inference"])
    assert f"snapshots/measured/h100_inference.csv, {message}" in str(caught.value)


def test_a_row_of_several_files_is_quoted_where_no_file_holds_its_cell(data_copy: Path) -> None:
    edit(data_copy / "curated" / "lab_margins.csv", without("measure"))
    with pytest.raises(DataError, match=r"lab_accounts\.csv, row .* would give: company='"):
        build.build(["lab_accounts"])


def test_a_check_whose_rows_are_gone_fails_by_name(data_copy: Path) -> None:
    edit(data_copy / "curated" / "chip_funding.csv", put(5, "vintage", "spring"))
    with pytest.raises(DataError, match=r"sanity check '.*' fails"):
        build.build(["chip_funding"])


def test_a_list_inside_a_package_is_named_by_its_release() -> None:
    row = {"list": "litellm", "release": "litellm 1.74.12"}
    paths = ["curated/model_crosswalk.csv", "snapshots/litellm/litellm-1.74.12.json.gz"]
    assert origin._likely(row, paths) == paths[1]
    assert origin._likely({"list": "other"}, paths) == ", ".join(paths)

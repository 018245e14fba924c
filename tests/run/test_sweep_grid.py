"""Grids: every way to write one, and every way to get one wrong before a kernel starts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from analysis.errors import DataError, ParameterError, UnknownNameError
from analysis.run.sweep import grid, planned

FILES = {
    "a.yaml": "top_k: [5, 10]\nstart: 2017-01-01\nlevel: [0.9, 0.95]\n",
    "a.json": json.dumps({"top_k": [5, 10], "start": "2017-01-01", "level": [0.9, 0.95]}),
    "list.yml": "".join(
        f"- {{top_k: {k}, start: 2017-01-01, level: {level}}}\n"
        for k in (5, 10)
        for level in (0.9, 0.95)
    ),
    "a.csv": "top_k,start,level\n5,2017-01-01,0.9\n5,2017-01-01,\n10,2017-01-01,0.9\n"
    "10,2017-01-01,0.95\n",
}
TRAINING = "02_training_cost"


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_says_the_same(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FILES[name])
    found = grid.checked(TRAINING, grid.points(tmp_path / name, []))
    assert [(p.top_k, p.start, p.level) for p in found] == [
        (k, date(2017, 1, 1), level) for k in (5, 10) for level in (0.9, 0.95)
    ]
    assert grid.varied(found) == ["top_k", "level"]


def test_lists_on_the_command_line_are_combined_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("top_k\n5\n10\n")
    found = grid.checked(TRAINING, grid.points(tmp_path / "a.csv", ["level=0.9,0.95", "seed=1"]))
    assert [(p.top_k, p.level, p.seed) for p in found] == [
        (5, 0.9, 1), (5, 0.95, 1), (10, 0.9, 1), (10, 0.95, 1),
    ]  # fmt: skip


def test_points_that_mean_the_same_are_one() -> None:
    assert len(grid.checked(TRAINING, grid.points(None, ["level=0.9,0.90,0.95"]))) == 2


def test_key_is_that_of_the_points() -> None:
    keys = [
        planned.key(TRAINING, grid.checked(TRAINING, grid.points(None, [text])))
        for text in ("top_k=5,10", "top_k=5,010", "top_k=10,5", "top_k=5,11")
    ]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (["topk=5"], "unknown parameter 'topk'; did you mean 'top_k'"),
        (["top_k=5,900"], "point 2 of 2: 02_training_cost: top_k: Input should be less than"),
        (["top_k=5,x"], "got 'x'"),
        (["as_of=2025-01-01,2025-02-30"], "did you mean '2025-02-28'"),
        (["top_k=" + ",".join(map(str, range(100, 120)))], "and 15 more points"),
        (["break_date=2015-01-01"], "must come after start"),
    ],
)
def test_a_point_that_does_not_fit_is_named(points: list[str], said: str) -> None:
    with pytest.raises(ParameterError) as error:
        grid.checked(TRAINING, grid.points(None, points))
    assert said in str(error.value)


def test_unknown_notebook_is_told_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="02_training_cost"):
        grid.checked("02_training_costs", [{}])


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.yaml", "top_k: [5", "is not YAML"),
        ("a.json", "{'top_k': 5}", "is not JSON"),
        ("a.yaml", "5", "is not a grid"),
        ("a.yaml", "", "is not a grid"),
        ("a.yaml", "[5, 6]", "is not a grid"),
        ("a.csv", "top_k\n", "has no points"),
        ("a.csv", "", "is not a grid"),
        ("a.csv", "top_k,top_k\n1,2\n", "appears twice"),
        ("a.csv", "top_k,level\n1\n", "row 2: has 1 cells"),
        ("missing.yaml", None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_grid(tmp_path: Path, name: str, text: str | None, said: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(DataError, match=said):
        grid.points(tmp_path / name, [])


def test_too_many_points_are_refused_before_they_are_made(tmp_path: Path) -> None:
    axes = {f"p{number}": list(range(100)) for number in range(10)}
    (tmp_path / "a.json").write_text(json.dumps(axes))
    with pytest.raises(ParameterError, match="at most 100,000"):
        grid.points(tmp_path / "a.json", [])
    (tmp_path / "b.json").write_text(json.dumps({"top_k": list(range(1000))}))
    with pytest.raises(ParameterError, match="1,000,000 points"):
        grid.points(tmp_path / "b.json", ["seed=" + ",".join(map(str, range(1000)))])


def test_empty_lists_and_doubled_names(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("top_k: []")
    with pytest.raises(ParameterError, match="top_k: has no values"):
        grid.points(tmp_path / "a.yaml", [])
    (tmp_path / "a.yaml").write_text("top_k: [5]")
    with pytest.raises(ParameterError, match="top_k: given by -p and in"):
        grid.points(tmp_path / "a.yaml", ["top_k=5"])

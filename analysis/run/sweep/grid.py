"""Grids of parameters: read from a file or the command line, and checked before anything runs.

A file is YAML or JSON (a mapping of lists stands for all their combinations, a list of mappings
for just these points) or CSV (a column a parameter, a row a point; an empty cell is the default).
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from analysis.errors import DataError, ParameterError, UnknownNameError
from analysis.run import parameters
from analysis.run.parameters import Parameters

Point = dict[str, Any]
MOST = 100_000
"""Points that a sweep may have: beyond that a grid is taken for a mistake."""
_SHOWN = 5  # of the points that are wrong


def points(file: Path | None, assignments: Iterable[str]) -> list[Point]:
    """All combinations of the points in ``file`` and of the lists in ``name=v1,v2,…``.

    Raises:
        ParameterError: for a name in both, an empty list, or too many points.
        DataError: when the file cannot be read as a grid.
    """
    axes = {n: v.split(",") for n, v in parameters.parse_assignments(assignments).items()}
    listed = read(file) if file is not None else [{}]
    both = sorted({name for point in listed for name in point} & axes.keys())
    if both:
        raise ParameterError(f"{both[0]}: given by -p and in {file}; give it once")
    across = _combinations(axes)
    _bounded(len(across) * len(listed))
    return [point | more for point in listed for more in across]


def read(file: Path) -> list[Point]:
    """The points of a grid file.

    Raises:
        DataError: for a file that is missing, of another kind, or not of the form of a grid.
        ParameterError: for a list without values, or too many points.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise DataError(f"cannot be read: {error}", file=file) from None
    if file.suffix.lower() == ".csv":
        return _rows(text, file)
    return _listed(_structure(text, file), file)


def checked(notebook: str, grid: Sequence[Point]) -> list[Parameters]:
    """Each point as the notebook's typed parameters; points that mean the same are one.

    Raises:
        UnknownNameError: when there is no such notebook.
        ParameterError: naming the points that do not fit, and what is wrong with each.
    """
    declared = parameters.model(notebook).model_fields
    for name in dict.fromkeys(name for point in grid for name in point):
        if name not in declared:
            hint = UnknownNameError("parameter", name, declared)
            raise ParameterError(f"{notebook}: {hint}")
    valid, wrong = dict[str, Parameters](), list[str]()
    for number, point in enumerate(grid, start=1):
        try:
            values = parameters.check(notebook, **point)
            valid.setdefault(values.model_dump_json(), values)
        except ParameterError as error:
            wrong.append(f"point {number} of {len(grid)}: {error}")
    if wrong:
        more = [f"and {len(wrong) - _SHOWN} more points"] if len(wrong) > _SHOWN else []
        raise ParameterError("\n".join([*wrong[:_SHOWN], *more]))
    return list(valid.values())


def varied(grid: Sequence[Parameters]) -> list[str]:
    """The parameters that have more than one value, in the order of the model."""
    return [name for name in type(grid[0]).model_fields if len(distinct(grid, name)) > 1]


def distinct(grid: Sequence[Parameters], name: str) -> list[Any]:
    """The values of a parameter as JSON types, each once, in the order of the grid."""
    values = (point.model_dump(mode="json", include={name})[name] for point in grid)
    return list({json.dumps(value): value for value in values}.values())


def _structure(text: str, file: Path) -> Any:
    import yaml

    try:
        return json.loads(text) if file.suffix.lower() == ".json" else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError) as error:
        kind = "JSON" if file.suffix.lower() == ".json" else "YAML"
        raise DataError(f"is not {kind}: {error}", file=file) from None


def _listed(content: Any, file: Path) -> list[Point]:
    if isinstance(content, Mapping) and content:
        return _combinations({name: _values(value) for name, value in content.items()})
    if isinstance(content, list) and content and all(isinstance(p, Mapping) for p in content):
        _bounded(len(content))
        return [dict(point) for point in content]
    todo = "Write a list of values for each parameter, or a list of points"
    raise DataError("is not a grid", file=file, todo=todo)


def _values(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _combinations(axes: Mapping[str, Sequence[Any]]) -> list[Point]:
    for name, values in axes.items():
        if not values:
            raise ParameterError(f"{name}: has no values")
    _bounded(math.prod(len(values) for values in axes.values()))
    return [dict(zip(axes, values, strict=True)) for values in product(*axes.values())]


def _bounded(count: int) -> None:
    if count > MOST:
        raise ParameterError(f"the grid has {count:,} points; at most {MOST:,} are taken")


def _rows(text: str, file: Path) -> list[Point]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header, *rows = [(reader.line_num, row) for row in reader if row]
    except (csv.Error, ValueError) as error:
        raise DataError(
            f"is not a grid: {error}", file=file, todo="Name a column a parameter"
        ) from None
    names = [name.strip() for name in header[1]]
    if len(set(names)) < len(names):
        raise DataError("a column appears twice", file=file, row=1)
    if not rows:
        raise DataError("has no points", file=file)
    _bounded(len(rows))
    for line, row in rows:
        if len(row) != len(names):
            problem = f"has {len(row)} cells, the header has {len(names)}"
            raise DataError(problem, file=file, row=line)
    return [
        {n: cell.strip() for n, cell in zip(names, row, strict=True) if cell.strip()}
        for _, row in rows
    ]

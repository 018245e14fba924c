"""Tables as they were known on a day: filtered first, then checked, with provenance attached."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from analysis import memory, paths, registry
from analysis.errors import DataError, InputError
from analysis.files import csv_bytes, read_csv, sha256
from analysis.schemas import Table, validate

_REBUILD = "run `reckon data build`"
Stamps = tuple[tuple[int, ...], ...]


def names() -> list[str]:
    """Names of all tables."""
    return list(registry.tables())


def default_as_of() -> date:
    """The newest day on which anything in the tables became known."""
    folder = str(_file("").parent)
    return date.fromisoformat(_newest(tuple(_stamps(name, folder) for name in names())))


def resolve(as_of: str | date = "latest") -> date:
    """``as_of`` as a date; InputError if it is neither ``latest``, an ISO date nor a date."""
    if isinstance(as_of, date):
        return date(as_of.year, as_of.month, as_of.day)
    if as_of == "latest":
        return default_as_of()
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", as_of):
            raise ValueError
        return date.fromisoformat(as_of)
    except (TypeError, ValueError):
        raise InputError("as_of", f"{as_of!r} is neither 'latest' nor a date YYYY-MM-DD") from None


def load(name: str, as_of: str | date = "latest") -> pd.DataFrame:
    """Rows of a table that were known on a day.

    Rows with ``known_from <= as_of`` are selected as text; only they are typed and validated,
    so what became known later cannot matter in any way.

    Args:
        name: a table, see ``names()``.
        as_of: ``latest`` (see ``default_as_of``), an ISO date or a date.

    Returns:
        A frame with units in its column names; ``attrs`` has table, as_of, observed_through
        (ISO dates), pseudo_vintage (rows were dated back from a later vintage) and sources.

    Raises:
        UnknownNameError: no such table.
        InputError: ``as_of`` is not a date.
        DataError: a cell breaks the schema (file, row and column are named).
    """
    table, day = registry.table(name), resolve(as_of)
    known, meta = _known_by(table, day)
    frame = validate.typed(table, known, _file(name))
    frame.attrs.update(_attributes(name, known, meta, day))
    return frame


def text(name: str, as_of: str | date = "latest") -> pd.DataFrame:
    """The rows of a table that were known on a day, every cell as it is written."""
    return _known_by(registry.table(name), resolve(as_of))[0]


def arrivals(name: str, as_of: str | date = "latest") -> dict[str, int]:
    """How many rows of a table became known on each day (ISO) until ``as_of``."""
    day = resolve(as_of)

    def count() -> str:
        return json.dumps(Counter(map(str, text(name, day)["known_from"])))

    found: dict[str, int] = json.loads(_remembered(f"{name} by day {day}", _stamps(name), count))
    return found


def provenance(name: str, as_of: str | date = "latest") -> dict[str, Any]:
    """Where the rows known on a day are from: what a report's footer prints.

    Depends only on rows and source files known by then.
    """
    table, day = registry.table(name), resolve(as_of)
    known, meta = _known_by(table, day)
    corrections = [
        {key: entry[key] for key in ("id", "reason", "evidence")}
        for entry in meta["corrections"]
        if entry["rows"] and entry["known_from"] <= day.isoformat()
    ]
    return {
        **_attributes(name, known, meta, day),
        "title": table.title,
        "description": table.description,
        "rows": len(known),
        "columns": {column.name: column.unit for column in table.all_columns},
        "checks": list(meta["checks"]),
        "corrections": corrections,
    }


def fingerprint(name: str, as_of: str | date = "latest") -> str:
    """Hash of everything ``load`` and ``provenance`` return for that day, for cache keys."""
    table, day = registry.table(name), resolve(as_of)
    return _remembered(f"{name} as of {day}", _stamps(name), lambda: _fingerprint(table.name, day))


def check(name: str, as_of: str | date = "latest") -> None:
    """DataError where ``load`` would raise it; rows that were found good are not read again."""
    day = resolve(as_of)

    def look() -> str:
        load(name, day)
        return "good"

    _remembered(f"{name} checked as of {day}", _stamps(name), look)


def _fingerprint(name: str, day: date) -> str:
    table = registry.table(name)
    known, _ = _known_by(table, day)
    columns = [[one.name, one.kind, one.unit, one.description] for one in table.all_columns]
    about = json.dumps([provenance(name, day), columns], sort_keys=True).encode()
    whole = len(known) == len(_text(*_stamp(_file(name))))
    return sha256((_file(name).read_bytes() if whole else csv_bytes(known)) + about)


def describe(name: str) -> dict[str, Any]:
    """A table in full: title, key, columns with unit, extent, sources, checks, corrections."""
    table, text = registry.table(name), _text(*_stamp(_file(name)))
    meta = _meta(name)
    columns = {
        column.name: {"kind": column.kind, "unit": column.unit, "description": column.description}
        for column in table.all_columns
    }
    return {
        **meta,
        "table": name,
        "rows": len(text),
        "refers_to": [min(text["refers_to"]), max(text["refers_to"])],
        "known_from": [min(text["known_from"]), max(text["known_from"])],
        "columns": columns,
    }


def _attributes(name: str, known: pd.DataFrame, meta: dict[str, Any], day: date) -> dict[str, Any]:
    as_of = day.isoformat()
    dated_back = bool((known["known_basis"] == "reconstructed").any())
    return {
        "table": name,
        "as_of": as_of,
        "observed_through": min(meta["observed_through"], as_of),
        "pseudo_vintage": dated_back and as_of < meta["vintage"],
        "sources": _sources(meta["sources"], as_of),
    }


def _sources(entries: list[dict[str, str]], as_of: str) -> list[dict[str, str]]:
    """Sources with something known by ``as_of``; releases of one upstream make one entry."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for entry in entries:
        if entry["known_from"] <= as_of:
            key = tuple(
                entry[field] for field in ("title", "producer", "licence", "url", "citation")
            )
            groups.setdefault(key, []).append(entry["vintage"])
    return [
        dict(zip(("title", "producer", "licence", "url", "citation"), key, strict=True))
        | {"vintage": " to ".join(sorted({min(vintages), max(vintages)}))}
        for key, vintages in groups.items()
    ]


@lru_cache(maxsize=4)
def _newest(stamps: tuple[Stamps, ...]) -> str:
    found = zip(names(), stamps, strict=True)
    return max(_remembered(f"{name} newest", at, partial(_newest_of, name)) for name, at in found)


def _newest_of(name: str) -> str:
    file = _file(name)
    text = _text(*_stamp(file))
    validate.check_header(registry.table(name), text, file)
    check_known_from(text["known_from"], _meta(name)["accessed"], file)
    return str(max(text["known_from"]))


def _remembered(what: str, stamps: Stamps, find: Callable[[], str]) -> str:
    """What was found out about a table whose two files have these stamps, or is now."""
    at = [list(stamp) for stamp in stamps]
    known = _MEMORY.recall(what, at)
    if known is None:
        known = find()
        _MEMORY.keep(what, at, known)
    return str(known)


def _makers() -> list[Any]:
    """Stamps of the code that reads and checks tables, and of the versions it uses."""
    here = Path(__file__).parent
    code = [*here.glob("*.py"), *here.glob("schemas/*.py"), *here.glob("sources/**/*.py")]
    kept = [file for file in sorted(code) if file.name[0] != "."]  # not an editor's
    return [memory.stamp(file) for file in (*kept, Path(str(pd.__file__)))]


_MEMORY = memory.Memory("tables", _makers)


def _known_by(table: Table, day: date) -> tuple[pd.DataFrame, dict[str, Any]]:
    file, meta = _file(table.name), _meta(table.name)
    text = _text(*_stamp(file))
    validate.check_header(table, text, file)
    check_known_from(text["known_from"], meta["accessed"], file)
    return text[text["known_from"] <= day.isoformat()], meta


def check_known_from(cells: pd.Series[str], accessed: str, file: Path) -> None:
    bad = ~cells.str.fullmatch(r"\d{4}-\d\d-\d\d")
    if bad.any():
        row = int(cells.index[bad][0])
        raise DataError(f"{cells[row]!r} is not a date", file=file, row=row, column="known_from")
    late = cells > accessed
    if late.any():
        row = int(cells.index[late][0])
        problem = f"{cells[row]} lies in the future: the data were accessed on {accessed}"
        raise DataError(problem, file=file, row=row, column="known_from")


def _file(name: str) -> Path:
    return paths.data() / "tables" / f"{name}.csv"


def _meta(name: str) -> dict[str, Any]:
    return _yaml(*_stamp(_meta_file(name)))


def _meta_file(name: str) -> Path:
    return paths.data() / "tables" / f"{name}.meta.yaml"


def _stamps(name: str, folder: str = "") -> Stamps:
    """What changes when the rows of a table or its description do."""
    place = f"{folder or _file(name).parent}/{name}"
    try:
        return tuple(memory.stamp(f"{place}.csv")), tuple(memory.stamp(f"{place}.meta.yaml"))
    except OSError:
        files = (_file(name), _meta_file(name))
        missing = next((file for file in files if not file.is_file()), files[0])
        raise DataError("is missing", file=missing, todo=_REBUILD) from None


def _stamp(path: Path) -> tuple[Path, int, int]:
    """A file and what changes when it does, to cache by."""
    if not path.is_file():
        raise DataError("is missing", file=path, todo=_REBUILD)
    status = path.stat()
    return path, status.st_mtime_ns, status.st_size


@lru_cache(maxsize=64)
def _text(path: Path, _time: int, _size: int) -> pd.DataFrame:
    return read_csv(path.read_bytes(), path)


@lru_cache(maxsize=64)
def _yaml(path: Path, _time: int, _size: int) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    if not isinstance(content, dict) or "accessed" not in content:
        raise DataError("is not the description of a table", file=path, todo=_REBUILD)
    return content

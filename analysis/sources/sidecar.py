"""Snapshots and curated files, each with a ``.meta.yaml`` beside it that says where it is from."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from pathlib import Path

import pandas as pd
import yaml

from analysis.errors import DataError
from analysis.files import compress, decompress, read_csv, sha256, write_atomic

_DATES = ("accessed", "vintage", "known_from", "observed_through")


@dataclass(frozen=True, kw_only=True)
class Sidecar:
    """Origin of one file.

    ``vintage`` is the day of the copy we hold. ``known_from`` is the earliest day on which
    something in the file was public (default: the vintage), ``observed_through`` the last day
    that the file speaks of (default: the vintage). Curated files carry no ``sha256``: they are
    edited by hand and reviewed as text. ``etag`` and ``last_modified`` are what the server said
    of the copy, to ask it next time only for something newer.
    """

    title: str
    producer: str
    citation: str
    licence: str
    url: str
    accessed: str
    vintage: str
    processing: str
    known_from: str = ""
    observed_through: str = ""
    sha256: str = ""
    rows: int | None = None
    etag: str = ""
    last_modified: str = ""

    @property
    def first_known(self) -> str:
        return self.known_from or self.vintage

    @property
    def last_observed(self) -> str:
        return self.observed_through or self.vintage


def path_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.meta.yaml")


def read(file: Path) -> Sidecar:
    """The sidecar of ``file``; DataError if it is absent, lacks a field or has a bad date."""
    path = path_of(file)
    if not path.is_file():
        raise DataError("has no sidecar", file=file, todo=f"write {path.name}")
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise DataError(f"is not YAML: {error}", file=path) from error
    if not isinstance(content, dict):
        raise DataError("is not a mapping of fields", file=path)
    known = {entry.name for entry in fields(Sidecar)}
    if unknown := sorted(set(content) - known):
        raise DataError(f"unknown fields {unknown}", file=path)
    cells = {name: value if name == "rows" else str(value) for name, value in content.items()}
    try:
        found = Sidecar(**cells)  # type: ignore[arg-type]
    except TypeError as error:
        raise DataError(f"is incomplete: {error}", file=path) from error
    _check_dates(found, path)
    return found


def write(file: Path, content: bytes, about: Sidecar, *, rows: int | None = None) -> Path:
    """Write a snapshot (compressed when named ``.gz``) and its sidecar; returns ``file``."""
    stored = compress(content) if file.suffix == ".gz" else content
    return _store(file, stored, replace(about, sha256=sha256(stored), rows=rows))


def publish(staged: Path, file: Path, *, etag: str = "", last_modified: str = "") -> Path:
    """Put a staged snapshot and its sidecar into place; returns ``file``.

    Content that we hold already keeps its day of access; new content gets today. This is
    the one place in the data layer, refresh aside, that reads the clock.
    """
    about = read(staged)
    held = file.is_file() and path_of(file).is_file() and read(file).sha256 == about.sha256
    accessed = read(file).accessed if held else date.today().isoformat()
    served = replace(about, accessed=accessed, etag=etag, last_modified=last_modified)
    return _store(file, staged.read_bytes(), served)


def _store(file: Path, stored: bytes, about: Sidecar) -> Path:
    cells = {name: value for name, value in asdict(about).items() if value not in ("", None)}
    text = yaml.safe_dump(cells, sort_keys=False, allow_unicode=True, width=100)
    write_atomic(file, stored)
    write_atomic(path_of(file), text.encode())
    return file


@dataclass
class Snapshots:
    """Read access to ``data/snapshots`` and ``data/curated``; remembers what was read.

    Paths are relative to the data folder, as in ``snapshots/epoch_ai/notable_models.csv``.
    """

    data: Path
    used: dict[str, Sidecar] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        """Content of a file (unpacked when named ``.gz``); DataError if its hash has changed."""
        file = self.data / path
        if not file.is_file():
            raise DataError("is missing", file=file, todo="restore it or extract it again")
        about, content = read(file), file.read_bytes()
        if path.startswith("snapshots/") and about.sha256 != sha256(content):
            todo = "snapshots are never edited: restore it, or extract it again"
            raise DataError("differs from the sha256 in its sidecar", file=file, todo=todo)
        self.used[path] = about
        return decompress(content, file) if file.suffix == ".gz" else content

    def csv(self, path: str) -> pd.DataFrame:
        """A CSV file as text cells, indexed by line number."""
        return read_csv(self.read(path), self.data / path)

    def paths(self, pattern: str) -> list[str]:
        """Files that match a pattern such as ``snapshots/litellm/*.json.gz``, sorted by name."""
        found = (file.relative_to(self.data).as_posix() for file in self.data.glob(pattern))
        return sorted(name for name in found if not name.endswith(".meta.yaml"))


def _check_dates(found: Sidecar, path: Path) -> None:
    for name in _DATES:
        text = getattr(found, name)
        if not text and name in ("known_from", "observed_through"):
            continue
        try:
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
                raise ValueError
            date.fromisoformat(text)
        except ValueError:
            raise DataError(
                f"{text!r} is not a date (YYYY-MM-DD)", file=path, column=name
            ) from None

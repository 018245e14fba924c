"""Released packages read as plain zip archives: nothing is unpacked, imported or run."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from analysis.errors import DataError

LIMIT = 64 * 2**20  # bytes; the largest member we want has 3 MB
_BROKEN = (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, zlib.error)


@dataclass(frozen=True)
class Wheel:
    """One released package file."""

    path: Path
    package: str
    version: str


def wheels(folder: Path, package: str) -> list[Wheel]:
    """Files of ``package`` in ``folder``, oldest version first; DataError where there is none."""
    wanted = _normal(package)
    found = []
    for path in sorted(folder.glob("*.whl")):
        name, _, rest = path.name.partition("-")
        if _normal(name) == wanted:
            found.append(Wheel(path, wanted, rest.partition("-")[0]))
    if not found:
        raise DataError(f"has no wheel of {package!r}", file=folder, todo="download one first")
    return sorted(found, key=lambda wheel: version_key(wheel.version))


def version_key(version: str) -> tuple[int, ...]:
    """The numbers of a release version, to sort by."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def members(path: Path) -> list[str]:
    """Names of all members; DataError if the archive is broken or a name climbs out of it."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except _BROKEN as error:
        raise DataError(f"truncated or corrupt archive: {error}", file=path) from error
    for name in names:
        if _climbs(name):
            raise DataError(f"member {name!r} has a path that climbs out", file=path)
    return names


def read_member(path: Path, pattern: str, *, limit: int = LIMIT) -> bytes:
    """Bytes of the one member whose name matches ``pattern`` (shell wildcards).

    Raises DataError if no member or several match, if it is larger than ``limit``
    bytes, or if the archive is truncated, corrupt or has members that climb out.
    """
    found = [name for name in members(path) if fnmatchcase(name, pattern)]
    if len(found) != 1:
        problem = f"{len(found)} members match {pattern!r}, exactly one is needed"
        raise DataError(problem, file=path)
    try:
        with zipfile.ZipFile(path) as archive, archive.open(found[0]) as stream:
            content = stream.read(limit + 1)
    except _BROKEN as error:
        problem = f"member {found[0]!r} is truncated or corrupt: {error}"
        raise DataError(problem, file=path) from error
    if len(content) > limit:
        raise DataError(f"member {found[0]!r} is larger than {limit} bytes", file=path)
    return content


def packed_on(path: Path, pattern: str) -> str:
    """Day (ISO) on which the one member that matches ``pattern`` was packed."""
    found = [name for name in members(path) if fnmatchcase(name, pattern)]
    if len(found) != 1:
        raise DataError(f"{len(found)} members match {pattern!r}", file=path)
    with zipfile.ZipFile(path) as archive:
        year, month, day, *_ = archive.getinfo(found[0]).date_time
    return f"{year:04d}-{month:02d}-{day:02d}"


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _climbs(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or bool(re.match(r"[A-Za-z]:", name))

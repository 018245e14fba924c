"""Report sets: each lies in a folder of its own under ``reports/.sets`` and is made public by
swapping a link, so that a reader sees the old set or the new one and never half of either."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from analysis import paths

KEEP = 5
"""How many sets stay that no link points to any more; someone may still be reading one."""
_BUILDING = ".building-"
_ASIDE = ("explore", "failed", "sweeps")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def sets() -> Path:
    return paths.reports() / ".sets"


@contextlib.contextmanager
def building() -> Iterator[Path]:
    """A new folder beside the sets; it is gone afterwards unless it was made a set."""
    sets().mkdir(parents=True, exist_ok=True)
    _sweep()
    folder = Path(tempfile.mkdtemp(dir=sets(), prefix=f"{_BUILDING}{os.getpid()}-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def complete(name: str) -> Path | None:
    """The set called ``name``, if it was finished before."""
    folder = sets() / name
    return folder if folder.is_dir() else None


def finish(folder: Path, name: str) -> Path:
    """Gives a built set its name; an equal set that another run finished first stays."""
    target = sets() / name
    try:
        folder.rename(target)
    except OSError:
        if not target.is_dir():
            raise
    return target


def swap(link: str, target: Path) -> Path:
    """Points ``reports/<link>`` to a set in one step, whatever it pointed to before."""
    path = paths.reports() / link
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(os.path.relpath(target, path.parent), target_is_directory=True)
    temporary.replace(path)
    return path


def publish(target: Path, as_of: date) -> Path:
    """Makes a good full set the report of its day, and ``latest`` if no good day is newer."""
    link = swap(as_of.isoformat(), target)
    swap("latest", (paths.reports() / max(days())).resolve())
    with contextlib.suppress(FileNotFoundError):
        (paths.reports() / "failed" / as_of.isoformat()).unlink()
    prune()
    return link


def explore(target: Path, key: str) -> Path:
    """Puts the report of a part of the collection, or of other parameters, aside."""
    link = swap(f"explore/{key}", target)
    prune()
    return link


def sweep(target: Path, key: str) -> Path:
    """Makes a set the report of a sweep."""
    link = swap(f"sweeps/{key}", target)
    prune()
    return link


def failed(target: Path, as_of: date) -> Path:
    """Puts the report of a failed run aside; the last good one stays where it is."""
    link = swap(f"failed/{as_of.isoformat()}", target)
    prune()
    return link


def days() -> list[str]:
    """Days with a good report."""
    found = [path for path in paths.reports().iterdir() if _DAY.fullmatch(path.name)]
    return sorted(path.name for path in found if path.is_dir())


def prune(keep: int = KEEP) -> None:
    """Removes sets that no link points to, but the newest ``keep`` of them."""
    places = [paths.reports(), *(paths.reports() / name for name in _ASIDE)]
    links = [link for place in places if place.is_dir() for link in place.iterdir()]
    used = {link.resolve() for link in links if link.is_symlink()}
    finished = [path for path in sets().iterdir() if not path.name.startswith(".")]
    loose = [path for path in finished if path.resolve() not in used]
    loose.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in loose[keep:]:
        shutil.rmtree(path, ignore_errors=True)


def _sweep() -> None:
    """Removes what killed runs left half built."""
    for path in sets().glob(f"{_BUILDING}*"):
        process = path.name.removeprefix(_BUILDING).partition("-")[0]
        if not (process.isdigit() and _alive(int(process))):
            shutil.rmtree(path, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True

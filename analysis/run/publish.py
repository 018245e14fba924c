"""Report sets: each lies in a folder of its own under ``reports/.sets`` and is made public by
swapping a link, so that a reader sees the old set or the new one and never half of either."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from analysis import paths
from analysis.run import scratch

KEEP = 5
"""How many sets stay that no link points to any more; someone may still be reading one."""
EXPLORED = 20
"""How many reports of parts of the collection, or of other parameters, stay."""
SWEPT = 50
"""How many sweeps stay."""
_BUILDING = ".building-"
_ASIDE = ("explore", "failed", "sweeps")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def sets() -> Path:
    return paths.reports() / ".sets"


@contextlib.contextmanager
def building() -> Iterator[Path]:
    """A new folder beside the sets; it is gone afterwards unless it was made a set."""
    sets().mkdir(parents=True, exist_ok=True)
    with scratch.folder(sets(), _BUILDING) as folder:
        folder.chmod(0o755)
        yield folder


def complete(name: str) -> Path | None:
    """The set called ``name``, if it was finished before."""
    folder = sets() / name
    return folder if folder.is_dir() else None


def finish(folder: Path, name: str) -> Path:
    """Gives a built set its name; an equal set that another run finished first stays.

    Its files are on the disk before it has a name, so that a set with a name is a whole one even
    after a power cut.
    """
    from analysis import files  # imports pandas, which a run with nothing to do does without

    target = sets() / name
    files.sync(folder)
    try:
        folder.rename(target)
        files.sync(sets(), within=False)
    except OSError:
        if not target.is_dir():
            raise
    return target


def swap(link: str, target: Path) -> Path:
    """Points ``reports/<link>`` to a set in one step, whatever it pointed to before."""
    path = paths.reports() / link
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    with _alone():
        temporary.unlink(missing_ok=True)  # of a run that was killed here
        temporary.symlink_to(os.path.relpath(target, path.parent), target_is_directory=True)
        temporary.replace(path)
    return path


def publish(target: Path, as_of: date) -> Path:
    """Makes a good full set the report of its day, and ``latest`` if no good day is newer."""
    with _alone():  # or two runs of one day could each win one of the links
        link = swap(as_of.isoformat(), target)
        swap("latest", (paths.reports() / max(days())).resolve())
    with contextlib.suppress(FileNotFoundError):
        (paths.reports() / "failed" / as_of.isoformat()).unlink()
    prune()
    return link


def explore(target: Path, key: str) -> Path:
    """Puts the report of a part of the collection, or of other parameters, aside; the oldest go."""
    return _aside(f"explore/{key}", target, EXPLORED)


def sweep(target: Path, key: str) -> Path:
    """Makes a set the report of a sweep; the oldest go."""
    return _aside(f"sweeps/{key}", target, SWEPT)


def _aside(name: str, target: Path, keep: int) -> Path:
    """A link of which the ``keep`` newest in its folder stay."""
    link = swap(name, target)
    links = [path for path in link.parent.iterdir() if path.is_symlink()]
    for old in sorted(links, key=_made, reverse=True)[keep:]:
        old.unlink(missing_ok=True)
    prune()
    return link


def failed(target: Path, as_of: date) -> Path:
    """Puts the report of a failed run aside; the last good one stays where it is."""
    link = swap(f"failed/{as_of.isoformat()}", target)
    prune()
    return link


def page(link: Path) -> Path:
    """The first page of a report; under ``latest`` if that is the same set."""
    latest = paths.reports() / "latest"
    same = latest.exists() and latest.resolve() == link.resolve()
    return (latest if same else link) / "index.html"


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


def _made(link: Path) -> int:
    with contextlib.suppress(FileNotFoundError):  # another run swaps it, or removes it
        return link.lstat().st_mtime_ns
    return 0


def _alone() -> contextlib.AbstractContextManager[object]:
    """Held while links change; the system frees it when this process ends, however it ends."""
    import filelock

    return filelock.FileLock(paths.reports() / ".publishing.lock", is_singleton=True)

"""One folder of files in ``reports/.cache``: complete under its name, or not there at all."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from analysis import paths
from analysis.run import scratch
from analysis.run.environment import digest

BUILDING = ".building-"
_ABOUT = "entry.json"
_ATTEMPTS = 3


def folder() -> Path:
    return paths.reports() / ".cache"


@contextmanager
def building(name: str) -> Iterator[Path]:
    """A new folder that takes its name when the block ends well, in place of an older one.

    Raises:
        OSError: also where another process puts one there at the same moment.
    """
    folder().mkdir(parents=True, exist_ok=True)
    with scratch.folder(folder(), BUILDING) as place:
        yield place
        for attempt in range(_ATTEMPTS):
            _remove(folder() / name)
            try:
                place.rename(folder() / name)
                return
            except OSError:  # somebody wrote into the old one at the same moment
                if attempt == _ATTEMPTS - 1:
                    raise


def write(name: str, files: Mapping[str, bytes]) -> None:
    """Keeps files by name; a disk that refuses is no matter."""
    with contextlib.suppress(OSError), building(name) as place:
        for file, content in files.items():
            (place / file).write_bytes(content)
        hashes = {file: digest(content) for file, content in files.items()}
        (place / _ABOUT).write_text(json.dumps({"sha256": hashes}), encoding="utf-8")


def read(name: str) -> dict[str, bytes] | None:
    """The files that ``write`` kept; ``None`` where one is missing or damaged."""
    place = folder() / name
    try:
        hashes = json.loads((place / _ABOUT).read_text(encoding="utf-8"))["sha256"]
        files = {file: (place / file).read_bytes() for file in hashes}
        os.utime(place)  # its last use
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return files if all(digest(files[file]) == hashes[file] for file in files) else None


def _remove(place: Path) -> None:
    """An entry that is damaged, or older than what replaces it."""
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        place.unlink(missing_ok=True)

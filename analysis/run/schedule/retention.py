"""How many good reports stay; by their day, never by when they were made."""

from __future__ import annotations

from pathlib import Path

from analysis import paths
from analysis.run import publish


def prune(keep: int) -> list[str]:
    """Removes the links of all but the ``keep`` newest good days, and then sets without a link.

    Links of failed runs go with the days that they are older than. What ``latest`` points to
    stays, and so do the few newest sets without a link, which someone may be reading.

    Returns the days that were removed.
    """
    reports = paths.reports()
    days, latest = publish.days(), (reports / "latest").resolve()
    gone = [day for day in days[:-keep] if (reports / day).resolve() != latest]
    removed = [day for day in gone if _unlink(reports / day)]
    for link in _failed(reports / "failed"):
        if len(days) > keep and link.name < days[-keep]:
            _unlink(link)
    if publish.sets().is_dir():
        publish.prune()
    return removed


def _failed(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _unlink(link: Path) -> bool:
    """Removes a link; a folder that someone made by hand is not ours to remove."""
    if not link.is_symlink():
        return False
    link.unlink(missing_ok=True)
    return True

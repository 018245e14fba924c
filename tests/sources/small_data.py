"""A data folder with only the files that a test needs."""

from __future__ import annotations

from pathlib import Path

from analysis.sources import sidecar
from analysis.sources.sidecar import Sidecar, Snapshots


def hold(folder: Path, files: dict[str, str], observed: str = "2026-06-30") -> Snapshots:
    """Write files (path and text), each with a sidecar, and open the folder."""
    data = folder / "data"
    for path, text in files.items():
        about = Sidecar(
            title="t",
            producer="p",
            citation="c",
            licence="l",
            url="u",
            accessed="2026-11-23",
            vintage="2026-07-01",
            observed_through=observed,
            processing="none",
        )
        sidecar.write(data / path, text.encode(), about)
    return Snapshots(data)

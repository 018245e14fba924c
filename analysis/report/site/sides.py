"""The two reports of a comparison: what they are called, and the way to their pages."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass
from pathlib import Path

from analysis.report import numbers
from analysis.run.diff.comparison import Comparison
from analysis.run.diff.reports import Report

_PARAMETERS = 2  # that can stand in a heading


@dataclass(frozen=True)
class Side:
    """One of the two reports: what its columns are called, and the way to its pages."""

    label: str
    short: str
    about: str
    href: str
    claims: bool


def title(found: Comparison, sides: tuple[Side, Side]) -> str:
    """What the page is called."""
    if not _one_day(found):
        return f"{sides[0].label} and {sides[1].label}, side by side"
    return f"Two {'sets of parameters' if found.parameters else 'reports'}, side by side"


def _one_day(found: Comparison) -> bool:
    return found.before.state.as_of == found.after.state.as_of


def of(found: Comparison, folder: Path) -> tuple[Side, Side]:
    """Both reports as a page in ``folder`` sees them."""
    first, second = (
        Side(
            label=label,
            short=label.partition(":")[0] if _one_day(found) else report.name,
            about=_about(report),
            href=posixpath.join(*Path(_way(report, folder)).parts, ""),
            claims=(report.folder / "claims").is_dir(),
        )
        for report, label in zip((found.before, found.after), _labels(found), strict=True)
    )
    return first, second


def _way(report: Report, folder: Path) -> str:
    """Through the link and not to the set, so that the page leads to the report of that name."""
    return os.path.relpath(report.folder.absolute(), folder.absolute())


def _labels(found: Comparison) -> tuple[str, str]:
    """Days; of two reports of one day letters, with up to two parameters that tell them apart."""
    if not _one_day(found):
        return _day(found.before), _day(found.after)
    by_name = {one.name: one for one in found.parameters}
    if not 1 <= len(by_name) <= _PARAMETERS:
        return f"A: {found.before.name}", f"B: {found.after.name}"
    was = ", ".join(f"{name} = {one.was}" for name, one in sorted(by_name.items()))
    now = ", ".join(f"{name} = {one.now}" for name, one in sorted(by_name.items()))
    return f"A: {was}", f"B: {now}"


def _day(report: Report) -> str:
    day = numbers.day(report.state.as_of)
    return day if report.name == report.state.as_of else f"{day} ({report.name})"


def _about(report: Report) -> str:
    day, code = numbers.day(report.state.as_of), report.state.commit
    kind = "" if report.kind == "published" else f", {report.kind}"
    return f"Report {report.name}{kind}, data as of {day}, code {code}"

"""The part of README.md that says what the collection finds, written from the summary."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from analysis.errors import ReckonError
from analysis.report import numbers
from analysis.report.site import headline

START, END = "<!-- findings: written by `reckon summary --write` -->", "<!-- end of findings -->"
_BLOCK = re.compile(f"{re.escape(START)}.*?{re.escape(END)}", re.DOTALL)


def block(summary: Mapping[str, Any]) -> str:
    """The answers of the front page as a list, with the day of the data."""
    verdicts = summary["verdicts"]
    lines = [
        f"- **{answer.question}** {answer.short} {answer.told} {answer.judged}"
        for answer in headline.answers(verdicts)
    ]
    start = f"As of {numbers.day(summary['as_of'])}:"
    return "\n".join([START, start, "", *lines, f"- {headline.tally(verdicts)}", END])


def updated(text: str, summary: Mapping[str, Any]) -> str:
    """``text`` of a README with the findings of ``summary``.

    Raises:
        ReckonError: when the README has no place for them.
    """
    if len(_BLOCK.findall(text)) != 1:
        raise ReckonError(f"README.md: needs one block from {START!r} to {END!r}")
    return _BLOCK.sub(lambda _: block(summary), text)

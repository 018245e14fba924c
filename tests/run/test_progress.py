from __future__ import annotations

import io

from analysis.run import progress
from analysis.run.job import Outcome, failure


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def tell(stream: io.StringIO) -> str:
    told = progress.to(stream, {"01_a": 4, "02_long_name": 3})
    told.unchanged("02_long_name")
    told.starting("01_a", "never run")
    told.at("01_a", 1, 0)
    told.at("01_a", 2, 1)
    told.ended("01_a", Outcome("failed", failure(2, "ValueError", "no\nmore"), 1.25))
    return stream.getvalue()


def test_elsewhere_there_are_plain_lines() -> None:
    assert tell(io.StringIO()).splitlines() == [
        "02_long_name  unchanged, reused",
        "01_a          running (never run)",
        "01_a          failed, 1.2 s: cell 3: ValueError: no",
    ]


def test_a_terminal_shows_one_line_a_notebook() -> None:
    text = tell(Terminal())
    assert "cell 2 of 4, 0 s" in text and "cell 3 of 4, 1 s" in text
    drawn = [text.count(f"\x1b[2K{name}") for name in ("01_a", "02_long_name")]
    assert drawn[0] == drawn[1] == text.count("\x1b[2A") + 1

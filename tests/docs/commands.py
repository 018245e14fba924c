"""The commands that the documents tell a reader to type, and where they stand."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    *sorted(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")),
)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?:^    .*\n|^\n(?=    ))+", re.MULTILINE)
_INLINE = re.compile(r"`([^`\n]+)`")
_OURS = re.compile(r"^(?:\.venv/bin/)?(reckon|make)(?: |$)")


@dataclass(frozen=True)
class Command:
    """One command line; ``mentioned`` in prose it may be a name without its arguments."""

    document: str
    text: str
    mentioned: bool = False

    @property
    def words(self) -> list[str]:
        """As a shell would split them, without the folder of the program."""
        first, *rest = shlex.split(self.text, comments=True)
        return [first.removeprefix(".venv/bin/"), *rest]

    def __str__(self) -> str:
        return f"{self.document}: {self.text}"


def commands() -> list[Command]:
    """Every command of every document: the lines of blocks, and `reckon …` or `make …` in prose."""
    found = [one for name in DOCUMENTS for one in _of(name, (ROOT / name).read_text("utf-8"))]
    return list(dict.fromkeys(found))


def blocks(text: str) -> list[tuple[str, str]]:
    """Language and content of each block of code, fenced or indented."""
    fenced = [(found[1], found[2]) for found in _FENCE.finditer(text)]
    rest = _FENCE.sub("", text)
    return fenced + [("", _unindented(found[0])) for found in _INDENTED.finditer(rest)]


def prose(text: str) -> str:
    return _INDENTED.sub("", _FENCE.sub("", text))


def _unindented(block: str) -> str:
    return "".join(f"{line[4:]}\n" for line in block.splitlines())


def _of(document: str, text: str) -> Iterator[Command]:
    for language, block in blocks(text):
        for line in _lines(language, block):
            yield Command(document, line)
    for found in _INLINE.finditer(prose(text)):
        if _OURS.match(found[1]):
            yield Command(document, found[1], mentioned=True)


def _lines(language: str, block: str) -> Iterator[str]:
    """The lines to type: in a console behind the prompt, else all of them."""
    if language == "console":
        yield from (line[2:] for line in block.splitlines() if line.startswith("$ "))
    elif language == "sh" or all(_typed(line) for line in block.splitlines() if line.strip()):
        yield from (line for line in block.splitlines() if line.strip())


def _typed(line: str) -> bool:
    return bool(re.match(r"^(reckon|make|pip|\.venv/bin/)", line))

"""Which verdicts the evidence of this kernel would move, against those of the last run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from analysis.claims import movement, recording, store, summary, why
from analysis.claims.model import Claim, Evidence
from analysis.claims.verdicts import newest, table

Row = Mapping[str, Any]
_HEADS = ("claim", "last run", "would be", "estimates", "why")
_NOTHING = "This kernel has recorded no evidence yet; run the cells that call ledger.record."
_SHOWN = 3


@dataclass(frozen=True)
class Line:
    """One claim whose verdict or numbers would be others."""

    claim: str
    says: str
    was: str
    now: str
    estimates: tuple[str, ...]
    why: str

    @property
    def moves(self) -> bool:
        """Whether the verdict would be another one."""
        return self.was != self.now

    @property
    def text(self) -> str:
        """The claim in one line."""
        if self.moves:
            return f"{self.claim}: {self.was} -> {self.now}. {self.why}"
        return f"{self.claim}: {self.now} as before; {'; '.join(self.estimates)}"

    @property
    def cells(self) -> tuple[str, ...]:
        first = self.estimates[:_SHOWN]
        more = len(self.estimates) - len(first)
        told = "; ".join(first) + (f"; and {more} more" if more else "")
        return f"{self.claim}: {self.says}", self.was, self.now, told, self.why


@dataclass(frozen=True)
class Preview:
    """What would move, as the last expression of a cell shows it.

    ``lines`` holds moved verdicts first, then claims with other numbers; ``recorded`` is how many
    claims have evidence of this kernel.
    """

    lines: tuple[Line, ...]
    recorded: int
    last: date | None
    day: date | None

    @property
    def said(self) -> str:
        """The answer in a sentence or two."""
        if not self.recorded:
            return _NOTHING
        moved = sum(line.moves for line in self.lines)
        numbers = len(self.lines) - moved
        told = f"{_several(moved, 'verdict')} would move"
        told += f", {_several(numbers, 'other claim')} would have other numbers" if numbers else ""
        told += f"; {_several(self.recorded, 'claim')} recorded by this kernel."
        if self.last and self.day and self.last != self.day:
            told += f" The data are as of {self.day}, those of the last run as of {self.last}."
        return told

    def __repr__(self) -> str:
        return "\n".join([self.said, *(line.text for line in self.lines)])

    def _repr_html_(self) -> str:
        return f'<div class="reckon-preview"><p>{escape(self.said)}</p>{_table(self.lines)}</div>'


def preview() -> Preview:
    """Compares what this kernel has recorded with the last good run, else the committed summary.

    Evidence on the same claim, estimand and source replaces that of the last run; everything else
    stays. The false-discovery control is over all of it, so a claim that this kernel did not
    touch can move as well. Nothing is written.
    """
    before, last = summary.latest_evidence()
    return compare(store.claims(), before, recording.session, last)


def compare(
    claims: Mapping[str, Claim],
    before: Iterable[Evidence],
    recorded: Sequence[Evidence],
    last: date | None = None,
) -> Preview:
    """The verdicts on ``before`` against those with ``recorded`` in its place.

    Args:
        claims: the ledger.
        before: evidence of the last run.
        recorded: evidence of this kernel.
        last: day of the last run.
    """
    held = {record.key: record for record in before}
    day = newest(recorded) or last
    was = {row["id"]: row for row in table(claims, held.values(), last)}
    both = held | {record.key: record for record in recorded}
    now = {row["id"]: row for row in table(claims, both.values(), day)}
    touched = {record.claim for record in recorded}
    lines = [_line(was[name], now[name]) for name in now if _differs(was[name], now[name], touched)]
    lines.sort(key=lambda line: not line.moves)
    return Preview(tuple(lines), len(touched), last, day)


def _differs(was: Row, now: Row, touched: set[str]) -> bool:
    """A claim of another notebook counts if it moves through the family it belongs to."""
    if now["id"] not in touched:
        return bool(now["family"]) and was["verdict"] != now["verdict"]
    return was["verdict"] != now["verdict"] or any(_estimates(was, now))


def _line(was: Row, now: Row) -> Line:
    moved = was["verdict"] != now["verdict"]
    reason = why.explain(was, now) if moved else "The verdict stays."
    found = tuple(_estimates(was, now))
    return Line(now["id"], now["says"], was["verdict"], now["verdict"], found, reason)


def _estimates(was: Row, now: Row) -> Iterator[str]:
    """Every source whose numbers differ as a reader sees them."""
    for move in movement.moves(was, now):
        before, after = _value(move.was), _value(move.now)
        if before != after:
            yield f"{move.place.strip() or 'estimate'}: {before} → {after}"


def _value(source: Row | None) -> str:
    known = source is not None and movement.known(source)
    return movement.value(source) if known and source is not None else "none"


def _table(lines: Sequence[Line]) -> str:
    if not lines:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in _HEADS)
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(map(_row, lines))}</tbody></table>"
    )


def _row(line: Line) -> str:
    claim, was, now, *rest = map(escape, line.cells)
    marked = f"<strong>{now}</strong>" if line.moves else now
    cells = "".join(f"<td>{cell}</td>" for cell in (was, marked, *rest))
    return f'<tr><th scope="row">{claim}</th>{cells}</tr>'


def _several(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"

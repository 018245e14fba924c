"""Freezing a rule: a lock file holds its hash since the day it was frozen.

One line an entry, sorted: ``id: hash``, and after each amendment its hash behind the others. A
rule that changed without an amendment no longer matches its line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from analysis.claims.model import Amendment
from analysis.errors import ClaimError


class Amendable(Protocol):
    """Anything with an id and amendments to its rule."""

    @property
    def id(self) -> str: ...

    @property
    def amendments(self) -> tuple[Amendment, ...]: ...


Entry = TypeVar("Entry", bound=Amendable)


def digest(rule: Mapping[str, Any]) -> str:
    """SHA-256 of plain values, whatever the order of their names."""
    text = json.dumps(rule, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Lock(Generic[Entry]):
    """Entries by id, the file that freezes their rules, and the hash of a rule."""

    entries: Mapping[str, Entry]
    path: Path
    hash_of: Callable[[Entry], str]

    def check(self) -> None:
        """Holds every rule against the file.

        Raises:
            ClaimError: naming every entry that is new, was dropped, changed without an amendment
                or has an amendment that does not fit.
        """
        locked = read(self.path)
        problems = self._problems(locked) or [
            f"{name}: not frozen yet; run `reckon claims --freeze`"
            for name, entry in self.entries.items()
            if len(locked.get(name, ())) < len(self._chain(entry))
        ]
        if problems:
            raise ClaimError(f"{self.path.name} is out of step:\n" + "\n".join(problems))

    def write(self) -> Path:
        """Freezes new rules and fitting amendments; what is frozen already stays as it is.

        Raises:
            ClaimError: when a frozen rule was dropped or changed without an amendment.
        """
        from analysis import files  # brings pandas, which checking does not need

        problems = self._problems(read(self.path) if self.path.exists() else {})
        if problems:
            raise ClaimError(f"{self.path.name} is not written:\n" + "\n".join(problems))
        chains = {name: " ".join(self._chain(entry)) for name, entry in self.entries.items()}
        lines = [f"{name}: {chain}\n" for name, chain in sorted(chains.items())]
        files.write_atomic(self.path, "".join(lines).encode())
        return self.path

    def _chain(self, entry: Entry) -> tuple[str, ...]:
        """The hashes that the entry itself says it went through."""
        if not entry.amendments:
            return (self.hash_of(entry),)
        return (entry.amendments[0].was, *(amendment.now for amendment in entry.amendments))

    def _problems(self, locked: Mapping[str, tuple[str, ...]]) -> list[str]:
        gone = locked.keys() - self.entries
        dropped = [f"{name}: frozen, but no longer in the ledger" for name in gone]
        changed = [self._problem(entry, locked.get(n, ())) for n, entry in self.entries.items()]
        return sorted(dropped) + [problem for problem in changed if problem]

    def _problem(self, entry: Entry, locked: tuple[str, ...]) -> str:
        now, chain = self.hash_of(entry), self._chain(entry)
        for before, after in zip(entry.amendments, entry.amendments[1:], strict=False):
            if before.now != after.was:
                return (
                    f"{entry.id}: the amendment of {after.date} does not follow on the one before"
                )
        if chain[-1] == now and chain[: len(locked)] == locked:
            return ""
        was = locked[-1] if locked else chain[0]
        return (
            f"{entry.id}: the rule changed without a fitting amendment; undo the change or append"
            f" to its amendments {{date: …, reason: …, was: {was}, now: {now}}}"
        )


def read(path: Path) -> dict[str, tuple[str, ...]]:
    """The hashes of each entry: first frozen, then after each amendment.

    Raises:
        ClaimError: when the file is missing or a line is not ``id: hash…``.
    """
    if not path.exists():
        raise ClaimError(f"{path}: not there; run `reckon claims --freeze`")
    locked = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        name, colon, hashes = line.partition(": ")
        if not colon or not hashes.split() or name in locked:
            raise ClaimError(f"{path}, line {number}: expected one `id: hash` for each claim")
        locked[name] = tuple(hashes.split())
    return locked

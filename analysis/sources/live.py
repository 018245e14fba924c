"""What a source declares about its upstream: ``LIVE``, read by ``reckon data refresh``.

``LIVE`` is a tuple of ``File`` and ``Package``, or a sentence that says why there is neither.
Only what can be turned into the stored snapshot by code in the same module is live.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from analysis.sources.sidecar import Sidecar

MIB = 2**20


@dataclass(frozen=True, kw_only=True)
class Live:
    """Bounds that hold for every upstream.

    ``path`` is where copies go, below the data folder; ``{day}`` or ``{version}`` in it starts a
    new file for each copy, else the file is replaced. Copies are at least ``apart`` days apart.
    A copy may lose at most the share ``may_shrink`` of its rows, and so may each table built from
    it; a table may gain at most the share ``may_grow``. ``limit`` bounds a download, in bytes.
    """

    path: str
    apart: int = 0
    may_shrink: float = 0.1
    may_grow: float = 0.5
    limit: int = 16 * MIB

    @property
    def pattern(self) -> str:
        """Shell pattern of the copies held."""
        return re.sub(r"\{\w+\}", "*", self.path)


@dataclass(frozen=True, kw_only=True)
class File(Live):
    """One file at an address.

    ``read`` turns (content received, day of fetching) into (content to store, its sidecar), and
    raises DataError where the content is not what it used to be.
    """

    url: str
    kind: Literal["csv", "json"]
    read: Callable[[bytes, str], tuple[bytes, Sidecar]]


@dataclass(frozen=True, kw_only=True)
class Package(Live):
    """Released wheels of a package, read by the ``extract`` of the same module.

    ``refused`` versions are never fetched. ``dated`` packages have their release days on record.
    """

    name: str
    refused: frozenset[str] = frozenset()
    dated: bool = False
    limit: int = 128 * MIB


Declared = tuple[Live, ...] | str
BY_HAND = "has no snapshot of its own: typed by hand, or built from those of other sources"

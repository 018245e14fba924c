"""``data/ATTRIBUTION.md``: who made the data, under which licence, and where they are used."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from analysis import paths, registry
from analysis.datapackage import content

_HEAD = """# Where the data are from

Written by `reckon data build` from the sidecars of the snapshots; do not edit. The code of this
project is under the MIT licence; the data keep the licences of their makers, named here.
"""


@dataclass
class _Origin:
    licence: str
    url: str
    citation: str
    vintages: set[str] = field(default_factory=set)
    tables: list[str] = field(default_factory=list)


def render(fresh: dict[Path, bytes]) -> bytes:
    """One section a source; ``fresh`` holds files about to be written, by path."""
    found: dict[tuple[str, str], _Origin] = {}
    for name in registry.tables():
        meta = yaml.safe_load(content(paths.data() / "tables" / f"{name}.meta.yaml", fresh))
        for entry in meta["sources"]:
            key = (entry["producer"], entry["title"])
            fields = (entry["licence"], entry["url"], entry["citation"])
            origin = found.setdefault(key, _Origin(*fields))
            origin.vintages.add(entry["vintage"])
            if name not in origin.tables:
                origin.tables.append(name)
    sections = [_section(*key, found[key]) for key in sorted(found)]
    return "\n".join([_HEAD, *sections]).encode()


def _section(producer: str, title: str, origin: _Origin) -> str:
    first, last = min(origin.vintages), max(origin.vintages)
    vintage = first if first == last else f"{len(origin.vintages)} between {first} and {last}"
    address = f"<{origin.url}>" if origin.url.startswith("http") else origin.url
    return (
        f"## {title}\n\n"
        f"- Producer: {producer}\n"
        f"- Licence: {origin.licence}\n"
        f"- Cite as: {origin.citation}\n"
        f"- Address: {address}\n"
        f"- Vintage: {vintage}\n"
        f"- Used in: {', '.join(origin.tables)}\n"
    )

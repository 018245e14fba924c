"""``reckon new claim``: a draft at the end of the ledger."""

from __future__ import annotations

import re
from pathlib import Path

from analysis import paths, tables
from analysis.claims import lock, store
from analysis.claims.model import SECTIONS
from analysis.errors import ReckonError, UnknownNameError
from analysis.new import names
from analysis.new.together import Together
from analysis.run import plan

_ID = re.compile(r"[a-z]{1,3}[0-9]{1,3}[a-z]?")


def create(name: str, *, section: str = SECTIONS[0], notebook: str | None = None) -> list[Path]:
    """Appends a draft to ``data/claims.yaml``; returns the file.

    A draft is not locked and in no report, so that its rule can be written and is frozen only
    when it says what it should.

    Args:
        name: its id, such as ``c94``.
        section: of the article.
        notebook: that will test it.

    Raises:
        ReckonError: for a bad id or one that is known; nothing is written then.
        UnknownNameError: when there is no such section or notebook.
    """
    if not _ID.fullmatch(name):
        raise ReckonError(f"{name!r} cannot name a claim: write letters and a number, as in c94")
    if name in store.claims() or name in store.drafts():
        raise ReckonError(f"claim {name} is in data/claims.yaml already: choose another id")
    if section not in SECTIONS:
        raise UnknownNameError("section", section, SECTIONS)
    ledger = paths.data() / "claims.yaml"
    values = {
        "id": name,
        "section": section,
        "notebook": plan.select([notebook])[0] if notebook else "null",
        "day": tables.default_as_of().isoformat(),
    }
    with Together() as files:
        text = ledger.read_text(encoding="utf-8").rstrip("\n")
        files.replace(ledger, f"{text}\n\n{names.render('claim.yaml.j2', **values)}")
        store.drafts()[name]  # reads the ledger again: the draft is well formed
        lock.check()
        return files.paths

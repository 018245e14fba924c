"""Files and folders that a document names are there."""

from __future__ import annotations

import re

import pytest
from commands import DOCUMENTS, ROOT, prose

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_PLACE = re.compile(
    r"`((?:analysis|benchmarks|data|deploy|docs|locks|notebooks|reports|tests)/[\w./-]*)`"
)


def text(document: str) -> str:
    return prose((ROOT / document).read_text("utf-8"))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_to_files_of_the_repository(document: str) -> None:
    folder = (ROOT / document).parent
    inside = [link for link in _LINK.findall(text(document)) if not re.match(r"\w+:|#", link)]
    assert [link for link in inside if not (folder / link.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_places_in_prose_are_there(document: str) -> None:
    """But for what a run writes, and names with a placeholder in capitals."""
    places = [place for place in _PLACE.findall(text(document)) if not re.search("[A-Z]{2}", place)]
    written = (
        "reports/latest",
        "reports/explore",
        "reports/failed",
        "reports/sweeps",
        "reports/jobs",
    )
    fixed = [place for place in places if not place.startswith(written)]
    assert [place for place in fixed if not (ROOT / place).exists()] == []

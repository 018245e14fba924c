"""OpenRouter's catalogue as its address serves it, and beside the archived copies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import DataError
from analysis.sources import openrouter, openrouter_copies, sidecar
from analysis.sources.sidecar import Sidecar, Snapshots

ABOUT = Sidecar(
    title="t",
    producer="p",
    citation="c",
    licence="l",
    url="u",
    accessed="2026-11-24",
    vintage="2026-09-02",
    processing="none",
)


def entry(slug: str, prompt: str = "0.00000015", completion: str = "0.0000006") -> dict[str, Any]:
    return {"id": slug, "name": slug, "pricing": {"prompt": prompt, "completion": completion}}


def catalogue(*more: dict[str, Any], count: int = 200) -> bytes:
    return json.dumps({"data": [*(entry(f"maker/m{n}") for n in range(count)), *more]}).encode()


def test_prices_become_usd_per_million_tokens_and_routers_are_left_out() -> None:
    served = catalogue(entry("openrouter/auto", "-1", "-1"), entry("z/free:free", "0", "0"))
    content, about = openrouter_copies.read(served, "2026-11-24")
    prices = json.loads(content)["prices"]
    assert prices["maker/m0"] == [0.15, 0.6]
    assert prices["z/free:free"] == [0, 0]
    assert "openrouter/auto" not in prices
    assert (about.rows, about.vintage) == (201, "2026-11-24")


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b"<html>",
        b"[]",
        json.dumps({"data": [{"id": "a"}]}).encode(),
        json.dumps({"data": [entry("a", "free")]}).encode(),
        catalogue(count=199),
    ],
)
def test_another_shape_or_a_stub_is_refused(content: bytes) -> None:
    with pytest.raises(DataError, match=r"openrouter\.ai"):
        openrouter_copies.read(content, "2026-11-24")


def test_own_copies_go_on_where_the_archived_ones_end(tmp_path: Path) -> None:
    archived = [
        {"date": "2026-09-02", "prices": {"a/x": [2.0, 4.0]}},
        {"date": "2026-08-03", "prices": {"a/x": [1.0, 2.0]}},
    ]
    history = json.dumps({"built": "2026-10-01", "snapshots": archived}).encode()
    sidecar.write(tmp_path / openrouter.FILE, history, ABOUT)
    own = tmp_path / openrouter_copies.PATH.format(day="2026-11-24")
    copy, about = openrouter_copies.read(catalogue(), "2026-11-24")
    sidecar.write(own, copy, about)
    found = openrouter.releases(Snapshots(tmp_path))
    assert [release.released for release in found] == ["2026-08-03", "2026-09-02", "2026-11-24"]
    assert len(found[-1].offers) == 200
    assert (found[-1].offers[0].input, found[-1].offers[0].output) == (0.15, 0.6)

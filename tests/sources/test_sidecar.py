"""Snapshots are read only with an origin on record, and only while they are unchanged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from analysis.errors import DataError
from analysis.sources import sidecar
from analysis.sources.sidecar import Sidecar, Snapshots

ABOUT = Sidecar(
    title="Prices",
    producer="Somebody",
    citation="Somebody, Prices",
    licence="MIT",
    url="https://example.org",
    accessed="2026-01-02",
    vintage="2026-01-01",
    processing="none",
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    sidecar.write(tmp_path / "snapshots/some/prices.csv", b"a,b\n1,2\n", ABOUT, rows=1)
    sidecar.write(tmp_path / "snapshots/some/list.json.gz", b"{}", ABOUT)
    return tmp_path


def test_what_is_written_is_read(data: Path) -> None:
    snapshots = Snapshots(data)
    assert snapshots.csv("snapshots/some/prices.csv").to_dict("list") == {"a": ["1"], "b": ["2"]}
    assert snapshots.read("snapshots/some/list.json.gz") == b"{}"
    about = snapshots.used["snapshots/some/prices.csv"]
    assert replace(about, sha256="", rows=None) == ABOUT
    assert about.rows == 1
    assert (about.first_known, about.last_observed) == ("2026-01-01", "2026-01-01")


def test_files_are_found_without_their_sidecars(data: Path) -> None:
    found = Snapshots(data).paths("snapshots/some/*")
    assert found == ["snapshots/some/list.json.gz", "snapshots/some/prices.csv"]


def test_a_changed_snapshot_is_refused(data: Path) -> None:
    (data / "snapshots/some/prices.csv").write_bytes(b"a,b\n1,3\n")
    with pytest.raises(DataError, match=r"prices\.csv: differs from the sha256 in its sidecar"):
        Snapshots(data).read("snapshots/some/prices.csv")


def test_a_missing_snapshot_is_named(data: Path) -> None:
    with pytest.raises(DataError, match=r"other\.csv: is missing"):
        Snapshots(data).read("snapshots/some/other.csv")


def test_a_snapshot_without_origin_is_refused(data: Path) -> None:
    sidecar.path_of(data / "snapshots/some/prices.csv").unlink()
    with pytest.raises(DataError, match="has no sidecar"):
        Snapshots(data).read("snapshots/some/prices.csv")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"licence": None}, "is incomplete: .*licence"),
        ({"license": "MIT"}, "unknown fields"),
        ({"vintage": "January"}, "'January' is not a date"),
        ({"accessed": "20260101"}, "'20260101' is not a date"),
        ({"known_from": "2026-02-30"}, "'2026-02-30' is not a date"),
    ],
)
def test_an_incomplete_origin_is_refused(
    data: Path, change: dict[str, str | None], problem: str
) -> None:
    path = sidecar.path_of(data / "snapshots/some/prices.csv")
    content = yaml.safe_load(path.read_text()) | change
    kept = {name: value for name, value in content.items() if value is not None}
    path.write_text(yaml.safe_dump(kept))
    with pytest.raises(DataError, match=problem):
        sidecar.read(data / "snapshots/some/prices.csv")


@pytest.mark.parametrize("text", ["a: [", "just words"])
def test_a_sidecar_that_is_no_mapping_is_refused(data: Path, text: str) -> None:
    sidecar.path_of(data / "snapshots/some/prices.csv").write_text(text)
    with pytest.raises(DataError, match="is not"):
        sidecar.read(data / "snapshots/some/prices.csv")


def test_published_content_that_we_hold_keeps_its_day_of_access(data: Path, tmp_path: Path) -> None:
    held = data / "snapshots/some/prices.csv"
    staged = tmp_path / "stage" / "prices.csv"
    sidecar.write(staged, b"a,b\n1,2\n", replace(ABOUT, title="New title"))
    assert sidecar.publish(staged, held) == held
    assert sidecar.read(held).accessed == "2026-01-02"
    assert sidecar.read(held).title == "New title"
    sidecar.write(staged, b"a,b\n9,9\n", ABOUT)
    sidecar.publish(staged, held)
    assert sidecar.read(held).accessed > "2026-01-02"

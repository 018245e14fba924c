"""Wheels with price lists become snapshots; refused, undated and broken ones become messages."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from small_data import hold

from analysis.errors import DataError
from analysis.sources import langchain, litellm, openrouter, sidecar, tokencost
from analysis.sources.price_snapshots import releases
from analysis.sources.sidecar import Snapshots

CURATED = Path(__file__).resolve().parents[2] / "data" / "curated"
LIST = "litellm/model_prices_and_context_window_backup.json"
ENTRY = {
    "litellm_provider": "openai",
    "mode": "chat",
    "input_cost_per_token": 3e-05,
    "output_cost_per_token": 6e-05,
}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "curated").symlink_to(CURATED)
    return tmp_path / "data" / "snapshots"


def wheel(folder: Path, name: str, members: dict[str, bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path


def test_a_list_is_kept_as_received_with_its_release_date(tmp_path: Path, out: Path) -> None:
    content = json.dumps({"sample_spec": {}, "gpt-4": ENTRY}).encode()
    wheel(tmp_path / "w", "litellm-1.53.1", {LIST: content})
    (file,) = litellm.extract(tmp_path / "w", out)
    assert gzip.decompress(file.read_bytes()) == content
    assert file == out / "litellm" / "litellm-1.53.1.json.gz"
    about = sidecar.read(file)
    assert (about.vintage, about.rows, about.licence) == ("2024-11-28", 2, "MIT")
    (copy,) = releases(litellm.UPSTREAM, Snapshots(out.parent), litellm.offers)
    assert copy.release == "litellm 1.53.1"
    assert [(offer.listing, offer.input, offer.output) for offer in copy.offers] == [
        ("gpt-4", 30.0, 60.0)
    ]


@pytest.mark.parametrize("version", ["1.82.7", "1.82.8", "1.107.0"])
def test_compromised_releases_are_refused_by_name(tmp_path: Path, out: Path, version: str) -> None:
    wheel(tmp_path / "w", "litellm-1.53.1", {LIST: json.dumps({"gpt-4": ENTRY}).encode()})
    wheel(tmp_path / "w", f"litellm-{version}", {LIST: b"{}"})
    with pytest.raises(DataError, match=rf"litellm {version} was reported as compromised"):
        litellm.extract(tmp_path / "w", out)
    assert not out.exists()


def test_a_release_without_a_date_is_refused(tmp_path: Path, out: Path) -> None:
    wheel(tmp_path / "w", "litellm-9.9.9", {LIST: b"{}"})
    with pytest.raises(DataError, match=r"add litellm 9\.9\.9 with its release date"):
        litellm.extract(tmp_path / "w", out)


def test_a_folder_without_the_package_is_named(tmp_path: Path, out: Path) -> None:
    wheel(tmp_path / "w", "litellm-1.53.1", {LIST: b"{}"})
    with pytest.raises(DataError, match="no wheel of langchain or langchain-community"):
        langchain.extract(tmp_path / "w", out)


def test_a_truncated_wheel_is_refused(tmp_path: Path, out: Path) -> None:
    path = wheel(tmp_path / "w", "litellm-1.53.1", {LIST: json.dumps({"a": ENTRY}).encode()})
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(DataError, match="truncated or corrupt"):
        litellm.extract(tmp_path / "w", out)


def test_the_oldest_litellm_has_its_list_in_the_code(tmp_path: Path, out: Path) -> None:
    code = b"import os\nmodel_cost = {'gpt-4': {'input_cost_per_token': 3e-06}}\n"
    wheel(tmp_path / "w", "litellm-0.1.512", {"litellm/__init__.py": code})
    (file,) = litellm.extract(tmp_path / "w", out)
    stored = json.loads(gzip.decompress(file.read_bytes()))
    assert stored == {"gpt-4": {"input_cost_per_token": 3e-06}}
    assert "literal" in sidecar.read(file).processing


def test_tokencost_counts_in_ten_millionths_at_first(tmp_path: Path, out: Path) -> None:
    code = b'TOKEN_COSTS = {"gpt-4": {"prompt": 300, "completion": 600, "max_prompt": 8192}}\n'
    wheel(tmp_path / "w", "tokencost-0.0.2", {"tokencost/constants.py": code})
    tokencost.extract(tmp_path / "w", out)
    (copy,) = releases(tokencost.UPSTREAM, Snapshots(out.parent), tokencost.offers)
    assert [(offer.input, offer.output) for offer in copy.offers] == [(30.0, 60.0)]


def test_langchain_has_output_prices_under_their_own_key(tmp_path: Path, out: Path) -> None:
    code = b"""
MODEL_COST_PER_1K_TOKENS = {
    "gpt-4": 0.03,
    "gpt-4-completion": 0.06,
    "text-davinci-003": 0.02,
    "gpt-35-turbo": 0.0015,
    "gpt-35-turbo-completion": 0.002,
}
"""
    member = "langchain_community/callbacks/openai_info.py"
    wheel(tmp_path / "w", "langchain_community-0.3.2", {member: code})
    langchain.extract(tmp_path / "w", out)
    (copy,) = releases(langchain.UPSTREAM, Snapshots(out.parent), langchain.offers)
    assert (copy.release, copy.released) == ("langchain-community 0.3.2", "2024-10-09")
    assert [(o.listing, o.host, o.input, o.output) for o in copy.offers] == [
        ("gpt-4", "openai", 30.0, 60.0),
        ("text-davinci-003", "openai", 20.0, 20.0),
        ("gpt-35-turbo", "azure", 1.5, 2.0),
    ]


def test_a_langchain_without_its_table_is_refused(tmp_path: Path, out: Path) -> None:
    member = "langchain/callbacks/openai_info.py"
    wheel(tmp_path / "w", "langchain-0.0.129", {member: b"x = 1"})
    with pytest.raises(DataError, match="assigns no dict"):
        langchain.extract(tmp_path / "w", out)


def test_the_catalogue_is_unpacked_and_dated(tmp_path: Path, out: Path) -> None:
    history = {
        "built": "2026-10-01",
        "snapshots": [
            {"date": "2024-03-26", "prices": {"openai/gpt-4": [30.0, 60.0]}},
            {"date": "2023-07-26", "prices": {"openai/gpt-4": [30.0, 60.0]}},
        ],
    }
    packed = gzip.compress(json.dumps(history).encode())
    member = "model_price_radar/data/history.json.gz"
    wheel(tmp_path / "w", "model_price_radar_mcp-0.1.0", {member: packed})
    (file,) = openrouter.extract(tmp_path / "w", out)
    about = sidecar.read(file)
    assert (about.known_from, about.vintage, about.rows) == ("2023-07-26", "2024-03-26", 2)
    copies = openrouter.releases(Snapshots(out.parent))
    assert [copy.released for copy in copies] == ["2023-07-26", "2024-03-26"]


@pytest.mark.parametrize(
    "history", [{}, {"built": "2026-10-01", "snapshots": [{"date": "", "prices": {}}]}, []]
)
def test_a_catalogue_without_dates_or_prices_is_refused(
    tmp_path: Path, out: Path, history: object
) -> None:
    member = "model_price_radar/data/history.json.gz"
    packed = gzip.compress(json.dumps(history).encode())
    wheel(tmp_path / "w", "model_price_radar_mcp-0.1.0", {member: packed})
    with pytest.raises(DataError, match="history"):
        openrouter.extract(tmp_path / "w", out)


def test_a_listing_without_a_readable_price_is_named(tmp_path: Path) -> None:
    path = "snapshots/litellm/litellm-1.0.0.json.gz"
    content = {"good": {"input_cost_per_token": 1e-6}, "bad": {"input_cost_per_token": "cheap"}}
    snapshots = hold(tmp_path, {path: json.dumps(content)})
    with pytest.raises(DataError, match=r"litellm-1\.0\.0\.json\.gz: listing 'bad': 'cheap'"):
        releases(litellm.UPSTREAM, snapshots, litellm.offers)

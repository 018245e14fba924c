"""Price lists: a newer release from the index, a newer copy of a catalogue."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from misbehaving import Reply, Server
from test_refresh import held, page

from analysis import build, paths
from analysis.files import read_csv
from analysis.refresh import refresh
from analysis.refresh.fetch import Patience
from analysis.sources import litellm, openrouter, openrouter_copies, sidecar
from analysis.sources.live import Package
from analysis.sources.price_lists import RELEASES

MEMBER = "litellm/model_prices_and_context_window_backup.json"
INDEX = "/pypi.org/simple/litellm/"
NEWEST, NEW = "1.109.1", "1.120.0"
WHEEL = f"/files.example/litellm-{NEW}-py3-none-any.whl"
CATALOGUE = "/openrouter.ai/api/v1/models"


def wheel(content: bytes, member: str = MEMBER) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, content)
    return out.getvalue()


@pytest.fixture
def full_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All of ``data/``, with a list that is due: its day of release may lie ahead of the clock."""
    shutil.copytree(paths.data(), tmp_path / "data", ignore=shutil.ignore_patterns(".refresh*"))
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path))
    live = litellm.LIVE[0]
    due = Package(path=live.path, name=live.name, refused=live.refused, dated=True)
    monkeypatch.setattr(litellm, "LIVE", (due,))
    return tmp_path / "data"


def prices(data: Path) -> dict[str, dict[str, object]]:
    """The newest list held, with one price changed and one listing more."""
    file = data / f"snapshots/litellm/litellm-{NEWEST}.json.gz"
    found = json.loads(gzip.decompress(file.read_bytes()))
    found["gpt-4"] |= {"input_cost_per_token": 2.9e-5}
    found["openai/gpt-new"] = found["gpt-4"] | {"litellm_provider": "openai"}
    return found


def offer(server: Server, released: bytes, *, day: str = "2026-11-20") -> None:
    server.on(INDEX, page("litellm", NEWEST, NEW, day=day, content=released))
    server.on(WHEEL, Reply(released, kind="application/octet-stream"))


def test_a_new_release_becomes_a_copy_with_its_day_on_record(
    full_copy: Path, server: Server, hasty: Patience
) -> None:
    offer(server, wheel(json.dumps(prices(full_copy)).encode()))
    done = refresh(["litellm"], base=server.url, patience=hasty)
    assert done.problems == [] and done.changed == ["litellm"]
    new = f"snapshots/litellm/litellm-{NEW}.json.gz"
    assert {new, f"{new}.meta.yaml", RELEASES, "tables/api_prices.csv"} <= set(done.files)
    assert (full_copy / f"snapshots/litellm/litellm-{NEWEST}.json.gz").is_file()
    assert sidecar.read(full_copy / new).vintage == "2026-11-20"
    days = read_csv((full_copy / RELEASES).read_bytes(), RELEASES)
    assert list(days.iloc[-1]) == [
        "litellm",
        NEW,
        "2026-11-20",
        "https://pypi.org/simple/litellm/",
        "A",
    ]
    rows = read_csv((full_copy / "tables/api_prices.csv").read_bytes(), "api_prices.csv")
    rows = rows[rows["release"] == f"litellm {NEW}"]
    events = dict(zip(rows["listing"], rows["event"], strict=True))
    assert events.pop("gpt-4") == "changed" and events.pop("openai/gpt-new") == "listed"
    assert set(events.values()) <= {"changed"}  # those whose announced end has come since
    assert set(rows["known_from"]) == {"2026-11-20"} and set(rows["known_basis"]) == {"vintage"}
    assert build.build(["api_prices", "cached_prices", "price_tiers"]).changed == ()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{}", "shrank"),
        (b"not json", "litellm"),
        (json.dumps({"gpt-4": {"input_cost_per_token": 1}}).encode(), "shrank from 4553 to 1 rows"),
    ],
)
def test_a_list_that_shrank_or_broke_stays_out(
    full_copy: Path, server: Server, hasty: Patience, content: bytes, problem: str
) -> None:
    before = held(full_copy)
    offer(server, wheel(content))
    done = refresh(["litellm"], base=server.url, patience=hasty)
    assert done.changed == [] and problem in done.problems[0]
    assert held(full_copy) == before


def test_a_wheel_without_the_list_stays_out(
    full_copy: Path, server: Server, hasty: Patience
) -> None:
    offer(server, wheel(b"{}", "litellm/elsewhere.json"))
    done = refresh(["litellm"], base=server.url, patience=hasty)
    assert "0 members match" in done.problems[0]


def test_a_wheel_other_than_the_index_says_stays_out(
    full_copy: Path, server: Server, hasty: Patience
) -> None:
    offer(server, wheel(b"{}"))
    server.on(WHEEL, Reply(wheel(b"other"), kind="application/octet-stream"))
    done = refresh(["litellm"], base=server.url, patience=hasty)
    assert "differs from the sha256 on the index" in done.problems[0]


def test_a_refused_release_is_never_fetched(
    full_copy: Path, server: Server, hasty: Patience
) -> None:
    server.on(INDEX, page("litellm", NEWEST, "1.107.0"))
    done = refresh(["litellm"], base=server.url, patience=hasty)
    assert done.found[0].says == f"litellm {NEWEST} is the newest release"
    assert [path for path, _ in server.asked] == [INDEX]


def test_a_list_that_is_not_due_is_not_asked_for(
    full_copy: Path, server: Server, hasty: Patience, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = Package(path=litellm.LIVE[0].path, name="litellm", apart=100_000)
    monkeypatch.setattr(litellm, "LIVE", (live,))
    done = refresh(["litellm"], base=server.url, patience=hasty)
    assert "holds the copy of 2026-11-12" in done.found[0].says
    assert server.asked == []


def test_a_catalogue_becomes_a_dated_copy_beside_the_archived_ones(
    full_copy: Path, server: Server, hasty: Patience
) -> None:
    history = json.loads(gzip.decompress((full_copy / openrouter.FILE).read_bytes()))
    last = max(history["snapshots"], key=lambda copy: copy["date"])["prices"]
    served = {
        slug: {"prompt": f"{price[0] / 1e6:.12f}", "completion": f"{price[1] / 1e6:.12f}"}
        for slug, price in last.items()
    }
    served["openai/gpt-4"] = {"prompt": "0.00002", "completion": "0.00005"}
    data = [{"id": slug, "pricing": pricing} for slug, pricing in served.items()]
    body = json.dumps({"data": data}).encode()
    server.on(CATALOGUE, Reply(body, kind="application/json; charset=utf-8"))
    server.on("/pypi.org/simple/model-price-radar-mcp/", page("model_price_radar_mcp", "0.1.0"))
    done = refresh(["openrouter"], base=server.url, patience=hasty)
    assert done.problems == [] and done.changed == ["openrouter"]
    today = date.today().isoformat()
    assert openrouter_copies.PATH.format(day=today) in done.files
    rows = read_csv((full_copy / "tables/router_prices.csv").read_bytes(), "router_prices.csv")
    rows = rows[rows["refers_to"] == today]
    assert list(rows["listing"]) == ["openai/gpt-4"]
    assert list(rows["event"]) == ["changed"] and set(rows["known_from"]) == {today}
    again = refresh(["openrouter"], base=server.url, patience=hasty)
    assert again.changed == [] and "the next is due on" in again.found[1].says

"""What was not known by a day changes nothing on that day; what was known, does.

The first run of the real collection as of 2025-06-30 is compared with runs on damaged copies.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from collection_copy import Copy

from analysis import build
from analysis.sources import sidecar

EARLY = "2025-06-30"
COSTS_PER_TOKEN = re.compile(r'("(?:in|out)put_cost_per_token"\s*:\s*)([0-9.eE+-]+)')

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("collection"))


@pytest.fixture(scope="module")
def before(copy: Copy) -> dict[str, bytes]:
    """The report as of the early day, from untouched data."""
    return copy.run(EARLY)


def put(path: Path, content: bytes) -> None:
    """A snapshot with other content, its new hash on record, as a later vintage would come."""
    about = sidecar.read(path)
    sidecar.write(path, content, about, rows=about.rows)


def different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def make_later_rows_absurd(data: Path) -> int:
    """Every price of a later list a millionth, every later training run a million times larger."""
    changed = 0
    for about in sorted((data / "snapshots" / "litellm").glob("*.meta.yaml")):
        path = about.with_name(about.name.removesuffix(".meta.yaml"))
        if sidecar.read(path).vintage > EARLY:
            text = gzip.decompress(path.read_bytes()).decode()
            text, count = COSTS_PER_TOKEN.subn(lambda m: f"{m[1]}{float(m[2]) * 1e-6!r}", text)
            put(path, text.encode())
            changed += count
    path = data / "snapshots" / "epoch_ai" / "notable_models.csv"
    runs = pd.read_csv(path, dtype=str, keep_default_na=False)
    later = (runs["published"] > EARLY) & (runs["training_compute_flop"] != "")
    runs.loc[later, "training_compute_flop"] = "9e+33"
    put(path, runs.to_csv(index=False, lineterminator="\n").encode())
    return changed + int(later.sum())


def test_rows_known_later_do_not_change_a_byte(before: dict[str, bytes], tmp_path: Path) -> None:
    damaged = Copy(tmp_path)
    assert make_later_rows_absurd(damaged.root / "data") > 10_000
    with damaged.active():
        assert {"api_prices", "training_runs"} <= {path.stem for path in build.build().changed}
    assert different(before, damaged.run(EARLY)) == []


def test_a_row_known_in_time_changes_the_evidence_that_rests_on_it(
    before: dict[str, bytes], copy: Copy
) -> None:
    costs = copy.root / "data" / "snapshots" / "cottier2024" / "frontier_costs.csv"
    rows = pd.read_csv(costs)
    rows.loc[0, "cost_usd_2023_12"] *= 100
    put(costs, rows.to_csv(index=False, lineterminator="\n").encode())
    with copy.active():
        build.build()
    after = copy.run(EARLY)
    moved = {e["claim"] for e in evidence(after) if e not in evidence(before)}
    assert "c38" in moved
    assert not moved & {"x01", "c26", "c28", "c84"}
    assert "02_training_cost.html" in different(before, after)


def evidence(files: dict[str, bytes]) -> list[dict]:
    return json.loads(files["evidence.json"])

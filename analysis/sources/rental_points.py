"""Single dated rents of GPUs from the press and from price indexes, graded."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, PRECISION, SOURCE, last_day, source_named
from analysis.sources.sidecar import Snapshots

POINTS = "curated/gpu_rental_points.csv"


def gpu_rental_points(snapshots: Snapshots) -> pd.DataFrame:
    rows = snapshots.csv(POINTS)
    days = pd.DataFrame([last_day(period) for period in rows["period"]], index=rows.index)
    per_gpu = pd.to_numeric(rows["usd"]) / pd.to_numeric(rows["gpus"])
    return rows.assign(usd_per_gpu_hour=per_gpu.round(6), refers_to=days[0], date_precision=days[1])


def _capacity_blocks_rose(points: pd.DataFrame) -> bool:
    """Amazon's capacity blocks of H200 cost 15 percent more in January 2026 than a month before."""
    rows = points[points["market"] == "Amazon capacity block p5e.48xlarge"]
    price = rows.set_index("period")["usd_per_gpu_hour"]
    return bool(abs(price["2026-01"] / price["2025-12"] - 1.15) < 0.001)


TABLES = [
    Table(
        name="gpu_rental_points",
        title="Single rents of H100, H200, A100 and B200, 2024 to May 2026",
        description=(
            "Dated points from the press, from price pages and from commercial indexes, mostly"
            " copies (grade C) that contradict each other in part. Beside gpu_rental_index, which"
            " is a series, they bound what list prices leave out: contracts and spot markets."
        ),
        build=gpu_rental_points,
        key=("gpu", "market", "period"),
        columns=(
            Column("gpu", "text", "which card"),
            Column("market", "text", "what is rented where, and who says so"),
            Column("period", "text", "day or month as stated"),
            Column("usd_per_gpu_hour", "number", "rent", "USD per GPU-hour", above=0),
            Column("note", "text", "what to know about it", required=False),
            PRECISION,
            GRADE,
            SOURCE,
        ),
        checks=(
            Check("capacity_blocks_rose_by_15_percent", "table", "H200", _capacity_blocks_rose),
            source_named(),
            rows_at_least(14),
        ),
    )
]

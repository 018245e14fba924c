"""Epoch AI: accelerators sold so far, by designer, as estimated in August 2026."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import after
from analysis.sources.sidecar import Snapshots

SOLD = "snapshots/epoch_ai/accelerators_sold.csv"
LIVE = "holds chosen columns of an export that is not kept, and no code here reads exports"
_DELAY = 90  # days after a quarter by which suppliers have reported and an estimate is possible
QUANTITIES = {
    "units": ("chips sold", "count"),
    "h100_equivalents": ("their compute in units of one H100", "count"),
    "megawatts": ("their thermal design power", "MW"),
}


def accelerators_sold(snapshots: Snapshots) -> pd.DataFrame:
    """Cumulative to the end of each quarter; the estimates are of August 2026, dated back."""
    rows = snapshots.csv(SOLD)
    vintage = snapshots.used[SOLD].vintage
    known = [min(after(day, _DELAY), vintage) for day in rows["through"]]
    return rows.assign(refers_to=rows["through"], known_from=known, known_basis="reconstructed")


def _ordered(sold: pd.DataFrame) -> bool:
    """Low, median and high are in order, and totals never fall."""
    for name in QUANTITIES:
        ends = sold[[f"{name}_low", f"{name}_median", f"{name}_high"]].dropna()
        if not ((ends.diff(axis=1).iloc[:, 1:] >= 0).all().all()):
            return False
    ordered = sold.sort_values("refers_to").groupby("designer")["units_median"]
    return bool(ordered.apply(lambda units: units.is_monotonic_increasing).all())


def _columns() -> tuple[Column, ...]:
    return tuple(
        Column(
            f"{name}_{end}", "number", f"{says}, {word}", unit, required=end == "median", above=0
        )
        for name, (says, unit) in QUANTITIES.items()
        for end, word in (
            ("low", "5th percentile"),
            ("median", "median"),
            ("high", "95th percentile"),
        )
    )


TABLES = [
    Table(
        name="accelerators_sold",
        title="AI accelerators sold since 2022, by designer, cumulative by quarter",
        description=(
            "Estimates by Epoch AI from revenue and supply chains: NVIDIA from 2022, Google from"
            " the end of 2022, the others from 2024. Totals start at different quarters, so take"
            " differences over the same quarters. Huawei without an interval."
        ),
        build=accelerators_sold,
        key=("designer", "refers_to"),
        columns=(Column("designer", "text", "who designed the chips"), *_columns()),
        checks=(
            value_is(
                "nvidia_to_the_end_of_2025_is_13659258_h100",
                {"designer": "NVIDIA", "refers_to": pd.Timestamp("2025-12-31")},
                "h100_equivalents_median",
                13659258,
            ),
            Check("estimates_are_ordered", "table", "and totals never fall", _ordered),
            rows_at_least(60),
        ),
    )
]

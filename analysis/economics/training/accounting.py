"""One run, several accounts: what training GPT-4 cost depends on what is counted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.economics.deflate import deflate
from analysis.economics.training.samples import COST
from analysis.errors import InputError

NAMES = {
    "amortised_hardware_energy": "hardware worn off and energy",
    "cloud_rental": "chips rented in the cloud",
    "hardware_acquisition": "cluster bought outright",
}
DATASETS = {
    "cottier2024_v1": "paper of 2024",
    "epoch_2025_methods": "authors' file of 2025",
    "epoch_2026_07": "export of 2026",
    "ai_index_2024": "AI Index 2024",
}
BASE = "2023-12"
GPT4 = ("GPT-4", "GPT-4 (Mar 2023)")


def accounts(costs: pd.DataFrame, deflator: pd.DataFrame, models: Any = GPT4) -> pd.DataFrame:
    """Every estimate of one model's training cost, in dollars of December 2023.

    Columns method, dataset, price_year, stated_usd, usd_2023_12, grade; smallest first. Amounts in
    dollars of another month are deflated with producer prices of data processing; those that are
    nominal, from the month of release. The export's dollars are taken as labelled.

    Raises:
        InputError: when there is no estimate, or the price index lacks a month.
    """
    rows = costs[costs["model"].isin(models) & ~_repeated(costs)]
    if rows.empty:
        raise InputError("costs", f"has no estimate for {models[0]}")
    index = deflator.set_index("month")["index"]
    released = rows["refers_to"].dt.strftime("%Y-%m")
    months = rows["price_year"].where(rows["price_year"] != "nominal", released)
    months = months.where(months != "2023", BASE)
    table = pd.DataFrame(
        {
            "method": rows["method"].map(NAMES),
            "dataset": rows["dataset"].map(DATASETS),
            "price_year": rows["price_year"],
            "stated_usd": rows[COST],
            "usd_2023_12": deflate(rows[COST], months, index, base=BASE),
            "grade": rows["grade"],
        }
    )
    return table.sort_values("usd_2023_12", kind="stable").reset_index(drop=True)


def span(table: pd.DataFrame) -> tuple[float, float]:
    """Smallest and largest account, in dollars of December 2023."""
    return float(table["usd_2023_12"].min()), float(table["usd_2023_12"].max())


def _repeated(costs: pd.DataFrame) -> pd.Series:
    """The paper's nominal figures, which its constant dollars state again."""
    return (costs["dataset"] == "cottier2024_v1") & (costs["price_year"] == "nominal")

"""Electricity of data centres by region, the nearest thing to a map of compute (c74)."""

from __future__ import annotations

import pandas as pd

from analysis.claims.answer import Answer
from analysis.errors import InputError


def regions(energy: pd.DataFrame) -> pd.DataFrame:
    """Electricity of data centres by region in the latest year measured by the IEA, in TWh.

    Raises:
        InputError: when none is known.
    """
    rows = energy[
        (energy["fact"] == "data centre electricity")
        & (energy["subject"] == "all data centres")
        & (energy["publisher"] == "IEA")
        & (energy["stage"] == "measured")
    ]
    needed = {"World", "United States", "Europe", "China"}
    years = [day for day, part in rows.groupby("refers_to") if needed <= set(part["region"])]
    if not years:
        raise InputError("energy_facts", "has no year by region known by this day")
    latest = rows.loc[rows["refers_to"] == years[-1], ["region", "value", "refers_to", "grade"]]
    return latest.sort_values(by="value", ascending=False, kind="stable")


def region_ratio(energy: pd.DataFrame, over: str, under: str) -> Answer:
    """Data-centre electricity of one region over that of another (c74).

    Raises:
        InputError: as ``regions``.
    """
    found = regions(energy).set_index("region")
    first, second = (float(found["value"][region]) for region in (over, under))
    year = found["refers_to"].iloc[0].year
    return Answer(
        estimate=first / second,
        interval=None,
        n=len(found),
        method="published electricity use of data centres by region (IEA)",
        reason=(
            f"{over} {first:.0f} TWh, {under} {second:.0f} TWh in {year}; all data centres, of"
            " which AI is a part, and electricity is not compute"
        ),
        grade=str(found["grade"].max()),
    )

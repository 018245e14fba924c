"""Epoch AI: dated prices of accelerators, bought and rented by the chip-hour, 2010 to 2025."""

from __future__ import annotations

from urllib.parse import urlparse

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE
from analysis.sources.sidecar import Snapshots

PRICES = "snapshots/epoch_ai/hardware_prices.csv"
LIVE = "was collected for one paper"

# Pages that speak of earlier years, and estimates of what a chip cost to make: known from the
# day of the page, not from the day they speak of.
_LOOKING_BACK = {
    "nextplatform.com/2022/05/09": "2022-05-09",
    "nextplatform.com/2021/12/06": "2021-12-06",
    "arxiv.org/pdf/2405.21015": "2024-05-31",
    "docs.google.com/spreadsheets": "2024-05-31",
}
_VENDOR_PAGES = ("web.archive.org", "azure.microsoft.com", "lambdalabs.com", "www.microway.com")
_PUBLISHED = ("archive.ph", "arxiv.org", "github.com", "techpowerup", "nextplatform", "anandtech")


def accelerator_prices(snapshots: Snapshots) -> pd.DataFrame:
    """One row a price; upstream rows that differ in nothing are one row with a count."""
    rows = snapshots.csv(PRICES)
    counted = rows.groupby([*rows.columns], as_index=False, sort=False).size()
    day, pages = counted["day"], counted["source"].map(_page_day)
    known = day.where(day > pages, pages)
    return counted.assign(
        grade=counted["source"].map(_grade),
        listings=counted["size"],
        refers_to=day,
        known_from=known,
        known_basis=pd.Series("published", day.index).where(known == day, "reconstructed"),
    )


def _page_day(source: str) -> str:
    return next((known for part, known in _LOOKING_BACK.items() if part in source), "")


def _grade(source: str) -> str:
    host = urlparse(source).netloc
    if host in _VENDOR_PAGES:
        return "A"
    return "B" if any(part in host for part in (*_PUBLISHED, "tomshardware")) else "C"


def _h100_on_aws(prices: pd.DataFrame) -> bool:
    """Amazon's list price of an H100 in spring 2025, 12.29 dollars, is in the table."""
    rows = prices[(prices["accelerator"] == "NVIDIA H100 SXM5 80GB") & (prices["vendor"] != "")]
    rows = rows[rows["refers_to"] >= "2025-03-01"]
    amazon = rows[rows["vendor"] == "Amazon Web Services"]
    return bool((amazon["usd_per_chip_hour_on_demand"] == 12.29).any())


def _each_has_a_price(prices: pd.DataFrame) -> bool:
    names = [name for name in prices.columns if name.startswith("usd_")]
    return bool(prices[names].notna().any(axis=1).all())


def _price(name: str, description: str, unit: str = "USD per GPU-hour") -> Column:
    return Column(name, "number", description, unit, required=False, above=0)


_KEY = ("refers_to", "accelerator", "vendor", "location", "usd_purchase", "source")
_RATES = tuple(f"usd_per_chip_hour_{term}" for term in ("on_demand", "one_year", "three_years"))

TABLES = [
    Table(
        name="accelerator_prices",
        title="Dated prices of machine-learning accelerators, 2010 to March 2025",
        description=(
            "Prices of one chip bought or rented by the hour, as collected behind Cottier et al."
            " 2024. Vendors enter and leave, and each is seen on a few days only: the rows are"
            " points, not a panel. Prices of Google's own chips are estimates of what they cost to"
            " make. A price read off an archived page counts as known from the day of the page."
        ),
        build=accelerator_prices,
        key=(*_KEY, *_RATES),
        columns=(
            Column("accelerator", "text", "name as Epoch AI gives it"),
            Column("manufacturer", "text", "who designed it", required=False),
            Column("vendor", "text", "who rented it out", required=False),
            Column("location", "text", "where", required=False),
            _price("usd_per_chip_hour_on_demand", "rent of one chip without commitment"),
            _price("usd_per_chip_hour_one_year", "rent of one chip with a commitment of one year"),
            _price("usd_per_chip_hour_three_years", "rent of one chip with one of three years"),
            _price("usd_purchase", "price of one chip bought", "USD"),
            Column("listings", "integer", "upstream rows with this price", "count", least=1),
            GRADE,
            Column("source", "text", "page, often an archived copy", required=False),
        ),
        checks=(
            Check("h100_on_aws_is_12.29", "table", "in March 2025", _h100_on_aws),
            Check("each_row_has_a_price", "table", "bought or rented", _each_has_a_price),
            rows_at_least(440),
        ),
    )
]

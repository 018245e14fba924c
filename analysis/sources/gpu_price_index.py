"""GPU rental prices by month and provider, rebuilt from archived public rate cards."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import last_day
from analysis.sources.sidecar import Snapshots

MONTHS = "snapshots/gpu_price_index/months.csv"
QUOTES = "snapshots/gpu_price_index/provider_quotes.csv"
LIVE = "holds chosen columns of a file that is not kept, and no code here reads that file"
GPUS = ("A100", "H100", "H200", "B200")


def gpu_rental_index(snapshots: Snapshots) -> pd.DataFrame:
    return _dated(snapshots.csv(MONTHS))


def gpu_rental_quotes(snapshots: Snapshots) -> pd.DataFrame:
    return _dated(snapshots.csv(QUOTES))


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    """The cards were public in their month; the series was made from them in autumn 2026."""
    known = [last_day(month)[0] for month in rows["month"]]
    return rows.assign(
        refers_to=rows["month"] + "-01", known_from=known, known_basis="reconstructed"
    )


def _published_from_three(index: pd.DataFrame) -> bool:
    published = index["status"] == "published"
    return bool(((index["providers"] >= 3) == published).all()) and bool(
        (index["usd_per_gpu_hour"].notna() == published).all()
    )


def _inside_the_quotes(index: pd.DataFrame) -> bool:
    value = index["usd_per_gpu_hour"].fillna(index["lowest_usd_per_gpu_hour"])
    low, high = index["lowest_usd_per_gpu_hour"], index["highest_usd_per_gpu_hour"]
    return bool(((low <= value) & (value <= high)).all())


def _rate(name: str, description: str, *, required: bool = False) -> Column:
    return Column(name, "number", description, "USD per GPU-hour", required=required, above=0)


_MONTH = Column("month", "text", "month (YYYY-MM)")
_GPU = Column("gpu", "text", "which card", allowed=GPUS)

TABLES = [
    Table(
        name="gpu_rental_index",
        title="Monthly on-demand rent of A100, H100, H200 and B200, January 2023 to September 2026",
        description=(
            "Median over providers of the list price of one GPU-hour on demand, restated to a"
            " standard offer (SXM card in a node of eight) by fixed factors, from archived price"
            " pages of eleven providers. Published where three providers or more have a quote. The"
            " panel changes with what the archive kept, and holds none of the three large clouds:"
            " compare matched providers in gpu_rental_quotes. Raw medians are not restated."
        ),
        build=gpu_rental_index,
        key=("gpu", "month"),
        columns=(
            _GPU,
            _MONTH,
            Column("status", "text", "withheld below three", allowed=("published", "withheld")),
            _rate("usd_per_gpu_hour", "median over providers, restated"),
            Column("providers", "integer", "providers with a quote", "count", least=1),
            _rate("lowest_usd_per_gpu_hour", "lowest provider, restated", required=True),
            _rate("highest_usd_per_gpu_hour", "highest provider, restated", required=True),
            _rate("raw_on_demand_usd_per_gpu_hour", "median of the quotes as printed"),
            _rate("raw_reserved_usd_per_gpu_hour", "median of quotes with commitment, as printed"),
            _rate("raw_spot_usd_per_gpu_hour", "median of spot quotes, as printed"),
        ),
        checks=(
            value_is(
                "h100_of_2026_09_is_3.789",
                {"gpu": "H100", "month": "2026-09"},
                "usd_per_gpu_hour",
                3.789,
            ),
            Check("published_from_three_providers", "table", "on", _published_from_three),
            Check("value_lies_among_the_quotes", "table", "low to high", _inside_the_quotes),
            rows_at_least(125),
        ),
    ),
    Table(
        name="gpu_rental_quotes",
        title="On-demand rent of one GPU-hour by provider and month",
        description=(
            "Median of the quotes of one provider in one month, restated like the index. A missing"
            " month means that no page of the provider was archived or that it named no price. List"
            " prices, not deals; promotions count as prices."
        ),
        build=gpu_rental_quotes,
        key=("gpu", "provider", "month"),
        columns=(
            _GPU,
            Column("provider", "text", "whose price page"),
            _MONTH,
            _rate("usd_per_gpu_hour", "median of its quotes, restated", required=True),
        ),
        checks=(
            value_is(
                "lambda_h100_of_2026_04_is_3.99",
                {"gpu": "H100", "provider": "lambda", "month": "2026-04"},
                "usd_per_gpu_hour",
                3.99,
            ),
            rows_at_least(500),
        ),
    ),
]

"""Published growth rates of training cost, efficiency and price-performance."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, SOURCE, source_named
from analysis.sources.sidecar import Snapshots

RATES = "curated/published_rates.csv"


def published_rates(snapshots: Snapshots) -> pd.DataFrame:
    return snapshots.csv(RATES)


def _values_lie_in_their_interval(rates: pd.DataFrame) -> bool:
    known = rates.dropna(subset=["low", "high"])
    return bool(((known["low"] < known["value"]) & (known["value"] < known["high"])).all())


TABLES = [
    Table(
        name="published_rates",
        title="Published rates of growth with their intervals",
        description=(
            "As the authors state them. Versions of one paper differ in sample and in the level of"
            " their interval; both are rows. A rate given as a halving or doubling time is in"
            " months or years. An interval without a level is a range over settings."
        ),
        build=published_rates,
        key=("rate", "subject", "source"),
        columns=(
            Column("rate", "text", "what grows, halves or doubles"),
            Column("subject", "text", "of what"),
            Column("value", "number", "the estimate", above=0),
            Column("low", "number", "lower end", required=False, above=0),
            Column("high", "number", "upper end", required=False, above=0),
            Column("level_percent", "number", "level of the interval", "percent", required=False),
            Column("unit", "text", "unit", allowed=("factor per year", "months", "year")),
            Column("sample", "text", "data behind it"),
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is(
                "compute_for_a_fixed_result_halves_in_8_months",
                {"source": "Ho et al. 2024, https://arxiv.org/abs/2403.05812"},
                "value",
                8,
            ),
            Check("values_lie_in_their_interval", "table", "all", _values_lie_in_their_interval),
            source_named(),
            rows_at_least(9),
        ),
    )
]

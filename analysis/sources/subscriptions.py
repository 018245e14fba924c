"""Monthly prices of AI subscriptions."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, SOURCE, source_named
from analysis.sources.sidecar import Snapshots

PRICES = "curated/subscription_prices.csv"


def subscription_prices(snapshots: Snapshots) -> pd.DataFrame:
    return snapshots.csv(PRICES)


def _terms_are_in_order(prices: pd.DataFrame) -> bool:
    """A price with a last day is about a day before it, one with a first day about a later one."""
    early = prices["from_day"] > prices["refers_to"]
    over = prices["to_day"] < prices["refers_to"]
    return not (early | over).any()


TABLES = [
    Table(
        name="subscription_prices",
        title="Monthly prices of thirteen AI plans, seen on 30 September 2026",
        description=(
            "One look at the makers' price pages, taken over from a released price list. The only"
            " dated change in it is Google's: one plan of 249.99 dollars was split into two on 19"
            " May 2026. No dated history of other plans was found, so a change over time cannot be"
            " taken from this table alone."
        ),
        build=subscription_prices,
        key=("product", "plan"),
        columns=(
            Column("product", "text", "assistant or service"),
            Column("plan", "text", "plan"),
            Column("usd_per_month", "number", "list price", "USD per month", above=0),
            Column("from_day", "date", "first day, where on record", required=False),
            Column("to_day", "date", "last day, where it has ended", required=False),
            Column("note", "text", "what to know about it", required=False),
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is(
                "google_ultra_cost_249.99",
                {"product": "Google AI", "plan": "Ultra"},
                "usd_per_month",
                249.99,
            ),
            Check("terms_are_in_order", "table", "first and last days", _terms_are_in_order),
            source_named(),
            rows_at_least(13),
        ),
    )
]

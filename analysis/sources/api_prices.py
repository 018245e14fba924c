"""Dated API prices: the change events of three price lists, side by side and never mixed."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources import crosswalk, langchain, litellm, price_lists, price_snapshots, tokencost
from analysis.sources.price_columns import INPUT, OUTPUT, PRICES_AND_FLAGS
from analysis.sources.price_flags import CEILING
from analysis.sources.sidecar import Snapshots

EVENTS = ("listed", "changed", "gone")
SOURCES = (langchain, litellm, tokencost)
LISTS = tuple(source.UPSTREAM.list for source in SOURCES)


def events(snapshots: Snapshots) -> pd.DataFrame:
    """Change events of the three lists, each compared with its own past only."""
    facts = price_lists.facts(snapshots)
    frames = [
        price_lists.events(
            price_snapshots.releases(source.UPSTREAM, snapshots, source.offers), facts
        )
        for source in SOURCES
    ]
    return pd.concat(frames, ignore_index=True)


def build(snapshots: Snapshots) -> pd.DataFrame:
    """The table; a price is known from the day on which the release with it came out."""
    rows = crosswalk.with_models(events(snapshots), crosswalk.read(snapshots))
    return rows.assign(known_from=rows["refers_to"], known_basis="vintage")


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Rows that no flag speaks against."""
    return table[(table["flag"] == "") & (table["event"] != "gone")]


def _no_absurd_price(table: pd.DataFrame) -> bool:
    return bool((plain(table)[[INPUT, OUTPUT]] <= CEILING).all(axis=None))


def _output_dearer(table: pd.DataFrame) -> bool:
    rows = plain(table)
    return bool((rows[OUTPUT] >= rows[INPUT]).mean() > 0.99)


def _gpt4o_in_2024(table: pd.DataFrame) -> bool:
    rows = table[(table["list"] == "langchain") & (table["listing"] == "gpt-4o")]
    prices = list(zip(rows[INPUT], rows[OUTPUT], strict=True))
    return prices == [(5, 15), (2.5, 10)]


def _all_releases(snapshots: Snapshots) -> bool:
    stored = sum(len(snapshots.paths(f"snapshots/{name}/*.json.gz")) for name in LISTS)
    return stored == len(price_snapshots.release_dates(snapshots))


_GPT4 = {"list": "litellm", "listing": "gpt-4", "refers_to": pd.Timestamp("2023-08-31")}

TABLES = [
    Table(
        name="api_prices",
        title="List prices of API models, 2023-04 to 2026-11",
        description=(
            "A row when a listing appears in a price list, changes or disappears, from the copies"
            " inside dated package releases. The three lists differ in what they call a model and"
            " must never be differenced against each other. Flags say what makes a row unfit for"
            " a comparison; the part before a colon is the kind, and several are joined by '|'."
        ),
        build=build,
        key=("list", "listing", "refers_to"),
        columns=(
            Column("list", "text", "which price list", allowed=LISTS),
            Column("release", "text", "package and version that carries it"),
            Column("listing", "text", "key in the list"),
            Column("host", "text", "who serves it"),
            Column("model", "text", "scored model it stood for that day", required=False),
            Column("mode", "text", "what it does, as the list says"),
            Column("event", "text", "what happened to the listing", allowed=EVENTS),
            *PRICES_AND_FLAGS,
        ),
        checks=(
            Check(
                "every_dated_release_is_stored",
                "snapshot",
                "there is one snapshot for each release with a date",
                _all_releases,
            ),
            rows_at_least(8000),
            value_is("gpt4_input_was_30_in_2023", _GPT4, INPUT, 30),
            value_is("gpt4_output_was_60_in_2023", _GPT4, OUTPUT, 60),
            Check("gpt4o_went_from_5_15_to_2.5_10", "table", "in 2024", _gpt4o_in_2024),
            Check(
                "no_unflagged_price_above_1000",
                "table",
                f"no text price above {CEILING} USD per million tokens is without a flag",
                _no_absurd_price,
            ),
            Check(
                "output_costs_at_least_input",
                "table",
                "output is not cheaper than input in 99 % of the rows without a flag",
                _output_dearer,
            ),
        ),
    )
]

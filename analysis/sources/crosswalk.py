"""Which listing sells which scored model: curated by bare name, expanded to every listing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.schemas import Column, Table
from analysis.sources.listing_names import bare_name
from analysis.sources.sidecar import Snapshots

CURATED = "curated/model_crosswalk.csv"
RULES = ("exact", "spelling", "alias", "quantised", "unscored")


@dataclass(frozen=True)
class Pointer:
    """From a day on, a name stands for a model (or, with an empty model, for an unscored one)."""

    valid_from: str
    model: str
    rule: str


class Crosswalk:
    """Pointers by host and bare name; those of a host win over those of any host."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self._pointers: dict[tuple[str, str], list[Pointer]] = {}
        for row in rows.sort_values("valid_from", kind="stable").to_dict("records"):
            pointer = Pointer(row["valid_from"], row["model"], row["rule"])
            self._pointers.setdefault((row["host"], row["name"]), []).append(pointer)

    def pointers(self, listing: str, host: str) -> list[Pointer]:
        """All models that a listing stood for, oldest first; empty if it is not matched."""
        name = bare_name(listing)
        return self._pointers.get((host, name)) or self._pointers.get(("", name), [])

    def model(self, listing: str, host: str, day: str) -> str:
        """The scored model that a listing stood for on an ISO day, or an empty text."""
        past = [p for p in self.pointers(listing, host) if p.valid_from <= day]
        return past[-1].model if past else ""


def read(snapshots: Snapshots) -> Crosswalk:
    return Crosswalk(snapshots.csv(CURATED))


def with_models(events: pd.DataFrame, crosswalk: Crosswalk) -> pd.DataFrame:
    """Price events with the scored ``model`` that each listing stood for on that day."""
    cells = zip(events["listing"], events["host"], events["refers_to"], strict=True)
    return events.assign(model=[crosswalk.model(*cell) for cell in cells])


def expand(events: pd.DataFrame, crosswalk: Crosswalk) -> Iterable[dict[str, str]]:
    """Rows of the table for the listings in ``events`` that sell text at a price."""
    text = events[events["input_usd_per_million_tokens"].notna()]
    first = text.sort_values("refers_to").drop_duplicates(["list", "listing"])
    for row in first.to_dict("records"):
        name, listing, host, seen = (row[c] for c in ("list", "listing", "host", "refers_to"))
        pointers = crosswalk.pointers(listing, host)
        past = [pointer for pointer in pointers if pointer.valid_from <= seen]
        for pointer in past[-1:] + pointers[len(past) :]:
            day = max(seen, pointer.valid_from)
            yield {
                "list": name,
                "listing": listing,
                "model": pointer.model,
                "valid_from": day,
                "rule": pointer.rule,
                "refers_to": day,
                "known_from": day,
                "known_basis": "reconstructed",
            }


def build(snapshots: Snapshots) -> pd.DataFrame:
    """The table over all price lists and the router's catalogue."""
    from analysis.sources import api_prices, openrouter  # they ask this module for models

    crosswalk = read(snapshots)
    rows = [*expand(api_prices.events(snapshots), crosswalk)]
    rows += expand(openrouter.events(snapshots), crosswalk)
    return pd.DataFrame(rows).drop_duplicates(["list", "listing", "valid_from"])


def _two_days_of_gpt4(table: pd.DataFrame) -> bool:
    rows = table[(table["list"] == "langchain") & (table["listing"] == "gpt-4")]
    return list(rows["model"]) == ["gpt-4-0314", "gpt-4-0613"]


TABLES = [
    Table(
        name="model_crosswalk",
        title="Listings of the price lists and the scored models behind them",
        description=(
            "Which model of model_quality a listing sells, from when on. Matched by names typed"
            " by hand; hosts and regions are taken off a listing, dates and '-preview' never are."
            " An alias has one row for each model it pointed to; an empty model means that it"
            " moved to one without a score."
        ),
        build=build,
        key=("list", "listing", "valid_from"),
        columns=(
            Column("list", "text", "price list, or openrouter"),
            Column("listing", "text", "key of the listing in the list"),
            Column("model", "text", "model as in model_quality", required=False),
            Column("valid_from", "date", "first day on which the listing stood for the model"),
            Column(
                "rule",
                "text",
                "exact name, other spelling, alias that moves, quantised weights, or unscored",
                allowed=RULES,
            ),
        ),
        checks=(
            Check(
                "gpt4_moved_from_0314_to_0613",
                "table",
                "the name gpt-4 stood for gpt-4-0314 first and for gpt-4-0613 later",
                _two_days_of_gpt4,
            ),
            rows_at_least(1500),
        ),
    )
]

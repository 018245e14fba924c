"""The crosswalk joins listings to scored models, and only to models that they can have sold."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis import tables
from analysis.sources.crosswalk import CURATED, Crosswalk
from analysis.sources.listing_names import bare_name
from analysis.sources.sidecar import Snapshots

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture(scope="module")
def crosswalk() -> pd.DataFrame:
    return tables.load("model_crosswalk")


@pytest.fixture(scope="module")
def released() -> pd.Series:
    return tables.load("model_quality").groupby("model")["released"].min()


@pytest.fixture(scope="module")
def listings() -> pd.DataFrame:
    columns = ["list", "listing", "refers_to"]
    router = tables.load("router_prices").assign(list="openrouter")
    rows = pd.concat([tables.load("api_prices")[columns], router[columns]])
    return rows.groupby(["list", "listing"])["refers_to"].min().reset_index()


def test_every_listing_is_in_a_price_table(crosswalk, listings) -> None:
    known = set(zip(listings["list"], listings["listing"], strict=True))
    assert set(zip(crosswalk["list"], crosswalk["listing"], strict=True)) <= known


def test_every_model_has_a_score_and_every_curated_name_a_listing(crosswalk, released) -> None:
    assert set(crosswalk["model"]) - {""} <= set(released.index)
    curated = Snapshots(DATA).csv(CURATED)
    assert set(curated["model"]) - {""} <= set(released.index)
    assert set(curated["name"]) <= {bare_name(listing) for listing in crosswalk["listing"]}


def test_no_listing_sells_a_model_two_months_before_its_release(crosswalk, released) -> None:
    rows = crosswalk[crosswalk["model"] != ""]
    early = rows["model"].map(released) - rows["valid_from"]
    assert early.max() <= pd.Timedelta(days=62), rows.loc[early.idxmax()].to_dict()


def test_no_row_is_known_before_its_listing(crosswalk, listings) -> None:
    rows = crosswalk.merge(listings, on=["list", "listing"], suffixes=("", "_first"))
    assert len(rows) == len(crosswalk)
    assert (rows["known_from"] >= rows["refers_to_first"]).all()


PINS = [
    ("litellm", "openai", "gpt-4", "2023-04-01", "gpt-4-0314"),
    ("litellm", "openai", "gpt-4", "2023-08-31", "gpt-4-0613"),
    ("litellm", "openai", "gpt-3.5-turbo", "2023-08-31", "gpt-3.5-turbo-0613"),
    ("litellm", "openai", "gpt-3.5-turbo", "2024-11-28", "gpt-3.5-turbo-0125"),
    ("langchain", "openai", "gpt-4o", "2024-06-04", "gpt-4o-2024-05-13"),
    ("langchain", "openai", "gpt-4o", "2024-10-09", "gpt-4o-2024-08-06"),
    ("tokencost", "anthropic", "claude-3-opus-20240229", "2024-03-26", "claude-3-opus-20240229"),
    ("litellm", "bedrock", "anthropic.claude-v2", "2024-11-28", "claude-2.0"),
    ("litellm", "bedrock", "anthropic.claude-v2:1", "2024-11-28", "claude-2.1"),
    (
        "litellm",
        "bedrock",
        "anthropic.claude-3-5-sonnet-20241022-v2:0",
        "2024-11-28",
        "claude-3-5-sonnet-20241022",
    ),
    (
        "openrouter",
        "openrouter",
        "anthropic/claude-3.5-sonnet",
        "2024-09-05",
        "claude-3-5-sonnet-20240620",
    ),
    (
        "openrouter",
        "openrouter",
        "anthropic/claude-3.5-sonnet",
        "2024-11-04",
        "claude-3-5-sonnet-20241022",
    ),
    ("tokencost", "deepseek", "deepseek-chat", "2024-05-22", "deepseek-v2"),
    ("tokencost", "deepseek", "deepseek-chat", "2024-10-17", ""),
    ("litellm", "deepseek", "deepseek/deepseek-chat", "2025-01-31", "deepseek-v3"),
    ("litellm", "deepseek", "deepseek/deepseek-reasoner", "2025-06-28", "deepseek-r1-0528"),
    ("openrouter", "openrouter", "deepseek/deepseek-chat", "2025-12-06", "deepseek-v3"),
    ("litellm", "bedrock", "deepseek.v3-v1:0", "2025-09-28", "deepseek-v3.1"),
    ("litellm", "mistral", "mistral/mistral-large-latest", "2024-11-28", "mistral-large-2411"),
    ("litellm", "mistral", "mistral/mistral-large-2512", "2026-01-29", ""),
    ("litellm", "openai", "o1-preview", "2024-11-28", "o1-preview-2024-09-12"),
    ("litellm", "openai", "o1", "2024-12-31", "o1-2024-12-17"),
    ("litellm", "groq", "groq/llama-3.1-8b-instant", "2024-11-28", "llama-3.1-8b-instruct"),
    (
        "litellm",
        "bedrock",
        "mistral.mistral-7b-instruct-v0:2",
        "2024-11-28",
        "mistral-7b-instruct-v0.2",
    ),
    (
        "litellm",
        "gemini",
        "gemini/gemini-2.5-pro-preview-03-25",
        "2025-04-30",
        "gemini-2.5-pro-preview-03-25",
    ),
    ("litellm", "openai", "gpt-5.5-pro", "2026-04-26", "gpt-5.5-pro"),
    ("litellm", "anthropic", "claude-fable-5", "2026-06-30", "claude-fable-5"),
    ("litellm", "azure", "azure/gpt-4-turbo", "2024-03-26", ""),
]


@pytest.mark.parametrize(("name", "host", "listing", "day", "model"), PINS)
def test_well_known_models(name: str, host: str, listing: str, day: str, model: str) -> None:
    assert Crosswalk(Snapshots(DATA).csv(CURATED)).model(listing, host, day) == model


@pytest.mark.parametrize("name", ["api_prices", "router_prices"])
def test_price_rows_carry_the_model_of_their_day(name: str, crosswalk) -> None:
    table = tables.load(name)
    table = table if "list" in table else table.assign(list="openrouter")
    row = table[(table["model"] == "gpt-4o-2024-08-06") & (table["event"] != "gone")].iloc[0]
    pointers = crosswalk[
        (crosswalk["list"] == row["list"]) & (crosswalk["listing"] == row["listing"])
    ]
    past = pointers[pointers["valid_from"] <= row["refers_to"]]
    assert past.sort_values("valid_from")["model"].iloc[-1] == row["model"]


def test_the_frontier_and_the_cheap_end_are_joined(crosswalk) -> None:
    matched = set(crosswalk["model"])
    quality = tables.load("model_quality")
    declared = quality[quality["effort"] != "unknown"]
    best = declared.sort_values("ability").drop_duplicates("model", keep="last")
    never_sold = "pre-release|deep-think|^muse-spark$"
    sold = best[~best["model"].str.contains(never_sold)]
    top = sold.sort_values("ability").tail(60)
    assert set(top["model"]) <= matched
    assert len(matched) >= 220
    cheap = {"llama-3.1-8b-instruct", "gpt-oss-20b", "gemini-1.5-flash-002", "amazon.nova-lite-v1"}
    assert cheap <= matched

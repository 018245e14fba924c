"""The price tables as built: published prices at their dates, known errors corrected or flagged."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis import tables
from analysis.sources import litellm, price_snapshots
from analysis.sources.sidecar import Snapshots

DATA = Path(__file__).resolve().parents[2] / "data"

INPUT, OUTPUT = "input_usd_per_million_tokens", "output_usd_per_million_tokens"


@pytest.fixture(scope="module")
def api() -> pd.DataFrame:
    return tables.load("api_prices")


@pytest.fixture(scope="module")
def router() -> pd.DataFrame:
    return tables.load("router_prices")


def at(table: pd.DataFrame, day: str, **where: str) -> tuple[float, float, str]:
    """Prices and flag of the one listing that matches, as of a day."""
    rows = table[table["refers_to"] <= day]
    for column, value in where.items():
        rows = rows[rows[column] == value]
    row = rows.sort_values("refers_to").iloc[-1]
    return row[INPUT], row[OUTPUT], row["flag"]


PUBLISHED = [
    # OpenAI, GPT-4 API general availability (2023-07-06) and launch (2023-03-14)
    ("langchain", "gpt-4-0314", "2023-04-01", 30, 60),
    ("litellm", "gpt-4", "2023-08-31", 30, 60),
    # OpenAI, DevDay (2023-11-06)
    ("litellm", "gpt-4-1106-preview", "2023-12-14", 10, 30),
    # Anthropic, Claude 3 (2024-03-04) and Claude 3.5 Sonnet (2024-06-20)
    ("tokencost", "claude-3-opus-20240229", "2024-03-26", 15, 75),
    ("tokencost", "claude-3-5-sonnet-20240620", "2024-07-25", 3, 15),
    # OpenAI, GPT-4o (2024-05-13), GPT-4o mini (2024-07-18), o1 (2024-12-17), GPT-4.5 (2025-02-27)
    ("langchain", "gpt-4o-2024-05-13", "2024-06-04", 5, 15),
    ("tokencost", "gpt-4o-mini", "2024-07-25", 0.15, 0.6),
    ("litellm", "o1", "2024-12-31", 15, 60),
    ("litellm", "gpt-4.5-preview", "2025-03-28", 75, 150),
    # OpenAI, o3 at launch (2025-04-16) and after the cut by 80 % (2025-06-10), GPT-5 (2025-08-07)
    ("litellm", "o3", "2025-04-30", 10, 40),
    ("litellm", "o3", "2025-06-28", 2, 8),
    ("litellm", "gpt-5", "2025-08-30", 1.25, 10),
    # DeepSeek, V2 (2024-05-06) and the end of the V3 introductory price (2025-02-08)
    ("tokencost", "deepseek-chat", "2024-05-22", 0.14, 0.28),
    ("litellm", "deepseek/deepseek-chat", "2025-02-27", 0.27, 1.1),
]


@pytest.mark.parametrize(("name", "listing", "day", "into", "out"), PUBLISHED)
def test_published_prices_are_in_the_lists(
    api: pd.DataFrame, name: str, listing: str, day: str, into: float, out: float
) -> None:
    assert at(api, day, list=name, listing=listing)[:2] == (into, out)


CORRECTED = [
    ("litellm", "gpt-4-0613", "2023-08-31", 30, 60),
    ("litellm", "claude-instant-1.2", "2024-11-28", 1.63, 5.51),
    ("tokencost", "claude-instant-1.2", "2024-06-15", 1.63, 5.51),
    ("litellm", "gpt-5.5-pro", "2026-04-26", 30, 180),
    ("litellm", "azure/gpt-5.5-pro-2026-04-23", "2026-04-26", 30, 180),
    ("litellm", "text-davinci-003", "2023-11-30", 20, 20),
    ("tokencost", "vertex_ai/claude-3-opus@20240229", "2024-05-22", 15, 75),
]


@pytest.mark.parametrize(("name", "listing", "day", "into", "out"), CORRECTED)
def test_recording_errors_are_corrected(
    api: pd.DataFrame, name: str, listing: str, day: str, into: float, out: float
) -> None:
    assert at(api, day, list=name, listing=listing) == (into, out, "")


FLAGGED = [
    ("litellm", "wandb/openai/gpt-oss-120b", "2025-10-26", "unit_error:wandb"),
    ("litellm", "azure_ai/jais-30b-chat", "2026-11-12", "unit_error:azure-jais"),
    ("litellm", "watsonx/core42/jais-13b-chat", "2026-11-12", "unit_error:watsonx-jais"),
    ("litellm", "gemini/gemini-1.5-flash", "2026-03-31", "non_text"),
    ("litellm", "gpt-3.5-turbo", "2025-08-30", "stale"),
    ("tokencost", "gpt-4o", "2024-10-17", "stale"),
    ("litellm", "xai/grok-4", "2026-09-29", "alias_roll"),
    ("litellm", "xai/grok-3-mini", "2026-09-29", "alias_roll"),
    ("litellm", "xai/grok-code-fast-1", "2026-08-22", "alias_roll:grok-code-fast"),
    ("litellm", "xai/grok-code-fast-1", "2026-09-29", "withdrawn"),
    ("litellm", "gemini-1.5-pro-preview-0409", "2024-12-31", "per_character"),
    ("tokencost", "gemini-1.5-pro", "2024-05-22", "per_character:gemini-1.5-pro-tokencost"),
    ("tokencost", "gemini-1.5-pro", "2024-10-17", "per_character"),
    ("litellm", "anyscale/mistralai/Mixtral-8x7B-Instruct-v0.1", "2025-01-31", "withdrawn"),
]


@pytest.mark.parametrize(("name", "listing", "day", "flag"), FLAGGED)
def test_rows_unfit_for_comparison_are_flagged_not_dropped(
    api: pd.DataFrame, name: str, listing: str, day: str, flag: str
) -> None:
    assert flag in at(api, day, list=name, listing=listing)[2].split("|")


def test_per_character_gemini_no_longer_wins_searches_of_2024(api: pd.DataFrame) -> None:
    live = api[(api["refers_to"] <= "2024-12-31") & (api["flag"] == "") & (api["event"] != "gone")]
    gemini = live[live["listing"].str.contains(r"gemini-1\.5")]
    assert len(gemini) >= 10
    assert gemini[INPUT].min() >= 0.075
    assert gemini.loc[gemini["listing"].str.contains("pro"), INPUT].min() >= 1.25


def test_wandb_is_right_again_after_its_year_of_wrong_units(api: pd.DataFrame) -> None:
    assert at(api, "2026-09-29", listing="wandb/openai/gpt-oss-120b") == (0.03, 0.17, "")


def test_no_price_is_zero_and_no_unflagged_row_lacks_one(api: pd.DataFrame) -> None:
    sold = api[(api["event"] != "gone") & (api["flag"] == "")]
    assert sold[[INPUT, OUTPUT]].notna().all(axis=None)
    assert not (api[[INPUT, OUTPUT]] == 0).any(axis=None)


def test_every_flag_has_words(api: pd.DataFrame, router: pd.DataFrame) -> None:
    for table in (api, router):
        assert ((table["flag"] == "") == (table["flag_reason"] == "")).all()


def test_lists_keep_to_their_own_dates(api: pd.DataFrame) -> None:
    days = api.groupby("list")["refers_to"].agg(["min", "max", "nunique"])
    assert days.loc["langchain"].tolist() == [
        pd.Timestamp("2023-04-01"),
        pd.Timestamp("2024-10-09"),
        8,
    ]
    assert days.loc["tokencost", "max"] == pd.Timestamp("2025-02-11")
    assert days.loc["litellm", "max"] == pd.Timestamp("2026-11-12")


def test_the_router_has_31_copies_and_its_variants_are_apart(router: pd.DataFrame) -> None:
    assert router["refers_to"].nunique() == 31
    assert router["listing"].nunique() == 990
    variants = router[(router["variant"] != "") & (router["event"] != "gone")]
    kinds = set(variants["variant"])
    assert {"free", "batch", "thinking", "exacto", "extended", "beta", "nitro"} == kinds
    assert (variants["flag"] != "").all()


def test_the_router_showed_batch_prices_of_gpt_5_6_in_one_copy(router: pd.DataFrame) -> None:
    shown = at(router, "2026-08-03", listing="openai/gpt-5.6-luna")
    assert shown == (0.1, 0.6, "variant:router-gpt-5.6-luna")
    batch = at(router, "2026-09-02", listing="openai/gpt-5.6-luna:batch")
    assert batch[:2] == shown[:2]
    assert at(router, "2026-09-02", listing="openai/gpt-5.6-luna") == (0.2, 1.2, "")


def test_a_corrected_price_is_corrected_at_every_as_of() -> None:
    then = tables.load("api_prices", as_of="2023-09-01")
    assert at(then, "2023-09-01", list="litellm", listing="gpt-4") == (30, 60, "")


@pytest.mark.parametrize(
    ("release", "count"),
    [("litellm 0.1.512", 17), ("litellm 1.98.0", 3039), ("litellm 1.103.1", 4319)],
)
def test_the_list_jumps_in_2026_09_so_a_raw_median_is_composition(release: str, count: int) -> None:
    copies = price_snapshots.releases(litellm.UPSTREAM, Snapshots(DATA), litellm.offers)
    (found,) = [copy for copy in copies if copy.release == release]
    assert len(found.offers) == count

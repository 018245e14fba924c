"""Small tables in the form of those on energy."""

from __future__ import annotations

import pandas as pd

from analysis.economics.energy.published import AI, ALL_USES, CENTRES, DEMAND_GROWTH, USE
from analysis.economics.energy.published import WORLD_SHARE as SHARE

GROWTH, COMPUTE = "growth of data centre electricity", "inference share of AI compute"
ROWS = [
    (USE, CENTRES, "IEA", 2024, 400, "B"),
    (USE, CENTRES, "IEA", 2030, 1000, "B"),
    (USE, CENTRES, "IEA", 2035, 1200, "B"),
    (USE, f"{CENTRES}, high case", "IEA", 2035, 1800, "B"),
    (USE, f"{CENTRES}, high case", "IEA", 2030, 1500, "C"),
    (USE, f"{CENTRES}, low case", "IEA", 2030, 700, "B"),
    (GROWTH, CENTRES, "IEA", 2025, 10, "B"),
    (SHARE, CENTRES, "IEA", 2024, 2, "B"),
    (SHARE, CENTRES, "IEA", 2030, 4, "B"),
    (SHARE, CENTRES, "Goldman Sachs, low", 2030, 3, "B"),
    (SHARE, CENTRES, "Goldman Sachs, high", 2030, 5, "B"),
    (DEMAND_GROWTH, ALL_USES, "IEA", 2025, 3, "B"),
    (DEMAND_GROWTH, ALL_USES, "IEA", 2030, 4, "B"),
    ("electricity generation", ALL_USES, "Ember", 2025, 30_000, "C"),
    ("AI share of data centres", "AI servers", "IEA", 2024, 25, "B"),
    (GROWTH, AI, "IEA", 2025, 50, "B"),
    ("growth from 2024 to 2030", AI, "IEA", 2030, 4, "B"),
    ("growth from 2025 to 2030", AI, "IEA", 2030, 2, "B"),
    (USE, CENTRES, "Gartner", 2030, 800, "B"),
    (USE, "AI servers", "Gartner", 2030, 320, "B"),
    ("AI share of data centres", "capacity", "McKinsey", 2030, 70, "B"),
    ("inference share of AI energy", "Google", "Google", 2021, 60, "B"),
    ("inference share of AI power", "Meta", "Meta", 2021, 70, "B"),
    (COMPUTE, "all AI", "McKinsey", 2030, 50, "B"),
    (COMPUTE, "all AI", "attributed to the IEA, high", 2025, 90, "C"),
    ("inference share of data centres, low", "all AI", "McKinsey", 2030, 30, "B"),
    ("inference share of data centres, high", "all AI", "McKinsey", 2030, 40, "B"),
    ("part of a prompt's energy, chips", "Gemini", "Google", 2025, 50, "B"),
    ("part of a prompt's energy, host", "Gemini", "Google", 2025, 25, "B"),
    ("part of a prompt's energy, idle machines", "Gemini", "Google", 2025, 5, "B"),
    ("part of a prompt's energy, building", "Gemini", "Google", 2025, 20, "B"),
    ("power usage effectiveness", CENTRES, "Uptime Institute", 2025, 1.5, "B"),
    ("energy of a text prompt", "ChatGPT", "OpenAI", 2025, 0.34, "B"),
    ("energy of a text prompt, chips only", "Gemini", "Google", 2025, 0.1, "B"),
]


def facts() -> pd.DataFrame:
    columns = ["fact", "subject", "publisher", "year", "value", "grade"]
    frame = pd.DataFrame(ROWS, columns=columns)
    days = pd.to_datetime(frame.pop("year").astype(str) + "-12-31")
    return frame.assign(
        region="World",
        period_end=days,
        unit="1",
        note="",
        source="Agency, https://www.example.org/a/b",
    )


def timings() -> pd.DataFrame:
    rows = [
        ("decode", "m", 1, 1024, 1e9, 100.0),
        ("decode", "m", 10, 1024, 1e9, 500.0),
        ("decode", "m", 1, 32_768, 1e9, 50.0),
        ("prefill", "m", 4, 2048, 1e9, 10_000.0),
        ("diffusion", "d", 1, 1, 1e9, 1.0),
    ]
    columns = ["phase", "model", "batch", "context_tokens", "active_parameters", "tokens_per_s"]
    return pd.DataFrame(rows, columns=columns)


def acts(*more: tuple[str, ...], as_of: str = "2026-06-30") -> pd.DataFrame:
    rows = [
        ("Law", "law", "data centres", "no", "in force", "2023-09-13", "label of sites"),
        ("Bill", "bill", "AI models", "no", "lapsed", "2024-02-01", "reports"),
        *more,
    ]
    columns = ["act", "kind", "subject", "cites_price_event", "status", "refers_to", "note"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["refers_to"] = pd.to_datetime(frame["refers_to"])
    frame = frame.assign(jurisdiction="X", grade="B")
    frame.attrs = {"observed_through": "2026-06-30", "as_of": as_of}
    return frame


def price_events() -> pd.DataFrame:
    rows = [
        ("Pictures", "image generator", 400.0, None, "no"),
        ("Words", "assistant", None, 80.0, "yes"),
        ("Small", "assistant", 20.0, None, "no"),
        ("Code", "coding", 400.0, None, "no"),
    ]
    columns = ["service", "kind", "price_change_percent", "free_cut_percent", "reversed"]
    frame = pd.DataFrame(rows, columns=columns).assign(
        consumer="yes", event="changed", free_tier_cut="yes", large="yes", part_only="no",
        national_outlets=0, refers_to=pd.Timestamp(2024, 1, 1), grade="B",
    )  # fmt: skip
    frame["price_change_percent"] = frame["price_change_percent"].astype(float)
    frame["free_cut_percent"] = frame["free_cut_percent"].astype(float)
    frame.attrs = {"observed_through": "2026-06-30", "as_of": "2026-06-30"}
    return frame

"""Tokens of the most used models on OpenRouter, by month."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.schemas import Column, Table
from analysis.sources.sidecar import Snapshots

TOP = "snapshots/openrouter_usage/top15.csv"
LIVE = "was put together by hand from captures of a page"
WEIGHTS = "curated/router_models.csv"
CLOSED = ("anthropic/", "google/gemini-", "openai/gpt-4", "openai/gpt-5", "x-ai/")


def router_usage(snapshots: Snapshots) -> pd.DataFrame:
    """Fifteen rows a month; weights are open in a week if they were by its end."""
    rows = snapshots.csv(TOP).merge(snapshots.csv(WEIGHTS), on="model", how="left")
    by_maker = rows["model"].str.startswith(CLOSED)
    opened = rows["opened_on"].fillna("") <= rows["week_end"]
    held = rows["open_weights"].where(opened | (rows["open_weights"] != "yes"), "no")
    return rows.assign(
        developer=rows["model"].str.split("/").str[0],
        open_weights=held.where(~by_maker, "no"),
        evidence=rows["evidence"].where(~by_maker, "the developer serves it alone"),
        refers_to=rows["week_end"],
        known_from=rows["captured_on"],
        known_basis="vintage",
    )


def _fifteen_in_order(usage: pd.DataFrame) -> bool:
    """Every month has ranks 1 to 15 and tokens that fall with the rank."""
    months = usage.sort_values("rank").groupby("month")
    return all(
        list(rows["rank"]) == list(range(1, 16)) and rows["tokens"].is_monotonic_decreasing
        for _, rows in months
    )


def _weights_are_dated(usage: pd.DataFrame) -> bool:
    """MiniMax M2.7 was served in March 2026 and its weights were published in April."""
    rows = usage[usage["model"] == "minimax/minimax-m2.7-20260318"].set_index("month")
    return bool(rows.loc["2026-03", "open_weights"] == "no") and bool(
        rows.loc["2026-04", "open_weights"] == "yes"
    )


TABLES = [
    Table(
        name="router_usage",
        title="OpenRouter: the fifteen most used models by month, February 2025 to August 2026",
        description=(
            "Prompt and completion tokens of the last full week of a month, from captures of the"
            " public ranking; May 2026 is missing, August 2026 is a week in the middle. Shares can"
            " be taken within the fifteen only, since the total is not in the captures, and of"
            " this router's users only, who choose by price. Whether weights are open was looked"
            " up by hand; not checked is neither. Size is not given: it is rarely published."
        ),
        build=router_usage,
        key=("month", "rank"),
        columns=(
            Column("month", "text", "month (YYYY-MM)"),
            Column("rank", "integer", "place by tokens", "count", least=1),
            Column("model", "text", "model, as the router names it"),
            Column("developer", "text", "first part of that name"),
            Column("tokens", "integer", "tokens in the week", "tokens", least=1),
            Column(
                "open_weights",
                "text",
                "whether its weights were public by the end of the week",
                allowed=("yes", "no", "not checked"),
            ),
            Column("evidence", "text", "on what basis we say so"),
        ),
        checks=(
            Check("fifteen_in_order", "table", "in every month", _fifteen_in_order),
            Check("weights_are_dated", "table", "MiniMax M2.7", _weights_are_dated),
            rows_at_least(270),
        ),
    )
]

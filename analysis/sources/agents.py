"""Measured token budgets of agent sessions and of chats."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, SOURCE, source_named
from analysis.sources.sidecar import Snapshots

BUDGETS = "curated/token_budgets.csv"
ACTIVITIES = ("agent", "chat", "request")


def token_budgets(snapshots: Snapshots) -> pd.DataFrame:
    return snapshots.csv(BUDGETS)


def _input_is_the_sum(budgets: pd.DataFrame) -> bool:
    """Fresh and cached input add up to all input, within rounding of published sums."""
    rows = budgets.dropna(subset=["fresh_input_tokens", "cached_input_tokens"])
    parts = rows["fresh_input_tokens"] + rows["cached_input_tokens"]
    return bool(((parts / rows["total_input_tokens"] - 1).abs() < 0.002).all() and len(rows) >= 6)


def _agents_read_more_than_they_write(budgets: pd.DataFrame) -> bool:
    """Every agent budget has at least fifty input tokens for each output token."""
    rows = budgets[budgets["activity"] == "agent"].dropna(subset=["total_input_tokens"])
    return bool((rows["total_input_tokens"] > 50 * rows["output_tokens"]).all())


def _count(name: str, description: str, *, unit: str = "tokens") -> Column:
    return Column(name, "number", description, unit, required=False, above=0)


TABLES = [
    Table(
        name="token_budgets",
        title="Token budgets of coding agents and of chats",
        description=(
            "Sums, means or medians as published: compare rows of one unit only. Hours are of"
            " different kinds. Agents here write code; no measured budget of others was found. Two"
            " large traces (TraceLab and GitHub Copilot) are samples of users, the rest are single"
            " users or benchmarks. Chat rows count each turn once, without the context sent again."
        ),
        build=token_budgets,
        key=("budget",),
        columns=(
            Column("budget", "text", "short name"),
            Column("activity", "text", "what is done", allowed=ACTIVITIES),
            Column("tool", "text", "with what"),
            Column("model", "text", "language model, where it is one", required=False),
            Column("unit", "text", "what the figures are for"),
            Column("statistic", "text", "how taken", allowed=("mean", "median", "total")),
            _count("samples", "sessions, tasks or conversations behind it", unit="count"),
            _count("turns", "messages of the user", unit="count"),
            _count("calls", "calls of the model", unit="count"),
            _count("fresh_input_tokens", "input not read from a cache, cache writes included"),
            _count("cached_input_tokens", "input read from a cache"),
            _count("total_input_tokens", "all input"),
            _count("output_tokens", "output; reasoning included unless noted"),
            _count("prompt_tokens_per_turn", "length of a user's message or of a request"),
            _count("response_tokens_per_turn", "length of a reply"),
            _count("hours", "duration, of the kind that the next column says", unit="hours"),
            Column("hours_kind", "text", "what the hours are", required=False),
            _count("cost_usd", "cost as stated, for the unit", unit="USD"),
            _count("input_cost_share", "part of the cost that is input", unit="1"),
            Column("cost_basis", "text", "prices behind the cost", required=False),
            Column("note", "text", "what to know about it", required=False),
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is(
                "copilot_traces_hold_301026_sessions",
                {"budget": "copilot_total"},
                "samples",
                301026,
            ),
            Check("input_is_fresh_plus_cached", "table", "within 0.2 %", _input_is_the_sum),
            Check(
                "agents_read_more_than_they_write",
                "table",
                "fifty to one",
                _agents_read_more_than_they_write,
            ),
            source_named(),
            rows_at_least(25),
        ),
    )
]

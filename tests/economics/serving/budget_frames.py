"""Small frames in the shape of the tables that token budgets and prices come from."""

from __future__ import annotations

import pandas as pd

_BUDGET = ["budget", "activity", "unit", "statistic", "grade", "samples", "turns", "calls"]
_BUDGET += ["fresh_input_tokens", "cached_input_tokens", "total_input_tokens", "output_tokens"]
_BUDGET += ["prompt_tokens_per_turn", "response_tokens_per_turn", "hours"]
_BUDGET += ["cost_usd", "input_cost_share"]


def token_budgets() -> pd.DataFrame:
    """Two samples of users, one benchmark without a split, two conversations.

    A call of TraceLab takes 90 s on the clock (2 h a session of 80 calls) and 36 s at work.
    """
    no = None
    rows = [
        ("tracelab_total", "agent", "all sessions", "total", "A", 10, 20, 800,
         1e6, 9e6, 10e6, 1e5, no, no, 8.0, no, 0.9),
        ("tracelab_session_mean", "agent", "session", "mean", "A", 10, 2, no,
         no, no, no, no, no, no, 2.0, 9.0, 0.9),
        ("tracelab_session_median", "agent", "session", "median", "A", 10, 1, no,
         no, no, no, no, no, no, 0.1, 1.5, no),
        ("copilot_total", "agent", "all sessions", "total", "A", 100, 200, 4000,
         4e6, 16e6, 20e6, 2e5, no, no, no, no, no),
        ("bench", "agent", "task", "mean", "B", 5, no, 40,
         no, no, 1e6, 1e4, no, no, no, no, no),
        ("short", "chat", "conversation", "mean", "A", 1000, 2.0, no,
         no, no, no, no, 100.0, 200.0, no, no, no),
        ("long", "chat", "conversation", "mean", "A", 1000, 4.0, no,
         no, no, no, no, no, 800.0, no, no, no),
        ("openrouter_request_2025", "request", "request", "mean", "B", no, no, no,
         no, no, no, no, 6000.0, no, no, no, no),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=_BUDGET)

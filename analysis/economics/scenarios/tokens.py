"""What is published of the tokens and of the cost of a task."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.methods import trend


def token_range(budgets: pd.DataFrame) -> tuple[float, float]:
    """No growth, and the fastest between two published mean lengths of replies; log10 per year.

    Raises:
        InputError: while fewer than two lengths are known, or none is longer than an earlier one.
    """
    known = budgets[(budgets["activity"] == "chat") & budgets["response_tokens_per_turn"].notna()]
    rows = known.sort_values("refers_to", kind="stable")
    years = np.asarray(trend.decimal_year(rows["refers_to"])) if len(rows) else np.zeros(0)
    logs = np.log10(rows["response_tokens_per_turn"].to_numpy(dtype=float))
    first, second = np.triu_indices(len(rows), 1)
    apart = years[second] - years[first]
    growth = (logs[second] - logs[first])[apart > 0] / apart[apart > 0]
    if not len(growth) or growth.max() <= 0:
        raise InputError("token_budgets", "have no two replies that tell a growth")
    return 0.0, float(growth.max())


def task_costs(budgets: pd.DataFrame) -> pd.DataFrame:
    """Published costs of one agent's task or session, the dearest first; nothing rests on them."""
    one = budgets["unit"].isin(("task", "session")) & budgets["cost_usd"].notna()
    columns = ["tool", "model", "unit", "statistic", "cost_usd", "cost_basis", "refers_to", "grade"]
    found = budgets.loc[one, columns].sort_values("cost_usd", ascending=False, kind="stable")
    if found.empty:
        raise InputError("token_budgets", "have no cost of a task")
    return found.reset_index(drop=True)

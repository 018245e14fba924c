"""Do prices of subscriptions follow those of the interfaces behind them (c71)?"""

from __future__ import annotations

import pandas as pd

from analysis.claims.answer import Answer

METHOD = "plans with a price on two days, held against the API price of the model behind"
MISSING = (
    "A dated panel of subscription prices and a list of the model behind each plan are missing, so"
    " no change of a plan can be set against one of its model."
)


def dated_plans(plans: pd.DataFrame) -> pd.DataFrame:
    """Each plan, its price, and whether a first or last day of it is on record."""
    dated = plans["from_day"].notna() | plans["to_day"].notna()
    columns = ["product", "plan", "usd_per_month", "from_day", "to_day", "grade"]
    return plans[columns].assign(dated=dated).reset_index(drop=True)


def elasticity(plans: pd.DataFrame) -> Answer:
    """Why there is no elasticity of subscription to API prices (c71), with what was looked at.

    A plan would count once its price is on record for two days; ``n`` is how many are.
    """
    twice = plans.groupby(["product", "plan"])["usd_per_month"].nunique()
    n = int((twice >= 2).sum())
    reason = f"{len(twice)} plans are on record, {n} of them with two dated prices. {MISSING}"
    grade = str(plans["grade"].max()) if len(plans) else "B"
    return Answer(None, None, n, METHOD, reason, grade)

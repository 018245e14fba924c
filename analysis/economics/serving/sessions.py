"""What a session and an hour of an agent cost, beside a chat, and what of it is input.

Readings fixed before any result was computed:

- A session is the mean session of a published trace (sum over sessions), a chat the mean
  conversation of a published corpus; both are priced at the same model.
- The Monte Carlo draws a trace, a conversation or the pace of an hour, and a model. It spans what
  has been published, not what single users spend.
- The share of input (c36) uses the traces of grades A and B whose count of output is complete; two
  counters are known to miss reasoning. It is the mean over traces, each at every model.
- The hour (c35) is from the first to the last event of a session (``budgets``), its interval the
  90 % that the rule names, its estimate the median draw (``session_readings``).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.serving import budgets
from analysis.economics.serving.budgets import CLOCK, CONVERSATION, TOKENS, USERS
from analysis.economics.serving.draws import spread
from analysis.economics.serving.token_prices import cost, drawn
from analysis.errors import InputError
from analysis.methods import validate

DRAWS = 20_000
HOUR_LEVEL = 0.90  # named by the rule of c35
SIZED = ("A", "B")
MEAN, MEDIAN = "mean session", "middle session"
SESSIONS = (MEAN, MEDIAN)


def hour(
    frame: pd.DataFrame, prices: pd.DataFrame, *, seed: int = 0, n: int = DRAWS, **choices: Any
) -> np.ndarray:
    """Draws of the cost of an hour of an agent, USD; ``choices`` as in ``budgets.draws``."""
    rng = np.random.default_rng(seed)
    return drawn(budgets.draws(frame, "agent", n, rng, **choices), prices, rng)


def agents(
    frame: pd.DataFrame, *, grades: Collection[str] = USERS, session: str = MEAN
) -> pd.DataFrame:
    """Sessions of agents: the mean one of each trace, or the middle one by its stated cost.

    Raises:
        InputError: for an unknown choice, or while no such trace is known.
    """
    validate.choice("session", session, SESSIONS)
    return _middle(frame) if session == MEDIAN else budgets.traces(frame, grades=grades)


def chats(
    frame: pd.DataFrame, *, context: str = CONVERSATION, source: str | None = None
) -> pd.DataFrame:
    """Conversations of all corpora or of one.

    Raises:
        InputError: while none is known.
    """
    talk = budgets.conversation(frame, context=context)
    talk = talk if source is None else talk[talk["source"] == source]
    if talk.empty:
        raise InputError("source", f"no conversation of {source}")
    return talk


def ratio(
    sessions: pd.DataFrame,
    talk: pd.DataFrame,
    prices: pd.DataFrame,
    *,
    seed: int = 0,
    n: int = DRAWS,
) -> np.ndarray:
    """Draws of the cost of a session of an agent over that of a chat at the same model."""
    table = cost(sessions, prices).to_numpy()[:, None] / cost(talk, prices).to_numpy()[None]
    rng = np.random.default_rng(seed)
    models = rng.choice(len(prices), n, p=prices["weight"].to_numpy())
    return table[rng.integers(0, len(sessions), n), rng.integers(0, len(talk), n), models]


def session_ratio(
    frame: pd.DataFrame, prices: pd.DataFrame, *, level: float = 0.95, seed: int = 0
) -> Answer:
    """Cost of an agent session over a chat session, the middle draw (c21).

    Raises:
        InputError: while no agent trace or no conversation is known.
    """
    known, talk = agents(frame), chats(frame)
    low, middle, high = spread(ratio(known, talk, prices, seed=seed), level)
    return Answer(
        middle, (low, high), len(known) + len(talk),
        method="mean session over mean conversation at one model's prices, Monte Carlo",
        reason=(
            f"{len(known)} traces against {len(talk)} corpora of chats, the oldest of 2023 and"
            " without hidden reasoning, which makes the chats too cheap"
        ),
    )  # fmt: skip


def counted(
    frame: pd.DataFrame, *, grades: Collection[str] = SIZED, complete: bool = True
) -> pd.DataFrame:
    """Traces with the share of input as their source states it, and whether output is complete.

    Raises:
        InputError: when no trace is left.
    """
    known = budgets.traces(frame, grades=grades)
    notes = frame.set_index("budget")["note"].fillna("")
    stated = frame.set_index("budget")["input_cost_share"]
    short = known["trace"].map(notes).str.contains("miss output|not in the output")
    known = known.assign(complete=~short, stated=known["trace"].map(stated))
    known = known[known["complete"]] if complete else known
    if known.empty:
        raise InputError("traces", "none has a complete count of output")
    return known.reset_index(drop=True)


def input_shares(known: pd.DataFrame, prices: pd.DataFrame) -> pd.DataFrame:
    """Share of cost that is input: trace, grade, complete, stated, share (mean over models)."""
    written = known[["output"]].to_numpy() * prices["output"].to_numpy() / 1e6
    shares = 1 - written / cost(known, prices).to_numpy()
    found = known[["trace", "grade", "complete", "stated"]]
    return found.assign(share=shares @ prices["weight"].to_numpy())


def input_share(
    frame: pd.DataFrame, prices: pd.DataFrame, *, level: float = 0.95, seed: int = 0
) -> Answer:
    """Share of an agent session's cost that is input, mean over traces (c36).

    Raises:
        InputError: for fewer than two traces.
    """
    found = input_shares(counted(frame), prices)
    if len(found) < 2:
        raise InputError("traces", f"{len(found)} with a complete count; an interval needs two")
    values = found["share"].to_numpy()
    picks = np.random.default_rng(seed).integers(0, len(values), (DRAWS, len(values)))
    low, _, high = spread(values[picks].mean(axis=1), level)
    return Answer(
        float(values.mean()), (low, high), len(found),
        method=f"mean over published traces at the prices of {len(prices)} models,"
        " bootstrap over traces",
        reason=(
            f"{len(found)} traces, each counted once: the interval cannot reach beyond them;"
            " all are of agents that write code"
        ),
        grade=str(found["grade"].max()),
    )  # fmt: skip


def per_trace(frame: pd.DataFrame, prices: pd.DataFrame) -> pd.DataFrame:
    """Every trace with tokens: a session's tokens, cost, and cost of an hour by kind of hour."""
    known = budgets.traces(frame, grades=("A", "B", "C"))
    usd = cost(known, prices).to_numpy() @ prices["weight"].to_numpy()
    rows = known[["trace", "grade", "sessions", *TOKENS]].assign(usd_per_session=usd)
    for name, kind in (("usd_per_hour", CLOCK), ("usd_per_hour_at_work", budgets.WORK)):
        rows[name] = usd / known[kind]
    return rows


def stated_hours(frame: pd.DataFrame) -> pd.DataFrame:
    """Costs that sources state themselves for a session or task of known length, USD an hour."""
    rows = frame[(frame["activity"] == "agent") & frame["cost_usd"].notna()]
    rows = rows[rows["hours"].notna() & (rows["hours_kind"] != "tools only")]
    rows = rows[rows["statistic"] != "total"]
    columns = ["budget", "tool", "model", "statistic", "hours", "hours_kind", "cost_usd"]
    hourly = rows["cost_usd"] / rows["hours"]
    return rows[[*columns, "grade"]].assign(usd_per_hour=hourly).reset_index(drop=True)


def _middle(frame: pd.DataFrame) -> pd.DataFrame:
    """The mean session of TraceLab, scaled to the stated cost of its middle session."""
    costs = frame.set_index("budget")["cost_usd"]
    mean = budgets.traces(frame)
    mean = mean[mean["trace"] == "tracelab_total"]
    if mean.empty or "tracelab_session_median" not in costs.index:
        raise InputError("session", "no trace states the cost of its middle session")
    scale = float(costs["tracelab_session_median"]) / float(costs["tracelab_session_mean"])
    return mean.assign(**{name: mean[name] * scale for name in TOKENS})

"""How far the cost of sessions and hours of agents hangs on the choices behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.serving import budgets, sessions
from analysis.economics.serving.draws import spread
from analysis.economics.serving.token_prices import APRIL, SETS, drawn, price_set
from analysis.economics.training.robustness import Estimate, bare
from analysis.errors import InputError
from analysis.methods import multiverse
from analysis.methods.multiverse import Multiverse

FEWER = 4000  # draws a specification
MEAN, MEDIAN = "mean", "median"
EVERY = "all corpora"
USERS, SIZED, ALL = "samples of users", "and benchmarks", "and single users"
TRACES = {USERS: ("A",), SIZED: ("A", "B"), ALL: ("A", "B", "C")}
THEN, NOW = "April 2026", "day of the run"
WRITES = {"as fresh input": False, "as written": True}


@dataclass(frozen=True, eq=False)
class Priced:
    """The three tables, and every set of prices that a specification may ask for."""

    budgets: pd.DataFrame
    cached_prices: pd.DataFrame
    usage: pd.DataFrame
    today: pd.Timestamp

    @cached_property
    def sets(self) -> dict[tuple[str, str, str], pd.DataFrame | InputError]:
        """Prices by set of models, day and treatment of writes, or why there are none."""
        found: dict[tuple[str, str, str], pd.DataFrame | InputError] = {}
        days = {THEN: min(APRIL, self.today), NOW: self.today}
        for models in SETS:
            for day, date in days.items():
                for name, writes in WRITES.items():
                    try:
                        prices: pd.DataFrame | InputError = price_set(
                            bare(self.cached_prices), bare(self.usage), models,
                            day=date, writes=writes,
                        )  # fmt: skip
                    except InputError as error:
                        prices = error
                    found[models, day, name] = prices
        return found

    def prices(self, models: str, day: str = THEN, writes: str = "as fresh input") -> pd.DataFrame:
        """Raises InputError where a set has no prices."""
        found = self.sets[models, day, writes]
        if isinstance(found, InputError):
            raise found
        return found

    def traces(self, which: str) -> tuple[pd.DataFrame, Sequence[str]]:
        """The budgets with only the traces asked for (a group or one trace), and their grades."""
        if which in TRACES:
            return self.budgets, TRACES[which]
        others = self.budgets["output_tokens"].notna() & (self.budgets["activity"] == "agent")
        grades = self.budgets["grade"].where(
            ~others | (self.budgets["budget"] == which), "left out"
        )
        return self.budgets.assign(grade=grades), ("A", "B", "C")


def hour_curve(priced: Priced) -> Multiverse:
    """Cost of an hour: traces, hour, models, day of the prices, writes to the cache, estimand."""
    axes: Mapping[str, Sequence[Any]] = {
        "traces": (USERS, SIZED, "tracelab_total", "copilot_total"),
        "hour": budgets.HOURS,
        "models": SETS,
        "day": (THEN, NOW),
        "writes": tuple(WRITES),
        "estimand": (MEDIAN, MEAN),
    }

    @cache
    def tokens(traces: str, hour: str) -> pd.DataFrame:
        frame, grades = priced.traces(traces)
        rng = np.random.default_rng(0)
        return budgets.draws(frame, "agent", FEWER, rng, hours=hour, grades=grades)

    def one(traces: str, hour: str, estimand: str, **choices: str) -> Estimate:
        values = drawn(tokens(traces, hour), priced.prices(**choices), np.random.default_rng(1))
        return _told(values, estimand, sessions.HOUR_LEVEL)

    return multiverse.run(axes, one)


def ratio_curve(priced: Priced, level: float) -> Multiverse:
    """Agent over chat: traces, session, corpus of chats, context, models, estimand."""
    axes: Mapping[str, Sequence[Any]] = {
        "traces": (USERS, SIZED, "copilot_total", sessions.MEDIAN),
        "chats": (EVERY, *(chat.source for chat in budgets.chats(priced.budgets))),
        "context": budgets.CONTEXTS,
        "models": SETS,
        "estimand": (MEDIAN, MEAN),
    }

    @cache
    def found(traces: str) -> pd.DataFrame:
        middle = traces == sessions.MEDIAN
        frame, grades = priced.traces(USERS if middle else traces)
        session = sessions.MEDIAN if middle else sessions.MEAN
        return sessions.agents(frame, grades=grades, session=session)

    @cache
    def talk(chats: str, context: str) -> pd.DataFrame:
        source = None if chats == EVERY else chats
        return sessions.chats(priced.budgets, context=context, source=source)

    def one(traces: str, chats: str, context: str, models: str, estimand: str) -> Estimate:
        pair = found(traces), talk(chats, context)
        return _told(sessions.ratio(*pair, priced.prices(models), n=FEWER), estimand, level)

    return multiverse.run(axes, one)


def share_curve(priced: Priced) -> Multiverse:
    """Share of input: traces, complete counts, models, day of the prices, writes, estimand.

    The interval of a specification runs from the least to the largest of its traces.
    """
    axes: Mapping[str, Sequence[Any]] = {
        "traces": (*TRACES, "tracelab_total", "copilot_total"),
        "complete": (True, False),
        "models": SETS,
        "day": (THEN, NOW),
        "writes": tuple(WRITES),
        "estimand": (MEAN, MEDIAN),
    }

    @cache
    def known(traces: str, complete: bool) -> pd.DataFrame:
        frame, grades = priced.traces(traces)
        return sessions.counted(frame, grades=grades, complete=complete)

    def one(traces: str, complete: bool, estimand: str, **choices: str) -> Estimate:
        table = priced.prices(**choices)
        shares = sessions.input_shares(known(traces, complete), table)["share"]
        middle = shares.mean() if estimand == MEAN else shares.median()
        return float(middle), float(shares.min()), float(shares.max())

    return multiverse.run(axes, one)


def _told(values: np.ndarray, estimand: str, level: float) -> Estimate:
    low, middle, high = spread(values, level)
    return (float(values.mean()) if estimand == MEAN else middle), low, high

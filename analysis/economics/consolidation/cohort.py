"""Labs at risk of being bought: when each came under observation, and how it left."""

from __future__ import annotations

import pandas as pd

from analysis.economics.consolidation.deals import events
from analysis.errors import InputError
from analysis.methods.events import Survival, kaplan_meier

COHORT_START = pd.Timestamp(2023, 1, 1)
DAYS_PER_MONTH = 365.25 / 12
SECONDS_PER_DAY = 86_400


def months(start: pd.Timestamp, end: pd.Timestamp) -> float:
    """Months of 30.4 days between two days."""
    return (end - start) / pd.Timedelta(days=1) / DAYS_PER_MONTH


def spells(labs: pd.DataFrame, end: pd.Timestamp) -> pd.DataFrame:
    """One row a lab: ``begun``, ``valued`` (at a billion USD), ``left`` and how, by ``end``.

    Days after ``end`` are missing: the lab had not begun, been valued or left by then.

    Raises:
        InputError: when no lab had begun.
    """
    known = labs[labs["refers_to"] <= end]
    first = known[known["event"].isin(["independent", "founded"])].set_index("lab")
    if first.empty:
        raise InputError("labs", f"has no lab that had begun by {end:%Y-%m-%d}")
    exits = known[known["event"] == "exit"].set_index("lab")
    worth = known[known["event"] == "valued at 1 billion"].set_index("lab")
    frame = pd.DataFrame({"cohort": first["cohort"] == "yes"})
    frame["begun"] = first["refers_to"]
    frame["valued"] = worth["refers_to"].reindex(frame.index)
    frame["left"] = exits["refers_to"].reindex(frame.index)
    frame["exit"] = exits["exit"].reindex(frame.index).fillna("")
    frame["announced_only"] = frame["exit"].str.contains("announced", regex=False)
    return frame.rename_axis("lab").reset_index()


def at_risk(frame: pd.DataFrame) -> int:
    """Labs of ``spells`` valued at a billion and still independent; an announcement is no exit."""
    return int((frame["valued"].notna() & (frame["left"].isna() | frame["announced_only"])).sum())


def lab_months(frame: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> float:
    """Σ over labs of the months between ``start`` and ``end`` at a billion and independent.

    A lab comes under observation with its valuation, not its founding: those that never reached
    a billion are not in the table, so the time before would count only for those that did.
    """
    begun = frame[["begun", "valued"]].max(axis=1).where(frame["valued"].notna())
    left = frame["left"].where(~frame["announced_only"]).fillna(end)
    first = begun.where(begun >= start, start).where(begun.notna())
    days = (left - first).dt.total_seconds() / SECONDS_PER_DAY
    return float(days.clip(lower=0).sum() / DAYS_PER_MONTH)


def survival(
    frame: pd.DataFrame,
    held: pd.DataFrame,
    definition: str,
    end: pd.Timestamp,
    *,
    level: float = 0.95,
) -> Survival:
    """Kaplan-Meier curve of the labs that were independent on 1 January 2023.

    Time runs in months from that day to the event, or to the listing, another exit or ``end``,
    at which follow-up stops. A merger announced and not closed is no exit.

    Raises:
        InputError: when no lab of the cohort is known.
    """
    cohort = frame[frame["cohort"]]
    if cohort.empty:
        raise InputError("labs", "has no lab of the cohort known by this day")
    bought = events(held, definition, COHORT_START, end).drop_duplicates("target")
    bought_on = cohort["lab"].map(bought.set_index("target")["day"])
    left = cohort["left"].where(~cohort["announced_only"])
    last = bought_on.fillna(left).fillna(end)
    durations = (last - COHORT_START).dt.total_seconds() / SECONDS_PER_DAY / DAYS_PER_MONTH
    return kaplan_meier(durations.to_numpy(), bought_on.notna().to_numpy(), level=level)


def summary(frame: pd.DataFrame) -> pd.DataFrame:
    """The labs with the days of ``spells`` as text."""
    days = {name: frame[name].dt.strftime("%Y-%m-%d") for name in ("begun", "valued", "left")}
    shown = frame[["lab", "cohort"]].assign(**days, exit=frame["exit"])
    cohort = shown["cohort"].map({True: "1 January 2023", False: "later"})
    return shown.assign(cohort=cohort).sort_values(["begun", "lab"], ignore_index=True).fillna("")

"""Independent labs that train foundation models: who there was, who came, who left and how."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, PRECISION, SOURCE, dated, source_named
from analysis.sources.sidecar import Snapshots

LABS = "curated/labs.csv"
START = "2023-01-01"
EXITS = (
    "full purchase",
    "licence and hire",
    "listed",
    "merger announced",
    "merger under common control",
)
_EVENTS = ("independent", "founded", "valued at 1 billion", "exit")


def labs(snapshots: Snapshots) -> pd.DataFrame:
    """One row per event, so that each is dated by itself."""
    wide = snapshots.csv(LABS)
    cohort = wide["cohort"] == f"on {START}"
    parts = (
        wide[cohort].assign(event="independent", period=START),
        wide[~cohort].assign(event="founded", period=wide["founded"]),
        wide.assign(event="valued at 1 billion", period=wide["valued_1bn_on"]),
        wide.assign(event="exit", period=wide["exit_on"]),
    )
    stacked = pd.concat(parts, ignore_index=True)
    rows = dated(stacked[stacked["period"] != ""])
    valued, left = rows["event"] == "valued at 1 billion", rows["event"] == "exit"
    return rows.assign(
        valuation_usd=rows["valuation_usd"].where(valued),
        exit=rows["exit"].where(left),
        cohort=rows["cohort"].eq(f"on {START}").map({True: "yes", False: "no"}),
    )


def _one_beginning_each(events: pd.DataFrame) -> bool:
    begun = events[events["event"].isin(["independent", "founded"])]
    return bool(not begun["lab"].duplicated().any() and set(begun["lab"]) == set(events["lab"]))


def _nobody_leaves_first(events: pd.DataFrame) -> bool:
    """An exit comes after the lab's beginning, and a lab exits once."""
    first = events.groupby("lab")["refers_to"].min()
    left = events[events["event"] == "exit"].set_index("lab")["refers_to"]
    return bool(left.index.is_unique and (left > first.reindex(left.index)).all())


def _mosaic_was_bought(events: pd.DataFrame) -> bool:
    """One lab of the cohort was bought whole by July 2026: MosaicML."""
    return events.loc[events["exit"] == "full purchase", "lab"].tolist() == ["MosaicML"]


TABLES = [
    Table(
        name="labs",
        title="Independent labs: cohort of 1 January 2023, later entrants, exits to June 2026",
        description=(
            "Firms that train foundation models of their own and belong to no larger firm. The"
            " cohort is drawn by hand from developers with published models of 2022 and from the"
            " press; labs without a mention in English are missing. Entrants are those that raised"
            " or published at scale. A merger announced is not closed. Chosen after the exits were"
            " known, so a rate from it leans towards labs that became known."
        ),
        build=labs,
        key=("lab", "event"),
        columns=(
            Column("lab", "text", "name"),
            Column("country", "text", "seat"),
            Column("cohort", "text", "independent on 1 January 2023", allowed=("yes", "no")),
            Column("event", "text", "what happened", allowed=_EVENTS),
            Column(
                "valuation_usd",
                "number",
                "first valuation of a billion or more",
                "USD",
                required=False,
                least=1e9,
            ),
            Column("exit", "text", "how it left", required=False, allowed=EXITS),
            Column("note", "text", "what to know about the lab", required=False),
            PRECISION,
            GRADE,
            SOURCE,
        ),
        checks=(
            Check("one_beginning_each", "table", "in the cohort or founded", _one_beginning_each),
            Check("nobody_leaves_before_they_began", "table", "and once", _nobody_leaves_first),
            Check("one_full_purchase", "table", "MosaicML", _mosaic_was_bought),
            source_named(),
            rows_at_least(50),
        ),
    )
]

"""Energy of data centres and of AI, and official acts on it."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, PRECISION, SOURCE, dated, source_named
from analysis.sources.sidecar import Snapshots

FACTS = "curated/energy_facts.csv"
ACTS = "curated/labelling_acts.csv"
_UNITS = ("1", "TWh", "Wh", "g CO2e", "percent", "percent per year", "t CO2e")
_KINDS = (
    "bill",
    "call",
    "consultation",
    "draft law",
    "law",
    "programme",
)


def energy_facts(snapshots: Snapshots) -> pd.DataFrame:
    rows = snapshots.csv(FACTS)
    return rows.assign(refers_to=rows["period_end"])


def labelling_acts(snapshots: Snapshots) -> pd.DataFrame:
    return dated(snapshots.csv(ACTS))


def _regions_add_up(facts: pd.DataFrame) -> bool:
    """The IEA's five regions add up to its world figure in both years, within half a percent."""
    rows = facts[
        (facts["fact"] == "data centre electricity")
        & (facts["subject"] == "all data centres")
        & (facts["publisher"] == "IEA")
        & facts["period_end"].dt.year.isin([2024, 2030])
    ]
    world = rows[rows["region"] == "World"].set_index("period_end")["value"]
    parts = rows[rows["region"] != "World"].groupby("period_end")["value"].sum()
    return bool(((parts / world - 1).abs() < 0.005).all() and len(world) == 2)


def _no_act_cites_a_price(acts: pd.DataFrame) -> bool:
    """No act found up to June 2026 names a price or free-tier event as its reason."""
    early = acts[acts["refers_to"] <= "2026-06-30"]
    return bool((early["cites_price_event"] == "no").all())


TABLES = [
    Table(
        name="energy_facts",
        title="Electricity of data centres and AI, and energy of single prompts",
        description=(
            "Published figures with the unit in a column. Forecasts of the IEA's base case and of"
            " Gartner differ in what they count. The two shares of inference are of 2021, before"
            " language models were served at scale; no measured share of later years was found,"
            " only forecasts of consultants, who count computing or power capacity."
        ),
        build=energy_facts,
        key=("fact", "subject", "region", "publisher", "period_end"),
        columns=(
            Column("fact", "text", "what is measured"),
            Column("subject", "text", "of what"),
            Column("region", "text", "where"),
            Column("publisher", "text", "who says it"),
            Column("stage", "text", "past or expected", allowed=("measured", "projected")),
            Column("value", "number", "the figure, in the unit of the next column", above=0),
            Column("unit", "text", "unit of the figure", allowed=_UNITS),
            Column("period_end", "date", "last day of the period"),
            Column("note", "text", "what to know about it", required=False),
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is(
                "gemini_prompt_takes_0.24_wh",
                {"fact": "energy of a text prompt", "subject": "Gemini"},
                "value",
                0.24,
            ),
            Check("regions_add_up_to_the_world", "table", "within 0.5 %", _regions_add_up),
            source_named(),
            rows_at_least(65),
        ),
    ),
    Table(
        name="labelling_acts",
        title="Official acts on the energy of data centres and AI models, 2023 to June 2026",
        description=(
            "Laws, drafts, bills and calls that ask for disclosure or labels, or would halt"
            " building. Found by looking for known ones, so absence is no proof. Status as last"
            " found; nothing after June 2026 could be looked up."
        ),
        build=labelling_acts,
        key=("act",),
        columns=(
            Column("act", "text", "name"),
            Column("jurisdiction", "text", "where it holds or would hold"),
            Column("body", "text", "who acted"),
            Column("kind", "text", "form", allowed=_KINDS),
            Column("subject", "text", "whose energy", allowed=("AI models", "data centres")),
            Column("binding", "text", "would bind firms", allowed=("yes", "no")),
            Column("cites_price_event", "text", "names a price event", allowed=("yes", "no")),
            Column("status", "text", "as last found"),
            Column("period", "text", "day or month of the act"),
            Column("note", "text", "what to know about it", required=False),
            PRECISION,
            GRADE,
            SOURCE,
        ),
        checks=(
            Check("no_act_cites_a_price_event", "table", "to June 2026", _no_act_cites_a_price),
            source_named(),
            rows_at_least(12),
        ),
    ),
]

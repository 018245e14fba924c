"""Published figures and dates that the article's statements are compared with."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import UNITS, Column, Table
from analysis.sources.sidecar import Snapshots

FACTS = "curated/dated_facts.csv"


def dated_facts(snapshots: Snapshots) -> pd.DataFrame:
    return snapshots.csv(FACTS)


def _values_lie_in_their_range(facts: pd.DataFrame) -> bool:
    low = facts["value_low"].fillna(facts["value"])
    high = facts["value_high"].fillna(facts["value"])
    valued = facts["value"].notna()
    return bool(((low <= facts["value"]) & (facts["value"] <= high))[valued].all())


def _truths_are_one_or_zero(facts: pd.DataFrame) -> bool:
    return bool(facts.loc[facts["unit"] == "yes or no", "value"].isin([0, 1]).all())


def _dates_have_no_value(facts: pd.DataFrame) -> bool:
    return bool(((facts["unit"] == "date") == facts["value"].isna()).all())


TABLES = [
    Table(
        name="dated_facts",
        title="Published figures and dates to compare the article with",
        description=(
            "One fact a row, each with a source and its grade (A primary or official, B established"
            " press or data vendor, C anything weaker). A fact with unit date has no value: its day"
            " is refers_to. One with unit yes or no says whether its statement holds. Facts of"
            " grade C decide nothing alone."
        ),
        build=dated_facts,
        key=("fact",),
        columns=(
            Column("fact", "text", "identifier"),
            Column("topic", "text", "what kind of fact it is, to find all of a kind"),
            Column("subject", "text", "what or whom it is about"),
            Column("statement", "text", "the fact in a sentence"),
            Column("value", "number", "the figure", required=False),
            Column("value_low", "number", "lower end, where a range is given", required=False),
            Column("value_high", "number", "upper end, where a range is given", required=False),
            Column("unit", "text", "unit of the figure", allowed=tuple(sorted(UNITS))),
            Column("grade", "text", "quality of the source", allowed=("A", "B", "C")),
            Column("source", "text", "address or citation"),
        ),
        checks=(
            value_is(
                "gpt4_training_compute_is_2.1e25",
                {"fact": "gpt4_training_compute"},
                "value",
                2.1e25,
            ),
            Check(
                "values_lie_in_their_range",
                "table",
                "low <= value <= high",
                _values_lie_in_their_range,
            ),
            Check("dates_have_no_value", "table", "a date is in refers_to", _dates_have_no_value),
            Check(
                "truths_are_one_or_zero", "table", "1 holds, 0 does not", _truths_are_one_or_zero
            ),
            rows_at_least(160),
        ),
    )
]

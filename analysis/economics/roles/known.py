"""What a dated fact says of a statement of Table 2, and the tables that such facts come from."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.claims.answer import Answer
from analysis.errors import InputError

FITS, AGAINST, OPEN = "fits", "speaks against", "leaves open"
THIRD = 1 / 3
"""What counts as much here: shares of a third or more. It decides no claim."""


@dataclass(frozen=True)
class Cell:
    """A cell of Table 2."""

    firm: str
    column: str


@dataclass(frozen=True)
class Entry:
    """What a dated fact says of a statement."""

    fact: str
    day: pd.Timestamp
    source: str
    grade: str
    says: str


@dataclass(frozen=True, eq=False)
class Known:
    """The tables as known on one day."""

    facts: pd.DataFrame
    accounts: pd.DataFrame
    labs: pd.DataFrame
    contracts: pd.DataFrame
    rounds: pd.DataFrame
    deals: pd.DataFrame
    chips: pd.DataFrame
    rents: pd.DataFrame
    usage: pd.DataFrame
    runs: pd.DataFrame


def fact(known: Known, *names: str) -> pd.Series:
    """The last of the dated facts of these names that is known.

    Raises:
        InputError: when none is.
    """
    rows = known.facts[known.facts["fact"].isin(names)].sort_values(["refers_to", "known_from"])
    if rows.empty:
        raise InputError("facts", f"has none of {', '.join(names)} by this day")
    return rows.iloc[-1]


def site(source: str) -> str:
    """The site of a source's first address, or its first words."""
    if "http" not in source:
        return source.split(" (")[0].split(",")[0]
    return source[source.find("http") :].split("//", 1)[1].split("/")[0].removeprefix("www.")


def entry(row: pd.Series, words: str, says: str) -> Entry:
    """An entry with the day, source and grade of a row of a table."""
    return Entry(words, row["refers_to"], site(row["source"]), str(row["grade"]), says)


def number(answer: Answer) -> float:
    """The estimate of an answer.

    Raises:
        InputError: when it has none.
    """
    if answer.estimate is None:
        raise InputError("answer", "has no estimate by this day")
    return float(answer.estimate)

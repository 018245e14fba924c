"""Table 2 of the article, cell by cell, against dated facts.

A row is one statement (in our words) and one fact: what it says, its day, source and grade, and
whether it fits the statement, speaks against it, or leaves it open. Nothing here decides a claim;
the claims have rules of their own. A statement whose fact is not known by the day shows that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.economics.roles import developers, owners, sellers
from analysis.economics.roles.known import Cell, Entry, Known
from analysis.errors import InputError

ROLE, MOVE, WEAK = "role", "move", "vulnerability"
NOTHING = "nothing on record by this day"
COLUMNS = ["firm", "cell", "statement", "fact", "day", "grade", "source", "says"]
Finder = Callable[[Known], Entry]


@dataclass(frozen=True)
class Statement:
    """One statement of a cell, and where its fact comes from."""

    cell: Cell
    words: str
    find: Finder


def _of(firm: str, column: str, words: str, find: Finder) -> Statement:
    return Statement(Cell(firm, column), words, find)


STATEMENTS = (
    _of("Microsoft", ROLE, "owns infrastructure on the largest scale", owners.capital),
    _of("Microsoft", MOVE, "has OpenAI's models to itself", owners.exclusive),
    _of("Microsoft", WEAK, "hangs on OpenAI", owners.backlog),
    _of("Microsoft", WEAK, "spends much on equipment", owners.intensity),
    _of("NVIDIA", ROLE, "dominates the hardware", sellers.seller_share),
    _of("NVIDIA", MOVE, "ties customers to its software", sellers.growth),
    _of("NVIDIA", MOVE, "sells Blackwell", sellers.blackwell),
    _of("NVIDIA", WEAK, "customers want other suppliers", sellers.other_suppliers),
    _of("NVIDIA", WEAK, "and buy from them", sellers.share_of_sales),
    _of("NVIDIA", WEAK, "is challenged by specialists", sellers.challengers),
    _of("Anthropic", ROLE, "needs much capital", developers.raised),
    _of("Anthropic", MOVE, "buys computing far ahead", developers.commitments),
    _of("Anthropic", WEAK, "burns money", developers.burn),
    _of("Anthropic", WEAK, "cannot yet show a profit on what it sells", developers.margins),
    _of("CoreWeave", ROLE, "is nothing but a broker", owners.assets),
    _of("CoreWeave", MOVE, "rents out NVIDIA's chips", owners.nvidia_only),
    _of("CoreWeave", WEAK, "may find its good turned into a commodity", owners.commodity),
    _of("Open-source community", ROLE, "gives access", developers.open_tokens),
    _of("Open-source community", MOVE, "makes small models spread", developers.small_tokens),
    _of("Open-source community", WEAK, "cannot compete at the frontier", developers.frontier_gap),
)


def table(known: Known) -> pd.DataFrame:
    """One row a statement (``COLUMNS``)."""
    rows = []
    for statement in STATEMENTS:
        head = (statement.cell.firm, statement.cell.column, statement.words)
        try:
            found = statement.find(known)
        except InputError:
            rows.append((*head, NOTHING, "", "", "", "no data"))
            continue
        rows.append(
            (*head, found.fact, f"{found.day:%Y-%m-%d}", found.grade, found.source, found.says)
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``table`` in five columns: who, what, verdict of the fact, fact, its origin."""
    origin = rows[["day", "grade", "source"]].agg(", ".join, axis=1).str.strip(", ")
    return pd.DataFrame(
        {
            "player": rows["firm"],
            "statement": rows["cell"] + ": " + rows["statement"],
            "fact": rows["fact"],
            "says": rows["says"],
            "day, grade, source": origin,
        }
    )


def counts(rows: pd.DataFrame) -> pd.DataFrame:
    """How many statements of each firm the facts fit, speak against, or leave open."""
    order = ["fits", "speaks against", "leaves open", "no data"]
    wide = pd.crosstab(rows["firm"], rows["says"]).reindex(columns=order, fill_value=0)
    firms = list(dict.fromkeys(rows["firm"]))
    return wide.reindex(firms).rename_axis(columns=None).reset_index()

"""Every published figure behind the share of inference, with its term, grade and source."""

from __future__ import annotations

from urllib.parse import urlsplit

import pandas as pd

from analysis.economics.energy.published import AI, CENTRES, DEMAND_GROWTH, USE, WORLD_SHARE
from analysis.economics.energy.share import TERMS
from analysis.economics.energy.terms import SERVERS
from analysis.errors import InputError

CASES = (f"{CENTRES}, low case", f"{CENTRES}, high case")
GROWTH = "growth of data centre electricity"
EARLIER, LATER = "growth from 2024 to 2030", "growth from 2025 to 2030"
_PLAIN = r", (?:all data centres|all uses|all AI|Google|Meta)$"
OTHERS, HEADLINE, COMPARISON = "others", "headline", "comparison"
HEADLINE_PUBLISHERS = {
    TERMS[0]: ("IEA",),
    TERMS[1]: ("IEA",),
    TERMS[2]: ("IEA", "Gartner", "McKinsey"),
    TERMS[3]: ("Google", "Meta", "Deloitte", "McKinsey"),
}
COMPARED = ("Goldman Sachs", "de Vries-Gao")
"""Publishers whose AI part is of another year than 2030."""


def table(facts: pd.DataFrame) -> pd.DataFrame:
    """One row a figure: term, figure, publisher, year, value, where it enters, grade, site.

    ``others``: specifications other than the headline.
    The full address is in the table ``energy_facts``.

    Raises:
        InputError: when no figure was known.
    """
    world = facts[facts["region"] == "World"]
    if (world["fact"] == LATER).any():  # replaced what the IEA had said a year earlier
        world = world[world["fact"] != EARLIER]
    term = _terms(world)
    rows = world[term != ""].assign(term=term[term != ""])
    if rows.empty:
        raise InputError("energy_facts", "has no figure on the share of inference")
    enters = [_enters(*key) for key in zip(
        rows["term"], rows["fact"], rows["subject"], rows["publisher"],
        rows["period_end"].dt.year, strict=True,
    )]  # fmt: skip
    unit = (" " + rows["unit"]).where(rows["unit"] != "1", " times")
    shown = rows.assign(
        figure=(rows["fact"] + ", " + rows["subject"]).str.replace(_PLAIN, "", regex=True),
        year=rows["period_end"].dt.year,
        value=rows["value"].map("{:g}".format)
        + unit.str.replace(" percent", " %").str.replace(" per ", " a "),
        enters=enters,
        order=rows["term"].map(list(TERMS).index),
        source=rows["source"].map(_site),
    )
    columns = ["term", "figure", "publisher", "year", "value", "enters", "grade", "source"]
    ordered = shown.sort_values(["order", "figure", "publisher", "year"], kind="stable")
    return ordered[columns].reset_index(drop=True)


def _terms(rows: pd.DataFrame) -> pd.Series:
    fact, subject = rows["fact"], rows["subject"]
    found = pd.Series("", index=rows.index)
    centres = (fact == USE) & subject.isin([CENTRES, *CASES])
    found[centres | ((fact == GROWTH) & (subject == CENTRES))] = TERMS[0]
    demand = fact.isin([DEMAND_GROWTH, "electricity generation", WORLD_SHARE])
    found[demand] = TERMS[1]
    ai = fact.isin(["AI share of data centres"]) | ((fact == USE) & (subject == SERVERS))
    found[ai | (fact.str.startswith("growth") & (subject == AI))] = TERMS[2]
    found[fact.str.startswith("inference share")] = TERMS[3]
    return found


def _enters(term: str, fact: str, subject: str, publisher: str, year: int) -> str:
    if term == TERMS[2] and publisher in COMPARED:
        return COMPARISON
    if fact == USE and subject == SERVERS and year < 2030:
        return COMPARISON
    if (fact == USE and year > 2030) or (fact == GROWTH and subject != AI):
        return COMPARISON
    other = "share of data centres," in fact
    wanted = publisher in HEADLINE_PUBLISHERS[term]
    return HEADLINE if wanted and not other else OTHERS


def _site(source: str) -> str:
    name, found, address = source.partition("http")
    site = urlsplit(found + address).netloc.removeprefix("www.") if found else ""
    return site or name.strip(" ,")

"""Last valuation of the model firms named, over that of a year before (c55).

Reading chosen before the figures were computed: the firms are the developers that the article
names and that belong to no larger firm (Anthropic, Cohere, OpenAI); closed rounds and sales of
shares with a valuation; the last of them over the one nearest to a year before it, at most half a
year off. The estimate is the median over firms, its grade that of the firm in the middle.
"""

from __future__ import annotations

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.roles.firms import NAMED_MODEL_FIRMS
from analysis.errors import InputError

YEAR, HALF = 365.25, 183
COLUMNS = ["firm", "last", "valuation_usd_bn", "before", "before_usd_bn", "ratio", "grade"]


def over_a_year(rounds: pd.DataFrame) -> pd.DataFrame:
    """One row a named model firm with two valuations about a year apart (``COLUMNS``)."""
    known = rounds[(rounds["status"] == "closed") & rounds["valuation_usd"].notna()]
    rows = []
    for firm in NAMED_MODEL_FIRMS:
        own = known[known["company"] == firm].sort_values(["refers_to", "valuation_usd"])
        if own.empty:
            continue
        last = own.iloc[-1]
        off = ((last["refers_to"] - own["refers_to"]).dt.days - YEAR).abs()
        if off.min() > HALF:
            continue
        then = own.loc[off.idxmin()]
        now_usd, then_usd = last["valuation_usd"], then["valuation_usd"]
        rows.append(
            (
                firm, last["refers_to"], now_usd / 1e9, then["refers_to"], then_usd / 1e9,
                now_usd / then_usd, max(last["grade"], then["grade"]),
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def ratio(rounds: pd.DataFrame) -> Answer:
    """Median over the firms of ``over_a_year``.

    Raises:
        InputError: when no firm has two valuations about a year apart.
    """
    found = over_a_year(rounds).sort_values("ratio", kind="stable")
    if found.empty:
        raise InputError("rounds", "has no named firm with two valuations a year apart")
    middle = found.iloc[(len(found) - 1) // 2 : len(found) // 2 + 1]
    least, most = found.iloc[0], found.iloc[-1]
    return Answer(
        float(found["ratio"].median()), None, len(found),
        "median over named model firms of the last valuation over that of a year before",
        f"From {least['ratio']:.2g} ({least['firm']}) to {most['ratio']:.2g} ({most['firm']});"
        " a private round is priced by those who invest, not by a market.",
        str(middle["grade"].max()),
        detail={str(f): float(r) for f, r in zip(found["firm"], found["ratio"], strict=True)},
    )  # fmt: skip

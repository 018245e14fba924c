"""The scoreboard as tables of a notebook."""

from __future__ import annotations

import pandas as pd

from analysis.claims.ledger import claims
from analysis.claims.verdicts import VERDICTS
from analysis.report import numbers

_NO_VERDICT = "not yet tested"


def counts(verdicts: pd.DataFrame) -> pd.DataFrame:
    """How many claims of each kind (rows) got each verdict (columns)."""
    order = [name for name in VERDICTS if name in set(verdicts["verdict"])]
    table = pd.crosstab(verdicts["kind"], verdicts["verdict"])[order]
    table.columns.name = None
    return table.assign(all=table.sum(axis=1)).reset_index()


def decided(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Every claim that has a verdict: what was found, on how much, and why."""
    tested = verdicts[verdicts["verdict"] != _NO_VERDICT]
    rows = tested.astype(object).where(tested.notna(), None).to_dict("records")
    found = [
        numbers.estimate(row["estimate"], row["low"], row["high"], row["unit"] or "")
        for row in rows
    ]
    return pd.DataFrame(
        {
            "claim": tested["id"],
            "says": tested["says"],
            "verdict": tested["verdict"],
            "estimate": found,
            "n": [numbers.plain(n, 9) for n in tested["n"]],
            "grade": tested["grade"].fillna(""),
            "why": tested["reason"],
        }
    )


def hypotheses(verdicts: pd.DataFrame) -> pd.DataFrame:
    """The pre-registered family: each member's q, a member without data counting as p = 1."""
    members = {claim.id: claim.family for claim in claims().values() if claim.family}
    rows = verdicts[verdicts["id"].isin(members)].copy()
    rows["member"] = rows["id"].map(members)
    rows["number"] = rows["member"].str.removeprefix("H").astype(int)
    rows["q"] = [numbers.plain(q, 2) for q in rows["q"]]
    return rows.sort_values("number")[["member", "id", "says", "q", "verdict"]]


def robustness(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Share of specifications that agree, for every estimand and source that has a curve."""
    rows = [
        {
            "claim": claim,
            "estimand": estimand["id"],
            "source": source["source"],
            "agree": numbers.share(source["agree_share"]),
            "specifications": source["specifications"],
        }
        for claim, estimands in zip(verdicts["id"], verdicts["estimands"], strict=True)
        for estimand in estimands
        for source in estimand["sources"]
        if source["agree_share"] is not None
    ]
    return pd.DataFrame(rows, columns=["claim", "estimand", "source", "agree", "specifications"])


def waiting(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Claims without a verdict by the notebook that will test them."""
    rows = verdicts[verdicts["verdict"] == _NO_VERDICT]
    return (
        rows.groupby("notebook", sort=True)["id"]
        .agg(["count", ", ".join])
        .reset_index()
        .rename(columns={"join": "claims", "count": "number"})
    )

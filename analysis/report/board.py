"""The scoreboard as tables of a notebook."""

from __future__ import annotations

from typing import Any

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


_KNEW = {
    "nothing": "no figure on it was known",
    "literature": "published figures were known",
    "data": "the data had been seen",
}


def by_knowledge(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Verdicts (columns) by what was known when the rule was frozen (rows)."""
    order = [name for name in VERDICTS if name in set(verdicts["verdict"])]
    table = pd.crosstab(verdicts["knew"], verdicts["verdict"])
    table = table.reindex([knew for knew in _KNEW if knew in table.index])[order]
    table.columns.name = None
    table.insert(0, "when the rule was frozen", [_KNEW[knew] for knew in table.index])
    return table.assign(all=table[order].sum(axis=1)).reset_index(drop=True)


def after_freezing(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Claims whose verdict rests on data later than their rule: the only true forecasts of it."""
    later = verdicts[(verdicts["as_of"] > verdicts["frozen_on"]) & verdicts["estimate"].notna()]
    return later[["id", "says", "frozen_on", "as_of", "verdict"]]


def closed(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Claims that no public data can decide: the absent series, and what would change that."""
    rows = verdicts[verdicts["verdict"] == "untestable"]
    return rows[["id", "says", "reason", "would_change"]].rename(
        columns={"id": "claim", "reason": "why", "would_change": "what would change that"}
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


def agreement(verdicts: pd.DataFrame) -> pd.DataFrame:
    """The specification curves in short, by verdict: how many, of how many specifications, and
    in how many at least 80 % agree."""
    curves = robustness(verdicts).merge(verdicts[["id", "verdict"]], left_on="claim", right_on="id")
    shares = [source["agree_share"] for source in _with_curve(verdicts)]
    grouped = curves.assign(enough=[share >= 0.8 for share in shares]).groupby("verdict")
    table = grouped.agg(
        curves=("claim", "size"),
        claims=("claim", "nunique"),
        specifications=("specifications", "sum"),
        agree=("enough", "sum"),
    )
    order = [name for name in VERDICTS if name in table.index]
    return table.loc[order].reset_index().rename(columns={"agree": "80 % or more agree"})


def _with_curve(verdicts: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        source
        for estimands in verdicts["estimands"]
        for estimand in estimands
        for source in estimand["sources"]
        if source["agree_share"] is not None
    ]


def waiting(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Claims without a verdict by the notebook that will test them."""
    rows = verdicts[verdicts["verdict"] == _NO_VERDICT]
    return (
        rows.groupby("notebook", sort=True)["id"]
        .agg(["count", ", ".join])
        .reset_index()
        .rename(columns={"join": "claims", "count": "number"})
    )

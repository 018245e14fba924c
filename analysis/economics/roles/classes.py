"""Revenue, valuation and burn by class of firm, as far as graded sources give them."""

from __future__ import annotations

import pandas as pd

from analysis.economics.roles import revenue
from analysis.economics.roles.firms import CAPACITY, HARDWARE, INTEGRATED, MODELS
from analysis.errors import InputError

OPEN_MODELS = "open-model firms"
OPEN_LABS = ("DeepSeek", "MiniMax", "Mistral AI", "Moonshot AI", "Z.ai")
"""Labs whose largest recent models have public weights (``training_runs``, ``router_usage``)."""
ORDER = [INTEGRATED, HARDWARE, CAPACITY, MODELS, OPEN_MODELS]
VALID = pd.DateOffset(years=2)
MEASURES = {"revenue": "revenue_usd_bn", "compute_spend": "compute_usd_bn"}


def table(accounts: pd.DataFrame, labs: pd.DataFrame, rounds: pd.DataFrame) -> pd.DataFrame:
    """Per class: latest revenue, median growth, and the latest valuations of its labs.

    Revenue of listed firms is that of the last year reported, of labs the latest annualised
    figure. Valuations are the last of each lab, at most two years before the newest of all.
    Market values of listed firms are in no table.

    Raises:
        InputError: when no firm has two years of revenue.
    """
    growth = revenue.both(accounts, labs)
    growth = growth.assign(kind=_open(growth["firm"], growth["kind"]))
    listed = growth[growth["kind"].isin([INTEGRATED, HARDWARE, CAPACITY])]
    levels = pd.concat([listed[["kind", "revenue_usd"]], _latest_rates(labs)])
    valued = _valuations(rounds)
    frame = pd.DataFrame(
        {
            "firms": levels.groupby("kind").size(),
            "revenue_usd_bn": levels.groupby("kind")["revenue_usd"].sum() / 1e9,
            "with_growth": growth.groupby("kind").size(),
            "median_growth_factor": growth.groupby("kind")["factor"].median(),
            "valued": valued.groupby("kind").size(),
            "valuation_usd_bn": valued.groupby("kind")["valuation_usd"].sum() / 1e9,
        }
    )
    frame = frame.reindex([kind for kind in ORDER if kind in frame.index])
    return frame.rename_axis("class").reset_index()


def burn(labs: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Revenue, compute spending, gross margin and cash used up in a year, where published.

    Raises:
        InputError: when no lab has one of them.
    """
    own = labs[(labs["scope"] == "company") & (labs["period"] == "year")]
    own = own[own["measure"].isin(["revenue", "compute_spend", "gross_margin"])]
    if own.empty:
        raise InputError("labs", "has no yearly figure known by this day")
    keys = {"firm": own["company"], "year": own["refers_to"].dt.year}
    wide = own.assign(**keys).pivot_table(
        index=["firm", "year"], columns="measure", values="value", aggfunc="last"
    )
    for name, shown in MEASURES.items():
        wide[shown] = wide.pop(name) / 1e9 if name in wide else float("nan")
    cash = facts[(facts["topic"] == "burn") & (facts["unit"] == "USD bn")]
    used = cash.set_index([cash["subject"], cash["refers_to"].dt.year])["value"]
    wide["cash_used_usd_bn"] = used.reindex(wide.index)
    wide["compute_over_revenue"] = wide["compute_usd_bn"] / wide["revenue_usd_bn"]
    return wide.rename(columns={"gross_margin": "gross_margin_percent"}).reset_index()


def _open(firms: pd.Series, kinds: pd.Series) -> pd.Series:
    return kinds.mask(firms.isin(OPEN_LABS), OPEN_MODELS)


def _latest_rates(labs: pd.DataFrame) -> pd.DataFrame:
    own = labs[
        (labs["measure"] == "revenue") & (labs["scope"] == "company") & (labs["period"] == "rate")
    ].sort_values(["refers_to", "known_from"])
    last = own.drop_duplicates("company", keep="last")
    kinds = _open(last["company"], pd.Series(MODELS, index=last.index))
    return pd.DataFrame({"kind": kinds, "revenue_usd": last["value"]})


def _valuations(rounds: pd.DataFrame) -> pd.DataFrame:
    known = rounds[(rounds["status"] == "closed") & rounds["valuation_usd"].notna()]
    recent = known[known["refers_to"] > known["refers_to"].max() - VALID]
    last = recent.sort_values(["refers_to", "valuation_usd"])
    last = last.drop_duplicates("company", keep="last")
    kinds = _open(last["company"], pd.Series(MODELS, index=last.index))
    return pd.DataFrame({"kind": kinds, "valuation_usd": last["valuation_usd"]})

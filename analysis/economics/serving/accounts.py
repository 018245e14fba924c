"""Spending, revenue and margins of the labs, a row a lab and year.

Readings fixed before any share was computed (the figures themselves were known):

- A lab counts while it is in the table of independent labs and has not left it before the period
  ended; a company is matched to it by name.
- One figure a lab, measure and year: the best grade, then the longest period, then the newest
  report. Quarters of a year are added up by revenue. Rates of a month are no period and count only
  where a choice asks for them.
- Parts of a year are put to a year; numerator and denominator are of one year.
- Inference is what is stated as such. Where a lab states none, its cost of revenue stands for it,
  (1 - gross margin) × revenue: that holds more than inference, so the share comes out too high.
- Compute is inference and research together where both are known, else the stated total. Research
  alone would be a lower bound.
- The latest year is the lab's own; no figure rests on grade C unless a choice asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.columns import require
from analysis.errors import InputError
from analysis.methods import validate

BILLION = 1e9
GRADES = ("A", "B")
PER_YEAR = {"year": 1.0, "three quarters": 4 / 3, "half-year": 2.0, "quarter": 4.0}
RATE = 1e6  # a rate lasts no time: any period goes before it
MEASURES = (
    "revenue",
    "gross_margin",
    "inference_compute_spend",
    "research_compute_spend",
    "compute_spend",
)
NAMES = {"Z.ai": "Zhipu (Z.ai)"}  # company in lab_accounts: lab in labs
BEST, HIGHEST, LOWEST = "best grade", "highest figure", "lowest figure"
FIGURES = (BEST, HIGHEST, LOWEST)
INFERENCE_SHARE = "inference_share_of_compute"
COST_SHARE = "inference_over_revenue"
COMPUTE_RATIO = "compute_over_revenue"
MARGIN = "gross_margin"
QUANTITIES = (INFERENCE_SHARE, COST_SHARE, COMPUTE_RATIO, MARGIN)


def lab_years(
    accounts: pd.DataFrame,
    labs: pd.DataFrame,
    *,
    grades: Collection[str] = GRADES,
    figures: str = BEST,
    stand_in: bool = True,
    rates: bool = False,
) -> pd.DataFrame:
    """All quantities by lab and year.

    Args:
        accounts, labs: the tables lab_accounts and labs as loaded.
        grades: that count.
        figures: which of several figures of one lab, measure and year.
        stand_in: whether cost of revenue may stand for inference.
        rates: whether spending and margins at the rate of a month count where no period is known.

    Returns:
        lab, year, the measures in USD a year (gross margin as a share), ``QUANTITIES`` (missing
        where they cannot be had), basis of inference ("stated" or "cost of revenue"), grade (the
        weakest of the figures used for the lab and year).

    Raises:
        InputError: for missing columns, an unknown choice, or when nothing is left.
    """
    require(
        "accounts", accounts, ["company", "measure", "scope", "period", "how", "value", "grade"]
    )
    validate.choice("figures", figures, FIGURES)
    rows = _periods(accounts, grades, rates)
    rows = rows[_independent(rows, labs)]
    if rows.empty:
        raise InputError("accounts", "no figure of an independent lab for a period is known")
    chosen = _one_each(rows, figures)
    wide = chosen.pivot(index=["lab", "year"], columns="measure", values="a_year")
    wide = wide.reindex(columns=list(MEASURES))
    wide["grade"] = chosen.groupby(["lab", "year"])["grade"].max()
    return _quantities(wide, stand_in).reset_index()


def latest(years: pd.DataFrame, quantity: str, *, before: int = 0) -> pd.DataFrame:
    """One row a lab: its newest year with the quantity, or ``before`` of its years earlier.

    Raises:
        InputError: for an unknown quantity, or when no lab has it.
    """
    validate.choice("quantity", quantity, QUANTITIES)
    known = years[years[quantity].notna()].sort_values(["lab", "year"])
    place = known.groupby("lab").cumcount(ascending=False)
    found = known[place == before].reset_index(drop=True)
    if found.empty:
        raise InputError("accounts", f"no lab has {quantity.replace('_', ' ')}")
    return found


def reported(accounts: pd.DataFrame) -> pd.DataFrame:
    """Every figure on spending and margins, with period, grade and confidence; newest last."""
    rows = accounts[accounts["measure"] != "revenue"].sort_values(
        ["company", "measure", "refers_to"], kind="stable"
    )
    money = rows["unit"] == "USD"
    rows = rows.assign(
        billion_usd=(rows["value"] / BILLION).where(money), percent=rows["value"].where(~money)
    )
    columns = ["company", "measure", "period", "refers_to", "billion_usd", "percent"]
    return rows[[*columns, "grade", "confidence"]].reset_index(drop=True)


def in_billions(years: pd.DataFrame) -> pd.DataFrame:
    """``lab_years`` for reading: money in billion USD a year, basis only where it counts."""
    spent = ["revenue", "inference_compute_spend", "research_compute_spend", "compute_spend"]
    names = {name: f"{name}_billion_usd" for name in spent}
    shown = years.assign(**{name: years[name] / BILLION for name in spent}).rename(columns=names)
    basis = years["basis"].where(years[COST_SHARE].notna())
    order = ["lab", "year", *names.values(), *QUANTITIES]
    return shown[order].assign(inference_is=basis, grade=years["grade"])


def newest_rates(accounts: pd.DataFrame, *, days: int = 62) -> pd.DataFrame:
    """Compute spending at an annual rate beside the run rate of revenue nearest to its quarter.

    The middle of the quarter counts; run rates more than ``days`` away are left out.
    """
    spent = accounts[(accounts["measure"] == "compute_spend") & (accounts["period"] == "rate")]
    sold = accounts[(accounts["measure"] == "revenue") & (accounts["scope"] == "company")]
    sold = sold[(sold["period"] == "rate") & (sold["how"] != "interpolated")]
    found = []
    for row in spent.to_dict("records"):
        middle = row["refers_to"] - pd.Timedelta(45, "D")
        own = sold[sold["company"] == row["company"]]
        own = own.assign(gap=(own["refers_to"] - middle).abs()).sort_values("gap", kind="stable")
        near = own[own["gap"] <= pd.Timedelta(days, "D")].head(1).to_dict("records")
        found += [_rate(row, revenue) for revenue in near]
    return pd.DataFrame(found)


def _rate(spent: Mapping[Hashable, Any], sold: Mapping[Hashable, Any]) -> dict[str, Any]:
    return {
        "lab": spent["company"],
        "compute_to": spent["refers_to"],
        "compute_billion_usd_a_year": spent["value"] / BILLION,
        "revenue_on": sold["refers_to"],
        "revenue_billion_usd_a_year": sold["value"] / BILLION,
        "ratio": spent["value"] / sold["value"],
        "grade": max(spent["grade"], sold["grade"]),
    }


def _periods(accounts: pd.DataFrame, grades: Collection[str], rates: bool) -> pd.DataFrame:
    """Figures for periods put to a year, with their length in years; a rate has next to none."""
    lengths = PER_YEAR | ({"rate": RATE} if rates else {})
    rows = accounts[accounts["period"].isin(lengths) & (accounts["scope"] == "company")]
    rows = rows[(rows["period"] != "rate") | (rows["how"] == "period")]
    rows = rows[rows["grade"].isin(list(grades)) & rows["measure"].isin(MEASURES)]
    factor = rows["period"].map(lengths)
    a_year = rows["value"] * factor.where(factor != RATE, 1.0)
    a_year = a_year.where(rows["measure"] != MARGIN, rows["value"] / 100)
    sold = _sold(accounts)
    return rows.assign(
        lab=rows["company"].replace(NAMES),
        year=rows["refers_to"].dt.year,
        length=1 / factor,
        a_year=a_year,
        weight=[sold.get(k, 1.0) for k in zip(rows["company"], rows["refers_to"], strict=True)],
    )


def _sold(accounts: pd.DataFrame) -> dict[tuple[str, pd.Timestamp], float]:
    """Revenue a year of a company by the last day of a quarter: the weights of its quarters.

    That of whole years stays out, as a year ends with its last quarter; a quarter's own revenue
    goes before a rate.
    """
    rows = accounts[(accounts["measure"] == "revenue") & (accounts["scope"] == "company")]
    rows = rows[rows["period"].isin(["rate", "quarter"])].sort_values(
        "period", ascending=False, kind="stable"
    )
    keys = zip(rows["company"], rows["refers_to"], strict=True)
    a_year = rows["value"] * rows["period"].map(PER_YEAR).fillna(1.0)
    return dict(zip(keys, a_year, strict=True))


def _independent(rows: pd.DataFrame, labs: pd.DataFrame) -> pd.Series:
    exits = labs[(labs["event"] == "exit") & ~labs["exit"].isin(["listed", "merger announced"])]
    left = rows["lab"].map(exits.groupby("lab")["refers_to"].min())
    return rows["lab"].isin(labs["lab"]) & ~(rows["refers_to"] > left)


def _one_each(rows: pd.DataFrame, figures: str) -> pd.DataFrame:
    """One row a lab, year and measure; quarters of a margin become their mean by revenue."""
    keys = ["lab", "year", "measure"]
    quarters = rows[rows["period"] == "quarter"]
    if len(quarters):
        weighted = quarters.assign(a_year=quarters["a_year"] * quarters["weight"])
        pooled = weighted.groupby(keys, as_index=False).agg(
            a_year=("a_year", "sum"), weight=("weight", "sum"), length=("length", "sum"),
            grade=("grade", "max"), known_from=("known_from", "max"),
        )  # fmt: skip
        mean = pooled.assign(a_year=pooled["a_year"] / pooled["weight"])
        rows = pd.concat([rows[rows["period"] != "quarter"], mean])
    by = {
        BEST: (["grade", "length", "known_from"], [True, False, False]),
        HIGHEST: (["a_year"], [False]),
        LOWEST: (["a_year"], [True]),
    }[figures]
    ranked = rows.sort_values([*keys, *by[0]], ascending=[True] * len(keys) + by[1])
    return ranked.drop_duplicates(keys)


def _quantities(wide: pd.DataFrame, stand_in: bool) -> pd.DataFrame:
    stated = wide["inference_compute_spend"]
    cost = (1 - wide["gross_margin"]) * wide["revenue"]
    inference = stated.fillna(cost) if stand_in else stated
    parts = inference + wide["research_compute_spend"]
    compute = parts.fillna(wide["compute_spend"])
    per_revenue = stated / wide["revenue"]
    stood_in = per_revenue.fillna(1 - wide["gross_margin"]) if stand_in else per_revenue
    found = wide.assign(basis=np.where(stated.notna(), "stated", "cost of revenue"))
    found[INFERENCE_SHARE] = inference / parts
    found[COST_SHARE] = stood_in
    found[COMPUTE_RATIO] = compute / wide["revenue"]
    return found
